"""The procedure changes while somebody fills in: the difference is shown, and asked again."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from content.dossiers.models import Dossier
from content.procedures import editing, publishing
from content.procedures.decisions import PublicationDecision
from content.procedures.kinds import Filing, Level
from content.procedures.models import Procedure
from tests.support.citizen import CT01, PERSON, Citizen
from tests.support.site import Site


def publish(site: Site, change: Callable[[dict[str, Any]], None]) -> None:
    """Put a changed version of CT01's procedure in force today."""
    now = site.clock()
    with site.database.writing_sessions.begin() as session:
        draft = editing.open_draft(the_procedure(session), now=now)
        editing.revise(draft, change)
        publishing.submit(draft)
        decision = PublicationDecision(
            number="2/QĐ-UBND", signed_on=now.date(), agency="UBND", effective_on=now.date()
        )
        publishing.publish(session, decision, [publishing.Publication(draft)], now=now)


def the_procedure(session: Any) -> Procedure:
    which = (Procedure.code == CT01, Procedure.level == Level.COMMUNE)
    return session.scalars(select(Procedure).where(*which)).one()


def dearer(record: dict[str, Any]) -> None:
    record["fee"][0]["amount"] = 30000
    record["dossier"].append({"name": "Ảnh chân dung", "originals": 1, "copies": 0})


def ready(site: Site) -> Citizen:
    me = Citizen(site)
    me.sign_in()
    me.begin()
    me.answer(PERSON)
    me.attach_all()
    assert me.heading == "Kiểm tra lại"
    return me


def test_a_superseded_version_shows_the_difference_and_asks_again(site: Site) -> None:
    me = ready(site)
    stale = me.form("gui")
    publish(site, dearer)
    stale["declared"] = True
    me.page = stale.submit("_viec", value="gui").follow()
    assert me.heading == "Thủ tục vừa thay đổi"
    told = me.page.html.select_one("table").get_text(" ", strip=True)
    assert "Phí, lệ phí 20000 30000" in told
    assert "Ảnh chân dung" in told
    with site.database.sessions() as session:
        assert session.scalars(select(Dossier)).all() == []
    # The check page says so too, and does not offer to send.
    check = me.client.get(me.draft_url + "/kiem-tra")
    assert "Thủ tục vừa thay đổi" in check.text
    assert "gui" not in check.forms
    agree = next(one for one in me.page.forms.values() if one.action.endswith("/phien-ban"))
    me.page = agree.submit().follow()
    assert any("Ảnh chân dung" in one.get_text() for one in me.page.html.select(".to-do a"))
    me.page = me.client.get(me.draft_url + "/giay-to")
    me.attach_all()
    me.send()
    assert me.heading == "Đã gửi hồ sơ"


def test_a_procedure_that_is_no_longer_filed_here_cannot_be_sent(site: Site) -> None:
    me = ready(site)
    stale = me.form("gui")
    with site.database.writing_sessions.begin() as session:
        publishing.set_filing(the_procedure(session), Filing.NATIONAL, information_only=False)
    stale["declared"] = True
    refused = stale.submit("_viec", value="gui", status=422)
    assert "không còn nộp trên cổng" in refused.text
    me.go(f"/nop-ho-so/{CT01}")
    assert me.heading.startswith("Không nộp được tại đây")


def test_the_page_of_differences_is_gone_when_there_are_none(site: Site) -> None:
    me = ready(site)
    me.go(me.draft_url + "/phien-ban")
    assert me.heading == "Kiểm tra lại"
