"""the calendar keeps what held before, agencies have hours of a season.

Revision ID: 0044
Revises: 0043
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from content.calendar.holidays_seed import counterparts

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
PEOPLE = ("entered_by_id", "ended_by_id")
HOLDS = sa.text("ended_at IS NULL")


def upgrade() -> None:
    with op.batch_alter_table("calendar_entry") as batch_op:
        batch_op.add_column(sa.Column("counterpart", sa.Date()))
        for name in ("entered_at", "ended_at"):
            batch_op.add_column(sa.Column(name, sa.DateTime()))
        for name in PEOPLE:
            batch_op.add_column(sa.Column(name, ID))
            key = f"fk__calendar_entry__{name}__account"
            batch_op.create_foreign_key(key, "account", [name], ["id"])
        batch_op.drop_constraint("uq__calendar_entry__date", type_="unique")
    for name in PEOPLE:
        op.create_index(f"ix__calendar_entry_{name}", "calendar_entry", [name])
    op.create_index(
        "ix__calendar_entry__date",
        "calendar_entry",
        ["date"],
        unique=True,
        sqlite_where=HOLDS,
        postgresql_where=HOLDS,
    )
    entry = sa.table(
        "calendar_entry", sa.column("date", sa.Date), sa.column("counterpart", sa.Date)
    )
    for day, other in counterparts().items():
        op.execute(entry.update().where(entry.c.date == day).values(counterpart=other))
    with op.batch_alter_table("agency") as batch_op:
        batch_op.add_column(sa.Column("seasons", JSON, nullable=False, server_default="[]"))
    with op.batch_alter_table("agency") as batch_op:
        batch_op.alter_column("seasons", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("agency") as batch_op:
        batch_op.drop_column("seasons")
    # A day can hold once only again; what ended is forgotten.
    op.execute("DELETE FROM calendar_entry WHERE ended_at IS NOT NULL")
    op.drop_index("ix__calendar_entry__date", table_name="calendar_entry")
    for name in PEOPLE:
        op.drop_index(f"ix__calendar_entry_{name}", table_name="calendar_entry")
    with op.batch_alter_table("calendar_entry") as batch_op:
        for name in PEOPLE:
            batch_op.drop_constraint(f"fk__calendar_entry__{name}__account", type_="foreignkey")
            batch_op.drop_column(name)
        for name in ("ended_at", "entered_at", "counterpart"):
            batch_op.drop_column(name)
        batch_op.create_unique_constraint("uq__calendar_entry__date", ["date"])
