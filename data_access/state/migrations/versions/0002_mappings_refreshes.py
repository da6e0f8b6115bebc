"""Mappings of sources, and refreshes with what their check found."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

COUNTER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _mapping()
    _refresh()
    op.create_table(
        "refresh_report",
        sa.Column("refresh", COUNTER, sa.ForeignKey("refresh.id", name="refresh_report_refresh"), primary_key=True),
        sa.Column("content", sa.JSON(), nullable=False),
    )


def _mapping() -> None:
    op.create_table(
        "mapping",
        sa.Column("name", sa.String(60), primary_key=True),
        sa.Column("version", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("dataset", sa.String(40), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("created_by", sa.String(64), nullable=False),
        sa.Column("created_at", sa.String(32), nullable=False),
    )


def _refresh() -> None:
    op.create_table(
        "refresh",
        sa.Column("id", COUNTER, primary_key=True, autoincrement=True),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("dataset", sa.String(40), nullable=False),
        sa.Column("reference_date", sa.String(10)),
        sa.Column("origin", sa.String(10), nullable=False),
        sa.Column("delivery", sa.String(200), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("mapping", sa.String(80), nullable=False),
        sa.Column("requested_by", sa.String(64), nullable=False),
        sa.Column("requested_at", sa.String(32), nullable=False),
        sa.Column("publish_by", sa.String(64)),
        sa.Column("approved_by", sa.String(64)),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("errors", sa.Integer(), nullable=False),
        sa.Column("warnings", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(200), nullable=False),
        sa.Column("share", sa.Float(), nullable=False),
        sa.Column("release", sa.String(100)),
        sa.Column("failure", sa.JSON(none_as_null=True)),
        sa.Column("changed_at", sa.String(32), nullable=False),
    )
    op.create_index("refresh_by_state", "refresh", ["state"])
