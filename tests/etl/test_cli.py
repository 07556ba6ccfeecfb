"""The command line: what it refuses, how a job ends, what it logs."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pyspark.sql import SparkSession

from batches import DAY, order, write_batch, write_file
from etl import cli, session
from etl.storage.tables import KEPT

BUNDLE = Path(__file__).resolve().parents[2] / "build" / "test-bundle"

STEP = ["--input", "raw", "--output", "lake", "--run-date", "2024-12-30", "--run-id", "r1"]


@pytest.fixture
def _own_logs() -> Iterator[None]:
    """Put the package's logger back as it was: a job sends it to stderr."""
    log = logging.getLogger("etl")
    handlers, propagate = list(log.handlers), log.propagate
    yield
    log.handlers[:], log.propagate = handlers, propagate


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "the following arguments are required: job"),
        (
            ["mart", *STEP],
            "invalid choice: 'mart' (choose from 'ingest', 'curate', 'marts', 'pipeline', 'maintain', "
            "'generate', 'infer', 'stream', 'verify', 'index')",
        ),
        (["ingest", *STEP[2:]], "the following arguments are required: --input"),
        (["ingest", *STEP, "--run-date", "2024-02-30"], "'2024-02-30' is not a day of the calendar"),
        (["ingest", *STEP, "--run-date", "20240101"], "'20240101' is not a day written YYYY-MM-DD"),
        (
            ["ingest", *STEP, "--run-id", "a/b"],
            "'a/b' cannot name a run: use a letter or digit, then up to 127 more",
        ),
        (["ingest", *STEP, "--verbose"], "unrecognized arguments: --verbose"),
        (
            ["generate", "--output", "raw", "--run-date", "2024-12-30", "--rows", "0"],
            "'0' is not a number of rows: use a whole number from 1",
        ),
        (
            ["index", "--datasets", "products", "--output", "lake", "--search", "http://user:secret@host"],
            "'http://user:secret@host' is not an address: write http://host:port or https://host",
        ),
        (
            ["maintain", "--output", "lake", "--run-id", "m1", "--keep-days", "0"],
            "'0' is not a number of days: use a whole number from 1",
        ),
    ],
)
def test_a_wrong_command_line_says_what_is_right(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.parse_arguments(arguments)
    assert ended.value.code == 2
    assert message in capsys.readouterr().err


def test_the_release_is_passed_on() -> None:
    options = cli.parse_arguments(["curate", *STEP, "--release", "abc"])
    assert (options.job, options.release, options.run_date, options.run_id) == ("curate", "abc", DAY, "r1")


@pytest.mark.parametrize("job", [["marts", *STEP], ["maintain", "--output", "lake", "--run-id", "m1"]])
def test_how_long_tables_can_be_read_as_they_were(job: list[str]) -> None:
    assert cli.parse_arguments(job).keep_days == KEPT
    assert cli.parse_arguments([*job, "--keep-days", "90"]).keep_days == timedelta(days=90)


def lines(text: str) -> list[dict[str, object]]:
    """The structured lines of a log."""
    return [json.loads(line) for line in text.splitlines() if line.startswith("{")]


def step_of(folder: Path, run_id: str) -> list[str]:
    """Options of a step that reads `raw` in a folder, which is the lake, too."""
    day = ["--run-date", str(DAY), "--run-id", run_id]
    return ["--input", str(folder / "raw"), "--output", str(folder), *day]


@pytest.mark.usefixtures("spark", "_own_logs")
def test_a_rejected_run_has_an_exit_code_of_its_own(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    write_batch(tmp_path / "raw", DAY, [order(1, quantity="0"), order(2)])
    step = step_of(tmp_path, "bad")
    assert [cli.main([job, *step]) for job in ("ingest", "curate", "marts")] == [0, 0, cli.EXIT_REJECTED]
    logged = lines(capfd.readouterr().err)
    assert {line["run_id"] for line in logged} == {"bad"}
    assert [line["violations"] for line in logged if line["message"] == "rejected"] == [
        ["orders: quantity.range failed in 1 of 2 rows (50.00%); at most 2.00% may fail"]
    ]


@pytest.mark.usefixtures("spark", "_own_logs")
def test_the_pipeline_is_the_release_s_steps_in_their_order(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    write_batch(tmp_path / "raw", DAY, [order(1), order(2)])
    steps = json.loads((BUNDLE / "manifest.json").read_text())["steps"]
    assert cli.main(["pipeline", *step_of(tmp_path, "all")]) == 0
    logged = lines(capfd.readouterr().err)
    assert [line["job"] for line in logged if line["message"] == "succeeded"] == steps
    assert json.loads((tmp_path / "published" / "current.json").read_text())["run_id"] == "all"


@pytest.mark.usefixtures("spark", "_own_logs")
def test_the_pipeline_stops_at_the_first_step_that_fails(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    write_batch(tmp_path / "raw", DAY, [order(1)])
    claimed = tmp_path / "runs" / "run=again" / "curate.started.json"
    claimed.parent.mkdir(parents=True)
    claimed.write_text("{}")
    assert cli.main(["pipeline", *step_of(tmp_path, "again")]) == cli.EXIT_FAILED
    logged = lines(capfd.readouterr().err)
    assert [line["job"] for line in logged if line["message"] == "succeeded"] == ["ingest"]
    assert [line["job"] for line in logged if line["message"] == "failed"] == ["curate"]
    assert not (tmp_path / "published").exists()


@pytest.mark.usefixtures("_own_logs")
def test_settings_that_change_values_are_not_left_to_the_place(
    spark: SparkSession, capfd: pytest.CaptureFixture[str]
) -> None:
    spark.conf.set("spark.sql.session.timeZone", "Europe/Brussels")
    try:
        assert cli.main(["ingest", *STEP]) == cli.EXIT_FAILED
    finally:
        spark.conf.set("spark.sql.session.timeZone", "UTC")
    assert "spark.sql.session.timeZone is 'Europe/Brussels', the jobs need 'UTC'" in capfd.readouterr().err


@pytest.mark.usefixtures("spark", "_own_logs")
def test_spark_without_the_format_of_tables_says_where_it_is(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(session, "ICEBERG", "org.example.Missing")
    assert cli.main(["ingest", *STEP]) == cli.EXIT_FAILED
    expected = "org.example.Missing is not on Spark's class path: pass the jar that `make install` puts into"
    assert expected in capfd.readouterr().err


def submit(spark_conf: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a job as every place does: spark-submit with the release's files and settings."""
    settings = [word for key, value in spark_conf.items() for word in ("--conf", f"{key}={value}")]
    command = [Path(sys.executable).with_name("spark-submit"), *settings, "--py-files", BUNDLE / "etl.zip"]
    # By its name: Spark's scripts take a path with a space for two words.
    python = Path(sys.executable)
    path = os.pathsep.join((str(python.parent), os.environ["PATH"]))
    environment = {**os.environ, "PATH": path, "PYSPARK_PYTHON": python.name}
    return subprocess.run(
        [*command, BUNDLE / "main.py", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )


def test_a_job_on_spark_submit(spark_conf: dict[str, str], tmp_path: Path) -> None:
    raw, root = tmp_path / "raw", tmp_path / "lake"
    write_batch(raw, DAY, [order(number) for number in range(1, 100)])
    write_file(raw, "orders", DAY, "part-1.csv.gz", [order(100)]).write_bytes(b"order_id,customer_id")
    step = [
        "--input",
        f"file://{raw}",
        "--output",
        f"file://{root}",
        "--run-date",
        str(DAY),
        "--run-id",
        "r-1",
    ]
    ended = submit(spark_conf, "ingest", *step)
    # spark-submit passes all that a driver in Python says to its own standard output.
    logged = lines(ended.stdout)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert {(line["job"], line["run_id"]) for line in logged} == {("ingest", "r-1")}
    finished = {line["stage"]: line["rows"] for line in logged if line["message"] == "finished"}
    assert finished["ingest orders"] == 99
    assert [line["reason"] for line in logged if line["message"] == "refused"] == [
        "IOException: not a gzip file"
    ]
    again = submit(spark_conf, "ingest", *step)
    assert again.returncode == cli.EXIT_FAILED
    (failed,) = [line for line in lines(again.stdout) if line["level"] == "ERROR"]
    assert failed["run_id"] == "r-1"
    assert "Traceback (most recent call last)" in str(failed["exc_info"])
    assert "run id 'r-1' was used for ingest before" in str(failed["exc_info"])
