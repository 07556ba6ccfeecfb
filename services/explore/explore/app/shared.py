"""What the pages share: settings, engines, cached rows, and how errors are shown."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import pandas as pd
import streamlit as st

from explore.access.choice import engine_at
from explore.access.contracts import Contract, load_contracts
from explore.access.engine import LIVE, Engine, TableName
from explore.errors import ExploreError, NotPublishedError
from explore.records.documents import Documents, documents_of
from explore.search.client import OpenSearch, Search, SearchAwayError, Signed
from explore.search.definition import Definition, load_definition
from explore.settings import Settings, read_settings

#: Seconds that rows are kept when nothing is published, and seconds between two looks whether something was.
_ROWS_SECONDS, _VERSION_SECONDS = 3600, 5

#: Results that are kept in memory at once, over all visitors.
_RESULTS = 200


@st.cache_resource
def settings() -> Settings:
    """Return the settings that the process was started with."""
    return read_settings(os.environ)


@st.cache_resource
def contracts() -> Mapping[str, Contract]:
    """Return the compiled contracts by name. Raises ExploreError."""
    return load_contracts(settings().contracts)


@st.cache_resource
def engine() -> Engine:
    """Return what answers SQL: Athena where a workgroup is set, else DuckDB on the lake's folder."""
    found = settings()
    return engine_at(found.lake, found.athena, contracts())


@st.cache_resource
def documents() -> Documents:
    """Return the reader of the platform's records."""
    return documents_of(settings().lake, settings().region)


def _close(client: OpenSearch | None) -> None:
    if client is not None:
        client.close()


@st.cache_resource(on_release=_close)
def _search() -> OpenSearch | None:
    found = settings()
    if found.search_url is None:
        return None
    return OpenSearch(found.search_url, Signed(found.region) if found.search_signed else None)


def search() -> Search:
    """Return the client of OpenSearch. Raises SearchAwayError where none is set."""
    found = _search()
    if found is None:
        raise SearchAwayError("Search is away: no OpenSearch is set.", "set EXPLORE_SEARCH_URL to one")
    return found


def definition(dataset: str) -> Definition:
    """Return what a dataset is searched by. Raises SearchAwayError where its contract names no search."""
    found = load_definition(settings().contracts, dataset)
    if found is None:
        raise SearchAwayError(
            f"Search is away: the contract of {dataset} names no OpenSearch.",
            f"give contracts/datasets/{dataset}.odcs.yaml a server of OpenSearch, and compile the contracts",
        )
    return found


def rows(sql: str) -> pd.DataFrame:
    """Return the rows of a statement; they are kept until something is published. Raises ExploreError."""
    return _rows(sql, _version())


def tables() -> set[TableName]:
    """Return the tables that there are. Raises ExploreError."""
    return set(_tables(_version()))


def is_there(schema: str, name: str) -> bool:
    """Return whether a table is there; say what brings it where it is not. Raises ExploreError."""
    if TableName(schema, name) in tables():
        return True
    how = "`make stream`" if schema == LIVE else "`make demo ROWS=100000`"
    st.info(f"There is no table {schema}.{name} yet.\n\n**What to do:** run {how}", icon=":material/info:")
    return False


@st.cache_data(ttl=_VERSION_SECONDS, show_spinner=False)
def _version() -> str:
    return engine().version


@st.cache_data(ttl=_ROWS_SECONDS, max_entries=_RESULTS, show_spinner="Reading the tables …")
def _rows(sql: str, version: str) -> pd.DataFrame:
    del version  # Part of the cache's key alone.
    found: pd.DataFrame = engine().query(sql).table.to_pandas()
    return found


@st.cache_data(ttl=_ROWS_SECONDS, show_spinner=False)
def _tables(version: str) -> list[TableName]:
    del version
    return engine().tables()


@contextmanager
def part() -> Iterator[None]:
    """Show a part of a page; what is away or wrong is said in its place, and the other parts are shown."""
    try:
        yield
    except (NotPublishedError, SearchAwayError) as error:
        st.info(_said(error), icon=":material/info:")
    except ExploreError as error:
        st.error(_said(error), icon=":material/error:")


def _said(error: ExploreError) -> str:
    remedy = f"\n\n**What to do:** {error.remedy}" if error.remedy else ""
    return f"{error.message}{remedy}"
