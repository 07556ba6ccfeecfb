"""What a column's name, type, position and values say of its part in naming rows. Pure.

That no two rows share a value is no reason to take it for a name: populations differ, too, and tomorrow two
of them are equal. A column names rows for a reason that is written into the contract.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from etl.inference import shapes
from etl.inference.columns import Described

#: The last words of names of what is counted one by one, and of what the calendar counts.
_COUNTER_WORDS = "index idx line order position rank row seq sequence step"
_COUNTERS = frozenset(_COUNTER_WORDS.split())
_CALENDAR_WORDS = "date day hour minute month quarter season week year yr"
_CALENDAR = frozenset(_CALENDAR_WORDS.split())

#: Names that say of themselves that they are for naming, whatever the table is called.
_IDS = frozenset(("guid", "id", "key", "pk", "record_id", "row_id", "rowid", "uuid"))

_MEASURE_WORDS = (
    "age altitude amount area avg balance bytes capacity clicks cost count depth discount distance duration "
    "elevation energy fare fee height hits humidity income inhabitants lat latitude length likes lon "
    "longitude max mean median metres min percent points pop population power pressure price profit qty "
    "quantity rate rating ratio reading revenue salary sales score size speed std stock sum tax temp "
    "temperature tip total turnover usage val value views visits volume votes weight width"
)
_MEASURED = frozenset(_MEASURE_WORDS.split())

_TEXT_WORDS = (
    "bio body comment comments content description desc details message msg note notes reason remark remarks "
    "review summary text"
)
_FREE_TEXT = frozenset(_TEXT_WORDS.split())

#: Ends of plurals, regular and not (Quirk and others, "A Comprehensive Grammar of the English Language",
#: "Number").
_SINGULAR = {
    **{"ies": "y", "es": "", "s": ""},
    **{"people": "person", "children": "child", "men": "man", "indices": "index"},
}

#: Longer texts are read and not compared.
LONGEST_NAME = 100

#: Whole numbers count something off where at least one of so many numbers between their ends is there.
DENSE = 3

#: Years, where whole numbers are all between these.
FIRST_YEAR, LAST_YEAR = 1500, 2200


class Role(IntEnum):
    """The reason why a column names rows, the best first; those after `TEXT` only do it with others."""

    OWN = 0
    CODE = 1
    FIRST = 2
    OTHER = 3
    TEXT = 4
    TIME = 5
    COUNTER = 6
    DENSE = 7
    MEASURE = 8


#: As the comment in a contract says it.
REASONS = {
    Role.OWN: "called as what names a row here",
    Role.CODE: "called like a code",
    Role.FIRST: "the first column, and not a measure",
    Role.OTHER: "called like an id",
    Role.TEXT: "a text that is there once",
    Role.DENSE: "whole numbers without gaps",
}


@dataclass(frozen=True)
class Candidate:
    """A column that has a value in every row, and its part in naming rows."""

    name: str
    role: Role
    distinct: int

    @property
    def is_name(self) -> bool:
        """Whether its name says that it names something."""
        return self.role in (Role.OWN, Role.CODE, Role.OTHER)


def candidates(dataset: str, columns: Sequence[Described]) -> list[Candidate]:
    """The columns that may be part of a key, in the order of the file.

    What is measured in fractions and what is only true or false never is.
    """
    return [
        Candidate(each.column.name, _role(dataset, each, position), each.distinct)
        for position, each in enumerate(columns)
        if each.required and not each.unreadable and not _is_fraction(each) and each.distinct > 0
    ]


def singulars(name: str) -> set[str]:
    """What one row of a dataset may be called: `categories` has a `category`, `boxes` a `box`."""
    found = {name}
    for end, singular in _SINGULAR.items():
        if name.endswith(end):
            found.add(name[: -len(end)] + singular)
    last = {word.rpartition("_")[2] for word in found}
    return {word for word in found | last if word}


def _role(dataset: str, described: Described, position: int) -> Role:
    name, kind = described.column.name, described.column.type
    if kind in ("date", "timestamp"):
        return Role.FIRST if position == 0 else Role.TIME
    by_name = _role_by_name(dataset, name, kind)
    if by_name is not None:
        return by_name
    words = name.split("_")
    if not _MEASURED.isdisjoint(words):
        return Role.MEASURE
    if kind == "string":
        if not _FREE_TEXT.isdisjoint(words) or int(described.high) > LONGEST_NAME:
            return Role.MEASURE
        return Role.FIRST if position == 0 else Role.TEXT
    return _role_of_number(described, words[-1], position)


def _role_by_name(dataset: str, name: str, kind: str) -> Role | None:
    rows = singulars(dataset)
    head, _, tail = name.rpartition("_")
    if name in _IDS or (head in rows and shapes.is_codelike(tail)):
        return Role.OWN
    # A number that is called as a row is an id; such a text may be what people call it.
    if name in rows and kind != "string":
        return Role.OWN
    if not shapes.is_codelike(name):
        return None
    return Role.OTHER if head else Role.CODE


def _role_of_number(described: Described, last_word: str, position: int) -> Role:
    low, high = int(described.low), int(described.high)
    are_years = low >= FIRST_YEAR and high <= LAST_YEAR
    is_dense = high - low + 1 <= DENSE * described.distinct
    if position == 0 and (is_dense or len(str(low)) == len(str(high))):
        return Role.FIRST
    if last_word in _CALENDAR or are_years:
        return Role.TIME
    if last_word in _COUNTERS:
        return Role.COUNTER
    return Role.DENSE if is_dense else Role.MEASURE


def _is_fraction(described: Described) -> bool:
    return described.column.type in ("double", "boolean") or described.column.type.startswith("decimal")
