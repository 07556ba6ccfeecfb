"""Validates events by the jobs' own code, in the jobs' environment: `spark_codes.py CONTRACT EVENTS CODES ARRIVAL`.

EVENTS has one event a line in base64; CODES gets one line an event, the reason codes with commas between them.
"""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from etl.model import Contract
from etl.model.layout import MALFORMED_REASON, REASONS_COLUMN, SOURCE_FILE_COLUMN
from etl.rules.judging import judge
from etl.session import use_utc
from etl.sources.json_lines import cut_lines

ROOT = Path(__file__).resolve().parents[4]


def main(contract_file: str, events_file: str, codes_file: str, arrival: str) -> None:
    """Write the codes of every event."""
    use_utc()
    contract = Contract.parse(json.loads(Path(contract_file).read_text()))
    moment = datetime.fromisoformat(arrival)
    spark = _session()
    events = Path(events_file).read_text().splitlines()
    numbered = [(str(number), event) for number, event in enumerate(events)]
    rows = spark.createDataFrame(numbered, f"`{SOURCE_FILE_COLUMN}` string, event string").repartition(4)
    lines = rows.select(F.unbase64("event").cast("string").alias("value"), SOURCE_FILE_COLUMN)
    judged = judge(cut_lines(lines, contract), contract, moment.date())
    found = {row[0]: row[1] or [] for row in _codes(judged)}
    # Blank lines are not rows of a batch; blank records of a stream are malformed.
    codes = [",".join(found.get(number, [MALFORMED_REASON])) for number, _ in numbered]
    Path(codes_file).write_text("\n".join(codes) + "\n")


def _codes(judged: DataFrame) -> list[tuple[str, list[str] | None]]:
    return [(row[0], row[1]) for row in judged.select(SOURCE_FILE_COLUMN, REASONS_COLUMN).collect()]


def _session() -> SparkSession:
    """A session with the release's own settings that decide what values mean."""
    builder = SparkSession.builder.master("local[2]").config("spark.driver.memory", "1g")
    for line in (ROOT / "etl" / "spark-defaults.conf").read_text().splitlines():
        name, _, value = line.partition(" ")
        if name.startswith("spark.sql") and "catalog" not in name and "extensions" not in name:
            builder = builder.config(name, value.strip())
    quick = (
        "-XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=240m -XX:+UseSerialGC -XX:-DontCompileHugeMethods"
    )
    builder = builder.config("spark.driver.extraJavaOptions", quick)
    spark = builder.config("spark.ui.enabled", "false").getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    return spark


if __name__ == "__main__":
    main(*sys.argv[1:])
