"""Whole sites for tests: the application on a copy of the seeded sample, and its client."""

import dataclasses
import io
import logging
import os
import shutil
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher
from pyramid.config import Configurator
from pyramid.router import Router
from webtest import TestApp

from content.files import DiskStore
from portal import configure, make_app, provide
from portal.cli import main as command
from portal.cli.program import read_ini
from portal.database import Database, make_engine
from portal.http.kept import around
from portal.security.passwords import Argon2Hasher
from portal.settings import Settings, read_settings
from tests.support.clock import StoppedClock

# Weak on purpose: each real hash takes a tenth of a second and 64 MiB.
WEAK_HASHER = Argon2Hasher(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
ROOT = Path(__file__).parents[2]
INI = ROOT / "development.ini"


def sample_settings(folder: Path, **changes: Any) -> Settings:
    """Development's settings with all data under ``folder``."""
    environ = {
        "PORTAL_DATA_DIR": str(folder),
        "PORTAL_DATABASE_URL": f"sqlite:///{folder}/portal.sqlite3",
    }
    return dataclasses.replace(read_settings(read_ini(INI), environ), **changes)


@cache
def configured() -> Configurator:
    """The configuration without a database, for tests that look at the application itself."""
    config = configure(
        read_settings(read_ini(INI), {}),
        database=Database(make_engine("sqlite://"), StoppedClock()),
        file_store=object(),
        hasher=object(),
        index=object(),
    )
    config.commit()
    return config


class PortalClient(TestApp):
    """Inspects every page it fetches; a page that breaks a rule fails the test."""

    def do_request(self, *args: Any, **kwargs: Any) -> Any:
        """Fetch, then look at what came."""
        from tests.support.page_rules import check_page

        response = super().do_request(*args, **kwargs)
        let_go(response.request.environ)
        if response.content_type == "text/html" and response.request.method != "HEAD":
            problems = check_page(response.text, response.request.url)
            assert not problems, f"{response.request.url}\n" + "\n".join(problems)
        return response


def let_go(environ: dict[str, Any]) -> None:
    """Close the file into which a long body was copied."""
    body = environ["wsgi.input"]
    if isinstance(body, io.BufferedRandom):
        body.close()


@dataclasses.dataclass
class Site:
    """A site with its own copy of the sample."""

    folder: Path
    settings: Settings
    database: Database
    clock: StoppedClock
    app: Any

    def client(self) -> PortalClient:
        """A browser without scripts and without cookies."""
        environ = {"HTTP_HOST": "127.0.0.1:6543"}
        return PortalClient(self.app, extra_environ=environ, parser_features="lxml")

    def run(self, *command_line: str) -> int:
        """A command of the command line on this site's data."""
        return run_command(self.folder, *command_line)


def write_ini(folder: Path) -> Path:
    """An ini file whose data lie under ``folder``."""
    lines = INI.read_text("utf-8").splitlines()
    ini = folder / "site.ini"
    kept = [
        line for line in lines if not line.startswith(("portal.database_url", "portal.data_dir"))
    ]
    kept += [
        f"portal.database_url = sqlite:///{folder}/portal.sqlite3",
        f"portal.data_dir = {folder}",
    ]
    first = kept.index("[app:main]")
    kept[first + 1 : first + 1] = kept[-2:]
    ini.write_text("\n".join(kept[:-2]) + "\n", "utf-8")
    return ini


def run_command(folder: Path, *command_line: str) -> int:
    """``portal -c FOLDER/site.ini …`` in this process; its logging ends with it."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    try:
        return command(["-c", str(write_ini(folder)), *command_line])
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)


def copy_sample(model: Path, folder: Path) -> None:
    """A site's own copy. Segments of the index are never written to again: a second name is
    enough for them."""
    shutil.copytree(model, folder, dirs_exist_ok=True, copy_function=_copy)
    write_ini(folder)


def _copy(source: str, target: str) -> str:
    if source.endswith(".seg"):
        try:
            os.link(source, target)
        except OSError:  # another disk
            pass
        else:
            return target
    return shutil.copyfile(source, target)


#: Applications without a site, by what they are made from; of a site they know what
#: ``provide`` gives.
_idle: dict[tuple[object, ...], list[Router]] = defaultdict(list)


def _made_from(settings: Settings) -> tuple[object, ...]:
    """The settings that ``configure`` reads; all others are asked for at each request."""
    return (
        settings.development,
        settings.secure_cookies,
        settings.site.sample,
        settings.limits.body,
    )


@contextmanager
def _application(settings: Settings, **options: Any) -> Iterator[Router]:
    """An application of its own while it is used. Hundreds of routes and views are made once
    for many sites: what a site has in memory is made anew each time."""
    idle = _idle[_made_from(settings)]
    app = idle.pop() if idle else make_app(settings, **options)
    provide(app.registry, settings, **options)
    yield app
    idle.append(app)


@contextmanager
def open_site(model: Path, folder: Path, clock: StoppedClock, **changes: Any) -> Iterator[Site]:
    """A site on its own copy of the sample in ``model``."""
    copy_sample(model, folder)
    settings = sample_settings(folder, **changes)
    database = Database(make_engine(settings.database_url), clock)
    options = {"file_store": DiskStore(settings.blob_dir), "clock": clock, "hasher": WEAK_HASHER}
    with _application(settings, database=database, **options) as app:
        yield Site(folder, settings, database, clock, around(app, blink=0))
        database.engine.dispose()
