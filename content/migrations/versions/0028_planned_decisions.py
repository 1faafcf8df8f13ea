"""planned decisions, not signed yet; who changed one last.

Revision ID: 0028
Revises: 0027
"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("prepared_decision", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "updated_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
            )
        )
        batch_op.alter_column("signed_on", existing_type=sa.Date(), nullable=True)


def downgrade() -> None:
    # What is only planned cannot be said without a day of signing.
    op.execute(
        "DELETE FROM prepared_line WHERE prepared_id IN"
        " (SELECT id FROM prepared_decision WHERE signed_on IS NULL)"
    )
    op.execute("DELETE FROM prepared_decision WHERE signed_on IS NULL")
    with op.batch_alter_table("prepared_decision", schema=None) as batch_op:
        batch_op.alter_column("signed_on", existing_type=sa.Date(), nullable=False)
        batch_op.drop_column("updated_by")
