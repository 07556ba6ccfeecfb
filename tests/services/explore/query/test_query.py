"""`./platform query` as it is run: tables, files, standard input, errors and exit codes."""

from __future__ import annotations

import csv
import io
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet
import pytest
from explore.access.laptop import Laptop
from explore.errors import ExploreError
from explore.query.listing import list_names
from explore.query.table import render_table
from explore.wording import size
from lakes import ROOT

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def query(lake: Path, tmp_path: Path) -> Run:
    """Runs the command on the lake, in a folder of its own."""

    def run(*arguments: str, stdin: str = "", place: Path = lake) -> subprocess.CompletedProcess[str]:
        command = [str(ROOT / "platform"), "query", *arguments, "--lake", str(place)]
        return subprocess.run(
            command,
            input=stdin,
            cwd=tmp_path,
            env={**os.environ, "NO_COLOR": "1"},
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )

    return run


def test_rows_are_a_table_with_types_null_and_a_summary(query: Run) -> None:
    done = query("select 'BE' as country, cast(null as bigint) as n, 'NULL' as text, true as yes")
    assert done.returncode == 0, done.stderr
    head, kinds, rule, row, summary = done.stdout.splitlines()
    assert head.split() == ["country", "n", "text", "yes"]
    assert kinds.split() == ["varchar", "bigint", "varchar", "boolean"]
    assert set(rule) == {"─", " "}
    assert row.split() == ["BE", "NULL", "'NULL'", "true"]
    assert summary.startswith("1 row, ")
    assert summary.endswith(" s")


def test_a_table_tells_that_there_are_more_rows(query: Run) -> None:
    lines = query("select order_id from curated.orders order by 1", "--rows", "3").stdout.splitlines()
    assert [line.strip() for line in lines[3:6]] == ["1", "2", "3"]
    assert lines[6] == "… and more rows: --rows 30 shows more, --output FILE writes all"
    assert lines[7].startswith("3 rows, ")
    assert "scanned" in lines[7]


def test_a_file_has_every_row_in_its_format(query: Run, laptop: Laptop, tmp_path: Path) -> None:
    sql = "select * from curated.orders order by order_id"
    expected = laptop.query(sql).table
    done = query(sql, "--output", "orders.parquet")
    assert done.returncode == 0, done.stderr
    assert f"orders.parquet: {expected.num_rows:,} rows" in done.stdout
    assert pyarrow.parquet.read_table(tmp_path / "orders.parquet").equals(expected)
    assert query("--output", "orders.csv", stdin=sql).returncode == 0
    with (tmp_path / "orders.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == expected.num_rows
    assert rows[0]["unit_price"] == str(expected["unit_price"][0].as_py())
    assert rows[0]["order_ts"] == f"{expected['order_ts'][0].as_py():%Y-%m-%dT%H:%M:%S.%f}Z"


def test_tables_and_their_columns_are_listed(laptop: Laptop) -> None:
    tables = list_names(laptop, "SHOW TABLES;")
    assert tables is not None
    assert tables.table["table"].to_pylist() == [str(name) for name in laptop.tables()]
    marts = list_names(laptop, "show tables from marts")
    assert marts is not None
    names = marts.table["table"].to_pylist()
    assert "marts.revenue_by_day" in names
    assert all(name.startswith("marts.") for name in names)
    for asked in ("describe orders", 'desc curated."orders"', "show columns from curated.orders"):
        columns = list_names(laptop, asked)
        assert columns is not None
        described = dict(zip(*(column.to_pylist() for column in columns.table.columns), strict=True))
        assert described["order_id"] == "bigint"
        assert described["country"] == "varchar"
    assert list_names(laptop, "select 'show tables' as text") is None


@pytest.mark.parametrize(
    ("sql", "message", "remedy"),
    [
        ("describe ordrs", "there is no table ordrs", "curated.orders"),
        ("show tables in quarantine", "there is no schema quarantine", "curated, marts, serving, live"),
    ],
)
def test_names_that_are_not_there_are_proposed(laptop: Laptop, sql: str, message: str, remedy: str) -> None:
    with pytest.raises(ExploreError, match=message) as wrong:
        list_names(laptop, sql)
    assert remedy in (wrong.value.remedy or "")


def test_a_statement_comes_from_a_file_or_standard_input(query: Run, tmp_path: Path) -> None:
    (tmp_path / "one.sql").write_text("-- Answers one.\nselect 1 as one;\n")
    from_file = query("--file", "one.sql")
    assert from_file.returncode == 0, from_file.stderr
    assert from_file.stdout.splitlines()[:4] == query(stdin="select 1 as one").stdout.splitlines()[:4]


@pytest.mark.parametrize(
    ("arguments", "message", "remedy"),
    [
        (["select * from curated.ordrs"], "there is no table curated.ordrs", "did you mean curated.orders"),
        (["delete from curated.orders"], "DELETE is refused", "ask with SELECT"),
        (["select 1 from"], "cannot be read at line 1", "docs/query.md"),
        (
            ["select 1", "--output", "no/such/folder.csv"],
            "folder.csv: cannot be written",
            "a folder that is there",
        ),
        (["select 1", "--output", "/dev/null/a.csv"], "/dev/null/a.csv: cannot be written", "name a file"),
        (["select interval '1' day", "--output", "a.parquet"], "a.parquet: cannot be written", "cast"),
        (["select sum(9223372036854775807) from curated.orders"], "beyond what its type", "cast"),
        (["--file", "no.sql"], "no.sql: cannot be read", "name a file with SQL"),
    ],
)
def test_an_error_names_value_and_remedy(query: Run, arguments: list[str], message: str, remedy: str) -> None:
    done = query(*arguments)
    assert (done.returncode, done.stdout) == (1, "")
    first, second = done.stderr.splitlines()
    assert first.startswith("✗ ")
    assert message in first
    assert second.startswith("  → ")
    assert remedy in second


def test_nothing_published_says_what_to_run(query: Run, tmp_path: Path) -> None:
    done = query("select * from curated.orders", place=tmp_path)
    assert done.returncode == 1
    assert f"{tmp_path}: nothing is published there yet" in done.stderr
    assert "make demo" in done.stderr


def test_a_file_that_cannot_be_written_leaves_the_earlier_one(query: Run, tmp_path: Path) -> None:
    (tmp_path / "rows.csv").mkdir()
    assert query("select 1 as one", "--output", "rows.csv").returncode == 1
    assert [path.name for path in tmp_path.iterdir()] == ["rows.csv"]


def test_the_repository_s_saved_queries_are_answered(query: Run) -> None:
    saved = sorted((ROOT / "contracts" / "queries").glob("*.sql"))
    assert saved
    for path in saved:
        done = query("--file", str(path))
        assert done.returncode == 0, f"{path}: {done.stderr}"
        assert len(done.stdout.splitlines()) > 4, path


def test_a_table_fits_the_terminal_and_keeps_its_columns_apart() -> None:
    table = pa.table({"name": ["x" * 90, "日本" * 30], "note": ["b" * 90, None], "n": [1, 22]})
    lines = render_table(table, 60).splitlines()
    assert max(map(len, lines)) <= 60
    assert lines[3].count("…") == 2
    assert lines[4].endswith("22")


def test_control_characters_do_not_reach_the_terminal() -> None:
    text = render_table(pa.table({"a": ["\x1b[31mred\r\n"]}), None)
    assert "\x1b" not in text
    assert r"\x1b[31mred\x0d\x0a" in text


def test_without_a_terminal_values_are_whole() -> None:
    assert "x" * 200 in render_table(pa.table({"a": ["x" * 200]}), None)


@pytest.mark.parametrize(
    ("count", "text"), [(0, "0 B"), (999, "999 B"), (1_000, "1 kB"), (12_345_678, "12.3 MB"), (5e12, "5 TB")]
)
def test_bytes_have_a_unit(count: int, text: str) -> None:
    assert size(count) == text


def test_no_columns_are_lost_in_csv(laptop: Laptop, tmp_path: Path) -> None:
    from explore.query.files import write_rows  # noqa: PLC0415

    table = laptop.query(
        "select array[1, 2] as numbers, 'a,\"b' as text, cast(null as varchar) as nothing"
    ).table
    write_rows(table, tmp_path / "out.csv")
    (row,) = csv.DictReader(io.StringIO((tmp_path / "out.csv").read_text()))
    assert row == {"numbers": "[1, 2]", "text": 'a,"b', "nothing": ""}


def test_a_reader_that_has_gone_is_no_failure(lake: Path) -> None:
    command = f"{ROOT}/platform query 'select 1' --lake {lake} | true; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False, timeout=300)
    assert (done.stdout, done.stderr) == ("0\n", "")
