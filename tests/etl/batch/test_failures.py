"""What a run that does not end well leaves behind: the tables of before, and a record of what was wrong."""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from pyspark.sql import SparkSession

from batches import (
    DAY,
    NEXT_DAY,
    customer,
    dispositions,
    order,
    product,
    read_results,
    reasons,
    run_of,
    run_pipeline,
    write_batch,
    write_bytes,
    write_file,
)
from etl.batch import curate, ingest, marts
from etl.batch.run import Rejected
from etl.storage.lake import Lake

LATER = "2024-12-31 10:00:00"


@pytest.fixture(scope="module")
def published_first(spark: SparkSession, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A lake in which a batch is published, and one of the next day waits."""
    root = tmp_path_factory.mktemp("first")
    write_batch(root / "raw", DAY, [order(1), order(2)])
    run_pipeline(spark, root, DAY, "first")
    later = {"customers": [customer(3, updated_at=LATER)], "products": [product(3, updated_at=LATER)]}
    write_batch(root / "raw", NEXT_DAY, [order(2, status="shipped", updated_at=LATER), order(3)], **later)
    return root


@pytest.fixture
def lake(published_first: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(published_first, tmp_path / "lake"))


def pointer(lake: Path) -> bytes:
    """The pointer as it is stored."""
    return (lake / "published" / "current.json").read_bytes()


def test_a_failed_audit_publishes_nothing_and_keeps_the_evidence(
    spark: SparkSession, lake: Path, results_schema: Draft202012Validator
) -> None:
    before = pointer(lake)
    bad = [order(10, quantity="many", updated_at=LATER), order(11, updated_at=LATER)]
    write_file(lake / "raw", "orders", NEXT_DAY, "part-0.csv.gz", bad)
    expected = ["orders: quantity.type failed in 1 of 2 rows (50.00%); at most 2.00% may fail"]
    with pytest.raises(Rejected) as rejected:
        run_pipeline(spark, lake, NEXT_DAY, "bad")
    assert rejected.value.violations == expected
    assert pointer(lake) == before
    results = read_results(lake, "bad")
    results_schema.validate(results)
    assert (results["outcome"], results["audit"]) == ("rejected", {"passed": False, "violations": expected})
    assert dispositions(results) == {"inserted": 1, "quarantined": 1}
    quarantine = spark.read.parquet(str(lake / "quarantine" / "orders" / "run=bad")).collect()
    assert [(row["order_id"], row["quantity"], row["_reasons"]) for row in quarantine] == [
        ("10", "many", ["quantity.type"])
    ]


def test_files_that_cannot_be_parsed_are_refused_and_the_rest_goes_on(
    spark: SparkSession, tmp_path: Path
) -> None:
    raw = tmp_path / "raw"
    write_batch(raw, DAY, [order(1), order(2)])
    whole = write_file(raw, "orders", DAY, "part-1.csv.gz", [order(n) for n in range(100, 3000)]).read_bytes()
    header = gzip.decompress(whole).splitlines()[0].decode()
    write_bytes(raw, "orders", DAY, "part-1.csv.gz", whole[: len(whole) // 2])
    write_bytes(raw, "orders", DAY, "part-2.csv.gz", b"order_id,customer_id\n1,2\n")
    write_bytes(raw, "orders", DAY, "part-3.csv.gz", gzip.compress(b"order_id,customer_id\n1,2\n"))
    write_bytes(raw, "orders", DAY, "part-4.csv", b"")
    write_bytes(raw, "orders", DAY, "part-5.parquet", b"PAR1")
    write_bytes(raw, "orders", DAY, "_SUCCESS", b"")
    write_bytes(raw, "orders", DAY, "part-6.csv", f"{header}\n".encode())
    with pytest.raises(Rejected) as rejected:
        run_pipeline(spark, tmp_path, DAY, "refusals")
    (violation,) = [text for text in rejected.value.violations if text.startswith("orders")]
    assert violation == "orders: 5 of 7 files were refused (71.43%); at most 2.00% may be"
    results = read_results(tmp_path, "refusals")
    assert dispositions(results) == {"inserted": 2}
    (files,) = [dataset["files"] for dataset in results["datasets"] if dataset["name"] == "orders"]
    refused = {Path(refusal["path"]).name: refusal["reason"] for refusal in files["refused"]}
    assert files["read"] == 2
    assert refused == {
        "part-1.csv.gz": "EOFException: Unexpected end of input stream",
        "part-2.csv.gz": "IOException: not a gzip file",
        "part-3.csv.gz": f"the header is not {header!r}: {','.join(sorted(header.split(',')[2:]))} missing",
        "part-4.csv": f"the file is empty, without even the header {header}",
        "part-5.parquet": "the name does not end in .csv or .tsv or .txt, packed (.gz, .bz2, .zst) or not",
    }


def test_a_batch_without_rows_is_rejected_by_its_volume(spark: SparkSession, tmp_path: Path) -> None:
    with pytest.raises(Rejected) as rejected:
        run_pipeline(spark, tmp_path, DAY, "nothing")
    assert [text for text in rejected.value.violations if "volume" in text] == [
        f"{name}: volume: 0 rows were read; at least 1 are expected"
        for name in ("customers", "products", "orders")
    ]
    assert not (tmp_path / "published").exists()


def test_a_line_cut_short_is_quarantined_whole(spark: SparkSession, tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    write_batch(raw, DAY, [order(number) for number in range(100)])
    path = write_file(raw, "orders", DAY, "part-1.csv.gz", [order(7, status="shipped")])
    header = gzip.decompress(path.read_bytes()).splitlines()[0]
    path.write_bytes(gzip.compress(header + b'\n"7",1,1\n'))
    results = run_pipeline(spark, tmp_path, DAY, "cut")
    assert dispositions(results) == {"inserted": 99, "quarantined": 2}
    assert reasons(results) == {"order_id.range": 1, "row.malformed": 1}
    kept = spark.read.parquet(str(raw.parent / "quarantine" / "orders" / "run=cut")).where(
        "_line is not null"
    )
    assert [(row["_line"], row["order_id"], row["_source_file"]) for row in kept.collect()] == [
        ('"7",1,1', None, "part-1.csv.gz")
    ]


def test_a_run_id_is_used_once(spark: SparkSession, lake: Path) -> None:
    with pytest.raises(
        FileExistsError, match="run id 'first' was used for ingest before; start a new attempt"
    ):
        ingest.run(spark, run_of(lake, DAY, "first"))
    with pytest.raises(FileExistsError, match="run id 'first' was used for marts before"):
        marts.run(spark, run_of(lake, DAY, "first"))


def test_jobs_of_a_run_come_in_their_order(spark: SparkSession, lake: Path) -> None:
    with pytest.raises(
        FileNotFoundError, match=r"runs/run=new/ingest\.json is missing: ingest has not finished"
    ):
        curate.run(spark, run_of(lake, DAY, "new"))
    with pytest.raises(
        ValueError, match="run 'first' is of 2024-12-30, not of 2024-12-31: pass the same --run-date"
    ):
        curate.run(spark, run_of(lake, NEXT_DAY, "first"))


def test_a_run_is_not_published_over_one_that_it_has_not_seen(spark: SparkSession, lake: Path) -> None:
    slow = run_of(lake, NEXT_DAY, "slow")
    ingest.run(spark, slow)
    curate.run(spark, slow)
    run_pipeline(spark, lake, NEXT_DAY, "quick")
    with pytest.raises(RuntimeError, match="names run 'quick', but 'slow' was built upon 'first'"):
        marts.run(spark, slow)
    assert Lake(spark, str(lake)).published().run_id == "quick"
