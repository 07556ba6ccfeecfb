"""The mart of search terms: how often each is searched for, and what follows."""

from __future__ import annotations

from collections.abc import Sequence

from pyspark.sql import Column as Expression
from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F

#: Minutes in which an action counts for the search before it: the time after which web analytics takes a
#: visit to be over (Google Analytics Help, "About Analytics sessions": "30 minutes of user inactivity").
FOLLOW_UP_MINUTES = 30

#: Visitors of a day and language from which on a term is shown; rarer ones, names among them, could identify
#: who searched. A usual k of k-anonymity (K. El Emam and F. Dankar, "Protecting Privacy Using k-Anonymity",
#: JAMIA 15(5), 2008).
FEWEST_VISITORS = 5

#: White space and control characters, those of Unicode included.
_SPACES = r"[\s\p{Z}\p{Cc}]+"


def days_of_event() -> Sequence[Expression]:
    """Return the days whose terms an event counts for: its own, and that of a search just before midnight."""
    event_time = F.col("event_time")
    earlier = event_time - F.expr(f"INTERVAL {FOLLOW_UP_MINUTES} MINUTES")
    return F.to_date(event_time), F.to_date(earlier)


def normalized(text: Expression) -> Expression:
    """Return a text in lower case, with one space between words and none around them."""
    return F.trim(F.regexp_replace(F.lower(text), _SPACES, " "))


def search_terms(web_events: DataFrame) -> DataFrame:
    """Count the searches for each term that enough visitors searched for, and those that led to something.

    `day, language, term, searches, sessions, searches_with_view, searches_with_basket, share_without_action`:
    one row per day (UTC), language of the page and term. Events may come in any order. An action counts for
    the last search of its session before it. Of a person who is logged in, several sessions are one visitor.
    """
    searches = _searches(web_events)
    visitor = F.coalesce(F.concat(F.lit("customer "), F.col("customer_id")), F.col("session_id"))
    viewed, bought = F.col("viewed"), F.col("bought")
    without = F.count(F.when(~viewed & ~bought, F.lit(1)))
    counted = searches.groupBy("day", "language", "term").agg(
        F.count("event_id").alias("searches"),
        F.countDistinct("session_id").alias("sessions"),
        F.count(F.when(viewed, F.lit(1))).alias("searches_with_view"),
        F.count(F.when(bought, F.lit(1))).alias("searches_with_basket"),
        F.round(without / F.count("event_id"), 6).alias("share_without_action"),
        F.countDistinct(visitor).alias("_visitors"),
    )
    # A session that logs in between two searches is two visitors, and one session.
    enough = F.least("sessions", "_visitors") >= FEWEST_VISITORS
    return counted.where(enough).drop("_visitors")


def _searches(web_events: DataFrame) -> DataFrame:
    """One row per search: `viewed` and `bought` say what its session did until the next search."""
    event_type = F.col("event_type")
    is_search = event_type == "search"
    is_view = (event_type == "page_view") & F.col("product_id").isNotNull()
    is_purchase = event_type.isin("add_to_basket", "checkout")
    # An event with the time of a search comes after it; searches with equal times are ordered by their ids.
    in_order = Window.partitionBy("session_id").orderBy(
        "event_time", F.when(is_search, 0).otherwise(1), "event_id"
    )
    rounds = web_events.withColumn("_round", F.count(F.when(is_search, F.lit(1))).over(in_order))
    of_round = Window.partitionBy("session_id", "_round")
    micros = F.unix_micros("event_time")
    since = micros - F.min(micros).over(of_round)
    followed = rounds.withColumn("_within", since <= FOLLOW_UP_MINUTES * 60 * 1_000_000).withColumns(
        {
            "viewed": F.max(is_view & F.col("_within")).over(of_round),
            "bought": F.max(is_purchase & F.col("_within")).over(of_round),
            "day": F.to_date("event_time"),
            "term": normalized(F.col("search_text")),
        }
    )
    return followed.where(is_search & (F.col("term") != ""))
