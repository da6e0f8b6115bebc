"""Registers of the agreement, the documents attached to them, and the confidentiality statements that people accepted."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

COUNTER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "document",
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("stored_by", sa.String(64), nullable=False),
        sa.Column("party", sa.String(10), nullable=False),
        sa.Column("stored_at", sa.String(32), nullable=False),
    )
    op.create_table(
        "register_entry",
        sa.Column("id", COUNTER, primary_key=True, autoincrement=True),
        sa.Column("register", sa.String(20), nullable=False),
        sa.Column("identity", sa.String(100)),
        sa.Column("party", sa.String(10), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("changed_at", sa.String(32), nullable=False),
        sa.UniqueConstraint("register", "identity", name="register_entry_identity"),
    )
    op.create_index("register_entry_by_register", "register_entry", ["register", "state"])
    op.create_table(
        "register_step",
        sa.Column("id", COUNTER, primary_key=True, autoincrement=True),
        sa.Column("entry", COUNTER, sa.ForeignKey("register_entry.id", name="register_step_entry"), nullable=False),
        sa.Column("action", sa.String(20), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("party", sa.String(10), nullable=False),
        sa.Column("account", sa.String(64), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("document", sa.String(64), sa.ForeignKey("document.sha256", name="register_step_document")),
    )
    op.create_index("register_step_by_entry", "register_step", ["entry"])
    op.create_table(
        "statement",
        sa.Column("account", sa.String(64), sa.ForeignKey("account.name", name="statement_account"), primary_key=True),
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("version", sa.String(20), nullable=False),
        sa.Column("accepted_at", sa.String(32), nullable=False),
    )
