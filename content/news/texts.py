"""What an editor writes of an article or page, as a value: for acts, revisions, copies."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from content.news.cleaning import sanitise
from content.news.models import BodyFormat

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ArticleText:
    """What an editor writes. ``section`` is the slug of one; ``slug`` empty: made of the
    title, or left as it is."""

    title: str
    section: str
    kicker: str = ""
    lead: str = ""
    body: str = ""
    body_format: BodyFormat = BodyFormat.TEXT
    author_line: str = ""
    photographer: str = ""
    source: str = ""
    tags: tuple[str, ...] = field(default=())
    picture: str = ""
    picture_alt: str = ""
    picture_caption: str = ""
    gallery: Pairs = field(default=())
    attachments: Pairs = field(default=())
    related: tuple[str, ...] = field(default=())
    is_featured: bool = False
    is_pinned: bool = False
    correction: str = ""
    slug: str = ""

    def snapshot(self) -> dict[str, Any]:
        """For a revision."""
        return _plain(asdict(self))

    @classmethod
    def of(cls, snapshot: Mapping[str, Any]) -> "ArticleText":
        """What a revision said; what it does not know is empty."""
        known = _known(cls, snapshot)
        for name in ("tags", "related"):
            known[name] = tuple(known.get(name) or ())
        for name in ("gallery", "attachments"):
            known[name] = tuple((one[0], one[1]) for one in known.get(name) or ())
        return cls(**known)


@dataclass(frozen=True)
class PageText:
    """What an editor writes of a page."""

    title: str
    lead: str = ""
    body: str = ""
    body_format: BodyFormat = BodyFormat.TEXT
    parent_id: int | None = None
    position: int = 0
    slug: str = ""

    def snapshot(self) -> dict[str, Any]:
        """For a revision."""
        return _plain(asdict(self))

    @classmethod
    def of(cls, snapshot: Mapping[str, Any]) -> "PageText":
        """What a revision said."""
        return cls(**_known(cls, snapshot))


Text = ArticleText | PageText


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """As JSON keeps it."""
    plain = {
        name: [list(one) if isinstance(one, tuple) else one for one in value]
        if isinstance(value, tuple)
        else value
        for name, value in values.items()
    }
    return {name: str(v) if isinstance(v, BodyFormat) else v for name, v in plain.items()}


def _known(kind: type[Any], snapshot: Mapping[str, Any]) -> dict[str, Any]:
    names = {one.name for one in fields(kind)}
    known = {name: value for name, value in snapshot.items() if name in names}
    return known | {"body_format": BodyFormat(snapshot.get("body_format", "text"))}


def columns_of(text: Text) -> dict[str, Any]:
    """The columns that an act of writing sets, as they are stored."""
    columns = {one.name: getattr(text, one.name) for one in fields(text)}
    if text.body_format is BodyFormat.HTML:
        columns["body"] = sanitise(text.body)
    for name in ("tags", "related"):
        if name in columns:
            columns[name] = list(columns[name])
    for name in ("gallery", "attachments"):
        if name in columns:
            columns[name] = [list(one) for one in columns[name]]
    if "section" in columns:
        columns["section_slug"] = columns.pop("section")
    return {name: value for name, value in columns.items() if name not in ("slug", "correction")}
