"""Schema changes by Alembic, for SQLite and PostgreSQL alike."""
