"""index of holders without the many without one.

Revision ID: 0055
Revises: 0054
"""

import sqlalchemy as sa
from alembic import op

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None

HELD = sa.text("holder_id IS NOT NULL")


def upgrade() -> None:
    op.drop_index("ix__dossier_holder_id", table_name="dossier")
    op.create_index(
        "ix__dossier__holder",
        "dossier",
        ["holder_id"],
        postgresql_where=HELD,
        sqlite_where=HELD,
    )


def downgrade() -> None:
    op.drop_index("ix__dossier__holder", table_name="dossier")
    op.create_index("ix__dossier_holder_id", "dossier", ["holder_id"])
