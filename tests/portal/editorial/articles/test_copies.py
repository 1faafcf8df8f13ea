"""Changing what readers see: never emptied, and with four eyes by two people."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.setting_groups import Editorial
from tests.portal.editorial.articles.written import WORDS, press, written
from tests.portal.editorial.home.numbers import numbers
from tests.portal.editors import words
from tests.support.clock import StoppedClock
from tests.support.officer import Officer
from tests.support.site import Site, open_site

PUBLIC = "/tin-tuc/hien-dai-hoa/cau-nam-tham-thong-xe"


@pytest.fixture
def careful(sample: Path, tmp_path: Path, clock: StoppedClock) -> Iterator[Site]:
    """A site on which nobody changes alone what readers see."""
    settings = Editorial(four_eyes=True, comments=False)
    with open_site(sample, tmp_path, clock, editorial=settings) as site:
        yield site


def test_a_published_article_is_not_emptied(site: Site) -> None:
    chief = Officer(site, "truongbientap@example.vn")
    address = written(chief)
    press(chief, "/cong-bo")
    form = chief.go(address.replace("/xem-truoc", "")).forms["f"]
    form["body"] = ""
    refused = form.submit(status=422)
    assert "Bài đang công bố cần có nội dung" in refused.text
    assert "Cầu cũ đã yếu" in site.client().get(PUBLIC).text


def test_an_edit_waits_until_another_publishes_it(careful: Site) -> None:
    writer = Officer(careful, "bientap@example.vn")
    chief = Officer(careful, "truongbientap@example.vn")
    address = written(writer)
    chief.go(address)
    press(chief, "/cong-bo")
    reader = careful.client()
    assert WORDS["lead"] in reader.get(PUBLIC).text

    form = writer.go(address.replace("/xem-truoc", "")).forms["f"]
    form["lead"], form["section"] = "UBND xã báo lúc 9h.", "the-che"
    writer.page = form.submit(status=303).follow()
    assert "Bạn đọc vẫn thấy bản cũ" in writer.text
    names = [one.get_text() for one in writer.page.html.select("#ban-sua ~ h3")]
    assert names == ["Chuyên mục", "Sa-pô"]
    assert "Thể" in writer.page.html.select_one("#ban-sua ~ .difference ins").get_text()
    assert WORDS["lead"] in reader.get(PUBLIC).text
    assert not [one for one in writer.page.forms.values() if one.action.endswith("ban-sua/cong-bo")]

    # It is found by those who are to look at it.
    number, waiting = numbers(chief)["Bài có bản sửa chờ công bố"]
    assert (number, WORDS["title"] in words(chief.go(waiting))) == ("1", True)
    assert numbers(chief)["Trang có bản sửa chờ công bố"][0] == "0"
    chief.go("/bien-tap/trang?loc=ban-sua")
    assert "Không có trang nào ở đây" in chief.text

    # A second editor goes on with the copy; of two at once the second is told.
    chief.go(address.replace("/xem-truoc", ""))
    mine = chief.page.forms["f"]
    assert mine["lead"].value == "UBND xã báo lúc 9h."
    theirs = writer.go(address.replace("/xem-truoc", "")).forms["f"]
    theirs["kicker"] = "Giao thông"
    theirs.submit(status=303)
    mine["source"] = "UBND xã"
    clash = mine.submit(status=422)
    assert "Bùi Thị Biên" in clash.text
    assert clash.forms["f"]["kicker"].value == "Giao thông"

    chief.go(address)
    stale = chief.form("ban-sua/cong-bo")
    stale["copy"].force_value("1")
    chief.page = stale.submit(status=303).follow()
    assert "vừa được người khác lưu" in chief.text
    press(chief, "ban-sua/cong-bo")
    assert "Đã công bố bản sửa" in chief.text
    moved = reader.get(PUBLIC.replace("hien-dai-hoa", "the-che"))
    assert "9h" in moved.text


def test_the_head_of_the_board_does_not_publish_an_own_copy(careful: Site) -> None:
    writer = Officer(careful, "bientap@example.vn")
    chief = Officer(careful, "truongbientap@example.vn")
    address = written(writer)
    chief.go(address)
    press(chief, "/cong-bo")
    form = chief.go(address.replace("/xem-truoc", "")).forms["f"]
    form["lead"] = "Sửa một mình."
    chief.page = form.submit(status=303).follow()
    assert "người khác trong ban biên tập công bố" in chief.text
    token = chief.form("ban-sua/bo")["csrf_token"].value
    path = address.replace("xem-truoc", "ban-sua/cong-bo")
    chief.client.post(path, {"csrf_token": token, "copy": "1"}, status=403)
    press(chief, "ban-sua/bo")
    assert "Đã bỏ bản sửa" in chief.text
    assert "Sửa một mình" not in careful.client().get(PUBLIC).text


def test_whoever_wrote_no_copy_and_does_not_publish_drops_none(careful: Site) -> None:
    writer = Officer(careful, "bientap@example.vn")
    chief = Officer(careful, "truongbientap@example.vn")
    address = written(writer)
    chief.go(address)
    press(chief, "/cong-bo")
    form = chief.go(address.replace("/xem-truoc", "")).forms["f"]
    form["lead"] = "Của trưởng ban."
    form.submit(status=303)
    token = writer.go(address).forms[0]["csrf_token"].value
    path = address.replace("xem-truoc", "ban-sua/bo")
    writer.client.post(path, {"csrf_token": token, "copy": "1"}, status=403)
    assert chief.go(address).html.select("#ban-sua")
