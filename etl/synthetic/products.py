"""The catalogue: what is sold, in which department, at which price."""

from __future__ import annotations

import math
from statistics import NormalDist

from pyspark.sql import DataFrame, SparkSession

from etl.synthetic.articles import ARTICLES
from etl.synthetic.catalogue import names, sentences
from etl.synthetic.expressions import DAY_SECONDS, below, clock_text, hashed, money_text, pick
from etl.synthetic.faults import Fault, cut, lines, single
from etl.synthetic.kinds import Kind
from etl.synthetic.more_articles import MORE_ARTICLES
from etl.synthetic.plan import HISTORY_DAYS, Plan
from etl.synthetic.registers import register_rows

COLUMNS = (
    *(
        "product_id",
        "name",
        "category",
        "unit_price",
        "active",
        "updated_at",
        "name_fr",
        "name_nl",
        "name_de",
    ),
    *("description_en", "description_fr", "description_nl", "description_de"),
)

#: Department: share of products (%), median price (EUR), share of delivered orders sent back (%).
DEPARTMENTS = {
    "electronics": (18, 89.0, 8),
    "home": (18, 45.0, 6),
    "fashion": (22, 32.0, 18),
    "beauty": (10, 18.0, 4),
    "sports": (10, 36.0, 9),
    "toys": (8, 22.0, 7),
    "books": (8, 14.5, 3),
    "groceries": (6, 7.0, 1),
}
#: Spread of the logarithm of prices within a department.
PRICE_SPREAD = 0.65
#: Steps of the log-normal distribution: the middle of each of so many equal shares.
PRICE_STEPS = 4096

ADJECTIVES = ("Compact", "Classic", "Light", "Robust", "Soft", "Bright", "Quiet", "Quick")
#: What the departments sell, one department after the other.
SOLD = {name: {**ARTICLES, **MORE_ARTICLES}[name] for name in DEPARTMENTS}
ALL_SOLD = [article for articles in SOLD.values() for article in articles]
#: Of 100 products, how many have no translation into a language yet.
UNTRANSLATED = {"fr": 3, "nl": 3, "de": 12}

FAULTS = (
    single("price_text", "unit_price", "'on request'", "type"),
    single("price_zero", "unit_price", "'0.00'", "range"),
    single("price_missing", "unit_price", "''", "required"),
    single("category_unknown", "category", "'Garden'", "allowed"),
    single("active_number", "active", "'1'", "type"),
    single("name_missing", "name", "''", "required"),
    Fault("several", {"category": "''", "active": "'maybe'"}, ("category.required", "active.type")),
    cut("cut_short", 4),
)


def department(seed: int, product: str) -> str:
    """Number of a product's department."""
    numbers = [number for number, (share, _, _) in enumerate(DEPARTMENTS.values()) for _ in range(share)]
    return pick(numbers, below(100, seed, "category", product), "int")


def article(seed: int, product: str, department_number: str) -> str:
    """Number of what a product is, among all that is sold."""
    counts = [len(articles) for articles in SOLD.values()]
    starts = [sum(counts[:number]) for number in range(len(counts))]
    count = pick(counts, department_number, "int")
    return f"{pick(starts, department_number, 'int')} + pmod({hashed(seed, 'article', product)}, {count})"


def texts(seed: int) -> dict[str, str]:
    """Names and descriptions of rows with `article` and `adjective`; empty without a translation."""
    found = {}
    for language, share in UNTRANSLATED.items():
        name = pick(names(language, ALL_SOLD), f"article * {len(ADJECTIVES)} + adjective")
        is_missing = f"{below(100, seed, 'translation_' + language)} < {share}"
        found[f"name_{language}"] = f"if({is_missing}, '', concat({name}, ' ', id))"
        found[f"description_{language}"] = f"if({is_missing}, '', {_sentence(language)})"
    return {**found, "description_en": _sentence("en")}


def _sentence(language: str) -> str:
    """A sentence, in quotation marks, as some hold commas."""
    return f"concat('\"', {pick(sentences(language, ALL_SOLD), 'article')}, '\"')"


def price_cents(seed: int, product: str, department_number: str) -> str:
    """List price of a product in cents: log-normal around its department's median."""
    normal = NormalDist()
    steps = [
        round(math.exp(PRICE_SPREAD * normal.inv_cdf((s + 0.5) / PRICE_STEPS)), 6) for s in range(PRICE_STEPS)
    ]
    medians = [median for _, median, _ in DEPARTMENTS.values()]
    step = pick(steps, f"{hashed(seed, 'unit_price', product)} & {PRICE_STEPS - 1}", "double")
    return f"cast({pick(medians, department_number, 'double')} * {step} * 100 as bigint)"


def product_rows(spark: SparkSession, plan: Plan) -> DataFrame:
    """`id`, `kind`, `fault`, `before` of every row of the catalogue in this batch."""
    return register_rows(spark, plan, plan.history.products, FAULTS)


def product_lines(rows: DataFrame, plan: Plan) -> DataFrame:
    """The CSV lines of those rows."""
    seed, today = plan.history.seed, (plan.days - 1) * DAY_SECONDS
    written = f"if(id % 40 = 3, {today}, {below(HISTORY_DAYS - 2, seed, 'updated_on')} * {DAY_SECONDS})"
    day = f"if(kind in ({Kind.NEW}, {Kind.CHANGED}), {today}, {written})"
    at = f"{below(DAY_SECONDS - 120, seed, 'updated_at')} + {day}"
    values = rows.selectExpr(
        "*",
        f"{department(seed, 'id')} as dept",
        f"cast({at} as bigint) as at",
        f"{below(len(ADJECTIVES), seed, 'adjective')} as adjective",
    ).selectExpr("*", f"cast({article(seed, 'id', 'dept')} as int) as article")
    written_in = texts(seed)
    dearer = f"case kind when {Kind.CONFLICT} then 100 when {Kind.CHANGED} then 250 else 0 end"
    cents = f"greatest(1, {price_cents(seed, 'id', 'dept')}) + {dearer}"
    second = f"case kind when {Kind.OLDER} then -60 when {Kind.NEWER_BAD} then 60 else 0 end"
    columns = {
        "product_id": "cast(id as string)",
        "name": f"concat({pick(ADJECTIVES, 'adjective')}, ' ', "
        f"{pick([sold.en[0] for sold in ALL_SOLD], 'article')}, ' ', id)",
        "category": pick(list(DEPARTMENTS), "dept"),
        "unit_price": f"if(kind = {Kind.NEWER_BAD}, '-1.00', {money_text(cents)})",
        "active": f"if({below(100, seed, 'active')} < 92, 'true', 'false')",
        "updated_at": clock_text(plan.history.first_day, plan.days + 1, f"greatest(0, at + {second})"),
        **{column: written_in[column] for column in COLUMNS if column in written_in},
    }
    return lines(values, columns, FAULTS)
