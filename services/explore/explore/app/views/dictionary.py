"""The data dictionary: every table and column in the words of its contract."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from explore.access.contracts import Column, Contract
from explore.app.shared import contracts, part
from explore.app.table import show_table


def show() -> None:
    """Show the page."""
    st.title("Data dictionary")
    with part():
        known = contracts()
        text = st.text_input("Find a table or column", placeholder="for example revenue").strip().lower()
        found = [contract for contract in known.values() if _matches(contract, text)]
        st.markdown(f"{len(found)} of {len(known)} tables")
        for contract in found:
            _show_contract(contract, text)


def _matches(contract: Contract, text: str) -> bool:
    return any(text in words.lower() for words in _words(contract))


def _words(contract: Contract) -> Iterable[str]:
    yield contract.name
    yield contract.description
    for column in contract.columns:
        yield column.name
        yield column.description


def _show_contract(contract: Contract, text: str) -> None:
    st.header(f"{contract.schema}.{contract.name}", anchor=contract.name)
    st.markdown(contract.description)
    owner = contract.document.get("owner")
    facts = [
        f"Version {contract.version}",
        f"key {', '.join(contract.key)}",
        *([f"owner {owner}"] if owner else []),
        *(
            ["arrives as a stream, too: `serving." + contract.name + "`"]
            if contract.document.get("stream")
            else []
        ),
    ]
    st.markdown(" · ".join(facts))
    in_text = [column for column in contract.columns if _is_about(column, text)]
    columns = in_text or list(contract.columns)
    show_table(
        {
            "Column": [column.name for column in columns],
            "Type": [column.type for column in columns],
            "May be missing": ["yes" if column.nullable else "no" for column in columns],
            "Personal": ["yes" if column.personal else "no" for column in columns],
            "Meaning": [column.description for column in columns],
            **(
                {"Made of": [", ".join(column.sources) for column in columns]}
                if any(column.sources for column in columns)
                else {}
            ),
        },
        f"Columns of {contract.name}",
    )


def _is_about(column: Column, text: str) -> bool:
    return bool(text) and (text in column.name.lower() or text in column.description.lower())


show()
