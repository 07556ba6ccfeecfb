"""Runs, the versions of tables they wrote, and what they judged."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None

_COUNT = sa.BigInteger()
_DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
_INSTANT = sa.DateTime(timezone=True)
_NAME = sa.String(200)


def upgrade() -> None:
    """Make the first tables."""
    op.create_table(
        "pipeline_runs",
        sa.Column("run_id", _NAME, nullable=False),
        sa.Column("run_date", sa.Date, nullable=False),
        sa.Column("release", _NAME, nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("started_at", _INSTANT, nullable=False),
        sa.Column("finished_at", _INSTANT, nullable=False),
        sa.Column("seconds", sa.Float(53), nullable=False),
        sa.Column("violations", _DOCUMENT, nullable=False),
        sa.PrimaryKeyConstraint("run_id", name="pk_pipeline_runs"),
        sa.CheckConstraint("status IN ('published', 'rejected')", name="ck_pipeline_runs_status"),
    )
    op.create_index("ix_pipeline_runs_run_date", "pipeline_runs", ["run_date"])
    op.create_index("ix_pipeline_runs_started_at", "pipeline_runs", ["started_at"])
    _create_dataset_versions()
    _create_quality_results()
    op.create_table(
        "unreadable_results",
        sa.Column("run_id", _NAME, nullable=False),
        sa.Column("version", _NAME, nullable=False),
        sa.Column("problem", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("run_id", name="pk_unreadable_results"),
    )


def _create_dataset_versions() -> None:
    op.create_table(
        "dataset_versions",
        sa.Column("run_id", _NAME, nullable=False),
        sa.Column("table_name", _NAME, nullable=False),
        *(sa.Column(name, _COUNT, nullable=False) for name in ("rows", "files", "bytes")),
        sa.Column("location", sa.Text, nullable=False),
        sa.Column("contract_version", sa.String(50)),
        sa.PrimaryKeyConstraint("run_id", "table_name", name="pk_dataset_versions"),
        _of_run("dataset_versions"),
    )


def _create_quality_results() -> None:
    counts = ("files_read", "rows_read", "inserted", "updated", "superseded", "quarantined")
    op.create_table(
        "quality_results",
        sa.Column("run_id", _NAME, nullable=False),
        sa.Column("dataset", _NAME, nullable=False),
        sa.Column("contract_version", sa.String(50), nullable=False),
        *(sa.Column(name, _COUNT, nullable=False) for name in counts),
        *(sa.Column(name, _DOCUMENT, nullable=False) for name in ("refused_files", "reasons", "checks")),
        sa.PrimaryKeyConstraint("run_id", "dataset", name="pk_quality_results"),
        _of_run("quality_results"),
    )


def _of_run(table: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_pipeline_runs"
    return sa.ForeignKeyConstraint(["run_id"], ["pipeline_runs.run_id"], name=name, ondelete="CASCADE")
