"""The orders: who bought what, when, at which price, and how far the order has come."""

from __future__ import annotations

from datetime import timedelta

from pyspark.sql import DataFrame

from etl.synthetic import customers, products
from etl.synthetic.expressions import (
    DAY_SECONDS,
    below,
    clock_text,
    hashed,
    money_text,
    pick,
    shares,
    uniform,
)
from etl.synthetic.faults import lines
from etl.synthetic.kinds import Kind
from etl.synthetic.order_faults import order_faults
from etl.synthetic.plan import HISTORY_DAYS, Plan
from etl.synthetic.registers import nameable, named
from etl.synthetic.season import day_quantiles, event, hour_quantiles

COLUMNS = (
    "order_id",
    "customer_id",
    "product_id",
    "order_ts",
    "quantity",
    "unit_price",
    "discount",
    "status",
    "country",
    "channel",
    "updated_at",
)

#: Pieces per order, of 100 orders; one order in 200 is a bulk order of 10 to 100.
QUANTITIES = {"1": 60, "2": 20, "3": 8, "4": 5, "5": 3, "6": 2, "8": 1, "10": 1}
CHANNELS = {"web": 52, "app": 30, "store": 16, "": 2}
DISCOUNTS = {"0.05": 12, "0.10": 12, "0.15": 6, "0.20": 5, "0.30": 3, "0.50": 2}

#: Of 256 orders, how many are cancelled before they are sent.
CANCELLED_OF_256 = 10
#: Seconds at the end of a day in which nothing is ordered, so that a newer version still fits into it.
LAST_SECONDS = 60
LATE_DAYS = 45
DAY_STEPS, HOUR_STEPS = 16_384, 256


def order_lines(rows: DataFrame, plan: Plan) -> DataFrame:
    """The CSV lines of `order_rows`."""
    placed = rows.selectExpr("*", *_choices(plan))
    aged = placed.selectExpr("*", *_course(plan))
    priced = aged.selectExpr("*", *_state(plan))
    return lines(priced, _columns(plan), order_faults(plan.run_date))


def _choices(plan: Plan) -> list[str]:
    """Customer, product and moment. Powers of equal draws are power laws: few buy much, many little."""
    seed, history = plan.history.seed, plan.history
    customer, product = uniform(seed, "customer"), uniform(seed, "product")
    customer_rank = f"cast({customer} * {customer} * {nameable(history.customers)} as bigint)"
    product_rank = f"cast({product} * {product} * sqrt({product}) * {nameable(history.products)} as bigint)"
    return [
        f"{named(history.customers, customer_rank)} as customer",
        f"{named(history.products, product_rank)} as product",
        f"{_moment(plan)} as at",
        f"{hashed(seed, 'course')} as course",
    ]


def _moment(plan: Plan) -> str:
    """When an order is placed, in seconds since the first day. Orders are numbered by their days."""
    seed, history = plan.history.seed, plan.history
    draw = hashed(seed, "order_ts")
    hour = pick(hour_quantiles(HOUR_STEPS), f"{draw} & {HOUR_STEPS - 1}", "int")
    time = f"least({hour} * 3600L + pmod(shiftright({draw}, 8), 3600L), {DAY_SECONDS - LAST_SECONDS})"
    quantiles = day_quantiles(history.first_day, HISTORY_DAYS, DAY_STEPS)
    day = pick(quantiles, f"id * {DAY_STEPS} div {history.rows}", "int")
    if plan.day:
        late = f"{plan.days - 2} - {below(LATE_DAYS, seed, 'late')}"
        day = f"case kind when {Kind.NEW} then {plan.days - 1} when {Kind.LATE} then {late} else {day} end"
    return f"{day} * {DAY_SECONDS}L + {time}"


def _course(plan: Plan) -> list[str]:
    """What happens to an order, and when (seconds since it was placed), from slices of one draw."""
    now = plan.days * DAY_SECONDS - LAST_SECONDS
    seen = (
        f"if(kind = {Kind.RESENT}, {HISTORY_DAYS * DAY_SECONDS - LAST_SECONDS}, {now})"
        if plan.day
        else str(now)
    )
    paid = "(600 + (course & 65535))"
    shipped = f"({paid} + 21600 + (shiftright(course, 16) & 65535) * 4)"
    delivered = f"({shipped} + 43200 + (shiftright(course, 32) & 65535) * 6)"
    return [
        f"{seen} - at as age",
        f"{paid} as paid",
        f"{shipped} as shipped",
        f"{delivered} as delivered",
        f"{delivered} + 86400 + (course & 1048575) * 2 as returned",
        f"(shiftright(course, 48) & 255) < {CANCELLED_OF_256} as cancelled",
        f"{products.department(plan.history.seed, 'product')} as dept",
    ]


def _state(plan: Plan) -> list[str]:
    """The state that the order has reached, when it reached it, and its price."""
    seed = plan.history.seed
    returns = [percent for _, _, percent in products.DEPARTMENTS.values()]
    unwanted = f"{below(100, seed, 'returned')} < {pick(returns, 'dept', 'int')}"
    reached = (
        "case when age < paid {placed} when cancelled {cancelled} when age < shipped {paid} "
        "when age < delivered {shipped} when age >= returned and {unwanted} {returned} else {delivered} end"
    )
    states = ("placed", "cancelled", "paid", "shipped", "returned")
    status = reached.format(**{s: f"then '{s}'" for s in states}, delivered="'delivered'", unwanted=unwanted)
    offsets = {
        "placed": "0",
        "cancelled": "paid",
        "paid": "paid",
        "shipped": "shipped",
        "returned": "returned",
    }
    after = reached.format(
        **{s: f"then {offset}" for s, offset in offsets.items()}, delivered="delivered", unwanted=unwanted
    )
    list_price = products.price_cents(seed, "product", "dept")
    paid_price = f"{list_price} * (0.95D + 0.1D * {uniform(seed, 'unit_price')})"
    return [
        f"{_version(status, plan)} as status",
        f"{_written(after, plan)} as written",
        f"greatest(1, cast({paid_price} as bigint)) as cents",
    ]


def _version(status: str, plan: Plan) -> str:
    """The state as this row has it: an older version of an order says placed, a change ends with a return."""
    if plan.day:
        ended = f"if({status} = 'delivered', 'returned', {status})"
        return f"if(kind = {Kind.CHANGED}, {ended}, {status})"
    return f"if(kind = {Kind.OLDER}, 'placed', {status})"


def _written(after: str, plan: Plan) -> str:
    """When this version was written, in seconds since the first day."""
    if plan.day:
        today = (
            f"{(plan.days - 1) * DAY_SECONDS} + {below(DAY_SECONDS - 120, plan.history.seed, 'changed_at')}"
        )
        return f"if(kind = {Kind.CHANGED}, {today}, at + {after})"
    later = f"at + {after} + if(kind = {Kind.NEWER_BAD}, {LAST_SECONDS // 2}, 0)"
    return f"if(kind = {Kind.OLDER}, at, {later})"


def _columns(plan: Plan) -> dict[str, str]:
    seed = plan.history.seed
    dates = [plan.history.first_day + timedelta(days=number) for number in range(plan.days)]
    days = [percent for _, percent in map(event, dates)]
    discounted = f"{below(100, seed, 'discounted')} < {pick(days, f'at div {DAY_SECONDS}', 'int')}"
    discount = pick(shares(DISCOUNTS), below(sum(DISCOUNTS.values()), seed, "discount"))
    pieces = pick(shares(QUANTITIES), below(100, seed, "quantity"))
    bulk = f"if({below(200, seed, 'bulk')} = 0, 10 + {below(91, seed, 'bulk_quantity')}, {pieces})"
    elsewhere = pick(list(customers.COUNTRIES), below(8, seed, "country"))
    sent = f"if({below(100, seed, 'abroad')} < 4, {elsewhere}, {customers.country(seed, 'customer')})"
    second = f"if(kind = {Kind.CONFLICT}, cast({bulk} as int) % 100 + 1, 0)"
    quantity = f"if(kind in ({Kind.CONFLICT}, {Kind.NEWER_BAD}), {second}, {bulk})"
    return {
        "order_id": "id + 1",
        "customer_id": "customer",
        "product_id": "product",
        "order_ts": clock_text(plan.history.first_day, plan.days, "at"),
        "quantity": quantity,
        "unit_price": money_text("cents"),
        "discount": f"if({discounted}, {discount}, '0.00')",
        "status": "status",
        "country": sent,
        "channel": pick(shares(CHANNELS), below(100, seed, "channel")),
        "updated_at": clock_text(plan.history.first_day, plan.days, "written"),
    }
