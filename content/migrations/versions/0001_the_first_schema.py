"""the first schema.

Revision ID: 0001
Revises:
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column(
            "kind",
            sa.Enum(
                "citizen",
                "official",
                name="accountkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("email_key", sa.String(length=254), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=True),
        sa.Column("national_id", sa.String(length=12), nullable=True),
        sa.Column("password_hash", sa.String(length=255), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("is_sample", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__account")),
        sa.UniqueConstraint("email_key", name=op.f("uq__account__email_key")),
    )
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix__account_national_id"), ["national_id"], unique=False)

    op.create_table(
        "agency",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("slug", sa.String(length=100), nullable=False),
        sa.Column("code", sa.String(length=35), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "province_centre",
                "commune_centre",
                "province",
                "department",
                "commune",
                name="agencykind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("parent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("phone", sa.String(length=40), nullable=True),
        sa.Column("hotline", sa.String(length=40), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column(
            "sessions", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("is_sample", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["agency.id"], name=op.f("fk__agency__parent_id__agency")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__agency")),
        sa.UniqueConstraint("code", name=op.f("uq__agency__code")),
        sa.UniqueConstraint("slug", name=op.f("uq__agency__slug")),
    )
    with op.batch_alter_table("agency", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix__agency_parent_id"), ["parent_id"], unique=False)

    op.create_table(
        "article",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column(
            "section",
            sa.Enum(
                "the-che",
                "thu-tuc-hanh-chinh",
                "to-chuc-bo-may",
                "cong-chuc-cong-vu",
                "tai-chinh-cong",
                "hien-dai-hoa",
                name="section",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("slug", sa.String(length=120), nullable=False),
        sa.Column("kicker", sa.String(length=300), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("lead", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column(
            "body_format",
            sa.Enum(
                "text",
                "html",
                name="bodyformat",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("author_line", sa.String(length=300), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("tags", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "published",
                "withdrawn",
                name="articlestatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("published_at", sa.DateTime(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__article")),
        sa.UniqueConstraint("slug", name=op.f("uq__article__slug")),
    )
    with op.batch_alter_table("article", schema=None) as batch_op:
        batch_op.create_index("ix__article__shown", ["status", "published_at"], unique=False)
        batch_op.create_index(batch_op.f("ix__article_section"), ["section"], unique=False)

    op.create_table(
        "audit_entry",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("actor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("action", sa.String(length=80), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("data", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__audit_entry")),
    )
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix__audit_entry_actor_id"), ["actor_id"], unique=False)
        batch_op.create_index(batch_op.f("ix__audit_entry_subject"), ["subject"], unique=False)

    op.create_table(
        "audit_seal",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column(
            "first_entry", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "last_entry", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("sealed_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__audit_seal")),
        sa.UniqueConstraint("last_entry", name=op.f("uq__audit_seal__last_entry")),
    )
    op.create_table(
        "calendar_entry",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "off",
                "make_up",
                name="daykind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("legal_basis", sa.String(length=400), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("is_provisional", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__calendar_entry")),
        sa.UniqueConstraint("date", name=op.f("uq__calendar_entry__date")),
    )
    op.create_table(
        "counter",
        sa.Column("series", sa.String(length=20), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("period", sa.String(length=10), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("series", "unit", "period", name=op.f("pk__counter")),
    )
    op.create_table(
        "failed_attempt",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__failed_attempt")),
    )
    with op.batch_alter_table("failed_attempt", schema=None) as batch_op:
        batch_op.create_index("ix__failed_attempt__key_at", ["key", "at"], unique=False)

    op.create_table(
        "form_definition_version",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "definition", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("published_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__form_definition_version")),
        sa.UniqueConstraint("key", "number", name=op.f("uq__form_definition_version__key_number")),
    )
    op.create_table(
        "generation",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk__generation")),
    )
    op.create_table(
        "life_event",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("slug", sa.String(length=100), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column(
            "audience",
            sa.Enum(
                "citizen",
                "business",
                name="eventaudience",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("intro", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__life_event")),
        sa.UniqueConstraint("slug", name=op.f("uq__life_event__slug")),
    )
    op.create_table(
        "outbox_job",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column(
            "payload", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("not_before", sa.DateTime(), nullable=False),
        sa.Column("locked_until", sa.DateTime(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__outbox_job")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("outbox_job", schema=None) as batch_op:
        batch_op.create_index("ix__outbox_job__due", ["locked_until", "id"], unique=False)

    op.create_table(
        "page",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("slug", sa.String(length=120), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("lead", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__page")),
        sa.UniqueConstraint("slug", name=op.f("uq__page__slug")),
    )
    op.create_table(
        "place",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("code", sa.String(length=5), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "tỉnh",
                "thành phố",
                "phường",
                "xã",
                "đặc khu",
                name="placekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("province_code", sa.String(length=5), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("successor_code", sa.String(length=5), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__place")),
        sa.UniqueConstraint("code", "name", name=op.f("uq__place__code_name")),
    )
    with op.batch_alter_table("place", schema=None) as batch_op:
        batch_op.create_index(
            "ix__place__province_position", ["province_code", "position"], unique=False
        )

    op.create_table(
        "procedure_form",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column(
            "level",
            sa.Enum(
                "xã",
                "huyện",
                "tỉnh",
                "cơ quan khác",
                name="level",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__procedure_form")),
        sa.UniqueConstraint("code", "level", name=op.f("uq__procedure_form__code_level")),
    )
    with op.batch_alter_table("procedure_form", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix__procedure_form_key"), ["key"], unique=False)

    op.create_table(
        "sector",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("slug", sa.String(length=100), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("group_name", sa.String(length=200), nullable=False),
        sa.Column("group_slug", sa.String(length=100), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__sector")),
        sa.UniqueConstraint("name", name=op.f("uq__sector__name")),
        sa.UniqueConstraint("slug", name=op.f("uq__sector__slug")),
    )
    with op.batch_alter_table("sector", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix__sector_group_slug"), ["group_slug"], unique=False)

    op.create_table(
        "stored_file",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("owner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__stored_file")),
        sa.UniqueConstraint("key", name=op.f("uq__stored_file__key")),
    )
    with op.batch_alter_table("stored_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix__stored_file_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(batch_op.f("ix__stored_file_sha256"), ["sha256"], unique=False)

    op.create_table(
        "article_revision",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column(
            "article_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "snapshot", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column(
            "written_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
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
    with op.batch_alter_table("article_revision", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix__article_revision_written_by"), ["written_by"], unique=False
        )

    op.create_table(
        "life_event_step",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column(
            "life_event_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column(
            "procedures", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["life_event_id"],
            ["life_event.id"],
            name=op.f("fk__life_event_step__life_event_id__life_event"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__life_event_step")),
    )
    with op.batch_alter_table("life_event_step", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix__life_event_step_life_event_id"), ["life_event_id"], unique=False
        )

    op.create_table(
        "membership",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column(
            "account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "agency_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "role",
            sa.Enum(
                "one_stop",
                "specialist",
                "head",
                "leader",
                "clerk",
                "cashier",
                "editor",
                "chief_editor",
                "administrator",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk__membership__account_id__account"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agency.id"], name=op.f("fk__membership__agency_id__agency")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__membership")),
        sa.UniqueConstraint(
            "account_id",
            "agency_id",
            "role",
            name=op.f("uq__membership__account_id_agency_id_role"),
        ),
    )
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix__membership_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix__membership_agency_id"), ["agency_id"], unique=False)

    op.create_table(
        "procedure",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("code", sa.String(length=8), nullable=True),
        sa.Column(
            "level",
            sa.Enum(
                "xã",
                "huyện",
                "tỉnh",
                "cơ quan khác",
                name="level",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("identity", sa.Text(), nullable=False),
        sa.Column("slug", sa.String(length=100), nullable=False),
        sa.Column("is_primary", sa.Boolean(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_sort", sa.LargeBinary(), nullable=False),
        sa.Column("sector_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("authority", sa.Text(), nullable=True),
        sa.Column("ministry", sa.Text(), nullable=True),
        sa.Column(
            "service_level",
            sa.Enum(
                "toàn trình",
                "một phần",
                "chỉ cung cấp thông tin",
                name="servicelevel",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("audiences", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "to_verify",
                "historical",
                "not_yet",
                "in_force",
                "expired",
                "abolished",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("status_since", sa.Date(), nullable=True),
        sa.Column(
            "filing",
            sa.Enum(
                "local",
                "national",
                "counter",
                "none",
                name="filing",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("information_only", sa.Boolean(), nullable=False),
        sa.Column("featured", sa.Integer(), nullable=True),
        sa.Column("as_of", sa.String(length=200), nullable=True),
        sa.Column("official_url", sa.Text(), nullable=True),
        sa.Column("card", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column(
            "current_version_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["current_version_id"],
            ["procedure_version.id"],
            name=op.f("fk__procedure__current_version_id__procedure_version"),
            use_alter=True,
        ),
        sa.ForeignKeyConstraint(
            ["sector_id"], ["sector.id"], name=op.f("fk__procedure__sector_id__sector")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__procedure")),
        sa.UniqueConstraint("code", "level", name=op.f("uq__procedure__code_level")),
        sa.UniqueConstraint("identity", "level", name=op.f("uq__procedure__identity_level")),
        sa.UniqueConstraint("slug", name=op.f("uq__procedure__slug")),
    )
    with op.batch_alter_table("procedure", schema=None) as batch_op:
        batch_op.create_index("ix__procedure__status_sort", ["status", "name_sort"], unique=False)
        batch_op.create_index(
            batch_op.f("ix__procedure_current_version_id"), ["current_version_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix__procedure_sector_id"), ["sector_id"], unique=False)

    op.create_table(
        "publication_decision",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("number", sa.String(length=100), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("agency", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=True),
        sa.Column("effective_on", sa.Date(), nullable=True),
        sa.Column("file_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("is_sample", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["file_id"],
            ["stored_file.id"],
            name=op.f("fk__publication_decision__file_id__stored_file"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__publication_decision")),
        sa.UniqueConstraint(
            "number", "signed_on", name=op.f("uq__publication_decision__number_signed_on")
        ),
    )
    with op.batch_alter_table("publication_decision", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix__publication_decision_file_id"), ["file_id"], unique=False
        )

    op.create_table(
        "sign_in_session",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column(
            "account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("user_agent", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk__sign_in_session__account_id__account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__sign_in_session")),
        sa.UniqueConstraint("token_digest", name=op.f("uq__sign_in_session__token_digest")),
    )
    with op.batch_alter_table("sign_in_session", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix__sign_in_session_account_id"), ["account_id"], unique=False
        )

    op.create_table(
        "procedure_remark",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column(
            "procedure_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("version_number", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "wrong",
                "missing",
                "unclear",
                name="remarkkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("contact", sa.String(length=254), nullable=True),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("settled_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["procedure_id"],
            ["procedure.id"],
            name=op.f("fk__procedure_remark__procedure_id__procedure"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__procedure_remark")),
    )
    with op.batch_alter_table("procedure_remark", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix__procedure_remark_procedure_id"), ["procedure_id"], unique=False
        )

    op.create_table(
        "procedure_version",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column(
            "procedure_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "awaiting",
                "collected",
                "published",
                name="versionstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "document", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column(
            "repairs", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("limit_value", sa.Float(), nullable=True),
        sa.Column(
            "limit_unit",
            sa.Enum(
                "working_day",
                "day",
                "week",
                "month",
                "year",
                "working_hour",
                "same_day",
                name="limitunit",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("local_limit_value", sa.Float(), nullable=True),
        sa.Column(
            "local_limit_unit",
            sa.Enum(
                "working_day",
                "day",
                "week",
                "month",
                "year",
                "working_hour",
                "same_day",
                name="locallimitunit",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("completeness", sa.String(length=40), nullable=True),
        sa.Column(
            "missing", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("as_of", sa.String(length=200), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column(
            "ended_by",
            sa.Enum(
                "new",
                "amended",
                "replaced",
                "abolished",
                name="entrykind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("published_at", sa.DateTime(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["procedure_id"],
            ["procedure.id"],
            name=op.f("fk__procedure_version__procedure_id__procedure"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__procedure_version")),
        sa.UniqueConstraint(
            "procedure_id", "number", name=op.f("uq__procedure_version__procedure_id_number")
        ),
    )
    op.create_table(
        "channel_limit",
        sa.Column(
            "version_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "channel",
            sa.Enum(
                "trực tiếp",
                "trực tuyến",
                "bưu chính",
                name="channel",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("value", sa.Float(), nullable=True),
        sa.Column(
            "unit",
            sa.Enum(
                "working_day",
                "day",
                "week",
                "month",
                "year",
                "working_hour",
                "same_day",
                name="limitunit",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["procedure_version.id"],
            name=op.f("fk__channel_limit__version_id__procedure_version"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__channel_limit")),
        sa.UniqueConstraint(
            "version_id", "position", name=op.f("uq__channel_limit__version_id_position")
        ),
    )
    op.create_table(
        "dossier",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("lookup_code", sa.String(length=20), nullable=False),
        sa.Column("secret_digest", sa.String(length=64), nullable=False),
        sa.Column("submission_key", sa.String(length=40), nullable=True),
        sa.Column("code", sa.String(length=60), nullable=True),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("status_since", sa.DateTime(), nullable=False),
        sa.Column(
            "procedure_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "version_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("procedure_code", sa.String(length=40), nullable=True),
        sa.Column("procedure_name", sa.Text(), nullable=False),
        sa.Column("case_name", sa.Text(), nullable=True),
        sa.Column(
            "agency_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("agency_name", sa.String(length=300), nullable=False),
        sa.Column(
            "competent_agency_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.Column("owner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("applicant_name", sa.String(length=300), nullable=False),
        sa.Column("applicant_key", sa.String(length=300), nullable=False),
        sa.Column("applicant_identity", sa.String(length=40), nullable=True),
        sa.Column("applicant_phone", sa.String(length=40), nullable=True),
        sa.Column("applicant_email", sa.String(length=254), nullable=True),
        sa.Column("applicant_address", sa.Text(), nullable=True),
        sa.Column(
            "channel",
            sa.Enum(
                "trực tiếp",
                "trực tuyến",
                "bưu chính",
                name="channel",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "delivery",
            sa.Enum(
                "counter",
                "post",
                "online",
                name="delivery",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("delivery_address", sa.Text(), nullable=True),
        sa.Column("form", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column(
            "answers", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column(
            "absences", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column(
            "time_limit", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True
        ),
        sa.Column("fees", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True),
        sa.Column("submitted_at", sa.DateTime(), nullable=True),
        sa.Column("answer_by", sa.DateTime(), nullable=True),
        sa.Column("received_at", sa.DateTime(), nullable=True),
        sa.Column("due_date", sa.Date(), nullable=True),
        sa.Column("due_at", sa.DateTime(), nullable=True),
        sa.Column(
            "due_ledger", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True
        ),
        sa.Column("no_due_reason", sa.String(length=40), nullable=True),
        sa.Column("finished_at", sa.DateTime(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(code IS NULL) = (received_at IS NULL)", name=op.f("ck__dossier__code_iff_received")
        ),
        sa.CheckConstraint(
            "(status NOT IN (2, 4, 9, 10) OR code IS NOT NULL) AND (status NOT IN (1, 3) OR code IS NULL)",
            name=op.f("ck__dossier__status_fits_code"),
        ),
        sa.CheckConstraint(
            "due_date IS NULL OR received_at IS NOT NULL", name=op.f("ck__dossier__due_if_received")
        ),
        sa.CheckConstraint("status BETWEEN 1 AND 10", name=op.f("ck__dossier__status_known")),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agency.id"], name=op.f("fk__dossier__agency_id__agency")
        ),
        sa.ForeignKeyConstraint(
            ["competent_agency_id"],
            ["agency.id"],
            name=op.f("fk__dossier__competent_agency_id__agency"),
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["account.id"], name=op.f("fk__dossier__owner_id__account")
        ),
        sa.ForeignKeyConstraint(
            ["procedure_id"], ["procedure.id"], name=op.f("fk__dossier__procedure_id__procedure")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["procedure_version.id"],
            name=op.f("fk__dossier__version_id__procedure_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__dossier")),
        sa.UniqueConstraint("code", name=op.f("uq__dossier__code")),
        sa.UniqueConstraint("lookup_code", name=op.f("uq__dossier__lookup_code")),
        sa.UniqueConstraint("submission_key", name=op.f("uq__dossier__submission_key")),
    )
    with op.batch_alter_table("dossier", schema=None) as batch_op:
        batch_op.create_index(
            "ix__dossier__inbox", ["agency_id", "status", "answer_by"], unique=False
        )
        batch_op.create_index("ix__dossier__received", ["agency_id", "received_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix__dossier_applicant_key"), ["applicant_key"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix__dossier_competent_agency_id"), ["competent_agency_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix__dossier_due_date"), ["due_date"], unique=False)
        batch_op.create_index(batch_op.f("ix__dossier_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix__dossier_procedure_id"), ["procedure_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix__dossier_version_id"), ["version_id"], unique=False)

    op.create_table(
        "fee",
        sa.Column(
            "version_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "kind",
            sa.Enum(
                "phí",
                "lệ phí",
                name="feekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column(
            "channels", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("condition", sa.Text(), nullable=True),
        sa.Column("exempt", sa.Text(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["procedure_version.id"],
            name=op.f("fk__fee__version_id__procedure_version"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__fee")),
        sa.UniqueConstraint("version_id", "position", name=op.f("uq__fee__version_id_position")),
    )
    op.create_table(
        "form_file",
        sa.Column(
            "version_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("purpose", sa.Text(), nullable=True),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("file_name", sa.Text(), nullable=True),
        sa.Column("file_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_file.id"], name=op.f("fk__form_file__file_id__stored_file")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["procedure_version.id"],
            name=op.f("fk__form_file__version_id__procedure_version"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__form_file")),
        sa.UniqueConstraint(
            "version_id", "position", name=op.f("uq__form_file__version_id_position")
        ),
    )
    with op.batch_alter_table("form_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix__form_file_file_id"), ["file_id"], unique=False)

    op.create_table(
        "legal_basis",
        sa.Column(
            "version_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("number", sa.String(length=300), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["procedure_version.id"],
            name=op.f("fk__legal_basis__version_id__procedure_version"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__legal_basis")),
        sa.UniqueConstraint(
            "version_id", "position", name=op.f("uq__legal_basis__version_id_position")
        ),
    )
    with op.batch_alter_table("legal_basis", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix__legal_basis_number"), ["number"], unique=False)

    op.create_table(
        "procedure_case",
        sa.Column(
            "version_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("is_choice", sa.Boolean(), nullable=False),
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["procedure_version.id"],
            name=op.f("fk__procedure_case__version_id__procedure_version"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__procedure_case")),
        sa.UniqueConstraint(
            "version_id", "position", name=op.f("uq__procedure_case__version_id_position")
        ),
    )
    op.create_table(
        "publication_entry",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column(
            "decision_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "procedure_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "version_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column(
            "kind",
            sa.Enum(
                "new",
                "amended",
                "replaced",
                "abolished",
                name="entrykind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("effective_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["decision_id"],
            ["publication_decision.id"],
            name=op.f("fk__publication_entry__decision_id__publication_decision"),
        ),
        sa.ForeignKeyConstraint(
            ["procedure_id"],
            ["procedure.id"],
            name=op.f("fk__publication_entry__procedure_id__procedure"),
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["procedure_version.id"],
            name=op.f("fk__publication_entry__version_id__procedure_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__publication_entry")),
        sa.UniqueConstraint(
            "decision_id",
            "procedure_id",
            name=op.f("uq__publication_entry__decision_id_procedure_id"),
        ),
    )
    with op.batch_alter_table("publication_entry", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix__publication_entry_procedure_id"), ["procedure_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix__publication_entry_version_id"), ["version_id"], unique=False
        )

    op.create_table(
        "required_paper",
        sa.Column(
            "version_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("originals", sa.Integer(), nullable=True),
        sa.Column("copies", sa.Integer(), nullable=True),
        sa.Column("form_name", sa.Text(), nullable=True),
        sa.Column("case_name", sa.Text(), nullable=True),
        sa.Column("is_obligatory", sa.Boolean(), nullable=False),
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["procedure_version.id"],
            name=op.f("fk__required_paper__version_id__procedure_version"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__required_paper")),
        sa.UniqueConstraint(
            "version_id", "position", name=op.f("uq__required_paper__version_id_position")
        ),
    )
    op.create_table(
        "dossier_event",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column(
            "dossier_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("actor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("actor_name", sa.String(length=120), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("agency_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("from_status", sa.Integer(), nullable=True),
        sa.Column("to_status", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("data", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["account.id"], name=op.f("fk__dossier_event__actor_id__account")
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agency.id"], name=op.f("fk__dossier_event__agency_id__agency")
        ),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name=op.f("fk__dossier_event__dossier_id__dossier")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__dossier_event")),
        sa.UniqueConstraint(
            "dossier_id", "number", name=op.f("uq__dossier_event__dossier_id_number")
        ),
    )
    with op.batch_alter_table("dossier_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix__dossier_event_actor_id"), ["actor_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix__dossier_event_agency_id"), ["agency_id"], unique=False
        )

    op.create_table(
        "draft",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("owner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("token_digest", sa.String(length=64), nullable=True),
        sa.Column(
            "procedure_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "version_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("case_name", sa.Text(), nullable=True),
        sa.Column("agency_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "delivery",
            sa.Enum(
                "counter",
                "post",
                "online",
                name="delivery",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("delivery_address", sa.Text(), nullable=True),
        sa.Column(
            "answers", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column(
            "absences", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("step", sa.String(length=80), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column(
            "dossier_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "owner_id IS NOT NULL OR token_digest IS NOT NULL OR dossier_id IS NOT NULL",
            name=op.f("ck__draft__owned"),
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agency.id"], name=op.f("fk__draft__agency_id__agency")
        ),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name=op.f("fk__draft__dossier_id__dossier")
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["account.id"], name=op.f("fk__draft__owner_id__account")
        ),
        sa.ForeignKeyConstraint(
            ["procedure_id"], ["procedure.id"], name=op.f("fk__draft__procedure_id__procedure")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["procedure_version.id"],
            name=op.f("fk__draft__version_id__procedure_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__draft")),
        sa.UniqueConstraint("dossier_id", name=op.f("uq__draft__dossier_id")),
        sa.UniqueConstraint("key", name=op.f("uq__draft__key")),
    )
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix__draft_agency_id"), ["agency_id"], unique=False)
        batch_op.create_index(batch_op.f("ix__draft_expires_at"), ["expires_at"], unique=False)
        batch_op.create_index(batch_op.f("ix__draft_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(batch_op.f("ix__draft_procedure_id"), ["procedure_id"], unique=False)
        batch_op.create_index(batch_op.f("ix__draft_token_digest"), ["token_digest"], unique=False)
        batch_op.create_index(batch_op.f("ix__draft_version_id"), ["version_id"], unique=False)

    op.create_table(
        "register_line",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column(
            "agency_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "dossier_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("entered_at", sa.DateTime(), nullable=False),
        sa.Column("cancelled_because", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agency.id"], name=op.f("fk__register_line__agency_id__agency")
        ),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name=op.f("fk__register_line__dossier_id__dossier")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__register_line")),
        sa.UniqueConstraint(
            "agency_id", "year", "number", name=op.f("uq__register_line__agency_id_year_number")
        ),
        sa.UniqueConstraint("dossier_id", name=op.f("uq__register_line__dossier_id")),
    )
    op.create_table(
        "attachment",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("token", sa.String(length=40), nullable=False),
        sa.Column("draft_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "dossier_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("slot", sa.String(length=80), nullable=False),
        sa.Column("paper", sa.Text(), nullable=True),
        sa.Column("file_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "(draft_id IS NULL) != (dossier_id IS NULL)", name=op.f("ck__attachment__one_home")
        ),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name=op.f("fk__attachment__dossier_id__dossier")
        ),
        sa.ForeignKeyConstraint(
            ["draft_id"],
            ["draft.id"],
            name=op.f("fk__attachment__draft_id__draft"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_file.id"], name=op.f("fk__attachment__file_id__stored_file")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__attachment")),
        sa.UniqueConstraint("token", name=op.f("uq__attachment__token")),
    )
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix__attachment_dossier_id"), ["dossier_id"], unique=False)
        batch_op.create_index(batch_op.f("ix__attachment_draft_id"), ["draft_id"], unique=False)
        batch_op.create_index(batch_op.f("ix__attachment_file_id"), ["file_id"], unique=False)

    # A procedure points at its version in force and a version at its procedure, so one
    # of the two keys can only be added when both tables are there.
    with op.batch_alter_table("procedure") as batch_op:
        batch_op.create_foreign_key(
            op.f("fk__procedure__current_version_id__procedure_version"),
            "procedure_version",
            ["current_version_id"],
            ["id"],
        )


def downgrade() -> None:
    with op.batch_alter_table("procedure") as batch_op:
        batch_op.drop_constraint(
            op.f("fk__procedure__current_version_id__procedure_version"), type_="foreignkey"
        )
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix__attachment_file_id"))
        batch_op.drop_index(batch_op.f("ix__attachment_draft_id"))
        batch_op.drop_index(batch_op.f("ix__attachment_dossier_id"))

    op.drop_table("attachment")
    op.drop_table("register_line")
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix__draft_version_id"))
        batch_op.drop_index(batch_op.f("ix__draft_token_digest"))
        batch_op.drop_index(batch_op.f("ix__draft_procedure_id"))
        batch_op.drop_index(batch_op.f("ix__draft_owner_id"))
        batch_op.drop_index(batch_op.f("ix__draft_expires_at"))
        batch_op.drop_index(batch_op.f("ix__draft_agency_id"))

    op.drop_table("draft")
    with op.batch_alter_table("dossier_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix__dossier_event_agency_id"))
        batch_op.drop_index(batch_op.f("ix__dossier_event_actor_id"))

    op.drop_table("dossier_event")
    op.drop_table("required_paper")
    with op.batch_alter_table("publication_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix__publication_entry_version_id"))
        batch_op.drop_index(batch_op.f("ix__publication_entry_procedure_id"))

    op.drop_table("publication_entry")
    op.drop_table("procedure_case")
    with op.batch_alter_table("legal_basis", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix__legal_basis_number"))

    op.drop_table("legal_basis")
    with op.batch_alter_table("form_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix__form_file_file_id"))

    op.drop_table("form_file")
    op.drop_table("fee")
    with op.batch_alter_table("dossier", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix__dossier_version_id"))
        batch_op.drop_index(batch_op.f("ix__dossier_procedure_id"))
        batch_op.drop_index(batch_op.f("ix__dossier_owner_id"))
        batch_op.drop_index(batch_op.f("ix__dossier_due_date"))
        batch_op.drop_index(batch_op.f("ix__dossier_competent_agency_id"))
        batch_op.drop_index(batch_op.f("ix__dossier_applicant_key"))
        batch_op.drop_index("ix__dossier__received")
        batch_op.drop_index("ix__dossier__inbox")

    op.drop_table("dossier")
    op.drop_table("channel_limit")
    op.drop_table("procedure_version")
    with op.batch_alter_table("procedure_remark", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix__procedure_remark_procedure_id"))

    op.drop_table("procedure_remark")
    with op.batch_alter_table("sign_in_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix__sign_in_session_account_id"))

    op.drop_table("sign_in_session")
    with op.batch_alter_table("publication_decision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix__publication_decision_file_id"))

    op.drop_table("publication_decision")
    with op.batch_alter_table("procedure", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix__procedure_sector_id"))
        batch_op.drop_index(batch_op.f("ix__procedure_current_version_id"))
        batch_op.drop_index("ix__procedure__status_sort")

    op.drop_table("procedure")
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix__membership_agency_id"))
        batch_op.drop_index(batch_op.f("ix__membership_account_id"))

    op.drop_table("membership")
    with op.batch_alter_table("life_event_step", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix__life_event_step_life_event_id"))

    op.drop_table("life_event_step")
    with op.batch_alter_table("article_revision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix__article_revision_written_by"))

    op.drop_table("article_revision")
    with op.batch_alter_table("stored_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix__stored_file_sha256"))
        batch_op.drop_index(batch_op.f("ix__stored_file_owner_id"))

    op.drop_table("stored_file")
    with op.batch_alter_table("sector", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix__sector_group_slug"))

    op.drop_table("sector")
    with op.batch_alter_table("procedure_form", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix__procedure_form_key"))

    op.drop_table("procedure_form")
    with op.batch_alter_table("place", schema=None) as batch_op:
        batch_op.drop_index("ix__place__province_position")

    op.drop_table("place")
    op.drop_table("page")
    with op.batch_alter_table("outbox_job", schema=None) as batch_op:
        batch_op.drop_index("ix__outbox_job__due")

    op.drop_table("outbox_job")
    op.drop_table("life_event")
    op.drop_table("generation")
    op.drop_table("form_definition_version")
    with op.batch_alter_table("failed_attempt", schema=None) as batch_op:
        batch_op.drop_index("ix__failed_attempt__key_at")

    op.drop_table("failed_attempt")
    op.drop_table("counter")
    op.drop_table("calendar_entry")
    op.drop_table("audit_seal")
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix__audit_entry_subject"))
        batch_op.drop_index(batch_op.f("ix__audit_entry_actor_id"))

    op.drop_table("audit_entry")
    with op.batch_alter_table("article", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix__article_section"))
        batch_op.drop_index("ix__article__shown")

    op.drop_table("article")
    with op.batch_alter_table("agency", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix__agency_parent_id"))

    op.drop_table("agency")
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix__account_national_id"))

    op.drop_table("account")
