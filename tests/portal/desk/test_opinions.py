"""Opinions asked of another unit: asked, read, answered, given back, withdrawn, reminded of."""

from typing import Any

from sqlalchemy import select
from webtest import Upload

from content.dossiers.opinion_models import Opinion
from content.dossiers.states import Status
from content.outbox import OutboxJob
from portal.cli.working import remind_of_opinions
from tests.support.clocked import clocked
from tests.support.dossiers import PDF, stored
from tests.support.handling import in_progress
from tests.support.officer import Officer
from tests.support.site import Site

SPECIALIST, ASKED, OTHER = (f"{one}@example.vn" for one in ("chuyenvien", "soxaydung", "dongmay"))
QUESTION = "Ngôi nhà có nằm trong quy hoạch không?"
ANSWER = "Nhà không thuộc diện quy hoạch; đề nghị giải quyết."


def fill(who: Officer, status: int = 303, /, **values: Any) -> Any:
    form = who.page.forms["f"]
    for name, value in values.items():
        form[name] = value
    answer = form.submit(status=status)
    who.page = answer.follow() if status == 303 else answer
    return who.page


def ask(who: Officer, code: str, unit: str, status: int = 303, **values: Any) -> None:
    who.dossier(code)
    who.page = who.page.click("Xin ý kiến đơn vị khác")
    form = who.page.forms["f"]
    value = next(one for one, _chosen, words in form["to"].options if unit in words)
    fill(who, status, to=value, question=QUESTION, **values)


def mails(site: Site) -> list[tuple[str, str]]:
    with site.database.sessions() as session:
        jobs = session.scalars(select(OutboxJob).where(OutboxJob.kind == "mail"))
        told = [one for one in jobs if one.payload["template"] == "opinion_due"]
        return [(one.payload["to"], one.payload["values"]["path"]) for one in told]


def test_a_question_to_another_unit_and_its_answer(site: Site) -> None:  # noqa: PLR0915 - one whole job
    code = in_progress(site)
    due = stored(site, code).due_date
    me, asked, other = Officer(site, SPECIALIST), Officer(site, ASKED), Officer(site, OTHER)
    # Bad input: a day off, a day gone by; nothing is written and the question is kept.
    ask(me, code, "Sở Xây dựng", 422, due_date="29/11/2026")
    assert "ngày nghỉ" in me.text
    assert me.page.forms["f"]["question"].value == QUESTION
    fill(me, 422, due_date="20/11/2026")
    assert "đã qua" in me.text
    asked.go("/can-bo/y-kien")
    assert "Không có yêu cầu góp ý nào" in asked.text
    me.go(f"/can-bo/ho-so/{code}/xin-y-kien")
    paper = me.page.forms["f"].fields["papers"][0]
    paper.checked = True
    value = next(v for v, _c, words in me.page.forms["f"]["to"].options if "Sở Xây dựng" in words)
    stale = me.page
    fill(me, to=value, question=QUESTION, due_date="25/11/2026")
    assert "Đã gửi yêu cầu góp ý" in me.page.text
    assert "Chờ góp ý" in me.text
    # The second press of the same page asks nothing twice.
    form = stale.forms["f"]
    form["to"], form["question"], form["due_date"] = value, QUESTION, "25/11/2026"
    form.submit(status=303)
    assert (stored(site, code).status, stored(site, code).due_date) == (Status.IN_PROGRESS, due)
    # The asked unit reads the asked part only; others nothing.
    asked.go("/can-bo")
    assert "Chờ đơn vị tôi góp ý" in asked.text
    asked.go("/can-bo/y-kien")
    asked.page = asked.page.click(str(stored(site, code).code))
    address = asked.page.request.path
    assert QUESTION in asked.text
    assert stored(site, code).applicant_name not in asked.text
    assert asked.client.get(f"{address}/giay-to/khong-co", status=404)
    shown = next(a for a in asked.page.html.select("a") if "Tải về" in a.get_text())
    assert asked.client.get(shown["href"]).body == PDF
    asked.client.get(f"/can-bo/ho-so/{code}", status=403)
    asked.client.get(f"/can-bo/ho-so/{code}/xin-y-kien", status=403)
    other.client.get(address, status=403)
    other.client.get(shown["href"], status=403)
    # Whoever asked does not answer themselves, though they work above the asked unit.
    me.go(address)
    assert "Gửi ý kiến" not in me.text
    # Reminders: before, on the day, afterwards to the heads; each once.
    with clocked(site) as program:
        assert remind_of_opinions(program) == 1
        assert remind_of_opinions(program) == 0
        assert mails(site) == [(ASKED, address)]
        site.clock.move(days=2)  # the day between is a holiday
        assert remind_of_opinions(program) == 1
        assert mails(site) == [(ASKED, address)] * 2
        site.clock.move(days=1)
        assert remind_of_opinions(program) == 1
        assert remind_of_opinions(program) == 0
        assert mails(site)[2:] == [("truongphong@example.vn", address)]
    asked = Officer(site, ASKED)
    asked.go(address)
    assert "quá hạn" in asked.text
    fill(asked, 422, answer="")
    stale = asked.page
    asked.page.forms["f"]["files"] = [Upload("ban-do.pdf", PDF, "application/pdf")]
    fill(asked, answer=ANSWER)
    assert "Đã gửi ý kiến" in asked.page.text
    # A colleague who looked before is told who was faster; the papers are closed.
    leader = Officer(site, "lanhdao@example.vn")
    leader.go(address)
    assert ANSWER in leader.text
    asked.client.get(shown["href"], status=404)
    stale.forms["f"]["answer"] = ANSWER
    assert stale.forms["f"].submit().status_int == 303
    me = Officer(site, SPECIALIST)
    me.dossier(code)
    assert ANSWER in me.text
    assert "Sở Xây dựng tỉnh Sơn Hà Mẫu đã trả lời ý kiến." in me.text
    link = me.page.html.find("a", string="ban-do.pdf")
    assert me.client.get(link["href"]).body == PDF
    # The owner learns that the unit was asked, not what it said.
    owner = Officer(site, "congdan@example.vn")
    owner.go(f"/tai-khoan/ho-so/{code}")
    assert "Gửi lấy ý kiến Sở Xây dựng tỉnh Sơn Hà Mẫu." in owner.text
    assert "đã trả lời ý kiến" not in owner.text
    assert ANSWER not in owner.page.text


def test_a_question_goes_back_or_is_withdrawn(site: Site) -> None:
    code = in_progress(site)
    me, asked = Officer(site, SPECIALIST), Officer(site, ASKED)
    ask(me, code, "Đinh Thị Xây", due_date="25/11/2026")
    ask(me, code, "xã Đồng Mây", due_date="25/11/2026")
    asked.go("/can-bo/y-kien")
    assert "hỏi riêng ông/bà" in asked.text
    asked.page = asked.page.click(str(stored(site, code).code))
    early = asked.page
    leader = Officer(site, "lanhdao@example.vn")
    leader.go(early.request.path)
    asked.page = asked.page.click("trả lại kèm lý do")
    fill(asked, 422)
    fill(asked, reason="Việc này thuộc Sở Nông nghiệp và Môi trường.")
    assert "Đã trả lại yêu cầu góp ý" in asked.page.text
    me.dossier(code)
    assert "Việc này thuộc Sở Nông nghiệp" in me.text
    me.page = me.form("/y-kien/2/rut").submit(status=303).follow()
    assert "Đã rút yêu cầu góp ý" in me.page.text
    assert "Rút yêu cầu góp ý gửi" not in me.text
    with site.database.sessions() as session:
        number = session.scalars(select(Opinion.id).where(Opinion.number == 2)).one()
    other = Officer(site, OTHER)
    late = other.client.get(f"/can-bo/y-kien/{number}")
    assert "Đã rút" in late.text
    assert "f" not in late.forms
    # A colleague who looked before is told who was faster; what was typed is kept.
    fill(leader, 422, answer=ANSWER)
    assert "Đinh Thị Xây đã xử lý yêu cầu góp ý này" in leader.text
    assert leader.page.forms["f"]["answer"].value == ANSWER
    # A page that was open before changes nothing any more.
    early.forms["f"]["answer"] = ANSWER
    early.forms["f"].submit(status=303)
    with site.database.sessions() as session:
        kept = session.scalars(select(Opinion).where(Opinion.number == 1)).one()
        assert kept.answer.startswith("Việc này thuộc")
