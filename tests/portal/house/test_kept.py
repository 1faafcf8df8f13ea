"""Public pages kept whole: the same bytes again, and never an old page."""

import gzip
import logging
from typing import Any

import pytest
from sqlalchemy import select
from webtest.app import TestRequest

from content.news.models import Article
from content.site.visits import Visits
from portal.http.kept import KeptPages
from tests.support.signing_in import form_of
from tests.support.site import Site

BROWSER = {"Accept-Encoding": "gzip", "User-Agent": "Mozilla/5.0 (Linux; Android 10)"}


@pytest.fixture
def made(site: Site, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The requests that reached the application."""
    reached: list[str] = []
    inner = site.app.app

    def watched(environ: dict[str, Any], start: Any) -> Any:
        reached.append(environ["PATH_INFO"])
        return inner(environ, start)

    monkeypatch.setattr(site.app, "app", watched)
    return reached


def test_a_public_page_is_made_once_a_minute(site: Site, made: list[str]) -> None:
    client = site.client()
    first, again = client.get("/thu-tuc"), client.get("/thu-tuc")
    assert first.body == again.body
    assert first.headers["X-Request-Id"] != again.headers["X-Request-Id"]
    assert made == ["/thu-tuc"]
    site.clock.move(minutes=1)
    client.get("/thu-tuc")
    assert made == ["/thu-tuc"] * 2


def test_hosts_and_queries_have_pages_of_their_own(site: Site, made: list[str]) -> None:
    client = site.client()
    for path in ("/thu-tuc", "/thu-tuc?trang=2", "/thu-tuc?trang=2"):
        client.get(path)
    client.get("/thu-tuc", headers={"Host": "localhost:6543"})
    assert len(made) == 3


def test_what_is_private_or_in_vain_or_missing_is_made_each_time(
    site: Site, made: list[str]
) -> None:
    client = site.client()
    for _ in range(2):
        client.get("/dang-nhap")
        client.get("/tim-kiem?q=zzzzqqq")
        client.get("/khong-co-trang-nay", status=404)
    assert len(made) == 6


def test_a_kept_page_is_compressed_and_known_by_its_tag(site: Site) -> None:
    client = site.client()
    plain = client.get("/tin-tuc")
    packed = client.get("/tin-tuc", headers=BROWSER)
    assert packed.headers["Vary"] == "Accept-Encoding"
    assert packed.body == plain.body
    # The client unpacks what it gets; here is what it got.
    sent: dict[str, str] = {}
    body = b"".join(site.app(_environ("/tin-tuc"), lambda _, headers: sent.update(headers)))
    assert sent["Content-Encoding"] == "gzip"
    assert int(sent["Content-Length"]) == len(body) < len(plain.body) / 3
    assert gzip.decompress(body) == plain.body
    assert packed.headers["Content-Security-Policy"] == plain.headers["Content-Security-Policy"]
    known = BROWSER | {"If-None-Match": packed.headers["ETag"]}
    assert client.get("/tin-tuc", headers=known, status=304).body == b""
    head = client.head("/tin-tuc", headers=BROWSER)
    assert head.body == b""
    assert head.headers["ETag"] == packed.headers["ETag"]


def test_a_private_page_is_never_compressed(site: Site) -> None:
    sent: dict[str, str] = {}
    site.app(_environ("/dang-nhap"), lambda _, headers, _error=None: sent.update(headers))
    assert sent["Cache-Control"] == "private, no-store"
    assert "Content-Encoding" not in sent


def test_a_page_with_a_form_is_its_visitors_alone(site: Site) -> None:
    """Its form carries the browser's own token against forgery."""
    known = site.client()
    known.get("/dang-nhap")
    for client in (known, site.client(), site.client()):
        page = client.get("/kiem-tra-van-ban")
        assert page.headers["Cache-Control"] == "private, no-store"
        assert "Cookie" in page.headers["Vary"]
        form = form_of(page, "csrf_token")
        assert form["csrf_token"].value == client.cookies["xac_thuc_bieu_mau"]


@pytest.mark.parametrize("accepted", ["gzip;q=0", "identity, gzip; q=0.0", "br", "xgzip"])
def test_who_takes_no_gzip_is_sent_none(site: Site, accepted: str) -> None:
    sent: dict[str, str] = {}
    environ = _environ("/tin-tuc") | {"HTTP_ACCEPT_ENCODING": accepted}
    site.app(environ, lambda _, headers: sent.update(headers))
    assert "Content-Encoding" not in sent


def test_a_change_anywhere_is_seen_at_once(site: Site) -> None:
    client = site.client()
    with site.database.sessions() as session:
        article = session.scalars(select(Article)).first()
        assert article is not None
        path, title = f"/tin-tuc/{article.section.slug}/{article.slug}", article.title
    assert title in client.get(path).text
    with site.database.writing_sessions.begin() as session:
        changed = session.get(Article, article.id)
        assert changed is not None
        changed.title = "Tin đã đổi tên"
    assert "Tin đã đổi tên" in client.get(path).text


def test_what_is_found_anew_is_shown_at_once(site: Site) -> None:
    """The index follows the change; the counters moved before it did."""
    client = site.client()
    with site.database.writing_sessions.begin() as session:
        article = session.scalars(select(Article)).first()
        assert article is not None
        article.title = "Xe lưu động khai sinh tận bản"
    path = "/tim-kiem?q=khai+sinh&loai=tin-tuc"
    assert "tận bản" not in client.get(path).text
    assert site.run("worker", "--once") == 0
    assert "tận bản" in client.get(path).text


def test_a_kept_page_counts_its_visitors_and_writes_its_line(
    site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    visits: Visits = site.app.registry["visits"]
    for number in range(3):
        with caplog.at_level(logging.INFO, "portal.request"):
            site.client().get("/thu-tuc", headers={"User-Agent": f"Mozilla/5.0 ({number})"})
    with site.database.writing_sessions.begin() as session:
        visits.write(session, site.clock())
    assert visits.numbers.today == 3
    lines = [one for one in caplog.records if one.message == "request"]
    assert [getattr(one, "kept", False) for one in lines] == [False, True, True]
    assert {one.route for one in lines} == {"catalogue.listing"}  # type: ignore[attr-defined]


def test_memory_stays_within_what_was_given(site: Site) -> None:
    pages = KeptPages(site.app.app, 1, blink=0)
    for number in range(1, 400):
        pages(_environ(f"/thu-tuc?ghi-chu={number}"), lambda *_said: None)
    assert 50 < len(pages._pages) < 250
    assert pages._free >= 0


def test_long_questions_take_their_room(site: Site) -> None:
    pages = KeptPages(site.app.app, 1, blink=0)
    for number in range(1, 120):
        pages(_environ(f"/tin-tuc?ghi-chu={number}{'a' * 12_000}"), lambda *_said: None)
    assert 20 < len(pages._pages) < 1_000_000 / 12_000


def test_a_database_that_is_gone_keeps_nothing_and_breaks_nothing(site: Site) -> None:
    client = site.client()
    client.get("/thu-tuc")
    site.app._counters._close()
    assert client.get("/thu-tuc").status_int == 200


def _environ(path: str) -> dict[str, Any]:
    blank = TestRequest.blank(path, environ={"HTTP_HOST": "127.0.0.1:6543"}, headers=BROWSER)
    environ: dict[str, Any] = blank.environ
    return environ
