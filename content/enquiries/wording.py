"""What an editor writes of a question, what came from a citizen, and checks of both."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from content.enquiries.models import (
    MAX_ASKED,
    MAX_EMAIL,
    MAX_NAME,
    MAX_PHONE,
    Enquiry,
)
from content.errors import Invalid
from content.news.bodies import html_to_text, to_text
from content.news.models import BodyFormat
from content.text import clean, fold

#: More links than that are advertising.
MAX_LINKS = 1
_LINK = re.compile(r"https?://|www\.", re.IGNORECASE)
#: Characters of a long question that head it until an editor words it.
_HEADING = 120


@dataclass(frozen=True)
class Wording:
    """What an editor writes; ``procedures`` are codes or slugs of procedures."""

    title: str
    details: str = ""
    body: str = ""
    body_format: BodyFormat = BodyFormat.TEXT
    topic: str = ""
    sector_id: int | None = None
    position: int = 0
    procedures: tuple[str, ...] = ()

    def snapshot(self) -> dict[str, Any]:
        """As kept in a revision."""
        return {**asdict(self), "body_format": self.body_format.value}

    @classmethod
    def of(cls, snapshot: Mapping[str, Any]) -> "Wording":
        """What a revision says."""
        given = dict(snapshot)
        given["body_format"] = BodyFormat(given["body_format"])
        given["procedures"] = tuple(given["procedures"])
        return cls(**given)


def wording_of(enquiry: Enquiry) -> Wording:
    """What is stored, as an act of writing."""
    names = ("title", "details", "body", "body_format", "topic", "sector_id", "position")
    codes = tuple(one.key for one in enquiry.procedures)
    return Wording(**{name: getattr(enquiry, name) for name in names}, procedures=codes)


def short_name(name: str) -> str:
    """How a person is named who gave no consent to more: ``Nguyễn Văn An``, ``N.V.A.``"""
    return "".join(f"{word[0].upper()}." for word in name.split() if word[0].isalpha())


def checked(text: str, who: Mapping[str, str]) -> str:
    """The words of a citizen fit to keep. ``Invalid`` as ``EnquiryService.ask`` says."""
    words = clean(text, multiline=True)
    problems = {} if words else {"text": "required"}
    limits = {"name": MAX_NAME, "email": MAX_EMAIL, "phone": MAX_PHONE}
    problems |= {key: "too_long" for key, value in who.items() if len(value) > limits[key]}
    if len(words) > MAX_ASKED:
        problems["text"] = "too_long"
    elif len(_LINK.findall(words)) > MAX_LINKS or _LINK.search(who["name"]):
        problems["text"] = "too_many_links"
    if problems:
        raise Invalid(problems)
    return words


def heading(words: str) -> str:
    """What heads a citizen's question until an editor words it: its first sentence, cut."""
    first = re.split(r"(?<=[?.!])\s|\n", words, maxsplit=1)[0]
    if len(first) <= _HEADING:
        return first
    return (first[: _HEADING - 1].rpartition(" ")[0] or first[: _HEADING - 1]) + "…"


def search_key(wording: Wording, body: str) -> str:
    """All words of it, folded."""
    answer = to_text(body, wording.body_format)
    return fold(" ".join((wording.title, wording.details, wording.topic, answer)))


def plain_answer(enquiry: Enquiry) -> str:
    """The answer as a letter says it, line by line."""
    if enquiry.body_format is BodyFormat.HTML:
        return html_to_text(enquiry.body)
    return enquiry.body
