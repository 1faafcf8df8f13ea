"""Signing up, in and out."""

from typing import Any

import pytest

from content.people.service import MAX_FAILURES
from tests.support.officer import PASSWORD
from tests.support.signing_in import form_of, sign_in
from tests.support.site import PortalClient, Site


def test_the_right_password_signs_in_and_goes_on(site: Site) -> None:
    client = site.client()
    response = sign_in(client, "CongDan@example.vn", PASSWORD, query="?tiep=/tai-khoan", status=303)
    assert response.headers["Location"].endswith("/tai-khoan")
    cookie = next(value for value in response.headers.getall("Set-Cookie") if "phien=" in value)
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Ông/bà đã đăng nhập" in client.get("/tai-khoan").text
    assert "Ông/bà đã đăng nhập" not in client.get("/tai-khoan").text


@pytest.mark.parametrize("email", ["congdan@example.vn", "khong-co-ai@example.vn"])
def test_a_failure_says_the_same_for_known_and_unknown(site: Site, email: str) -> None:
    page = sign_in(site.client(), email, "sai-mat-khau-roi", status=422)
    assert "Thư điện tử hoặc mật khẩu chưa đúng" in page.text
    assert page.html.title.text.startswith("Lỗi: ")
    assert form_of(page, "password")["password"].value == ""
    assert form_of(page, "password")["email"].value == email


def test_after_many_failures_even_the_right_password_waits(site: Site) -> None:
    client = site.client()
    for _ in range(MAX_FAILURES):
        sign_in(client, "congdan@example.vn", "sai-mat-khau-roi", status=422)
    page = sign_in(client, "congdan@example.vn", PASSWORD, status=422)
    assert "đợi 15 phút" in page.text
    site.clock.move(minutes=16)
    sign_in(client, "congdan@example.vn", PASSWORD, status=303)


def sign_up(client: PortalClient, **values: str) -> Any:
    form = form_of(client.get("/dang-ky"), "password")
    given = {"name": "Lò Văn Thử", "email": "thu@example.vn", "password": "sông Hồng mùa lũ"}
    for name, value in (given | values).items():
        form[name] = value
    return form.submit(expect_errors=True)


def test_signing_up_signs_in_and_sends_a_mail(site: Site) -> None:
    client = site.client()
    assert sign_up(client).status_int == 303
    assert "Lò Văn Thử" in client.get("/tai-khoan").text
    site.run("worker", "--once")
    [mail] = [path.read_text("utf-8") for path in (site.folder / "mail").glob("*.eml")]
    assert "To: thu@example.vn" in mail


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("email", "congdan@example.vn", "đã có tài khoản"),
        ("email", "không phải thư", "chưa đúng"),
        ("password", "ngắn", "ít nhất 10"),
        ("password", "aaaaaaaaaaaa", "dễ đoán"),
        ("name", "", "chưa ghi"),
        ("name", "x" * 10_000, "dài quá"),
        ("phone", "12345", "chưa đúng"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    site: Site, field: str, value: str, said: str
) -> None:
    page = sign_up(site.client(), **{field: value})
    assert page.status_int == 422
    assert said in page.text
    kept = form_of(page, "password")
    assert kept["name"].value == (value if field == "name" else "Lò Văn Thử")


def test_signing_out_ends_the_session_everywhere_it_was_copied(site: Site) -> None:
    client = site.client()
    sign_in(client, "congdan@example.vn", PASSWORD, status=303)
    copied = dict(client.cookies)
    form_of_sign_out = next(
        form
        for form in client.get("/tai-khoan").forms.values()
        if form.action.endswith("/dang-xuat")
    )
    form_of_sign_out.submit(status=303)
    thief = site.client()
    for name, value in copied.items():
        thief.set_cookie(name, value)
    thief.get("/tai-khoan", status=(303, 403))


def test_a_session_ends_by_itself(site: Site) -> None:
    client = site.client()
    sign_in(client, "congdan@example.vn", PASSWORD, status=303)
    client.get("/tai-khoan", status=200)
    site.clock.move(hours=13)
    client.get("/tai-khoan", status=(303, 403))
