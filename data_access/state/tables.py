"""The tables of the state. The migrations make them; a test compares the two."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)

from data_access.state.times import WIDTH, Moment

metadata = MetaData()

# SQLite counts by itself only in a column that is exactly INTEGER.
COUNTER = BigInteger().with_variant(Integer(), "sqlite")
NAME = String(64)
SHA256 = String(64)
ADDRESS = String(64)

# `password_changed_at` is null while the password is one that somebody else has given out.
# `provinces` is null for an account without a limit of place.
account = Table(
    "account",
    metadata,
    Column("name", NAME, primary_key=True),
    Column("full_name", String(200), nullable=False),
    Column("password_hash", String(60), nullable=False),
    Column("role", String(40), nullable=False),
    Column("party", String(10), nullable=False),
    Column("provinces", JSON(none_as_null=True)),
    Column("active", Boolean(), nullable=False),
    Column("created_at", Moment(), nullable=False),
    Column("password_changed_at", Moment()),
    CheckConstraint("party IN ('kesatu', 'kedua')", name="account_party"),
)

session = Table(
    "session",
    metadata,
    Column("id", COUNTER, primary_key=True, autoincrement=True),
    Column("token_sha256", SHA256, nullable=False, unique=True),
    Column("account", NAME, ForeignKey("account.name", name="session_account"), nullable=False),
    Column("created_at", Moment(), nullable=False),
    Column("last_seen_at", Moment(), nullable=False),
    Column("ended_at", Moment()),
    Column("end_reason", String(40)),
    Column("address", ADDRESS, nullable=False),
    Index("session_by_account", "account"),
)

# No foreign key: what was typed need not be an account.
sign_in_attempt = Table(
    "sign_in_attempt",
    metadata,
    Column("id", COUNTER, primary_key=True, autoincrement=True),
    Column("account", NAME, nullable=False),
    Column("address", ADDRESS, nullable=False),
    Column("at", Moment(), nullable=False),
    Column("success", Boolean(), nullable=False),
    Index("sign_in_attempt_by_account", "account", "at"),
    Index("sign_in_attempt_by_address", "address", "at"),
    Index("sign_in_attempt_by_time", "at"),
)

# No foreign keys: the record outlives what it is about. `at` is text as it was signed.
audit = Table(
    "audit",
    metadata,
    Column("seq", COUNTER, primary_key=True, autoincrement=False),
    Column("at", String(WIDTH), nullable=False),
    Column("session_sha256", SHA256),
    Column("account", NAME),
    Column("role", String(40)),
    Column("party", String(10)),
    Column("grant_id", String(100)),
    Column("policy", String(100)),
    Column("action", String(60), nullable=False),
    Column("release", String(100)),
    Column("query", Text()),
    Column("decision", String(20), nullable=False),
    Column("reason", String(100)),
    Column("rows", Integer()),
    Column("suppressed", Integer()),
    Column("result_sha256", SHA256),
    Column("address", ADDRESS),
    Column("detail", Text()),
    Column("previous_mac", SHA256, nullable=False),
    Column("mac", SHA256, nullable=False),
    Index("audit_by_time", "at"),
    Index("audit_by_account", "account", "seq"),
)
