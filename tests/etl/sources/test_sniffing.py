"""What the first lines of a CSV file are taken for."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyspark.sql import SparkSession

from etl.sources.sniffing import sniff_csv
from etl.storage.files import Files

NUMBERS = "".join(f"C{n:02d},{n}.5,{n}.25\n" for n in range(20))

HEADERS = {
    "years": ("Country Code,2019,2020\n" + NUMBERS, ("Country Code", "2019", "2020")),
    "years_only": ("2019,2020\n1.5,2.5\n3.5,0.5\n", ("2019", "2020")),
    "row_names": ('"","city","temp"\n"1","a",1.5\n"2","b",2.5\n', ("", "city", "temp")),
    "index": (",name\n0,Ann\n1,Bob\n", ("", "name")),
    "comma_at_the_end": ("a,b,\n1,2,\n3,4,\n", ("a", "b", "")),
    "line_break": ('id,"amount\n(eur)"\n1,1.25\n', ("id", "amount\n(eur)")),
    "words": ("name,city\nAnn,Ghent\nBob,Bruges\n", ("name", "city")),
    "days": ("place,1/22/20,1/23/20\nGhent,5,6\nBruges,7,9\n", ("place", "1/22/20", "1/23/20")),
    "hash": ("#chrom\tstart\nchr1\t5\nchr2\t7\n", ("#chrom", "start")),
}

WITHOUT = {
    "numbers": "1,2.5\n2,3.5\n",
    "codes": NUMBERS,
    "repeated": "Ann,Ghent\nBob,Bruges\nEve,Ghent\n",
    "forms": "AB-1,x\nAC-2,y\nAD-3,z\n",
    "mail": "a@b.co,x\nc@d.co,y\n",
    "missing": "NA,1.5\n2,2.5\n",
}

BEFORE = {
    "separator": ("sep=;\na;b\n1;2\n", 2),
    "comment": ("# made by hand\n# twice\na,b\n1,2\n3,4\n", 3),
    "title": ("Sales of 2024\n\na,b,c\n1,2,3\n4,5,6\n", 3),
    "padded_title": ("Sales of 2024,,\na,b,c\n1,2,3\n4,5,6\n", 2),
}


def sniffed(spark: SparkSession, tmp_path: Path, text: str) -> tuple[bool, tuple[str, ...]]:
    """Whether there is a header, and the names of the columns."""
    path = tmp_path / "a.csv"
    path.write_text(text)
    files = Files(spark, str(path))
    dialect = sniff_csv(files, files.itself())
    return dialect.raw.header, dialect.names


@pytest.mark.parametrize("name", HEADERS)
def test_a_header_is_found(spark: SparkSession, tmp_path: Path, name: str) -> None:
    text, names = HEADERS[name]
    assert sniffed(spark, tmp_path, text) == (True, names)


@pytest.mark.parametrize("name", WITHOUT)
def test_a_row_is_not_taken_for_a_header(spark: SparkSession, tmp_path: Path, name: str) -> None:
    header, names = sniffed(spark, tmp_path, WITHOUT[name])
    assert (header, names[0]) == (False, "column_1")


@pytest.mark.parametrize(
    ("text", "header"),
    [
        ("name,city\nAnn,Ghent\nBob,Bruges\n", True),
        ("Ann,Ann\nBob,Bruges\n", False),
        ("It rains, again!,Ghent\nBob,Bruges\n".replace(", ", "; "), False),
    ],
)
def test_nothing_below_it_says_that_it_is_a_header(
    spark: SparkSession, tmp_path: Path, text: str, header: bool
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(text)
    files = Files(spark, str(path))
    dialect = sniff_csv(files, files.itself())
    assert (dialect.raw.header, dialect.is_header_evident) == (header, False)


@pytest.mark.parametrize("name", BEFORE)
def test_lines_before_the_header_are_named(spark: SparkSession, tmp_path: Path, name: str) -> None:
    text, line = BEFORE[name]
    with pytest.raises(ValueError, match=rf"the first line is no header; the header is in line {line}:"):
        sniffed(spark, tmp_path, text)


def test_a_header_that_leaves_out_a_column_is_named(spark: SparkSession, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="names 2 columns, and the rows have 3"):
        sniffed(spark, tmp_path, "height weight\n1 5 6\n2 7 8\n".replace(" ", ","))
