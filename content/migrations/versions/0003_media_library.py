"""media library.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "media_folder",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("parent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["parent_id"],
            ["media_folder.id"],
            name=op.f("fk__media_folder__parent_id__media_folder"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__media_folder")),
    )
    with op.batch_alter_table("media_folder", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix__media_folder_parent_id"), ["parent_id"], unique=False)

    op.create_table(
        "medium",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("key", sa.String(length=12), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "image",
                "document",
                "audio",
                "video",
                name="mediumkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("folder_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("alt", sa.String(length=500), nullable=False),
        sa.Column("caption", sa.Text(), nullable=False),
        sa.Column("credit", sa.String(length=200), nullable=False),
        sa.Column("source", sa.String(length=500), nullable=False),
        sa.Column("search_key", sa.Text(), nullable=False),
        sa.Column(
            "focus",
            sa.Enum(
                "top-left",
                "top",
                "top-right",
                "left",
                "centre",
                "right",
                "bottom-left",
                "bottom",
                "bottom-right",
                name="focus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=150), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("file_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "uploaded_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.Column(
            "deleted_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.ForeignKeyConstraint(
            ["deleted_by"], ["account.id"], name=op.f("fk__medium__deleted_by__account")
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_file.id"], name=op.f("fk__medium__file_id__stored_file")
        ),
        sa.ForeignKeyConstraint(
            ["folder_id"], ["media_folder.id"], name=op.f("fk__medium__folder_id__media_folder")
        ),
        sa.ForeignKeyConstraint(
            ["uploaded_by"], ["account.id"], name=op.f("fk__medium__uploaded_by__account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__medium")),
        sa.UniqueConstraint("key", name=op.f("uq__medium__key")),
    )
    with op.batch_alter_table("medium", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix__medium_digest"), ["digest"], unique=False)
        batch_op.create_index(batch_op.f("ix__medium_file_id"), ["file_id"], unique=False)
        batch_op.create_index(batch_op.f("ix__medium_folder_id"), ["folder_id"], unique=False)
        batch_op.create_index(batch_op.f("ix__medium_kind"), ["kind"], unique=False)
        batch_op.create_index(batch_op.f("ix__medium_uploaded_by"), ["uploaded_by"], unique=False)

    op.create_table(
        "medium_rendition",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column(
            "medium_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column(
            "format",
            sa.Enum(
                "jpeg",
                "png",
                "webp",
                "avif",
                name="format",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("file_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_file.id"], name=op.f("fk__medium_rendition__file_id__stored_file")
        ),
        sa.ForeignKeyConstraint(
            ["medium_id"],
            ["medium.id"],
            name=op.f("fk__medium_rendition__medium_id__medium"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__medium_rendition")),
        sa.UniqueConstraint(
            "medium_id",
            "width",
            "format",
            name=op.f("uq__medium_rendition__medium_id_width_format"),
        ),
    )
    with op.batch_alter_table("medium_rendition", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix__medium_rendition_file_id"), ["file_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("medium_rendition", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix__medium_rendition_file_id"))

    op.drop_table("medium_rendition")
    with op.batch_alter_table("medium", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix__medium_uploaded_by"))
        batch_op.drop_index(batch_op.f("ix__medium_kind"))
        batch_op.drop_index(batch_op.f("ix__medium_folder_id"))
        batch_op.drop_index(batch_op.f("ix__medium_file_id"))
        batch_op.drop_index(batch_op.f("ix__medium_digest"))

    op.drop_table("medium")
    with op.batch_alter_table("media_folder", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix__media_folder_parent_id"))

    op.drop_table("media_folder")
