"""The queues of the exchange: every button does what it says, once, for administrators alone."""

from sqlalchemy import select

from content import outbox
from content.audit import AuditEntry
from content.dossiers.models import Dossier
from content.exchange.answering import TAKE
from content.exchange.documents import SEND_DRAFT
from content.exchange.models import Confirms, ExchangeLink, ExchangeMessage, MessageState
from content.exchange.planning import SEND
from content.outbox import MAX_ATTEMPTS, OutboxJob
from tests.support.dossiers import account, file_all, writing
from tests.support.exchange import DOWN, after_an_outage
from tests.support.officer import Officer
from tests.support.site import Site

QUEUE = "/quan-tri/trao-doi"


def jobs(site: Site, kind: str) -> int:
    with site.database.sessions() as session:
        return len(session.scalars(select(OutboxJob).where(OutboxJob.kind == kind)).all())


def test_every_button_of_the_queues(site: Site) -> None:
    keeper = Officer(site, "quantri@example.vn")
    keeper.go(QUEUE)
    assert "Chưa bật" in keeper.text
    assert "Không có thông điệp nào chờ gửi" in keeper.text
    after_an_outage(site, file_all(site)[0])
    keeper.go(QUEUE)
    assert DOWN in keeper.text
    assert "Bộ Công an đã xác nhận trạng thái 9." in keeper.text
    forms = [form for form in keeper.page.forms.values() if form.action.startswith(QUEUE)]
    assert "Chờ nơi tiếp nhận" in keeper.text
    # All, two messages, one held dossier, one arrival and one draft that wait; a wish to
    # withdraw waits for the desk and has no button.
    assert len(forms) == 6
    before = [jobs(site, kind) for kind in (SEND, TAKE, SEND_DRAFT)]
    for form in forms:
        answer = form.submit(status=303).follow()
        assert "Đang gửi lại" in answer.text or "cổng này xác nhận" in answer.text
    after = [jobs(site, kind) for kind in (SEND, TAKE, SEND_DRAFT)]
    assert [now - then for then, now in zip(before, after, strict=True)] == [4, 1, 1]
    with site.database.sessions() as session:
        states = set(session.scalars(select(ExchangeMessage.state)))
        assert states == {MessageState.WAITING, MessageState.SENT}
        assert session.scalars(select(ExchangeLink)).one().confirms is Confirms.HERE
        acts = select(AuditEntry).where(AuditEntry.action.startswith("exchange."))
        lines = session.scalars(acts.order_by(AuditEntry.id)).all()
        me = account(session, "quantri@example.vn").id
        # Each press of a button by its person, what was sent and what was taken in.
        assert [one.actor_id for one in lines] == [me] * len(forms)
        kinds = [f"{one.action} {one.subject.partition(':')[0]}" for one in lines]
        assert sorted(kinds) == [
            "exchange.confirm_here dossier",
            "exchange.send_again draft",
            "exchange.send_again message",
            "exchange.send_again message",
            "exchange.send_again messages",
            "exchange.take_again arrival",
        ]
    officer = Officer(site)
    officer.go(QUEUE, status=403)
    keeper.client.get(f"{QUEUE}/gui-lai/1", status=405)


def test_mails_papers_and_timestamps_that_fail_are_seen_and_tried_again(site: Site) -> None:
    (code,) = file_all(site)[:1]
    with writing(site) as session:
        session.query(OutboxJob).delete()
        dossier = session.scalars(select(Dossier).where(Dossier.lookup_code == code)).one()
        outbox.enqueue(
            session,
            "mail",
            f"dossier:{dossier.id}:submitted",
            now=site.clock(),
            payload={"to": "mau@example.vn"},
        )
        outbox.enqueue(session, "document.timestamp", "paper:1", now=site.clock())
        outbox.enqueue(session, "content.changed", "procedure:1", now=site.clock())
        session.flush()
        mail, stamp, _fine = session.scalars(select(OutboxJob).order_by(OutboxJob.id))
        mail.last_error, mail.attempts = "SMTPServerDisconnected()", 2
        stamp.last_error, stamp.attempts = "Unavailable('timestamp_failed')", MAX_ATTEMPTS
    officer = Officer(site)
    officer.dossier(code)
    assert "Có 1 thư báo cho người nộp chưa gửi đi được" in officer.text
    keeper = Officer(site, "quantri@example.vn")
    keeper.go(QUEUE)
    rows = [one.get_text(" ", strip=True) for one in keeper.page.html.select("tbody tr")]
    assert len(rows) == 2
    assert f"Gửi thư điện tử {code}, mau@example.vn" in rows[0]
    assert "SMTPServerDisconnected() Đã thử 2 lần, thử lại lúc" in rows[0]
    assert "Xin dấu thời gian paper:1" in rows[1]
    assert "Đã thôi thử" in rows[1]
    form = next(one for one in keeper.page.forms.values() if f"/viec/{stamp.id}" in one.action)
    assert "Đang gửi lại" in form.submit(status=303).follow().text
    with site.database.sessions() as session:
        again = session.get_one(OutboxJob, stamp.id)
        assert (again.attempts, again.not_before) == (0, site.clock())
    officer.client.post(form.action, {"csrf_token": form["csrf_token"].value}, status=403)
