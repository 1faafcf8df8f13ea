"""Ordinary forms: sign-in, sign-up, an article. Data or the same page with reasons."""

from typing import Any

import pytest
from webob.multidict import MultiDict

from portal.forms import fields
from portal.forms.accessible import AccessibleForm, FormInvalid
from portal.forms.renderer import FormRenderer
from tests.support.browser import BrowserForm
from tests.support.page_rules import check_page
from tests.support.pages import page_of

EVIL = """'"><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7*7 }}"""


def schema() -> Any:
    return fields.mapping(
        fields.text("name", "Họ và tên", max_length=20, autocomplete="name"),
        fields.email("email"),
        fields.phone("phone", required=False),
        fields.password("password", min_length=8, new=True, hint="Ít nhất 8 ký tự."),
        fields.date("born", "Ngày sinh", autocomplete="bday"),
        fields.integer("copies", "Số bản", minimum=1, maximum=9, required=False),
        fields.choice("sex", "Giới tính", [("nam", "Nam"), ("nu", "Nữ")]),
        fields.choice("place", "Nơi nhận", [("a", "A"), ("b", "B")], required=False),
        fields.paragraph("note", "Ghi chú", required=False, max_length=50),
        fields.checkbox("agree", "Tôi đồng ý", must="Ông/bà chưa đồng ý."),
        fields.hidden("next"),
    )


GOOD = {
    "name": " Nguye\u0302\u0303n An ",
    "email": "an@vidu.vn",
    "phone": "+84 912 345 678",
    "password": " mật khẩu ",
    "born": "5/3/1964",
    "copies": "2",
    "sex": "nu",
    "place": "",
    "note": "một\r\nhai",
    "agree": "true",
    "next": "/tai-khoan",
}


@pytest.fixture
def form(renderer: FormRenderer) -> AccessibleForm:
    return AccessibleForm(
        schema(),
        action="/dang-ky",
        csrf_token="tok",
        renderer=renderer,
        buttons=[("gui", "1", "Tạo tài khoản", "primary")],
    )


def test_good_data_comes_back_clean(form: AccessibleForm):
    assert form.accept(MultiDict(GOOD)) == {
        "name": "Nguyễn An",
        "email": "an@vidu.vn",
        "phone": "0912345678",
        "password": " mật khẩu ",
        "born": "1964-03-05",
        "copies": "2",
        "sex": "nu",
        "place": None,
        "note": "một\nhai",
        "agree": True,
        "next": "/tai-khoan",
    }


def test_an_empty_form_is_a_good_page(form: AccessibleForm):
    assert check_page(page_of(form)) == []
    assert form.title_prefix == ""


def test_an_empty_post_names_every_required_field(form: AccessibleForm):
    with pytest.raises(FormInvalid) as caught:
        form.accept(MultiDict())
    assert caught.value.errors == [
        ("f-name", "Ông/bà chưa ghi “Họ và tên”."),
        ("f-email", "Ông/bà chưa ghi “Thư điện tử”."),
        ("f-password", "Ông/bà chưa ghi “Mật khẩu”."),
        ("f-born", "Ông/bà chưa ghi “Ngày sinh”."),
        ("f-sex", "Ông/bà chưa chọn “Giới tính”."),
        ("f-agree", "Ông/bà chưa đồng ý."),
    ]
    html = page_of(caught.value.form)
    assert check_page(html) == []
    assert "<title>Lỗi: " in html


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", "x" * 21, "nhiều nhất 20 ký tự"),
        ("name", "a\x00b", "ký tự không đọc được"),
        ("name", "\ud800", "ký tự không đọc được"),
        ("password", "ngắn", "ít nhất 8 ký tự"),
        ("email", "an@", "Thư điện tử chưa đúng"),
        ("phone", "123", "Số điện thoại chưa đúng"),
        ("born", "31/02/2026", "ngày có thật"),
        ("copies", "1,5", "số nguyên"),
        ("copies", "10", "từ 1 đến 9"),
        ("sex", "khac", "chọn một mục"),
        ("note", "x" * 51, "nhiều nhất 50 ký tự"),
    ],
)
def test_a_fault_is_told_at_its_field_and_the_rest_is_kept(
    form: AccessibleForm, field: str, value: str, words: str
):
    with pytest.raises(FormInvalid) as caught:
        form.accept(MultiDict({**GOOD, field: value}))
    (error,) = caught.value.errors
    assert error[0] == f"f-{field}"
    assert words in error[1]
    html = page_of(caught.value.form)
    assert check_page(html.encode()) == []
    browser = BrowserForm(html)
    assert browser.controls("born")[0]["value"] == (value if field == "born" else GOOD["born"])
    assert browser.controls("password")[0]["value"] == ""


def test_a_password_is_never_written_back(form: AccessibleForm):
    form.fill({"password": "bí mật"})
    assert "bí mật" not in form.render()


def test_values_are_shown_escaped(form: AccessibleForm):
    form.fill({"name": EVIL, "note": EVIL, "next": EVIL, "email": EVIL})
    html = page_of(form)
    assert "<script>alert" not in html
    assert "<img src=x" not in html
    assert check_page(html) == []
    browser = BrowserForm(html)
    assert browser.controls("name")[0]["value"] == EVIL
    assert "49" not in html


def test_a_rule_found_later_is_told_in_the_same_way(form: AccessibleForm):
    form.accept(MultiDict(GOOD))
    refusal = form.refuse("Thư điện tử này đã có tài khoản.", "email")
    assert refusal.errors == [("f-email", "Thư điện tử này đã có tài khoản.")]
    assert check_page(page_of(refusal.form)) == []


def test_a_rule_of_the_whole_form_leads_to_its_first_field(form: AccessibleForm):
    form.accept(MultiDict(GOOD))
    refusal = form.refuse("Thư điện tử hoặc mật khẩu chưa đúng.")
    assert refusal.errors == [("f-name", "Thư điện tử hoặc mật khẩu chưa đúng.")]
    html = page_of(refusal.form)
    assert check_page(html) == []
    assert html.count("Thư điện tử hoặc mật khẩu chưa đúng.") == 1


def test_two_forms_can_stand_on_one_page(renderer: FormRenderer):
    def make(formid: str) -> str:
        return str(
            AccessibleForm(
                fields.mapping(fields.text("name", "Tên")),
                action="/x",
                csrf_token="t",
                renderer=renderer,
                buttons=[("gui", "1", "Gửi", "primary")],
                formid=formid,
            ).render()
        )

    assert 'id="f-name"' in make("f")
    assert 'id="g-name"' in make("g")


@pytest.mark.parametrize("name", list(GOOD))
def test_files_and_lists_sent_by_hand_are_no_text(form: AccessibleForm, name: str):
    class Sent:
        filename = "a.pdf"

        def __bool__(self) -> bool:
            raise TypeError

    post = MultiDict([(key, value) for key, value in GOOD.items() if key != name])
    post.add(name, Sent())
    if name in {"phone", "copies", "place", "note", "next"}:
        assert not form.accept(post)[name]
    else:
        with pytest.raises(FormInvalid):
            form.accept(post)
