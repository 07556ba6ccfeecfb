"""Sleep by `select`: Python 3.11 and later sleep by a system call that faketime gets wrong (`.ci/clocks`)."""

import select
import time


def sleep(seconds: float) -> None:
    """Wait for so many seconds."""
    select.select([], [], [], seconds)


time.sleep = sleep
