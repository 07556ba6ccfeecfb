"""Web events of some days for benchmarks of search, made by Spark's expressions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from judged_queries import typed_texts
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

#: Days that the events are of, the first of them, and events of one session.
DAYS, FIRST_DAY, VISIT = 3, date(2024, 12, 28), 10

#: One event in so many is a search, as in generated traffic about.
SEARCHES = 8

_LANGUAGES = ("en", "fr", "nl", "de")


def event_rows(
    spark: SparkSession, count: int, products: int, columns: Sequence[tuple[str, str]]
) -> DataFrame:
    """Return so many events of `DAYS` days, with these columns, each a name and a type."""
    texts = F.array(*[F.lit(text) for _, text in typed_texts()])
    spread = F.hash("id", F.lit(7))
    is_search = F.col("id") % SEARCHES == 0
    seconds = (F.col("id") * F.lit(DAYS * 86_400 / count)).cast("bigint")
    chosen = F.pmod(spread, F.size(texts))
    values = {
        "event_id": F.concat(F.lit("00000000-0000-4000-8000-"), F.lpad(F.hex("id"), 12, "0")),
        "event_time": F.timestamp_seconds(F.unix_timestamp(F.lit(str(FIRST_DAY)), "yyyy-MM-dd") + seconds),
        "event_type": F.when(is_search, "search").otherwise("page_view"),
        "session_id": F.concat(F.lit("s-"), F.floor(F.col("id") / VISIT)),
        "product_id": F.when(~is_search, F.pmod(spread, F.lit(products)) + 1),
        "url": F.concat(F.lit("https://shop.example.com/products/"), F.pmod(spread, F.lit(products)) + 1),
        "referrer": F.when(F.pmod(spread, F.lit(3)) == 0, "https://www.example.com/"),
        "search_text": F.when(is_search, F.element_at(texts, (chosen + 1).cast("int"))),
        "language": F.element_at(
            F.array(*map(F.lit, _LANGUAGES)), F.pmod(F.col("id"), F.lit(4)).cast("int") + 1
        ),
    }
    return spark.range(0, count, 1, 8).select(
        *[values.get(name, F.lit(None)).cast(kind).alias(name) for name, kind in columns]
    )
