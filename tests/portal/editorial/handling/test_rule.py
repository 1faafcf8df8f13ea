"""How dossiers of a procedure are handled: written by an administrator, honoured at reception."""

from datetime import UTC, datetime

from sqlalchemy import select

from content import audit
from content.procedures.handling import HandlingRule
from tests.support.dossiers import RESIDENCE, Filed, accept, file_all, stored
from tests.support.officer import Officer
from tests.support.site import Site

KEEPER, LIST = "quantri@example.vn", "/quan-tri/cach-xu-ly"
BASIS = "Khoản 2 Điều 5 Thông tư 55/2021/TT-BCA"


def open_rule(keeper: Officer) -> str:
    """Find the procedure and open its rule; the address."""
    page = keeper.go(f"{LIST}?q={RESIDENCE}")
    keeper.page = page.click("cách xử lý", index=0)
    return str(keeper.page.request.path)


def test_a_rule_is_found_written_and_honoured_at_reception(site: Site) -> None:
    keeper = Officer(site, KEEPER)
    address = open_rule(keeper)
    form = keeper.page.forms["f"]
    form["keeps_hour"] = True
    keeper.page = form.submit(status=422)
    assert "Ông/bà chưa ghi “Căn cứ pháp lý”" in keeper.text
    form = keeper.page.forms["f"]
    form["no_appointment"], form["legal_basis"] = True, BASIS
    keeper.page = form.submit(status=422)
    assert "không có giờ hẹn để giữ" in keeper.text
    form = keeper.page.forms["f"]
    form["no_appointment"], form["supplement_wait_days"] = False, "400"
    keeper.page = form.submit(status=422)
    assert "từ 1 đến 366" in keeper.text
    form = keeper.page.forms["f"]
    form["supplement_wait_days"], form["after_supplement"] = "20", "pause"
    keeper.page = form.submit(status=303).follow()
    assert "giữ giờ tiếp nhận" in keeper.text
    assert "chờ bổ sung 20 ngày làm việc" in keeper.text
    code = file_all(site)[0]
    officer = Officer(site)
    officer.dossier(code)
    accept(site, code)
    kept = stored(site, code)
    assert kept.due_at is not None
    assert kept.due_at.time() == datetime(2026, 11, 23, 3, 0, tzinfo=UTC).time()
    assert "10:00 - " in officer.dossier(code).html.select_one("main").get_text(" ")
    # Without an appointment the page says so, and the slip is made all the same.
    keeper.go(address)
    form = keeper.page.forms["f"]
    form["keeps_hour"], form["no_appointment"] = False, True
    keeper.page = form.submit(status=303).follow()
    other = file_all(site, Filed(name="Lê Thị Sau"))[0]
    assert "không hẹn ngày trả" in officer.dossier(other).html.select_one("main").get_text(" ")
    accept(site, other)
    assert (stored(site, other).no_due_reason, stored(site, other).due_date) == (
        "no_appointment",
        None,
    )
    assert "Thủ tục này không hẹn ngày trả kết quả" in officer.dossier(other).text
    assert stored(site, code).due_at == kept.due_at
    slip = next(a for a in officer.page.html.select("a") if "Mở khổ A4" in a.get_text())
    assert officer.client.get(slip["href"]).content_type == "application/pdf"


def test_the_second_of_two_is_told_and_the_rule_can_be_dropped(site: Site) -> None:
    one, other = Officer(site, KEEPER), Officer(site, KEEPER)
    address = open_rule(one)
    form = one.page.forms["f"]
    form["max_supplements"], form["legal_basis"] = "2", BASIS
    one.page = form.submit(status=303).follow()
    mine, theirs = (who.go(address).forms["f"] for who in (one, other))
    mine["max_supplements"] = "3"
    mine.submit(status=303)
    theirs["max_extensions"] = "0"
    merged = theirs.submit(status=422)
    assert "Ngô Thị Quản" in merged.text
    with site.database.sessions() as session:
        rule = session.scalars(select(HandlingRule).where(HandlingRule.legal_basis == BASIS)).one()
        assert (rule.max_supplements, rule.max_extensions) == (3, 1)
        line = audit.last(session, f"handling:{rule.procedure_id}")
        assert line is not None
        assert line.data == {"changed": ["max_supplements"]}
    one.go(address)
    one.page = one.form("/bo").submit(status=303).follow()
    with site.database.sessions() as session:
        query = select(HandlingRule).where(HandlingRule.legal_basis == BASIS)
        assert session.scalars(query).first() is None
    Officer(site).go(address, status=403)
