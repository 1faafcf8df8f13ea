"""What was deleted is seen with who and when, and comes back; what is over, is over."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from content.news.models import ArticleStatus, Page
from content.procedures.discarded import DiscardedDraft
from content.procedures.drafting import DraftService
from content.procedures.kinds import VersionState
from content.procedures.models import Procedure
from content.site.models import Banner, Severity
from content.writing import trash
from tests.portal.news.articles import write
from tests.support.signing_in import editor
from tests.support.site import PortalClient, Site

BIN = "/bien-tap/thung-rac"


def deleted_article(client: PortalClient) -> Any:
    """Write one and put it into the bin; the address at which it was edited."""
    preview = write(client).follow()
    form = next(one for one in preview.forms.values() if one.action.endswith("/xoa"))
    form.submit(status=303)
    return preview.request.path


def restore(client: PortalClient) -> Any:
    """Press the first button of the bin."""
    page = client.get(BIN)
    form = next(one for one in page.forms.values() if one.action.endswith("/lay-lai"))
    return form.submit(status=303).follow()


def test_a_deleted_article_comes_back_and_who_deleted_it_is_told(site: Site) -> None:
    client = editor(site)
    address = deleted_article(client)
    client.get(address, status=404)
    site.clock.move(days=3)
    client = editor(site)
    row = client.get(BIN).html.select_one("tbody tr").get_text(" ", strip=True)
    assert "Một cửa mở thêm quầy chiều thứ Năm" in row
    assert "27 ngày" in row
    assert "–" not in row
    again = client.get(BIN)
    assert "Đã lấy lại" in restore(client).text
    assert client.get(address).status_int == 200
    stale = next(one for one in again.forms.values() if one.action.endswith("/lay-lai"))
    assert "không còn trong thùng rác" in stale.submit(status=303).follow().text


def test_nonsense_and_other_peoples_kinds_change_nothing(site: Site) -> None:
    with site.database.writing_sessions.begin() as session:
        banner = Banner(
            severity=Severity.NEWS, title="Nghỉ lễ", is_on=True, updated_at=site.clock()
        )
        session.add(banner)
        session.flush()  # its id stands in the audit line
        trash.put(session, banner, None, site.clock())
        subject = f"banner:{banner.id}"
    client = editor(site)
    deleted_article(client)
    page = client.get(BIN)
    assert "Nghỉ lễ" not in page.text
    token = page.html.select_one("[name=csrf_token]")["value"]
    for wrong in ("", "article:x", "article:999", "abc:1", "article:" + "9" * 40, "medium:²"):
        client.post(f"{BIN}/lay-lai", {"csrf_token": token, "muc": wrong}, status=303)
    client.post(f"{BIN}/lay-lai", {"csrf_token": token, "muc": subject}, status=403)
    assert "Nghỉ lễ" in editor(site, "truongbientap@example.vn").get(BIN).text


def test_a_discarded_draft_of_a_procedure_comes_back_as_a_draft(site: Site) -> None:
    with site.database.writing_sessions.begin() as session:
        procedure = session.scalars(select(Procedure).where(Procedure.code == "1.004194")).one()
        drafts = DraftService(session, site.clock(), None)
        draft = drafts.open(procedure)
        drafts.save(draft, "chung", {"as_of": "11/2026"})
        drafts.discard(draft)
    client = editor(site)
    assert "Bản nháp thủ tục" in client.get(BIN).text
    with site.database.writing_sessions.begin() as session:
        drafts = DraftService(session, site.clock(), None)
        other = drafts.open(session.get_one(Procedure, procedure.id))
    assert "đang có bản nháp khác" in restore(client).text
    with site.database.writing_sessions.begin() as session:
        drafts = DraftService(session, site.clock(), None)
        found = session.get_one(Procedure, procedure.id)
        drafts.discard(next(one for one in found.versions if one.id == other.id))
        # The first in the list is the last deleted: leave the first one only.
        rows = session.scalars(select(DiscardedDraft).order_by(DiscardedDraft.id)).all()
        session.delete(rows[1])
    assert "Đã lấy lại" in restore(client).text
    with site.database.sessions() as session:
        found = session.get_one(Procedure, procedure.id)
        assert found.versions[-1].state is VersionState.DRAFT
        assert found.versions[-1].document["as_of"] == "11/2026"
        assert session.scalars(select(DiscardedDraft)).all() == []


def test_what_is_purged_takes_its_history_along_and_pages_below_move_up(site: Site) -> None:
    with site.database.writing_sessions.begin() as session:
        top, middle, below = (
            Page(
                slug=f"trang-{n}", title=str(n), status=ArticleStatus.DRAFT, updated_at=site.clock()
            )
            for n in range(3)
        )
        middle.parent, below.parent = top, middle
        session.add_all([top, middle, below])
        session.flush()  # its id stands in the audit line
        trash.put(session, middle, None, site.clock())
    with site.database.writing_sessions.begin() as session:
        assert trash.purge(session, site.clock() + timedelta(days=31)) == 1
    with site.database.sessions() as session:
        assert session.get_one(Page, below.id).parent_id == top.id
        assert session.get(Page, middle.id) is None


def test_a_file_in_place_of_the_thing_to_restore_changes_nothing(site: Site) -> None:
    client = editor(site)
    deleted_article(client)
    form = next(one for one in client.get(BIN).forms.values() if one.action.endswith("/lay-lai"))
    token = {key: one[0].value for key, one in form.fields.items() if key and key != "muc"}
    sent = client.post(
        form.action,
        params=token,
        upload_files=[("muc", "a.pdf", b"%PDF-1.4")],
        status=303,
    )
    assert "không còn trong thùng rác" in sent.follow().text
