"""Notices: how people are reached, up to when they have read, which were mailed"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from storage.migrations.append_only import allow_changes, refuse_changes

revision: str = "0013"
down_revision: str | None = "0012"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "noticesread",
        sa.Column("login", sa.String(length=60), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("login"),
    )
    op.create_table(
        "contact",
        sa.Column("login", sa.String(length=60), nullable=False),
        sa.Column("mail", sa.String(length=254), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.ForeignKeyConstraint(["login"], ["account.login"]),
        sa.PrimaryKeyConstraint("login"),
    )
    op.create_table(
        "mailednotice",
        sa.Column("login", sa.String(length=60), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("login", "key"),
    )
    refuse_changes("mailednotice")


def downgrade() -> None:
    allow_changes("mailednotice")
    for table in ("mailednotice", "contact", "noticesread"):
        op.drop_table(table)
