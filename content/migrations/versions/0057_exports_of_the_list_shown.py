"""exports of the list shown.

Revision ID: 0057
Revises: 0056
"""

import sqlalchemy as sa
from alembic import op

revision = "0057"
down_revision = "0056"
branch_labels = None
depends_on = None

TABLE = "report_export"
NARROWED = (("sector_id", "sector"), ("unit_id", "agency"), ("holder_id", "account"))
KINDS = sa.Enum(
    "dossiers",
    "overdue",
    name="exportkind",
    native_enum=False,
    create_constraint=True,
    length=40,
)


def upgrade() -> None:
    with op.batch_alter_table(TABLE) as batch_op:
        batch_op.add_column(sa.Column("which", sa.String(length=60), nullable=True))
        for column, target in NARROWED:
            batch_op.add_column(
                sa.Column(
                    column, sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
                )
            )
            batch_op.create_foreign_key(
                op.f(f"fk__{TABLE}__{column}__{target}"), target, [column], ["id"]
            )
    op.execute(
        "UPDATE report_export SET which = CASE kind WHEN 'overdue' THEN 'qua-han' ELSE 'tat-ca' END"
    )
    with op.batch_alter_table(TABLE) as batch_op:
        batch_op.alter_column("which", existing_type=sa.String(length=60), nullable=False)
        batch_op.drop_constraint(op.f(f"ck__{TABLE}__exportkind"), type_="check")
        batch_op.drop_column("kind")


def downgrade() -> None:
    with op.batch_alter_table(TABLE) as batch_op:
        batch_op.add_column(sa.Column("kind", KINDS, nullable=True))
    op.execute(
        "UPDATE report_export SET kind = CASE which WHEN 'qua-han' THEN 'overdue' ELSE 'dossiers' END"
    )
    with op.batch_alter_table(TABLE) as batch_op:
        batch_op.alter_column("kind", existing_type=KINDS, nullable=False)
        for column, target in NARROWED:
            batch_op.drop_constraint(op.f(f"fk__{TABLE}__{column}__{target}"), type_="foreignkey")
            batch_op.drop_column(column)
        batch_op.drop_column("which")
