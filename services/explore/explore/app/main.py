"""The frame of all pages: Streamlit runs this file, and it runs the page that was chosen."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from explore.app.shared import settings

VIEWS = Path(__file__).parent / "views"

#: Pages in the order of the navigation: file and title. Icons would be fetched from Google by the browser.
TITLES = (
    ("freshness.py", "Freshness and quality"),
    ("sales.py", "Revenue and funnel"),
    ("products.py", "Product search"),
    ("insights.py", "Search insights"),
    ("dictionary.py", "Data dictionary"),
)


def main() -> None:
    """Show the navigation and the chosen page."""
    st.set_page_config(page_title="Explore", layout="wide")
    pages = [st.Page(VIEWS / file, title=title) for file, title in TITLES]
    page = st.navigation(pages)
    header = settings().user_header
    user = st.context.headers.get(header) if header else None
    if user:
        st.sidebar.text(f"Signed in as {user}")
    page.run()


main()
