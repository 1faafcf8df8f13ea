"""wishes of the national portal.

Revision ID: 0054
Revises: 0053
"""

import sqlalchemy as sa
from alembic import op

revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None

KEY = "fk__exchange_arrival__proposal_id__proposal"


def upgrade() -> None:
    with op.batch_alter_table("exchange_arrival") as batch_op:
        batch_op.add_column(
            sa.Column("proposal_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"))
        )
        batch_op.create_foreign_key(KEY, "proposal", ["proposal_id"], ["id"])
        batch_op.create_index("ix__exchange_arrival_proposal_id", ["proposal_id"])


def downgrade() -> None:
    with op.batch_alter_table("exchange_arrival") as batch_op:
        batch_op.drop_index("ix__exchange_arrival_proposal_id")
        batch_op.drop_constraint(KEY, type_="foreignkey")
        batch_op.drop_column("proposal_id")
