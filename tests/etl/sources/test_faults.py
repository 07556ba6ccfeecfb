"""A file is refused for what its bytes are, and not for what the machine, the network or the store did."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from py4j.protocol import Py4JJavaError
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from any_data import DAY, dataset, key, text, write_contracts
from etl.batch import ingest
from etl.batch.run import Run
from etl.model.layout import VERDICT_COLUMN
from etl.rules.judging import VALID
from etl.sources import raw
from etl.sources.faults import file_fault
from etl.sources.raw import RawFiles, find_broken
from etl.storage.files import Files

#: Class, message, the class that it begins in, and what the file is refused for.
FAULTS = [
    ("java.io.IOException", "not a gzip file", "org.apache.hadoop.io.compress.zlib.BuiltInGzip", True),
    ("java.io.EOFException", "Unexpected end", "org.apache.hadoop.fs.FSInputStream", True),
    ("java.lang.RuntimeException", "not Parquet", "org.apache.parquet.hadoop.ParquetFileReader", True),
    ("java.lang.InternalError", "corrupted", "org.apache.hadoop.io.compress.zstd.Decompressor", True),
    ("java.lang.OutOfMemoryError", "Java heap space", "org.apache.parquet.bytes.BytesInput", False),
    ("java.lang.StackOverflowError", "", "org.apache.spark.sql.catalyst.trees.TreeNode", False),
    ("java.io.IOException", "No space left on device", "org.apache.spark.storage.DiskBlockWriter", False),
    ("java.net.SocketTimeoutException", "Read timed out", "org.apache.http.impl.io.Buffer", False),
    ("java.nio.file.AccessDeniedException", "s3a://b/k", "org.apache.hadoop.fs.s3a.S3AUtils", False),
    ("java.io.FileNotFoundException", "gone", "org.apache.hadoop.fs.RawLocalFileSystem", False),
    ("java.lang.RuntimeException", "executor 1 exited", "org.apache.spark.scheduler.DAGScheduler", False),
]


def failed(spark: SparkSession, kind: str, message: str, begins: str) -> Py4JJavaError:
    """What Python gets of an exception that a task ended with: it is the cause of the job's."""
    jvm: Any = spark._jvm
    cause = jvm
    for part in kind.split("."):
        cause = getattr(cause, part)
    cause = cause(message)
    gateway = spark.sparkContext._gateway
    frames = gateway.new_array(jvm.java.lang.StackTraceElement, 2)
    frames[0] = jvm.java.lang.StackTraceElement("java.io.InputStream", "read", None, 1)
    frames[1] = jvm.java.lang.StackTraceElement(begins, "read", None, 1)
    cause.setStackTrace(frames)
    return Py4JJavaError("a job failed", jvm.java.lang.RuntimeException("Job aborted", cause))


@pytest.mark.parametrize(("kind", "message", "begins", "is_files"), FAULTS)
def test_whose_fault_it_is(spark: SparkSession, kind: str, message: str, begins: str, is_files: bool) -> None:
    name = kind.rpartition(".")[2]
    expected = (f"{name}: {message}" if message else name) if is_files else None
    assert file_fault(failed(spark, kind, message, begins)) == expected


def broken_scan(spark: SparkSession, *_: object) -> DataFrame:
    """Rows whose reading fails as code does that is not about any file."""
    fails = F.raise_error(F.lit("the executor is gone"))
    return spark.range(1).select(fails.cast("string").alias("id"), F.lit(VALID).alias(VERDICT_COLUMN))


def test_no_file_is_refused_for_the_fault_of_a_place(
    spark: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "things.csv").write_text("id,note\n1,a\n")
    files = Files(spark, str(tmp_path / "data"))
    contract = dataset("things", key(), text("note"))
    contracts = write_contracts(tmp_path / "contracts.json", [contract])
    monkeypatch.setattr(raw, "read_raw", broken_scan)
    with pytest.raises(Py4JJavaError, match="the executor is gone"):
        find_broken(spark, files, RawFiles(tuple(files.listed("")), ()), contract)
    monkeypatch.setattr(ingest, "find_broken", pytest.fail)
    monkeypatch.setattr(ingest, "judge", lambda *_: broken_scan(spark))
    run = Run("lost", DAY, "test", str(tmp_path / "data"), str(tmp_path), str(contracts))
    with pytest.raises(Py4JJavaError, match="the executor is gone"):
        ingest.run(spark, run)
    assert not (tmp_path / "runs" / "run=lost" / "ingest.json").exists()
