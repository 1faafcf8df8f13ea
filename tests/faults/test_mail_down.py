"""The mail server is down: filing goes on, the mail waits and leaves once when it is back."""

import dataclasses
import re
import socket
import threading
from datetime import datetime
from email import message_from_bytes, policy
from pathlib import Path

from sqlalchemy import select

from content.outbox import OutboxJob
from portal.cli.program import Program
from portal.cli.working import make_worker
from portal.settings import Settings
from tests.bench.server import free_port
from tests.support.citizen import Citizen
from tests.support.clock import StoppedClock
from tests.support.mail_server import mail_server
from tests.support.site import Site


class Moved(Program):
    """A program by the test's clock, with mail by SMTP."""

    def __init__(self, site: Site, port: int) -> None:
        super().__init__(str(site.folder / "site.ini"))
        self.clock: StoppedClock = site.clock
        mail = dataclasses.replace(
            site.settings.mail, transport="smtp", host="127.0.0.1", port=port
        )
        self.mailing: Settings = dataclasses.replace(site.settings, mail=mail)

    @property
    def settings(self) -> Settings:  # type: ignore[override]
        """The site's, but for the mail."""
        return self.mailing

    @property
    def now(self) -> datetime:
        """The test's time."""
        return self.clock()


def waiting(site: Site) -> list[OutboxJob]:
    with site.database.sessions() as session:
        query = select(OutboxJob).where(OutboxJob.kind == "mail")
        return list(session.scalars(query.order_by(OutboxJob.id)))


def test_a_mail_waits_until_the_server_is_back_and_leaves_once(site: Site) -> None:
    port = free_port()
    me = Citizen(site)
    code, _secret = me.file_ct01()
    (welcome, submitted) = waiting(site)
    assert [one.payload["template"] for one in (welcome, submitted)] == ["welcome", "submitted"]
    with Moved(site, port) as program:
        worker = make_worker(program)
        worker.drain()
        tried = waiting(site)
        assert [one.attempts for one in tried] == [1, 1]
        assert all("ConnectionRefused" in str(one.last_error) for one in tried)
        # Filing and following go on meanwhile.
        assert code in me.go("/tai-khoan").text
        with mail_server(port) as mailbox:
            worker.drain()
            assert mailbox.received == [], "not before its time"
            site.clock.move(minutes=3)
            worker.drain()
            worker.drain()
        assert waiting(site) == []
    messages = [message_from_bytes(one, policy=policy.default) for one in mailbox.received]
    assert {str(one["To"]) for one in messages} == {"anh@example.vn"}
    assert len(messages) == 2
    bodies = [one.get_content() for one in messages]
    assert sum(code in body for body in bodies) == 1


def test_a_server_that_says_nothing_does_not_hold_up_filing(site: Site, tmp_path: Path) -> None:
    me = Citizen(site)
    with (
        socket.create_server(("127.0.0.1", 0)) as silent,
        Moved(site, silent.getsockname()[1]) as program,
    ):
        me.file_ct01()
        worker = make_worker(program)
        busy = threading.Thread(target=worker.drain_once)
        busy.start()
        accepted, _address = silent.accept()
        # The worker is in the middle of it, and nobody waits for it: no lock is held.
        again = Citizen(site)
        again.sign_in()
        again.begin()
        assert re.search(r"/buoc/", again.url)
        accepted.close()
        silent.close()
        busy.join(30)
        assert not busy.is_alive()
    assert len(waiting(site)) == 2
