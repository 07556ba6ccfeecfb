"""Proposes what a contract says of a column, from the forms of its texts. Pure: counts in, words out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from etl.inference import shapes

#: The share of texts that may not be of the type that all others are of: they go to quarantine, by reason.
TOLERATED = 0.02

#: Below this many texts, all of them must be of the type.
FEW = 50

#: A decimal is exact; what has more digits after the point was computed: a double, where that is exact, too.
MOST_SCALE, MOST_DIGITS = 4, 14
DECIMAL_PRECISION = 18

#: Spark has no longer decimals (Spark 3.5.4 documentation, "Data Types", DecimalType).
LONGEST_DECIMAL = 38

#: Texts that are few and repeat themselves are a list of values.
MOST_VALUES, LEAST_REPEATS = 20, 20

#: Rows of a partition that are worth a file.
LEAST_ROWS = 100_000

_PERSONAL = re.compile(
    r"(^|_)(e_?mail|phone|mobile|tel|telephone|fax"
    r"|first_?name|last_?name|given_?name|family_?name|surname|full_?name|customer_?name"
    r"|birth|birthday|birth_?date|dob|ssn|passport|iban|address|street|ip|ip_address)(_|$)"
)


_MEASURE = re.compile(
    r"(^|_)(amount|price|cost|costs|fee|fees|total|sum|balance|salary|income|revenue|budget|tax|vat"
    r"|discount|rate|ratio|percent|pct|share|weight|height|length|width|depth|area|volume|temp"
    r"|temperature|score|mean|avg|average|median|std|min|max|lat|lon|lng|latitude|longitude|speed"
    r"|distance|duration|quantity|qty)(_|$)"
)


@dataclass(frozen=True)
class Forms:
    """The texts of one column by form: how many, and how many digits they have at most.

    `are_pairs` says that no text but those that may mean nothing has other than two characters, `has_minus`
    that a number has a minus sign, `are_exact` that doubles give all numbers back. `padded_scale` is the
    scale of the longest fraction that ends in 0, and `are_several` says that equal numbers have different
    texts.
    """

    counts: Mapping[str, int]
    whole_digits: int = 0
    scale: int = 0
    are_pairs: bool = False
    has_minus: bool = False
    are_exact: bool = True
    least_scale: int = 0
    padded_scale: int = 0
    are_several: bool = False

    @property
    def missing(self) -> int:
        """Texts that are empty."""
        return self.counts.get(shapes.MISSING, 0)

    @property
    def marks(self) -> dict[str, int]:
        """Texts that may mean that there is no value."""
        length = len(shapes.MARK)
        return {form[length:]: n for form, n in self.counts.items() if form.startswith(shapes.MARK)}

    @property
    def may_be_several(self) -> bool:
        """Whether equal numbers may have different texts, as versions do: 1.1 and 1.10."""
        says_decimal = self.has_minus or self.counts.get(shapes.FLOAT) or self.counts.get(shapes.BARE)
        return self.padded_scale > self.least_scale and not says_decimal

    @property
    def present(self) -> dict[str, int]:
        """All other texts, by form."""
        return {
            form: n
            for form, n in self.counts.items()
            if form != shapes.MISSING and not form.startswith(shapes.MARK)
        }


@dataclass(frozen=True)
class Proposal:
    """The type of a column, how it is written, and what is to be said about it."""

    type: str
    format: str | None = None
    pattern: str | None = None
    notes: tuple[str, ...] = ()


def propose_type(forms: Forms) -> Proposal:
    """The type that all texts are of, or nearly all where there are many."""
    present = forms.present
    total = sum(present.values())
    if total == 0:
        return Proposal("string", notes=("it has no value in these files",))
    typed = _propose_boolean(present, total) or _propose_number(forms, total) or _propose_time(present, total)
    if typed is not None:
        return typed
    for form, pattern in shapes.PATTERNS.items():
        if _fits(present, total, form):
            return Proposal("string", pattern=pattern, notes=(f"every text has the form of {form}",))
    return Proposal("string", notes=_why_text(forms))


def missing_values(
    forms: Mapping[str, Forms], proposals: Mapping[str, Proposal]
) -> dict[str, tuple[str, ...]]:
    """The texts of each column that mean that there is no value.

    In numbers and times nothing else can be meant. A text means it only where the same files use it so in
    another column, and not among codes of two letters: `NA` is Namibia, too.
    """
    sure = {
        name: tuple(sorted(found.marks))
        for name, found in forms.items()
        if found.marks and (proposals[name].type != "string" or not found.present)
    }
    used = {mark for marks in sure.values() for mark in marks}
    unsure = {
        name: tuple(sorted(mark for mark in found.marks if mark in used))
        for name, found in forms.items()
        if name not in sure and not found.are_pairs
    }
    return {**sure, **{name: marks for name, marks in unsure.items() if marks}}


def is_measure(name: str) -> bool:
    """Whether a column's name says that it measures something, so that 1.1 and 1.10 are one number."""
    return bool(_MEASURE.search(name))


def is_personal(name: str, proposal: Proposal) -> bool:
    """Whether a column seems to identify a person, by its name or its form."""
    return bool(_PERSONAL.search(name)) or proposal.pattern == shapes.PATTERNS[shapes.EMAIL]


def is_list(distinct: int, rows: int) -> bool:
    """Whether so few texts are all that there are."""
    return 0 < distinct <= MOST_VALUES and rows >= distinct * LEAST_REPEATS


def partition_of(rows: int, days: int, months: int, years: int, least: int = LEAST_ROWS) -> str | None:
    """The finest partition that still has enough rows to be worth a file; None where one file is enough."""
    for transform, count in (("day", days), ("month", months), ("year", years)):
        if count > 1 and rows / count >= least:
            return transform
    return None


def _fits(present: Mapping[str, int], total: int, *forms: str) -> bool:
    misfits = total - sum(present.get(form, 0) for form in forms)
    return misfits == 0 or (total >= FEW and misfits <= total * TOLERATED)


def _propose_boolean(present: Mapping[str, int], total: int) -> Proposal | None:
    others = (shapes.YES_NO, *shapes.NUMERIC)
    if not _fits(present, total, shapes.BOOLEAN) or any(present.get(form) for form in others):
        return None
    return Proposal("boolean")


def _propose_number(forms: Forms, total: int) -> Proposal | None:
    """The narrowest type that gives back every text with the form of a number.

    What is no number at all may go to quarantine; a number never does for want of a wider type.
    """
    present = forms.present
    found = {form for form in shapes.NUMERIC if present.get(form)}
    if not found or not _fits(present, total, *shapes.NUMERIC) or _why_no_number(forms):
        return None
    if found == {shapes.INTEGER}:
        return Proposal("bigint")
    inexact = {shapes.FLOAT, shapes.BARE} & found
    if not inexact and forms.scale <= MOST_SCALE and forms.whole_digits <= MOST_DIGITS:
        return Proposal(f"decimal({DECIMAL_PRECISION},{forms.scale})")
    if forms.are_exact:
        return Proposal("double")
    return Proposal(f"decimal({LONGEST_DECIMAL},{forms.scale})")


def _why_no_number(forms: Forms) -> list[str]:
    """Why texts with the form of numbers are no numbers; empty where they can be."""
    present = forms.present
    fraction = present.get(shapes.DECIMAL) or present.get(shapes.FLOAT)
    why = []
    if present.get(shapes.CODE):
        why.append(f"{present[shapes.CODE]:,} with leading zeros, or too many of them: a code and no number")
    if present.get(shapes.ODD):
        why.append(f"{present[shapes.ODD]:,} with characters that a number does not have")
    if present.get(shapes.SIGNED) and not forms.has_minus and not fraction:
        why.append(f"{present[shapes.SIGNED]:,} with a plus sign, and none with a minus sign: no numbers")
    if present.get(shapes.BARE) and not fraction:
        why.append(f"{present[shapes.BARE]:,} with an exponent, and none with a fraction: no numbers")
    if forms.are_several:
        why.append("equal numbers are written in several ways, as 1.1 and 1.10: no numbers")
    too_long = forms.whole_digits + forms.scale > LONGEST_DECIMAL
    if not why and not forms.are_exact and (too_long or not {shapes.FLOAT, shapes.BARE}.isdisjoint(present)):
        why.append("more digits than a number here has room for")
    return why


def _propose_time(present: Mapping[str, int], total: int) -> Proposal | None:
    slashed = (shapes.DAY_FIRST, shapes.MONTH_FIRST, shapes.EITHER_FIRST)
    times = [form for form in present if shapes.is_time(form) or form in slashed]
    if not times:
        return None
    if set(times) <= set(slashed):
        return _propose_slashed(present, total)
    if len(times) > 1 or not _fits(present, total, times[0]):
        return None
    return Proposal("date" if times[0] in shapes.DATES else "timestamp", times[0])


def _propose_slashed(present: Mapping[str, int], total: int) -> Proposal | None:
    """The order of day and month that most of the days have that tell it; none where they tell too little.

    Of days that can be read in both ways most must not hang on a few: those may be the mistakes.
    """
    day, month, either = _slashed(present)
    best = shapes.DAY_FIRST if day >= month else shapes.MONTH_FIRST
    evidence, against = max(day, month), min(day, month)
    outweighed = against and either * 2 > total
    slight = either and total >= FEW and evidence <= total * TOLERATED
    if not evidence or outweighed or slight or not _fits(present, total, best, shapes.EITHER_FIRST):
        return None
    return Proposal("date", best, notes=(_count_slashed(present),) if either or against else ())


def _slashed(present: Mapping[str, int]) -> tuple[int, int, int]:
    day, month, either = (
        present.get(form, 0) for form in (shapes.DAY_FIRST, shapes.MONTH_FIRST, shapes.EITHER_FIRST)
    )
    return day, month, either


def _count_slashed(present: Mapping[str, int]) -> str:
    day, month, either = _slashed(present)
    return f"{day:,} days can only be dd/MM/yyyy, {month:,} only MM/dd/yyyy, and {either:,} either"


def _why_text(forms: Forms) -> tuple[str, ...]:
    """What else the texts of a text column look like, where that could have been a type."""
    present = forms.present
    notes = []
    if set(present) == {shapes.EITHER_FIRST}:
        notes.append(f"days, {shapes.EITHER_FIRST}: make it a DATE with the format that is meant")
    elif set(present) <= {shapes.EITHER_FIRST, shapes.DAY_FIRST, shapes.MONTH_FIRST}:
        notes.append(f"{_count_slashed(present)}: make it a DATE with the format that is meant")
    elif _fits(present, sum(present.values()), *shapes.NUMERIC):
        notes += _why_no_number(forms)
    elif len(present) > 1 and set(present) != {shapes.TEXT}:
        listed = sorted(present.items(), key=lambda pair: (-pair[1], pair[0]))
        several = ", ".join(f"{form} {n:,}" for form, n in listed)
        notes.append(f"texts of several forms: {several}")
    return tuple(notes)
