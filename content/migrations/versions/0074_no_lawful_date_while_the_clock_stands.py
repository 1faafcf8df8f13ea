"""no lawful date while the clock stands.

Revision ID: 0074
Revises: 0064
"""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

revision = "0074"
down_revision = "0064"
branch_labels = None
depends_on = None

#: As it was when this was written.
LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")
WAITS = (5, 6)


def upgrade() -> None:
    dossier = _dossier()
    connection = op.get_bind()
    query = sa.select(dossier.c.id, dossier.c.status_since, dossier.c.lawful_date)
    waiting = query.where(dossier.c.status.in_(WAITS), dossier.c.lawful_date.is_not(None))
    in_time = [
        row.id
        for row in connection.execute(waiting)
        if _local_day(row.status_since) <= row.lawful_date
    ]
    for start in range(0, len(in_time), 500):
        ids = in_time[start : start + 500]
        connection.execute(dossier.update().where(dossier.c.id.in_(ids)).values(lawful_date=None))


def downgrade() -> None:
    dossier = _dossier()
    waits = (dossier.c.status.in_(WAITS), dossier.c.lawful_date.is_(None))
    op.get_bind().execute(dossier.update().where(*waits).values(lawful_date=dossier.c.due_date))


def _local_day(instant: datetime) -> date:
    # SQLite keeps UTC without saying so.
    aware = instant if instant.tzinfo else instant.replace(tzinfo=UTC)
    return aware.astimezone(LOCAL).date()


def _dossier() -> sa.Table:
    return sa.Table(
        "dossier",
        sa.MetaData(),
        sa.Column("id", sa.BigInteger),
        sa.Column("status", sa.Integer),
        sa.Column("status_since", sa.DateTime(timezone=True)),
        sa.Column("lawful_date", sa.Date),
        sa.Column("due_date", sa.Date),
    )
