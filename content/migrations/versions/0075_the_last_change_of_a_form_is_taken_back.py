"""the last change of a form is taken back.

Revision ID: 0075
Revises: 0074
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0075"
down_revision = "0074"
branch_labels = None
depends_on = None


def upgrade() -> None:
    document = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    with op.batch_alter_table("working_form") as batch_op:
        batch_op.add_column(sa.Column("before", document, nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("working_form") as batch_op:
        batch_op.drop_column("before")
