"""HTML made harmless and clean: an allow-list, our own media only, Word's remains undone.

What is not on the list loses its tags and keeps its words; scripts and styles lose both.
The rules are shown to hold by ``tests/data/xss_vectors.txt``.
"""

import re

import nh3

ALLOWED_TAGS = {
    *("p", "br", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "strong", "em", "a"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td", "figure", "figcaption", "sub", "sup"),
    *("img", "video"),
}
ALLOWED_ATTRIBUTES: dict[str, set[str]] = {
    "*": set(),
    "a": {"href"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
    "img": {"src", "alt"},
    "video": {"src"},
}
SCHEMES = {"http", "https", "mailto", "tel"}
OWN_MEDIUM = re.compile(r"/tep/[0-9a-f]{12}/[0-9A-Za-z][0-9A-Za-z._/-]{0,150}")

# What Word writes, before the allow-list: lists are paragraphs with a bullet of their own.
_WORD_ITEM = re.compile(r"<p\b[^>]*\bmso-list:[^>]*>(.*?)</p>", re.I | re.S)
_WORD_MARK = re.compile(r"<!(?:--)?\[if\s+!supportLists\]>.*?<!\[endif\](?:--)?>", re.I | re.S)
_NUMBER = re.compile(r"^\s*(?:[0-9]{1,3}|[a-z])[.)]", re.I)
_RENAMED = (
    (re.compile(r"<(/?)b(?=[\s>])", re.I), r"<\1strong"),
    (re.compile(r"<(/?)i(?=[\s>])", re.I), r"<\1em"),
    (re.compile(r"<(/?)h1(?=[\s>])", re.I), r"<\1h2"),
    (re.compile(r"<(/?)h[56](?=[\s>])", re.I), r"<\1h4"),
    (re.compile(r"<(/?)div(?=[\s>])", re.I), r"<\1p"),
)
_RUN_OF_ITEMS = re.compile(r"(?:<li data-(?:ul|ol)>.*?</li>\s*)+", re.S)
_TAG = re.compile(r"<[^>]*>")

# After it: what the serialiser wrote is regular, so plain patterns may finish it.
_NO_SOURCE = re.compile(
    r"<img(?![^>]*\ssrc=)[^>]*>|<video(?![^>]*\ssrc=)[^>]*>(?:.*?</video>)?", re.S
)
_IMAGE = re.compile(r"<img([^>]*)>")
_VIDEO = re.compile(r'<video[^>]*\ssrc="([^"]*)"[^>]*>.*?</video>', re.S)
_EMPTY = re.compile(r"<(p|h[234]|strong|em|li|figcaption|blockquote)>(?:\s|&nbsp;|<br>)*</\1>")
_LONE = re.compile(
    r"<((?:td|th|li)(?: [^>]*)?)>\s*<p>((?:(?!</?(?:p|ul|ol|table|blockquote|figure|h[234])\b).)*)"
    r"</p>\s*</(td|th|li)>",
    re.S,
)
_BLOCK_END = re.compile(r"(</(?:p|h[234]|ul|ol|li|blockquote|table|tr|figure|caption|video)>)\s*")


def image_allowed(src: str) -> bool:
    """Whether a picture or recording may be shown from here: our own media only."""
    return bool(OWN_MEDIUM.fullmatch(src)) and ".." not in src


def sanitise(html: str) -> str:
    """HTML reduced to the allow-list; each block ends its line. Cleaning twice changes nothing."""
    cleaned = nh3.clean(
        _without_word(html),
        tags=ALLOWED_TAGS,
        attributes=ALLOWED_ATTRIBUTES,
        attribute_filter=_keep,
        url_schemes=SCHEMES,
        link_rel="noopener",
    )
    return _finished(cleaned)


def _keep(tag: str, attribute: str, value: str) -> str | None:
    if attribute == "src" and tag in {"img", "video"}:
        return value if image_allowed(value) else None
    if attribute in {"colspan", "rowspan"} and not re.fullmatch(r"[1-9]\d?", value):
        return None
    if attribute == "scope" and value not in {"row", "col", "rowgroup", "colgroup"}:
        return None
    return value


def _without_word(html: str) -> str:
    html = _WORD_ITEM.sub(_item, html)
    html = _RUN_OF_ITEMS.sub(_list, html)
    for pattern, written in _RENAMED:
        html = pattern.sub(written, html)
    return html


def _item(match: re.Match[str]) -> str:
    """A paragraph that Word means as a list item."""
    mark = _WORD_MARK.search(match[1])
    shown = _TAG.sub("", mark[0]) if mark else ""
    kind = "ol" if _NUMBER.match(shown.replace("&nbsp;", " ")) else "ul"
    return f"<li data-{kind}>{_WORD_MARK.sub('', match[1])}</li>"


def _list(match: re.Match[str]) -> str:
    kind = "ol" if match[0].startswith("<li data-ol>") else "ul"
    items = re.sub(r"<li data-(?:ul|ol)>", "<li>", match[0])
    return f"<{kind}>{items}</{kind}>"


def _finished(html: str) -> str:
    html = html.replace("\u00a0", " ").replace("&nbsp;", " ")
    html = _NO_SOURCE.sub("", html)
    html = _IMAGE.sub(_with_words, html)
    html = _VIDEO.sub(r'<video src="\1" controls="" preload="none"></video>', html)
    before = ""
    while before != html:  # what held only empty parts is empty now
        before, html = html, _LONE.sub(r"<\1>\2</\3>", _EMPTY.sub("", html))
    return _BLOCK_END.sub(r"\1\n", html).strip()


def _with_words(match: re.Match[str]) -> str:
    """Every picture has ``alt``; an empty one is counted before publication."""
    rest = match[1].rstrip()
    alt = "" if re.search(r"\salt=", rest) else ' alt=""'
    return f'<img{rest}{alt} loading="lazy">'
