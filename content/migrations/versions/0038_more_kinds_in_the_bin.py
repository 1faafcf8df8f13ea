"""menu lines, home blocks, folders, duty turns, receiving places, files of documents in the bin.

Revision ID: 0038
Revises: 0037
"""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

TABLES = (
    "menu_item",
    "home_block",
    "media_folder",
    "duty_turn",
    "receiving_place",
    "legal_document_file",
)


def upgrade() -> None:
    kind = "INTEGER" if op.get_bind().dialect.name == "sqlite" else "BIGINT"
    for table in TABLES:
        op.add_column(table, sa.Column("deleted_at", sa.DateTime()))
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN deleted_by {kind} "
            f"CONSTRAINT fk__{table}__deleted_by__account REFERENCES account (id)"
        )


def downgrade() -> None:
    for table in TABLES:
        # What lies in the bin would be seen again.
        op.execute(f"DELETE FROM {table} WHERE deleted_at IS NOT NULL")  # noqa: S608 - names above
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_column("deleted_by")
            batch_op.drop_column("deleted_at")
