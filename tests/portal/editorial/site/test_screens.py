"""Screens around the site, and what readers see of them on every page."""

from datetime import timedelta
from typing import Any

import pytest

from portal.frame import write_visits
from tests.content.media import pictures
from tests.portal import editors
from tests.support.officer import Officer
from tests.support.site import Site

CHIEF, ADMINISTRATOR = "truongbientap@example.vn", "quantri@example.vn"
BROWSER = {"User-Agent": "Mozilla/5.0 Firefox/120"}


def fill(one: Officer, page: str, status: int = 303, /, **values: Any) -> Any:
    """Fill in the form of a page and send it."""
    form = one.go(page).forms["f"]
    for name, value in values.items():
        form[name] = value
    answer = form.submit(status=status)
    return answer.follow() if status == 303 else answer


@pytest.fixture
def chief(site: Site) -> Officer:
    return Officer(site, CHIEF)


@pytest.fixture
def administrator(site: Site) -> Officer:
    return Officer(site, ADMINISTRATOR)


def banner_of(site: Site, path: str) -> list[str]:
    page = site.client().get(path, status="*").html
    return [one.get_text(" ", strip=True) for one in page.select(".site-banner")]


def test_an_emergency_with_a_hotline_is_on_every_page_for_its_time(
    site: Site, chief: Officer
) -> None:
    fill(
        chief,
        "/bien-tap/thong-bao-chung/moi",
        severity="emergency",
        title="Bão số 9 đang vào bờ",
        text="Ông/bà ở ven biển chuyển vào nơi tránh trú.",
        phone="1900 0112",
        starts_at="23/11/2026 10:00",
        ends_at="24/11/2026 18:00",
    )
    for path in ("/", "/thu-tuc", "/tin-tuc", "/dang-nhap", "/khong-co-trang-nay"):
        [shown] = banner_of(site, path)
        assert "Khẩn cấp: Bão số 9" in shown
    phone = site.client().get("/").html.select_one(".site-banner a.phone")
    assert phone["href"] == "tel:19000112"
    site.clock.now += timedelta(days=2)
    assert banner_of(site, "/") == []


def test_what_is_wrong_with_a_banner_is_said(chief: Officer) -> None:
    address = "/bien-tap/thong-bao-chung/moi"
    usual = {"severity": "news", "title": "Lịch"}
    for values, words in (
        ({"starts_at": "24/11/2026 10:00", "ends_at": "23/11/2026 10:00"}, "phải sau"),
        ({"starts_at": "32/11/2026 10:00"}, "Giờ này chưa đúng"),
        ({"phone": "gọi tôi"}, "chỉ gồm chữ số"),
        ({"address": "javascript:alert(1)"}, "Chỉ nhận đường dẫn"),
    ):
        assert words in fill(chief, address, 422, **usual, **values).text


def test_a_banner_goes_to_the_bin(site: Site, chief: Officer) -> None:
    fill(chief, "/bien-tap/thong-bao-chung/moi", severity="news", title="Nghỉ lễ")
    assert banner_of(site, "/") == ["Nghỉ lễ"]
    page = chief.go("/bien-tap/thong-bao-chung")
    last = [form for form in page.forms.values() if form.action.endswith("/xoa")][-1]
    last.submit(status=303)
    assert banner_of(site, "/") == []


def test_menus_are_arranged_by_buttons(site: Site, chief: Officer) -> None:
    new = "/bien-tap/trinh-don/moi"
    fill(chief, new, place="main", words="Thủ tục", address="/thu-tuc")
    fill(chief, new, place="main", words="Tin tức", address="/tin-tuc")
    fill(chief, new, place="footer", words="Giới thiệu", address="")
    page = chief.go("/bien-tap/trinh-don")
    assert [one.get_text() for one in page.html.select("th a")] == [
        "Thủ tục",
        "Tin tức",
        "Giới thiệu",
    ]
    moves = [form for form in page.forms.values() if form.action.endswith("/thu-tu")]
    moves[1].submit("huong", value="len", status=303)
    links = site.client().get("/tin-tuc").html.select(".site-nav__list a")
    assert [one.get_text() for one in links] == ["Tin tức", "Thủ tục"]
    assert links[0]["aria-current"] == "page"
    group = page.html.select("th a")[2]["href"].rpartition("/")[2]
    fill(chief, new, place="footer", words="Lịch tiếp dân", address="/tin-tuc", parent=group)
    assert (
        "Lịch tiếp dân" in site.client().get("/").html.select_one(".footer-links li li").get_text()
    )
    answer = fill(chief, new, 422, place="main", words="x", address="/", parent=group)
    assert "cùng trình đơn" in answer.text


def test_the_home_page_shows_the_chosen_blocks_in_their_order(site: Site, chief: Officer) -> None:
    usual = [one.get_text() for one in site.client().get("/").html.select("main h2")]
    assert usual[:2] == ["Việc nhiều người làm", "Hồ sơ của tôi đến đâu rồi?"]
    new = "/bien-tap/trang-dau/moi"
    fill(chief, new, kind="text", title="Chào ông/bà", text="Một đoạn.\n\n<b>Hai</b>")
    fill(chief, new, kind="life_events", count="2")
    fill(chief, new, kind="news", title="Chuyển đổi số", section="hien-dai-hoa", count="1")
    page = site.client().get("/").html
    heads = [one.get_text() for one in page.select("main h2")]
    assert heads == ["Chào ông/bà", "Theo sự kiện trong đời sống", "Chuyển đổi số"]
    assert "<b>Hai</b>" in page.select_one("main").get_text()
    chief.go("/bien-tap/trang-dau")
    chief.form("/thu-tu").submit("huong", value="xuong", status=303)
    heads = [one.get_text() for one in site.client().get("/").html.select("main h2")]
    assert heads[1] == "Chào ông/bà"


def test_the_identity_replaces_the_settings(site: Site, administrator: Officer) -> None:
    fill(
        administrator,
        "/bien-tap/nhan-dien",
        short_name="Dịch vụ công Bắc Hà",
        hotline="1900 1234",
        colour="#1F5A3D",
        show_visits=True,
    )
    citizen = site.client()
    page = citizen.get("/tin-tuc")
    assert page.html.title.get_text().endswith("Dịch vụ công Bắc Hà")
    assert page.html.select_one("html")["data-brand"] == "own"
    sheet = citizen.get("/giao-dien.css?m=1f5a3d")
    assert sheet.content_type == "text/css"
    assert "--brand:#1f5a3d" in sheet.text
    assert "1900 1234" in page.html.select_one("footer").get_text()
    assert "Tất cả lượt truy cập" in page.text


def test_a_pale_colour_is_refused_with_the_reason(administrator: Officer) -> None:
    answer = fill(administrator, "/bien-tap/nhan-dien", 422, colour="#ffd700")
    assert "quá nhạt" in answer.text
    assert "4,5:1" in answer.text


def test_the_emblem_comes_from_the_library(site: Site, administrator: Officer) -> None:
    assert "Không có ảnh này" in fill(administrator, "/bien-tap/nhan-dien", 422, emblem="9999").text
    token = administrator.go("/bien-tap/thu-vien/tai-len").forms[0]["csrf_token"].value
    files = [("tep", "huy-hieu.png", pictures.picture(200, 200, "PNG"))]
    administrator.client.post(
        "/bien-tap/thu-vien/tai-len", {"csrf_token": token}, upload_files=files
    )
    fill(administrator, "/bien-tap/thu-vien/1", alt="Huy hiệu của tỉnh")
    pick = administrator.go("/bien-tap/nhan-dien").html.select_one("main .btn--secondary")["href"]
    chosen = administrator.go(pick).html.select_one(".media-card .btn")["href"]
    assert administrator.go(chosen).html.select_one("main img")["alt"] == "Huy hiệu của tỉnh"
    fill(administrator, chosen)
    assert site.client().get("/").html.select_one("img.brand__emblem")["width"] == "200"
    assert "Quốc huy trên đầu trang" in administrator.go("/bien-tap/thu-vien/1/xoa").text


def test_visits_are_written_by_the_clock_and_shown_when_asked_for(
    site: Site, administrator: Officer
) -> None:
    fill(administrator, "/bien-tap/nhan-dien", show_visits=True)
    citizen, registry = site.client(), site.app.registry
    for _ in range(3):
        citizen.get("/tin-tuc", headers=BROWSER)
    citizen.get("/thu-tuc", headers={"User-Agent": "Googlebot/2.1"})
    citizen.get("/healthz", headers=BROWSER)
    # An administrator at work is no visitor.
    administrator.client.get("/quan-tri/lich-lam-viec", headers={"User-Agent": "Mozilla/5.0 X"})
    write_visits(registry)
    shown = citizen.get("/").html.select_one(".visits").get_text(" ", strip=True)
    assert shown == "Đang xem 1 Hôm nay 1 Tuần này 1 Tất cả lượt truy cập 1"


def test_others_may_not_arrange_the_site(site: Site) -> None:
    editor = Officer(site, "bientap@example.vn")
    for address in ("/bien-tap/thong-bao-chung", "/bien-tap/trinh-don", "/bien-tap/trang-dau"):
        editor.client.get(address, status=403)
    Officer(site, CHIEF).client.get("/bien-tap/nhan-dien", status=403)


def test_arranging_begins_with_what_readers_see(site: Site, chief: Officer) -> None:
    reader = site.client()

    def seen(selector: str) -> list[tuple[str, str]]:
        page = reader.get("/").html
        return [(one.get_text(), one.get("href", "")) for one in page.select(selector)]

    blocks, main = seen("main h2"), seen(".site-nav__list a")
    footer = seen(".footer-links a")
    for screen, button in (("trang-dau", "/bat-dau"), ("trinh-don", "/bat-dau")):
        page = chief.go(f"/bien-tap/{screen}")
        assert "sẵn có" in editors.words(page)
        for form in [one for one in page.forms.values() if one.action.endswith(button)]:
            form.submit(status=303)
            # A second click changes nothing.
            form.submit(status=303)
    assert seen("main h2") == blocks
    assert seen(".site-nav__list a") == main
    assert seen(".footer-links a") == footer
    chief.go("/bien-tap/trang-dau")
    assert not [one for one in chief.page.forms.values() if one.action.endswith("/bat-dau")]
    chief.form("/thu-tu").submit("huong", value="xuong", status=303)
    assert seen("main h2")[:2] == [blocks[1], blocks[0]]
    stale = {"csrf_token": chief.form("/thu-tu")["csrf_token"].value, "noi": "x"}
    chief.client.post("/bien-tap/trinh-don/bat-dau", stale, status=303)
