"""What the data team typed in for an upload, to be corrected; and the audit by action, which the history reads."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("refresh", sa.Column("claims", sa.JSON(none_as_null=True)))
    op.create_index("audit_by_action", "audit", ["action", "seq"])
