"""drafts handed to the document management.

Revision ID: 0049
Revises: 0048
"""

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "draft_hand_off",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("dossier_id", BIG, nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("file_id", BIG, nullable=False),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "there",
                "signed",
                "sent_back",
                name="draftstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("asked_by_id", BIG, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.DateTime(), nullable=False),
        sa.Column("tried_at", sa.DateTime(), nullable=True),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("named_there", sa.String(length=80), nullable=True),
        sa.Column("sent_at", sa.DateTime(), nullable=True),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("number", sa.String(length=80), nullable=False),
        sa.Column("symbol", sa.String(length=80), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("signer_name", sa.String(length=120), nullable=False),
        sa.Column("signer_title", sa.String(length=120), nullable=False),
        sa.Column("signed_file_id", BIG, nullable=True),
        sa.Column("signed_name", sa.String(length=255), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'signed') = (signed_file_id IS NOT NULL)",
            name=op.f("ck__draft_hand_off__signed_with_a_file"),
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["account.id"], name=op.f("fk__draft_hand_off__asked_by_id__account")
        ),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name=op.f("fk__draft_hand_off__dossier_id__dossier")
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_file.id"], name=op.f("fk__draft_hand_off__file_id__stored_file")
        ),
        sa.ForeignKeyConstraint(
            ["signed_file_id"],
            ["stored_file.id"],
            name=op.f("fk__draft_hand_off__signed_file_id__stored_file"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__draft_hand_off")),
        sa.UniqueConstraint("key", name=op.f("uq__draft_hand_off__key")),
    )
    with op.batch_alter_table("draft_hand_off", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix__draft_hand_off_asked_by_id"), ["asked_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix__draft_hand_off_dossier_id"), ["dossier_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix__draft_hand_off_file_id"), ["file_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix__draft_hand_off_signed_file_id"), ["signed_file_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("draft_hand_off", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix__draft_hand_off_signed_file_id"))
        batch_op.drop_index(batch_op.f("ix__draft_hand_off_file_id"))
        batch_op.drop_index(batch_op.f("ix__draft_hand_off_dossier_id"))
        batch_op.drop_index(batch_op.f("ix__draft_hand_off_asked_by_id"))

    op.drop_table("draft_hand_off")
