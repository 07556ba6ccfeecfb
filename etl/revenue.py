"""How the revenue of orders is counted, by batches and by streams.

A cancelled order is no order. A returned one counts as ordered (orders, units, gross) but earns nothing
(net). `gross` is quantity times unit price, `net` is gross less the discount; both are summed exactly and
rounded to cents once, half up.
"""

from __future__ import annotations

from pyspark.sql import Column as Expression
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

#: Amounts are summed in whole parts of a euro: exact for a price of two digits times a share of two.
UNITS_PER_EURO = 10_000

MONEY = "decimal(18,2)"


def sold(orders: DataFrame) -> DataFrame:
    """Return the orders that were not cancelled."""
    return orders.where(F.col("status") != "cancelled")


def measures(*names: str) -> list[Expression]:
    """Return aggregates of sold orders by these names: orders, units, gross, net, returned."""
    returned = F.col("status") == "returned"
    cents = _hundredths("unit_price") * F.col("quantity")
    kept_percent = F.lit(100) - _hundredths("discount")
    known = {
        "orders": F.count(F.lit(1)),
        "units": F.sum("quantity"),
        "gross": _money(cents * 100),
        "net": _money(F.when(returned, F.lit(0).cast("bigint")).otherwise(cents * kept_percent)),
        "returned": F.count(F.when(returned, F.lit(1))),
    }
    return [known[name].alias(name) for name in names]


def _hundredths(column: str) -> Expression:
    """A decimal of two digits as the whole number it is stored as.

    A 64-bit float holds it exactly enough (up to 2^53 hundredths), and multiplies much faster than a decimal.
    """
    return F.rint(F.col(column).cast("double") * 100).cast("bigint")


def _money(amount: Expression) -> Expression:
    """Sum of whole parts of a cent as euros.

    Sums of 64-bit numbers are several times faster than of wide decimals; one that overflows becomes an
    error, not a wrong amount (`try_sum` gives NULL, which `assert_true` refuses where a row has an amount).
    """
    total = F.try_sum(amount)
    checked = F.when(
        total.isNull() & (F.count(amount) > 0),
        F.raise_error(F.lit("a sum of money exceeds 64 bits")).cast("bigint"),
    ).otherwise(total)
    return F.round(checked.cast("decimal(20,0)") / F.lit(UNITS_PER_EURO).cast("decimal(5,0)"), 2).cast(MONEY)
