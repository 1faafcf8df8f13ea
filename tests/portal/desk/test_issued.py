"""Issued papers at the desk: made by the worker or when opened, printed, in trouble, owned."""

from pathlib import Path

from sqlalchemy import select

from content.dossiers.log import LETTER
from content.dossiers.models import Dossier
from content.files import DiskStore
from content.letters.issued import IssuedPaper, PaperPrint
from content.letters.render import Letters
from content.outbox import OutboxJob
from portal.filing import site_of_letters
from portal.paper_maker import PaperMaker
from portal.worker import Worker
from tests.content.letters.reading import flat, text_of
from tests.support.dossiers import accept, file_all
from tests.support.officer import Officer
from tests.support.site import Site


def maker(site: Site, letters=Letters) -> PaperMaker:
    store = DiskStore(site.settings.blob_dir)
    return PaperMaker(site.database, store, site_of_letters(site.settings), site.clock, letters)


def worker(site: Site, letters=Letters) -> Worker:
    return Worker(site.database, site.clock, {LETTER: maker(site, letters), "mail": list})


def paper(site: Site) -> IssuedPaper | None:
    with site.database.sessions() as session:
        return session.scalars(select(IssuedPaper)).first()


def job(site: Site) -> OutboxJob | None:
    with site.database.sessions() as session:
        return session.scalars(select(OutboxJob).where(OutboxJob.kind == LETTER)).first()


def accepted(site: Site) -> str:
    code = file_all(site)[0]
    accept(site, code)
    return code


def test_the_worker_makes_the_paper_and_the_desk_sends_its_bytes(site: Site) -> None:
    code = accepted(site)
    assert paper(site) is None
    worker(site).drain()
    made = paper(site)
    assert made is not None
    assert job(site) is None
    body = Officer(site).client.get(f"/can-bo/ho-so/{code}/giay-tiep-nhan.pdf").body
    assert flat(
        f"mã {made.check_code[:4]}-{made.check_code[4:8]}-{made.check_code[8:]}"
    ) in text_of(body)
    assert paper(site).issued_at == site.clock()


def test_opening_it_before_the_worker_makes_it_and_the_worker_finds_it_made(site: Site) -> None:
    code = accepted(site)
    officer = Officer(site)
    assert "Đang lập; mở giấy để lập ngay." in officer.dossier(code).text
    first = officer.client.get(f"/can-bo/ho-so/{code}/giay-tiep-nhan.pdf").body
    site.clock.move(hours=1)
    worker(site).drain()
    assert job(site) is None
    again = Officer(site).client.get(f"/can-bo/ho-so/{code}/giay-tiep-nhan.pdf").body
    assert again == first


def test_a_failing_printer_holds_up_nothing_and_the_job_stays_in_sight(
    site: Site, tmp_path: Path
) -> None:
    code = accepted(site)
    worker(site, lambda: Letters((tmp_path,))).drain()
    waiting = job(site)
    assert waiting is not None
    assert "FontsMissing" in (waiting.last_error or "")
    officer = Officer(site)
    assert "Chưa lập được, hệ thống sẽ thử lại" in officer.dossier(code).text
    number = paper(site).check_code
    site.clock.move(hours=1)
    worker(site).drain()
    assert job(site) is None
    made = paper(site)
    assert made.check_code == number
    assert made.digest is not None


def test_somebody_who_waits_is_told_that_it_cannot_be_made(site: Site) -> None:
    code = accepted(site)
    with site.database.writing_sessions.begin() as session:
        dossier = session.scalars(select(Dossier).where(Dossier.lookup_code == code)).one()
        dossier.delivery_address = None
        dossier.agency_name = " "
    officer = Officer(site)
    page = officer.client.get(f"/can-bo/ho-so/{code}/giay-tiep-nhan.pdf", status=503)
    assert "Chưa lập được văn bản" in page.text
    assert paper(site) is None


def test_printings_are_counted_and_shown(site: Site) -> None:
    code = accepted(site)
    officer = Officer(site)
    officer.dossier(code)
    answer = officer.form("/giay-tiep-nhan/in").submit("kho", value="a5", status=303)
    assert answer.location.endswith(f"/can-bo/ho-so/{code}/giay-tiep-nhan.pdf?kho=a5")
    officer.form("/giay-tiep-nhan/in").submit("kho", value="a4", status=303)
    assert "Đã in 2 lần, gần nhất" in officer.dossier(code).text
    assert "Trần Văn Một" in officer.text
    with site.database.sessions() as session:
        assert [one.size for one in session.scalars(select(PaperPrint))] == ["a5", "a4"]


def test_nobody_prints_what_is_not_there(site: Site) -> None:
    code = accepted(site)
    officer = Officer(site)
    officer.dossier(code)
    form = officer.form("/giay-tiep-nhan/in")
    form.action = f"/can-bo/ho-so/{code}/phieu-bo-sung/in"
    form.submit("kho", value="a4", status=404)
    officer.client.get(f"/can-bo/ho-so/{code}/giay-tiep-nhan-2.pdf", status=404)


def test_the_owner_gets_the_same_bytes(site: Site) -> None:
    code = accepted(site)
    desk = Officer(site).client.get(f"/can-bo/ho-so/{code}/giay-tiep-nhan.pdf").body
    owner = Officer(site, "congdan@example.vn")
    page = owner.go(f"/tai-khoan/ho-so/{code}")
    link = page.html.select_one("a[href$='giay-tiep-nhan.pdf']")
    assert link is not None
    assert owner.client.get(link["href"]).body == desk
    assert owner.client.get(f"/tai-khoan/ho-so/{code}/xac-nhan-nop.pdf").body[:5] == b"%PDF-"
