"""who touched which part of a form being written, and who wrote in it.

Revision ID: 0027
Revises: 0026
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    with op.batch_alter_table("working_form", schema=None) as batch_op:
        batch_op.add_column(sa.Column("writers", DOCUMENT, nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("touched", DOCUMENT, nullable=False, server_default="{}"))
    with op.batch_alter_table("working_form", schema=None) as batch_op:
        batch_op.alter_column("writers", server_default=None)
        batch_op.alter_column("touched", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("working_form", schema=None) as batch_op:
        batch_op.drop_column("touched")
        batch_op.drop_column("writers")
