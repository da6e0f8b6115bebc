"""Kept views belong to a page: the explorer, and now the page on retirements."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    with op.batch_alter_table("saved_view") as table:
        table.add_column(sa.Column("page", sa.String(64), nullable=False, server_default="analisis/eksplorasi"))
        table.drop_constraint("saved_view_name", type_="unique")
        table.create_unique_constraint("saved_view_name", ["account", "page", "name"])
