"""Home, the full listing, sectors, life events and places as people read them."""

from urllib.parse import urlencode

import pytest

from content.agencies.hours import in_words as hours_in_words
from portal.catalogue.home import _work
from tests.portal.catalogue.nasty import NASTY
from tests.support.site import Site


def test_the_first_page_asks_and_leads_on(reading_site: Site):
    page = reading_site.client().get("/").html
    assert page.select_one("form[role=search]")["action"] == "/tim-kiem"
    # What people come for: birth, copies, residence, business, land, building.
    assert [link.text for link in page.select("main .links a")] == [
        "Đăng ký khai sinh",
        "Chứng thực bản sao từ bản chính giấy tờ",
        "Đăng ký thường trú",
        "Đăng ký thành lập hộ kinh doanh",
        "Đăng ký đất đai, tài sản gắn liền với đất",
        "Cấp giấy phép xây dựng mới đối với công trình cấp III",
    ]
    assert len(page.select(".teaser")) == 3
    figures = [one.text for one in page.select(".figures__number")]
    assert len(figures) == 6
    assert figures[0] == "1.452"


def test_work_is_named_as_people_name_it():
    assert _work("Thủ tục đăng ký khai sinh") == "Đăng ký khai sinh"
    long = "Thủ tục chứng thực bản sao từ bản chính giấy tờ, văn bản do cơ quan có thẩm quyền cấp"
    assert _work(long) == "Chứng thực bản sao từ bản chính giấy tờ"
    assert len(_work("cấp phép " * 30)) < 60


def test_the_listing_has_twenty_lines_counts_and_pages(reading_site: Site):
    client = reading_site.client()
    first = client.get("/thu-tuc")
    assert len(first.html.select(".results > li")) == 20
    assert first.html.select_one(".results-head strong").text == "1.452"
    second = client.get(first.html.select_one("a[rel=next]")["href"])
    names = {link["href"] for link in second.html.select(".results h2 a")}
    assert not names & {link["href"] for link in first.html.select(".results h2 a")}


def test_a_count_of_a_facet_is_what_one_finds(reading_site: Site):
    client = reading_site.client()
    for link in client.get("/thu-tuc").html.select(".facets__wide .facet__link")[:3]:
        count = link.select_one(".facet__count").text
        assert client.get(link["href"]).html.select_one(".results-head strong").text == count


def test_words_filters_and_pages_go_together(reading_site: Site):
    client = reading_site.client()
    page = client.get("/thu-tuc", {"q": "khai sinh", "cap": "xa"})
    assert page.html.select_one(".results h2").text == "Thủ tục đăng ký khai sinh"
    kept = {field["name"]: field["value"] for field in page.html.select("form.ask input")}
    assert kept == {"q": "khai sinh", "cap": "xa"}
    assert "q=khai+sinh" in page.html.select_one("a[rel=next]")["href"]


def test_history_is_found_only_when_asked_for(reading_site: Site):
    client = reading_site.client()
    assert "Cấp huyện" not in client.get("/thu-tuc").text
    history = client.get("/thu-tuc?hieu-luc=lich-su&cap=huyen")
    assert history.html.select_one(".results-head strong").text == "69"
    assert "Hết hiệu lực từ 01/7/2025" in history.text


@pytest.mark.parametrize("text", NASTY)
@pytest.mark.parametrize("name", ["q", "cap", "linh-vuc", "trang", "xep"])
def test_any_value_gives_a_page(reading_site: Site, name: str, text: str):
    given = reading_site.client().get(f"/thu-tuc?{urlencode({name: text})}", expect_errors=True)
    assert given.status_int in (200, 400)
    assert "<script>alert" not in given.text


def test_nothing_found_says_what_to_do(reading_site: Site):
    page = reading_site.client().get("/thu-tuc", {"q": "zzzzqqqq"})
    assert "Không có thủ tục nào khớp" in page.text


def test_sectors_are_all_there_in_the_order_of_the_alphabet(reading_site: Site):
    client = reading_site.client()
    page = client.get("/linh-vuc").html
    letters = [heading.text for heading in page.select("h2")][:4]
    assert letters == sorted(letters, key="AĂÂBCDĐEÊ".index)
    link = page.find("span", string="Hộ tịch").find_parent("a")
    found = client.get(link["href"]).html.select_one(".results-head strong").text
    assert found == link.select_one(".links__count").text


def test_life_events_lead_step_by_step_to_procedures(reading_site: Site):
    client = reading_site.client()
    events = client.get("/su-kien").html.select(".teaser a")
    assert len(events) == 12
    for event in events:
        page = client.get(event["href"]).html
        assert page.h1.text == event.text
        assert len(page.select(".steps > li")) >= 2
    birth = client.get("/su-kien/sinh-con").html
    assert "/thu-tuc/1.001193" in {link["href"] for link in birth.select(".steps a")}


def test_a_life_event_that_is_not_there_is_not_found(reading_site: Site):
    reading_site.client().get("/su-kien/trung-so", status=404)


def test_places_say_where_when_and_how_to_call(reading_site: Site):
    client = reading_site.client()
    page = client.get("/noi-tiep-nhan").html
    places = page.select(".grid > li")
    assert len(places) == 8
    assert all("Thứ Hai đến Thứ Sáu: 07:30–11:30, 13:00–17:00" in one.text for one in places)
    client.get(places[1].a["href"])


def test_a_place_names_its_counters_and_what_is_received_elsewhere(reading_site: Site):
    client = reading_site.client()
    rows = client.get("/co-quan/trung-tam-tinh").html.select("main tbody tr")
    told = [row.get_text(" ", strip=True) for row in rows]
    assert told[0].startswith("Hộ tịch, chứng thực Quầy 4 Bà Đỗ Lan Ví Dụ 0200 000 0112")
    assert len(told) == 2
    page = client.get("/noi-tiep-nhan").click("thủ tục không tiếp nhận tại bộ phận một cửa")
    assert "Ban Tiếp công dân tỉnh Sơn Hà Mẫu" in page.text
    assert "Điều 14 Nghị định số 61/2018/NĐ-CP" in page.text


def test_hours_are_said_once_for_days_that_are_alike():
    sessions = [
        {"days": [1, 2, 3, 4, 5], "from": "13:00", "to": "17:00"},
        {"days": [1, 2, 3, 4, 5, 6], "from": "07:30", "to": "11:30"},
    ]
    assert hours_in_words(sessions) == (
        "Thứ Hai đến Thứ Sáu: 07:30–11:30, 13:00–17:00",
        "Thứ Bảy: 07:30–11:30",
    )
    assert hours_in_words([{"days": [1, 3], "from": "08:00", "to": "10:00"}]) == (
        "Thứ Hai, Thứ Tư: 08:00–10:00",
    )
    assert hours_in_words([]) == ()
