"""What commands share: settings, clock, database and services, made when first used."""

import configparser
from contextlib import AbstractContextManager
from datetime import datetime
from functools import cached_property
from pathlib import Path
from types import TracebackType

from sqlalchemy.orm import Session

from content.files import DiskStore
from portal.database import Database, make_engine
from portal.services import utc_now
from portal.settings import Settings, SettingsError, read_settings

SECTION = "app:main"


class CommandFailed(Exception):
    """A job was refused or failed; the message is one line for the person at the terminal."""


def read_ini(path: Path) -> dict[str, str]:
    """The application's section of an ini file, empty values left out."""
    parser = configparser.ConfigParser(interpolation=None)
    if not parser.read(path, encoding="utf-8") or SECTION not in parser:
        raise SettingsError(f"{path}: no such file, or no [{SECTION}] in it")
    return {name: value for name, value in parser[SECTION].items() if value}


class Program(AbstractContextManager["Program"]):
    """One run of the command line."""

    def __init__(self, config: str) -> None:
        self.config = Path(config)

    @cached_property
    def settings(self) -> Settings:
        """The settings; problems are reported together."""
        settings = read_settings(read_ini(self.config))
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        return settings

    @cached_property
    def database(self) -> Database:
        """The authority's database."""
        return Database(make_engine(self.settings.database_url), utc_now)

    @cached_property
    def file_store(self) -> DiskStore:
        """The stored files."""
        return DiskStore(self.settings.blob_dir)

    @property
    def now(self) -> datetime:
        """The current instant."""
        return utc_now()

    def writing(self) -> AbstractContextManager[Session]:
        """A session that commits at the end, or rolls back on error."""
        return self.database.writing_sessions.begin()

    def reading(self) -> AbstractContextManager[Session]:
        """A session for reading."""
        return self.database.sessions()

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        """Close what was opened."""
        if "database" in self.__dict__:
            self.database.engine.dispose()
