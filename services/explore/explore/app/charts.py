"""Charts with a description for those who do not see them."""

from __future__ import annotations

import altair as alt
import pandas as pd
import streamlit as st

from explore.app.table import show_table

#: Seen on both backgrounds with a contrast of 3 to 1 or more (WCAG 2.2, 1.4.11).
_COLOUR = "#3b82c4"


def line(data: pd.DataFrame, x: str, y: str, title: str, description: str) -> None:
    """Draw values over time, and offer them as a table."""
    chart = (
        alt.Chart(data, description=description)
        .mark_line(color=_COLOUR, point=len(data) <= 1)
        .encode(
            x=alt.X(x, type="temporal", title=None),
            y=alt.Y(y, type="quantitative", title=title),
            tooltip=[x, alt.Tooltip(y, format=",.2f")],
        )
    )
    _draw(chart, data, title)


def bars(data: pd.DataFrame, label: str, value: str, title: str, description: str) -> None:
    """Draw a bar for each label in the order of the rows, and offer them as a table."""
    chart = (
        alt.Chart(data, description=description)
        .mark_bar(color=_COLOUR)
        .encode(
            x=alt.X(value, type="quantitative", title=title),
            y=alt.Y(label, type="nominal", title=None, sort=None),
            tooltip=[label, alt.Tooltip(value, format=",.0f")],
        )
    )
    _draw(chart, data, title)


def _draw(chart: alt.Chart, data: pd.DataFrame, title: str) -> None:
    # Streamlit's own grey has less than 4.5 to 1 on both backgrounds.
    colour = "#c5cdd8" if st.context.theme.type == "dark" else "#4a5568"
    st.altair_chart(chart.configure_axis(labelColor=colour, titleColor=colour), width="stretch")
    with st.expander(f"{title}: the figures as a table"):
        show_table({name: data[name].tolist() for name in data.columns}, title)
