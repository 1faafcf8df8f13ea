"""Officials' accounts kept by an administrator: found, opened, moved, closed, written down."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from content.people.delegations import Delegation
from content.people.models import Account, Membership
from content.people.roles import Role
from tests.portal.editors import fill
from tests.support.dossiers import WARD, account, writing
from tests.support.handling import in_progress
from tests.support.officer import PASSWORD, Officer
from tests.support.site import Site

ADMINISTRATOR, SPECIALIST = "quantri@example.vn", "chuyenvien@example.vn"
LIST = "/quan-tri/tai-khoan"
KEEPER = "Ngô Thị Quản"
WARD_NAME = "Trung tâm Phục vụ hành chính công phường Hà Trung Mẫu"
NEW = {"name": "Lò Văn Mới", "email": "moi@sonha.example.vn", "agency": WARD}


def names(keeper: Officer, query: str) -> list[str]:
    page = keeper.go(f"{LIST}?{query}")
    return [one.get_text(strip=True) for one in page.html.select("main tbody th a")]


def history(keeper: Officer) -> list[tuple[str, str]]:
    """What was done and by whom, newest first."""
    rows = keeper.page.html.select("main tbody tr")
    cells = [[one.get_text().strip() for one in row.select("td")] for row in rows]
    return [(what, who) for _when, what, who in cells]


def page_of(site: Site, email: str) -> str:
    with site.database.sessions() as session:
        return f"{LIST}/{account(session, email).id}"


def press(keeper: Officer, words: str) -> Any:
    """Press a button of the page; go where it leads."""
    form = next(
        one for one in keeper.page.forms.values() if words in one.html.get_text(" ", strip=True)
    )
    answer = form.submit()
    keeper.page = answer.follow() if answer.status_int == 303 else answer
    return keeper.page


def opened_account(keeper: Officer, *roles: Role) -> str:
    """A new account of the ward; the link behind which its password is chosen."""
    form = keeper.go(f"{LIST}/moi").forms["f"]
    for name, value in NEW.items():
        form[name] = value
    for box in form.fields["roles"]:
        box.checked = box._value in roles
    keeper.page = form.submit(status=303).follow()
    assert "Đã tạo tài khoản. Cần làm tiếp" in keeper.page.text
    return str(press(keeper, "Lập liên kết đặt mật khẩu").html.select_one("#lien-ket")["value"])


def choose_password(site: Site, link: str, password: str) -> None:
    client = site.client()
    form = client.get(link[link.index("/loi-moi/") :]).forms["f"]
    form["password"] = password
    form.submit(status=303)


def test_officials_are_found_however_typed(reading_site: Site) -> None:
    keeper = Officer(reading_site, ADMINISTRATOR)
    everybody = names(keeper, "")
    assert len(everybody) > 9
    assert "Công dân" not in keeper.text
    assert names(keeper, "q=le+thi+chuyen") == names(keeper, "q=CHUYENVIEN%40") == ["Lê Thị Chuyên"]
    heads = names(keeper, "viec=head")
    assert heads
    assert set(heads) < set(everybody)
    assert names(keeper, "don-vi=so-xay-dung&viec=administrator") == []
    assert "Không có tài khoản nào khớp" in keeper.text
    assert names(keeper, "viec=king&don-vi=king&tinh-trang=x&trang=99") == everybody
    assert names(keeper, "tinh-trang=da-khoa") == []


@pytest.mark.parametrize("email", [SPECIALIST, "lanhdao@example.vn", "truongbientap@example.vn"])
def test_only_administrators_come_here(reading_site: Site, email: str) -> None:
    somebody = Officer(reading_site, email)
    for address in (LIST, f"{LIST}/moi", page_of(reading_site, SPECIALIST)):
        somebody.go(address, status=403)


def test_accounts_of_citizens_are_not_kept_here(reading_site: Site) -> None:
    keeper = Officer(reading_site, ADMINISTRATOR)
    keeper.go(page_of(reading_site, "congdan@example.vn"), status=404)
    keeper.go(f"{LIST}/999999999999999999999", status=404)


def test_a_new_officer_chooses_a_password_and_works(site: Site) -> None:
    keeper = Officer(site, ADMINISTRATOR)
    link = opened_account(keeper, Role.ONE_STOP, Role.CASHIER)
    assert link.startswith("http")
    choose_password(site, link, "ngọn đồi xanh 12")
    site.client().get(link[link.index("/loi-moi/") :], status=404)
    client = site.client()
    form = client.get("/dang-nhap").forms["f"]
    form["email"], form["password"] = "moi@sonha.example.vn", "ngọn đồi xanh 12"
    assert form.submit(status=303).location.endswith("/can-bo")
    keeper.go(page_of(site, "moi@sonha.example.vn"))
    assert "Cán bộ một cửa" in keeper.text
    assert "Cán bộ thu phí" in keeper.text
    assert history(keeper) == [
        ("Đặt mật khẩu", NEW["name"]),
        ("Lập liên kết đặt mật khẩu", KEEPER),
        (f"Tạo tài khoản: Cán bộ thu phí, Cán bộ một cửa – {WARD_NAME}", KEEPER),
    ]


def test_an_address_in_use_is_refused_and_what_was_typed_stays(site: Site) -> None:
    keeper = Officer(site, ADMINISTRATOR)
    form = keeper.go(f"{LIST}/moi").forms["f"]
    for name, value in {**NEW, "email": SPECIALIST.upper()}.items():
        form[name] = value
    keeper.page = form.submit(status=422)
    assert "chọn" in keeper.text.lower()
    form = keeper.page.forms["f"]
    form.fields["roles"][0].checked = True
    keeper.page = form.submit(status=422)
    assert "Địa chỉ này đã có tài khoản" in keeper.text
    assert keeper.page.forms["f"]["name"].value == NEW["name"]
    with site.database.sessions() as session:
        assert session.scalars(select(Account).where(Account.name == NEW["name"])).all() == []


def test_a_post_stays_while_dossiers_hang_on_it(site: Site) -> None:
    in_progress(site)
    keeper = Officer(site, ADMINISTRATOR)
    keeper.go(page_of(site, SPECIALIST))
    assert "Hồ sơ đang giữ 1" in keeper.text
    press(keeper, "Thôi việc này")
    assert "Chưa thôi việc: người này còn giữ hồ sơ" in keeper.page.text
    with writing(site) as session:
        me = account(session, SPECIALIST)
        assert [one.role for one in me.memberships] == [Role.SPECIALIST]
        # Another part of the desk in the same agency: the dossiers stay with the officer.
        me.memberships.append(Membership(agency_id=me.memberships[0].agency_id, role=Role.CLERK))
    keeper.go(page_of(site, SPECIALIST))
    press(keeper, "Thôi việc này")
    assert "Đã thôi phần việc đó" in keeper.page.text
    press(keeper, "Thôi việc này")
    assert "Chưa thôi việc" in keeper.page.text


@pytest.mark.parametrize("form", ["sua", "giao-viec", "chuyen-don-vi"])
def test_every_form_says_whose_account_it_is(reading_site: Site, form: str) -> None:
    keeper = Officer(reading_site, ADMINISTRATOR)
    page = keeper.go(f"{page_of(reading_site, SPECIALIST)}/{form}")
    assert page.html.h1.get_text(strip=True).endswith(": Lê Thị Chuyên")


def test_parts_are_given_and_taken_back(site: Site) -> None:
    keeper = Officer(site, ADMINISTRATOR)
    address = page_of(site, SPECIALIST)
    for _twice in range(2):
        form = keeper.go(f"{address}/giao-viec").forms["f"]
        form["agency"] = "so-xay-dung"
        next(box for box in form.fields["roles"] if box._value == "clerk").checked = True
        keeper.page = form.submit(status=303).follow()
    with site.database.sessions() as session:
        assert sorted(one.role for one in account(session, SPECIALIST).memberships) == [
            Role.CLERK,
            Role.SPECIALIST,
        ]
    assert [what for what, _by in history(keeper)] == [
        "Giao việc: Văn thư – Sở Xây dựng tỉnh Sơn Hà Mẫu"
    ]
    keeper.go(address)
    press(keeper, "Thôi việc này")
    press(keeper, "Thôi việc này")
    assert "Chưa giao việc nào" in keeper.text
    assert "/can-bo" not in Officer(site, SPECIALIST).page.request.path


def test_going_to_another_agency_takes_the_parts_along(site: Site) -> None:
    keeper, address = Officer(site, ADMINISTRATOR), page_of(site, SPECIALIST)
    with writing(site) as session:
        me, head = account(session, SPECIALIST), account(session, "truongphong@example.vn")
        [post] = me.memberships
        session.add(
            Delegation(
                absent_id=me.id,
                substitute_id=head.id,
                agency_id=post.agency_id,
                role=post.role,
                starts_on=date(2026, 11, 1),
                ends_on=date(2026, 12, 31),
                made_by_id=head.id,
                made_at=site.clock(),
            )
        )
    form = keeper.go(f"{address}/chuyen-don-vi").forms["f"]
    here = form["here"].options[-1][0]
    form["here"], form["there"] = here, here
    keeper.page = form.submit(status=422)
    assert "đang là nơi làm việc" in keeper.text
    form = keeper.page.forms["f"]
    form["there"] = "so-xay-dung"
    keeper.page = form.submit(status=303).follow()
    assert "Đã chuyển đơn vị" in keeper.page.text
    assert "Sở Xây dựng" in keeper.text
    with site.database.sessions() as session:
        assert session.scalars(select(Delegation.ended_at)).all() == [site.clock()]


def test_who_holds_dossiers_is_not_moved(site: Site) -> None:
    in_progress(site)
    keeper = Officer(site, ADMINISTRATOR)
    form = keeper.go(page_of(site, SPECIALIST) + "/chuyen-don-vi").forms["f"]
    form["here"], form["there"] = form["here"].options[-1][0], "so-xay-dung"
    keeper.page = form.submit(status=422)
    assert "còn giữ 1 hồ sơ" in keeper.text


def test_a_closed_account_is_out_at_once_and_comes_back(site: Site) -> None:
    keeper = Officer(site, ADMINISTRATOR)
    link = opened_account(keeper, Role.SPECIALIST)
    address = page_of(site, "moi@sonha.example.vn")
    keeper.go(address)
    press(keeper, "Khóa tài khoản")
    assert "Không ai đăng nhập được" in keeper.text
    assert names(keeper, "tinh-trang=da-khoa") == ["Lò Văn Mới"]
    assert names(keeper, "q=lo+van+moi") == []
    site.client().get(link[link.index("/loi-moi/") :], status=404)
    somebody = Officer(site, SPECIALIST)
    keeper.go(page_of(site, SPECIALIST))
    press(keeper, "Khóa tài khoản")
    assert "/dang-nhap" in somebody.go("/can-bo", status=303).location
    form = site.client().get("/dang-nhap").forms["f"]
    form["email"], form["password"] = SPECIALIST, PASSWORD
    form.submit(status=422)
    press(keeper, "Mở lại tài khoản")
    Officer(site, SPECIALIST).go("/can-bo")


def test_nobody_shuts_themselves_out(site: Site) -> None:
    keeper, address = Officer(site, ADMINISTRATOR), page_of(site, ADMINISTRATOR)
    keeper.go(address)
    assert "Khóa tài khoản" not in keeper.text
    token = keeper.page.forms[0]["csrf_token"].value
    keeper.page = keeper.client.post(f"{address}/khoa", {"csrf_token": token}, status=303).follow()
    assert "không tự khóa tài khoản" in keeper.page.text
    press(keeper, "Thôi việc này")
    assert "không tự khóa tài khoản" in keeper.page.text
    keeper.go(LIST)


def test_a_lost_telephone_and_a_forgotten_password_end_all_browsers(site: Site) -> None:
    keeper, address = Officer(site, ADMINISTRATOR), page_of(site, SPECIALIST)
    lost = Officer(site, SPECIALIST)
    keeper.go(address)
    press(keeper, "Đăng xuất mọi máy")
    assert "/dang-nhap" in lost.go("/can-bo", status=303).location
    other = Officer(site, SPECIALIST)
    keeper.go(address)
    link = press(keeper, "Lập liên kết đặt mật khẩu").html.select_one("#lien-ket")["value"]
    other.go("/can-bo")
    keeper.go(address)
    assert "Có một liên kết đặt mật khẩu chưa dùng" in keeper.text
    choose_password(site, link, "ngọn đồi xanh 12")
    assert "/dang-nhap" in other.go("/can-bo", status=303).location
    site.clock.move(days=8)
    keeper = Officer(site, ADMINISTRATOR)
    keeper.go(address)
    stale = press(keeper, "Lập liên kết đặt mật khẩu").html.select_one("#lien-ket")["value"]
    site.clock.move(days=7, minutes=1)
    site.client().get(stale[stale.index("/loi-moi/") :], status=404)


def test_the_second_of_two_administrators_sees_what_the_first_wrote(site: Site) -> None:
    keeper, address = Officer(site, ADMINISTRATOR), page_of(site, SPECIALIST) + "/sua"
    slow = keeper.go(address).forms["f"]
    fill(keeper, address, name="Lê Thị Chuyên Viên")
    slow["name"] = "Lê Thị C."
    page = slow.submit(status=422)
    assert "Lê Thị Chuyên Viên" in page.text
    assert "Lê Thị C." in page.text
