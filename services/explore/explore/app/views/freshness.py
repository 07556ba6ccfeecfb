"""Freshness and quality: how old every table is, what its contract allows, and what was quarantined."""

from __future__ import annotations

from datetime import UTC, datetime

import pandas as pd
import streamlit as st

from explore.access.contracts import Contract
from explore.access.engine import CURATED, LIVE, TableName
from explore.app.shared import contracts, documents, part, rows, tables
from explore.app.table import show_table
from explore.records.quality import DatasetQuality, Publication, freshness, read_publication
from explore.wording import age, number, share, size

_KEPT = {True: "✓ kept", False: "✗ broken", None: "no rows"}


def show() -> None:
    """Show the page."""
    st.title("Freshness and quality")
    with part():
        published = read_publication(documents())
        _show_publication(published)
        with part():
            _show_promises(published)
        _show_tables(published)
        with part():
            _show_streams()
        _show_quality(published)


def _show_publication(published: Publication) -> None:
    first, second, third = st.columns(3)
    first.metric("Published", f"{age(published.age(datetime.now(UTC)))} ago")
    second.metric("Day of the batch", published.run_date.isoformat())
    third.metric("Tables", number(len(published.tables)))
    st.markdown(f"Run {published.run_id}, published {published.published_at:%Y-%m-%d %H:%M} UTC.")


def _show_promises(published: Publication) -> None:
    st.header("Is the data as new as promised?")
    there = tables()
    found = []
    for contract in contracts().values():
        if contract.schema != CURATED or contract.document.get("freshness") is None:
            continue
        name = TableName(CURATED, contract.name)
        newest = _newest(str(name), contract.document["freshness"]["column"]) if name in there else None
        promise = freshness(contract, newest, published.run_date)
        if promise is not None:
            found.append(promise)
    show_table(
        {
            "Dataset": [promise.dataset for promise in found],
            "Newest": [
                "none" if promise.newest is None else f"{promise.newest:%Y-%m-%d %H:%M} UTC"
                for promise in found
            ],
            "Age at the end of the day": [
                "none" if promise.age is None else age(promise.age) for promise in found
            ],
            "Allowed": [age(promise.allowed) for promise in found],
            "Promise": [_KEPT[promise.is_met] for promise in found],
        },
        "Newest value of each dataset, and the age that its contract allows",
    )


def _newest(table: str, column: str) -> datetime | None:
    value = rows(f"select max({column}) as newest from {table}")["newest"].iloc[0]
    return None if pd.isna(value) else value.to_pydatetime()


def _show_tables(published: Publication) -> None:
    st.header("What is published")
    show_table(
        {
            "Table": [f"{table.schema}.{table.name}" for table in published.tables],
            "Rows": [number(table.rows) for table in published.tables],
            "Size": [size(table.bytes) for table in published.tables],
        },
        "Published tables",
    )


def _show_streams() -> None:
    there = tables()
    streamed = [
        contract
        for contract in contracts().values()
        if contract.document.get("stream") and TableName(LIVE, contract.name) in there
    ]
    if not streamed:
        return
    st.header("What streams have brought since")
    found = [(contract, *_live(contract)) for contract in streamed]
    show_table(
        {
            "Dataset": [contract.name for contract, _, _ in found],
            "Rows": [number(count) for _, count, _ in found],
            "Newest": [
                "none" if pd.isna(newest) else f"{newest:%Y-%m-%d %H:%M:%S} UTC" for *_, newest in found
            ],
        },
        "Rows of days that are not published yet",
    )


def _live(contract: Contract) -> tuple[int, pd.Timestamp]:
    event_time = contract.document["stream"]["event_time"]
    found = rows(f"select count(*) as n, max({event_time}) as newest from live.{contract.name}").iloc[0]
    return int(found["n"]), found["newest"]


def _show_quality(published: Publication) -> None:
    st.header("What was accepted, and what was not")
    if not published.datasets:
        st.info(f"The results of run {published.run_id} are not there any more.", icon=":material/info:")
        return
    datasets = published.datasets
    show_table(
        {
            "Dataset": [dataset.name for dataset in datasets],
            "Read": [number(dataset.read) for dataset in datasets],
            "Inserted": [number(dataset.inserted) for dataset in datasets],
            "Updated": [number(dataset.updated) for dataset in datasets],
            "Superseded": [number(dataset.superseded) for dataset in datasets],
            "In quarantine": [
                f"{number(dataset.quarantined)} ({share(dataset.quarantined_share)})" for dataset in datasets
            ],
            "Checks": [_checks(dataset) for dataset in datasets],
        },
        "Rows of the published batch: read = inserted + updated + superseded + in quarantine",
    )
    names = [dataset.name for dataset in datasets]
    chosen = st.selectbox("Reasons of quarantined rows in", names)
    _show_reasons(datasets[names.index(chosen)])


def _checks(dataset: DatasetQuality) -> str:
    failed = len(dataset.failed)
    return f"✗ {failed} failed" if failed else f"✓ all {len(dataset.checks)} passed"


def _show_reasons(dataset: DatasetQuality) -> None:
    if not dataset.reasons:
        st.markdown(f"No row of {dataset.name} is in quarantine.")
        return
    thresholds = {check.id: check.threshold for check in dataset.checks}
    show_table(
        {
            "Reason": list(dataset.reasons),
            "Rows": [number(count) for count in dataset.reasons.values()],
            "Allowed": [_allowed(thresholds.get(code)) for code in dataset.reasons],
        },
        f"Why rows of {dataset.name} are in quarantine: `column.rule`; a row may have several reasons",
    )


def _allowed(threshold: float | None) -> str:
    return "any share" if threshold is None else f"up to {share(threshold)}"


show()
