"""What is personal stays where the data is, and is in nothing that a run says of itself."""

from __future__ import annotations

import logging
import subprocess
from pathlib import Path

import pytest
from pyspark.sql import SparkSession

from batches import (
    DAY,
    customer,
    order,
    read_results,
    reasons,
    run_of,
    run_pipeline,
    write_batch,
    write_bytes,
)
from etl.batch import curate, ingest, marts
from etl.batch.run import Rejected
from etl.model import load_contracts

ROOT = Path(__file__).resolve().parents[3]
MARKER = "Zyzzyva"


def test_a_marker_in_every_personal_column_is_in_nothing_that_a_run_says(
    spark: SparkSession,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    personal = {c.name for contract in load_contracts().values() for c in contract.columns if c.personal}
    assert personal == {"email", "name"}
    mail = f"{MARKER.lower()}@example.com"
    sound = customer(1, name=MARKER, email=mail)
    write_batch(tmp_path / "raw", DAY, [order(1)], customers=[sound, customer(7, name=MARKER)])
    run_pipeline(spark, tmp_path, DAY, "before")
    customers = [
        # Sound; then each rule of the personal columns broken, and one of the others with a personal text.
        sound,
        customer(2, name=MARKER, email=f"{MARKER} at home"),
        customer(3, name=MARKER * 30, email=mail),
        customer(4, name="", email=""),
        customer(5, country=MARKER, segment=mail, name=MARKER),
        # Two of one version that contradict each other.
        customer(6, name=MARKER),
        customer(6, name=f"{MARKER} the second"),
        # One that contradicts what is published.
        customer(7, name=f"{MARKER} the third"),
    ]
    write_batch(tmp_path / "raw", DAY, [order(1), order(2, customer_id="8")], customers=customers)
    line = f"9,{mail},{MARKER},one,cell,too,many,{MARKER}\n"
    head = "customer_id,email,name,country,segment,signup_date,updated_at\n"
    write_bytes(tmp_path / "raw", "customers", DAY, "part-1.csv", (head + line).encode())
    write_bytes(tmp_path / "raw", "customers", DAY, "part-2.csv.gz", f"no gzip, but {MARKER}".encode())
    run = run_of(tmp_path, DAY, "marked")
    caplog.set_level(logging.INFO)
    ingest.run(spark, run)
    curate.run(spark, run)
    with pytest.raises(Rejected):
        marts.run(spark, run)
    results = read_results(tmp_path, "marked")
    found = reasons(results, "customers")
    assert {"row.malformed", "email.pattern", "name.maxLength"} & found.keys()
    assert len(found) >= 6, found
    (people,) = (dataset for dataset in results["datasets"] if dataset["name"] == "customers")
    twice = next(reason for reason in people["reasons"] if reason["code"] == "customer_id.unique")
    assert (twice["rows"], twice["examples"]) == (
        3,
        [{"file": "part-0.csv.gz", "values": {"customer_id": key}} for key in ("6", "7")],
    )

    report = tmp_path / "report.html"
    rendered = subprocess.run(
        [ROOT / "platform", "report", tmp_path / "runs" / "run=marked" / "results.json", "--report", report],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (rendered.stderr, rendered.returncode) == ("", 0)
    said = {path: path.read_text() for path in (tmp_path / "runs").rglob("*.json")} | {
        report: report.read_text(),
        Path("output"): "".join(capfd.readouterr()),
        Path("log"): str([vars(record) for record in caplog.records]),
    }
    assert len(said) >= 6
    assert "part-2.csv.gz" in said[Path("log")]
    assert "email.pattern" in said[report]
    assert [str(path) for path, text in said.items() if MARKER.lower() in text.lower()] == []
