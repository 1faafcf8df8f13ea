"""Public figures: the page, the data sets and the API say the same, and nobody's name."""

import csv
import io
from datetime import date

import pytest
from sqlalchemy import select

from content.agencies.models import Agency
from content.calendar.store import load_calendar
from content.dossiers.desks import receives
from content.figures import indices, nine
from content.figures.periods import parse
from content.figures.question import Question
from content.procedures import postings
from content.procedures.kinds import Channel
from content.procedures.postings import Place
from content.words import integer
from tests.content.figures.rows import made
from tests.support.dossiers import WARD
from tests.support.settled import add_settled
from tests.support.site import PortalClient, Site

DAY = date(2026, 11, 2)


@pytest.fixture
def client(site: Site) -> PortalClient:
    rows = [
        made(date(2026, 10, 5), DAY, DAY),
        made(DAY, date(2026, 11, 9), date(2026, 11, 5), Channel.ONLINE),
        made(DAY, date(2026, 11, 9), date(2026, 11, 12)),
        made(DAY, date(2026, 12, 9), None),
    ]
    add_settled(site, rows)
    return site.client()


@pytest.mark.parametrize(
    "address",
    [
        "/api/v1/statistics?from=2026-01-01&to=2026-12-31",
        "/thong-ke/du-lieu-mo/theo-kenh.json?ky=2026",
        "/thong-ke/du-lieu-mo/theo-kenh.json?ky=khac&tu=01/01/2026&den=31/12/2026",
    ],
)
def test_a_year_that_still_runs_calls_nothing_late_that_may_still_come_in_time(
    client: PortalClient, address: str
) -> None:
    """Today is 23/11; what is due on 9/12 is not late because the year ends after that."""
    total = client.get(address).json["total"]
    assert (total["open"], total["open_late"]) == (1, 0)


def test_page_files_and_programs_say_the_same(client: PortalClient) -> None:
    page = client.get("/thong-ke?ky=2026-11")
    figures = [one.text for one in page.html.select(".figures__number")]
    assert figures == ["3", "3", "66,7%"]
    assert "Nguyễn Thị Mẫu" not in page.text
    assert "Cách tính" in page.text
    data = page.click("Dữ liệu mở")
    for title in ("theo-linh-vuc", "theo-noi-tiep-nhan", "theo-thang", "theo-kenh"):
        address = f"/thong-ke/du-lieu-mo/{title}.json?ky=2026-11"
        found = client.get(address)
        assert found.headers["Access-Control-Allow-Origin"] == "*"
        assert found.json["total"]["settled"] == 3
        assert sum(one["settled"] for one in found.json["items"]) == 3
        assert address in data.text
    lines = client.get("/thong-ke/du-lieu-mo/theo-kenh.csv?ky=2026-11")
    rows = list(csv.reader(io.StringIO(lines.body.decode("utf-8-sig"))))
    assert rows[-1][:4] == ["Tổng cộng", "4", "3", "3"]
    answer = client.get("/api/v1/statistics?from=2026-11-01&to=2026-11-30&by=agency").json
    (item,) = answer["items"]
    assert item["key"] == WARD
    assert answer["total"]["on_time_share"] == 0.6667
    assert answer["total"]["carried_over"] == 1
    assert client.get("/api/v1/statistics").json["to"] == "2026-11-23"


def test_the_home_page_shows_three_figures_of_this_month(client: PortalClient) -> None:
    page = client.get("/")
    figures = [one.text for one in page.html.select(".figures__number")]
    assert figures[-3:] == ["3", "3", "66,7%"]
    assert "tháng 11/2026" in page.text


def test_a_period_without_dossiers_is_said(reading_site: Site) -> None:
    page = reading_site.client().get("/thong-ke?ky=2024-q1")
    assert "Kỳ này chưa có hồ sơ nào giải quyết xong." in page.text
    assert "chưa có dữ liệu" in page.text


@pytest.mark.parametrize(
    "address",
    [
        "/thong-ke?ky=2026-99",
        "/thong-ke/du-lieu-mo?ky=khac&tu=2026-02-30&den=2026-03-01",
        "/api/v1/statistics?from=hom-qua",
        "/api/v1/statistics?from=2026-11-02&to=2026-11-01",
        "/api/v1/statistics?from=1000-01-01&to=2026-11-01",
        "/api/v1/statistics?by=person",
        "/api/v1/statistics?tu=2026-11-01",
    ],
)
def test_bad_questions_are_refused(reading_site: Site, address: str) -> None:
    reading_site.client().get(address, status=422)


def test_unknown_sets_are_not_there(reading_site: Site) -> None:
    client = reading_site.client()
    client.get("/thong-ke/du-lieu-mo/theo-nguoi.csv", status=404)
    client.get("/thong-ke/du-lieu-mo/theo-kenh.csv?ky=x", status=404)


def test_publication_is_counted_as_each_desk_sees_it(reading_site: Site) -> None:
    with reading_site.database.sessions() as session:
        desks = [one for one in session.scalars(select(Agency)) if receives(one)]
        rows = [row for desk in desks for row in postings.check(session, desk).rows]
        asked = Question(session, parse("2026"), date(2026, 11, 23), load_calendar(session))
        found = next(one for one in nine.nine(asked) if one.number == 6)
    points = [
        indices.published(
            posted=row.dates[Place.BOARD] is not None,
            electronic=row.dates[Place.PORTAL] is not None,
        )
        for row in rows
    ]
    assert found.counted == len(rows)
    assert found.score == indices.average(points)
    complete = sum(one.is_complete for one in rows)
    assert f"{integer(complete)} trên {integer(len(rows))} lượt" in found.about
