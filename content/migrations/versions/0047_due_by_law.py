"""the due date by law, by which lateness is judged.

Supplements and lawful waiting move it, an apology does not. Dossiers of before: an apology
kept the receipt's date, all others are judged by the date that holds now.

Revision ID: 0047
Revises: 0046
"""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None

INDEX = "ix__dossier__report"
AFTER = ("procedure_id", "channel", "agency_id", "unit_id", "competent_agency_id", "status")


def upgrade() -> None:
    with op.batch_alter_table("dossier", schema=None) as batch_op:
        batch_op.add_column(sa.Column("lawful_date", sa.Date(), nullable=True))
    names = ("extended_to", "promised_date", "due_date", "lawful_date")
    dossier = sa.table("dossier", *(sa.column(name) for name in names))
    by_law = sa.case(
        (dossier.c.extended_to.is_(None), dossier.c.due_date), else_=dossier.c.promised_date
    )
    op.execute(dossier.update().values(lawful_date=by_law))
    _index("lawful_date")


def downgrade() -> None:
    _index("promised_date")
    with op.batch_alter_table("dossier", schema=None) as batch_op:
        batch_op.drop_column("lawful_date")


def _index(day: str) -> None:
    with op.batch_alter_table("dossier", schema=None) as batch_op:
        batch_op.drop_index(INDEX)
        batch_op.create_index(INDEX, ["finished_at", "received_at", day, *AFTER], unique=False)
