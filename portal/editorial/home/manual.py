"""The editors' manual inside the portal: the chapters of ``docs/huong-dan/bien-tap`` as pages.

A checkout has them beside the code; where they are missing, the pages say so. What is
written there is cleaned like any other text before it is shown.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from pyramid.request import Request
from pyramid.response import FileResponse, Response
from pyramid.view import view_config

import templates
from content.errors import NotFound
from content.text import slugify
from portal.editorial.home.chapters import ORDER, chapter_of
from portal.i18n import _
from portal.security.permissions import Permission

FOLDER = Path(templates.__file__).parents[1] / "docs" / "huong-dan" / "bien-tap"
PICTURES = FOLDER / "hinh"
TYPES = {".png": "image/png", ".webp": "image/webp", ".jpg": "image/jpeg"}
TAGS = frozenset(
    (
        *("h2", "h3", "h4", "p", "ul", "ol", "li", "strong", "em", "code", "pre", "a", "img"),
        *("table", "caption", "thead", "tbody", "tr", "th", "td", "blockquote", "br", "hr"),
    )
)
ATTRIBUTES = {
    "a": {"href"},
    "img": {"src", "alt", "loading"},
    "table": {"class"},
    "th": {"scope"},
    "h2": {"id"},
    "h3": {"id"},
}
_CHAPTER = re.compile(r"([a-z0-9-]+)\.md(#[a-z0-9-]+)?")
_PICTURE = re.compile(r"hinh/([a-z0-9-]+\.(?:png|webp|jpg))")
Address = Callable[[str, str], str]


@dataclass(frozen=True)
class Chapter:
    """One chapter: its heading, its parts (anchor, words), its text as safe HTML with
    ``chapter:`` and ``picture:`` where addresses of this site go."""

    slug: str
    title: str
    parts: tuple[tuple[str, str], ...]
    html: str


def chapter(slug: str) -> Chapter:
    """A chapter as it is written now. Raises ``NotFound``."""
    path = FOLDER / f"{slug}.md"
    try:
        written = path.stat().st_mtime_ns
    except (OSError, ValueError):
        raise NotFound("chapter") from None
    return _read(path, written)


@lru_cache(maxsize=64)
def _read(path: Path, _written: int) -> Chapter:
    return rendered(path.stem, path.read_text("utf-8"))


def rendered(slug: str, text: str) -> Chapter:
    """A chapter from its Markdown."""
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = markdown.parse(text)
    title, parts, heading = slug, [], ""
    kept: list[Token] = []
    for place, token in enumerate(tokens):
        if token.type == "heading_open":
            heading = tokens[place + 1].content
            if token.tag == "h1":
                title = heading
            else:
                anchor = slugify(heading) or "muc"
                token.attrSet("id", anchor)
                parts += [(anchor, heading)] if token.tag == "h2" else []
        if token.type == "th_open":
            token.attrSet("scope", "col")
        if token.type == "table_open":
            token.attrSet("class", "table")
        _lead(token)
        kept.append(token)
        if token.type == "table_open":
            kept.append(_caption(heading or title))
    html = markdown.renderer.render(_without_title(kept), markdown.options, {})
    safe = nh3.clean(
        html,
        tags=set(TAGS),
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        url_schemes={"http", "https", "mailto", "chapter", "picture"},
        link_rel=None,
    )
    return Chapter(slug, title, tuple(parts), safe)


def _caption(words: str) -> Token:
    caption = Token("html_block", "", 0)
    caption.content = f"<caption>{escape(words)}</caption>"
    return caption


def _without_title(tokens: list[Token]) -> list[Token]:
    """The tokens without the first heading, which is that of the page."""
    opens = [n for n, one in enumerate(tokens) if one.type == "heading_open" and one.tag == "h1"]
    return tokens[: opens[0]] + tokens[opens[0] + 3 :] if opens else tokens


def _lead(token: Token) -> None:
    """Addresses of files beside this one become marks; others stay."""
    for one in token.children or ():
        if one.type == "link_open" and (found := _CHAPTER.fullmatch(str(one.attrGet("href")))):
            one.attrSet("href", f"chapter:{found[1]}{found[2] or ''}")
        elif one.type == "image":
            found = _PICTURE.fullmatch(str(one.attrGet("src")))
            one.attrSet("src", f"picture:{found[1]}" if found else "")
            one.attrSet("loading", "lazy")


def addressed(html: str, address: Address) -> str:
    """The HTML with the addresses of this site: ``address("chapter", "tin-bai")``."""

    def put(match: re.Match[str]) -> str:
        name, hash_, anchor = match[3].partition("#")
        return f'{match[1]}="{escape(address(match[2], name) + hash_ + anchor)}"'

    return re.sub(r'(href|src)="(chapter|picture):([a-z0-9.#-]+)"', put, html)


def chapters() -> list[Chapter]:
    """Those that are there, the first ones in their order, others by name."""
    known = {path.stem for path in FOLDER.glob("*.md")}
    order = [one for one in ORDER if one in known]
    return [chapter(slug) for slug in [*order, *sorted(known - set(order))]]


def to_chapter(request: Request, slug: str) -> str:
    """Where a chapter is read."""
    return request.route_path("editorial.manual.chapter", chapter=slug)


def help_of(request: Request) -> str:
    """``request.editorial_help()``: where the manual tells of this screen."""
    route = request.matched_route.name if request.matched_route else ""
    slug = chapter_of(route)
    return to_chapter(request, slug) if slug else request.route_path("editorial.manual")


@view_config(
    route_name="editorial.manual",
    renderer="editorial/home/manual.jinja2",
    permission=Permission.MANUAL_READ,
    uses_session=True,
)
def contents(request: Request) -> Mapping[str, Any]:
    """All chapters with their parts."""
    return {"chapters": [(to_chapter(request, one.slug), one) for one in chapters()]}


@view_config(
    route_name="editorial.manual.chapter",
    renderer="editorial/home/chapter.jinja2",
    permission=Permission.MANUAL_READ,
    uses_session=True,
)
def read(request: Request) -> Mapping[str, Any]:
    """One chapter."""
    found = chapter(request.matchdict["chapter"])

    def address(kind: str, name: str) -> str:
        if kind == "chapter":
            return to_chapter(request, name)
        return request.route_path("editorial.manual.picture", name=name)

    return {
        "chapter": found,
        "html": addressed(found.html, address),
        "chapters": [(to_chapter(request, one.slug), one) for one in chapters()],
        "contents_words": _("Mọi chương"),
    }


@view_config(
    route_name="editorial.manual.picture", permission=Permission.MANUAL_READ, uses_session=True
)
def picture(request: Request) -> Response:
    """A picture of the manual; the address names no folder."""
    path = PICTURES / request.matchdict["name"]
    if path.suffix not in TYPES or not path.is_file():
        raise NotFound("picture")
    return FileResponse(str(path), request=request, content_type=TYPES[path.suffix])
