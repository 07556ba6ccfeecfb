"""What a row is, as numbers: they are compared in every row, where texts would cost several times as much."""

from __future__ import annotations

from enum import IntEnum


class Kind(IntEnum):
    """Why a row is in a batch."""

    PLAIN = 0
    #: A second row that says the same as the first.
    DUPLICATE = 1
    #: A second row, of an earlier version.
    OLDER = 2
    #: A second row of the same version that says something else; the first is its `TWIN`.
    CONFLICT = 3
    TWIN = 4
    #: A second row of a later version, which is wrong.
    NEWER_BAD = 5
    #: Both rows about a wrong order that is sent twice.
    SENT_TWICE = 6
    #: In a later batch: of the day, of an earlier day, a new version of an old row, an old row again.
    NEW = 7
    LATE = 8
    CHANGED = 9
    RESENT = 10
