"""The tables of the store, as the newest migration leaves them."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql


class Instant(sa.types.TypeDecorator):  # type: ignore[misc]  # SQLAlchemy 1.4 has no types
    """A moment in UTC. SQLite keeps no zone, so it is taken off on the way in and put back on the way out."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.engine.Dialect) -> datetime | None:
        """Store UTC."""
        if value is None:
            return None
        moment = value.astimezone(timezone.utc)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: sa.engine.Dialect) -> datetime | None:
        """Read UTC."""
        if value is None:
            return None
        return (
            value.replace(tzinfo=timezone.utc) if dialect.name == "sqlite" else value.astimezone(timezone.utc)
        )


def document() -> Any:
    """JSON: `jsonb` on PostgreSQL, where it can be searched."""
    return sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


metadata = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


def _run_id() -> Any:
    reference = sa.ForeignKey("pipeline_runs.run_id", ondelete="CASCADE")
    return sa.Column("run_id", sa.String(200), reference, primary_key=True)


#: One row for each attempt at a batch.
pipeline_runs = sa.Table(
    "pipeline_runs",
    metadata,
    sa.Column("run_id", sa.String(200), primary_key=True),
    sa.Column("run_date", sa.Date, nullable=False, index=True),
    sa.Column("release", sa.String(200), nullable=False),
    sa.Column(
        "status",
        sa.String(20),
        sa.CheckConstraint("status IN ('published', 'rejected')", name="status"),
        nullable=False,
    ),
    sa.Column("started_at", Instant, nullable=False, index=True),
    sa.Column("finished_at", Instant, nullable=False),
    sa.Column("seconds", sa.Float(53), nullable=False),
    sa.Column("violations", document(), nullable=False),
)

#: One row for each table that a run wrote. Marts have no contract of their own.
dataset_versions = sa.Table(
    "dataset_versions",
    metadata,
    _run_id(),
    sa.Column("table_name", sa.String(200), primary_key=True),
    sa.Column("rows", sa.BigInteger, nullable=False),
    sa.Column("files", sa.BigInteger, nullable=False),
    sa.Column("bytes", sa.BigInteger, nullable=False),
    sa.Column("location", sa.Text, nullable=False),
    sa.Column("contract_version", sa.String(50)),
)

#: One row for each dataset that a run judged: read = inserted + updated + superseded + quarantined.
quality_results = sa.Table(
    "quality_results",
    metadata,
    _run_id(),
    sa.Column("dataset", sa.String(200), primary_key=True),
    sa.Column("contract_version", sa.String(50), nullable=False),
    sa.Column("files_read", sa.BigInteger, nullable=False),
    sa.Column("rows_read", sa.BigInteger, nullable=False),
    sa.Column("inserted", sa.BigInteger, nullable=False),
    sa.Column("updated", sa.BigInteger, nullable=False),
    sa.Column("superseded", sa.BigInteger, nullable=False),
    sa.Column("quarantined", sa.BigInteger, nullable=False),
    sa.Column("refused_files", document(), nullable=False),
    sa.Column("reasons", document(), nullable=False),
    sa.Column("checks", document(), nullable=False),
)

#: One row for each run of which it is known what it used, or that nobody knows: then it has no quantities.
run_usage = sa.Table(
    "run_usage",
    metadata,
    _run_id(),
    sa.Column(
        "compute",
        sa.String(20),
        sa.CheckConstraint("compute IN ('emr', 'emr_serverless', 'local')", name="compute"),
    ),
    sa.Column("quantities", document()),
    #: Of the moment it was recorded, as the currency is.
    sa.Column("prices", document()),
    sa.Column("currency", sa.String(3)),
    #: There where every unit has a price.
    sa.Column("cost", sa.Float(53)),
)

#: Results that could not be read, by the version of the file: not tried again until the file is another.
unreadable_results = sa.Table(
    "unreadable_results",
    metadata,
    sa.Column("run_id", sa.String(200), primary_key=True),
    sa.Column("version", sa.String(200), nullable=False),
    sa.Column("problem", sa.Text, nullable=False),
)

#: One row for each version of an object that arrived under `raw/`: who claimed it, and which run it started.
claims = sa.Table(
    "claims",
    metadata,
    sa.Column("bucket", sa.String(63), primary_key=True),
    sa.Column("key", sa.String(1024), primary_key=True),
    sa.Column("version", sa.String(1024), primary_key=True),
    sa.Column("run_date", sa.Date, nullable=False),
    sa.Column(
        "state",
        sa.String(20),
        sa.CheckConstraint("state IN ('claimed', 'starting', 'done')", name="state"),
        nullable=False,
        index=True,
    ),
    sa.Column("claimed_by", sa.String(200), nullable=False),
    sa.Column("claimed_at", Instant, nullable=False),
    #: As Airflow calls it; `pipeline_runs` calls a run by its attempt.
    sa.Column("run_id", sa.String(200)),
    sa.Column("lease_until", Instant),
    sa.Column("done_at", Instant),
)
