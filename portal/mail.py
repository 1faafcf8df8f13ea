"""Mails: rendered from templates by the worker, sent by SMTP or written to a folder.

The outbox row holds the template's name and its values; the text is made when it is
sent, so that a correction of a template reaches what still waits.
"""

import smtplib
from collections.abc import Mapping
from datetime import datetime
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime, make_msgid, parseaddr
from pathlib import Path
from typing import Any, Protocol

import jinja2

import templates
from content.outbox import Job
from portal.setting_groups import Mail
from portal.settings import Settings
from portal.templating import FILTERS

KIND = "mail"
TIMEOUT = 30


class WholeAddresses(EmailPolicy):
    """Lines as SMTP wants them; the address by which readers leave is never folded.

    The library would encode a long one as it encodes words (RFC 2047); mail programs read
    that header as it stands, and the one click would lead nowhere.
    """

    def fold_binary(self, name: str, value: str) -> bytes:
        """See the base."""
        if name == LEAVING:
            return f"{name}: {value}{self.linesep}".encode("ascii")
        return super().fold_binary(name, value)


LEAVING = "List-Unsubscribe"
POLICY = WholeAddresses(linesep="\r\n")


class Mailer(Protocol):
    """Sends one message; raises if it did not leave."""

    def send(self, message: EmailMessage) -> None:
        """Send it."""


class FolderMailer:
    """For development: each mail becomes a file that can be opened and read."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def send(self, message: EmailMessage) -> None:
        """Write it under its message id, so that a repeated job overwrites itself."""
        name = str(message["X-Job"]) + ".eml"
        (self.folder / name).write_bytes(message.as_bytes(policy=POLICY))


class SMTPMailer:
    """Hands mails to a server."""

    def __init__(self, settings: Mail) -> None:
        self.settings = settings

    def send(self, message: EmailMessage) -> None:
        """Connect, send, leave."""
        with smtplib.SMTP(self.settings.host, self.settings.port, timeout=TIMEOUT) as server:
            server.send_message(message)


def make_mailer(settings: Settings) -> Mailer:
    """The mailer that the settings ask for."""
    if settings.mail.transport == "smtp":
        return SMTPMailer(settings.mail)
    return FolderMailer(settings.data_dir / "mail")


def domain_of(sender: str) -> str:
    """The domain that vouches for a mail, of "a@b.vn" and of "Tên <a@b.vn>"."""
    return parseaddr(sender)[1].rpartition("@")[2] or "localhost"


def is_official(settings: Mail, address: str) -> bool:
    """Whether notices to officers may go to this address."""
    domain = address.rpartition("@")[2].lower()
    known = settings.official
    return not known or any(domain == one or domain.endswith(f".{one}") for one in known)


class MailHandler:
    """Turns outbox rows of kind ``mail`` into messages: {to, template, values}."""

    def __init__(self, mailer: Mailer, settings: Settings, templates: Path) -> None:
        self.mailer = mailer
        self.settings = settings
        self.environment = make_environment(templates)

    def __call__(self, jobs: list[Job]) -> None:
        """Send all; the worker repeats one by one if any fails."""
        for job in jobs:
            self.mailer.send(self.message(job))

    def message(self, job: Job) -> EmailMessage:
        """The first line of a template is its subject: ``Subject: …``."""
        subject, body = _parts(self.render(job.payload["template"], job.payload.get("values", {})))
        message = EmailMessage(policy=POLICY)
        message["Subject"] = subject
        message["From"] = self.settings.mail.sender
        message["To"] = job.payload["to"]
        message["Message-ID"] = make_msgid(domain=domain_of(self.settings.mail.sender))
        message["X-Job"] = str(job.id)
        message["Auto-Submitted"] = "auto-generated"
        if "at" in job.payload:
            message["Date"] = format_datetime(datetime.fromisoformat(job.payload["at"]))
        if "leaving" in job.payload:
            self._can_be_left(message, job.payload["leaving"])
        message.set_content(body, cte="8bit")
        return message

    def _can_be_left(self, message: EmailMessage, path: str) -> None:
        """One click in the reader's mail program is enough (RFC 2369, RFC 8058)."""
        message[LEAVING] = f"<{self.settings.site.base_url}{path}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        message["Precedence"] = "bulk"

    def render(self, template: str, values: Mapping[str, Any]) -> str:
        """The text of one mail."""
        return self.environment.get_template(f"{template}.txt.jinja2").render(
            site=self.settings.site, **values
        )


def make_environment(templates: Path) -> jinja2.Environment:
    """The templates of mails: plain text, and nothing may be missing."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates),
        undefined=jinja2.StrictUndefined,
        autoescape=False,  # noqa: S701 - plain text
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(FILTERS)
    return environment


def words_of(settings: Settings, template: str, values: Mapping[str, Any]) -> tuple[str, str]:
    """Subject and text of a mail as it will leave, to be looked at."""
    environment = make_environment(Path(templates.__file__).parent / "mail")
    found = environment.get_template(f"{template}.txt.jinja2")
    return _parts(found.render(site=settings.site, **values))


def _parts(text: str) -> tuple[str, str]:
    subject, _, body = text.lstrip().partition("\n")
    return subject.removeprefix("Subject:").strip(), body.strip() + "\n"
