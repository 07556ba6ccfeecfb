"""One Spark session per test process, with the release's own settings."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from pyspark.sql import SparkSession

from etl.session import use_utc

# Another Spark of the machine's is not the one that is locked.
os.environ.pop("SPARK_HOME", None)

ROOT = Path(__file__).resolve().parents[2]
BUNDLE = ROOT / "build" / "test-bundle"

JARS = ROOT / "build" / "jars"

#: The Iceberg of a laptop, which `make install` fetches, and that of EMR 7.8 with what it needs there
#: (`table_settings` of `dags/platform_dag/program.py` says why), by version. The first is the default.
ICEBERGS: dict[str, dict[str, str]] = {
    "1.10.1": {},
    "1.7.1": {"spark.sql.iceberg.vectorization.enabled": "false"},
}


def stream_jars() -> list[Path]:
    """The jars that streams need besides, by their lock file."""
    lines = (ROOT / "requirements" / "jars-stream.txt").read_text().splitlines()
    parts = [line.split(" ")[0].split(":") for line in lines if not line.startswith("#")]
    return [JARS / f"{artifact}-{version}.jar" for _, artifact, version in parts]


#: What a small machine and tiny data ask for; nothing here changes a result.
PLACE = {
    "spark.master": "local[2]",
    "spark.driver.memory": "1g",
    "spark.driver.host": "localhost",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.shuffle.partitions": "2",
    "spark.sql.adaptive.coalescePartitions.initialPartitionNum": "2",
    "spark.ui.showConsoleProgress": "false",
    # Compiling to the last degree takes longer than these tests run.
    "spark.driver.defaultJavaOptions": " ".join(
        ("-XX:TieredStopAtLevel=1", "-XX:ReservedCodeCacheSize=240m", "-XX:+UseSerialGC")
    ),
}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Tests that can do more than a pull request has time for."""
    parser.addoption("--every-boundary", action="store_true", help="kill runs at every boundary there is")
    versions = list(ICEBERGS)
    parser.addoption("--iceberg", choices=versions, default=versions[0], help="version of Iceberg")


@pytest.fixture
def every_boundary(request: pytest.FixtureRequest) -> bool:
    """Whether runs are killed at every boundary, and not at one of every kind."""
    return bool(request.config.getoption("--every-boundary"))


@pytest.fixture(scope="session")
def spark_conf(request: pytest.FixtureRequest) -> dict[str, str]:
    """Every pair of the release's `spark_conf`, and what this place adds."""
    manifest = json.loads((BUNDLE / "manifest.json").read_text())
    version = request.config.getoption("--iceberg")
    jars = [JARS / f"iceberg-spark-runtime-3.5_2.12-{version}.jar", *stream_jars()]
    class_path = {"spark.driver.extraClassPath": ":".join(map(str, jars))}
    return {**manifest["spark_conf"], **PLACE, **class_path, **ICEBERGS[version]}


@pytest.fixture(scope="session")
def spark(spark_conf: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkSession]:
    """The session that every test of a process shares."""
    use_utc()
    builder = SparkSession.builder.appName("tests")
    for key, value in spark_conf.items():
        builder = builder.config(key, value)
    builder = builder.config("spark.sql.warehouse.dir", str(tmp_path_factory.mktemp("warehouse")))
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


@pytest.fixture(scope="session")
def results_schema() -> Draft202012Validator:
    """The schema of results.json, formats checked too."""
    schema = json.loads((ROOT / "contracts" / "run-results.schema.json").read_text())
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=FormatChecker())
