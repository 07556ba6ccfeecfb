"""The labels, and the files that they are about: of packages as they are, and derived from them."""

from __future__ import annotations

import csv
import gzip
import io
import tarfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

from corpus.derivations import derive

ROOT = Path(__file__).resolve().parents[3]
LABELS = Path(__file__).with_name("labels.csv")

#: Rows of a file that are used at most.
ROWS = 2000

#: Columns of a file that is not cut to those that have labels.
WIDE = 8

#: Where pydataset keeps its files.
_ARCHIVE, _ARCHIVED = "pydataset/resources.tar.gz", "pydataset"


@dataclass(frozen=True)
class Label:
    """A column, and what it should be read as.

    `right` are classes of types: one of them gives the values back with their meaning. `format` is how a time
    or a number is written, `missing` a text that means that there is no value, and `origin` the column of the
    package that a derived one is made of.
    """

    dataset: str
    package: str
    file: str
    layout: str
    column: str
    origin: str
    derivation: str
    kind: str
    right: tuple[str, ...]
    format: str
    missing: str
    why: str


@dataclass(frozen=True)
class Table:
    """A file of the corpus: its bytes, its rows of texts, and its labels by the place of their column."""

    name: str
    suffix: str
    content: bytes
    rows: Sequence[Sequence[str]]
    labels: Mapping[int, Label]

    def texts(self, place: int) -> list[str]:
        """The texts of a column."""
        return [row[place] for row in self.rows]


def labels() -> list[Label]:
    """All labels, those of a dataset together."""
    with LABELS.open(newline="") as file:
        return [_label(row) for row in csv.DictReader(file)]


def _label(row: dict[str, str]) -> Label:
    return Label(origin=row.pop("from"), right=tuple(row.pop("right").split("|")), **row)


def tables() -> list[Table]:
    """All files of the corpus.

    Raises FileNotFoundError where the packages are not installed: `make .venv/corpus/.test`.
    """
    return [_table(name, list(of_it)) for name, of_it in groupby(labels(), lambda label: label.dataset)]


def _table(name: str, found: list[Label]) -> Table:
    first = found[0]
    if any(label.origin or label.derivation for label in found):
        return _derived(name, found)
    packed = first.file.endswith(".gz")
    text = _decoded(first)
    header, rows = _parsed(text, first.layout)
    if len(header) > WIDE and not any(label.kind == "header" for label in found):
        return _cut(name, found, header, rows)
    lines = "".join(_first_lines(text))
    content = gzip.compress(lines.encode(), mtime=0) if packed else lines.encode()
    places = {_place(label.column, header): label for label in found}
    return Table(name, ".csv.gz" if packed else ".csv", content, rows, places)


def _cut(name: str, found: list[Label], header: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    """The labelled columns of a wide file alone: every other one takes Spark as much time."""
    places = [_place(label.column, header) for label in found]
    texts = [[row[place] for place in places] for row in rows]
    return Table(
        name, ".csv", _as_csv([[label.column for label in found], *texts]), texts, dict(enumerate(found))
    )


def _as_csv(rows: Iterable[Sequence[str]], delimiter: str = ",") -> bytes:
    target = io.StringIO()
    csv.writer(target, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return target.getvalue().encode()


def _place(column: str, header: Sequence[str]) -> int:
    return int(column[1:]) - 1 if column.startswith("#") else header.index(column)


def _parsed(text: str, layout: str) -> tuple[list[str], list[list[str]]]:
    """The header and the rows of a file, by what the label says of its beginning."""
    delimiter = ";" if text.partition("\n")[0].count(";") else ","
    kind, _, before = layout.partition(":")
    rows = [row for row in csv.reader(_first_lines(text), delimiter=delimiter) if row]
    if kind == "none":
        return [], rows
    skipped = len([row for row in csv.reader(text.splitlines()[: int(before or 0)]) if row])
    return [name.lstrip("\ufeff") for name in rows[skipped]], rows[skipped + 1 :]


def _first_lines(text: str) -> list[str]:
    """The lines of the header and the first rows, cut where no quotation mark is open."""
    lines = text.splitlines(keepends=True)
    kept = lines[: ROWS + 1]
    while sum(line.count('"') for line in kept) % 2:
        kept.append(lines[len(kept)])
    return kept


def _derived(name: str, found: list[Label]) -> Table:
    """A table of the columns that labels name, each made of one of the package."""
    first = found[0]
    header, rows = _parsed(_decoded(first), "")
    columns = [_column(label, header, rows) for label in found]
    texts = [list(row) for row in zip(*columns)]
    title = ["Measurements of this year"] if first.layout == "title" else []
    names = [label.column for label in found] if first.layout != "none" else []
    lines = [line for line in (title, names, *texts) if line]
    content = _as_csv(lines, ";" if first.layout == ";" else ",")
    return Table(name, ".csv", content, texts, dict(enumerate(found)))


def apart(table: Table) -> list[Table]:
    """The columns of a derived table one by one, for a reader that takes all times of a file to be alike."""
    if not any(label.kind == "date" and label.derivation for label in table.labels.values()):
        return [table]
    return [_alone(table, place) for place in table.labels]


def _alone(table: Table, place: int) -> Table:
    """A column beside a number of its row."""
    label = table.labels[place]
    rows = [[str(number), text] for number, text in enumerate(table.texts(place))]
    content = _as_csv([["row", label.column], *rows])
    return Table(f"{table.name}_{place}", ".csv", content, rows, {1: label})


def _column(label: Label, header: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    if label.derivation == "index":
        return [str(number) for number, _ in enumerate(rows)]
    place = header.index(label.origin)
    texts = ["" if row[place] == "NA" else row[place] for row in rows]
    return [derive(text, label.derivation) for text in texts]


def _decoded(label: Label) -> str:
    content = _content(label.package, label.file)
    return (gzip.decompress(content) if label.file.endswith(".gz") else content).decode()


def _content(package: str, file: str) -> bytes:
    if package == _ARCHIVED:
        return _archived()[file]
    return (_installed() / file).read_bytes()


@cache
def _archived() -> dict[str, bytes]:
    """The files of the archive that labels name."""
    wanted = {label.file for label in labels() if label.package == _ARCHIVED}
    with tarfile.open(_installed() / _ARCHIVE) as archive:
        members = [member for member in archive if member.name in wanted]
        return {member.name: archive.extractfile(member).read() for member in members}  # type: ignore[union-attr]


@cache
def _installed() -> Path:
    found = sorted((ROOT / ".venv" / "corpus" / "lib").glob("python3*/site-packages"))
    if not found:
        raise FileNotFoundError("the packages of the corpus are not installed: make .venv/corpus/.test")
    return found[0]
