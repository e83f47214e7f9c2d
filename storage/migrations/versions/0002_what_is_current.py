"""What left the data files is no longer current; an observation is superseded once at most"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    for table in ("place", "statistic", "indicator", "policydocument"):
        _add(table, "current", sa.true())
    _add("policydocument", "founding", sa.false())
    # Until now every policy came from the data files.
    op.execute("UPDATE policydocument SET founding = true")
    op.create_index("ix_observation_supersedes_id", "observation", ["supersedes_id"], unique=True)


def _add(table: str, column: str, old_rows: sa.ColumnElement) -> None:
    # Added to the table in place: the triggers of a table that was made anew would be lost.
    op.add_column(table, sa.Column(column, sa.Boolean(), nullable=False, server_default=old_rows))


def downgrade() -> None:
    op.drop_index("ix_observation_supersedes_id", "observation")
    op.drop_column("policydocument", "founding")
    for table in ("policydocument", "indicator", "statistic", "place"):
        op.drop_column(table, "current")
