"""Writes a new migration: ``python -m content.migrations.make "what changes"``.

Upgrades an empty database to the newest schema, compares it with the models and
writes the difference. Read what it wrote before you commit it.
"""

import sys

from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from content.schema import alembic_config


def main(message: str) -> None:
    """Write the migration."""
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        config = alembic_config(connection)
        known = list(ScriptDirectory.from_config(config).walk_revisions())
        command.upgrade(config, "head")
        number = f"{len(known) + 1:04d}"
        command.revision(config, message=message, autogenerate=True, rev_id=number)


if __name__ == "__main__":
    main(" ".join(sys.argv[1:]) or "no message")
