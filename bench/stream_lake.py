"""A lake for benchmarks of streams: a published batch that records refer to, and what a stream left in it."""

from __future__ import annotations

import json
import shutil
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from pyspark.sql import SparkSession

#: Orders of the batch; 1,000 customers and 400 products come with them, a few of which are quarantined.
ORDERS = 25_000

#: Everything that a stream writes, below the root of the lake.
_WRITTEN = ("stream_*", "streams", "live", "quarantine/*/run=stream-*")


def today() -> date:
    """Return the UTC day."""
    return datetime.now(timezone.utc).date()


def publish_base(spark: SparkSession, root: Path, day: date) -> None:
    """Publish a batch of a day into a new lake. The release has to be on the path."""
    from etl.batch import curate, ingest, marts  # noqa: PLC0415 - the release is on the path only now
    from etl.batch.run import Run  # noqa: PLC0415 - the same
    from etl.synthetic import generate  # noqa: PLC0415 - the same

    shutil.rmtree(root, ignore_errors=True)
    raw = f"{root}/raw"
    generate.run(spark, raw, ORDERS, 42, day)
    run = Run(run_id="base", run_date=day, release="bench", input=raw, output=str(root))
    for job in (ingest, curate, marts):
        job.run(spark, run)


def publish_yesterday(spark: SparkSession, root: Path) -> None:
    """Publish a batch of yesterday into a new lake."""
    publish_base(spark, root, today() - timedelta(days=1))


def published_keys(spark: SparkSession, root: Path, dataset: str) -> list[int]:
    """Return the keys of a published table, in their order: records that name another key wait for it."""
    from etl.model import load_contract  # noqa: PLC0415 - the release is on the path only now
    from etl.storage.lake import Lake  # noqa: PLC0415 - the same

    lake, key = Lake(spark, str(root)), load_contract(dataset).key[0]
    rows = lake.read_table(lake.published().tables[dataset], f"`{key}` bigint")
    return sorted(row[0] for row in rows.collect())


def clear_streams(root: Path) -> None:
    """Remove everything that a stream wrote; what is published stays."""
    for pattern in _WRITTEN:
        for path in root.glob(pattern):
            shutil.rmtree(path)


def entries(root: Path, dataset: str) -> list[dict[str, Any]]:
    """Return the applied entries of a ledger, in their order."""
    folder = root / "stream_ledger" / dataset
    names = sorted(path for path in folder.glob("0*.json") if not path.name.endswith(".decided.json"))
    return [json.loads(path.read_text()) for path in names]


def applied_at(entry: dict[str, Any]) -> float:
    """Return when an entry was applied, in seconds since 1970."""
    return datetime.fromisoformat(entry["applied_at"].replace("Z", "+00:00")).timestamp()
