"""The tables of the state. The migrations make them; a test compares the two."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from data_access.state.base import ADDRESS, COUNTER, NAME, SHA256, metadata
from data_access.state.sign_in_tables import recovery_code, second_factor, sign_on_name, sign_on_used
from data_access.state.times import WIDTH, Moment

__all__ = [
    "account", "audit", "document", "laid_down", "mapping", "metadata", "recovery_code", "refresh", "refresh_report",
    "register_entry", "register_step", "saved_view", "second_factor", "session", "sign_in_attempt", "sign_on_name",
    "sign_on_used", "statement", "use_of_day", "use_of_hour", "use_summed",
]  # fmt: skip

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

# How columns and labels of a source become levels and codes. A version is never changed; a correction is a new one.
mapping = Table(
    "mapping",
    metadata,
    Column("name", String(60), primary_key=True),
    Column("version", Integer(), primary_key=True, autoincrement=False),
    Column("dataset", String(40), nullable=False),
    Column("content", Text(), nullable=False),
    Column("note", Text(), nullable=False),
    Column("created_by", NAME, nullable=False),
    Column("created_at", Moment(), nullable=False),
)

# One row per refresh: a delivery on its way to a release, or a return to an earlier release.
# `claims` is what was typed in for an upload ({"total", "example"}), written into its manifest before each check.
# `failure` is {"reason", "template", "facts"} of the error that ended it, so that it can be told in either language.
refresh = Table(
    "refresh",
    metadata,
    Column("id", COUNTER, primary_key=True, autoincrement=True),
    Column("kind", String(20), nullable=False),
    Column("state", String(20), nullable=False),
    Column("dataset", String(40), nullable=False),
    Column("reference_date", String(10)),
    Column("origin", String(10), nullable=False),
    Column("delivery", String(200), nullable=False),
    Column("title", String(200), nullable=False),
    Column("mapping", String(80), nullable=False),
    Column("requested_by", NAME, nullable=False),
    Column("requested_at", Moment(), nullable=False),
    Column("publish_by", NAME),
    Column("approved_by", NAME),
    Column("reason", Text(), nullable=False),
    Column("errors", Integer(), nullable=False),
    Column("warnings", Integer(), nullable=False),
    Column("step", String(200), nullable=False),
    Column("share", Float(), nullable=False),
    Column("release", String(100)),
    Column("failure", JSON(none_as_null=True)),
    Column("changed_at", Moment(), nullable=False),
    Column("claims", JSON(none_as_null=True)),
    Index("refresh_by_state", "state"),
)

# What the check found; apart from `refresh`, because it may be long and is read only when somebody looks at it.
refresh_report = Table(
    "refresh_report",
    metadata,
    Column("refresh", COUNTER, ForeignKey("refresh.id", name="refresh_report_refresh"), primary_key=True),
    Column("content", JSON(), nullable=False),
)

# What lies in the drop folder, as the worker saw it last. `failure` is as in `refresh`; then nothing else is known.
laid_down = Table(
    "laid_down",
    metadata,
    Column("name", String(255), primary_key=True),
    Column("dataset", String(40)),
    Column("reference_date", String(10)),
    Column("total", BigInteger()),
    Column("digests", Text(), nullable=False),
    Column("written_at", Moment(), nullable=False),
    Column("failure", JSON(none_as_null=True)),
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
    Index("audit_by_action", "action", "seq"),
)

# A view of a page (the explorer's address, a set of scenarios): it holds no data, and whoever opens it is checked anew.
# `role` is null for a view that only its maker sees.
saved_view = Table(
    "saved_view",
    metadata,
    Column("id", COUNTER, primary_key=True, autoincrement=True),
    Column("account", NAME, ForeignKey("account.name", name="saved_view_account"), nullable=False),
    Column("page", String(64), nullable=False, server_default="analisis/eksplorasi"),
    Column("name", String(80), nullable=False),
    Column("role", String(40)),
    Column("params", JSON(), nullable=False),
    Column("saved_at", Moment(), nullable=False),
    UniqueConstraint("account", "page", "name", name="saved_view_name"),
    Index("saved_view_by_role", "role"),
)

# An attached document. Its bytes lie in the document store under their hash; a row is never changed or removed.
document = Table(
    "document",
    metadata,
    Column("sha256", SHA256, primary_key=True),
    Column("name", String(200), nullable=False),
    Column("kind", String(10), nullable=False),
    Column("size", Integer(), nullable=False),
    Column("stored_by", NAME, nullable=False),
    Column("party", String(10), nullable=False),
    Column("stored_at", Moment(), nullable=False),
)

# One matter of the agreement: a letter, an extension, an incident. `identity` is unique within a register where a matter may
# stand only once (one evaluation per half-year), else null. What was stated and by whom stands in its steps.
register_entry = Table(
    "register_entry",
    metadata,
    Column("id", COUNTER, primary_key=True, autoincrement=True),
    Column("register", String(20), nullable=False),
    Column("identity", String(100)),
    Column("party", String(10), nullable=False),
    Column("state", String(20), nullable=False),
    Column("changed_at", Moment(), nullable=False),
    UniqueConstraint("register", "identity", name="register_entry_identity"),
    Index("register_entry_by_register", "register", "state"),
)

# Everything done to a matter, its opening included, in order; never changed. `state` is the one it led to.
register_step = Table(
    "register_step",
    metadata,
    Column("id", COUNTER, primary_key=True, autoincrement=True),
    Column("entry", COUNTER, ForeignKey("register_entry.id", name="register_step_entry"), nullable=False),
    Column("action", String(20), nullable=False),
    Column("state", String(20), nullable=False),
    Column("party", String(10), nullable=False),
    Column("account", NAME, nullable=False),
    Column("at", Moment(), nullable=False),
    Column("content", JSON(), nullable=False),
    Column("document", SHA256, ForeignKey("document.sha256", name="register_step_document")),
    Index("register_step_by_entry", "entry"),
)

# Who has accepted which text of the confidentiality statement (Pasal 9 ayat (5)), by the hash of its words.
statement = Table(
    "statement",
    metadata,
    Column("account", NAME, ForeignKey("account.name", name="statement_account"), primary_key=True),
    Column("sha256", SHA256, primary_key=True),
    Column("version", String(20), nullable=False),
    Column("accepted_at", Moment(), nullable=False),
)

# Sums of the audit record, up to the number in `use_summed`; made again from it whenever the rules of counting change.
# `day` and `hour` are those of Jakarta; `odd` counts what happened at unusual hours. An absent value is "".
use_of_day = Table(
    "use_of_day",
    metadata,
    Column("day", String(10), primary_key=True),
    Column("dataset", String(40), primary_key=True),
    Column("account", NAME, primary_key=True),
    Column("party", String(10), primary_key=True),
    Column("role", String(40), primary_key=True),
    Column("action", String(60), primary_key=True),
    Column("decision", String(20), primary_key=True),
    Column("reason", String(100), primary_key=True),
    Column("number", COUNTER, nullable=False),
    Column("odd", COUNTER, nullable=False),
)

# Where many questions of one hour differ only in their filters, and where many were refused: what to look at more closely.
# `marks` holds a short hash of each different filter, `number` counts them (or the refusals).
use_of_hour = Table(
    "use_of_hour",
    metadata,
    Column("hour", String(13), primary_key=True),
    Column("account", NAME, primary_key=True),
    Column("party", String(10), primary_key=True),
    Column("dataset", String(40), primary_key=True),
    Column("pattern", String(20), primary_key=True),
    Column("shape", SHA256, primary_key=True),
    Column("number", COUNTER, nullable=False),
    Column("marks", Text(), nullable=False),
    Index("use_of_hour_by_number", "pattern", "number", "hour"),
)

use_summed = Table(
    "use_summed",
    metadata,
    Column("seq", COUNTER, primary_key=True, autoincrement=False),
    Column("rules", SHA256, nullable=False),
)
