"""Regions whose zones see each other's approved values"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from storage.migrations.append_only import allow_changes, refuse_changes

revision: str = "0011"
down_revision: str | None = "0010"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "peersevent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region_code", sa.String(length=60), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened", sa.Boolean(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["region_code"], ["region.code"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_peersevent_region_code", "peersevent", ["region_code"])
    refuse_changes("peersevent")


def downgrade() -> None:
    allow_changes("peersevent")
    op.drop_table("peersevent")
