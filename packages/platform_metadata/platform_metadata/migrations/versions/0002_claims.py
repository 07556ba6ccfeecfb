"""Claims on what has arrived."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_INSTANT = sa.DateTime(timezone=True)
_NAME = sa.String(200)


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "claims",
        sa.Column("bucket", sa.String(63), nullable=False),
        sa.Column("key", sa.String(1024), nullable=False),
        sa.Column("version", sa.String(1024), nullable=False),
        sa.Column("run_date", sa.Date, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("claimed_by", _NAME, nullable=False),
        sa.Column("claimed_at", _INSTANT, nullable=False),
        sa.Column("run_id", _NAME),
        sa.Column("lease_until", _INSTANT),
        sa.Column("done_at", _INSTANT),
        sa.PrimaryKeyConstraint("bucket", "key", "version", name="pk_claims"),
        sa.CheckConstraint("state IN ('claimed', 'starting', 'done')", name="ck_claims_state"),
    )
    op.create_index("ix_claims_state", "claims", ["state"])
