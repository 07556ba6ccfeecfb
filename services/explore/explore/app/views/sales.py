"""Revenue and funnel: what was sold by day, minute, country and product, and how far visits came."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from explore.access.engine import LIVE, MARTS
from explore.app.charts import bars, line
from explore.app.shared import is_there, part, rows
from explore.app.table import show_table
from explore.wording import euros, number, share

_DAYS = {"30 days": 30, "90 days": 90, "a year": 365, "everything": None}

#: Steps of a visit in their order, and what the funnel calls them.
_STEPS = {
    "page_view": "Saw a page",
    "search": "Searched",
    "add_to_basket": "Filled a basket",
    "checkout": "Paid",
}

_PRODUCTS = 10


def show() -> None:
    """Show the page."""
    st.title("Revenue and funnel")
    with part():
        _show_revenue()
    with part():
        _show_products()
    with part():
        _show_minutes()
    with part():
        _show_funnel()


def _show_revenue() -> None:
    st.header("Revenue by day")
    if not is_there(MARTS, "revenue_by_day"):
        return
    data = rows("select day, country, orders, net from marts.revenue_by_day order by day")
    if data.empty:
        st.info("There are no orders yet.", icon=":material/info:")
        return
    left, right = st.columns(2)
    span = left.selectbox("The last", list(_DAYS), index=1)
    countries = right.multiselect("Countries of delivery", sorted(data["country"].unique()))
    chosen = data[data["country"].isin(countries)] if countries else data
    chosen = _last_days(chosen, _DAYS[span])
    orders, net = int(chosen["orders"].sum()), float(chosen["net"].sum())
    first, second, third = st.columns(3)
    first.metric("Net revenue", euros(net))
    second.metric("Orders", number(orders))
    third.metric("Net revenue of an order", f"€{net / orders:,.2f}" if orders else "none")
    by_day = chosen.groupby("day", as_index=False)["net"].sum().astype({"net": float})
    line(
        by_day,
        "day",
        "net",
        "Net revenue, EUR",
        f"Net revenue by day of the last {span}: {euros(net)} in all.",
    )
    by_country = (
        chosen.groupby("country", as_index=False)["net"]
        .sum()
        .astype({"net": float})
        .sort_values("net", ascending=False)
    )
    best = by_country.iloc[0]["country"] if len(by_country) else "none"
    bars(
        by_country,
        "country",
        "net",
        "Net revenue by country, EUR",
        f"Net revenue by country, most in {best}.",
    )


def _last_days(data: pd.DataFrame, days: int | None) -> pd.DataFrame:
    """Return the rows of the last days that have any: a demo's batch is of another year."""
    if days is None or data.empty:
        return data
    newest = pd.Timestamp(data["day"].max())
    return data[pd.to_datetime(data["day"]) > newest - pd.Timedelta(days=days)]


def _show_products() -> None:
    st.header("Products that sell best")
    if not is_there(MARTS, "product_performance"):
        return
    data = rows(
        "select product, category, orders, net, return_share from marts.product_performance "
        f"order by net desc, product limit {_PRODUCTS}"
    )
    show_table(
        {
            "Product": data["product"].tolist(),
            "Category": data["category"].tolist(),
            "Orders": [number(value) for value in data["orders"]],
            "Net revenue": [euros(float(value)) for value in data["net"]],
            "Returned": [share(value) for value in data["return_share"]],
        },
        f"The {_PRODUCTS} products with the highest net revenue",
    )


def _show_minutes() -> None:
    st.header("Orders as they arrive")
    if not is_there(LIVE, "revenue_by_minute"):
        return
    data = rows(
        "select minute, sum(net) as net, sum(orders) as orders from live.revenue_by_minute "
        "group by minute order by minute desc limit 120"
    )
    if data.empty:
        st.info("No order has arrived today.", icon=":material/info:")
        return
    data = data.iloc[::-1].astype({"net": float})
    orders = int(data["orders"].sum())
    title = "Net revenue by minute, EUR"
    line(data[["minute", "net"]], "minute", "net", title, f"Net revenue by minute, of {orders} orders.")


def _show_funnel() -> None:
    st.header("How far visits come")
    if not is_there(LIVE, "session_funnel"):
        return
    data = rows("select furthest_step, count(*) as visits from live.session_funnel group by furthest_step")
    reached = dict(zip(data["furthest_step"], data["visits"], strict=True))
    steps = list(_STEPS)
    # Whoever came further has been through the steps before.
    visits = [sum(int(reached.get(later, 0)) for later in steps[place:]) for place in range(len(steps))]
    if not visits[0]:
        st.info("No visit has been recorded yet.", icon=":material/info:")
        return
    funnel = pd.DataFrame({"step": list(_STEPS.values()), "visits": visits})
    paid = share(visits[-1] / visits[0])
    bars(funnel, "step", "visits", "Visits", f"Of {number(visits[0])} visits {paid} came as far as paying.")
    st.markdown(f"**{paid}** of {number(visits[0])} visits came as far as paying.")


show()
