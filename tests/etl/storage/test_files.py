"""Small files through Hadoop's FileSystem."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from py4j.protocol import Py4JJavaError
from pyspark.sql import SparkSession

from etl.storage.files import Files


@pytest.fixture(params=["", "file://"])
def files(spark: SparkSession, tmp_path: Path, request: pytest.FixtureRequest) -> Files:
    """Files below a folder, named as a path and as a URI."""
    return Files(spark, f"{request.param}{tmp_path}/")


def test_a_document_is_replaced_in_one_step(files: Files, tmp_path: Path) -> None:
    assert files.read_json("a/b.json") is None
    files.replace_json("a/b.json", {"new": False})
    files.replace_json("a/b.json", {"new": "ü"})
    assert files.read_json("a/b.json") == {"new": "ü"}
    # No checksum beside it, which could be of the document before, and no unfinished part.
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["b.json"]


def test_a_document_is_created_once(files: Files) -> None:
    assert files.create_json("claim.json", {"by": 1})
    assert not files.create_json("claim.json", {"by": 2})
    assert files.read_json("claim.json") == {"by": 1}


def test_listing_and_walking_skip_what_is_hidden(files: Files, tmp_path: Path) -> None:
    for name in ("b.csv", "a.csv", "_SUCCESS", ".a.csv.crc", "in/c.csv"):
        (tmp_path / "raw" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "raw" / name).write_bytes(b"123")
    assert [(file.name, file.size) for file in files.listed("raw")] == [("a.csv", 3), ("b.csv", 3)]
    assert [file.name for file in files.walked("raw")] == ["a.csv", "b.csv", "c.csv"]
    assert files.listed("none") == files.walked("none") == []


def test_moving_and_deleting(files: Files, tmp_path: Path) -> None:
    (tmp_path / "from").mkdir()
    (tmp_path / "from" / "x").write_text("x")
    files.move("from", "to/there")
    assert (tmp_path / "to" / "there" / "x").read_text() == "x"
    with pytest.raises(FileExistsError, match=r"to: .*to/there is there already"):
        files.move("to", "to/there")
    files.delete("to")
    files.delete("to")
    assert not files.exists("to")
    with pytest.raises(OSError, match=r"from: could not be moved to .*to"):
        files.move("from", "to")


def test_the_first_line_is_unpacked(files: Files, tmp_path: Path) -> None:
    contents = {
        "plain.csv": "é,b\r\n1,2\n".encode(),
        "packed.csv.gz": gzip.compress(b"a,b\n"),
        "empty.csv": b"",
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    assert [files.first_line(files.path(name)) for name in contents] == ["é,b", "a,b", None]
    (tmp_path / "false.csv.gz").write_bytes(b"a,b\n" * 9)
    with pytest.raises(Py4JJavaError, match="not a gzip file"):
        files.first_line(files.path("false.csv.gz"))
