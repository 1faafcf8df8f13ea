"""The newsletter from asking for it to leaving it, by mail programs too."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from content.news.models import Article, ArticleStatus
from content.newsletter import issues
from content.newsletter.models import Issue, IssueState, Subscriber
from content.outbox import OutboxJob
from portal.cli.program import Program
from portal.cli.working import timers
from portal.setting_groups import Editorial
from tests.support.clock import StoppedClock
from tests.support.officer import Officer
from tests.support.site import PortalClient, Site, open_site, write_ini

EDITOR, CHIEF = "bientap@example.vn", "truongbientap@example.vn"
READER = "Ba.Tam@example.vn"
BASE = "/bien-tap/ban-tin"


@pytest.fixture
def open_to_readers(sample: Path, tmp_path: Path, clock: StoppedClock) -> Iterator[Site]:
    """A site that takes addresses, where nobody sends alone what they wrote."""
    settings = Editorial(four_eyes=True, comments=False, newsletter=True)
    with open_site(sample, tmp_path, clock, editorial=settings) as site:
        yield site


def ask(site: Site, email: str, *, wait: int = 10, status: int = 303, client: Any = None) -> Any:
    form = (client or site.client()).get("/ban-tin").forms["f"]
    form["email"], form["consent"] = email, True
    site.clock.move(seconds=wait)
    return form.submit(status=status)


def mails(site: Site) -> list[EmailMessage]:
    """What left, in order; the folder is emptied."""
    assert site.run("worker", "--once") == 0
    found = sorted((site.folder / "mail").glob("*.eml"), key=lambda one: int(one.stem))
    read = [message_from_bytes(one.read_bytes(), policy=policy.default) for one in found]
    for one in found:
        one.unlink()
    return read  # type: ignore[return-value]


def link(mail: EmailMessage) -> str:
    """The path of the first link of a mail to the newsletter's own pages."""
    found = re.search(r"http://127\.0\.0\.1:6543(/ban-tin/\S+)", mail.get_content())
    assert found is not None
    return found[1]


def button(page: Any) -> Any:
    """The form that the page is about."""
    return next(one for one in page.forms.values() if one.action == page.request.path)


def subscribers(site: Site) -> list[Subscriber]:
    with site.database.sessions() as session:
        return list(session.scalars(select(Subscriber).order_by(Subscriber.id)))


def subscribe(site: Site, email: str) -> None:
    ask(site, email)
    path = link(mails(site)[0])
    button(site.client().get(path)).submit(status=303)


def issue(one: Officer, subject: str = "Bản tin tháng 11") -> str:
    """A new issue of two articles; returns the address of its preview."""
    form = one.go(f"{BASE}/moi").forms["f"]
    form["subject"], form["intro"] = subject, "Kính gửi bạn đọc,"
    for name in [name for name in form.fields if name and name.startswith("bai_")][:2]:
        form[name] = True
    one.page = form.submit(status=303).follow()
    return str(one.page.request.path)


def test_an_address_gets_issues_after_its_owner_confirmed_and_none_after_leaving(
    open_to_readers: Site,
) -> None:
    site = open_to_readers
    assert "xem hộp thư" in ask(site, READER).follow().text
    [mail] = mails(site)
    assert mail["To"] == READER
    path = link(mail)
    page = site.client().get(path)
    # A program that opens links confirms nothing.
    assert subscribers(site)[0].confirmed_at is None
    assert "Đã đăng ký" in button(page).submit(status=303).follow().text
    button(page).submit(status=303)
    assert subscribers(site)[0].confirmed_at is not None

    writer, chief = Officer(site, EDITOR), Officer(site, CHIEF)
    preview = issue(writer)
    assert "Gửi đi thì 1 địa chỉ nhận được" in writer.text
    assert "Kính gửi bạn đọc," in writer.text
    assert "Ba.Tam" not in writer.go(BASE).text
    chief.go(preview)
    send = chief.form("/gui")
    chief.page = send.submit(status=303).follow()
    assert "Đang gửi" in chief.text
    send.submit(status=303)
    [mail] = mails(site)
    assert mail["Subject"] == "Bản tin tháng 11"
    shown = mail.get_content().replace("\r\n", "\n")
    with site.database.sessions() as session:
        [sent] = session.scalars(select(Issue))
        articles = issues.articles_of(session, sent, site.clock())
        assert [f"{one.title}\n{one.lead}" in shown for one in articles] == [True, True]
    assert (sent.state, sent.recipients) == (IssueState.SENT, 1)
    leaving = link(mail)
    assert mail["List-Unsubscribe"].strip() == f"<http://127.0.0.1:6543{leaving}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"

    # What a mail program sends: no cookie, no token, no redirect (RFC 8058).
    program = PortalClient(site.app, extra_environ={"HTTP_HOST": "127.0.0.1:6543"})
    answer = program.post(leaving, {"List-Unsubscribe": "One-Click"}, status=200)
    assert "Đã thôi nhận" in answer.text
    assert subscribers(site) == []
    program.post(leaving, {"List-Unsubscribe": "One-Click"}, status=200)


def test_a_person_leaves_by_a_button_and_mails_that_wait_go_along(open_to_readers: Site) -> None:
    site = open_to_readers
    for email in (READER, "khac@example.vn"):
        subscribe(site, email)
    writer, chief = Officer(site, EDITOR), Officer(site, CHIEF)
    chief.go(issue(writer))
    chief.form("/gui").submit(status=303)
    with site.database.writing_sessions.begin() as session:
        [sent] = session.scalars(select(Issue))
        assert issues.write_mails(session, sent.id, site.clock()) is False
    # Another worker with the same job writes nothing twice.
    with site.database.writing_sessions.begin() as session:
        assert issues.write_mails(session, sent.id, site.clock()) is False
    with site.database.sessions() as session:
        waiting = session.scalars(select(OutboxJob).where(OutboxJob.kind == "mail")).all()
    assert [one.payload["to"] for one in waiting] == [READER, "khac@example.vn"]
    page = site.client().get(waiting[0].payload["leaving"])
    assert len(subscribers(site)) == 2
    assert "Đã thôi nhận" in button(page).submit(status=303).follow().text
    assert [one["To"] for one in mails(site)] == ["khac@example.vn"]


def test_nobody_learns_whether_an_address_is_known(open_to_readers: Site) -> None:
    site = open_to_readers
    subscribe(site, READER)
    known, unknown = ask(site, READER.upper()), ask(site, "moi@example.vn")
    assert (known.location, known.status) == (unknown.location, unknown.status)
    first, second = mails(site)
    assert "đang nhận bản tin" in first["Subject"]
    assert "Xác nhận" in second["Subject"]
    assert len(subscribers(site)) == 2
    left = button(site.client().get("/ban-tin/thoi-nhan/khong-co-that")).submit(status=303)
    assert "Đã thôi nhận" in left.follow().text
    site.client().get("/ban-tin/xac-nhan/khong-co-that", status=404)


def test_a_stranger_cannot_fill_a_mailbox(open_to_readers: Site) -> None:
    site = open_to_readers
    for number in range(4):
        client = PortalClient(
            site.app,
            extra_environ={"HTTP_HOST": "127.0.0.1:6543", "REMOTE_ADDR": f"192.0.2.{number}"},
        )
        ask(site, READER, client=client)
    assert len(mails(site)) == 3
    for number in range(5):
        ask(site, f"{number}@example.vn")
    ask(site, "nua@example.vn", status=429)
    site.clock.move(hours=25)
    ask(site, READER)
    assert len(mails(site)) == 6


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"email": "khong phai thu"}, "Thư điện tử chưa đúng"),
        ({"email": "a@example.vn\nBcc: b@example.vn"}, "Thư điện tử chưa đúng"),
        ({"email": "a" * 300 + "@example.vn"}, "Thư điện tử"),
        ({"consent": ""}, "Ông/bà đồng ý"),
        ({"moment": "giả"}, "vài giây"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(
    open_to_readers: Site, values: dict[str, str], said: str
) -> None:
    site = open_to_readers
    client = site.client()
    form = client.get("/ban-tin").forms["f"]
    given = {"email": "dung@example.vn", "consent": "true"} | values
    site.clock.move(seconds=10)
    fields = {name: form[name].value for name in ("csrf_token", "moment", "website")}
    answer = client.post("/ban-tin", fields | given, status=422)
    assert said in answer.text
    assert subscribers(site) == []


def test_an_address_that_nobody_confirms_is_erased(open_to_readers: Site) -> None:
    site = open_to_readers
    ask(site, READER)
    path = link(mails(site)[0])
    site.clock.move(days=6)
    site.client().get(path, status=200)
    site.clock.move(days=1)
    site.client().get(path, status=404)
    with site.database.writing_sessions.begin() as session:
        # The worker has a clock of its own.
        session.scalars(select(Subscriber)).one().asked_at = datetime(2020, 1, 1, tzinfo=UTC)
    with Program(str(write_ini(site.folder))) as program:
        [timer] = [one for one in timers(program) if one.name == "forget_unconfirmed"]
        timer.run()
    assert subscribers(site) == []


def test_issues_are_refused_with_the_reason(open_to_readers: Site) -> None:
    site = open_to_readers
    writer, chief = Officer(site, EDITOR), Officer(site, CHIEF)
    preview = issue(writer)
    assert not [one for one in writer.page.forms.values() if one.action.endswith("/gui")]
    path = preview.replace("xem-truoc", "gui")
    token = writer.form("/xoa")["csrf_token"].value
    writer.client.post(path, {"csrf_token": token}, status=403)
    chief.go(preview)
    refused = chief.form("/gui").submit(status=422)
    assert "chưa có ai xác nhận" in refused.text
    subscribe(site, READER)
    own = issue(chief, "Của trưởng ban")
    assert "người khác trong ban biên tập gửi" in chief.text
    # Somebody saved after the head of the board looked.
    chief.go(preview)
    stale = chief.form("/gui")
    form = writer.go(preview.replace("/xem-truoc", "")).forms["f"]
    form["intro"] = "Lời khác."
    form.submit(status=303)
    assert "vừa sửa số này" in stale.submit(status=422).text
    form["intro"] = "Lời nữa."
    assert "Người khác vừa sửa" in form.submit(status=422).text
    chief.go(own)
    chief.form("/xoa").submit(status=303)
    assert "Của trưởng ban" in chief.go("/bien-tap/thung-rac").text
    assert "Của trưởng ban" not in chief.go(BASE).text


def test_all_that_came_since_the_last_issue_is_on_offer(open_to_readers: Site) -> None:
    site = open_to_readers
    site.clock.move(days=1)
    with site.database.writing_sessions.begin() as session:
        section = session.scalars(select(Article.section_slug)).first()
        sent = Issue(subject="Số trước", intro="", articles=[], updated_at=site.clock())
        sent.state, sent.sent_at = IssueState.SENT, site.clock()
        session.add(sent)
        for number in range(33):
            # One a minute after the issue, the last of them not public yet.
            at = site.clock() + timedelta(minutes=number + 1)
            words = {"title": f"Bài {number}", "lead": "L", "body": "B", "slug": f"bai-{number}"}
            status = ArticleStatus.PUBLISHED
            session.add(
                Article(
                    **words,
                    section_slug=section,
                    status=status,
                    published_at=at,
                    created_at=at,
                    updated_at=at,
                )
            )
    site.clock.move(minutes=32)
    writer = Officer(site, EDITOR)
    form = writer.go(f"{BASE}/moi").forms["f"]
    offered = [name for name in form.fields if name and name.startswith("bai_")]
    assert len(offered) == 32
    form["subject"] = "Số này"
    for name in offered:
        form[name] = True
    assert "nhiều nhất 30 bài" in form.submit(status=422).text
    with site.database.sessions() as session:
        assert session.scalars(select(Issue.subject)).all() == ["Số trước"]
    for name in offered[:2]:
        form[name] = False
    form.submit(status=303)


def test_it_is_off_until_it_is_switched_on(site: Site) -> None:
    reader = site.client()
    reader.get("/ban-tin", status=404)
    assert not reader.get("/tin-tuc").html.select('a[href="/ban-tin"]')
    assert "không nhận đăng ký" in Officer(site, EDITOR).go(BASE).text
    # Leaving works all the same.
    reader.post("/ban-tin/thoi-nhan/x", {"List-Unsubscribe": "One-Click"}, status=200)
