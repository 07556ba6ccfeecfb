"""Runs a command on the terminal: how it ends, and what it says then."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from explore.errors import ExploreError

#: 128 + SIGINT (contracts/platform-layout.json, `interrupted`).
_INTERRUPTED = 130


def run(work: Callable[[], None]) -> int:
    """Do the work. Returns the exit code: 1 when it fails, 130 when it is interrupted."""
    try:
        work()
        # While a reader that has gone can still be told from a failure.
        sys.stdout.flush()
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
