"""Judges raw files once more with DuckDB, from the contracts' words, without code of generator or jobs."""

from __future__ import annotations

from pathlib import Path

import duckdb

COLUMNS = {
    "customers": ("customer_id", "email", "name", "country", "segment", "signup_date", "updated_at"),
    "products": (
        *("product_id", "name", "category", "unit_price", "active", "updated_at"),
        *("name_fr", "name_nl", "name_de"),
        *("description_en", "description_fr", "description_nl", "description_de"),
    ),
    "orders": (
        *("order_id", "customer_id", "product_id", "order_ts", "quantity", "unit_price", "discount"),
        *("status", "country", "channel", "updated_at"),
    ),
}
COUNTRIES = "('BE', 'NL', 'FR', 'DE', 'LU', 'GB', 'ES', 'IT')"
DEPARTMENTS = "('', 'electronics', 'home', 'fashion', 'beauty', 'sports', 'toys', 'books', 'groceries')"
STATES = "('', 'placed', 'paid', 'shipped', 'delivered', 'cancelled', 'returned')"
EMAIL = "'[a-z0-9._+-]+@[a-z0-9-]+([.][a-z0-9-]+)*[.][a-z]{2,}'"

MACROS = r"""
create macro whole_number(x, low, high) as
  case when regexp_full_match(x, '[+-]?[0-9]+') and try_cast(x as hugeint) between low and high
       then try_cast(x as hugeint) end;
create macro amount(x, digits) as
  case when regexp_full_match(x, '[+-]?[0-9]{1,' || digits || '}([.][0-9]{1,2})?')
       then try_cast(x as decimal(18, 2)) end;
create macro moment(x) as
  case when regexp_full_match(x, '[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}')
       then try_cast(x as timestamp) end;
create macro big(x) as whole_number(x, -9223372036854775808, 9223372036854775807);
"""


def _typed(column: str, value: str, *rules: tuple[str, str]) -> list[tuple[str, str]]:
    """Reason codes of a required column and the SQL that is true where they apply; `v` is the value."""
    return [
        (f"{column}.required", f"{column} = ''"),
        (f"{column}.type", f"{column} <> '' and {value} is null"),
        *[(f"{column}.{rule}", condition.replace("v:", value)) for rule, condition in rules],
    ]


def _moment(column: str, end: str) -> list[tuple[str, str]]:
    first, last = ("range", "v: < timestamp '2015-01-01'"), ("future", f"v: >= {end}")
    return _typed(column, f"moment({column})", first, last)


def rules(dataset: str, end: str) -> list[tuple[str, str]]:
    """Every row rule of a dataset; `end` is the first moment after the run date."""
    required = {
        "customers": [
            *_typed("customer_id", "big(customer_id)", ("range", "v: < 1")),
            ("email.required", "email = ''"),
            (
                "email.pattern",
                f"email <> '' and not regexp_full_match(email, {EMAIL})",
            ),
            ("name.required", "name = ''"),
            ("name.length", "length(name) > 120"),
            ("country.required", "country = ''"),
            ("country.pattern", "country <> '' and not regexp_full_match(country, '[A-Z]{2}')"),
            ("country.allowed", f"country <> '' and country not in {COUNTRIES}"),
            ("segment.required", "segment = ''"),
            ("segment.allowed", "segment not in ('', 'consumer', 'small_business', 'enterprise')"),
            *_typed(
                "signup_date",
                "moment(signup_date || ' 00:00:00')",
                ("range", "v: < timestamp '2015-01-01'"),
                ("future", f"v: >= {end}"),
            ),
            *_moment("updated_at", end),
        ],
        "products": [
            *_typed("product_id", "big(product_id)", ("range", "v: < 1")),
            ("name.required", "name = ''"),
            ("name.length", "length(name) > 120"),
            ("category.required", "category = ''"),
            (
                "category.allowed",
                f"category not in {DEPARTMENTS}",
            ),
            *_typed("unit_price", "amount(unit_price, 10)", ("range", "v: <= 0")),
            *_typed("active", "case when active in ('true', 'false') then active end"),
            *_moment("updated_at", end),
            *[
                (f"name_{language}.length", f"length(name_{language}) > 160")
                for language in ("fr", "nl", "de")
            ],
        ],
        "orders": [
            *_typed("order_id", "big(order_id)", ("range", "v: < 1")),
            *_typed(
                "customer_id",
                "big(customer_id)",
                ("reference", "v: not in (select key from accepted_customers)"),
            ),
            *_typed(
                "product_id",
                "big(product_id)",
                ("reference", "v: not in (select key from accepted_products)"),
            ),
            *_moment("order_ts", end),
            *_typed(
                "quantity",
                "whole_number(quantity, -2147483648, 2147483647)",
                ("range", "v: not between 1 and 100"),
            ),
            *_typed("unit_price", "amount(unit_price, 10)", ("range", "v: not between 0.01 and 100000")),
            *_typed("discount", "amount(discount, 2)", ("range", "v: not between 0 and 0.9")),
            ("status.required", "status = ''"),
            (
                "status.allowed",
                f"status not in {STATES}",
            ),
            ("country.required", "country = ''"),
            ("country.allowed", f"country <> '' and country not in {COUNTRIES}"),
            ("channel.allowed", "channel not in ('', 'web', 'store', 'app')"),
            *_moment("updated_at", end),
        ],
    }
    return required[dataset]


class Recount:
    """The lake as it is after one batch and the next."""

    def __init__(self, raw: Path) -> None:
        """Start with nothing published."""
        self._raw = raw
        self._db = duckdb.connect()
        self._db.execute(MACROS)
        for dataset in COLUMNS:
            self._db.execute(f"create table accepted_{dataset} (key hugeint, version timestamp)")

    def batch(self, run_date: str) -> dict[str, dict[str, object]]:
        """Take in one batch; returns what `planted.json` says of each dataset."""
        return {dataset: self._dataset(dataset, run_date) for dataset in COLUMNS}

    def _dataset(self, dataset: str, run_date: str) -> dict[str, object]:
        columns = COLUMNS[dataset]
        self._read(dataset, run_date)
        end = f"timestamp '{run_date}' + interval 1 day"
        codes = ", ".join(f"case when {sql} then '{code}' end" for code, sql in rules(dataset, end))
        whole = f"list_filter([{codes}], lambda code: code is not null)"
        self._db.execute(
            "create or replace table judged as select *, "
            f"case when {columns[-1]} is null then ['row.malformed'] else {whole} end as reasons, "
            f"try_cast({columns[0]} as hugeint) as key, moment(updated_at) as version, "
            f"[{', '.join(columns)}] as content from raw"
        )
        self._db.execute(
            "create or replace table settled as select *, "
            "count(distinct content) over (partition by key, version) > 1 as conflict "
            "from judged where reasons = []"
        )
        self._db.execute(
            "create or replace table ranked as select key, version, "
            "row_number() over (partition by key order by version desc) as place "
            "from settled where not conflict"
        )
        counts = self._counts(dataset)
        codes_found = self._db.sql(
            "select code, count(*) from (select unnest(reasons) as code from judged union all "
            f"select '{columns[0]}.unique' from settled where conflict) group by code"
        ).fetchall()
        self._publish(dataset)
        return {"rows": sum(counts.values()), **counts, "reasons": dict(sorted(codes_found))}

    def _read(self, dataset: str, run_date: str) -> None:
        typed = ", ".join(f"'{column}': 'VARCHAR'" for column in COLUMNS[dataset])
        files = f"{self._raw}/{dataset}/run_date={run_date}/*.csv.gz"
        self._db.execute(
            f"create or replace table raw as select * from read_csv('{files}', header = true, "
            f"columns = {{{typed}}}, auto_detect = false, delim = ',', quote = '\"', escape = '\"', "
            "nullstr = 'no text is NULL', null_padding = true, hive_partitioning = false)"
        )

    def _counts(self, dataset: str) -> dict[str, int]:
        found = self._db.sql(
            "select count(*) filter (place = 1 and p.key is null), "
            "count(*) filter (place = 1 and r.version > p.version), "
            "count(*) filter (place > 1 or r.version <= p.version), "
            "(select count(*) from judged where reasons <> []) + "
            "(select count(*) from settled where conflict) "
            f"from ranked r left join accepted_{dataset} p on p.key = r.key"
        ).fetchall()
        return dict(zip(("inserted", "updated", "superseded", "quarantined"), found[0]))

    def _publish(self, dataset: str) -> None:
        self._db.execute(
            f"create or replace table accepted_{dataset} as select key, max(version) as version from "
            f"(select key, version from ranked union all select * from accepted_{dataset}) group by key"
        )
