"""hours of agencies that are announced for a day to come.

Revision ID: 0058
Revises: 0057
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0058"
down_revision = "0057"
branch_labels = None
depends_on = None

DOCUMENT = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    with op.batch_alter_table("agency") as batch_op:
        batch_op.add_column(sa.Column("hours_ahead", DOCUMENT, nullable=False, server_default="[]"))
    with op.batch_alter_table("agency") as batch_op:
        batch_op.alter_column("hours_ahead", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("agency") as batch_op:
        batch_op.drop_column("hours_ahead")
