"""Any text in any field and query: a clean page or a clear refusal, never a fault."""

import re
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from pyramid.config import Configurator

from tests.portal.apply.hostile import HOSTILE, UNDECODABLE
from tests.support.citizen import CT01, GENERAL, PERSON, Citizen
from tests.support.clock import StoppedClock
from tests.support.site import Site, configured, open_site

pytestmark = pytest.mark.slow
GENERAL_CODE = "1.013750"
QUERIES = ("q", "trang", "loai", "linh-vuc", "cap", "ma", "tiep", "truong-hop", "phien-ban", "tinh")


def public_addresses(config: Configurator) -> list[str]:
    """Every address, with a value in place of each part."""
    parts = {"code": CT01, "level": "xa", "slug": "x", "section": "the-che", "file": "1"}
    parts |= {"draft": "abc", "step": "nguoi_ke_khai", "number": "H99-1", "letter": "x", "id": "1"}
    found = []
    for item in config.introspector.get_category("routes"):
        route = item["introspectable"].get("object")
        if route is not None and not route.name.startswith("__"):
            named = re.findall(r"\{(\w+)", route.pattern)
            found.append(route.generate(dict.fromkeys(named, "1") | parts))
    return sorted(set(found))


ADDRESSES = public_addresses(configured())


@pytest.fixture(scope="module")
def one_site(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site that all tests of this module write to: drafts do not meet."""
    with open_site(sample, tmp_path_factory.mktemp("hostile"), StoppedClock()) as site:
        yield site


@pytest.mark.parametrize("name", ["control", "html", "long", "rtl"])
def test_no_query_makes_a_page_break_its_rules(reading_site: Site, name: str) -> None:
    """Each page is inspected by the client, whatever comes back in it."""
    client = reading_site.client()
    query = "&".join(f"{one}={quote(HOSTILE[name][:1000])}" for one in QUERIES)
    for address in ADDRESSES:
        response = client.get(f"{address}?{query[:15_000]}", status="*")
        assert response.status_int < 500, address
        if response.charset:
            assert "<script>alert(1)" not in response.text


def test_undecodable_queries_are_refused(reading_site: Site) -> None:
    """At every address; whether bytes are text does not depend on which it is."""
    client = reading_site.client()
    for address, raw in zip(ADDRESSES, cycle(UNDECODABLE), strict=False):
        client.get(f"{address}?q={quote(raw)}", status=400)


@pytest.mark.parametrize("name", [name for name in HOSTILE if name not in ("empty", "blank")])
def test_no_path_makes_a_fault(reading_site: Site, name: str) -> None:
    client, text = reading_site.client(), quote(HOSTILE[name][:2000], safe="")
    for pattern in (
        "/nop-ho-so/{}", "/dien-va-in/{}", "/nop-ho-so/1.004222/{}/kiem-tra", "/tra-cuu?ma={}",
        "/nop-ho-so/1.004222/{}/buoc/{}", "/tai-khoan/ho-so/{}", "/api/v1/dossiers/{}",
        "/tai-khoan/ho-so/{}/{}.pdf", "/thu-tuc/{}",
    ):  # fmt: skip
        response = client.get(pattern.format(text, text), status="*")
        assert response.status_int < 500, pattern


def texts_of(form: Any) -> list[str]:
    """Names of the fields that take text, and of those that should not."""
    skip = ("csrf_token", "_viec", "gui")
    return [name for name in form.fields if name and name not in skip]


def send(citizen: Citizen, form: Any, values: dict[str, str], button: str = "tiep") -> Any:
    """Post by hand, as no browser would."""
    token = ("csrf_token", form["csrf_token"].value)
    return citizen.client.post(form.action, [token, *values.items(), ("_viec", button)], status="*")


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize(("code", "steps"), [(CT01, PERSON), (GENERAL_CODE, GENERAL)])
def test_every_field_of_the_journey_bears_any_text(
    one_site: Site, code: str, steps: dict[str, Any], name: str
) -> None:
    me, text = Citizen(one_site), HOSTILE[name]
    me.go(f"/nop-ho-so/{code}")
    start = me.form()
    assert send(me, start, dict.fromkeys(texts_of(start), text)).status_int < 500
    me.begin(code)
    draft = me.draft_url
    for step in steps:
        me.go(f"{draft}/buoc/{step}")
        names = texts_of(me.form())
        response = send(me, me.form(), dict.fromkeys(names, text))
        assert response.status_int in (200, 303, 422), (step, response.status_int)
        assert "<script>alert(1)" not in response.text
        # What was kept is shown again, and can be mended.
        assert me.go(f"{draft}/buoc/{step}").status_int == 200
    assert me.go(f"{draft}/kiem-tra").status_int == 200
    assert me.client.get(f"{draft}/ban-in.pdf").body.startswith(b"%PDF")
    me.go(f"{draft}/noi-nop")
    assert send(me, me.form(), dict.fromkeys(texts_of(me.form()), text)).status_int < 500


@pytest.mark.parametrize("name", HOSTILE)
def test_the_look_up_and_the_doors_bear_any_text(one_site: Site, name: str) -> None:
    me, text = Citizen(one_site), HOSTILE[name]
    for path, form_id in (("/tra-cuu", "toan-bo"), ("/dang-nhap", "f"), ("/dang-ky", "f")):
        me.go(path)
        form = me.form(form_id)
        response = send(me, form, dict.fromkeys(texts_of(form), text))
        assert response.status_int == 422, path


def test_lone_surrogates_in_a_body_are_refused_with_the_rest_kept(one_site: Site) -> None:
    me = Citizen(one_site)
    me.begin()
    form = me.form()
    body = (
        f"csrf_token={form['csrf_token'].value}&_viec=tiep&nguoi_ke_khai_ho_ten=An"
        "&nguoi_ke_khai_email=%ED%A0%80"
    ).encode()
    kind = "application/x-www-form-urlencoded"
    response = me.client.post(form.action, body, content_type=kind, status="*")
    assert response.status_int in (400, 422)


def test_a_made_up_row_or_file_token_changes_nothing(one_site: Site) -> None:
    me = Citizen(one_site)
    me.begin()
    me.step(PERSON["nguoi_ke_khai"])
    me.step(PERSON["chu_ho"])
    group = "noi_dung_thanh_vien"
    made_up = {
        f"{group}.hang": "99999",
        f"{group}.-1.thanh_vien_ho_ten": "x",
        "_bo": f"{group}.77",
        "_them": "khong_co",
        "_bo_tep": "x:y",
        "_chon_tinh": "z",
    }
    assert send(me, me.form(), made_up).status_int in (200, 303, 422)


@pytest.mark.parametrize("name", HOSTILE)
def test_printing_bears_any_text(one_site: Site, name: str) -> None:
    me, text = Citizen(one_site), HOSTILE[name]
    me.go(f"/dien-va-in/{CT01}")
    form = me.form()
    response = send(me, form, dict.fromkeys(texts_of(form), text), "in")
    assert response.status_int in (200, 422)
