"""What holds for every request and response."""

import json
import logging
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from webtest import Upload

from portal.http.headers import POLICY
from portal.http.log import JSONLines
from portal.http.pages import local_path
from portal.setting_groups import Limits
from tests.support.clock import StoppedClock
from tests.support.signing_in import form_of
from tests.support.site import Site, open_site

STATUSES = {
    "/khong-co-trang-nay": 404,
    "/thu-tuc/9.999999": 404,
    "/tin-tuc/khong-co": 404,
    "/thu-tuc?q=%ff": 400,
    "/thu-tuc?q=%00": 400,
    "/%ff": 400,
    "/thu-tuc?q=" + "a" * 20_000: 400,
}


@pytest.mark.parametrize(("path", "status"), STATUSES.items(), ids=list(map(str, range(7))))
def test_errors_are_pages_that_say_what_to_do(reading_site: Site, path: str, status: int) -> None:
    response = reading_site.client().get(path, status=status)
    assert response.headers["Content-Security-Policy"] == POLICY
    assert "no-store" in response.headers["Cache-Control"]
    assert reading_site.settings.site.hotline in response.text
    assert response.headers["X-Request-Id"] in response.text


def test_a_wrong_method_is_405_and_names_the_right_ones(reading_site: Site) -> None:
    client = reading_site.client()
    token = form_of(client.get("/dang-nhap"), "password")["csrf_token"].value
    response = client.post("/thu-tuc", {"csrf_token": token}, status=405)
    assert response.headers["Allow"] == "GET, HEAD"


def test_a_post_without_the_token_is_400_and_changes_nothing(reading_site: Site) -> None:
    client = reading_site.client()
    fields = {"email": "motcua@example.vn", "password": "mot-cua-2026"}
    client.post("/dang-nhap", fields, status=400)
    assert "phien" not in client.cookies


def test_a_body_over_the_limit_is_413(sample: Path, tmp_path: Path, clock: StoppedClock) -> None:
    limits = Limits(file=1000, dossier=1000, body=1000)
    with open_site(sample, tmp_path, clock, limits=limits) as site:
        page = site.client().post("/dang-nhap", b"x" * 1001, status=413)
        assert "quá lớn" in page.text


def test_files_that_came_with_a_form_go_with_the_request(reading_site: Site) -> None:
    pages = reading_site.client().get("/kiem-tra-van-ban").forms
    form = next(one for one in pages.values() if one.method.lower() == "post")
    form["tep"] = Upload("a.txt", b"x" * 20_000, "text/plain")
    given = form.submit(status=422).request.POST["tep"]
    assert given.filename == "a.txt"
    assert given.file.closed


def test_problems_of_the_api_are_documents(reading_site: Site) -> None:
    response = reading_site.client().get("/api/v1/procedures/9.999999", status=404)
    assert response.content_type == "application/problem+json"
    assert response.json["status"] == 404
    assert response.json["code"] == "procedure"


def test_a_private_page_sends_strangers_to_sign_in_and_back(reading_site: Site) -> None:
    response = reading_site.client().get("/tai-khoan?a=1", status=303)
    assert response.headers["Location"].endswith("/dang-nhap?tiep=%2Ftai-khoan%3Fa%3D1")


def test_public_pages_may_be_kept_and_private_ones_not(reading_site: Site) -> None:
    client = reading_site.client()
    assert client.get("/thu-tuc").headers["Cache-Control"] == "public, max-age=0, s-maxage=60"
    assert "Set-Cookie" not in client.get("/").headers
    private = client.get("/dang-nhap")
    assert private.headers["Cache-Control"] == "private, no-store"
    assert "Cookie" in private.headers["Vary"]


@given(st.text(max_size=60))
def test_a_redirect_never_leaves_the_site(given: str) -> None:
    target = local_path(given, "/x")
    assert target.startswith("/")
    assert not target.startswith(("//", "/\\"))


@pytest.mark.parametrize("evil", ["https://e.vn", "//e.vn", "/\\e.vn", "javascript:a", "/a\nb", ""])
def test_foreign_targets_are_replaced(evil: str) -> None:
    assert local_path(evil, "/mac-dinh") == "/mac-dinh"


def test_a_log_line_is_json_with_its_fields() -> None:
    record = logging.makeLogRecord({"msg": "event", "levelname": "INFO", "route": "home"})
    line = json.loads(JSONLines().format(record))
    assert (line["event"], line["route"]) == ("event", "home")


def test_logs_name_the_route_and_never_the_query(
    reading_site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="portal.request")
    reading_site.client().get("/tim-kiem", {"q": "Nguyễn Thị Bí Mật"})
    [record] = [one for one in caplog.records if one.name == "portal.request"]
    assert record.route == "search.results"  # type: ignore[attr-defined]
    assert "Bí" not in JSONLines().format(record)


def test_what_machines_ask_for(reading_site: Site) -> None:
    client = reading_site.client()
    assert client.get("/healthz").json == {"status": "ok"}
    assert client.get("/readyz").json["status"] == "ok"
    assert "Disallow: /\n" in client.get("/robots.txt").text
    assert "/thu-tuc/1.001193</loc>" in client.get("/sitemap.xml").text
    assert "Contact: mailto:" in client.get("/.well-known/security.txt").text
