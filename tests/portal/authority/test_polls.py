"""Polls: off unless switched on; one vote for each browser; numbers in words."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from portal.setting_groups import Editorial
from tests.portal.editors import fill, words
from tests.support.clock import StoppedClock
from tests.support.officer import Officer
from tests.support.site import PortalClient, Site, open_site

CHIEF = "truongbientap@example.vn"


@pytest.fixture
def polling(sample: Path, tmp_path: Path, clock: StoppedClock) -> Iterator[Site]:
    """A site that asks."""
    settings = Editorial(four_eyes=False, comments=False, polls=True)
    with open_site(sample, tmp_path, clock, editorial=settings) as site:
        fill(
            Officer(site, CHIEF),
            "/bien-tap/tham-do/moi",
            question="Giờ nào tiện cho ông/bà?",
            options="Sáng\nChiều",
            starts_at="23/11/2026 08:00",
            ends_at="30/11/2026 08:00",
        )
        yield site


def vote(client: PortalClient, choice: int, status: int = 303) -> Any:
    form = client.get("/tham-do/1").forms["f"]
    form["option"] = form["option"].options[choice][0]
    answer = form.submit(status=status)
    return answer.follow() if status == 303 else answer


def test_polls_are_off_unless_switched_on(site: Site) -> None:
    client = site.client()
    for path in ("/tham-do", "/tham-do/1", "/en/tham-do", "/en/tham-do/1"):
        client.get(path, status=404)
    assert "Thăm dò" not in words(client.get("/"), "footer")
    assert "Cổng đang không hỏi ý kiến" in words(Officer(site, CHIEF).go("/bien-tap/tham-do"))


def test_a_browser_votes_once_and_then_sees_the_numbers(polling: Site) -> None:
    client = polling.client()
    assert "Kết quả" not in words(client.get("/tham-do/1"))
    assert "Ông/bà chưa chọn" in client.get("/tham-do/1").forms["f"].submit(status=422).text
    shown = words(vote(client, 0))
    assert "Đã nhận ý kiến" in shown
    assert "Sáng 1 100%" in shown
    again = client.get("/tham-do/1")
    assert "f" not in again.forms
    token = again.html.select_one("body") and client.cookies["xac_thuc_bieu_mau"]
    client.post("/tham-do/1", {"csrf_token": token, "option": "1"}, status="*")
    shown = words(vote(polling.client(), 1))
    assert "2 lượt trả lời" in shown
    assert "50%" in shown


def test_a_made_up_cookie_is_no_vote(polling: Site) -> None:
    client = polling.client()
    client.set_cookie("tham_do", "poll:1")
    assert "f" in client.get("/tham-do/1").forms


def test_an_ended_poll_shows_its_numbers_only(polling: Site) -> None:
    vote(polling.client(), 0)
    polling.clock.move(days=8)
    page = polling.client().get("/tham-do/1")
    assert "f" not in page.forms
    assert "Đã thôi nhận ý kiến" in words(page)
    assert "1 lượt trả lời" in words(polling.client().get("/tham-do"))


def test_what_has_votes_keeps_its_words(polling: Site) -> None:
    vote(polling.client(), 0)
    chief = Officer(polling, CHIEF)
    assert "giữ nguyên" in fill(chief, "/bien-tap/tham-do/1", 422, options="Sáng\nTối").text
    chief.go("/bien-tap/tham-do")
    chief.form("/xoa").submit(status=303)
    polling.client().get("/tham-do/1", status=404)


ANSWERS = {"question": "Which hours suit you?", "answer1": "Morning", "answer2": "Afternoon"}


def test_a_poll_is_read_in_english_as_far_as_its_words_are_those_asked(polling: Site) -> None:
    chief, reader = Officer(polling, CHIEF), polling.client()
    page = reader.get("/en/tham-do/1")
    assert "Not all of this page is in English" in page.text
    assert "Sáng" in [one.get_text() for one in page.html.select("main ol [lang=vi]")]
    assert "Polls" not in words(reader.get("/en"))
    chief.page = chief.go("/bien-tap/tham-do/1").click("Bản tiếng Anh", href="/ban-dich/tham-do/1")
    form = chief.page.forms["f"]
    for name, value in ANSWERS.items():
        form[name] = value
    chief.page = form.submit("gui", status=303).follow()
    chief.page = chief.form("/cong-bo").submit(status=303).follow()
    # Each side leads to the other, the home page in English to both.
    reader.get("/en").click("Polls", href="/en/tham-do", index=0).click("Which hours suit you?")
    for path in ("/tham-do", "/tham-do/1"):
        links = [one["href"] for one in reader.get(path).html.select("nav.languages a")]
        assert links == [path, f"/en{path}"]
    page = reader.get("/en/tham-do/1")
    assert "Morning Afternoon" in words(page)
    assert not page.html.select("main ol [lang=vi]")
    assert "f" in page.click("Answer").forms
    # An answer asked in other words has no English until somebody writes it.
    fill(chief, "/bien-tap/tham-do/1", options="Sáng\nTối")
    polling.clock.move(minutes=2)
    answers = reader.get("/en/tham-do/1").html.select("main ol li")
    assert [one.get_text() for one in answers] == ["Morning", "Tối"]
    vote(polling.client(), 0)
    polling.clock.move(days=8)
    over = words(reader.get("/en/tham-do/1"))
    assert "No answers have been taken since" in over
    assert "Morning 1 100%" in over
    assert "ended on" in words(reader.get("/en/tham-do"))


def test_a_poll_that_has_not_begun_is_not_there(polling: Site) -> None:
    chief = Officer(polling, CHIEF)
    fill(chief, "/bien-tap/tham-do/1", starts_at="25/11/2026 08:00")
    for path in ("/tham-do/1", "/en/tham-do/1"):
        polling.client().get(path, status=404)
