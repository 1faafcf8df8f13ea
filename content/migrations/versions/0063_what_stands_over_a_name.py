"""what stands over a leader's name on letters.

Revision ID: 0063
Revises: 0062
"""

import sqlalchemy as sa
from alembic import op

revision = "0063"
down_revision = "0062"
branch_labels = None
depends_on = None

COLUMNS = ("sign_title", "sign_capacity")


def upgrade() -> None:
    with op.batch_alter_table("account") as batch_op:
        for column in COLUMNS:
            batch_op.add_column(sa.Column(column, sa.String(length=80), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("account") as batch_op:
        for column in COLUMNS:
            batch_op.drop_column(column)
