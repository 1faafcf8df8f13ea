"""Rules that every page keeps: HTML5, headings, labels, no inline script, no other host.

``check_page(html, url)`` returns what is wrong, in words; an empty list is a good page.
It is strict on purpose: ordinary tests become accessibility tests (WCAG 2.2 AA, and the
part of it that a machine can see).
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element

import html5lib
from html5lib.constants import E as PARSE_ERRORS

ERROR_PREFIX = "Lỗi: "
VOID_OF_TEXT = ("script", "style", "template")
LABELLED = ("input", "select", "textarea")
UNLABELLED_TYPES = ("hidden", "submit", "button", "reset", "image")
#: Attributes that fetch something when the page is read.
FETCHING = {
    "img": ("src", "srcset"), "script": ("src",), "link": ("href",), "iframe": ("src",),
    "source": ("src", "srcset"), "video": ("src", "poster"), "audio": ("src",),
    "form": ("action",), "button": ("formaction",), "input": ("formaction", "src"),
    "object": ("data",), "embed": ("src",), "use": ("href",), "image": ("href",),
}  # fmt: skip
#: ``link`` relations that name an address without fetching it.
NAMING_RELS = {"canonical", "alternate", "next", "prev", "author", "license", "help"}
DATA_SCRIPTS = ("application/ld+json", "application/json")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def check_page(html: str | bytes, url: str = "http://localhost/") -> list[str]:
    """Everything wrong with the page at ``url``."""
    text = html.decode("utf-8") if isinstance(html, bytes) else html
    # The token differs in every browser, and no rule reads more of it than that it is there.
    text = _TOKEN.sub(r"\1token", text)
    return list(_found(text, urljoin(url, "/")))


#: The value of the hidden field against forged requests.
_TOKEN = re.compile(r'(name="csrf_token" value=")[^"<>&]+(?=")')


@lru_cache(maxsize=1024)
def _found(text: str, url: str) -> tuple[str, ...]:
    """The same for a site's address: many requests are answered with one and the same page."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    root = parser.parse(text)
    found = [_parse_error(*one) for one in parser.errors]
    page = _Page(root, url)
    for rule in _RULES:
        found += rule(page)
    return tuple(found)


def _parse_error(position: tuple[int, int], code: str, data: dict[str, object]) -> str:
    line, column = position
    return f"HTML: {PARSE_ERRORS[code] % data} (line {line}, column {column})"


@dataclass
class _Page:
    root: Element
    url: str

    @cached_property
    def elements(self) -> list[Element]:
        return [one for one in self.root.iter() if isinstance(one.tag, str)]

    @cached_property
    def ids(self) -> Counter[str]:
        return Counter(one.attrib["id"] for one in self.elements if "id" in one.attrib)

    @cached_property
    def named(self) -> dict[str, Element]:
        return {one.attrib["id"]: one for one in self.elements if "id" in one.attrib}

    @cached_property
    def parents(self) -> dict[Element, Element]:
        return {child: parent for parent in self.root.iter() for child in parent}

    def all(self, *tags: str) -> list[Element]:
        return [one for one in self.elements if one.tag in tags]

    def around(self, element: Element) -> Iterator[Element]:
        while element in self.parents:
            element = self.parents[element]
            yield element


def text_of(element: Element) -> str:
    """What is read of an element: its text and the alternatives of its images."""
    parts = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str) and child.tag not in VOID_OF_TEXT:
            parts.append(child.attrib.get("alt", "") if child.tag == "img" else text_of(child))
        parts.append(child.tail or "")
    return " ".join("".join(parts).split())


def _name(page: _Page, element: Element) -> str:
    """The accessible name as far as attributes and content give it."""
    labels = element.attrib.get("aria-labelledby", "").split()
    named = " ".join(text_of(page.named[one]) for one in labels if one in page.named)
    return (named or element.attrib.get("aria-label", "") or text_of(element)).strip()


def _shown(element: Element) -> str:
    attributes = " ".join(
        f'{key}="{value}"' for key, value in element.attrib.items() if key in SHOWN
    )
    return f"<{element.tag}{' ' + attributes if attributes else ''}>"


SHOWN = ("id", "name", "type", "href", "src", "action", "for")


def _language(page: _Page) -> Iterator[str]:
    if page.root.attrib.get("lang") not in ("vi", "en"):
        yield 'html has no lang="vi"'


def _title(page: _Page) -> Iterator[str]:
    titles, headings = page.all("title"), page.all("h1")
    title = next((text_of(one) for one in titles if page.parents[one].tag == "head"), "")
    if len(headings) != 1:
        yield f"{len(headings)} h1 instead of one"
        return
    heading = text_of(headings[0])
    if not heading:
        yield "the h1 is empty"
    elif not title.removeprefix(ERROR_PREFIX).startswith(heading):
        yield f"the title {title!r} does not start with the h1 {heading!r}"


def _error_title(page: _Page) -> Iterator[str]:
    invalid = [one for one in page.elements if one.attrib.get("aria-invalid") == "true"]
    title = next((text_of(one) for one in page.all("title")), "")
    if invalid and not title.startswith(ERROR_PREFIX):
        yield f"fields have errors but the title does not start with {ERROR_PREFIX!r}"
    if invalid and not any("error-summary" in _classes(one) for one in page.elements):
        yield "fields have errors but there is no error summary"


def _classes(element: Element) -> list[str]:
    return element.attrib.get("class", "").split()


def _ids(page: _Page) -> Iterator[str]:
    for one, count in page.ids.items():
        if count > 1:
            yield f"id {one!r} stands {count} times"
        if not one or re.search(r"\s", one):
            yield f"id {one!r} is empty or has white space"


def _references(page: _Page) -> Iterator[str]:
    for element in page.elements:
        for name in ("aria-describedby", "aria-labelledby", "aria-controls", "for", "list"):
            for target in element.attrib.get(name, "").split():
                if target not in page.ids:
                    yield f"{_shown(element)}: {name} names {target!r}, which is not there"
        href = element.attrib.get("href", "")
        if (
            element.tag == "a"
            and len(href) > 1
            and href.startswith("#")
            and href[1:] not in page.ids
        ):
            yield f"{_shown(element)} leads to nothing on the page"


def _labels(page: _Page) -> Iterator[str]:
    labels = {one.attrib["for"]: text_of(one) for one in page.all("label") if "for" in one.attrib}
    for element in page.all(*LABELLED):
        if element.attrib.get("type") in UNLABELLED_TYPES:
            continue
        inside = any(one.tag == "label" and text_of(one) for one in page.around(element))
        named = element.attrib.get("aria-label") or element.attrib.get("aria-labelledby")
        if not (inside or named or labels.get(element.attrib.get("id", ""))):
            yield f"{_shown(element)} has no label"


def _groups(page: _Page) -> Iterator[str]:
    for fieldset in page.all("fieldset"):
        first = next(iter(fieldset), None)
        if first is None or first.tag != "legend" or not text_of(first):
            yield f"{_shown(fieldset)} does not start with a legend"
    for element in page.all("input"):
        if element.attrib.get("type") == "radio":
            if not any(one.tag == "fieldset" for one in page.around(element)):
                yield f"{_shown(element)} stands outside a fieldset"
            if "value" not in element.attrib:
                yield f"{_shown(element)} has no value"


def _forms(page: _Page) -> Iterator[str]:
    for form in page.all("form"):
        method = form.attrib.get("method", "").lower()
        if not form.attrib.get("action"):
            yield f"{_shown(form)} has no action"
        if method not in ("get", "post"):
            yield f"{_shown(form)} has no method"
        tokens = [
            one.attrib.get("value")
            for one in form.iter("input")
            if one.attrib.get("name") == "csrf_token"
        ]
        if method == "post" and not any(tokens):
            yield f"{_shown(form)} is a POST without its csrf_token"
        if method == "get" and tokens:
            yield f"{_shown(form)} leaks the csrf_token into an address"
        if not any(_submits(one) for one in form.iter()):
            yield f"{_shown(form)} cannot be sent without scripts"
        files = any(one.attrib.get("type") == "file" for one in form.iter("input"))
        if files and form.attrib.get("enctype") != "multipart/form-data":
            yield f"{_shown(form)} takes files but is not multipart"


def _submits(element: Element) -> bool:
    kind = element.attrib.get("type", "submit" if element.tag == "button" else "")
    return element.tag in ("button", "input") and kind in ("submit", "image")


def _scripts(page: _Page) -> Iterator[str]:
    for script in page.all("script"):
        if "src" not in script.attrib and script.attrib.get("type") not in DATA_SCRIPTS:
            yield "a script stands in the page"
    if page.all("style"):
        yield "a style sheet stands in the page"
    for element in page.elements:
        for name, value in element.attrib.items():
            reason = _runs(str(name).rpartition("}")[2].lower(), value)
            if reason:
                yield f"{_shown(element)} {reason}"


_RUNNING = re.compile(r"\s*(javascript|vbscript|data:text)", re.IGNORECASE)


def _runs(attribute: str, value: str) -> str | None:
    if attribute.startswith("on"):
        return f"has an inline handler {attribute}"
    if attribute == "style":
        return "has an inline style"
    if attribute in ("href", "src", "action", "formaction") and _RUNNING.match(value):
        return f"runs a script by its {attribute}"
    return None


def _hosts(page: _Page) -> Iterator[str]:
    own = urlsplit(page.url).netloc
    for element in page.elements:
        rels = set(element.attrib.get("rel", "").lower().split())
        if element.tag == "link" and rels and rels <= NAMING_RELS:
            continue
        for name in FETCHING.get(str(element.tag), ()):
            for address in _addresses(name, element.attrib.get(name, "")):
                target = urlsplit(urljoin(page.url, address))
                if target.scheme not in ("data", "") and target.netloc != own:
                    yield f"{_shown(element)} fetches from another host: {address}"


def _addresses(name: str, value: str) -> list[str]:
    if name != "srcset":
        return [value] if value else []
    return [part.split()[0] for part in value.split(",") if part.strip()]


def _images(page: _Page) -> Iterator[str]:
    for image in page.all("img"):
        if "alt" not in image.attrib:
            yield f"{_shown(image)} has no alt"
    for svg in page.elements:
        if str(svg.tag).rpartition("}")[2] == "svg" and not (
            svg.attrib.get("aria-hidden") == "true" or svg.attrib.get("aria-label")
            or svg.attrib.get("aria-labelledby") or any("title" in str(one.tag) for one in svg)
        ):  # fmt: skip
            yield "an svg is neither named nor hidden from readers"


def _headings(page: _Page) -> Iterator[str]:
    last = 0
    for heading in page.all(*HEADINGS):
        level = int(heading.tag[1])
        if level > last + 1:
            before = f"h{last}" if last else "the start"
            yield f"h{level} {text_of(heading)!r} follows {before}"
        if not text_of(heading):
            yield f"an h{level} is empty"
        last = level


def _names(page: _Page) -> Iterator[str]:
    for element in page.all("a", "button", "summary"):
        if element.tag == "a" and "href" not in element.attrib:
            continue
        if not _name(page, element):
            yield f"{_shown(element)} has no text"
        if element.tag == "a" and not element.attrib["href"].strip():
            yield f"the link {text_of(element)!r} leads nowhere"
    for element in page.all("input"):
        if element.attrib.get("type") in ("submit", "button") and not element.attrib.get("value"):
            yield f"{_shown(element)} has no text"


def _tables(page: _Page) -> Iterator[str]:
    for table in page.all("table"):
        if not any(text_of(one) for one in table.iter("th")):
            yield f"{_shown(table)} has no th"
        caption = any(text_of(one) for one in table.iter("caption"))
        if not caption and not _name_given(table):
            yield f"{_shown(table)} has no caption"


def _name_given(element: Element) -> bool:
    return bool(element.attrib.get("aria-label") or element.attrib.get("aria-labelledby"))


def _focus(page: _Page) -> Iterator[str]:
    for element in page.elements:
        if element.attrib.get("tabindex", "0") not in ("0", "-1"):
            yield f"{_shown(element)} changes the order of tabbing"
    if sum("autofocus" in one.attrib for one in page.elements) > 1:
        yield "more than one element has autofocus"


def _nesting(page: _Page) -> Iterator[str]:
    for element in page.all("a", "button", "label"):
        for inner in element.iter():
            if inner is not element and inner.tag in ("a", "button"):
                yield f"{_shown(inner)} stands inside {_shown(element)}"


_RULES = (
    _language, _title, _error_title, _ids, _references, _labels, _groups, _forms, _scripts,
    _hosts, _images, _headings, _names, _tables, _focus, _nesting,
)  # fmt: skip
