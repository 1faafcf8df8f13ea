"""sections of news as a tree; featured articles on the home page.

Revision ID: 0023
Revises: 0022
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

#: The six contents of state administrative reform (Nghị quyết 76/NQ-CP).
USUAL = (
    ("the-che", "Thể chế"),
    ("thu-tuc-hanh-chinh", "Thủ tục hành chính"),
    ("to-chuc-bo-may", "Tổ chức bộ máy"),
    ("cong-chuc-cong-vu", "Công chức, công vụ"),
    ("tai-chinh-cong", "Tài chính công"),
    ("hien-dai-hoa", "Hiện đại hóa hành chính"),
)
KINDS = ("common", "lookup", "figures", "life_events", "duty", "news", "text")
IN_SECTION = ["section", "status", "deleted_at", "is_pinned", "published_at", "id", "withdraw_at"]
FEATURED = ["is_featured", "status", "deleted_at", "published_at", "id", "withdraw_at"]


def _enum(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


SECTION = _enum("section", *(slug for slug, _name in USUAL))
BLOCK = _enum("blockkind", *KINDS)
MORE_BLOCKS = _enum("blockkind", *KINDS[:5], "featured", *KINDS[5:])


def upgrade() -> None:
    section = op.create_table(
        "news_section",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("parent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("slug", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["parent_id"],
            ["news_section.id"],
            name=op.f("fk__news_section__parent_id__news_section"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__news_section")),
        sa.UniqueConstraint("slug", name=op.f("uq__news_section__slug")),
    )
    op.create_index(op.f("ix__news_section_parent_id"), "news_section", ["parent_id"])
    op.bulk_insert(
        section,
        [
            {"slug": slug, "name": name, "position": position, "revision": 1}
            for position, (slug, name) in enumerate(USUAL)
        ],
    )
    with op.batch_alter_table("article", schema=None) as batch_op:
        batch_op.alter_column(
            "section", existing_type=SECTION, type_=sa.String(length=40), existing_nullable=False
        )
        batch_op.create_foreign_key(
            batch_op.f("fk__article__section__news_section"), "news_section", ["section"], ["slug"]
        )
        batch_op.drop_index("ix__article_section")
        batch_op.create_index("ix__article__in_section", IN_SECTION)
        batch_op.create_index("ix__article__featured", FEATURED)
    with op.batch_alter_table("home_block", schema=None) as batch_op:
        batch_op.alter_column(
            "kind", existing_type=BLOCK, type_=MORE_BLOCKS, existing_nullable=False
        )


def downgrade() -> None:
    op.execute("DELETE FROM home_block WHERE kind = 'featured'")
    with op.batch_alter_table("home_block", schema=None) as batch_op:
        batch_op.alter_column(
            "kind", existing_type=MORE_BLOCKS, type_=BLOCK, existing_nullable=False
        )
    # Articles of sections that there were not before stand in the first.
    section = sa.table("article", sa.column("section", sa.String()))
    unknown = section.c.section.not_in([slug for slug, _name in USUAL])
    op.execute(section.update().where(unknown).values(section="the-che"))
    with op.batch_alter_table("article", schema=None) as batch_op:
        batch_op.drop_index("ix__article__featured")
        batch_op.drop_index("ix__article__in_section")
        batch_op.drop_constraint(
            batch_op.f("fk__article__section__news_section"), type_="foreignkey"
        )
        batch_op.alter_column(
            "section", existing_type=sa.String(length=40), type_=SECTION, existing_nullable=False
        )
        batch_op.create_index(batch_op.f("ix__article_section"), ["section"])
    op.drop_table("news_section")
