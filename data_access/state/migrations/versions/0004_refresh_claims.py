"""What the data team typed in for an upload: it can be corrected without uploading again."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("refresh", sa.Column("claims", sa.JSON(none_as_null=True)))
