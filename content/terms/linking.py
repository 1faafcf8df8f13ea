"""Links from texts to the glossary: the first mention of each term, as a whole word.

Works on sanitised HTML, whose text is escaped and whose tags are regular; words within
links, headings, captions and table heads stay as they are. What is to be linked is read
again only after an editor changed a term.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from itertools import groupby

from sqlalchemy.orm import Session

from content import changes

COUNTER = "terms"
# The serialiser quotes every attribute, and leaves ">" within the quotes as it is.
_PARTS = re.compile(r'(<(?:[^>"]|"[^"]*")*>)')
_TAG = re.compile(r"<(/?)([a-z0-9]+)")
_CLOSED = frozenset({"a", "h1", "h2", "h3", "h4", "caption", "figcaption", "th", "dfn"})


def stale(session: Session) -> None:
    """Make what is kept of the terms stale once this transaction commits."""
    changes.advance(session, COUNTER)


class Linker:
    """Puts links into HTML; ``names`` are all names of a term → its anchor."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self.anchors = {escape(name).lower(): anchor for name, anchor in names.items()}
        words = "|".join(_by_first_letter(self.anchors))
        self.pattern = re.compile(rf"(?<![\w&])(?:{words})(?!\w)", re.I) if words else None

    def linked(self, html: str, base: str) -> str:
        """The HTML with its links to ``base#anchor``; without mentions, unchanged."""
        if self.pattern is None or not self.pattern.search(html):
            return html
        done: set[str] = set()
        closed = 0
        parts = _PARTS.split(html)
        for number, part in enumerate(parts):
            tag = _TAG.match(part)
            if tag and tag[2] in _CLOSED:
                closed += -1 if tag[1] else 1
            elif not part.startswith("<") and closed == 0:
                parts[number] = self._text(self.pattern, part, base, done)
        return "".join(parts)

    def _text(self, pattern: re.Pattern[str], text: str, base: str, done: set[str]) -> str:
        def link(match: re.Match[str]) -> str:
            anchor = self.anchors.get(match[0].lower())
            if anchor is None or anchor in done:
                return match[0]
            done.add(anchor)
            return f'<a class="term" href="{base}#{anchor}">{match[0]}</a>'

        return pattern.sub(link, text)


def _by_first_letter(names: Iterable[str]) -> Iterator[str]:
    """Alternatives, the longest first, each first letter tried once a word."""
    for letter, group in groupby(sorted(names), key=lambda name: name[0]):
        rests = sorted((name[1:] for name in group), key=len, reverse=True)
        yield f"{re.escape(letter)}(?:{'|'.join(map(re.escape, rests))})"
