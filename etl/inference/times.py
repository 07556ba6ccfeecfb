"""Proposes how the times of a column are read, and says why where they are not. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from etl.inference import shapes
from etl.inference.proposal import FEW, TOLERATED, Forms, Proposal, fits
from etl.inference.time_shapes import COMPACT_FORMAT, DAYS, ORDERS, day_of, is_time, resolved


def propose_time(forms: Forms) -> Proposal | None:
    """The date or timestamp that the texts of a column are; None where they have several forms, or none."""
    form, notes = _form_of(forms)
    pattern = form and resolved(form, forms.parts)
    if not form or not pattern:
        return None
    day, clock = day_of(form)
    is_date = day in DAYS and not clock
    return Proposal("date" if is_date else "timestamp", pattern, notes=notes)


def propose_compact_day(forms: Forms, name: str) -> Proposal | None:
    """The date of integers of eight digits that are all days, where the name of the column says so, too.

    Without the name they stay numbers, with a note: numbers of orders can begin with their day.
    """
    if not forms.are_days:
        return None
    if shapes.is_daylike(name):
        return Proposal("date", COMPACT_FORMAT, notes=("eight digits that are all days, and called so",))
    remedy = f"if they are meant, make it a DATE with the format {COMPACT_FORMAT}"
    return Proposal("bigint", notes=(f"every number can be read as a day: {remedy}",))


def why_no_time(forms: Forms) -> list[str]:
    """Why texts with the form of times are no times; empty where there is another reason."""
    present = forms.present
    times = [form for form in present if is_time(form)]
    if not times or not fits(present, forms.total, *times):
        return []
    found = _order_of(times)
    if found is None:
        return []
    if _best_order(present, forms.total, found) is None:
        seen = f"days, {found[2]}" if set(times) == {found[2]} else _count_order(present, found)
        return [f"{seen}: make it a DATE with the format that is meant"]
    return ["days are written with and without zeros, or with short and long months: one form is read"]


def _form_of(forms: Forms) -> tuple[str | None, tuple[str, ...]]:
    present, total = forms.present, forms.total
    times = [form for form in present if is_time(form)]
    found = _order_of(times)
    if found is not None:
        best = _best_order(present, total, found)
        day, month, either = (present.get(form, 0) for form in found)
        return best, (_count_order(present, found),) if either or (day and month) else ()
    single = len(times) == 1 and fits(present, total, times[0])
    return (times[0] if single else None), ()


def _order_of(times: list[str]) -> tuple[str, str, str] | None:
    """The three forms of days that these times are of, which differ only in the order of day and month."""
    for names in ORDERS.values():
        for clock in {day_of(form)[1] for form in times}:
            day, month, either = (name + clock for name in names)
            if set(times) <= {day, month, either}:
                return day, month, either
    return None


def _best_order(present: Mapping[str, int], total: int, found: tuple[str, str, str]) -> str | None:
    """The order of day and month that most of the days have that tell it; none where they tell too little.

    Of days that can be read in both ways most must not hang on a few: those may be the mistakes.
    """
    day, month, either = (present.get(form, 0) for form in found)
    best = found[0] if day >= month else found[1]
    evidence, against = max(day, month), min(day, month)
    outweighed = against and either * 2 > total
    slight = either and total >= FEW and evidence <= total * TOLERATED
    if not evidence or outweighed or slight or not fits(present, total, best, found[2]):
        return None
    return best


def _count_order(present: Mapping[str, int], found: tuple[str, str, str]) -> str:
    day, month, either = (present.get(form, 0) for form in found)
    return f"{day:,} days can only be {found[0]}, {month:,} only {found[1]}, and {either:,} either"
