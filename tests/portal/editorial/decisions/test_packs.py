"""Posting packs: made by the worker, the same bytes each time, nothing in them that runs."""

import io
import zipfile
from typing import Any

import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader
from sqlalchemy import select

from content.files import DiskStore
from content.letters import packs
from content.letters.packs import PackFormat, PackState, PostingPack, Scope
from content.procedures.models import Sector
from portal.posting import PackMaker
from portal.worker import Worker
from tests.portal.editorial.decisions import desk
from tests.support.officer import Officer
from tests.support.site import Site


@pytest.fixture
def maker(site: Site) -> PackMaker:
    store = DiskStore(site.settings.blob_dir)
    return PackMaker(site.database, store, site.settings, site.clock)


def order(site: Site, form: PackFormat) -> int:
    """The smallest sector's pack."""
    with site.database.writing_sessions.begin() as session:
        sectors = session.scalars(select(Sector)).all()
        sized = [(len(packs.procedures(session, Scope(one))), one) for one in sectors[:12]]
        _count, sector = min(((n, one) for n, one in sized if n), key=lambda pair: pair[0])
        return packs.order(session, Scope(sector), form, by=None, now=site.clock()).id


def content(site: Site, maker: PackMaker, number: int) -> bytes:
    maker.make(number)
    with site.database.sessions() as session:
        pack = session.get_one(PostingPack, number)
        assert pack.state is PackState.READY
        assert pack.done == pack.total > 0
        with maker.store.open(pack.file.key) as source:
            return source.read()


@pytest.mark.parametrize("form", list(PackFormat))
def test_the_same_content_gives_the_same_bytes(
    site: Site, maker: PackMaker, form: PackFormat
) -> None:
    one, other = order(site, form), order(site, form)
    assert content(site, maker, one) == content(site, maker, other)


def test_the_paper_has_a_cover_with_the_feedback_address_and_all_sheets(
    site: Site, maker: PackMaker
) -> None:
    number = order(site, PackFormat.PDF)
    reader = PdfReader(io.BytesIO(content(site, maker, number)))
    text = " ".join(reader.pages[0].extract_text().split())
    assert site.settings.site.email in text
    assert "23/11/2026" in text
    width, height = (float(one) for one in reader.pages[0].mediabox[2:])
    assert (round(width), round(height)) == (595, 842)


def test_the_site_works_without_scripts_and_without_network(site: Site, maker: PackMaker) -> None:
    archive = zipfile.ZipFile(io.BytesIO(content(site, maker, order(site, PackFormat.SITE))))
    names = set(archive.namelist())
    pages = [one for one in names if one.endswith(".html")]
    for name in pages:
        soup = BeautifulSoup(archive.read(name), "html.parser")
        assert not soup.find_all(["script", "img", "iframe"])
        assert not [tag for tag in soup.find_all(True) for attr in tag.attrs if attr[:2] == "on"]
        for link in [
            tag[attr] for attr in ("href", "src") for tag in soup.find_all(**{attr: True})
        ]:
            target = link.split("#")[0]
            assert not target or _joined(name, target) in names, (name, link)
        assert soup.h1
        assert soup.title.string == soup.h1.get_text()


def _joined(page: str, link: str) -> str:
    folder = page.rpartition("/")[0]
    if link.startswith("../"):
        return link.removeprefix("../")
    return f"{folder}/{link}" if folder else link


def test_an_editor_orders_a_pack_and_takes_it(site: Site, maker: PackMaker) -> None:
    editor = Officer(site, desk.WRITER)
    editor.go("/bien-tap/quyet-dinh/bo-niem-yet")
    form: Any = editor.page.forms["f"]
    form["sector"] = next(one for one, *_ in form["sector"].options if one)
    form["format"] = "site"
    editor.page = form.submit("gui", status=303).follow()
    assert "Đang chờ" in editor.text
    worker = Worker(
        site.database, site.clock, {packs.JOB: maker, "content.changed": lambda _: None}
    )
    worker.drain()
    editor.go("/bien-tap/quyet-dinh/bo-niem-yet")
    assert "Đã xong" in editor.text
    taken = editor.page.click("Tải về", index=0)
    assert zipfile.ZipFile(io.BytesIO(taken.body)).testzip() is None


def test_a_pack_of_nothing_is_refused(site: Site) -> None:
    editor = Officer(site, desk.WRITER)
    page = editor.go("/bien-tap/quyet-dinh/bo-niem-yet")
    form = page.forms["f"]
    form["format"].force_value("tranh")
    assert form.submit("gui", status=422)
