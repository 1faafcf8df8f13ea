"""A head writes the process of a procedure, without scripts: refusals, issues, comparison."""

import re
from typing import Any

from tests.content.letters.reading import flat, text_of
from tests.support.officer import Officer
from tests.support.site import Site

HEAD = "truongphong@example.vn"


def rows(page: Any) -> int:
    names = [name for name in page.forms["f"].fields if name]
    return len({found[1] for one in names if (found := re.match(r"steps\.(\d+)\.key", one))})


def save(who: Officer, **options: Any) -> Any:
    response = who.page.forms["f"].submit("gui", **options)
    who.page = response.follow() if response.status_int == 303 else response
    return who.page


def issue(who: Officer, **options: Any) -> Any:
    """The button below, which sends the form to where it is saved and issued."""
    form, button = who.page.forms["f"], who.page.html.select_one("button[formaction]")
    assert button["form"] == form.id
    form.action = button["formaction"]
    response = form.submit(**options)
    who.page = response.follow() if response.status_int == 303 else response
    return who.page


def press(who: Officer, ending: str, **options: Any) -> Any:
    response = who.form(ending).submit(**options)
    who.page = response.follow() if response.status_int == 303 else response
    return who.page


def test_a_process_is_written_and_issued_twice(site: Site) -> None:  # noqa: PLR0915 - one job
    head = Officer(site, HEAD)
    head.go("/can-bo/quy-trinh?q=1.004222")
    # The desk's own navigation, from here too; who edits has the editors'.
    assert head.page.html.select_one("nav[aria-label='Mục chính'] a[href$='/can-bo/so-theo-doi']")
    assert not head.page.html.select_one("nav[aria-label='Mục biên tập']")
    keeper = Officer(site, "quantri@example.vn").go("/can-bo/quy-trinh").html
    assert keeper.select_one("nav[aria-label='Mục biên tập']")
    assert "mẫu chín bước" in head.text
    link = head.page.html.select_one("tbody a")
    assert link is not None
    head.go(str(link["href"]))
    address = head.page.request.path
    assert "Chưa có quy trình riêng" in head.text
    told = "Tổng các bước: 56 giờ, bằng thời hạn 7 ngày làm việc (56 giờ)."
    assert told in head.text
    press(head, "/soan")
    assert rows(head.page) == 9
    draft = head.page.request.path

    # A row's button changes the page only; what is wrong is told at its row, nothing is lost.
    form = head.page.forms["f"]
    form["steps.3.name"] = "Thẩm định, xác minh"
    form["steps.3.returns_to"] = "B6"
    form["steps.4.next"] = "B99"
    head.page = form.submit("_them", index=0)
    assert rows(head.page) == 10
    form = head.page.forms["f"]
    assert form["steps.3.name"].value == "Thẩm định, xác minh"
    head.page = form.submit("_bo", index=9)
    assert rows(head.page) == 9
    save(head, status=422)
    assert "Chỉ trả lại được bước đứng trước." in head.text
    assert "Không có bước nào mang mã này." in head.text
    assert head.page.forms["f"]["steps.4.next"].value == "B99"
    form = head.page.forms["f"]
    form["steps.3.returns_to"], form["steps.4.next"] = "b3", ""
    form["steps.3.hours"] = "abc"
    save(head, status=422)
    assert "Số giờ chưa đúng" in head.text
    head.page.forms["f"]["steps.3.hours"] = "99,5"
    save(head)
    assert "Đã lưu bản soạn" in head.page.text
    assert "chưa khớp" in head.text
    assert "thừa 71,5 giờ" in head.text
    issue(head, status=422)
    assert "thừa 71,5 giờ" in head.page.html.select_one(".error-summary").text
    hours = re.search(r"thời hạn 7 ngày làm việc là (\d+) giờ", head.text)
    assert hours is not None

    form = head.page.forms["f"]
    others = [form[f"steps.{at}.hours"].value.replace(",", ".") for at in range(9)]
    rest = float(hours[1]) - sum(float(one) for at, one in enumerate(others) if one and at != 3)
    form["steps.3.hours"] = f"{rest:g}".replace(".", ",")
    save(head)
    assert "bằng thời hạn" in head.text
    # What is typed and not yet saved is what is issued; where it cannot be, it stays typed.
    head.page.forms["f"]["reviewer"] = "Cao Thị Trưởng"
    issue(head, status=422)
    assert [one.text for one in head.page.html.select(".error-summary li")] == [
        "Mục này còn trống; ông/bà ghi vào đây."
    ] * 2
    form = head.page.forms["f"]
    assert form["reviewer"].value == "Cao Thị Trưởng"
    form["effective_on"], form["approver"] = "23/11/2062", "Hoàng Thị Lãnh"
    issue(head, status=422)
    assert "Ngày áp dụng quá xa" in head.text
    form = head.page.forms["f"]
    form["effective_on"] = "23/11/2026"
    # Somebody else saved meanwhile: the second is told who, and keeps what was typed.
    twin = Officer(site, "quantri@example.vn")
    twin.go(draft)
    twin.page.forms["f"]["code"] = "QT-TP-09"
    save(head)
    save(twin, status=422)
    assert "Phạm Văn Phòng đã lưu bản này lúc" in twin.text
    assert twin.page.forms["f"]["code"].value == "QT-TP-09"
    pdf = head.client.get(f"{draft}.pdf")
    assert pdf.body.startswith(b"%PDF")
    head.page = head.go(draft)
    head.page.forms["f"]["author"] = "Lê Thị Chuyên"  # typed, and not saved before
    stale = head.page
    issue(head)
    assert "Quy trình đã được ban hành" in head.page.text
    assert flat("Lê Thị Chuyên") in text_of(head.client.get(f"{draft}.pdf").body)
    # A second press of the same page finds it issued.
    head.page = stale
    issue(head)
    assert head.page.request.path == address
    assert "Đang áp dụng:" in head.text
    assert head.client.get(draft, status=303).location.endswith(address)

    press(head, "/soan")
    form = head.page.forms["f"]
    form["steps.2.name"], form["changes"] = "Phân công", "Rút gọn tên bước phân công."
    form["effective_on"] = "20/11/2026"
    issue(head, status=422)
    assert "từ ngày áp dụng của lần ban hành trước" in head.text
    head.page.forms["f"]["effective_on"] = "30/11/2026"
    issue(head)
    head.page = head.page.click("So với lần trước")
    assert "B3 – Phân công (sửa)" in head.text
    assert "Phân công thụ lý" in head.text


def test_others_have_no_processes(site: Site) -> None:
    for email in ("chuyenvien@example.vn", "bientap@example.vn", "congdan@example.vn"):
        Officer(site, email).go("/can-bo/quy-trinh", status=403)
    admin = Officer(site, "quantri@example.vn")
    admin.go("/can-bo/quy-trinh?q=%FF%00", status="*")
    assert admin.page.status_int in {200, 400}
    admin.go("/can-bo/quy-trinh/999999999", status=404)
