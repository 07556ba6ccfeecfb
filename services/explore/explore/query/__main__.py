"""Answers one statement: `python -m explore.query`; `./platform query` starts it."""

from __future__ import annotations

import os
import sys

from explore.errors import ExploreError
from explore.query.answer import answer
from explore.query.options import read_options

#: 128 + SIGINT (contracts/platform-layout.json, `interrupted`).
_INTERRUPTED = 130


def main(arguments: list[str]) -> int:
    """Run one statement. Returns the exit code: 1 when it fails, 130 when it is interrupted."""
    options = read_options(arguments)
    try:
        answer(options)
    except ExploreError as error:
        print(f"✗ {error.message}", file=sys.stderr)
        if error.remedy:
            print(f"  → {error.remedy}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        # The reader of the output has gone; Python would complain again when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
