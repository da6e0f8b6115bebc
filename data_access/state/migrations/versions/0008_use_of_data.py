"""How the parties use each other's data: sums of the audit record, which can be made again from it at any time."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

COUNTER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "use_of_day",
        sa.Column("day", sa.String(10), primary_key=True),
        sa.Column("dataset", sa.String(40), primary_key=True),
        sa.Column("account", sa.String(64), primary_key=True),
        sa.Column("party", sa.String(10), primary_key=True),
        sa.Column("role", sa.String(40), primary_key=True),
        sa.Column("action", sa.String(60), primary_key=True),
        sa.Column("decision", sa.String(20), primary_key=True),
        sa.Column("reason", sa.String(100), primary_key=True),
        sa.Column("number", COUNTER, nullable=False),
        sa.Column("odd", COUNTER, nullable=False),
    )
    op.create_table(
        "use_of_hour",
        sa.Column("hour", sa.String(13), primary_key=True),
        sa.Column("account", sa.String(64), primary_key=True),
        sa.Column("party", sa.String(10), primary_key=True),
        sa.Column("dataset", sa.String(40), primary_key=True),
        sa.Column("pattern", sa.String(20), primary_key=True),
        sa.Column("shape", sa.String(64), primary_key=True),
        sa.Column("number", COUNTER, nullable=False),
        sa.Column("marks", sa.Text(), nullable=False),
    )
    op.create_index("use_of_hour_by_number", "use_of_hour", ["pattern", "number", "hour"])
    op.create_table(
        "use_summed",
        sa.Column("seq", COUNTER, primary_key=True, autoincrement=False),
        sa.Column("rules", sa.String(64), nullable=False),
    )
