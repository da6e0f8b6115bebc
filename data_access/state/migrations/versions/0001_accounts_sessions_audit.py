"""The first shape: accounts, sessions, sign-in attempts, and an audit that nobody can change afterwards."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

COUNTER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

SQLITE_GUARDS = (
    "CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit: append only'); END",
    "CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit: append only'); END",
    # INSERT OR REPLACE takes a row away without asking the trigger above, so a number can only be the next one.
    """CREATE TRIGGER audit_next_only BEFORE INSERT ON audit
       WHEN NEW.seq <> (SELECT COALESCE(MAX(seq), 0) + 1 FROM audit)
       BEGIN SELECT RAISE(ABORT, 'audit: append only'); END""",
)

POSTGRESQL_GUARDS = (
    """CREATE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION 'audit: append only' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    """CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
       FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only()""",
)


def upgrade() -> None:
    _account()
    _session()
    _sign_in_attempt()
    _audit()
    for guard in POSTGRESQL_GUARDS if op.get_context().dialect.name == "postgresql" else SQLITE_GUARDS:
        op.execute(guard)


def _account() -> None:
    op.create_table(
        "account",
        sa.Column("name", sa.String(64), primary_key=True),
        sa.Column("full_name", sa.String(200), nullable=False),
        sa.Column("password_hash", sa.String(60), nullable=False),
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column("party", sa.String(10), nullable=False),
        sa.Column("provinces", sa.JSON(none_as_null=True)),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.String(32), nullable=False),
        sa.Column("password_changed_at", sa.String(32)),
        sa.CheckConstraint("party IN ('kesatu', 'kedua')", name="account_party"),
    )


def _session() -> None:
    op.create_table(
        "session",
        sa.Column("id", COUNTER, primary_key=True, autoincrement=True),
        sa.Column("token_sha256", sa.String(64), nullable=False, unique=True),
        sa.Column("account", sa.String(64), sa.ForeignKey("account.name", name="session_account"), nullable=False),
        sa.Column("created_at", sa.String(32), nullable=False),
        sa.Column("last_seen_at", sa.String(32), nullable=False),
        sa.Column("ended_at", sa.String(32)),
        sa.Column("end_reason", sa.String(40)),
        sa.Column("address", sa.String(64), nullable=False),
    )
    op.create_index("session_by_account", "session", ["account"])


def _sign_in_attempt() -> None:
    op.create_table(
        "sign_in_attempt",
        sa.Column("id", COUNTER, primary_key=True, autoincrement=True),
        sa.Column("account", sa.String(64), nullable=False),
        sa.Column("address", sa.String(64), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("success", sa.Boolean(), nullable=False),
    )
    op.create_index("sign_in_attempt_by_account", "sign_in_attempt", ["account", "at"])
    op.create_index("sign_in_attempt_by_address", "sign_in_attempt", ["address", "at"])
    op.create_index("sign_in_attempt_by_time", "sign_in_attempt", ["at"])


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("seq", COUNTER, primary_key=True, autoincrement=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("session_sha256", sa.String(64)),
        sa.Column("account", sa.String(64)),
        sa.Column("role", sa.String(40)),
        sa.Column("party", sa.String(10)),
        sa.Column("grant_id", sa.String(100)),
        sa.Column("policy", sa.String(100)),
        sa.Column("action", sa.String(60), nullable=False),
        sa.Column("release", sa.String(100)),
        sa.Column("query", sa.Text()),
        sa.Column("decision", sa.String(20), nullable=False),
        sa.Column("reason", sa.String(100)),
        sa.Column("rows", sa.Integer()),
        sa.Column("suppressed", sa.Integer()),
        sa.Column("result_sha256", sa.String(64)),
        sa.Column("address", sa.String(64)),
        sa.Column("detail", sa.Text()),
        sa.Column("previous_mac", sa.String(64), nullable=False),
        sa.Column("mac", sa.String(64), nullable=False),
    )
    op.create_index("audit_by_time", "audit", ["at"])
    op.create_index("audit_by_account", "audit", ["account", "seq"])
