"""What a scenario assumes of the value that its target is a multiple of"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0014"
down_revision: str | None = "0013"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("scenario", sa.Column("reference_growth", sa.String(length=60), nullable=True))


def downgrade() -> None:
    op.drop_column("scenario", "reference_growth")
