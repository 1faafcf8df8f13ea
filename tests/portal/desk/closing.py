"""What tests of a dossier's end press: the forms of money, result and return."""

from typing import Any

from tests.support.officer import Officer
from tests.support.site import Site

DESK, SPECIALIST, LEADER, CLERK, CASHIER, CITIZEN = (
    f"{one}@example.vn"
    for one in ("motcua", "chuyenvien", "lanhdao", "vanthu", "thuquy", "congdan")
)
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n% ket qua\n%%EOF\n"


def send(who: Officer, button: str = "gui", **options: Any) -> Any:
    """Press the button; go where it leads."""
    response = who.page.forms["f"].submit(button, **options)
    who.page = response.follow() if response.status_int == 303 else response
    return who.page


def fill(who: Officer, **values: Any) -> Any:
    """Write into the form of the page."""
    form = who.page.forms["f"]
    for name, value in values.items():
        form[name] = value
    return form


def open_act(who: Officer, code: str, words: str) -> None:
    """From the dossier's page by the act's words."""
    who.dossier(code)
    who.page = who.page.click(words, index=0)


def result_form(who: Officer, code: str, **values: Any) -> None:
    """The clerk's page, filled in."""
    open_act(who, code, "Ghi kết quả")
    usual = {
        "title": "Xác nhận đăng ký tạm trú",
        "number": "15",
        "symbol": "XN-CA",
        "signer_name": "Hoàng Thị Lãnh",
        "signer_title": "Trưởng Công an phường",
    }
    fill(who, **{**usual, **values})


def settle(site: Site, code: str) -> None:
    """The desk says that the first line applies, paid when the result is handed over."""
    desk = Officer(site)
    open_act(desk, code, "Xác định phí, lệ phí")
    fill(desk, moment="after")
    desk.page.forms["f"].fields["lines"][0].checked = True
    send(desk)
    assert "Đã xác định khoản phí" in desk.page.text


def take_all(site: Site, code: str) -> Officer:
    """The cashier takes what is owed, in cash."""
    cashier = Officer(site, CASHIER)
    open_act(cashier, code, "Xác nhận đã thu tiền")
    send(cashier)
    assert "Đã ghi thu tiền" in cashier.page.text
    return cashier
