"""exchange with the national portal: links, messages, arrivals.

Revision ID: 0048
Revises: 0047
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
DOC = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "exchange_inquiry",
        sa.Column("system", sa.String(length=40), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("error", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("system", name=op.f("pk__exchange_inquiry")),
    )
    op.create_table(
        "exchange_arrival",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("system", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("number", sa.String(length=80), nullable=False),
        sa.Column("payload", DOC, nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "taken",
                "refused",
                name="arrivalstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("dossier_id", BIG, nullable=True),
        sa.Column("arrived_at", sa.DateTime(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.DateTime(), nullable=False),
        sa.Column("tried_at", sa.DateTime(), nullable=True),
        sa.Column("settled_at", sa.DateTime(), nullable=True),
        sa.Column("error", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name=op.f("fk__exchange_arrival__dossier_id__dossier")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__exchange_arrival")),
        sa.UniqueConstraint("system", "key", name=op.f("uq__exchange_arrival__system_key")),
    )
    with op.batch_alter_table("exchange_arrival", schema=None) as batch_op:
        batch_op.create_index("ix__exchange_arrival__state", ["state", "id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix__exchange_arrival_dossier_id"), ["dossier_id"], unique=False
        )

    op.create_table(
        "exchange_link",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("dossier_id", BIG, nullable=False),
        sa.Column("system", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=80), nullable=False),
        sa.Column("came_from_there", sa.Boolean(), nullable=False),
        sa.Column(
            "confirms",
            sa.Enum(
                "here",
                "there",
                name="confirms",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("announced", sa.Boolean(), nullable=False),
        sa.Column("planned", sa.Integer(), nullable=False),
        sa.Column("given", DOC, nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name=op.f("fk__exchange_link__dossier_id__dossier")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__exchange_link")),
        sa.UniqueConstraint("dossier_id", name=op.f("uq__exchange_link__dossier_id")),
        sa.UniqueConstraint("system", "number", name=op.f("uq__exchange_link__system_number")),
    )
    op.create_table(
        "exchange_message",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("system", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=80), nullable=False),
        sa.Column("link_id", BIG, nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "ThemMoi",
                "CapNhat",
                "CapNhatTienDo",
                "TraLoi",
                name="messagekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("payload", DOC, nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "sent",
                "refused",
                name="messagestate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.DateTime(), nullable=False),
        sa.Column("busy_until", sa.DateTime(), nullable=True),
        sa.Column("tried_at", sa.DateTime(), nullable=True),
        sa.Column("sent_at", sa.DateTime(), nullable=True),
        sa.Column("error", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["link_id"],
            ["exchange_link.id"],
            name=op.f("fk__exchange_message__link_id__exchange_link"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__exchange_message")),
        sa.UniqueConstraint("key", name=op.f("uq__exchange_message__key")),
    )
    with op.batch_alter_table("exchange_message", schema=None) as batch_op:
        batch_op.create_index(
            "ix__exchange_message__open",
            ["system", "number", "id"],
            unique=False,
            postgresql_where=sa.text("state <> 'sent'"),
            sqlite_where=sa.text("state <> 'sent'"),
        )
        batch_op.create_index(batch_op.f("ix__exchange_message_link_id"), ["link_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("exchange_message", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix__exchange_message_link_id"))
        batch_op.drop_index(
            "ix__exchange_message__open",
            postgresql_where=sa.text("state <> 'sent'"),
            sqlite_where=sa.text("state <> 'sent'"),
        )

    op.drop_table("exchange_message")
    op.drop_table("exchange_link")
    with op.batch_alter_table("exchange_arrival", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix__exchange_arrival_dossier_id"))
        batch_op.drop_index("ix__exchange_arrival__state")

    op.drop_table("exchange_arrival")
    op.drop_table("exchange_inquiry")
