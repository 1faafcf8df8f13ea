"""What is to be looked at again, from the screens of all four kinds."""

from datetime import timedelta

import pytest

from tests.portal.editorial.home.numbers import numbers
from tests.portal.editors import fill, words
from tests.support.officer import Officer
from tests.support.site import Site

EDITOR = "bientap@example.vn"
LISTS = {
    "article": "/bien-tap/tin?loc=cong-bo",
    "page": "/bien-tap/trang?loc=cong-bo",
    "legal_document": "/bien-tap/van-ban",
    "enquiry": "/bien-tap/hoi-dap?xem=da-cong-bo",
}


def test_the_day_is_planned_on_the_screen_and_comes_due(site: Site) -> None:
    editor = Officer(site, EDITOR)
    plans = []
    for kind, listing in LISTS.items():
        row = editor.go(listing).html.select_one("main tbody th a")
        screen = editor.go(row["href"])
        plan = screen.html.find("a", string="Hẹn ngày xem lại")["href"]
        assert plan.startswith(f"/bien-tap/xem-lai/{kind}/")
        assert "phải sau hôm nay" in words(fill(editor, plan, 422, review_by="23/11/2026"))
        assert "ngày có thật" in words(fill(editor, plan, 422, review_by="31/02/2027"))
        fill(editor, plan, review_by="30/11/2026")
        assert "Xem lại trước ngày" in words(editor.go(row["href"]))
        plans.append(plan)
    assert "Không có nội dung nào đến hạn" in words(editor.go("/bien-tap/den-han"))
    site.clock.now += timedelta(days=7)
    editor = Officer(site, EDITOR)
    count, address = numbers(editor)["Bài, trang, văn bản, câu hỏi đến hạn"]
    assert (count, address) == ("4", "/bien-tap/den-han")
    assert len(editor.go(address).html.select("tbody tr")) == 4
    fill(editor, plans[0], review_by="30/11/2027", is_checked=True)
    assert len(editor.go(address).html.select("tbody tr")) == 3


@pytest.mark.parametrize("address", ["article/0", "page/999999999999999999999", "term/1"])
def test_what_is_not_there_is_not_found(reading_site: Site, address: str) -> None:
    Officer(reading_site, EDITOR).go(f"/bien-tap/xem-lai/{address}", status=404)
