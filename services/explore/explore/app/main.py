"""The frame of all pages: Streamlit runs this file, and it runs the page that was chosen."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from explore.app.shared import settings

VIEWS = Path(__file__).parent / "views"

#: Pages in the order of the navigation: file, title, symbol.
TITLES = (
    ("freshness.py", "Freshness and quality", ":material/verified:"),
    ("sales.py", "Revenue and funnel", ":material/monitoring:"),
    ("products.py", "Product search", ":material/search:"),
    ("insights.py", "Search insights", ":material/manage_search:"),
    ("dictionary.py", "Data dictionary", ":material/menu_book:"),
)


def main() -> None:
    """Show the navigation and the chosen page."""
    # Without an icon: Streamlit fetches one that is named from Google.
    st.set_page_config(page_title="Explore", layout="wide")
    pages = [st.Page(VIEWS / file, title=title, icon=icon) for file, title, icon in TITLES]
    page = st.navigation(pages)
    header = settings().user_header
    user = st.context.headers.get(header) if header else None
    if user:
        st.sidebar.text(f"Signed in as {user}")
    page.run()


main()
