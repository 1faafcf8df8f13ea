"""Making posting packs: a PDF for the board, or plain pages for a kiosk without network.

Done by the worker, as of the moment the pack was ordered, so that the same content gives
the same bytes. Progress is written down on the way; a pack made twice is made once.
"""

import io
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import jinja2
from sqlalchemy.orm import Session

import templates
from content import words
from content.files import FileService, FileStore
from content.letters import packs
from content.letters.packs import PackFormat, PackState, PostingPack
from content.letters.posting import PostingSheet
from content.letters.posting_pack import PostingPackLetter
from content.letters.render import Letters
from content.letters.values import Office, local_day
from content.outbox import Job
from content.procedures.models import Procedure
from content.procedures.reads import versions
from content.procedures.reception_places import place_of
from content.procedures.wording import status_in_words
from content.text import slugify
from portal.database import Database
from portal.settings import Settings

STEP = 25
FOLDER = Path(templates.__file__).parent / "posting"
#: Zip files begin in 1980; the time within is that of nothing.
_EPOCH = (1980, 1, 1, 0, 0, 0)


class PackMaker:
    """Handler of the outbox's jobs of kind ``posting_pack``."""

    def __init__(
        self,
        database: Database,
        store: FileStore,
        settings: Settings,
        clock: Callable[[], datetime],
        letters: Callable[[], Letters] = Letters,
    ) -> None:
        self.database = database
        self.store = store
        self.settings = settings
        self.clock = clock
        self.letters = letters

    def __call__(self, jobs: list[Job]) -> None:
        """Make each; what is ready is left alone."""
        for job in jobs:
            self.make(int(job.payload["pack"]))

    def make(self, number: int) -> None:
        """Make one pack. Of a pack that cannot be made the reason is kept, and raised."""
        with self.database.sessions() as session:
            pack = session.get(PostingPack, number)
            if pack is None or pack.state is PackState.READY:
                return
        self._write(number, state=PackState.MAKING, done=0)
        try:
            content, name, media_type = self._content(number)
        except Exception as error:
            self._write(number, state=PackState.FAILED, reason=type(error).__name__)
            raise
        self._keep(number, content, name, media_type)

    def _content(self, number: int) -> tuple[bytes, str, str]:
        with self.database.sessions() as session:
            pack = session.get_one(PostingPack, number)
            found = packs.procedures(session, packs.scope_of(session, pack))
            sheets = []
            for place, procedure in enumerate(found, start=1):
                sheets.append((procedure, self._sheet(session, procedure, pack.made_at)))
                if place % STEP == 0:
                    self._write(number, done=place)
            name = slugify(pack.title, limit=80)
            if pack.format is PackFormat.PDF:
                return self._pdf(pack, sheets), f"{name}.pdf", "application/pdf"
            return self._site(pack, sheets), f"{name}.zip", "application/zip"

    def _sheet(self, session: Session, procedure: Procedure, at: datetime) -> PostingSheet:
        version, site = procedure.current_version, self.settings.site
        assert version is not None  # procedures in force have one
        rows = versions(session, procedure)
        decision = next((row.decision for row in rows if row.id == version.id), None)
        return PostingSheet(
            record=version.document,
            office=self._office(),
            url=f"{site.base_url}/thu-tuc/{procedure.address}",
            feedback=self._feedback(),
            made_at=at,
            valid_from=version.valid_from,
            decision=decision.number if decision else "",
            standing=status_in_words(procedure.status, procedure.status_since),
            place=place_of(session, procedure.id),
            sample=site.sample,
        )

    def _office(self) -> Office:
        site = self.settings.site
        return Office(name=site.authority, place=site.authority, hotline=site.hotline)

    def _feedback(self) -> str:
        return f"{self.settings.site.address}; {self.settings.site.email}"

    def _pdf(self, pack: PostingPack, sheets: list[tuple[Procedure, PostingSheet]]) -> bytes:
        letter = PostingPackLetter(
            title=pack.title,
            sheets=[sheet for _procedure, sheet in sheets],
            office=self._office(),
            url=f"{self.settings.site.base_url}/thu-tuc",
            feedback=self._feedback(),
            made_at=pack.made_at,
            sample=self.settings.site.sample,
        )
        return self.letters().make(letter)

    def _site(self, pack: PostingPack, sheets: list[tuple[Procedure, PostingSheet]]) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for path, content in self._pages(pack, sheets):
                archive.writestr(_entry(path), content)
        return out.getvalue()

    def _pages(
        self, pack: PostingPack, sheets: list[tuple[Procedure, PostingSheet]]
    ) -> Iterator[tuple[str, str]]:
        environment = _environment()
        values: dict[str, Any] = {
            "title": pack.title,
            "site": self.settings.site,
            "printed": words.short_date(local_day(pack.made_at)),
            "feedback": self._feedback(),
        }
        listed = [(_path(procedure), procedure, sheet) for procedure, sheet in sheets]
        sectors: dict[str, list[tuple[str, Procedure]]] = {}
        for path, procedure, _sheet in listed:
            name = procedure.sector.name if procedure.sector else "Lĩnh vực khác"
            sectors.setdefault(name, []).append((path, procedure))
        index = environment.get_template("index.jinja2")
        yield "index.html", index.render(sectors=sectors, count=len(listed), **values)
        yield "kieu.css", (FOLDER / "kieu.css").read_text("utf-8")
        page = environment.get_template("procedure.jinja2")
        for path, _procedure, sheet in listed:
            yield path, page.render(sheet=sheet.sheet(), **values)

    def _keep(self, number: int, content: bytes, name: str, media_type: str) -> None:
        with self.database.writing_sessions.begin() as session:
            pack = session.get_one(PostingPack, number)
            kept = FileService(session, self.store).keep(
                io.BytesIO(content), name=name, media_type=media_type, now=self.clock()
            )
            pack.file = kept
            pack.state = PackState.READY
            pack.done = pack.total

    def _write(self, number: int, **fields: Any) -> None:
        with self.database.writing_sessions.begin() as session:
            pack = session.get_one(PostingPack, number)
            for name, value in fields.items():
                setattr(pack, name, value)


def _path(procedure: Procedure) -> str:
    return f"thu-tuc/{procedure.address.replace('/', '-')}.html"


def _entry(path: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(path, _EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry


def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(FOLDER),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
