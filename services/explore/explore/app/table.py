"""Tables as plain HTML: with a caption, read aloud by cell, and scrolled by keyboard where they are wide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

_STYLE = """
<style>
.explore-table { overflow-x: auto; margin-bottom: 1rem }
.explore-table table { border-collapse: collapse; width: 100%; font-size: 0.95rem }
.explore-table caption { text-align: left; font-weight: 600; padding: 0.25rem 0 }
.explore-table th, .explore-table td { text-align: left; padding: 0.3rem 1rem 0.3rem 0; vertical-align: top }
.explore-table tr { border-bottom: 1px solid color-mix(in srgb, currentColor 25%, transparent) }
.explore-table .number { text-align: right; font-variant-numeric: tabular-nums }
</style>
"""


def show_table(columns: Mapping[str, Sequence[object]], caption: str) -> None:
    """Show columns of texts and numbers by their heads."""
    kinds = [' class="number"' if _are_numbers(values) else "" for values in columns.values()]
    heads = "".join(
        f'<th scope="col"{kind}>{escape(head)}</th>' for head, kind in zip(columns, kinds, strict=True)
    )
    rows = [
        "".join(f"<td{kind}>{escape(str(value))}</td>" for value, kind in zip(row, kinds, strict=True))
        for row in zip(*columns.values(), strict=True)
    ]
    lines = "".join(f"<tr>{row}</tr>" for row in rows)
    name = escape(caption)
    st.html(
        f'{_STYLE}<div class="explore-table" role="region" tabindex="0" aria-label="{name}"><table>'
        f"<caption>{name}</caption><thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table></div>"
    )


def _are_numbers(values: Sequence[object]) -> bool:
    return bool(values) and all(str(value).replace(",", "").replace(".", "", 1).isdigit() for value in values)
