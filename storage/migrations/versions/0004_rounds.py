"""Reporting rounds; each step of a submission says what it was, with reasons cell by cell"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from storage.migrations.append_only import allow_changes, refuse_changes

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("submissionevent", sa.Column("act", sa.String(length=40), nullable=False, server_default="save"))
    op.add_column("submissionevent", sa.Column("reasons", sa.String(), nullable=False, server_default="{}"))
    op.create_table(
        "reportinground",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region_code", sa.String(length=60), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["region_code"], ["region.code"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("region_code", "year", name="round_of_region_and_year"),
    )
    op.create_table(
        "roundzone",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("zone_code", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["reportinground.id"]),
        sa.ForeignKeyConstraint(["zone_code"], ["zone.code"]),
        sa.PrimaryKeyConstraint("round_id", "zone_code"),
    )
    op.create_index("ix_roundzone_zone_code", "roundzone", ["zone_code"])
    op.create_table(
        "roundevent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["reportinground.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_roundevent_round_id", "roundevent", ["round_id"])
    refuse_changes("roundevent")


def downgrade() -> None:
    allow_changes("roundevent")
    op.drop_table("roundevent")
    op.drop_table("roundzone")
    op.drop_table("reportinground")
    op.drop_column("submissionevent", "reasons")
    op.drop_column("submissionevent", "act")
