"""Answers one statement: `python -m explore.query`; `./platform query` starts it."""

from __future__ import annotations

import sys

from explore.query.answer import answer
from explore.query.command import run
from explore.query.options import read_options


def main(arguments: list[str]) -> int:
    """Run one statement. Returns the exit code: 1 when it fails, 130 when it is interrupted."""
    options = read_options(arguments)
    return run(lambda: answer(options))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
