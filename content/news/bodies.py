"""Bodies of articles and pages as safe HTML, and as plain text for search.

Structured text: a blank line parts paragraphs, ``## `` begins a heading, ``- `` a list
item, ``1. `` a numbered one; addresses (http, https, mailto, /path) written as
``[words](address)`` become links. Everything else is text and is escaped. HTML comes
from the rich-text editor and from imports; it passes the allow-list of ``cleaning.py``.
"""

import re
from collections.abc import Iterator
from html import escape, unescape
from itertools import groupby

import nh3

from content.news.cleaning import sanitise
from content.news.models import BodyFormat
from content.text import clean

_LINK = re.compile(r"\[([^\]\n]{1,200})\]\(((?:https?://|mailto:|tel:|/)[^\s()<>\"]{0,500})\)")
_NUMBERED = re.compile(r"\d{1,3}\. ")


def to_html(body: str, form: BodyFormat = BodyFormat.TEXT) -> str:
    """Safe HTML; sanitised again even where the stored body already was."""
    if form is BodyFormat.HTML:
        return sanitise(body)
    return "\n".join(_blocks(body))


def to_text(body: str, form: BodyFormat = BodyFormat.TEXT) -> str:
    """The words alone."""
    if form is BodyFormat.HTML:
        spaced = re.sub(r"<(/?(p|br|h\d|li|td|th|tr|blockquote|figcaption)\b)", r" <\1", body)
        return clean(unescape(nh3.clean(spaced, tags=set())))
    text = _LINK.sub(r"\1", body)
    return clean(re.sub(r"(?m)^(## |- |\d{1,3}\. )", "", text))


def html_to_text(html: str) -> str:
    """Imported HTML as structured text that an editor can go on with."""
    text = sanitise(html)
    for pattern, written in (
        (r'<a href="([^"]*)"[^>]*>(.*?)</a>', r"[\2](\1)"),
        (r"<h[234]>", "\n\n## "),
        (r"<li>", "\n- "),
        (r"<br>", "\n"),
        (r"</?(p|h[234]|ul|ol|table|tr|blockquote|figure)\b[^>]*>", "\n\n"),
        (r"</t[hd]>", " "),
    ):
        text = re.sub(pattern, written, text)
    return clean(unescape(nh3.clean(text, tags=set())), multiline=True)


_TAG_NAME = re.compile(r"<([a-z0-9]+)")
PLAIN_TAGS = {"p", "br", "h2", "ul", "ol", "li", "a"}


def is_plain(html: str) -> bool:
    """Whether sanitised HTML says nothing that structured text could not say."""
    return set(_TAG_NAME.findall(html)) <= PLAIN_TAGS


def _kind(line: str) -> str:
    if not line.strip():
        return "gap"
    if line.startswith("## "):
        return "heading"
    if line.startswith("- "):
        return "ul"
    return "ol" if _NUMBERED.match(line) else "p"


def _blocks(body: str) -> Iterator[str]:
    for kind, group in groupby(clean(body, multiline=True).split("\n"), key=_kind):
        lines = list(group)
        if kind == "heading":
            yield from (f"<h2>{_inline(line[3:])}</h2>" for line in lines)
        elif kind in {"ul", "ol"}:
            items = "".join(f"<li>{_inline(line.split(' ', 1)[1])}</li>" for line in lines)
            yield f"<{kind}>{items}</{kind}>"
        elif kind == "p":
            yield "<p>" + "<br>".join(_inline(line) for line in lines) + "</p>"


def _inline(text: str) -> str:
    parts: list[str] = []
    end = 0
    for match in _LINK.finditer(text):
        parts.append(escape(text[end : match.start()]))
        parts.append(f'<a href="{escape(match[2])}">{escape(match[1])}</a>')
        end = match.end()
    return "".join([*parts, escape(text[end:])])


def pictures_without_words(body: str, form: BodyFormat) -> int:
    """How many pictures of a body say nothing to people who do not see them."""
    return len(re.findall(r'<img[^>]*\salt=""', body)) if form is BodyFormat.HTML else 0


def readable(html: str) -> str:
    """Markup as little as shows what changed: tables and pictures keep their tags."""
    return html.replace("<p>", "").replace("</p>", "\n")
