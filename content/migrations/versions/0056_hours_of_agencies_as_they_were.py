"""hours of agencies as they were.

Revision ID: 0056
Revises: 0055
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None

DOCUMENT = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    # What held before this day was not kept: it counts as having always held.
    with op.batch_alter_table("agency") as batch_op:
        batch_op.add_column(
            sa.Column("hours_before", DOCUMENT, nullable=False, server_default="[]")
        )
    with op.batch_alter_table("agency") as batch_op:
        batch_op.alter_column("hours_before", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("agency") as batch_op:
        batch_op.drop_column("hours_before")
