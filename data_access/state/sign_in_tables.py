"""The tables of sign-in beside password and session: second factors, and names at an outside sign-on service."""

from sqlalchemy import BigInteger, Column, ForeignKey, String, Table, Text, UniqueConstraint

from data_access.state.base import COUNTER, NAME, SHA256, metadata
from data_access.state.times import Moment

# The second step of sign-in. The secret is sealed (AES-GCM) with a key that the database does not hold; `last_step` is the
# step of time of the last code that was taken, so that none is taken twice.
second_factor = Table(
    "second_factor",
    metadata,
    Column("account", NAME, ForeignKey("account.name", name="second_factor_account"), primary_key=True),
    Column("sealed_secret", Text(), nullable=False),
    Column("enrolled_at", Moment(), nullable=False),
    Column("last_step", BigInteger(), nullable=False),
)

recovery_code = Table(
    "recovery_code",
    metadata,
    Column("id", COUNTER, primary_key=True, autoincrement=True),
    Column("account", NAME, ForeignKey("account.name", name="recovery_code_account"), nullable=False),
    Column("code_sha256", SHA256, nullable=False),
    Column("used_at", Moment()),
    UniqueConstraint("account", "code_sha256", name="recovery_code_once"),
)

# Whom an outside sign-on service means: its name for a person, given by the administrator to one account.
sign_on_name = Table(
    "sign_on_name",
    metadata,
    Column("account", NAME, ForeignKey("account.name", name="sign_on_name_account"), primary_key=True),
    Column("name", String(255), nullable=False),
    UniqueConstraint("name", name="sign_on_name_of_one"),
)

# Identities of the service that have opened a session; kept as long as they could be shown again.
sign_on_used = Table(
    "sign_on_used",
    metadata,
    Column("identity_sha256", SHA256, primary_key=True),
    Column("at", Moment(), nullable=False),
)
