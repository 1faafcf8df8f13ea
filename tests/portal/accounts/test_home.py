"""My page: dossiers, drafts, and where I am signed in."""

import pytest

from portal.accounts.home import device_words
from tests.support.citizen import PERSON, Citizen
from tests.support.officer import Officer
from tests.support.site import Site


def test_my_page_shows_what_is_mine_only(site: Site) -> None:
    me, other = Citizen(site), Citizen(site)
    me.file_ct01()
    other.sign_in()
    assert "Ông/bà chưa nộp hồ sơ nào" in other.page.text
    other.begin("1.013750")
    other.go("/tai-khoan")
    assert other.page.html.select_one(".results__title").get_text() == "Thăm viếng mộ liệt sĩ"
    me.go("/tai-khoan")
    assert "Đăng ký thường trú" in me.page.text
    assert "Thăm viếng mộ liệt sĩ" not in me.page.text


def test_my_page_leads_those_not_signed_in_to_the_door_and_back(site: Site) -> None:
    me = Citizen(site)
    me.go("/tai-khoan")
    assert me.heading == "Đăng nhập"
    form = me.form()
    form["email"], form["password"] = "congdan@example.vn", "mot-cua-2026"
    me.page = form.submit("gui").follow()
    assert me.heading == "Tài khoản của tôi"


def test_a_draft_is_resumed_where_it_was_left(site: Site) -> None:
    me = Citizen(site)
    me.sign_in()
    me.begin()
    me.step(PERSON["nguoi_ke_khai"])
    me.fill({"chu_ho_ho_ten": "Nguyễn Văn An"})
    me.press("luu")
    me.go("/tai-khoan")
    me.page = me.page.click("Đăng ký thường trú", index=0).click("Làm tiếp")
    assert me.heading == "Chủ hộ"


def test_other_browsers_are_signed_out_from_here(site: Site) -> None:
    here, there = Citizen(site), Citizen(site)
    here.sign_in()
    there.sign_in()
    here.go("/tai-khoan/phien")
    end = next(one for one in here.page.forms.values() if one.get("phien", default=None))
    here.page = end.submit().follow()
    assert "Đã kết thúc phiên" in here.page.text
    assert len(here.page.html.select("main .results li")) == 1
    there.go("/tai-khoan")
    assert there.heading == "Đăng nhập"
    here.go("/tai-khoan")
    assert here.heading == "Tài khoản của tôi"


def test_all_other_browsers_at_once(site: Site) -> None:
    browsers = [Citizen(site) for _ in range(3)]
    for one in browsers:
        one.sign_in()
    here, *others = browsers
    here.go("/tai-khoan/phien")
    every = next(
        one for one in here.page.forms.values()
        if "phien" in one.fields and one["phien"].value == "khac"
    )  # fmt: skip
    every.submit()
    for one in others:
        one.go("/tai-khoan")
        assert one.heading == "Đăng nhập"


@pytest.mark.parametrize("asked", ["", "abc", "9" * 40, "-1", "1"])
def test_a_session_of_somebody_else_cannot_be_ended(site: Site, asked: str) -> None:
    me, other = Citizen(site), Citizen(site)
    other.sign_in("motcua@example.vn")
    me.sign_in()
    me.go("/tai-khoan/phien")
    token = me.page.html.select_one("[name=csrf_token]")["value"]
    me.client.post("/tai-khoan/phien", {"csrf_token": token, "phien": asked}, status=303)
    other.go("/tai-khoan")
    assert other.heading == "Tài khoản của tôi"


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ("Mozilla/5.0 (Linux; Android 13) Chrome/126 Safari/537", "Chrome trên máy Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Safari/604", "Safari trên iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/120 Edg/120", "Edge trên máy Windows"),
        ("", "Trình duyệt"),
    ],
)  # fmt: skip
def test_a_browser_is_named_as_far_as_it_tells(told: str, words: str) -> None:
    assert device_words(told) == words


def test_a_leader_says_once_in_what_capacity_letters_are_signed(site: Site) -> None:
    leader = Officer(site, "lanhdao@example.vn")
    leader.go("/tai-khoan")
    assert "đang ghi “Thủ trưởng cơ quan”" in leader.text
    leader.page = leader.page.click("Sửa chức danh khi ký")
    form = leader.page.forms["f"]
    form["capacity"] = "KT. Giám đốc"
    leader.page = form.submit("gui", status=422)
    assert "Ông/bà ghi cả chức vụ" in leader.text
    form = leader.page.forms["f"]
    form["title"] = "Phó Giám đốc"
    leader.page = form.submit("gui", status=303).follow()
    assert "KT. Giám đốc / Phó Giám đốc" in leader.text
    Officer(site).client.get("/tai-khoan/chuc-danh-ky", status=403)
