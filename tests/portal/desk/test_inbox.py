"""The inbox: heaps and counts, finding, narrowing, order, pages, and a constant effort."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from tests.support import dossiers
from tests.support.dossiers import CENTRE, COMMUNE, WARD, Filed, accept, file_all
from tests.support.officer import Officer
from tests.support.site import Site


@contextmanager
def counted(site: Site) -> Iterator[list[str]]:
    """The statements that the site's database answers meanwhile."""
    asked: list[str] = []

    def listen(_connection, _cursor, statement: str, *_rest: object) -> None:
        asked.append(statement)

    event.listen(site.database.engine, "before_cursor_execute", listen)
    yield asked
    event.remove(site.database.engine, "before_cursor_execute", listen)


def test_an_officer_begins_at_the_inbox(site: Site) -> None:
    officer = Officer(site)
    assert officer.page.request.path == "/can-bo"
    assert "Không có hồ sơ nào trong nhóm này." in officer.text
    assert "Trần Văn Một" in officer.page.html.header.get_text()
    assert officer.page.headers["Cache-Control"] == "private, no-store"


def test_each_heap_has_its_dossiers_and_its_count(site: Site) -> None:
    waiting, accepted, refused = file_all(
        site, Filed("Đỗ Thị Ẩn"), Filed("Bùi Bình", COMMUNE), Filed("Vũ Cường", CENTRE)
    )
    accept(site, accepted)
    officer = Officer(site)
    officer.go(f"/can-bo/ho-so/{refused}/tu-choi")
    officer.write_refusal("Hồ sơ không thuộc thẩm quyền.")
    officer.refuse()
    officer.go("/can-bo")
    assert officer.rows() == ["Đỗ Thị Ẩn"]
    assert waiting in officer.text
    assert "10:00, 25/11/2026 còn 8 giờ làm việc" in officer.text
    tabs = officer.page.html.select(".tabs a")
    assert [tab.get_text(" ", strip=True) for tab in tabs] == [
        *("Chờ tiếp nhận (1)", "Chờ ký, duyệt (0)", "Chờ tôi xử lý (0)", "Chưa ai nhận (1)"),
        *("Quá hạn (0)", "Sắp đến hạn (0)", "Chờ bổ sung (0)", "Chờ nộp phí (0)"),
        *("Chờ trả kết quả (0)", "Tất cả (3)"),
    ]
    assert tabs[0]["aria-current"] == "page"
    officer.go(tabs[3]["href"])
    assert "H99.21-261123-0001" in officer.text
    assert "27/11/2026 còn 3 ngày làm việc Được tiếp nhận Trần Văn Một" in officer.text
    officer.go("/can-bo?muc=khong-tiep-nhan")
    assert officer.rows() == ["Vũ Cường"]
    officer.go(tabs[-1]["href"])
    assert len(officer.rows()) == 3
    # From one dossier to the next within the list, and back to it.
    officer.go(officer.page.html.select("[data-row]")[1]["href"])
    assert "Bùi Bình" in officer.text
    officer.page = officer.page.click("Hồ sơ sau")
    assert waiting in officer.text
    assert "Hồ sơ sau" not in officer.text
    officer.page = officer.page.click("Hồ sơ trước")
    officer.page = officer.page.click("Hồ sơ trước")
    assert "Vũ Cường" in officer.text
    # A cashier has other work.
    cashier = Officer(site, "thuquy@example.vn")
    begins = [tab.get_text(" ", strip=True) for tab in cashier.page.html.select(".tabs a")]
    assert begins == ["Chờ nộp phí (0)", "Chờ trả kết quả (0)", "Tất cả (3)"]


def test_what_is_late_says_so_in_words(site: Site) -> None:
    late, overdue = file_all(site, Filed("Đỗ An"), Filed("Bùi Bình"))
    accept(site, overdue)
    site.clock.move(days=5)
    officer = Officer(site)
    assert "quá hạn 21 giờ làm việc" in officer.text
    assert officer.page.html.select_one(".badge--bad")
    officer.go("/can-bo?muc=da-tiep-nhan")
    assert "quá hạn 1 ngày" in officer.text
    assert late not in officer.text


@pytest.mark.parametrize("words", ["do thi an", "Đỗ Thị Ẩn", "ĐỖ  THỊ", "{part}"])
def test_a_dossier_is_found_by_part_of_its_code_or_name_however_typed(
    site: Site, words: str
) -> None:
    code = file_all(site, Filed("Đỗ Thị Ẩn"), Filed("Bùi Bình"))[0]
    officer = Officer(site)
    form = officer.form("/can-bo")
    form["q"] = words.format(part=code[:6])
    officer.page = form.submit()
    assert officer.rows() == ["Đỗ Thị Ẩn"]


def test_filters_stay_as_chips_and_go_one_by_one(site: Site) -> None:
    file_all(site, Filed("Đỗ An", WARD), Filed("Đỗ Bình", COMMUNE), Filed("Vũ An", COMMUNE))
    officer = Officer(site)
    form = officer.form("/can-bo")
    form["q"], form["don-vi"], form["sap-xep"] = "do", COMMUNE, "ten"
    officer.page = form.submit()
    assert officer.rows() == ["Đỗ Bình"]
    chips = officer.page.html.select(".chip")
    assert [one.get_text(" ", strip=True).split(" ×")[0] for one in chips] == [
        "Tìm: do",
        "Trung tâm Phục vụ hành chính công xã Đồng Mây",
        "Bỏ tất cả",
    ]
    # Another heap keeps the filters, and so does the way to a dossier and back.
    officer.go(officer.page.html.select(".tabs a")[-1]["href"])
    assert officer.rows() == ["Đỗ Bình"]
    officer.go(officer.page.html.select_one("[data-row]")["href"])
    officer.go(officer.page.html.select_one("[data-back]")["href"])
    assert officer.rows() == ["Đỗ Bình"]
    assert "Tìm: do" in officer.text
    without_words = officer.page.html.select(".chip")[0]["href"]
    officer.go(without_words)
    assert officer.rows() == ["Đỗ Bình", "Vũ An"]
    officer.go(officer.page.html.select(".chip")[-1]["href"])
    assert len(officer.rows()) == 3


def test_a_whole_code_opens_its_dossier_from_any_heap(site: Site) -> None:
    """As a scanner types the bars of a receipt; the way back does not lead there again."""
    waiting, accepted = file_all(site, Filed("Đỗ Thị Ẩn"), Filed("Bùi Bình", COMMUNE))
    accept(site, accepted)
    officer = Officer(site)
    for typed in ("H99.21-261123-0001", "h99212611230001", accepted.replace("-", "").lower()):
        officer.go(f"/can-bo?muc=cho-tiep-nhan&sap-xep=ten&q={typed}", status=303)
        officer.page = officer.page.follow()
        assert officer.page.request.path == f"/can-bo/ho-so/{accepted}"
        officer.page = officer.page.click("Danh sách hồ sơ")
        assert officer.page.request.path_qs == "/can-bo?muc=cho-tiep-nhan&sap-xep=ten"
        assert officer.rows() == ["Đỗ Thị Ẩn"]
    officer.go("/can-bo?q=H99.21-261123-0002")
    assert "Không có hồ sơ nào" in officer.text
    officer.go(f"/can-bo?q={waiting[:-1]}")
    assert officer.rows() == ["Đỗ Thị Ẩn"]


def test_nothing_found_says_so_and_offers_the_way_back(site: Site) -> None:
    file_all(site)
    officer = Officer(site)
    officer.go("/can-bo?q=khong+co+ai")
    assert "Không có hồ sơ nào trong nhóm này khớp với điều kiện lọc." in officer.text
    officer.page = officer.page.click("Bỏ lọc")
    assert len(officer.rows()) == 1


def test_the_list_is_sorted_and_paged_with_everything_kept(site: Site) -> None:
    names = [f"Họ {chr(ord('a') + n)}" for n in range(23)]
    file_all(site, *(Filed(name) for name in reversed(names)))
    officer = Officer(site)
    officer.go("/can-bo?sap-xep=ten&q=ho")
    assert officer.rows() == names[:20]
    officer.page = officer.page.click("Sau")
    assert officer.rows() == names[20:]
    assert "Tìm: ho" in officer.text
    officer.go("/can-bo?sap-xep=ten&trang=999")
    assert officer.rows() == names[20:]


def test_the_list_asks_the_database_as_often_for_twenty_as_for_one(site: Site) -> None:
    agencies = (WARD, COMMUNE, CENTRE)
    first = file_all(site)[0]
    accept(site, first)
    officer = Officer(site)
    with counted(site) as for_one:
        officer.go("/can-bo?muc=tat-ca")
    codes = file_all(site, *(Filed(agency=agencies[n % 3]) for n in range(19)))
    for code in codes[:9]:
        accept(site, code)
    with counted(site) as for_twenty:
        officer.go("/can-bo?muc=tat-ca")
    assert len(officer.rows()) == 20
    assert len(for_twenty) == len(for_one) <= 20, "\n".join(for_twenty)


@pytest.mark.parametrize(
    "query",
    [
        {"q": "a" * 10_000},
        {"q": "%' OR 1=1 --"},
        {"q": "<script>alert(1)</script>"},
        {"q": "\u202eđảo ngược \U0001f600"},
        {"q": "Đỗ"},
        {"muc": "la", "sap-xep": "x" * 500, "don-vi": "khong-co", "trang": "-1"},
        {"trang": "9" * 40},
    ],
)
def test_any_words_in_the_address_give_a_clean_page(desk_site: Site, query: dict[str, str]) -> None:
    file_all(desk_site)
    officer = Officer(desk_site)
    page = officer.client.get("/can-bo", query)
    assert page.status_int == 200
    assert "<script>alert" not in page.text


@pytest.mark.parametrize("raw", ["q=%00", "q=%ff%fe", "q=%ed%a0%80"])
def test_what_is_no_text_is_refused_clearly(desk_site: Site, raw: str) -> None:
    officer = Officer(desk_site)
    assert officer.client.get(f"/can-bo?{raw}", expect_errors=True).status_int in (200, 400)


def test_a_commune_sees_its_own_dossiers_only(site: Site) -> None:
    file_all(site, Filed("Đỗ An", WARD), Filed("Bùi Bình", COMMUNE))
    dossiers.move_official(site, "motcua@example.vn", COMMUNE)
    officer = Officer(site)
    assert officer.rows() == ["Bùi Bình"]
    assert not officer.page.html.select("#don-vi")
    officer.go(f"/can-bo?muc=tat-ca&don-vi={WARD}")
    assert officer.rows() == ["Bùi Bình"]
