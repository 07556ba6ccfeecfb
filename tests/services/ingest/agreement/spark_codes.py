"""Validates events by the jobs' own code, in the jobs' environment: `spark_codes.py FOLDER ARRIVAL NAME ...`.

FOLDER has NAME.json, a compiled contract, and NAME.events, a number and an event in base64 a line. NAME.codes
gets a line for each event: its reason codes with commas between them.
"""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path

from pyspark.sql import SparkSession
from pyspark.sql import functions as F

from etl.model import Contract
from etl.model.layout import REASONS_COLUMN, SOURCE_FILE_COLUMN
from etl.rules.judging import judge
from etl.session import use_utc
from etl.sources.records import cut_records

ROOT = Path(__file__).resolve().parents[4]


def main(folder: str, arrival: str, *names: str) -> None:
    """Write the codes of every event of each contract."""
    use_utc()
    spark = _session()
    for name in names:
        contract = Contract.parse(json.loads(Path(folder, f"{name}.json").read_text()))
        _write_codes(spark, contract, Path(folder, name), datetime.fromisoformat(arrival))


def _write_codes(spark: SparkSession, contract: Contract, file: Path, arrival: datetime) -> None:
    # Files in and out: what PySpark hands over by a socket fails after 15 seconds on a busy machine.
    lines = spark.read.text(str(file.with_suffix(".events"))).repartition(4)
    number, event = (F.split("value", " ")[part] for part in (0, 1))
    records = lines.select(
        F.lit(contract.name).alias("topic"),
        F.lit(0).alias("partition"),
        number.cast("bigint").alias("offset"),
        F.lit(arrival).alias("timestamp"),
        F.unbase64(event).alias("value"),
    )
    judged = judge(cut_records(records, contract), contract, arrival.date())
    rows = judged.select(F.concat_ws(" ", SOURCE_FILE_COLUMN, F.concat_ws(",", REASONS_COLUMN)))
    rows.write.text(str(file.with_suffix(".rows")))
    written = file.with_suffix(".rows").glob("part-*")
    # Positions sort as text.
    found = sorted(line for part in written for line in part.read_text().splitlines())
    file.with_suffix(".codes").write_text("".join(f"{line.partition(' ')[2]}\n" for line in found))


def _session() -> SparkSession:
    """A session with the release's own settings that decide what values mean."""
    builder = SparkSession.builder.master("local[2]").config("spark.driver.memory", "1g")
    builder = builder.config("spark.driver.bindAddress", "127.0.0.1").config("spark.driver.host", "127.0.0.1")
    for line in (ROOT / "etl" / "spark-defaults.conf").read_text().splitlines():
        name, _, value = line.partition(" ")
        if name.startswith("spark.sql") and "catalog" not in name and "extensions" not in name:
            builder = builder.config(name, value.strip())
    quick = (
        "-XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=240m -XX:+UseSerialGC -XX:-DontCompileHugeMethods"
    )
    builder = builder.config("spark.driver.extraJavaOptions", quick).config("spark.ui.enabled", "false")
    spark = builder.config("spark.ui.showConsoleProgress", "false").getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    return spark


if __name__ == "__main__":
    main(*sys.argv[1:])
