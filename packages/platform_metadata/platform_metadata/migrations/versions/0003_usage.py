"""What runs used, and what that cost."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"

_DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "run_usage",
        sa.Column("run_id", sa.String(200), nullable=False),
        sa.Column("compute", sa.String(20)),
        sa.Column("quantities", _DOCUMENT),
        sa.Column("prices", _DOCUMENT),
        sa.Column("currency", sa.String(3)),
        sa.Column("cost", sa.Float(53)),
        sa.PrimaryKeyConstraint("run_id", name="pk_run_usage"),
        sa.CheckConstraint("compute IN ('emr', 'emr_serverless', 'local')", name="ck_run_usage_compute"),
        sa.ForeignKeyConstraint(
            ["run_id"], ["pipeline_runs.run_id"], name="fk_run_usage_pipeline_runs", ondelete="CASCADE"
        ),
    )
