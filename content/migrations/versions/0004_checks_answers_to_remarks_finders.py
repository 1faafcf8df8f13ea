"""checks, answers to remarks, finders.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "finder",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("slug", sa.String(length=100), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("intro", sa.Text(), nullable=False),
        sa.Column("life_event", sa.String(length=100), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column(
            "questions", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__finder")),
        sa.UniqueConstraint("slug", name=op.f("uq__finder__slug")),
    )
    with op.batch_alter_table("finder", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix__finder_life_event"), ["life_event"], unique=False)

    op.create_table(
        "procedure_check",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column(
            "procedure_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("checked_at", sa.DateTime(), nullable=True),
        sa.Column(
            "checked_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("review_by", sa.Date(), nullable=True),
        sa.Column("reminded_for", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["procedure_id"],
            ["procedure.id"],
            name=op.f("fk__procedure_check__procedure_id__procedure"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__procedure_check")),
    )
    with op.batch_alter_table("procedure_check", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix__procedure_check_checked_by"), ["checked_by"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix__procedure_check_procedure_id"), ["procedure_id"], unique=True
        )
        batch_op.create_index(
            batch_op.f("ix__procedure_check_review_by"), ["review_by"], unique=False
        )

    with op.batch_alter_table("procedure_remark", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "settled_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
            )
        )
        batch_op.add_column(sa.Column("answer", sa.Text(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("procedure_remark", schema=None) as batch_op:
        batch_op.drop_column("answer")
        batch_op.drop_column("settled_by")

    with op.batch_alter_table("procedure_check", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix__procedure_check_review_by"))
        batch_op.drop_index(batch_op.f("ix__procedure_check_procedure_id"))
        batch_op.drop_index(batch_op.f("ix__procedure_check_checked_by"))

    op.drop_table("procedure_check")
    with op.batch_alter_table("finder", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix__finder_life_event"))

    op.drop_table("finder")
