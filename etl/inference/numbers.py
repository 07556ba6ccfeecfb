"""Proposes which numbers the texts of a column are and how they are written, or why they are none. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from etl.inference import shapes
from etl.inference.proposal import Forms, Proposal, Surroundings, fits
from etl.rules.casts import NUMBER_FORMATS, SURE_DIGITS

#: A decimal is exact; what has more digits after the point was computed: a double, where that is exact, too.
MOST_SCALE, MOST_DIGITS = 4, 14
DECIMAL_PRECISION = 18

#: Spark has no longer decimals (Spark 3.5.4 documentation, "Data Types", DecimalType).
LONGEST_DECIMAL = 38

#: What is said of `1.234`, where no other column tells what its point is.
OPEN = (
    "1.234 may be a fraction or a thousand, and no other column tells: make it a DECIMAL, or give the "
    "numberFormat 1.234,56"
)

#: The forms that a number format can have beside integers.
_FORMS = {
    "1234,56": {shapes.COMMA, shapes.EITHER_COMMA},
    "1.234,56": {shapes.COMMA, shapes.EITHER_COMMA, shapes.POINTS_COMMA, shapes.POINTS, shapes.DECIMAL},
    "1 234,56": {shapes.COMMA, shapes.EITHER_COMMA, shapes.BLANKS_COMMA, shapes.BLANKS},
    "1,234.56": {shapes.DECIMAL, shapes.EITHER_COMMA, shapes.COMMAS},
}


def propose_number(forms: Forms, around: Surroundings) -> Proposal | None:
    """The narrowest type that gives back every text with the form of a number.

    What is no number at all may go to quarantine; a number never does for want of a wider type.
    """
    present = forms.present
    if not _numeric(forms) or not fits(present, forms.total, *shapes.NUMERIC):
        return None
    if around.can_format and around.decimal_mark not in (".", ",") and _is_open(forms):
        return Proposal("string", notes=(OPEN,))
    pattern, notes = number_format(forms, around) if around.can_format else (None, ())
    if pattern is not None:
        typed = _type_of(_plain(forms, pattern))
        return replace(typed, format=pattern, notes=notes) if typed else None
    return None if why_no_number(forms) else _type_of(forms)


def decimal_mark(found: Mapping[str, Forms], around: Surroundings) -> str | None:
    """What begins fractions in the columns that tell it by themselves; None where they do not agree.

    Of points that group twice, as in `1.234.567`, commas are what is left for fractions.
    """
    marks = set()
    for forms in found.values():
        pattern, _ = (
            number_format(forms, around) if fits(forms.present, forms.total, *shapes.NUMERIC) else (None, ())
        )
        if pattern is not None:
            marks.add(NUMBER_FORMATS[pattern][1])
        elif shapes.POINTS in _numeric(forms):
            marks.add(",")
        elif shapes.DECIMAL in _numeric(forms) and not forms.may_be_groups:
            marks.add(".")
    return marks.pop() if len(marks) == 1 else None


def number_format(forms: Forms, around: Surroundings) -> tuple[str | None, tuple[str, ...]]:
    """How numbers are written that are not written with a point alone, and what tells it.

    A comma is decimal where no group of three digits can be after it, or groups are there, too; it groups
    where there are two of them, or a point after it. What is left open by the column is told by the others.
    """
    found = _numeric(forms) - {shapes.INTEGER}
    if not found or (found == {shapes.DECIMAL} and (around.decimal_mark != "," or not forms.may_be_groups)):
        return None, ()
    for pattern, allowed in _FORMS.items():
        if found <= allowed and _is_possible(pattern, found, forms):
            if _is_sure(pattern, found, forms, around):
                return pattern, ()
            if around.decimal_mark == NUMBER_FORMATS[pattern][1] and forms.integer_digits <= shapes.GROUP:
                return pattern, (f"read as {pattern}, as the numbers of other columns are written",)
    return None, ()


def _is_open(forms: Forms) -> bool:
    """Whether all points of a column may be those of fractions, and may group digits as well."""
    found = _numeric(forms)
    is_plain = shapes.DECIMAL in found and found <= {shapes.DECIMAL, shapes.INTEGER}
    return is_plain and forms.may_be_groups and forms.integer_digits <= shapes.GROUP


def why_no_number(forms: Forms) -> list[str]:
    """Why texts with the form of numbers are no numbers; empty where they can be."""
    present = forms.present
    fraction = present.get(shapes.DECIMAL) or present.get(shapes.FLOAT)
    why = []
    if present.get(shapes.CODE):
        why.append(f"{present[shapes.CODE]:,} with leading zeros, or too many of them: a code and no number")
    if present.get(shapes.ODD):
        why.append(f"{present[shapes.ODD]:,} with characters that a number does not have")
    why += [
        f"{present[form]:,} with a {form}: numbers, if the numberFormat is given, or several in one"
        for form in shapes.WITH_COMMAS
        if present.get(form)
    ]
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


def _numeric(forms: Forms) -> set[str]:
    return {form for form in shapes.NUMERIC if forms.present.get(form)}


def _is_possible(pattern: str, found: set[str], forms: Forms) -> bool:
    """Whether every point of a decimal groups digits, where points do."""
    return pattern != "1.234,56" or shapes.DECIMAL not in found or forms.may_be_groups


def _is_sure(pattern: str, found: set[str], forms: Forms, around: Surroundings) -> bool:
    """Whether the texts of a column alone tell how they are written.

    `12,5` may be two numbers where commas are between columns; `1,234` alone is sure of nothing.
    """
    if pattern == "1,234.56":
        has_both = found == {shapes.EITHER_COMMA, shapes.DECIMAL}
        return shapes.COMMAS in found or (has_both and not forms.may_be_groups)
    if not {shapes.POINTS_COMMA, shapes.BLANKS_COMMA}.isdisjoint(found):
        return True
    return shapes.COMMA in found and not around.has_delimiter_comma


def _plain(forms: Forms, pattern: str) -> Forms:
    """What is counted of numbers of a format, as if they were written with a point alone."""
    if NUMBER_FORMATS[pattern][1] == ",":
        whole, scale = forms.comma_digits, forms.comma_scale
    else:
        whole, scale = forms.grouped_digits, forms.scale
    form = shapes.DECIMAL if scale else shapes.INTEGER
    return Forms({form: forms.total}, whole, scale, are_exact=whole + scale <= SURE_DIGITS)


def _type_of(forms: Forms) -> Proposal | None:
    found = _numeric(forms)
    if found == {shapes.INTEGER}:
        return Proposal("bigint") if forms.whole_digits < DECIMAL_PRECISION + 1 else None
    inexact = {shapes.FLOAT, shapes.BARE} & found
    if not inexact and forms.scale <= MOST_SCALE and forms.whole_digits <= MOST_DIGITS:
        return Proposal(f"decimal({DECIMAL_PRECISION},{forms.scale})")
    if forms.are_exact:
        return Proposal("double")
    if forms.whole_digits + forms.scale > LONGEST_DECIMAL:
        return None
    return Proposal(f"decimal({LONGEST_DECIMAL},{forms.scale})")
