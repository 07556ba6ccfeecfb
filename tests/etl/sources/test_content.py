"""What the first bytes of a file are taken for."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from pyspark.sql import SparkSession

from etl.model import Column, Contract, RawFormat
from etl.sources.content import content_problem, encoding_of
from etl.sources.raw import check_raw_files
from etl.sources.readers import read_raw
from etl.sources.sniffing import sniff_csv
from etl.storage.files import Files

ENCODINGS = {
    "ascii": (b"id,name\n1,Ann\n", "UTF-8"),
    "utf_8": ("id,name\n1,Zoë\n".encode(), "UTF-8"),
    "mark": ("\ufeffid,name\n".encode(), "UTF-8"),
    "wide_mark": ("id,name\n".encode("utf-16"), "UTF-16"),
    "little_end": ("id,name\n1,Zoë\n".encode("utf-16-le"), "UTF-16LE"),
    "big_end": ("id,name\n1,Zoë\n".encode("utf-16-be"), "UTF-16BE"),
    "latin": ("id,name\n1,Zoë\n2,Renée\n".encode("latin-1"), "windows-1252"),
    "one_byte": ("1,Zoë\n".encode() * 40 + "2,Renée\n".encode("latin-1"), "UTF-8"),
    "replaced_before": ("1,Zo\ufffd\n".encode(), "UTF-8"),
}

CONTENTS = {
    "workbook": (b"PK\x03\x04\x14\x00", "a ZIP archive or a workbook of Excel (.xlsx)"),
    "parquet": (b"PAR1\x15\x04", "Parquet"),
    "old_workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1", "an old document of Office (.xls)"),
    "gzip": (gzip.compress(b"id\n1\n"), "packed by gzip"),
    "page": (b"\n<!DOCTYPE html>\n<html>", "a page of HTML"),
    "page_without_kind": (b"<html lang=en>", "a page of HTML"),
}


@pytest.mark.parametrize("name", ENCODINGS)
def test_an_encoding_is_told(name: str) -> None:
    sample, encoding = ENCODINGS[name]
    assert encoding_of(sample, is_whole=True) == encoding


def test_a_letter_that_the_sample_cuts_is_no_fault() -> None:
    assert encoding_of("1,Zoë".encode()[:-1], is_whole=False) == "UTF-8"


@pytest.mark.parametrize("encoding", ["utf-32", "utf-32-le", "utf-32-be"])
def test_what_cannot_be_declared_is_refused(encoding: str) -> None:
    with pytest.raises(ValueError, match=r"UTF-32.*: save it as UTF-8"):
        encoding_of("id,name\n1,Ann\n".encode(encoding), is_whole=True)


def test_wide_letters_are_not_taken_for_narrow_ones() -> None:
    with pytest.raises(ValueError, match="NUL bytes, as UTF-16 without a mark: save it as UTF-8"):
        encoding_of("番号,名前\n一,東京都港区\n二,大阪市北区\n".encode("utf-16-le"), is_whole=True)


@pytest.mark.parametrize("name", CONTENTS)
def test_content_that_is_no_text_is_named(name: str) -> None:
    beginning, kind = CONTENTS[name]
    assert content_problem(beginning) == f"the content is no text of such a name, but {kind}"


@pytest.mark.parametrize("text", [b"", b"id,name\n", b"PAR1,PAR2\n", b"PKG,n\n", b"<b>,n\n", b"{}\n"])
def test_text_is_text(text: bytes) -> None:
    assert content_problem(text) is None


def contract(raw: RawFormat) -> Contract:
    """A contract of two columns."""
    columns = tuple(Column(name, name, "string", True, None, False, ()) for name in ("id", "name"))
    return Contract("people", "1.0.0", columns, (), None, None, None, None, raw)


@pytest.mark.parametrize(
    ("raw", "ending"), [(RawFormat(), "csv"), (RawFormat(header=False), "csv"), (RawFormat("jsonl"), "json")]
)
def test_such_a_file_is_refused(spark: SparkSession, tmp_path: Path, raw: RawFormat, ending: str) -> None:
    for name, (content, _) in CONTENTS.items():
        (tmp_path / f"{name}.{ending}").write_bytes(content)
    files = Files(spark, str(tmp_path))
    checked = check_raw_files(spark, files, files.walked(""), contract(raw))
    reasons = {Path(each.path).stem: each.reason for each in checked.refused}
    assert reasons == {name: content_problem(content) for name, (content, _) in CONTENTS.items()}


@pytest.mark.parametrize("name", CONTENTS)
def test_no_dialect_is_told_of_it(spark: SparkSession, tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(CONTENTS[name][0])
    files = Files(spark, str(path))
    with pytest.raises(ValueError, match=r"a\.csv: the content is no text of such a name, but "):
        sniff_csv(files, files.itself())


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_wide_text_is_read_as_it_is(spark: SparkSession, tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("id,name\n1,Zoë\n2,日本\n".encode(encoding))
    files = Files(spark, str(path))
    declared = contract(sniff_csv(files, files.itself()).raw)
    checked = check_raw_files(spark, files, [files.itself()], declared)
    rows = read_raw(spark, files, checked.read, declared).collect()
    assert [(row["id"], row["name"]) for row in rows] == [("1", "Zoë"), ("2", "日本")]


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("id", "name missing"),
        ("id,name,Ann", "column 3 is not in the contract"),
        ("Bob,Ann", "id,name missing; columns 1 and 2 are not in the contract"),
        ("id,name,name", "name there twice"),
        ("name,id", "in another order"),
    ],
)
def test_a_reason_quotes_no_cell(spark: SparkSession, tmp_path: Path, header: str, said: str) -> None:
    (tmp_path / "a.csv").write_text(f"{header}\n1,2\n")
    files = Files(spark, str(tmp_path))
    (refusal,) = check_raw_files(spark, files, files.walked(""), contract(RawFormat())).refused
    assert refusal.reason == f"the header is not 'id,name': {said}"
