"""Views of the explorer that people keep and share with their role."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

COUNTER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "saved_view",
        sa.Column("id", COUNTER, primary_key=True, autoincrement=True),
        sa.Column("account", sa.String(64), sa.ForeignKey("account.name", name="saved_view_account"), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("role", sa.String(40)),
        sa.Column("params", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.String(32), nullable=False),
        sa.UniqueConstraint("account", "name", name="saved_view_name"),
    )
    op.create_index("saved_view_by_role", "saved_view", ["role"])
