"""Groups of settings, each a frozen value; ``portal.settings`` reads and puts them together."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Site:
    """Who publishes: what the header, the footer and the slips say; ``survey_url`` is where
    people are asked how they were served, empty where nobody asks."""

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
    national_procedure_url: str = ""
    survey_url: str = ""


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
