"""Settings: read once, typed, wrong ones stop the start with all problems together.

The only reader of the ``.ini`` file and of the environment. A value comes from the
environment variable named beside it, else from the ini file, else from its default.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from portal import signing_settings
from portal.setting_values import folders
from portal.signing_settings import Signing

MIB = 1 << 20
SAMPLE_SECRET = "only-for-development"  # noqa: S105 - refused outside development


class SettingsError(Exception):
    """Every problem found, one a line."""


@dataclass(frozen=True)
class Site:
    """Who publishes: what the header, the footer and the slips say."""

    name: str
    short_name: str
    authority: str
    address: str
    hotline: str
    email: str
    hours: str
    code: str
    base_url: str
    national_portal_url: str
    theme: str
    sample: bool


@dataclass(frozen=True)
class Limits:
    """Sizes in bytes; ``drafts`` is a number an hour, 0 for no limit."""

    file: int
    dossier: int
    body: int
    drafts: int = 60


@dataclass(frozen=True)
class Mail:
    """How mail leaves: ``console`` writes it to the log and to the data folder, ``smtp`` sends.

    ``official``: domains of official mailboxes; officers are written to nowhere else. Empty
    means that every officer's address is official.
    """

    transport: str
    host: str
    port: int
    sender: str
    official: tuple[str, ...] = ()


@dataclass(frozen=True)
class Editorial:
    """How editors work together: ``four_eyes`` asks that nobody publishes what they wrote;
    ``comments`` lets readers comment on the articles that editors open; ``polls`` shows polls;
    ``newsletter`` takes addresses of readers.
    ``check_other_hosts`` lets the worker ask other hosts whether our links to them lead on.

    A citizen's question is late after ``answer_days``; who asked is erased ``enquiry_days``
    after the answer.
    """

    four_eyes: bool
    comments: bool
    polls: bool = False
    answer_days: int = 10
    enquiry_days: int = 365
    newsletter: bool = False
    check_other_hosts: bool = False


@dataclass(frozen=True)
class Desk:
    """The desks' machines: the folder that each desk's scanner writes to, by its slug."""

    scan_folders: Mapping[str, Path] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Settings:
    """Everything an installation may choose."""

    database_url: str
    data_dir: Path
    secret: str
    development: bool
    secure_cookies: bool
    filing_default: str
    dossier_code_scheme: str
    draft_days: int
    threads: int
    trusted_proxy: str
    host: str
    port: int
    log_level: str
    site: Site
    limits: Limits
    mail: Mail
    editorial: Editorial
    desk: Desk = field(default_factory=Desk)
    signing: Signing = field(default_factory=Signing)

    @property
    def blob_dir(self) -> Path:
        """Folder of the stored files."""
        return self.data_dir / "files"

    @property
    def index_dir(self) -> Path:
        """Folder of the search index."""
        return self.data_dir / "index"


@dataclass(frozen=True)
class _Option:
    name: str
    variable: str
    read: Callable[[str], Any]
    default: str | None
    explains: str


def _text(value: str) -> str:
    if not value.strip():
        raise ValueError("must not be empty")
    return value.strip()


def _flag(value: str) -> bool:
    words = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
    if value.strip().lower() not in words:
        raise ValueError("must be true or false")
    return words[value.strip().lower()]


def _domains(value: str) -> tuple[str, ...]:
    return tuple(value.lower().replace(",", " ").split())


def _whole(value: str) -> int:
    number = int(value)
    if number < 0:
        raise ValueError("must not be negative")
    return number


def _at_least_one(value: str) -> int:
    number = int(value)
    if number < 1:
        raise ValueError("must be at least 1")
    return number


def _one_of(*words: str) -> Callable[[str], str]:
    def read(value: str) -> str:
        if value.strip() not in words:
            raise ValueError(f"must be one of {', '.join(words)}")
        return value.strip()

    return read


OPTIONS = (
    _Option(
        "portal.database_url",
        "PORTAL_DATABASE_URL",
        _text,
        "sqlite:///var/portal.sqlite3",
        "Where the data is: SQLite or PostgreSQL (postgresql+psycopg://…)",
    ),
    _Option(
        "portal.data_dir",
        "PORTAL_DATA_DIR",
        Path,
        "var",
        "Folder of files, index and outgoing mail",
    ),
    _Option(
        "portal.secret", "PORTAL_SECRET", _text, None, "Key for signatures, at least 32 characters"
    ),
    _Option(
        "portal.development",
        "PORTAL_DEVELOPMENT",
        _flag,
        "false",
        "Allows sample content and accounts, and cookies over plain HTTP",
    ),
    _Option(
        "portal.secure_cookies", "PORTAL_SECURE_COOKIES", _flag, "true", "Cookies over HTTPS only"
    ),
    _Option(
        "portal.filing_default",
        "PORTAL_FILING_DEFAULT",
        _one_of("local", "national", "counter", "none"),
        "national",
        "Where newly imported procedures are filed",
    ),
    _Option(
        "portal.dossier_code_scheme",
        "PORTAL_DOSSIER_CODE_SCHEME",
        _one_of("qd20-2020", "tt01-2018", "national-2026"),
        "qd20-2020",
        "Shape of new dossier codes",
    ),
    _Option(
        "portal.draft_days",
        "PORTAL_DRAFT_DAYS",
        _at_least_one,
        "30",
        "Days for which an application is kept after it was last filled in",
    ),
    _Option("portal.threads", "PORTAL_THREADS", _whole, "4", "Threads of the web server"),
    _Option(
        "portal.trusted_proxy",
        "PORTAL_TRUSTED_PROXY",
        str.strip,
        "",
        "Address of the proxy in front, whose X-Forwarded-* headers are believed; empty: none",
    ),
    _Option("portal.host", "HOST", _text, "127.0.0.1", "Address to listen on"),
    _Option("portal.port", "PORT", _whole, "6543", "Port to listen on"),
    _Option(
        "portal.log_level",
        "PORTAL_LOG_LEVEL",
        _one_of("DEBUG", "INFO", "WARNING", "ERROR"),
        "INFO",
        "How much is logged",
    ),
    _Option("site.name", "PORTAL_SITE_NAME", _text, None, "Name of the portal"),
    _Option(
        "site.short_name", "PORTAL_SITE_SHORT_NAME", _text, None, "Short name for small screens"
    ),
    _Option("site.authority", "PORTAL_SITE_AUTHORITY", _text, None, "The authority that publishes"),
    _Option("site.address", "PORTAL_SITE_ADDRESS", _text, None, "Postal address"),
    _Option("site.hotline", "PORTAL_SITE_HOTLINE", _text, None, "Phone number shown on every page"),
    _Option("site.email", "PORTAL_SITE_EMAIL", _text, None, "Contact address"),
    _Option("site.hours", "PORTAL_SITE_HOURS", _text, None, "Opening hours in words"),
    _Option(
        "site.code",
        "PORTAL_SITE_CODE",
        _text,
        None,
        "Agency identifier of the authority (QĐ 20/2020/QĐ-TTg)",
    ),
    _Option(
        "site.base_url",
        "PORTAL_BASE_URL",
        _text,
        "http://127.0.0.1:6543",
        "Public address, printed in QR codes",
    ),
    _Option(
        "site.national_portal_url",
        "PORTAL_NATIONAL_URL",
        _text,
        "https://dichvucong.gov.vn",
        "The national portal",
    ),
    _Option(
        "site.theme",
        "PORTAL_THEME",
        _one_of("lacquer", "indigo", "pine", "slate"),
        "lacquer",
        "Colours of the pages: `lacquer`, `indigo`, `pine` or `slate`",
    ),
    _Option(
        "site.sample", "PORTAL_SAMPLE", _flag, "false", "Marks every page and slip as a sample"
    ),
    _Option(
        "limits.file", "PORTAL_LIMIT_FILE", _whole, str(20 * MIB), "Largest uploaded file, bytes"
    ),
    _Option(
        "limits.dossier",
        "PORTAL_LIMIT_DOSSIER",
        _whole,
        str(100 * MIB),
        "Largest sum of a dossier's files, bytes",
    ),
    _Option(
        "limits.body", "PORTAL_LIMIT_BODY", _whole, str(64 * MIB), "Largest request body, bytes"
    ),
    _Option(
        "limits.drafts",
        "PORTAL_LIMIT_DRAFTS",
        _whole,
        "60",
        "Applications that one network address may begin in an hour without an account; 0: any",
    ),
    _Option(
        "mail.transport",
        "PORTAL_MAIL_TRANSPORT",
        _one_of("console", "smtp"),
        "console",
        "How mail leaves",
    ),
    _Option("mail.host", "PORTAL_MAIL_HOST", _text, "localhost", "SMTP server"),
    _Option("mail.port", "PORTAL_MAIL_PORT", _whole, "25", "SMTP port"),
    _Option(
        "mail.sender", "PORTAL_MAIL_SENDER", _text, "khong-tra-loi@example.vn", "Sender's address"
    ),
    _Option(
        "mail.official",
        "PORTAL_MAIL_OFFICIAL",
        _domains,
        "",
        "Domains of official mailboxes; notices to officers go to no other address",
    ),
    _Option(
        "editorial.four_eyes",
        "PORTAL_FOUR_EYES",
        _flag,
        "false",
        "Whether what one person wrote must be published by another",
    ),
    _Option(
        "editorial.comments",
        "PORTAL_COMMENTS",
        _flag,
        "false",
        "Whether readers may comment on the articles that editors open for it",
    ),
    _Option(
        "editorial.polls",
        "PORTAL_POLLS",
        _flag,
        "false",
        "Whether the site shows polls and takes votes",
    ),
    _Option(
        "editorial.newsletter",
        "PORTAL_NEWSLETTER",
        _flag,
        "false",
        "Whether readers may have the newsletter sent to them",
    ),
    _Option(
        "editorial.answer_days",
        "PORTAL_ANSWER_DAYS",
        _at_least_one,
        "10",
        "Days after which a citizen's question without an answer is late",
    ),
    _Option(
        "editorial.enquiry_days",
        "PORTAL_ENQUIRY_DAYS",
        _at_least_one,
        "365",
        "Days after the answer (or the arrival) when who asked is erased, refused questions whole",
    ),
    _Option(
        "editorial.check_other_hosts",
        "PORTAL_CHECK_OTHER_HOSTS",
        _flag,
        "false",
        "Whether the worker asks other hosts if links to them lead on; sends nothing else out",
    ),
    _Option(
        "desk.scan_folders",
        "PORTAL_SCAN_FOLDERS",
        folders,
        "",
        "Folders that the desks' scanners write to: `slug=/folder; slug=/folder`",
    ),
    *(_Option(*row) for row in signing_settings.ROWS),
)


def read_settings(ini: Mapping[str, str], environ: Mapping[str, str] | None = None) -> Settings:
    """The settings, or ``SettingsError`` naming every problem at once."""
    environ = os.environ if environ is None else environ
    values: dict[str, Any] = {}
    problems: list[str] = []
    for option in OPTIONS:
        given = environ.get(option.variable, ini.get(option.name, option.default))
        if given is None:
            problems.append(f"{option.name} ({option.variable}): missing. {option.explains}")
            continue
        try:
            values[option.name] = option.read(given)
        except ValueError as error:
            problems.append(f"{option.name} ({option.variable}): {error}. {option.explains}")
    known = {option.name for option in OPTIONS}
    ours = ("portal.", "site.", "limits.", "mail.", "editorial.", "desk.", "signing.")
    problems += [f"{name}: unknown" for name in ini if name.startswith(ours) and name not in known]
    problems += _refusals(values)
    if problems:
        raise SettingsError("\n".join(problems))
    return _build(values)


def _refusals(values: Mapping[str, Any]) -> list[str]:
    """What would be unsafe or untrue outside development."""
    secret = values.get("portal.secret", "")
    development = values.get("portal.development", False)
    problems = []
    if not development and (len(secret) < 32 or SAMPLE_SECRET in secret):
        problems.append("portal.secret (PORTAL_SECRET): at least 32 characters, not the sample's")
    if not development and values.get("site.sample"):
        problems.append("site.sample: sample content is for development only")
    if not development and not values.get("portal.secure_cookies", True):
        problems.append("portal.secure_cookies: must be true outside development")
    return problems


def _group(values: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    start = prefix + "."
    return {name[len(start) :]: value for name, value in values.items() if name.startswith(start)}


def _build(values: Mapping[str, Any]) -> Settings:
    return Settings(
        **_group(values, "portal"),
        site=Site(**_group(values, "site")),
        limits=Limits(**_group(values, "limits")),
        mail=Mail(**_group(values, "mail")),
        editorial=Editorial(**_group(values, "editorial")),
        desk=Desk(**_group(values, "desk")),
        signing=Signing(**_group(values, "signing")),
    )
