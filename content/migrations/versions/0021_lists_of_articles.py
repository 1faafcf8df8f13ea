"""lists of articles sorted by an index; working copies of published texts.

Revision ID: 0021
Revises: 0020
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

LISTED = ["status", "deleted_at", "is_pinned", "published_at", "id", "withdraw_at"]


def upgrade() -> None:
    op.create_index("ix__article__listed", "article", LISTED)
    op.create_index("ix__article__changed", "article", ["deleted_at", "updated_at", "id"])
    op.create_table(
        "working_copy",
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("text", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("base", sa.Integer(), nullable=False),
        sa.Column(
            "written_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["written_by"], ["account.id"], name=op.f("fk__working_copy__written_by__account")
        ),
        sa.PrimaryKeyConstraint("subject", name=op.f("pk__working_copy")),
    )


def downgrade() -> None:
    op.drop_table("working_copy")
    op.drop_index("ix__article__changed", "article")
    op.drop_index("ix__article__listed", "article")
