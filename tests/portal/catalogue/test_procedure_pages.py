"""One procedure as people and machines read it."""

import io
import json
from datetime import date

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from content.files import FileService
from content.procedures import publishing
from content.procedures.decisions import PublicationDecision
from content.procedures.kinds import Level, Status
from content.procedures.models import Procedure
from content.procedures.parts import FormFile
from tests.support.site import Site

BIRTH = "/thu-tuc/1.001193"


def one_with(site: Site, *conditions) -> str:
    """The address of some procedure."""
    with site.database.sessions() as session:
        found = session.scalars(select(Procedure).where(*conditions).order_by(Procedure.id))
        return f"/thu-tuc/{found.first().address}"


def test_the_four_questions_are_answered_before_the_one_button(reading_site: Site):
    box = reading_site.client().get(BIRTH).html.select_one(".answers")
    assert [term.text for term in box.select("dt")] == [
        "Mất bao lâu",
        "Tốn bao nhiêu",
        "Cần gì",
        "Nộp ở đâu",
    ]
    assert "Trong ngày" in box.text
    assert "Không thu phí" in box.text
    (button,) = box.select(".btn")
    assert button["href"] == "/nop-ho-so/1.001193"


def test_every_part_of_the_law_has_its_place(reading_site: Site):
    page = reading_site.client().get(BIRTH).html
    anchors = {link["href"].removeprefix("#") for link in page.select(".contents a")}
    assert anchors == {heading["id"] for heading in page.select(".part > h2")}
    assert "Chưa có thông tin" in page.find(id="trinh-tu").parent.text


def test_a_case_narrows_the_papers_without_a_script(reading_site: Site):
    client = reading_site.client()
    every = client.get(BIRTH)
    links = every.html.select(".cases__link")
    chosen = client.get(links[1]["href"].split("#")[0])
    assert chosen.html.select_one(".cases__link[aria-current]").text == links[1].text
    assert (
        0 < len(chosen.html.select(".checklist > li")) < len(every.html.select(".checklist > li"))
    )


@pytest.mark.parametrize("asked", ["0", "999", "x", "-1", "'", "<b>", "%00"])
def test_any_case_shows_a_page_or_is_refused(reading_site: Site, asked: str):
    given = reading_site.client().get(f"{BIRTH}?truong-hop={asked}", expect_errors=True)
    assert given.status_int == (400 if asked == "%00" else 200)


def test_machines_read_the_same(reading_site: Site):
    page = reading_site.client().get(BIRTH).html
    described = json.loads(page.select_one('script[type="application/ld+json"]').string)
    assert described["@type"] == "GovernmentService"
    assert described["identifier"] == "1.001193"
    assert described["name"] == page.h1.text
    assert described["availableChannel"]["serviceUrl"].endswith("/nop-ho-so/1.001193")
    assert all(described.values())


@pytest.mark.parametrize("other", ["1.001193.H41", "1.001193.000.00.00.H26", "1.001193/cap-xa"])
def test_other_ways_to_write_the_code_lead_to_the_one_address(reading_site: Site, other: str):
    moved = reading_site.client().get(f"/thu-tuc/{other}?in=1", status=301)
    assert moved.headers["Location"].endswith(f"{BIRTH}?in=1")


def test_a_code_at_two_levels_offers_the_switch(reading_site: Site):
    secondary = one_with(reading_site, ~Procedure.is_primary, Procedure.code.is_not(None))
    client = reading_site.client()
    page = client.get(secondary)
    primary = secondary.rpartition("/cap-")[0]
    assert primary in {link["href"] for link in page.html.select(".page-head a")}
    assert secondary in {link["href"] for link in client.get(primary).html.select(".page-head a")}


def test_a_procedure_without_code_has_an_address_of_its_own(reading_site: Site):
    address = one_with(reading_site, Procedure.code.is_(None))
    page = reading_site.client().get(address)
    assert ">Mã" not in page.text


def test_a_district_procedure_is_history_without_a_button(reading_site: Site):
    address = one_with(reading_site, Procedure.level == Level.DISTRICT)
    page = reading_site.client().get(address).html
    assert "Hết hiệu lực từ 01/7/2025" in page.select_one(".notice--bad").text
    assert not page.select(".answers__act .btn")


def test_historical_data_say_that_they_are(reading_site: Site):
    address = one_with(reading_site, Procedure.status == Status.HISTORICAL)
    page = reading_site.client().get(address).html
    assert "Dữ liệu lịch sử – chưa xác minh hiệu lực" in page.select_one(".notice--warn").text
    assert not page.select(".answers__act .btn")


def test_fees_of_other_provinces_are_not_shown_as_ours(reading_site: Site):
    page = reading_site.client().get(BIRTH).text
    assert "Quảng Ninh" not in page
    assert "25.000 đồng" not in page
    assert "github" not in page


def test_the_paper_to_print_has_everything_unfolded(reading_site: Site):
    client = reading_site.client()
    assert client.get(BIRTH).html.select_one("#can-cu + details").get("open") is None
    assert client.get(f"{BIRTH}?in=1").html.select_one("#can-cu + details").get("open") is not None


@pytest.mark.parametrize("address", ["9.999999", "khong-co", "x" * 5000, "1.001193/cap-bo"])
def test_what_is_not_there_is_not_found(reading_site: Site, address: str):
    reading_site.client().get(f"/thu-tuc/{address}", status=404)


@pytest.mark.parametrize("number", ["2", "0", "x", "9" * 50, "-1"])
def test_a_version_that_is_not_there_is_not_found(reading_site: Site, number: str):
    reading_site.client().get(f"{BIRTH}?phien-ban={number}", status=404)


def test_pages_may_be_kept_by_caches(reading_site: Site):
    headers = reading_site.client().get(BIRTH).headers
    assert headers["Cache-Control"].startswith("public")
    assert "Set-Cookie" not in headers


def test_an_abolished_procedure_names_the_decision_and_takes_no_dossier(site: Site):
    now = site.clock()
    with site.database.writing_sessions.begin() as session:
        procedure = session.scalars(
            select(Procedure).where(Procedure.code == "1.001193", Procedure.is_primary)
        ).one()
        decision = PublicationDecision(
            number="99/QĐ-UBND", signed_on=date(2026, 11, 1), agency="UBND tỉnh Sơn Hà Mẫu"
        )
        publishing.abolish(session, decision, [procedure], now=now)
    page = site.client().get(BIRTH).html
    assert "bãi bỏ theo Quyết định số 99/QĐ-UBND" in page.select_one(".notice--bad").text
    assert not page.select(".answers__act .btn")


def test_the_posting_sheet_says_what_the_page_says(reading_site: Site):
    client = reading_site.client()
    link = client.get(BIRTH).html.find("a", string="Tải bảng niêm yết (PDF)")
    given = client.get(link["href"])
    assert given.content_type == "application/pdf"
    text = " ".join(PdfReader(io.BytesIO(given.body)).pages[0].extract_text().split())
    assert "đăng ký khai sinh" in text.lower()
    assert "1.001193" in text
    client.get("/thu-tuc/9.999999.pdf", status=404)


def test_a_form_of_its_own_can_be_filled_in_or_taken_blank(reading_site: Site):
    client = reading_site.client()
    page = client.get("/thu-tuc/1.004222").html
    fill, blank = page.select("#bieu-mau ~ p a.btn")
    assert client.get(fill["href"]).html.form
    assert client.get(blank["href"]).content_type == "application/pdf"


def test_a_form_of_ours_can_be_downloaded_under_its_name(site: Site):
    with site.database.writing_sessions.begin() as session:
        form = session.scalars(
            select(FormFile)
            .join(Procedure, Procedure.current_version_id == FormFile.version_id)
            .where(Procedure.code.is_not(None), Procedure.is_primary)
            .order_by(FormFile.id)
        ).first()
        store = site.app.registry["file_store"]
        stored = FileService(session, store).keep(
            io.BytesIO(b"noi dung"), name="Tờ khai.docx", media_type="text/plain", now=site.clock()
        )
        session.flush()
        form.file_id = stored.id
        version_id = form.version_id
    address = one_with(site, Procedure.current_version_id == version_id)
    client = site.client()
    (link,) = client.get(address).html.select("#bieu-mau ~ ul a")
    given = client.get(link["href"])
    assert given.body == b"noi dung"
    disposition = given.headers["Content-Disposition"]
    assert disposition.startswith('attachment; filename="to-khai.docx"')
    assert "filename*=UTF-8''T%E1%BB%9D%20khai.docx" in disposition


@pytest.mark.parametrize("file", ["0", "1", "x", "9" * 40, "..%2f..%2fetc"])
def test_a_form_without_a_file_is_not_found(reading_site: Site, file: str):
    reading_site.client().get(f"{BIRTH}/bieu-mau/{file}", status=404)
