"""Structured text: what is written without a rich-text editor, and its safe HTML.

A blank line parts paragraphs. By how a line begins: ``## `` a heading, ``- `` a list item,
``1. `` a numbered one, ``> `` a quotation, ``|`` a row of a table (``| a | b |``; a row of
dashes below it makes the first row a heading). A line of its own
``![words](/tep/…)`` is a picture of the library, or a video where the address ends so;
``![words](/tep/… "caption")`` has a caption. ``[words](address)`` is a link (http, https,
mailto, tel, /path). Everything else is text and is escaped.
"""

import re
from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

from content.news.cleaning import image_allowed
from content.text import clean

LINK = re.compile(r"\[([^\]\n]{1,200})\]\(((?:https?://|mailto:|tel:|/)[^\s()<>\"]{0,500})\)")
PICTURE = re.compile(
    r"!\[([^\]\n]{0,500})\]\((/tep/[^\s()<>\"]{1,200})(?: \"([^\"\n]{1,500})\")?\)\s*"
)
VIDEO = re.compile(r"\.(?:mp4|webm)$", re.IGNORECASE)
NUMBERED = re.compile(r"\d{1,3}\. ")
_DASHES = re.compile(r"\|(?:\s*:?-{3,}:?\s*\|)+\s*")
#: How a line that is not a paragraph begins; the words follow.
MARKS = re.compile(r"(?m)^(?:## |- |> |\d{1,3}\. )")


def kind_of(line: str) -> str:
    """What a line belongs to."""
    if not line.strip():
        return "gap"
    for mark, kind in (("## ", "heading"), ("- ", "ul"), ("> ", "quote"), ("|", "table")):
        if line.startswith(mark):
            return kind
    if _picture(line) is not None:
        return "picture"
    return "ol" if NUMBERED.match(line) else "p"


def to_html(text: str) -> str:
    """Safe HTML of a structured text."""
    return "\n".join(_blocks(clean(text, multiline=True)))


def _blocks(text: str) -> Iterator[str]:
    for kind, group in groupby(text.split("\n"), key=kind_of):
        lines = list(group)
        if kind == "heading":
            yield from (f"<h2>{_inline(line[3:])}</h2>" for line in lines)
        elif kind == "picture":
            yield from (_figure(line) for line in lines)
        elif kind in {"ul", "ol"}:
            items = "".join(f"<li>{_inline(line.split(' ', 1)[1])}</li>" for line in lines)
            yield f"<{kind}>{items}</{kind}>"
        elif kind == "quote":
            yield f"<blockquote><p>{_lines([line[2:] for line in lines])}</p></blockquote>"
        elif kind == "table":
            yield _table(lines)
        elif kind == "p":
            yield f"<p>{_lines(lines)}</p>"


def _lines(lines: Sequence[str]) -> str:
    return "<br>".join(_inline(line) for line in lines)


def _picture(line: str) -> re.Match[str] | None:
    found = PICTURE.fullmatch(line)
    return found if found and image_allowed(found[2]) else None


def _figure(line: str) -> str:
    found = PICTURE.fullmatch(line)
    assert found is not None  # its kind says so
    words, address, caption = escape(found[1]), escape(found[2]), found[3]
    if VIDEO.search(found[2]):
        shown = f'<video src="{address}" controls="" preload="none"></video>'
        caption = caption or found[1]
    else:
        shown = f'<img src="{address}" alt="{words}" loading="lazy">'
    below = f"<figcaption>{escape(caption)}</figcaption>" if caption else ""
    return f"<figure>{shown}{below}</figure>"


def _table(lines: Sequence[str]) -> str:
    has_head = len(lines) > 1 and bool(_DASHES.fullmatch(lines[1]))
    rows = [_cells(line) for line in lines if not _DASHES.fullmatch(line)]
    width = max((len(row) for row in rows), default=0)
    filled = [[*row, *[""] * (width - len(row))] for row in rows]
    parts = []
    if has_head and filled:
        head = "".join(f'<th scope="col">{_inline(one)}</th>' for one in filled.pop(0))
        parts.append(f"<thead><tr>{head}</tr></thead>")
    told = "".join(
        "<tr>" + "".join(f"<td>{_inline(one)}</td>" for one in row) + "</tr>" for row in filled
    )
    return f"<table>{''.join(parts)}<tbody>{told}</tbody></table>" if rows else ""


def _cells(line: str) -> list[str]:
    return [one.strip() for one in line.strip().removeprefix("|").removesuffix("|").split("|")]


def _inline(text: str) -> str:
    parts: list[str] = []
    end = 0
    for match in LINK.finditer(text):
        parts.append(escape(text[end : match.start()]))
        parts.append(f'<a href="{escape(match[2])}">{escape(match[1])}</a>')
        end = match.end()
    return "".join([*parts, escape(text[end:])])
