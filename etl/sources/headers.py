"""Whether the first row of a CSV file names the columns, told from what stands below it. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

#: A number, a day or a moment.
_DATUM = re.compile(r"[+-]?[0-9][0-9.,:/ TZ+-]*([eE][+-]?[0-9]+)?|[+-]?[.][0-9]+")

#: Numbers and days that name columns: whole, or with the parts of a day.
_LABEL = re.compile(r"[0-9]{1,4}|[0-9]{1,4}([/.-][0-9]{1,4}){1,2}")
_DAY = re.compile(r"[0-9]{1,4}([/.-][0-9]{1,4}){2}")
_YEAR = re.compile(r"(1[89]|20|21)[0-9]{2}")

#: A number, whole or not.
_NUMBER = re.compile(r"[+-]?[0-9.,]+([eE][+-]?[0-9]+)?")

#: What people write for no value; see `etl/inference/shapes.py`.
_NOTHING = frozenset(("", "NA", "N/A", "#N/A", "NULL", "null", "None", "nan", "NaN", "NAN", "\\N", "-", "?"))

#: A name: some words, which may have a unit behind them, and no sentence.
_NAME = re.compile(r"[^\W\d][^,;!?\n]{0,63}")

#: The share of a column's values that are alike where they have one form.
MOST = 0.9

#: Cells of a row that is no title, and years or days of one that is a header.
FEW = 2

#: Whole numbers that name columns when each is one more than the one before: hours, months, places.
RUN = 3


def width_problem(rows: Sequence[Sequence[str]], width: int) -> tuple[int, str] | None:
    """The place of the row that is the header, and what stands before it; None when it is the first row.

    Titles, comments and `sep=;` have other cells than the rows, and so has a header that leaves one out.
    """
    first = rows[0]
    if _is_whole(first, rows, width):
        return None
    if len(first) == width - 1 and _filled(first) == len(first) and len(first) > 1 and not _data(first):
        return 0, f"names {len(first)} columns, and the rows have {width}: name the one that is left out"
    if len(first) > width == _filled(first) == _filled(first[:width]) and not _data(first):
        return (
            0,
            f"has {_delimiters(len(first) - width)} too many at its end",
        )
    found = next((n for n, row in enumerate(rows) if n and _is_whole(row, rows[n:], width)), None)
    return None if found is None else (found, "is no header")


def _delimiters(count: int) -> str:
    return "a delimiter" if count == 1 else f"{count} delimiters"


def _is_whole(row: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> bool:
    """Whether a row can be the header: it has all cells, and is no title in a row of empty ones."""
    if width == 1:
        return not row[0].startswith("#") or len(rows) == 1
    is_title = width > FEW and _filled(row) == 1 and len(rows) > 1 and _filled(rows[1]) >= FEW
    return len(row) == width and not is_title


@dataclass(frozen=True)
class Header:
    """Whether the first row names the columns, and whether anything below it says so."""

    is_there: bool
    is_evident: bool = True


def find_header(rows: Sequence[Sequence[str]], width: int) -> Header:
    """Whether the first row names the columns.

    A word above numbers is a name, and so are years in a row above what is none; then other cells may be
    empty, whole numbers or days. A word that is like the values below it is none, and neither is a number
    above numbers or a day above days: with both in one row a word stands for a number in a row of data.
    Without such evidence a row of different words is taken for a header, as nearly all files have one.
    """
    first, body = rows[0], [row for row in rows[1:] if len(row) == width]
    columns = [
        [row[n].strip() for row in body if row[n].strip() not in _NOTHING]
        for n in range(min(width, len(first)))
    ]
    cells = [cell.strip() for cell in first]
    words = [cell for cell in cells if cell and not _DATUM.fullmatch(cell)]
    pairs = list(zip(cells, columns))
    if any(_names(cell, values) for cell, values in pairs) or _labels(pairs):
        return _weighed(pairs)
    if any(_is_like(cell, values) for cell, values in pairs) or not words or _data(cells):
        return Header(is_there=False)
    unnamed = [values for cell, values in pairs if not cell]
    all_below = all(values for values in unnamed) or not body
    names = len(set(words)) == len(words) and all(_NAME.fullmatch(word) for word in words)
    return Header(all_below and names, is_evident=False)


def _weighed(pairs: Sequence[tuple[str, Sequence[str]]]) -> Header:
    """What a row is that has names, by its numbers and days and by what else is like the values below."""
    data = _data([cell for cell, _ in pairs])
    if len(set(data)) < len(data) or not all(_LABEL.fullmatch(cell) for cell in data):
        return Header(is_there=False)
    is_like = any(_is_like(cell, values) for cell, values in pairs if not _DATUM.fullmatch(cell))
    labels = _labels(pairs)
    against = [cell for cell, values in pairs if cell not in labels and _is_of_kind(cell, values)]
    if not against:
        return Header(is_there=True, is_evident=not is_like)
    # One year above what is none, and hours or months from left to right, are names more often than values.
    is_year = len(against) == 1 and _is_year_above_others(pairs, against[0])
    return Header(not is_like and (is_year or _is_run(data)), is_evident=False)


def _is_of_kind(cell: str, values: Sequence[str]) -> bool:
    """Whether a number is above numbers, or a day above days."""
    kind = _kind(cell)
    return bool(kind and values) and sum(_kind(value) == kind for value in values) * 2 >= len(values)


def _kind(text: str) -> str:
    if not _DATUM.fullmatch(text):
        return ""
    return "number" if _NUMBER.fullmatch(text) and not _DAY.fullmatch(text) else "day"


def _is_year_above_others(pairs: Sequence[tuple[str, Sequence[str]]], year: str) -> bool:
    below = [value for cell, values in pairs if cell == year for value in values]
    alike = sum(bool(_YEAR.fullmatch(value)) for value in below)
    return bool(_YEAR.fullmatch(year)) and alike * 2 < len(below)


def _is_run(data: Sequence[str]) -> bool:
    """Whether whole numbers count up by one, from the first to the last."""
    if len(data) < RUN or not all(cell.isdecimal() for cell in data):
        return False
    return all(int(after) - int(before) == 1 for before, after in zip(data, data[1:]))


def _data(cells: Sequence[str]) -> list[str]:
    return [cell.strip() for cell in cells if _DATUM.fullmatch(cell.strip())]


def _filled(row: Sequence[str]) -> int:
    return sum(bool(cell.strip()) for cell in row)


def _names(cell: str, values: Sequence[str]) -> bool:
    """Whether a cell is a word above numbers or days, or above codes that all look the same."""
    if not values or cell in _NOTHING or not re.search(r"[^\W\d_]", cell) or _DATUM.fullmatch(cell):
        return False
    numbers = sum(bool(_DATUM.fullmatch(value)) for value in values)
    return numbers >= MOST * len(values) or (_share(values, _common(values)) >= MOST and not _has_digit(cell))


def _common(values: Sequence[str]) -> str:
    """The form of the first value, where it has digits."""
    form = _form(values[0])
    return form if "0" in form else ""


def _share(values: Sequence[str], form: str) -> float:
    return sum(_form(value) == form for value in values) / len(values) if form and values else 0.0


def _form(text: str) -> str:
    return re.sub(r"[0-9]+", "0", re.sub(r"[^\W\d_]+", "a", text))


def _has_digit(text: str) -> bool:
    return any(character.isdigit() for character in text)


def _labels(pairs: Sequence[tuple[str, Sequence[str]]]) -> frozenset[str]:
    """Several cells that are days, or years at one distance, above values that are not."""
    for form in (_YEAR, _DAY):
        found = [(cell, values) for cell, values in pairs if form.fullmatch(cell)]
        below = [value for _, values in found for value in values]
        alike = sum(bool(form.fullmatch(value)) for value in below)
        cells = [cell for cell, _ in found]
        if len(found) >= FEW and alike * 2 < len(below) and (form is _DAY or _is_even(cells)):
            return frozenset(cells)
    return frozenset()


def _is_even(years: Sequence[str]) -> bool:
    steps = {int(after) - int(before) for before, after in zip(years, years[1:])}
    return len(steps) == 1 and 0 not in steps


def _is_like(cell: str, values: Sequence[str]) -> bool:
    """Whether a word is one of the values below it, or looks as they do."""
    if not cell or not values:
        return False
    both_mail = "@" in cell and sum("@" in value for value in values) >= MOST * len(values)
    return cell in values or both_mail or (_has_digit(cell) and _share(values, _form(cell)) >= MOST)
