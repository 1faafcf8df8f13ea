"""Bodies of articles and pages as safe HTML, and as plain text for search.

A body is structured text (``structured.py``), or HTML from the rich-text editor and from
imports, which passes the allow-list of ``cleaning.py``.
"""

import re
from html import unescape

import nh3

from content.news import structured
from content.news.cleaning import sanitise
from content.news.models import BodyFormat
from content.news.unstructured import to_structured
from content.text import clean

_SILENT = re.compile(r'<img[^>]*\salt=""')
_TABLE = re.compile(r"(</?table>)")
_BREAKING = re.compile(r"<(/?(p|br|h\d|li|td|th|tr|blockquote|figcaption|figure)\b)")


def to_html(body: str, form: BodyFormat = BodyFormat.TEXT) -> str:
    """Safe HTML; sanitised again even where the stored body already was."""
    if form is BodyFormat.HTML:
        return sanitise(body)
    return structured.to_html(body)


def for_page(body: str, form: BodyFormat = BodyFormat.TEXT, *, table: str = "Bảng") -> str:
    """The same for pages: a table that is wider than the screen moves by itself, with the
    keyboard too, and is called ``table`` and its number."""
    parts: list[str] = []
    depth = number = 0
    for part in _TABLE.split(to_html(body, form)):
        if part == "</table>":
            depth -= 1
        if part == "<table>" and depth == 0:
            number += 1
            parts.append(f'<div class="wide" role="region" tabindex="0" aria-label="{table} ')
            parts.append(f'{number}">')
        parts.append(part)
        if part == "</table>" and depth == 0:
            parts.append("</div>")
        if part == "<table>":
            depth += 1
    return "".join(parts)


def to_text(body: str, form: BodyFormat = BodyFormat.TEXT) -> str:
    """The words alone; those of pictures are not among them."""
    spaced = _BREAKING.sub(r" <\1", to_html(body, form))
    return clean(unescape(nh3.clean(spaced, tags=set())))


def html_to_text(html: str) -> str:
    """HTML as structured text that an editor can go on with."""
    return to_structured(sanitise(html))


def is_plain(html: str) -> bool:
    """Whether structured text says the very same, so that nothing is lost in either way."""
    return sanitise(structured.to_html(html_to_text(html))) == sanitise(html)


def pictures_without_words(body: str, form: BodyFormat) -> int:
    """How many pictures of a body say nothing to people who do not see them."""
    return len(_SILENT.findall(to_html(body, form)))


def readable(body: str, form: BodyFormat = BodyFormat.HTML) -> str:
    """A body as text to be compared: no tags, headings, lists, pictures and tables marked."""
    return html_to_text(body) if form is BodyFormat.HTML else body
