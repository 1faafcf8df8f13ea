"""links with what the last try said, rounds of looking; what the nation names no more.

Revision ID: 0029
Revises: 0028
"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("finder", schema=None) as batch_op:
        batch_op.add_column(sa.Column("deleted_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("deleted_by", ID, nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk__finder__deleted_by__account"), "account", ["deleted_by"], ["id"]
        )
    with op.batch_alter_table("import_difference", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("is_gone", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
    op.create_table(
        "link_round",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("began_at", sa.DateTime(), nullable=False),
        sa.Column("finished_at", sa.DateTime(), nullable=True),
        sa.Column("links", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__link_round")),
    )
    op.create_table(
        "site_link",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("place_id", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("target", sa.String(length=1000), nullable=False),
        sa.Column("is_outside", sa.Boolean(), nullable=False),
        sa.Column("problem", sa.String(length=30), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("broken_since", sa.DateTime(), nullable=True),
        sa.Column("checked_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__site_link")),
        sa.UniqueConstraint(
            "kind", "place_id", "target", name=op.f("uq__site_link__kind_place_id_target")
        ),
    )
    with op.batch_alter_table("site_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix__site_link_checked_at"), ["checked_at"], unique=False)
        batch_op.create_index(batch_op.f("ix__site_link_problem"), ["problem"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("site_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix__site_link_problem"))
        batch_op.drop_index(batch_op.f("ix__site_link_checked_at"))
    op.drop_table("site_link")
    op.drop_table("link_round")
    with op.batch_alter_table("finder", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk__finder__deleted_by__account"), type_="foreignkey")
        batch_op.drop_column("deleted_by")
        batch_op.drop_column("deleted_at")
    with op.batch_alter_table("import_difference", schema=None) as batch_op:
        batch_op.drop_column("is_gone")
