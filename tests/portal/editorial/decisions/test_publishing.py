"""A decision from its first line to the day on which it holds."""

import dataclasses
import io
import json
import zipfile
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from content.outbox import OutboxJob
from content.procedures.drafting import DraftService
from content.procedures.kinds import Level
from content.procedures.models import Procedure
from tests.portal.editorial.decisions import desk
from tests.portal.editorial.imports.taking import record_of, take, upload
from tests.support.clock import StoppedClock
from tests.support.officer import Officer
from tests.support.site import Site, open_site, sample_settings


def test_three_are_amended_and_one_abolished_at_midnight(site: Site) -> None:
    editor = Officer(site, desk.WRITER)
    desk.whole_decision(site, editor)
    assert "Đã đủ điều kiện" in editor.text
    assert "Trưởng ban biên tập công bố" in editor.text
    address = editor.page.request.path
    chief = Officer(site, desk.CHIEF)
    chief.go(address)
    desk.press(chief, "/cong-bo")
    assert "Quyết định đã được công bố" in chief.page.text
    assert "Chưa hiệu lực" in chief.text

    chief.go(f"/bien-tap/thu-tuc/{_procedure(site, desk.ABOLISHED)}")
    assert "Theo quyết định đã công bố, thủ tục thôi áp dụng từ 24/11/2026." in chief.text
    reader = site.client()
    today = reader.get("/thu-tuc/1.001193")
    assert "Kết quả mới của 1.001193" not in today.text
    told = "áp dụng nội dung mới theo Quyết định số 125/QĐ-UBND"
    assert told in today.text
    assert "Kết quả mới của 1.001193" in today.click("Xem trước nội dung mới").text
    ending = reader.get(f"/thu-tuc/{desk.ABOLISHED}").text
    assert "thôi áp dụng theo Quyết định số 125/QĐ-UBND" in ending
    assert f"/nop-ho-so/{desk.ABOLISHED}" in ending
    # One second before midnight in Việt Nam, and midnight; no worker runs.
    site.clock.now = site.clock.now.replace(hour=16, minute=59, second=59)
    last = reader.get("/thu-tuc/1.001193")
    assert "Kết quả mới" not in last.text
    assert last.headers["Cache-Control"] == "public, max-age=0, s-maxage=1"
    site.clock.now += timedelta(seconds=1)
    for code in desk.AMENDED:
        new = reader.get(f"/thu-tuc/{code}").text
        assert f"Kết quả mới của {code}" in new
        assert told not in new
    gone = reader.get(f"/thu-tuc/{desk.ABOLISHED}")
    assert "Thủ tục đã bị bãi bỏ theo Quyết định số 125/QĐ-UBND" in gone.text
    assert f"/nop-ho-so/{desk.ABOLISHED}" not in gone.text
    refused = reader.get(f"/nop-ho-so/{desk.ABOLISHED}", expect_errors=True).maybe_follow()
    assert not [form for form in refused.forms.values() if "nop-ho-so" in form.action]
    listed = reader.get("/thu-tuc", {"q": "đăng ký kết hôn"})
    assert f'href="/thu-tuc/{desk.ABOLISHED}"' not in listed.text


def test_the_page_as_it_was_on_a_day(site: Site) -> None:
    editor = Officer(site, desk.WRITER)
    fees = [
        {"kind": "lệ phí", "amount": 12_000, "valid_to": "2026-11-30"},
        {"kind": "lệ phí", "amount": 15_000, "valid_from": "2026-12-01"},
    ]
    desk.draft(site, "1.001193", fee=fees)
    desk.whole_decision(site, editor)
    chief = Officer(site, desk.CHIEF)
    chief.go(editor.page.request.path)
    desk.press(chief, "/cong-bo")
    site.clock.move(days=2)
    reader = site.client()

    def fees_on(day: str) -> str:
        page = reader.get("/thu-tuc/1.001193", {"ngay": day} if day else {})
        told: str = page.html.find(id="phi").parent.get_text(" ", strip=True)
        return told.replace("\u202f", ".").replace("\xa0", " ")

    # Before the decision; under it; and when its first fee is over.
    assert "12.000" not in fees_on("23/11/2026")
    assert "12.000" in fees_on("25/11/2026")
    site.clock.move(days=10)
    assert "12.000" not in fees_on("")
    assert "15.000" in fees_on("")
    assert "12.000" in fees_on("25/11/2026")
    assert "12.000" not in fees_on("23/11/2026")
    site.clock.move(days=-10)
    old = reader.get("/thu-tuc/1.001193?ngay=23/11/2026")
    assert "nội dung của ngày 23/11/2026" in old.text
    assert "Kết quả mới" not in old.text
    assert "nội dung của ngày" not in reader.get("/thu-tuc/1.001193?ngay=25/11/2026").text
    before = reader.get(f"/thu-tuc/{desk.ABOLISHED}?ngay=2026-11-20")
    assert "Đang áp dụng" in before.text or "Còn hiệu lực" in before.text
    assert "chưa có phiên bản nào áp dụng" in reader.get("/thu-tuc/1.001193?ngay=1/1/1990").text
    for odd in ("31/02/2026", "hôm qua", "1/1", "0/0/0", "9" * 30, "١/١/٢٠٢٦"):
        assert "Ngày chưa đúng" in reader.get("/thu-tuc/1.001193", {"ngay": odd}).text
    history = reader.get("/thu-tuc/1.001193").click("Quyết định 125/QĐ-UBND")
    assert "Bị bãi bỏ" in history.text
    assert history.click("Tải tệp quyết định").content_type == "application/pdf"


def in_decision(editor: Officer) -> list[str]:
    """The codes of a decision's lines."""
    table = editor.page.html.select_one("#thu-tuc ~ table").select("tbody th")
    return sorted(one.get_text().partition(" ")[0] for one in table)


def test_all_drafts_of_an_import_enter_a_decision_by_one_press(site: Site) -> None:
    editor = Officer(site, desk.WRITER)
    for code in desk.AMENDED[:2]:
        desk.draft(site, code)
    records = [record_of(site, one) | {"result": "Từ lần nhập"} for one in desk.AMENDED[:2]]
    take(upload(editor.client, "lo.json", json.dumps(records).encode()).follow())
    desk.begin(editor)
    assert "2 bản nháp chưa thuộc quyết định nào" in editor.text
    button = next(one for one in editor.page.forms.values() if "lan-nhap" in one.fields)
    editor.page = button.submit(status=303).follow()
    assert in_decision(editor) == sorted(desk.AMENDED[:2])
    assert not [one for one in editor.page.forms.values() if "lan-nhap" in one.fields]
    # Pressed twice, and of an import that is none: nothing twice, nothing broken.
    for number in (button["lan-nhap"].value, "999999", "x"):
        button["lan-nhap"].force_value(number)
        editor.page = button.submit(status=303).follow()
        assert in_decision(editor) == sorted(desk.AMENDED[:2])


def test_bad_decisions_are_stopped_with_the_reason(site: Site) -> None:
    editor = Officer(site, desk.WRITER)
    page = desk.begin(editor, signed_on="20/11/2026", effective_on="19/11/2026")
    assert page.status_int == 422
    assert "không được trước ngày ký" in page.text
    assert desk.begin(editor, signed_on="24/11/2026").status_int == 422
    desk.begin(editor)
    assert "Chưa có thủ tục nào trong danh sách" in editor.text
    assert "Chưa có tệp quyết định" in editor.text
    decision = editor.page
    desk.add(editor, "1.001193", "amended")
    assert "1.001193: chưa có bản nháp để công bố" in editor.text
    assert "đã có trong quyết định" in desk.add(editor, "1.001193", "abolished").text
    editor.page = decision
    early = desk.add(editor, "1.004873", "abolished", effective_on="01/11/2026")
    assert "không được trước ngày ký" in early.text
    editor.page = decision
    assert "Không có thủ tục nào mang mã này" in desk.add(editor, "9.999999", "new").text
    editor.page = decision
    desk.add(editor, "1.004873", "replaced")
    assert "1.004873: chưa ghi thủ tục thay thế" in editor.text
    sent = desk.upload(editor, "ảnh.pdf", b"MZ\x90")
    assert sent.status_int == 422
    assert "Chỉ nhận tệp PDF hoặc Word" in sent.text


def test_each_line_leads_to_what_it_changes_and_the_paper_can_be_read(site: Site) -> None:
    editor = Officer(site, desk.WRITER)
    desk.whole_decision(site, editor)
    here = editor.page
    changes = [one for one in here.html.find_all("a") if "Xem chỗ thay đổi" in one.get_text()]
    assert len(changes) == len(desk.AMENDED)
    told = editor.client.get(changes[0]["href"]).html.find("main").get_text()
    assert "Khác nhau ở" in told
    assert "Kết quả thực hiện" in told
    line = here.html.find("a", string=lambda words: words and words.startswith("1.001193"))
    assert "Việc có thể làm" in editor.client.get(line["href"]).text
    paper = here.html.find("a", string="quyết định.pdf")
    assert editor.client.get(paper["href"]).body.startswith(b"%PDF")


def test_a_draft_that_a_decision_keeps_says_which_decision(site: Site) -> None:
    editor = Officer(site, desk.WRITER)
    with site.database.writing_sessions.begin() as session:
        record = {"name": "Thủ tục chưa công bố", "code": "1.000001", "level": "xã"}
        number = DraftService(session, site.clock(), None).create(record).procedure_id
    editor.go(f"/bien-tap/thu-tuc/{number}/bo")
    asked = editor.page
    desk.begin(editor)
    desk.add(editor, "1.000001", "new")
    decision = editor.page.request.path
    form = next(one for one in asked.forms.values() if one.action.endswith("/bo"))
    told = form.submit(status=303).follow()
    assert "đang nằm trong một quyết định đang soạn" in told.text
    assert told.click("Mở quyết định đang soạn").request.path == decision
    assert not [one for one in told.forms.values() if one.action.endswith("/bo")]


def test_a_decision_is_deleted_only_after_a_question(site: Site) -> None:
    editor = Officer(site, desk.WRITER)
    desk.whole_decision(site, editor)
    address = editor.page.request.path
    asked = editor.page.click("Xóa quyết định đang soạn")
    assert "Danh sách 4 thủ tục" in asked.text
    assert asked.click("Giữ lại").request.path == address
    gone = next(one for one in asked.forms.values() if one.action.endswith("/xoa"))
    assert "125/QĐ-UBND" not in gone.submit(status=303).follow().text
    editor.client.get(address, status=404)


def test_with_four_eyes_the_writer_cannot_publish(
    sample: Path, tmp_path: Path, clock: StoppedClock
) -> None:
    editorial = dataclasses.replace(sample_settings(tmp_path).editorial, four_eyes=True)
    with open_site(sample, tmp_path, clock, editorial=editorial) as site:
        _writes_but_does_not_publish(site)


def _writes_but_does_not_publish(site: Site) -> None:
    chief = Officer(site, desk.CHIEF)
    desk.whole_decision(site, chief)
    assert "không tự công bố" in chief.text
    address = chief.page.request.path
    token = chief.form("/tep")["csrf_token"].value
    forced = chief.client.post(f"{address}/cong-bo", {"csrf_token": token}, status=303)
    assert forced.location.endswith(address)
    writer = Officer(site, desk.WRITER)
    writer.go(address)
    assert "Công bố quyết định" not in writer.text


def test_a_published_decision_is_not_changed_and_two_clicks_publish_once(site: Site) -> None:
    chief = Officer(site, desk.CHIEF)
    desk.whole_decision(site, chief)
    stale = chief.page
    address = stale.request.path
    desk.press(chief, "/cong-bo")
    again = next(one for one in stale.forms.values() if one.action.endswith("/cong-bo"))
    assert again.submit().follow().follow().status_int == 200
    for ending in ("sua", "them"):
        assert chief.client.get(f"{address}/{ending}", status=303)
    chief.client.post(f"{address}/xoa", {"csrf_token": again["csrf_token"].value}, status=303)
    assert "125/QĐ-UBND" in chief.go("/bien-tap/quyet-dinh").text


def test_what_changed_after_it_was_shown_is_told_and_not_published(site: Site) -> None:
    chief, writer = Officer(site, desk.CHIEF), Officer(site, desk.WRITER)
    desk.whole_decision(site, chief)
    address = chief.page.request.path
    stale = chief.form("/cong-bo")
    procedure = _procedure(site)
    writer.go(f"/bien-tap/thu-tuc/{procedure}/soan/ket-qua")
    form = writer.page.forms["f"]
    form["result"] = "Kết quả sửa sau cùng"
    form.submit("gui", status=303)
    told = stale.submit(status=409)
    assert "Bùi Thị Biên" in told.text
    assert "Quyết định vừa đổi" in told.text
    chief.go(address)
    desk.press(chief, "/cong-bo")
    assert "Quyết định đã được công bố" in chief.page.text


def _procedure(site: Site, code: str = "1.001193") -> int:
    with site.database.sessions() as session:
        query = select(Procedure.id).where(Procedure.code == code, Procedure.level == Level.COMMUNE)
        return session.scalars(query).one()


def test_a_decision_is_planned_and_two_who_write_its_heading_are_told(site: Site) -> None:
    one, two = Officer(site, desk.WRITER), Officer(site, desk.CHIEF)
    page = desk.begin(one, number="", signed_on="", effective_on="01/12/2026")
    assert "Chưa ký, mới dự kiến" in page.text
    assert "26/11/2026" in page.text
    assert "quyết định chưa ký" in one.text.lower()
    address = page.request.path
    assert "Ban hành quyết định công bố" in two.go("/bien-tap/quyet-dinh").text
    first, second = (who.go(f"{address}/sua").forms["f"] for who in (one, two))
    first["signer"], first["summary"] = "Trần A", "Của người thứ nhất"
    second["signer"], second["number"], second["signed_on"] = "Lê B", "7/QĐ-UBND", "20/11/2026"
    first.submit("gui", status=303)
    told = second.submit("gui", status=422)
    assert "Bùi Thị Biên" in told.text
    merged = told.forms["f"]
    assert merged["signer"].value == "Lê B"
    assert merged["summary"].value == "Của người thứ nhất"
    assert merged["number"].value == "7/QĐ-UBND"
    assert "data-autosave" in told.text
    assert "7/QĐ-UBND" in merged.submit("gui", status=303).follow().text


def test_duties_are_told_and_the_entry_is_written_down(site: Site) -> None:
    chief = Officer(site, desk.CHIEF)
    desk.whole_decision(site, chief)
    # Signed four days before its effect, where five are asked for.
    assert "Chậm" in chief.text
    desk.press(chief, "/cong-bo")
    assert "Nhập vào Cơ sở dữ liệu quốc gia" in chief.go("/bien-tap/quyet-dinh").text
    chief.page = chief.page.click("125/QĐ-UBND", index=0)
    form = chief.form("/nhap-csdl")
    form["entered_on"] = "01/01/2020"
    assert form.submit(status=422)
    form["entered_on"] = "23/11/2026"
    chief.page = form.submit(status=303).follow()
    assert "Đúng hạn" in chief.text


def test_a_desk_is_told_and_says_that_it_has_posted(site: Site) -> None:
    chief = Officer(site, desk.CHIEF)
    desk.whole_decision(site, chief)
    desk.press(chief, "/cong-bo")
    with site.database.sessions() as session:
        mails = session.scalars(select(OutboxJob).where(OutboxJob.kind == "mail")).all()
    assert any(one.payload["template"] == "decision" for one in mails)

    officer = Officer(site)
    officer.go("/can-bo/cong-bo")
    assert "125/QĐ-UBND" in officer.text
    officer.page = officer.page.click("125/QĐ-UBND", index=0)
    form = officer.page.forms["f"]
    form["posted_on"] = "24/12/2026"
    assert form.submit(status=422)
    form["posted_on"] = "23/11/2026"
    officer.page = form.submit(status=303).follow()
    assert "đã nhận, đã niêm yết" in officer.page.text
    checked = chief.go("/bien-tap/quyet-dinh/niem-yet")
    assert "Đủ ba nơi" in checked.text
    sheet = checked.click("Tải bảng tính", index=0)
    assert zipfile.ZipFile(io.BytesIO(sheet.body)).testzip() is None


def test_a_citizen_reaches_none_of_it(site: Site) -> None:
    client = site.client()
    for path in ("", "/moi", "/niem-yet", "/bo-niem-yet", "/1", "/da-ky/1"):
        answer = client.get(f"/bien-tap/quyet-dinh{path}", expect_errors=True)
        assert answer.status_int in (303, 404), path
    assert client.get("/can-bo/cong-bo").status_int == 303
