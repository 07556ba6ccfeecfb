"""The customer register: who buys, where they live, which kind of customer they are."""

from __future__ import annotations

from pyspark.sql import DataFrame, SparkSession

from etl.synthetic.expressions import DAY_SECONDS, below, clock_text, pick, shares
from etl.synthetic.faults import Fault, cut, lines, single
from etl.synthetic.kinds import Kind
from etl.synthetic.plan import HISTORY_DAYS, Plan
from etl.synthetic.registers import register_rows

COLUMNS = ("customer_id", "email", "name", "country", "segment", "signup_date", "updated_at")

#: Share of customers (%), which is that of their orders too.
COUNTRIES = {"BE": 38, "NL": 19, "FR": 16, "DE": 11, "LU": 5, "GB": 5, "ES": 3, "IT": 3}
SEGMENTS = {"consumer": 82, "small_business": 15, "enterprise": 3}

FIRST_NAMES = (
    "Anna",
    "Jan",
    "Marie",
    "Lucas",
    "Emma",
    "Louis",
    "Sofie",
    "Pieter",
    "Chloe",
    "Tom",
    "Ines",
    "Noah",
)
LAST_NAMES = (
    "Peeters",
    "Janssens",
    "Dubois",
    "Maes",
    "Schmidt",
    "de Vries",
    "Rossi",
    "Lopez",
    "Martin",
    "O Neill",
)

FAULTS = (
    single("id_missing", "customer_id", "''", "required"),
    single("id_text", "customer_id", "concat('C', id)", "type"),
    single("email_without_at", "email", "concat('customer', id, '.example.com')", "pattern"),
    single("email_missing", "email", "''", "required"),
    single("name_too_long", "name", "repeat('x', 130)", "length"),
    Fault("country_name", {"country": "'Belgium'"}, ("country.pattern", "country.allowed")),
    single("country_unknown", "country", "'XX'", "allowed"),
    single("segment_unknown", "segment", "'vip'", "allowed"),
    single("signup_impossible", "signup_date", "'2023-02-29'", "type"),
    single("signup_future", "signup_date", "'2999-01-01'", "future"),
    single("updated_at_without_time", "updated_at", "'2024-05-01'", "type"),
    Fault(
        "several",
        {"email": "'none'", "segment": "''", "signup_date": "'2001-01-01'"},
        ("email.pattern", "segment.required", "signup_date.range"),
    ),
    cut("cut_short", 5),
)


def country(seed: int, customer: str) -> str:
    """The country a customer lives in."""
    return pick(shares(COUNTRIES), below(100, seed, "country", customer))


def customer_rows(spark: SparkSession, plan: Plan) -> DataFrame:
    """`id`, `kind`, `fault`, `before` of every row of the register in this batch."""
    return register_rows(spark, plan, plan.history.customers, FAULTS)


def customer_lines(rows: DataFrame, plan: Plan) -> DataFrame:
    """The CSV lines of those rows. Names are quoted; some hold commas or quotation marks."""
    seed, today = plan.history.seed, (plan.days - 1) * DAY_SECONDS
    written = f"if(id % 40 = 3, {today}, {below(HISTORY_DAYS - 2, seed, 'updated_on')} * {DAY_SECONDS})"
    day = f"if(kind in ({Kind.NEW}, {Kind.CHANGED}), {today}, {written})"
    at = f"{below(DAY_SECONDS - 120, seed, 'updated_at')} + {day}"
    values = rows.selectExpr(
        "*",
        f"cast({at} as bigint) as at",
        f"{pick(FIRST_NAMES, below(len(FIRST_NAMES), seed, 'first_name'))} as first",
        f"{pick(LAST_NAMES, below(len(LAST_NAMES), seed, 'last_name'))} as last",
    )
    second = f"case kind when {Kind.OLDER} then -60 when {Kind.NEWER_BAD} then 60 else 0 end"
    moved = pick(list(COUNTRIES), below(len(COUNTRIES), seed, "moved_to"))
    formal, nick = "concat(last, ', ', first)", "concat(first, ' \"\"', last, '\"\"')"
    name = f"case id % 60 when 1 then {formal} when 31 then {nick} else concat(first, ' ', last) end"
    registered = f"cast({below(1500, seed, 'signup')} as int)"
    columns = {
        "customer_id": "cast(id as string)",
        "email": f"if(kind = {Kind.NEWER_BAD}, '', "
        "concat(lower(first), '.', replace(lower(last), ' ', '-'), '.', id, '@example.com'))",
        "name": f"concat('\"', {name}, '\"')",
        "country": f"if(kind = {Kind.CHANGED}, {moved}, {country(seed, 'id')})",
        "segment": f"if(kind = {Kind.CONFLICT}, 'enterprise', {_segment(seed)})",
        "signup_date": f"cast(date_sub(DATE'{plan.history.first_day}', {registered}) as string)",
        "updated_at": clock_text(plan.history.first_day, plan.days + 1, f"greatest(0, at + {second})"),
    }
    return lines(values, columns, FAULTS)


def _segment(seed: int) -> str:
    drawn = pick(shares(SEGMENTS), below(100, seed, "segment"))
    # The twin of a conflict must say something else than the conflict.
    return f"if(kind = {Kind.TWIN}, 'consumer', {drawn})"
