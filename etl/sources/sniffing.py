"""How a CSV file is written, told from its beginning: encoding, delimiter, header, line breaks in values."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass

from etl.model import RawFormat
from etl.sources.content import BEGINNING, content_problem, encoding_of
from etl.sources.headers import find_header, width_problem
from etl.storage.files import Files, StoredFile

#: Bytes that are looked at.
SAMPLE = 1 << 20

#: Rows of the sample that are compared.
ROWS = 1000

DELIMITERS = (",", ";", "\t", "|")

#: The line by which Excel is given the delimiter.
_SEPARATOR = re.compile(r"sep=.?", re.IGNORECASE)


@dataclass(frozen=True)
class Dialect:
    """How a file is written, the names of its columns, and whether its header is one by anything below it."""

    raw: RawFormat
    names: tuple[str, ...]
    is_header_evident: bool = True


def sniff_csv(files: Files, file: StoredFile) -> Dialect:
    """Tell the dialect of a file.

    Raises ValueError when there is nothing to tell it from, the content is no text or the header is not the
    first line, Py4JJavaError when the file cannot be unpacked.
    """
    sample = files.first_bytes(file.path, SAMPLE)
    encoding = _encoding(file, sample)
    text = sample.decode(encoding, errors="replace").lstrip("\ufeff")
    if len(sample) == SAMPLE:
        text = text.rpartition("\n")[0]
    rows_by = {delimiter: _rows(text, delimiter) for delimiter in DELIMITERS}
    delimiter = max(DELIMITERS, key=lambda each: (*_fit(rows_by[each]), -DELIMITERS.index(each)))
    rows = rows_by[delimiter]
    if not rows:
        raise ValueError(f"{file.path}: the file is empty")
    width = _width(rows)
    _refuse_lines_before_header(file, text, delimiter, rows, width)
    header = find_header(rows, width)
    breaks = any("\n" in cell or "\r" in cell for row in rows if len(row) == width for cell in row)
    raw = RawFormat("csv", delimiter, header.is_there, encoding, breaks or encoding.startswith("UTF-16"))
    names = rows[0] if header.is_there else [f"column_{position}" for position in range(1, width + 1)]
    return Dialect(raw, tuple(names), header.is_evident)


def _encoding(file: StoredFile, sample: bytes) -> str:
    problem = content_problem(sample[:BEGINNING])
    if problem is not None:
        raise ValueError(f"{file.path}: {problem}")
    try:
        return encoding_of(sample, len(sample) < SAMPLE)
    except ValueError as error:
        raise ValueError(f"{file.path}: {error}") from error


def _refuse_lines_before_header(
    file: StoredFile, text: str, delimiter: str, rows: list[list[str]], width: int
) -> None:
    """Raise ValueError when a title, a comment or `sep=;` is before the header, with the header's line.

    Nothing of the line is quoted: it may be a row, and somebody's data.
    """
    first = text.lstrip("\r\n").partition("\n")[0].rstrip("\r")
    found = width_problem(rows, width)
    if _SEPARATOR.fullmatch(first.strip('"')) and len(rows) > 1:
        found = (1, "is no header")
    if found is None:
        return
    place, problem = found
    remedy = f"; the header is in line {_line_of(text, delimiter, place)}: remove the lines before it"
    raise ValueError(f"{file.path}: the first line {problem}{remedy if place else ''}")


def _line_of(text: str, delimiter: str, place: int) -> int:
    """The line in which a row begins, counted from 1; blank lines are no rows."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    begins = 1
    for row in reader:
        if row and not place:
            return begins
        place -= bool(row)
        begins = reader.line_num + 1
    return begins


def _rows(text: str, delimiter: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows = []
    try:
        for row in reader:
            if row:
                rows.append(row)
            if len(rows) == ROWS:
                break
    except csv.Error:
        return rows
    return rows


def _width(rows: list[list[str]]) -> int:
    return max(Counter(len(row) for row in rows).items(), key=lambda pair: (pair[1], pair[0]))[0]


def _fit(rows: list[list[str]]) -> tuple[bool, bool, float]:
    """Whether a delimiter cuts, the first line as the others, and how many columns it agrees on.

    Decimal commas cut numbers, and leave the header whole.
    """
    if not rows:
        return (False, False, 0.0)
    width = _width(rows)
    share = sum(len(row) == width for row in rows) / len(rows)
    return (width > 1, len(rows[0]) == width, width * share if width > 1 else share)
