"""Settings: read once, typed, wrong ones stop the start with all problems together.

The only reader of the ``.ini`` file and of the environment. A value comes from the
environment variable named beside it, else from the ini file, else from its default.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from portal import exchange_settings, signing_settings
from portal.exchange_settings import Exchange
from portal.setting_groups import Desk, Editorial, Limits, Mail, Site
from portal.setting_values import (
    at_least_one,
    coded_address,
    domains,
    flag,
    folders,
    https_or_nothing,
    one_of,
    port,
    text,
    whole,
)
from portal.signing_settings import Signing

MIB = 1 << 20
SAMPLE_SECRET = "only-for-development"  # noqa: S105 - refused outside development


class SettingsError(Exception):
    """Every problem found, one a line."""


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
    page_cache: int
    reload_templates: bool
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
    exchange: Exchange = field(default_factory=Exchange)

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


OPTIONS = (
    _Option(
        "portal.database_url",
        "PORTAL_DATABASE_URL",
        text,
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
        "portal.secret", "PORTAL_SECRET", text, None, "Key for signatures, at least 32 characters"
    ),
    _Option(
        "portal.development",
        "PORTAL_DEVELOPMENT",
        flag,
        "false",
        "Allows sample content and accounts, and cookies over plain HTTP",
    ),
    _Option(
        "portal.secure_cookies", "PORTAL_SECURE_COOKIES", flag, "true", "Cookies over HTTPS only"
    ),
    _Option(
        "portal.filing_default",
        "PORTAL_FILING_DEFAULT",
        one_of("local", "national", "counter", "none"),
        "national",
        "Where newly imported procedures are filed",
    ),
    _Option(
        "portal.dossier_code_scheme",
        "PORTAL_DOSSIER_CODE_SCHEME",
        one_of("qd20-2020", "tt01-2018", "national-2026"),
        "qd20-2020",
        "Shape of new dossier codes",
    ),
    _Option(
        "portal.draft_days",
        "PORTAL_DRAFT_DAYS",
        at_least_one,
        "30",
        "Days for which an application is kept after it was last filled in",
    ),
    _Option("portal.threads", "PORTAL_THREADS", at_least_one, "4", "Threads of the web server"),
    _Option(
        "portal.page_cache",
        "PORTAL_PAGE_CACHE",
        whole,
        "8",
        "Megabytes of public pages kept whole in memory, compressed; 0: none",
    ),
    _Option(
        "portal.reload_templates",
        "PORTAL_RELOAD_TEMPLATES",
        flag,
        "false",
        "Look at every page whether a template was changed, for those who work on them",
    ),
    _Option(
        "portal.trusted_proxy",
        "PORTAL_TRUSTED_PROXY",
        str.strip,
        "",
        "Address of the proxy in front, whose X-Forwarded-* headers are believed; empty: none",
    ),
    _Option("portal.host", "HOST", text, "127.0.0.1", "Address to listen on"),
    _Option("portal.port", "PORT", port, "6543", "Port to listen on"),
    _Option(
        "portal.log_level",
        "PORTAL_LOG_LEVEL",
        one_of("DEBUG", "INFO", "WARNING", "ERROR"),
        "INFO",
        "How much is logged",
    ),
    _Option("site.name", "PORTAL_SITE_NAME", text, None, "Name of the portal"),
    _Option(
        "site.short_name", "PORTAL_SITE_SHORT_NAME", text, None, "Short name for small screens"
    ),
    _Option("site.authority", "PORTAL_SITE_AUTHORITY", text, None, "The authority that publishes"),
    _Option("site.address", "PORTAL_SITE_ADDRESS", text, None, "Postal address"),
    _Option("site.hotline", "PORTAL_SITE_HOTLINE", text, None, "Phone number shown on every page"),
    _Option("site.email", "PORTAL_SITE_EMAIL", text, None, "Contact address"),
    _Option("site.hours", "PORTAL_SITE_HOURS", text, None, "Opening hours in words"),
    _Option(
        "site.code",
        "PORTAL_SITE_CODE",
        text,
        None,
        "Agency identifier of the authority (QĐ 20/2020/QĐ-TTg)",
    ),
    _Option(
        "site.base_url",
        "PORTAL_BASE_URL",
        str.strip,
        "",
        "Public address, printed in QR codes; in development that of host and port",
    ),
    _Option(
        "site.national_portal_url",
        "PORTAL_NATIONAL_URL",
        text,
        "https://dichvucong.gov.vn",
        "The national portal",
    ),
    _Option(
        "site.national_procedure_url",
        "PORTAL_NATIONAL_PROCEDURE_URL",
        coded_address,
        "",
        "Address of one procedure there, with {code} for its code; empty: its home page",
    ),
    _Option(
        "site.theme",
        "PORTAL_THEME",
        one_of("lacquer", "indigo", "pine", "slate"),
        "lacquer",
        "Colours of the pages: `lacquer`, `indigo`, `pine` or `slate`",
    ),
    _Option(
        "site.survey_url",
        "PORTAL_SURVEY_URL",
        https_or_nothing,
        "",
        "Address (https) of the survey offered when a result was returned",
    ),
    _Option("site.sample", "PORTAL_SAMPLE", flag, "false", "Marks every page and slip as a sample"),
    _Option(
        "limits.file", "PORTAL_LIMIT_FILE", whole, str(20 * MIB), "Largest uploaded file, bytes"
    ),
    _Option(
        "limits.dossier",
        "PORTAL_LIMIT_DOSSIER",
        whole,
        str(100 * MIB),
        "Largest sum of a dossier's files, bytes",
    ),
    _Option(
        "limits.body", "PORTAL_LIMIT_BODY", whole, str(64 * MIB), "Largest request body, bytes"
    ),
    _Option(
        "limits.drafts",
        "PORTAL_LIMIT_DRAFTS",
        whole,
        "60",
        "Applications that one network address may begin in an hour without an account; 0: any",
    ),
    _Option(
        "mail.transport",
        "PORTAL_MAIL_TRANSPORT",
        one_of("console", "smtp"),
        "console",
        "How mail leaves",
    ),
    _Option("mail.host", "PORTAL_MAIL_HOST", text, "localhost", "SMTP server"),
    _Option("mail.port", "PORTAL_MAIL_PORT", port, "25", "SMTP port"),
    _Option(
        "mail.sender", "PORTAL_MAIL_SENDER", text, "khong-tra-loi@example.vn", "Sender's address"
    ),
    _Option(
        "mail.official",
        "PORTAL_MAIL_OFFICIAL",
        domains,
        "",
        "Domains of official mailboxes; notices to officers go to no other address",
    ),
    _Option(
        "editorial.four_eyes",
        "PORTAL_FOUR_EYES",
        flag,
        "false",
        "Whether what one person wrote must be published by another",
    ),
    _Option(
        "editorial.comments",
        "PORTAL_COMMENTS",
        flag,
        "false",
        "Whether readers may comment on the articles that editors open for it",
    ),
    _Option(
        "editorial.polls",
        "PORTAL_POLLS",
        flag,
        "false",
        "Whether the site shows polls and takes votes",
    ),
    _Option(
        "editorial.newsletter",
        "PORTAL_NEWSLETTER",
        flag,
        "false",
        "Whether readers may have the newsletter sent to them",
    ),
    _Option(
        "editorial.answer_days",
        "PORTAL_ANSWER_DAYS",
        at_least_one,
        "10",
        "Days after which a citizen's question without an answer is late",
    ),
    _Option(
        "editorial.enquiry_days",
        "PORTAL_ENQUIRY_DAYS",
        at_least_one,
        "365",
        "Days after the answer (or the arrival) when who asked is erased, refused questions whole",
    ),
    _Option(
        "editorial.check_other_hosts",
        "PORTAL_CHECK_OTHER_HOSTS",
        flag,
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
    *(_Option(*row) for row in exchange_settings.ROWS),
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
    ours = ("portal.", "site.", "limits.", "mail.", "editorial.", "desk.", "signing.", "exchange.")
    problems += [f"{name}: unknown" for name in ini if name.startswith(ours) and name not in known]
    problems += _refusals(values)
    if problems:
        raise SettingsError("\n".join(problems))
    here = f"http://{values['portal.host']}:{values['portal.port']}"
    values["site.base_url"] = values["site.base_url"] or here
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
    if not development and not values.get("site.base_url", "?"):
        problems.append("site.base_url (PORTAL_BASE_URL): missing. It is printed in QR codes")
    problems += exchange_settings.missing(values)
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
        exchange=Exchange(**_group(values, "exchange")),
    )
