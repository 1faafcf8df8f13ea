"""exports narrowed by more.

Revision ID: 0064
Revises: 0057
"""

import sqlalchemy as sa
from alembic import op

revision = "0064"
down_revision = "0063"
branch_labels = None
depends_on = None

TABLE = "report_export"
LEVELS = sa.Enum(
    *("xã", "huyện", "tỉnh", "cơ quan khác"),
    name="level",
    native_enum=False,
    create_constraint=True,
    length=40,
)
CHANNELS = sa.Enum(
    *("trực tiếp", "trực tuyến", "bưu chính"),
    name="channel",
    native_enum=False,
    create_constraint=True,
    length=40,
)
PROCEDURE = f"fk__{TABLE}__procedure_id__procedure"


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    with op.batch_alter_table(TABLE) as batch_op:
        batch_op.add_column(sa.Column("level", LEVELS, nullable=True))
        batch_op.add_column(sa.Column("channel", CHANNELS, nullable=True))
        batch_op.add_column(sa.Column("procedure_id", number, nullable=True))
        batch_op.create_foreign_key(op.f(PROCEDURE), "procedure", ["procedure_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table(TABLE) as batch_op:
        batch_op.drop_constraint(op.f(PROCEDURE), type_="foreignkey")
        batch_op.drop_constraint(op.f(f"ck__{TABLE}__level"), type_="check")
        batch_op.drop_constraint(op.f(f"ck__{TABLE}__channel"), type_="check")
        batch_op.drop_column("procedure_id")
        batch_op.drop_column("channel")
        batch_op.drop_column("level")
