"""Proposes what a contract says of a column, from the forms of its texts. Pure: counts in, words out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from etl.inference import shapes
from etl.inference.numbers import decimal_mark, propose_number, why_no_number
from etl.inference.proposal import Forms, Proposal, Surroundings, fits
from etl.inference.times import propose_compact_day, propose_time, why_no_time

#: Texts that are few, each of which repeats itself, are a list of values.
MOST_VALUES, LEAST_REPEATS = 20, 20

#: Rows of a partition that are worth a file.
LEAST_ROWS = 100_000

_MEASURE = re.compile(
    r"(^|_)(amount|price|cost|costs|fee|fees|total|sum|balance|salary|income|revenue|budget|tax|vat"
    r"|discount|rate|ratio|percent|pct|share|weight|height|length|width|depth|area|volume|temp"
    r"|temperature|score|mean|avg|average|median|std|min|max|lat|lon|lng|latitude|longitude|speed"
    r"|distance|duration|quantity|qty)(_|$)"
)


def propose_types(found: Mapping[str, Forms], around: Surroundings) -> dict[str, Proposal]:
    """The types of columns that are in the same files: what one of them leaves open, others may tell."""
    mark = decimal_mark(found, around) if around.can_format else None
    return {
        name: propose_type(forms, replace(around, name=name, decimal_mark=mark))
        for name, forms in found.items()
    }


def propose_type(forms: Forms, around: Surroundings) -> Proposal:
    """The type that all texts are of, or nearly all where there are many."""
    present, total = forms.present, forms.total
    if total == 0:
        return Proposal("string", notes=("it has no value in these files",))
    typed = (
        _propose_boolean(present, total)
        or propose_compact_day(forms, around.name)
        or propose_number(forms, around)
        or propose_time(forms)
    )
    if typed is not None:
        return typed
    for form, pattern in shapes.PATTERNS.items():
        if fits(present, total, form):
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


def is_list(counts: Mapping[str, int]) -> bool:
    """Whether the texts of a column, with their numbers, are likely all that there are.

    How much is still unseen is told by what is rare (Good, "The population frequencies of species and the
    estimation of population parameters", 1953): where every text repeats itself often, that is little.
    """
    return 0 < len(counts) <= MOST_VALUES and min(counts.values()) >= LEAST_REPEATS


def partition_of(rows: int, days: int, months: int, years: int, least: int = LEAST_ROWS) -> str | None:
    """The finest partition that still has enough rows to be worth a file; None where one file is enough."""
    for transform, count in (("day", days), ("month", months), ("year", years)):
        if count > 1 and rows / count >= least:
            return transform
    return None


def _propose_boolean(present: Mapping[str, int], total: int) -> Proposal | None:
    others = (shapes.YES_NO, *shapes.NUMERIC)
    if not fits(present, total, shapes.BOOLEAN) or any(present.get(form) for form in others):
        return None
    return Proposal("boolean")


def _why_text(forms: Forms) -> tuple[str, ...]:
    """What else the texts of a text column look like, where that could have been a type."""
    present = forms.present
    why = why_no_time(forms)
    if why:
        return tuple(why)
    if fits(present, forms.total, *shapes.NUMERIC):
        return tuple(why_no_number(forms))
    if len(present) > 1 and set(present) != {shapes.TEXT}:
        listed = sorted(present.items(), key=lambda pair: (-pair[1], pair[0]))
        return (f"texts of several forms: {', '.join(f'{form} {n:,}' for form, n in listed)}",)
    return ()
