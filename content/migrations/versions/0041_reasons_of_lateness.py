"""reasons of lateness, and the index of the reports.

Revision ID: 0041
Revises: 0040
"""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "late_reason",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column(
            "dossier_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "cause",
            sa.Enum(
                "rules",
                "authority",
                "applicant",
                "force",
                name="cause",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.Column(
            "written_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name=op.f("fk__late_reason__dossier_id__dossier")
        ),
        sa.ForeignKeyConstraint(
            ["written_by_id"], ["account.id"], name=op.f("fk__late_reason__written_by_id__account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__late_reason")),
        sa.UniqueConstraint("dossier_id", name=op.f("uq__late_reason__dossier_id")),
    )
    with op.batch_alter_table("late_reason", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix__late_reason_written_by_id"), ["written_by_id"], unique=False
        )

    with op.batch_alter_table("dossier", schema=None) as batch_op:
        batch_op.create_index(
            "ix__dossier__report",
            [
                "finished_at",
                "received_at",
                "promised_date",
                "procedure_id",
                "channel",
                "agency_id",
                "unit_id",
                "competent_agency_id",
                "status",
            ],
            unique=False,
        )


def downgrade() -> None:
    with op.batch_alter_table("dossier", schema=None) as batch_op:
        batch_op.drop_index("ix__dossier__report")

    with op.batch_alter_table("late_reason", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix__late_reason_written_by_id"))

    op.drop_table("late_reason")
