"""Runs a step's own `spark-submit` on this machine, with an emulated S3 and Glue in the place of AWS's."""

from __future__ import annotations

import os
import subprocess

from agent import StepResult
from airflow_settings import REGION, ROOT

#: What requirements/jars-test.txt has installed: EMR 7.8.0's Iceberg, its clients, and Hadoop's of S3.
_JARS = ROOT / "build" / "jars"
_ICEBERG = str(_JARS / "iceberg-spark-runtime-3.5_2.12-1.7.1.jar")
_CLIENTS = ("iceberg-aws-bundle-1.7.1.jar", "hadoop-aws-3.3.4.jar", "aws-java-sdk-bundle-1.12.262.jar")
#: Where the workers of EMR Serverless have Iceberg, so that jobs name it.
_ON_WORKERS = "/usr/share/aws/iceberg/lib/iceberg-spark3-runtime.jar"
_PYTHON = ROOT / ".venv" / "etl" / "bin" / "python"
#: Of one step. About 20 on two idle cores.
_SECONDS = 600


def _settings(endpoint: str, key: str) -> dict[str, str]:
    """Make s3:// what it is on EMR, here by Hadoop's client, and point it and Iceberg at the emulator."""
    s3a = {
        "endpoint": endpoint,
        "endpoint.region": REGION,
        "path.style.access": "true",
        "connection.ssl.enabled": "false",
        "access.key": key,
        "secret.key": key,
    }
    iceberg = {"glue.endpoint": endpoint, "s3.endpoint": endpoint, "s3.path-style-access": "true"}
    return {
        **{f"spark.sql.catalog.lake.{key}": value for key, value in iceberg.items()},
        "spark.hadoop.fs.s3.impl": "org.apache.hadoop.fs.s3a.S3AFileSystem",
        **{f"spark.hadoop.fs.s3a.{key}": value for key, value in s3a.items()},
        "spark.driver.memory": "1g",
        # Steps so short are over before the optimizing compiler has earned what it costs.
        "spark.driver.defaultJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    }


class SparkRunner:
    """Runs steps with the Spark of `.venv/etl`. The code is fetched by Spark itself, from the emulated S3."""

    def __init__(self, endpoint: str, key: str | None = None) -> None:
        """:param key: access key, by default the name of the role that jobs have on that engine"""
        self._endpoint = endpoint
        self._key = key

    def __call__(self, arguments: list[str]) -> StepResult:
        """Run one step; its arguments are left as the DAG made them, the place's settings go before them."""
        command, *rest = arguments
        assert command == "spark-submit", arguments
        named = f"spark.jars={_ON_WORKERS}" in rest
        class_path = [*([] if named else [_ICEBERG]), *(str(_JARS / jar) for jar in _CLIENTS)]
        place = ["--master", "local[2]", "--driver-class-path", ":".join(class_path)]
        key = self._key or ("emr_serverless_job" if named else "emr_instance")
        for name, value in _settings(self._endpoint, key).items():
            place += ["--conf", f"{name}={value}"]
        done = subprocess.run(
            [
                str(_PYTHON.parent / command),
                *place,
                *(each.replace(_ON_WORKERS, _ICEBERG) for each in rest),
            ],
            env=self._environment(key),
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
        )
        return StepResult(done.returncode, done.stdout, done.stderr)

    @staticmethod
    def _environment(key: str) -> dict[str, str]:
        # Airflow's own Python path would put the DAGs' packages before Spark's.
        inherited = {
            key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "SPARK_HOME")
        }
        # By its name: Spark's scripts take a path with a space for two words.
        path = os.pathsep.join((str(_PYTHON.parent), os.environ["PATH"]))
        python = {"PATH": path, "PYSPARK_PYTHON": _PYTHON.name}
        return {**inherited, **python, "SPARK_LOCAL_IP": "127.0.0.1", "AWS_ACCESS_KEY_ID": key}
