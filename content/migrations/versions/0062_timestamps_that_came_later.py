"""timestamps that came later.

Revision ID: 0062
Revises: 0057
"""

import sqlalchemy as sa
from alembic import op

revision = "0062"
down_revision = "0058"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("signed_version") as batch_op:
        batch_op.add_column(
            sa.Column("is_stamp", sa.Boolean(), server_default=sa.false(), nullable=False)
        )


def downgrade() -> None:
    op.execute("DELETE FROM signed_version WHERE is_stamp")
    with op.batch_alter_table("signed_version") as batch_op:
        batch_op.drop_column("is_stamp")
