"""Targets of groups spread over their zones"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from storage.migrations.append_only import allow_changes, refuse_changes

revision: str = "0007"
down_revision: str | None = "0004"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

APPEND_ONLY = ("allocation", "allocationshare")


def upgrade() -> None:
    op.create_table(
        "allocation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("data_set", sa.String(length=40), nullable=False),
        sa.Column("target_id", sa.String(length=120), nullable=False),
        sa.Column("target_version", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("step", sa.String(length=60), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("total", sa.String(length=60), nullable=False),
        sa.Column("unit", sa.String(length=20), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["unit"], ["unit.symbol"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("data_set", "target_id", "version"),
    )
    op.create_index("ix_allocation_target_id", "allocation", ["target_id"])
    op.create_table(
        "allocationshare",
        sa.Column("allocation_id", sa.Integer(), nullable=False),
        sa.Column("zone_code", sa.String(length=60), nullable=False),
        sa.Column("value", sa.String(length=60), nullable=False),
        sa.Column("latest", sa.String(length=60), nullable=True),
        sa.Column("weight", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["allocation_id"], ["allocation.id"]),
        sa.ForeignKeyConstraint(["zone_code"], ["place.code"]),
        sa.PrimaryKeyConstraint("allocation_id", "zone_code"),
    )
    for table in APPEND_ONLY:
        refuse_changes(table)


def downgrade() -> None:
    for table in APPEND_ONLY:
        allow_changes(table)
    op.drop_table("allocationshare")
    op.drop_table("allocation")
