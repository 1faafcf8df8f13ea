"""Every mail that leaves: all of its values are told, documented and needed."""

import dataclasses
from pathlib import Path

import jinja2
import pytest

from content.outbox import Job
from portal.mail import FolderMailer, MailHandler, SMTPMailer
from tests.bench.server import free_port
from tests.portal.mail_values import MAIL_VALUES, MAILS
from tests.support.mail_server import mail_server
from tests.support.site import sample_settings

#: What a mail is told beside words.
MAIL_FLAGS: dict[str, dict[str, bool]] = {
    "supplement_asked": {"clock_runs": True},
    "supplement_received": {"at_desk": True},
    "stopped": {"expired": True},
    "deadline": {"overdue": False, "prepared": True},
    "work_due": {"overdue": False},
    "opinion_due": {"overdue": False},
    "result_ready": {"refusal": True, "early": True},
    "result_returned": {"stored": True},
}


@pytest.fixture
def mails(tmp_path: Path) -> MailHandler:
    settings = sample_settings(tmp_path)
    return MailHandler(FolderMailer(tmp_path / "mail"), settings, MAILS)


def test_every_mail_has_its_values_here():
    assert {path.name.split(".")[0] for path in MAILS.iterdir()} == {*MAIL_VALUES, "signature"}


def _told(values):
    """All words among the values of a mail, those in lists too."""
    for value in values.values():
        if isinstance(value, str):
            yield value
        else:
            for one in value:
                yield from [one] if isinstance(one, str) else _told(one)


@pytest.mark.parametrize("name", MAIL_VALUES)
def test_a_mail_says_all_it_was_given_and_who_sends_it(name, mails: MailHandler):
    text = mails.render(name, MAIL_FLAGS.get(name, {}) | MAIL_VALUES[name])
    subject, _, body = text.lstrip().partition("\n")
    assert subject.startswith("Subject: ")
    assert 20 <= len(subject) <= 110
    for value in _told(MAIL_VALUES[name]):
        assert value in text
    assert body.strip().endswith(
        "TRANG MẪU – cơ quan, hồ sơ và thư này không có thật; không chuyển tiền."
    )
    assert mails.settings.site.authority in body
    assert "\n\n\n" not in body.strip()


@pytest.mark.parametrize("name", MAIL_VALUES)
def test_a_mail_with_a_missing_value_is_not_sent(name, mails: MailHandler):
    for missing in MAIL_VALUES[name]:
        values = {key: value for key, value in MAIL_VALUES[name].items() if key != missing}
        with pytest.raises(jinja2.UndefinedError):
            mails.render(name, MAIL_FLAGS.get(name, {}) | values)


@pytest.mark.parametrize("name", MAIL_VALUES)
def test_a_mail_documents_each_of_its_values(name):
    comment = (MAILS / f"{name}.txt.jinja2").read_text("utf-8").partition("#}")[0]
    assert [value for value in MAIL_VALUES[name] if f"\n{value} " not in comment] == []


def test_an_accepted_mail_without_a_due_date_says_so(mails: MailHandler):
    text = mails.render("accepted", MAIL_VALUES["accepted"] | {"due_at": None, "time_limit": None})
    assert "không có ngày hẹn" in text
    assert "None" not in text
    assert "Thời hạn giải quyết" not in text


def test_a_long_address_to_leave_by_arrives_as_it_stands(mails: MailHandler, tmp_path: Path):
    """Mail programs do not decode this header: encoded or folded, the one click is lost."""
    base = "https://dich-vu-cong.xa-dong-may.son-ha-mau.gov.vn"
    site = dataclasses.replace(mails.settings.site, base_url=base)
    settings = dataclasses.replace(mails.settings, site=site)
    path = f"/ban-tin/thoi-nhan/{'k' * 60}"
    payload = {
        "to": "ba.tam@example.vn",
        "template": "newsletter_confirm",
        "values": MAIL_VALUES["newsletter_confirm"],
        "leaving": path,
    }
    message = MailHandler(mails.mailer, settings, MAILS).message(
        Job(id=1, kind="mail", key="", payload=payload, attempts=0)
    )
    with mail_server(free_port()) as box:
        port = box.server_address[1]
        SMTPMailer(dataclasses.replace(settings.mail, host="127.0.0.1", port=port)).send(message)
    mails.mailer.send(message)
    for data in (box.received[0], *(one.read_bytes() for one in tmp_path.glob("mail/*.eml"))):
        lines = data.split(b"\r\n")
        assert f"List-Unsubscribe: <{base}{path}>".encode() in lines
        assert b"List-Unsubscribe-Post: List-Unsubscribe=One-Click" in lines
        [mail_id] = [one for one in lines if one.startswith(b"Message-ID:")]
        assert mail_id.endswith(b"@example.vn>")
