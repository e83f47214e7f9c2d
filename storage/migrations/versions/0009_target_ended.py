"""When a version of a target went out of force, so that a board can be made as of any day"""

from collections.abc import Sequence
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision: str = "0009"
down_revision: str | None = "0008"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("target", sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True))
    # A version ended when the next one was recorded. When one was taken out without another is not known any more: it
    # is held to have been in force until now.
    later = (
        "SELECT min(next.recorded_at) FROM target AS next WHERE next.id = target.id AND next.version > target.version"
    )
    op.execute(
        sa.text(f"UPDATE target SET ended_at = coalesce(({later}), :now) WHERE NOT current").bindparams(
            sa.bindparam("now", datetime.now(UTC), sa.DateTime(timezone=True))
        )
    )


def downgrade() -> None:
    op.drop_column("target", "ended_at")
