"""Writes documents of generated products, as the job `index` sends them, one JSON document a line.

    .venv/etl/bin/python bench/relevance_catalogue.py SEARCH_JSON PRODUCTS FILE

`SEARCH_JSON` is what the contract of products is compiled to; `PRODUCTS` is how many products the catalogue
has. Rows that are wrong on purpose are left out, about 1 %. bench/relevance.py starts it, since Spark is in
another environment than the application.
"""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path

from pyspark.sql import DataFrame, SparkSession

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from etl.sinks.documents import BODY, SearchTarget, documents  # noqa: E402
from etl.synthetic.plan import ORDERS_PER_PRODUCT, history_plan  # noqa: E402
from etl.synthetic.products import COLUMNS, product_lines, product_rows  # noqa: E402


def start_session(name: str) -> SparkSession:
    """Start Spark on two cores."""
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.sql.session.timeZone": "UTC",
    }
    builder = SparkSession.builder.appName(name).master("local[2]").config(map=settings)
    return builder.config("spark.driver.host", "localhost").getOrCreate()


def catalogue_rows(spark: SparkSession, target: SearchTarget, products: int) -> DataFrame:
    """Return the rows of a generated catalogue of so many products."""
    plan = history_plan(products * ORDERS_PER_PRODUCT, 42, date(2024, 12, 30))
    lines = product_lines(product_rows(spark, plan).where("fault = 0 and kind = 0"), plan)
    texts = ", ".join(f"{name} string" for name in COLUMNS)
    parsed = spark.read.csv(lines.rdd.map(lambda row: row["line"]), texts)
    return parsed.selectExpr(*[f"cast({each.name} as {each.type})" for each in target.fields])


def main(compiled: Path, products: int, output: Path) -> None:
    """Write the documents."""
    target = SearchTarget.parse(json.loads(compiled.read_text()))
    spark = start_session("relevance")
    rows = catalogue_rows(spark, target, products)
    made = documents(rows.orderBy("product_id"), target).select(BODY).collect()
    output.write_text("".join(f"{row[BODY]}\n" for row in made))
    spark.stop()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
