"""Scenarios: what was assumed of the years to come"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from storage.migrations.append_only import allow_changes, refuse_changes

revision: str = "0010"
down_revision: str | None = "0009"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

APPEND_ONLY = ("scenario", "scenariovalue")


def upgrade() -> None:
    op.create_table(
        "scenario",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("data_set", sa.String(length=40), nullable=False),
        sa.Column("target_id", sa.String(length=120), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("data_set", "target_id", "owner", "name", "version"),
    )
    op.create_index("ix_scenario_target_id", "scenario", ["target_id"])
    op.create_table(
        "scenariovalue",
        sa.Column("scenario_id", sa.Integer(), nullable=False),
        sa.Column("statistic_code", sa.String(length=60), nullable=False),
        sa.Column("place_code", sa.String(length=60), nullable=False),
        sa.Column("growth", sa.String(length=60), nullable=True),
        sa.Column("value", sa.String(length=60), nullable=True),
        sa.ForeignKeyConstraint(["scenario_id"], ["scenario.id"]),
        sa.ForeignKeyConstraint(["statistic_code"], ["statistic.code"]),
        sa.ForeignKeyConstraint(["place_code"], ["place.code"]),
        sa.PrimaryKeyConstraint("scenario_id", "statistic_code", "place_code"),
    )
    for table in APPEND_ONLY:
        refuse_changes(table)


def downgrade() -> None:
    for table in APPEND_ONLY:
        allow_changes(table)
    op.drop_table("scenariovalue")
    op.drop_table("scenario")
