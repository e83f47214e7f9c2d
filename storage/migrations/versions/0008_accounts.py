"""Accounts, what they are granted, and who is signed in"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from storage.migrations.append_only import allow_changes, refuse_changes

revision: str = "0008"
down_revision: str | None = "0007"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("login", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=True),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        sa.Column("demonstration", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("login"),
    )
    op.create_table(
        "accountgrant",
        sa.Column("login", sa.String(length=60), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("place", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["login"], ["account.login"]),
        sa.ForeignKeyConstraint(["place"], ["place.code"]),
        sa.PrimaryKeyConstraint("login", "role", "place"),
    )
    op.create_table(
        "accountevent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("login", sa.String(length=60), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["login"], ["account.login"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_accountevent_login", "accountevent", ["login"])
    op.create_table(
        "signinsession",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("login", sa.String(length=60), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("browser", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["login"], ["account.login"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("token_hash"),
    )
    op.create_index("ix_signinsession_login", "signinsession", ["login"])
    op.create_table(
        "setuplink",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("login", sa.String(length=60), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["login"], ["account.login"]),
        sa.PrimaryKeyConstraint("token_hash"),
    )
    op.create_index("ix_setuplink_login", "setuplink", ["login"])
    op.create_table(
        "signinattempts",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("succeeded_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("key"),
    )
    refuse_changes("accountevent")


def downgrade() -> None:
    allow_changes("accountevent")
    for table in ("signinattempts", "setuplink", "signinsession", "accountevent", "accountgrant", "account"):
        op.drop_table(table)
