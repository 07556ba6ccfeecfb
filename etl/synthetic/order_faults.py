"""The ways in which an order can be wrong.

Among them what Spark casts without a word (`1999` to a timestamp, `250.5` to an integer, `12.345` to two
digits): such a text breaks the rule `type` and no other, although the value that Spark makes of it would.
"""

from __future__ import annotations

from datetime import date, timedelta

from etl.synthetic.faults import Fault, cut, single

#: Of 10,000 orders, how many have one certain fault.
EACH_OF_10000 = 5

#: The fault of an order that is sent twice although it is wrong.
SENT_TWICE = "quantity_zero"


def order_faults(run_date: date) -> tuple[Fault, ...]:
    """Every fault of a batch. `next_day` is the first moment that is too late."""
    next_day = f"'{run_date + timedelta(days=1)} 00:00:00'"
    return (*_keys(), *_moments(next_day), *_numbers(), *_names(), *_several())


def _keys() -> tuple[Fault, ...]:
    return (
        single("id_missing", "order_id", "''", "required"),
        single("id_text", "order_id", "concat('ORD-', id)", "type"),
        single("id_negative", "order_id", "cast(-1 - id as string)", "range"),
        single("customer_missing", "customer_id", "''", "required"),
        single("customer_exponent", "customer_id", "'1e3'", "type"),
        single("customer_unknown", "customer_id", "cast(900000000 + customer as string)", "reference"),
        single(
            "customer_refused",
            "customer_id",
            "cast(greatest(1, customer div 100) * 100 as string)",
            "reference",
        ),
        single("product_fraction", "product_id", "concat(900000000 + product, '.5')", "type"),
        single("product_unknown", "product_id", "cast(900000000 + product as string)", "reference"),
    )


def _moments(next_day: str) -> tuple[Fault, ...]:
    return (
        single("ordered_never", "order_ts", "'2024-02-30 10:00:00'", "type"),
        single("ordered_year", "order_ts", "'1999'", "type"),
        single("ordered_epoch", "order_ts", "'1970-01-01 00:00:00'", "range"),
        single("ordered_tomorrow", "order_ts", next_day, "future"),
        single("updated_missing", "updated_at", "''", "required"),
        single("updated_european", "updated_at", "'31/12/2024 10:00:00'", "type"),
        single("updated_far", "updated_at", "'2999-12-31 23:59:59'", "future"),
    )


def _numbers() -> tuple[Fault, ...]:
    return (
        single(SENT_TWICE, "quantity", "'0'", "range"),
        single("quantity_above", "quantity", "'101'", "range"),
        single("quantity_fraction", "quantity", "'250.5'", "type"),
        single("quantity_overflow", "quantity", "'99999999999'", "type"),
        single("quantity_blank", "quantity", "' 2'", "type"),
        single("price_three_digits", "unit_price", "'12.345'", "type"),
        single("price_comma", "unit_price", "'\"12,50\"'", "type"),
        single("price_nan", "unit_price", "'NaN'", "type"),
        single("price_overflow", "unit_price", "'12345678901.00'", "type"),
        single("price_zero", "unit_price", "'0.00'", "range"),
        single("discount_above", "discount", "'0.95'", "range"),
        single("discount_percent", "discount", "'15%'", "type"),
    )


def _names() -> tuple[Fault, ...]:
    return (
        single("status_missing", "status", "''", "required"),
        single("status_upper", "status", "upper(status)", "allowed"),
        single("country_unknown", "country", "'XX'", "allowed"),
        single("channel_unknown", "channel", "'fax'", "allowed"),
    )


def _several() -> tuple[Fault, ...]:
    return (
        Fault(
            "several_rules",
            {
                "customer_id": "cast(900000000 + customer as string)",
                "quantity": "'0'",
                "country": "'XX'",
                "updated_at": "''",
            },
            ("customer_id.reference", "quantity.range", "country.allowed", "updated_at.required"),
        ),
        Fault(
            "several_types",
            {"order_ts": "'yesterday'", "quantity": "'two'", "unit_price": "'free'"},
            ("order_ts.type", "quantity.type", "unit_price.type"),
        ),
        cut("cut_short", 8),
    )
