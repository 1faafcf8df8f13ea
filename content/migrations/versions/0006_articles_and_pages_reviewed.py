"""articles and pages with review, end dates, pictures, tags and a bin; shared revisions.

Columns with foreign keys or checks are added by plain SQL: a batch would copy the table,
and dropping the old one would take the rows that refer to it along (SQLite).

Revision ID: 0006
Revises: 0005
"""

import json
import re
import unicodedata

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
CHOICES = {
    "review": ("reviewstate", ("none", "waiting", "returned"), "none"),
    "status": ("articlestatus", ("draft", "published", "withdrawn"), "published"),
    "body_format": ("bodyformat", ("text", "html"), "text"),
}
ADDED = {
    "article": ("review",),
    "page": ("review", "status", "body_format"),
}
BOTH = ("withdraw_at", "deleted_at")


def upgrade() -> None:
    for table, choices in ADDED.items():
        for name in choices:
            _add_choice(table, name)
        for name in BOTH:
            op.add_column(table, sa.Column(name, sa.DateTime()))
        op.add_column(table, sa.Column("review_note", sa.Text(), nullable=False, server_default=""))
        _add_reference(table, "deleted_by", "account")
    _article()
    op.add_column("page", sa.Column("published_at", sa.DateTime()))
    _add_reference("page", "parent_id", "page")
    op.create_index(op.f("ix__page_parent_id"), "page", ["parent_id"])
    _tables()
    op.execute(
        "INSERT INTO writing_revision (subject, number, snapshot, written_by, written_at, note) "
        "SELECT 'article:' || article_id, number, snapshot, written_by, written_at, '' "
        "FROM article_revision"
    )
    op.drop_table("article_revision")
    _tag_rows()


def _add_choice(table: str, name: str) -> None:
    kind, values, default = CHOICES[name]
    listed = ", ".join(f"'{one}'" for one in values)
    op.execute(
        f"ALTER TABLE {table} ADD COLUMN {name} VARCHAR(40) DEFAULT '{default}' NOT NULL "
        f"CONSTRAINT ck__{table}__{kind} CHECK ({name} IN ({listed}))"
    )


def _add_reference(table: str, name: str, target: str) -> None:
    kind = "INTEGER" if op.get_bind().dialect.name == "sqlite" else "BIGINT"
    op.execute(
        f"ALTER TABLE {table} ADD COLUMN {name} {kind} "
        f"CONSTRAINT fk__{table}__{name}__{target} REFERENCES {target} (id)"
    )


def _article() -> None:
    words = {"photographer": 300, "picture": 300, "picture_alt": 500, "picture_caption": 500}
    for name, length in words.items():
        column = sa.Column(name, sa.String(length), nullable=False, server_default="")
        op.add_column("article", column)
    for name in ("gallery", "attachments", "related"):
        op.add_column("article", sa.Column(name, DOCUMENT, nullable=False, server_default="[]"))
    for name in ("is_featured", "is_pinned"):
        column = sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false())
        op.add_column("article", column)
    op.add_column("article", sa.Column("correction", sa.Text(), nullable=False, server_default=""))
    op.add_column("article", sa.Column("corrected_at", sa.DateTime()))


def _tables() -> None:
    op.create_table(
        "article_tag",
        sa.Column("slug", sa.String(length=120), nullable=False),
        sa.Column("article_id", BIG, nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["article.id"],
            name=op.f("fk__article_tag__article_id__article"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("slug", "article_id", name=op.f("pk__article_tag")),
    )
    op.create_index(op.f("ix__article_tag_article_id"), "article_tag", ["article_id"])
    op.create_table(
        "former_address",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("slug", sa.String(length=120), nullable=False),
        sa.Column("target_id", BIG, nullable=False),
        sa.PrimaryKeyConstraint("kind", "slug", name=op.f("pk__former_address")),
    )
    op.create_table(
        "review_comment",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("account_id", BIG, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk__review_comment__account_id__account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__review_comment")),
    )
    op.create_index(op.f("ix__review_comment_subject"), "review_comment", ["subject"])


def _tag_rows() -> None:
    """The tags of the articles there are."""
    connection = op.get_bind()
    article = sa.table("article", sa.column("id"), sa.column("tags"))
    tag = sa.table("article_tag", sa.column("slug"), sa.column("article_id"), sa.column("name"))
    for key, tags in connection.execute(sa.select(article.c.id, article.c.tags)).all():
        names = json.loads(tags) if isinstance(tags, str) else tags or []
        found = {_slug(name): name for name in names}
        rows = [{"slug": s, "article_id": key, "name": name} for s, name in found.items() if s]
        if rows:
            connection.execute(sa.insert(tag), rows)


def _slug(name: str) -> str:
    bare = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    letters = "".join(char for char in bare if not unicodedata.combining(char))
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:120]


def downgrade() -> None:
    op.create_table(
        "article_revision",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("article_id", BIG, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("snapshot", DOCUMENT, nullable=False),
        sa.Column("written_by", BIG, nullable=True),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["article.id"],
            name=op.f("fk__article_revision__article_id__article"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["written_by"], ["account.id"], name=op.f("fk__article_revision__written_by__account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__article_revision")),
        sa.UniqueConstraint(
            "article_id", "number", name=op.f("uq__article_revision__article_id_number")
        ),
    )
    op.create_index(op.f("ix__article_revision_written_by"), "article_revision", ["written_by"])
    for table in ("review_comment", "former_address", "article_tag"):
        op.drop_table(table)
    _drop_columns()
    op.execute(
        "INSERT INTO article_revision (article_id, number, snapshot, written_by, written_at) "
        "SELECT CAST(substr(subject, 9) AS INTEGER), number, snapshot, written_by, written_at "
        "FROM writing_revision WHERE subject LIKE 'article:%'"
    )
    op.execute("DELETE FROM writing_revision WHERE subject LIKE 'article:%'")


def _drop_columns() -> None:
    article = ("photographer", "picture", "picture_alt", "picture_caption", "gallery")
    article += ("attachments", "related", "is_featured", "is_pinned", "correction", "corrected_at")
    own = {"article": article, "page": ("published_at",)}
    op.drop_index(op.f("ix__page_parent_id"), "page")
    # A later batch made the checks of columns checks of the table: they go by their names.
    with op.batch_alter_table("article") as batch_op:
        batch_op.drop_constraint(op.f("ck__article__reviewstate"), type_="check")
    for table, names in own.items():
        for name in (*names, *ADDED[table], *BOTH, "review_note"):
            op.drop_column(table, name)
    # Last: a batch writes the checks of columns anew, as checks of the table.
    for table, name in (("article", "deleted_by"), ("page", "deleted_by"), ("page", "parent_id")):
        _drop_reference(table, name)


def _drop_reference(table: str, name: str) -> None:
    with op.batch_alter_table(table) as batch_op:
        batch_op.drop_column(name)
