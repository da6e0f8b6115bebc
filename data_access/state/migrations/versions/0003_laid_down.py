"""What lies in the drop folder, as the worker saw it last."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "laid_down",
        sa.Column("name", sa.String(255), primary_key=True),
        sa.Column("dataset", sa.String(40)),
        sa.Column("reference_date", sa.String(10)),
        sa.Column("total", sa.BigInteger()),
        sa.Column("digests", sa.Text(), nullable=False),
        sa.Column("written_at", sa.String(32), nullable=False),
        sa.Column("failure", sa.JSON(none_as_null=True)),
    )
