"""Proposes what a contract says of a column, from the forms of its texts. Pure: counts in, words out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from etl.inference import shapes

#: The share of texts that may not be of the type that all others are of: they go to quarantine, by reason.
TOLERATED = 0.02

#: Below this many texts, all of them must be of the type.
FEW = 50

#: A decimal is exact; what has more digits after the point was computed, and is a double.
MOST_SCALE, MOST_DIGITS = 4, 14
DECIMAL_PRECISION = 18

#: Largest numbers of whole types, as far as a double has each number below.
LARGEST = {"smallint": 2**15 - 1, "int": 2**31 - 1, "bigint": 2**53 - 1}

#: What JavaScript writes without an exponent (ECMA-262, Number::toString).
SMALLEST_PLAIN, LARGEST_PLAIN = Decimal("1e-6"), Decimal("1e21")

#: Texts that are few and repeat themselves are a list of values.
MOST_VALUES, LEAST_REPEATS = 20, 20

_PERSONAL = re.compile(
    r"(^|_)(e_?mail|phone|mobile|tel|telephone|fax"
    r"|first_?name|last_?name|given_?name|family_?name|surname|full_?name|customer_?name"
    r"|birth|birthday|birth_?date|dob|ssn|passport|iban|address|street|ip|ip_address)(_|$)"
)


@dataclass(frozen=True)
class Forms:
    """The texts of one column by form: how many, and how many digits they have at most.

    `are_pairs` says that no text but those that may mean nothing has other than two characters.
    """

    counts: Mapping[str, int]
    whole_digits: int = 0
    scale: int = 0
    are_pairs: bool = False

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
    typed = _propose_number(forms, total) or _propose_time(present, total)
    if typed is not None:
        return typed
    for form, pattern in shapes.PATTERNS.items():
        if _fits(present, total, form):
            return Proposal("string", pattern=pattern, notes=(f"every text has the form of {form}",))
    return Proposal("string", notes=_why_text(present))


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


def is_personal(name: str, proposal: Proposal) -> bool:
    """Whether a column seems to identify a person, by its name or its form."""
    return bool(_PERSONAL.search(name)) or proposal.pattern == shapes.PATTERNS[shapes.EMAIL]


def widened(low: Decimal, high: Decimal) -> tuple[Decimal, Decimal]:
    """Bounds for numbers of the size that was seen.

    Twice as far, and there the next 1, 2 or 5 of a power of ten. What was never below zero stays so.
    """
    return (Decimal(0) if low >= 0 else -_round_up(-low * 2)), (
        Decimal(0) if high <= 0 else _round_up(high * 2)
    )


def storable(bound: Decimal, kind: str) -> bool:
    """Whether a column can hold a bound, and a contract can write it so that every reader sees this number.

    Contracts are read by JavaScript, whose numbers are doubles, and by YAML 1.1, which takes a number with an
    exponent and no point for a text.
    """
    if bound == 0:
        return True
    if kind in LARGEST:
        return abs(bound) <= LARGEST[kind]
    if not SMALLEST_PLAIN <= abs(bound) < LARGEST_PLAIN or Decimal(repr(float(bound))) != bound:
        return False
    decimal = re.fullmatch(r"decimal\((\d+),(\d+)\)", kind)
    if decimal is None:
        return True
    precision, scale = (int(group) for group in decimal.groups())
    return bound.adjusted() < precision - scale and -int(bound.normalize().as_tuple().exponent) <= scale


def most_characters(longest: int) -> int:
    """How long a text may be, from the longest that was seen."""
    return int(_round_up(Decimal(max(longest, 1)) * 2))


def is_list(distinct: int, rows: int) -> bool:
    """Whether so few texts are all that there are."""
    return 0 < distinct <= MOST_VALUES and rows >= distinct * LEAST_REPEATS


def partition_of(rows: int, days: int, months: int, years: int, least: int = 100_000) -> str | None:
    """The finest partition that still has enough rows to be worth a file; None where one file is enough."""
    for transform, count in (("day", days), ("month", months), ("year", years)):
        if count > 1 and rows / count >= least:
            return transform
    return None


def _fits(present: Mapping[str, int], total: int, *forms: str) -> bool:
    misfits = total - sum(present.get(form, 0) for form in forms)
    return misfits == 0 or (total >= FEW and misfits <= total * TOLERATED)


def _propose_number(forms: Forms, total: int) -> Proposal | None:
    present = forms.present
    if _fits(present, total, shapes.BOOLEAN):
        return Proposal("boolean")
    if _fits(present, total, shapes.INTEGER):
        return Proposal("bigint")
    numbers = (shapes.INTEGER, shapes.DECIMAL, shapes.FLOAT)
    if not present.get(shapes.CODE) and _fits(present, total, *numbers):
        return Proposal(_fraction(forms))
    return None


def _fraction(forms: Forms) -> str:
    exact = not forms.present.get(shapes.FLOAT)
    if exact and forms.scale <= MOST_SCALE and forms.whole_digits <= MOST_DIGITS:
        return f"decimal({DECIMAL_PRECISION},{forms.scale})"
    return "double"


def _propose_time(present: Mapping[str, int], total: int) -> Proposal | None:
    either = present.get(shapes.EITHER_FIRST, 0)
    for form in (shapes.DAY_FIRST, shapes.MONTH_FIRST):
        if present.get(form) and _fits(present, total, form, shapes.EITHER_FIRST):
            note = f"{either:,} of its days read as another day, too, if month and day change places"
            return Proposal("date", form, notes=(note,) if either else ())
    times = [form for form in present if shapes.is_time(form)]
    best = max(times, key=lambda form: present[form], default=None)
    if best is None or not _fits(present, total, best):
        return None
    return Proposal("date" if best in shapes.DATES else "timestamp", best)


def _why_text(present: Mapping[str, int]) -> tuple[str, ...]:
    """What else the texts of a text column look like, where that could have been a type."""
    notes = []
    if set(present) == {shapes.EITHER_FIRST}:
        notes.append(f"days, {shapes.EITHER_FIRST}: make it a DATE with the format that is meant")
    elif set(present) == {shapes.CODE} or (set(present) == {shapes.CODE, shapes.INTEGER}):
        notes.append("digits with leading zeros, or too many of them: a code and no number")
    elif len(present) > 1 and set(present) != {shapes.TEXT}:
        listed = sorted(present.items(), key=lambda pair: (-pair[1], pair[0]))
        forms = ", ".join(f"{form} {n:,}" for form, n in listed)
        notes.append(f"texts of several forms: {forms}")
    return tuple(notes)


def _round_up(value: Decimal) -> Decimal:
    power = Decimal(10) ** (value.adjusted())
    leading = (value / power).quantize(Decimal(1), rounding=ROUND_CEILING)
    step = next(Decimal(digit) for digit in (1, 2, 5, 10) if digit >= leading)
    return step * power


def ranked(names: Sequence[str]) -> list[str]:
    """Columns in the order in which they are taken for a key: those that are called so first."""
    return sorted(names, key=lambda name: (not shapes.is_codelike(name), names.index(name)))
