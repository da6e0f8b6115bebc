"""Sign-in: second factors with their recovery codes, and names at an outside sign-on service."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

COUNTER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "second_factor",
        sa.Column(
            "account", sa.String(64), sa.ForeignKey("account.name", name="second_factor_account"), primary_key=True
        ),
        sa.Column("sealed_secret", sa.Text(), nullable=False),
        sa.Column("enrolled_at", sa.String(32), nullable=False),
        sa.Column("last_step", sa.BigInteger(), nullable=False),
    )
    op.create_table(
        "recovery_code",
        sa.Column("id", COUNTER, primary_key=True, autoincrement=True),
        sa.Column(
            "account", sa.String(64), sa.ForeignKey("account.name", name="recovery_code_account"), nullable=False
        ),
        sa.Column("code_sha256", sa.String(64), nullable=False),
        sa.Column("used_at", sa.String(32)),
        sa.UniqueConstraint("account", "code_sha256", name="recovery_code_once"),
    )
    op.create_table(
        "sign_on_name",
        sa.Column(
            "account", sa.String(64), sa.ForeignKey("account.name", name="sign_on_name_account"), primary_key=True
        ),
        sa.Column("name", sa.String(255), nullable=False),
        sa.UniqueConstraint("name", name="sign_on_name_of_one"),
    )
    op.create_table(
        "sign_on_used",
        sa.Column("identity_sha256", sa.String(64), primary_key=True),
        sa.Column("at", sa.String(32), nullable=False),
    )
