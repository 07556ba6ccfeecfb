"""Runs a step's own `spark-submit` on this machine, with the emulated S3 behind its s3:// URIs."""

from __future__ import annotations

import os
import subprocess

from agent import StepResult
from airflow_settings import REGION, ROOT

#: What `make install-test` has fetched: the format of tables, and Hadoop's S3 client.
_JARS = (
    "iceberg-spark-runtime-3.5_2.12-1.10.1.jar",
    "hadoop-aws-3.3.4.jar",
    "aws-java-sdk-bundle-1.12.262.jar",
)
_PYTHON = ROOT / ".venv" / "etl" / "bin" / "python"
#: Of one step. About 20 on two idle cores.
_SECONDS = 600


def _settings(endpoint: str) -> dict[str, str]:
    """Make s3:// what it is on EMR: here by Hadoop's client, pointed at the emulator."""
    s3a = {
        "endpoint": endpoint,
        "endpoint.region": REGION,
        "path.style.access": "true",
        "connection.ssl.enabled": "false",
        "access.key": "emulated",
        "secret.key": "emulated",
    }
    return {
        "spark.hadoop.fs.s3.impl": "org.apache.hadoop.fs.s3a.S3AFileSystem",
        **{f"spark.hadoop.fs.s3a.{key}": value for key, value in s3a.items()},
        "spark.driver.memory": "1g",
        # Steps so short are over before the optimizing compiler has earned what it costs.
        "spark.driver.defaultJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
        "spark.driver.extraClassPath": ":".join(str(ROOT / "build" / "jars" / jar) for jar in _JARS),
    }


class SparkRunner:
    """Runs steps with the Spark of `.venv/etl`. The code is fetched by Spark itself, from the emulated S3."""

    def __init__(self, endpoint: str) -> None:
        self._settings = _settings(endpoint)

    def __call__(self, arguments: list[str]) -> StepResult:
        """Run one step; its arguments are left as the DAG made them, the place's settings go before them."""
        command, *rest = arguments
        assert command == "spark-submit", arguments
        place = ["--master", "local[2]"]
        for key, value in self._settings.items():
            place += ["--conf", f"{key}={value}"]
        done = subprocess.run(
            [str(_PYTHON.parent / command), *place, *rest],
            env=self._environment(),
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
        )
        return StepResult(done.returncode, done.stdout, done.stderr)

    @staticmethod
    def _environment() -> dict[str, str]:
        # Airflow's own Python path would put the DAGs' packages before Spark's.
        inherited = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
        return {**inherited, "PYSPARK_PYTHON": str(_PYTHON), "SPARK_LOCAL_IP": "127.0.0.1"}
