"""Every address, as six kinds of visitor, with anything in it: never a fault.

Parts of addresses, queries, cookies, fields and files are drawn from texts that break
careless programs.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from bs4 import BeautifulSoup
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from webtest import TestApp

from content.dossiers.models import Draft
from content.news.models import Article
from portal.security.csrf import FIELD
from tests.support.clock import StoppedClock
from tests.support.dossiers import Filed, file_dossier, writing
from tests.support.filing import PROCEDURE, TOKEN, fill_in, sign_in
from tests.support.site import Site, configured, open_site

pytestmark = pytest.mark.slow
EXAMPLES = 3
#: So many signs of a form are sent in the escaped way: enough for one of the long texts.
ESCAPED = 25_000
#: An example is small enough as it is.
PHASES = (Phase.explicit, Phase.generate)
VISITORS = (
    None,
    "congdan@example.vn",
    "motcua@example.vn",
    "truongbientap@example.vn",
    "lanhdao@example.vn",
    "quantri@example.vn",
)
TEXTS = (
    "ấ" * 10_000,
    "a\x00b",
    "Nguyê\u0303n Thi\u0323 Hoa\u0300",
    "\u202eabc\u202c \u200f\u0634\u200b\u2066",
    "\x01\x08\x1b[31m\x7f\x9f\ufffe\uffff",
    "'; DROP TABLE dossier; --",
    '"><script>alert(1)</script><img src=x onerror=alert(1)>',
    "{{ 7*7 }} ${7*7} #{7*7} %s %(x)s {0} \\",
    "9" * 400,
    "-1",
    "0",
    "1e400",
    "9223372036854775808",
    "../../../../etc/passwd",
    "//evil.example/",
    "a\r\n\r\nSet-Cookie: x=1\n",
    "true",
    "null",
    "[]",
    "👨‍👩‍👧‍👦" * 20,
    "",
    " \u00a0\u3000\t",
)
#: What is no text at all: a lone surrogate, an overlong slash, half a letter.
BYTES = (b"\xed\xa0\x80", b"\xc0\xaf", b"\xff\xfe", "ấ".encode()[:2], b"%", b"\x00")
NAMES = (
    *("q", "trang", "loai", "linh-vuc", "cap", "co-quan", "muc-do", "doi-tuong", "hieu-luc", "xep"),
    *("phien-ban", "truong-hop", "ma", "tiep", "ve", "tinh", "muc", "kho", "don-vi", "hom"),
    *("page", "page_size", "sector", "agency", "level", "status", "type", "a[]", "a[0][b]", "__x"),
)

texts = st.sampled_from(TEXTS) | st.text(max_size=40)
pieces = st.sampled_from(TEXTS).map(str.encode) | (st.sampled_from(BYTES) | st.binary(max_size=12))


@dataclass(frozen=True)
class Address:
    """A route: its name, how its address is made, the parts that stand in it."""

    name: str
    pattern: str
    generate: Callable[[Mapping[str, str]], str]
    parts: tuple[str, ...]
    posts: bool


def addresses() -> Iterator[Address]:
    """All of ours."""
    introspector = configured().introspector
    posting = {
        item["introspectable"]["route_name"]
        for item in introspector.get_category("views")
        if "POST" in (item["introspectable"].get("methods") or ())
    }
    for item in introspector.get_category("routes"):
        name, route = item["introspectable"]["name"], item["introspectable"]["object"]
        if not name.startswith("__"):
            parts = tuple(PART.findall(route.pattern))
            yield Address(name, route.pattern, route.generate, parts, name in posting)


#: The name of a part in a pattern: what stands after a brace that is not a repetition.
PART = re.compile(r"\{([a-z_]+)[:}]")
ADDRESSES = sorted(addresses(), key=lambda one: one.name)
POSTS = [one for one in ADDRESSES if one.posts]


@pytest.fixture(scope="module")
def mine(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site on which things happen."""
    with open_site(sample, tmp_path_factory.mktemp("hostile"), StoppedClock()) as site:
        yield site


@dataclass(frozen=True)
class Scene:
    """Things that are there, and the cookies of each visitor."""

    site: Site
    parts: dict[str, str]
    #: By the first two words of a route: parts which there mean something else.
    special: dict[str, dict[str, str]]
    cookies: dict[str | None, dict[str, str]]

    def path(self, address: Address, hostile: Mapping[str, bytes]) -> str:
        """The address, some of its parts replaced."""
        marks = {part: f"zz{part}zz" for part in hostile}
        known = self.parts | self.special.get(".".join(address.name.split(".")[:2]), {})
        # A part nobody gave an example for is a number more often than not.
        path = address.generate({**dict.fromkeys(address.parts, "1"), **known, **marks})
        for part, raw in hostile.items():
            path = path.replace(marks[part], quote(raw[:3000], safe=""))
        return path

    def ask(self, method: str, visitor: str | None, path: str, **options: Any) -> Any:
        """One request; a fault fails. (That odd pages keep the rules of pages is tested
        where they are made: here it would take minutes.)"""
        client = TestApp(self.site.app)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies[visitor].items())
        headers = {"Cookie": cookies, **options.pop("headers", {})}
        response = client.request(
            path, method=method, headers=headers, expect_errors=True, **options
        )
        assert response.status_int < 500, (method, visitor, path, response.status_int)
        if response.content_type == "text/html":
            assert "<script>alert(1)" not in response.text
        return response


@contextmanager
def scene_on(site: Site) -> Iterator[Scene]:
    """A draft, a dossier and an article, made anew: an earlier example may have used them up."""
    citizen = VISITORS[1]
    with writing(site) as session:
        cookies = {one: sign_in(session, one) for one in VISITORS if one}
        draft = fill_in(session, site.app.registry["file_store"], str(citizen), size=10)
        dossier = file_dossier(session, site, Filed())
        kept = session.scalars(select(Draft).where(Draft.key == draft.key)).one()
        parts = {
            "code": PROCEDURE,
            "level": "xa",
            "draft": draft.key,
            "step": "nguoi_ke_khai",
            "file": kept.attachments[0].token,
            "number": dossier.lookup_code,
            "letter": "giay-tiep-nhan",
            "id": str(session.scalars(select(Article.id)).first()),
            "section": "the-che",
            "slug": "x",
            "subject": f"article:{session.scalars(select(Article.id)).first()}",
            "ending": "json",
            "tag": "cai-cach",
        }
        special = {
            "editorial.form": {
                "key": "khai-sinh",
                "id": "nguoi_yeu_cau",
                "file": "dinh-nghia.json",
            },
            "editorial.procedure": {"section": "chung"},
            "media.size": {"key": "0" * 12, "version": "0" * 12, "name": "anh.webp"},
            "media.file": {"key": "0" * 12, "name": "anh.jpg"},
        }
    yield Scene(site, parts, special, {None: {"xac_thuc_bieu_mau": TOKEN}, **cookies})


@pytest.fixture(scope="module")
def scene(mine: Site) -> Iterator[Scene]:
    """For reading."""
    with scene_on(mine) as scene:
        yield scene


@st.composite
def replaced(draw: Any, address: Address) -> dict[str, bytes]:
    """Which parts of the address are hostile, and how."""
    chosen = [part for part in address.parts if draw(st.booleans())]
    return {part: draw(pieces) for part in chosen}


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda one: one.name)
def test_no_address_and_no_query_makes_a_fault(scene: Scene, address: Address) -> None:
    @settings(max_examples=EXAMPLES, phases=PHASES)
    @given(
        hostile=replaced(address),
        query=st.lists(st.tuples(st.sampled_from(NAMES), pieces), max_size=4),
        visitor=st.sampled_from(VISITORS),
        method=st.sampled_from(["GET", "GET", "GET", "HEAD", "OPTIONS", "PUT", "DELETE"]),
    )
    def holds(
        hostile: dict[str, bytes],
        query: list[tuple[str, bytes]],
        visitor: str | None,
        method: str,
    ) -> None:
        path = scene.path(address, hostile)
        asked = urlencode(query)
        scene.ask(method, visitor, f"{path}?{asked}" if query else path)

    holds()


def field_names(page: Any) -> list[str]:
    """What the page's own forms would send."""
    if page.content_type != "text/html":
        return []
    found = BeautifulSoup(page.text, "html.parser").select("main [name]")
    return [str(one["name"]) for one in found]


@pytest.mark.parametrize("address", POSTS, ids=lambda one: one.name)
def test_no_field_and_no_file_makes_a_fault(mine: Site, address: Address) -> None:
    with scene_on(mine) as scene:
        path = scene.path(address, {})
        for visitor in VISITORS:
            page = scene.ask("GET", visitor, path)
            known = [*field_names(page), "_viec", "gui", "revision", "declared"]
            # Who is sent away is sent away before anything is read.
            is_away = page.status_int in {303, 401, 403}
            post_anything(scene, visitor, path, known, 1 if is_away else EXAMPLES)


def post_anything(
    scene: Scene, visitor: str | None, path: str, known: list[str], examples: int
) -> None:
    names = st.sampled_from(known) | st.sampled_from(NAMES)

    @settings(max_examples=examples, phases=PHASES)
    @given(
        fields=st.lists(st.tuples(names, texts), max_size=12),
        files=st.lists(st.tuples(names, texts, st.binary(max_size=60)), max_size=2),
        fill=st.sampled_from(TEXTS),
    )
    def holds(
        fields: list[tuple[str, str]], files: list[tuple[str, str, bytes]], fill: str
    ) -> None:
        everything = [(name, fill) for name in known] + fields
        sent = [one for one in everything if one[0] != FIELD] + [(FIELD, TOKEN)]
        scene.ask("POST", visitor, path, **body_of(sent, files))

    holds()


def body_of(fields: list[tuple[str, str]], files: list[tuple[str, str, bytes]]) -> dict[str, Any]:
    """A form as a program sends it that does not care for rules."""
    # A long text in every field is sent in parts: escaping it would take most of the time.
    if not files and sum(len(text) for _, text in fields) <= ESCAPED:
        body = urlencode(fields, errors="surrogatepass").encode()
        return {"body": body, "content_type": "application/x-www-form-urlencoded"}
    parts = [
        f'Content-Disposition: form-data; name="{_flat(name)}"\r\n\r\n'.encode() + _raw(text)
        for name, text in fields
    ]
    parts += [
        f'Content-Disposition: form-data; name="{_flat(name)}"; filename="'.encode()
        + _raw(_flat(file_name))
        + b'"\r\nContent-Type: application/pdf\r\n\r\n'
        + content
        for name, file_name, content in files
    ]
    body = b"".join(b"--zzz\r\n" + part + b"\r\n" for part in parts) + b"--zzz--\r\n"
    return {"body": body, "content_type": "multipart/form-data; boundary=zzz"}


def _flat(text: str) -> str:
    return text.replace("\r", "").replace("\n", "").replace('"', "%22")[:300]


def _raw(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


BROKEN_BODIES = [
    (b'--zzz\r\nContent-Disposition: form-data; name="a"', "multipart/form-data; boundary=zzz"),
    (b"", "multipart/form-data"),
    (b"\xff\xfe\x00", "multipart/form-data; boundary="),
    (b"%ED%A0%80=%C0%AF&" + FIELD.encode() + b"=" + TOKEN.encode(), ""),
    (b"a" * 100_000, "application/x-www-form-urlencoded"),
    (b"&".join(b"a[]=%d" % n for n in range(5000)), "application/x-www-form-urlencoded"),
    (b'{"a": [1]}', "application/json"),
    (b"<a>&b;</a>", "text/xml; charset=utf-16"),
    (b"csrf_token=x", "application/x-www-form-urlencoded; charset=klingon"),
]


@pytest.mark.parametrize("number", range(len(BROKEN_BODIES)))
def test_no_broken_body_makes_a_fault(scene: Scene, number: int) -> None:
    body, content_type = BROKEN_BODIES[number]
    for place, address in enumerate(POSTS):
        # Who may most sends each of them everywhere. Nobody is refused before the body is
        # read, so of them each address is sent one.
        is_next = place % len(BROKEN_BODIES) == number
        for visitor in (VISITORS[-1], *(VISITORS[:1] if is_next else ())):
            path = scene.path(address, {})
            headers = {"X-CSRF-Token": TOKEN}
            scene.ask("POST", visitor, path, body=body, content_type=content_type, headers=headers)


@given(
    name=st.sampled_from(["phien", "ban_nhap", "xac_thuc_bieu_mau", "thong_bao", "x"]), raw=pieces
)
@settings(max_examples=60)
def test_no_cookie_makes_a_fault(scene: Scene, name: str, raw: bytes) -> None:
    cookie = f"{name}=" + raw.decode("latin-1").replace("\r", "").replace("\n", "")[:4000]
    client = TestApp(scene.site.app)
    for path in ("/", "/tai-khoan", f"/nop-ho-so/{PROCEDURE}", "/dang-nhap", "/can-bo"):
        response = client.get(path, extra_environ={"HTTP_COOKIE": cookie}, expect_errors=True)
        assert response.status_int < 500, (path, cookie)
