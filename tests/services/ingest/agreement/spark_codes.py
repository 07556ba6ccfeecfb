"""Validates events by the jobs' own code, in the jobs' environment: `spark_codes.py FOLDER ARRIVAL NAME ...`.

FOLDER has NAME.json, a compiled contract, and NAME.events, one event a line in base64. NAME.codes gets a line
for each event: its reason codes with commas between them.
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
    events = file.with_suffix(".events").read_text().splitlines()
    rows = spark.createDataFrame(list(enumerate(events)), "offset bigint, event string").repartition(4)
    records = rows.select(
        F.lit(contract.name).alias("topic"),
        F.lit(0).alias("partition"),
        "offset",
        F.lit(arrival).alias("timestamp"),
        F.unbase64("event").alias("value"),
    )
    judged = judge(cut_records(records, contract), contract, arrival.date())
    rows = judged.select(SOURCE_FILE_COLUMN, F.concat_ws(",", REASONS_COLUMN)).collect()
    # Positions sort as text.
    codes = [codes for _, codes in sorted(rows)]
    file.with_suffix(".codes").write_text("".join(f"{line}\n" for line in codes))


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
