"""The search index is lost or torn: other pages go on, search says so, ``reindex`` heals."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support.clock import StoppedClock
from tests.support.site import Site, copy_sample, open_site

WORDS = "/tim-kiem?q=dang+ky+khai+sinh"


def lose_everything(index: Path) -> None:
    shutil.rmtree(index)


def lose_the_segments(index: Path) -> None:
    for file in index.glob("build-*/*"):
        file.unlink()


def tear_the_segments(index: Path) -> None:
    """As after a disk error: half of each file is there."""
    for file in index.glob("build-*/*"):
        half = file.read_bytes()[: file.stat().st_size // 2]
        file.unlink()
        file.write_bytes(half)


def scribble(index: Path) -> None:
    for file in index.glob("build-*/*"):
        file.unlink()
        file.write_bytes(b"\0\xff" * 5000)


def point_nowhere(index: Path) -> None:
    (index / "current").write_text("../../etc", "ascii")


DAMAGES = [lose_everything, lose_the_segments, tear_the_segments, scribble, point_nowhere]


def assert_search_is_out(site: Site) -> None:
    """Search says that it is out, in words, and never that there is nothing."""
    client = site.client()
    page = client.get(WORDS, status=503)
    assert "chưa tìm kiếm được" in page.html.select_one("h1").get_text()
    assert page.html.select_one('main a[href$="/thu-tuc"]')
    assert client.get("/thu-tuc?q=khai+sinh", status=503)
    assert client.get("/tim-kiem/goi-y?q=khai", status=503)
    problem = client.get("/api/v1/search?q=khai+sinh", status=503)
    assert problem.content_type == "application/problem+json"
    assert problem.json["code"] == "search_unavailable"


def assert_the_rest_works(site: Site) -> None:
    client = site.client()
    for path in ("/", "/thu-tuc", "/thu-tuc/1.004222", "/tin-tuc", "/su-kien", "/tim-kiem"):
        client.get(path, status=200)
    assert client.get("/api/v1/procedures").json["total"] > 1000


def assert_search_works(site: Site) -> None:
    page: Any = site.client().get(WORDS, status=200)
    assert "khai sinh" in page.html.select_one(".results a").get_text().lower()


pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.usefixtures("collected"),
]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_site_starts_on_a_damaged_index(
    sample: Path, tmp_path: Path, clock: StoppedClock, damage: Callable[[Path], None]
) -> None:
    copy = tmp_path / "damaged"
    copy_sample(sample, copy)
    damage(copy / "index")
    with open_site(copy, tmp_path / "site", clock) as site:
        assert_the_rest_works(site)
        assert_search_is_out(site)


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_under_a_running_site_never_makes_a_fault(
    site: Site, damage: Callable[[Path], None]
) -> None:
    assert_search_works(site)
    damage(site.settings.index_dir)
    assert_the_rest_works(site)
    for words in ("khai+sinh", "can+cuoc", "nuoc+ngoai"):
        # What is still in memory may answer; nothing else does.
        assert site.client().get(f"/tim-kiem?q={words}", status="*").status_int in (200, 503)


@pytest.mark.slow
def test_reindex_heals_without_a_restart(site: Site) -> None:
    tear_the_segments(site.settings.index_dir)
    assert_search_is_out(site)
    assert site.run("verify") == 1
    assert site.run("reindex") == 0
    assert_search_works(site)
    assert site.run("verify") == 0
