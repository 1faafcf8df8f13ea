"""A POST after the sign-in has ended: a page that keeps what was typed, and sends it again."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select, update

from content.dossiers.models import Dossier
from content.news.models import Article
from content.people.models import SignInSession
from portal.http.ended import CARRIED
from portal.http.parcels import MAX_TEXT
from portal.security.csrf import COOKIE
from portal.security.policy import DRAFT_COOKIE, SIGN_IN_COOKIE
from tests.support.citizen import Citizen
from tests.support.dossiers import Filed, file_all
from tests.support.officer import PASSWORD, Officer
from tests.support.site import PortalClient, Site

REASON = "Thiếu bản chính giấy khai sinh.\nĐề nghị bổ sung <trang 2> & nộp lại."
HOSTILE = '"><script>alert(1)</script>'


def expire(site: Site, _client: PortalClient) -> None:
    site.clock.move(hours=13)


def revoke(site: Site, _client: PortalClient) -> None:
    with site.database.writing_sessions.begin() as session:
        session.execute(update(SignInSession).values(revoked_at=site.clock()))


def sign_out(_site: Site, client: PortalClient) -> None:
    token = client.get("/dang-nhap").forms["f"]["csrf_token"].value
    client.post("/dang-xuat", {"csrf_token": token}, status=303)


def lose(client: PortalClient, *names: str) -> None:
    """Cookies of a browser that was closed, or cleaned."""
    for cookie in list(client.cookiejar):
        if cookie.name in names:
            client.cookiejar.clear(cookie.domain, cookie.path, cookie.name)


def close_browser(_site: Site, client: PortalClient) -> None:
    lose(client, COOKIE, SIGN_IN_COOKIE)


ENDS = [expire, revoke, sign_out, close_browser]


def heading(page: Any) -> str:
    return str(page.html.h1.get_text(" ", strip=True))


def enter(page: Any, email: str, password: str = PASSWORD, **options: Any) -> Any:
    """Fill in the sign-in form of the page."""
    form = page.forms["f"]
    form["email"], form["password"] = email, password
    return form.submit("gui", **options)


def refusal(site: Site) -> tuple[Officer, str, Any]:
    """An officer who has typed a reason and not sent it yet."""
    code = file_all(site, Filed("Đỗ Thị Ẩn"))[0]
    me = Officer(site)
    me.go(f"/can-bo/ho-so/{code}/tu-choi")
    form = me.page.forms["f"]
    form["reason"], form["legal_basis"] = REASON, "NĐ 61/2018/NĐ-CP"
    return me, code, form


@pytest.mark.parametrize("end", ENDS, ids=lambda one: one.__name__)
def test_a_refusal_written_too_long_is_kept_and_sent_by_a_press(
    site: Site, end: Callable[[Site, PortalClient], None]
) -> None:
    me, code, form = refusal(site)
    end(site, me.client)
    kept = form.submit("gui", status=403)
    assert heading(kept) == "Phiên làm việc đã hết"
    assert REASON in kept.html.get_text().replace("\r\n", "\n")
    again = enter(kept, "motcua@example.vn", status=200)
    assert heading(again) == "Gửi lại nội dung đã nhập"
    form = again.forms["gui-lai"]
    assert form.action == f"/can-bo/ho-so/{code}/tu-choi"
    preview = form.submit(status=200)
    assert preview.forms["f"]["reason"].value.replace("\r\n", "\n") == REASON
    with site.database.sessions() as session:
        assert session.scalars(select(Dossier)).one().events[-1].action != "refuse_reception"
    preview.forms["f"].submit("tu_choi", status=303)


def test_a_wrong_password_on_the_way_loses_nothing(site: Site) -> None:
    me, _code, form = refusal(site)
    expire(site, me.client)
    kept = form.submit("gui", status=403)
    wrong = enter(kept, "motcua@example.vn", "không phải", status=422)
    assert "nộp lại." in wrong.html.select_one("dl.kept").get_text()
    again = enter(wrong, "motcua@example.vn", status=200)
    assert again.forms["gui-lai"]["reason"].value.replace("\r\n", "\n") == REASON


def test_somebody_else_who_signs_in_there_is_refused(site: Site) -> None:
    me, code, form = refusal(site)
    expire(site, me.client)
    again = enter(form.submit("gui", status=403), "congdan@example.vn", status=200)
    again.forms["gui-lai"].submit("tu_choi", status=403)
    Officer(site).go(f"/can-bo/ho-so/{code}", status=200)


def test_an_article_is_kept_with_its_lines(site: Site) -> None:
    me = Officer(site, "truongbientap@example.vn")
    form = me.go("/bien-tap/tin/moi").forms["f"]
    body = "## Mục một\n\nĐoạn “đầu”.\n\n- một\n- hai"
    form["section"] = form["section"].options[1][0]
    form["title"], form["lead"], form["body"] = "Tin thử phiên hết hạn", "Sa-pô", body
    revoke(site, me.client)
    again = enter(form.submit("gui", status=403), "truongbientap@example.vn", status=200)
    again.forms["gui-lai"].submit(status=303)
    with site.database.sessions() as session:
        found = session.scalars(select(Article).where(Article.title == "Tin thử phiên hết hạn"))
        assert "Đoạn “đầu”." in found.one().body


def test_a_step_of_an_account_is_kept(site: Site) -> None:
    me = Citizen(site)
    me.sign_in()
    me.begin()
    form = me.form()
    form["nguoi_ke_khai_ho_ten"] = "Đỗ Thị Ngọc Ánh"
    where = me.url
    revoke(site, me.client)
    again = enter(form.submit("_viec", value="tiep", status=403), "congdan@example.vn", status=200)
    assert again.forms["gui-lai"].action == where
    answer = again.forms["gui-lai"].submit(status="*")
    assert answer.status_int in (303, 422)
    assert me.go(where).forms["f"]["nguoi_ke_khai_ho_ten"].value == "Đỗ Thị Ngọc Ánh"


def test_a_step_without_an_account_needs_only_a_press_when_the_browser_was_closed(
    site: Site,
) -> None:
    me = Citizen(site)
    me.begin()
    form = me.form()
    form["nguoi_ke_khai_ho_ten"] = "Đỗ Thị Ngọc Ánh"
    where = me.url
    lose(me.client, COOKIE)
    kept = form.submit("_viec", value="luu", status=403)
    assert heading(kept) == "Gửi lại nội dung đã nhập"
    assert "password" not in kept.text
    assert kept.forms["gui-lai"].submit(status="*").status_int in (303, 422)
    assert me.go(where).forms["f"]["nguoi_ke_khai_ho_ten"].value == "Đỗ Thị Ngọc Ánh"


@pytest.mark.parametrize("gone", [(DRAFT_COOKIE,), (DRAFT_COOKIE, COOKIE)])
def test_a_draft_whose_browser_forgot_it_says_what_to_do(site: Site, gone: tuple[str, ...]) -> None:
    me = Citizen(site)
    me.begin()
    form = me.form()
    form["nguoi_ke_khai_ho_ten"] = "Đỗ Thị Ngọc Ánh"
    lose(me.client, *gone)
    kept = form.submit("_viec", value="tiep", status=403)
    assert "Đỗ Thị Ngọc Ánh" in kept.text
    assert kept.html.select_one('main a[href="/nop-ho-so/1.004222"]') is not None
    assert "f" not in kept.forms
    assert "gui-lai" not in kept.forms


def post(site: Site, path: str, fields: Any, **options: Any) -> Any:
    """A POST of nobody with a good token."""
    client = site.client()
    token = client.get("/dang-nhap").forms["f"]["csrf_token"].value
    options.setdefault("status", 403)
    return client.post(path, [("csrf_token", token), *fields], **options)


def carried(page: Any) -> Any:
    return json.loads(page.forms["f"][CARRIED].value)


def test_secrets_and_files_are_never_carried(site: Site) -> None:
    fields = [("password", "mot-hai-ba"), ("mat_khau_moi", "bon-nam"), ("title", "Tin")]
    files = [("anh", "giấy khai sinh.pdf", b"%PDF-secret")]
    page = post(site, "/bien-tap/tin/moi", fields, upload_files=files)
    path, pairs, names = carried(page)
    assert (path, pairs, names) == ("/bien-tap/tin/moi", [["title", "Tin"]], [files[0][1]])
    assert "giấy khai sinh.pdf" in page.html.get_text()
    for secret in ("mot-hai-ba", "bon-nam", "PDF-secret"):
        assert secret not in page.text
    again = enter(page, "bientap@example.vn", status=200)
    assert [one for one in again.forms["gui-lai"].fields if one] == ["csrf_token", "title"]
    assert "mot-cua-2026" not in again.text


def test_hostile_names_and_values_are_text(site: Site) -> None:
    fields = [(HOSTILE, HOSTILE), ("x" * 300, "dài"), ("a\x07b", "chuông"), ("", "không tên")]
    page = post(site, f"/bien-tap/tin/moi?q={'%22%3E%3Cscript%3E'}", [*fields, ("action", "\x00y")])
    assert [pair[0] for pair in carried(page)[1]] == [HOSTILE, "action"]
    again = enter(page, "bientap@example.vn", status=200)
    for one in (page, again):
        assert not [tag for tag in one.html.find_all("script") if not tag.get("src")]
    assert again.forms["gui-lai"].fields[HOSTILE][0].value == HOSTILE
    assert again.forms["gui-lai"].action == "/bien-tap/tin/moi?q=%22%3E%3Cscript%3E"


def test_what_is_too_long_is_shown_and_the_way_back_is_said(site: Site) -> None:
    short = "Đầu bài"
    page = post(site, "/bien-tap/tin/moi", [("title", short), ("body", "x" * (MAX_TEXT + 1))])
    assert "quá dài" in page.text
    assert short in page.text
    assert "f" not in page.forms
    assert page.html.select_one('main a[href="/dang-nhap"]') is not None
    nearly = post(site, "/bien-tap/tin/moi", [("body", "đ" * (MAX_TEXT // 2 - 10))])
    again = enter(nearly, "bientap@example.vn", status=200)
    assert len(again.forms["gui-lai"]["body"].value) == MAX_TEXT // 2 - 10


@pytest.mark.parametrize(
    "path",
    [
        "https://example.com/can-bo",
        "//example.com/can-bo",
        "/\\example.com",
        "/khong-co",
        "/api/v1/procedures",
        "/dang-nhap",
        "/dang-xuat",
        "/tai-khoan/%ff",
        "javascript:alert(1)",
        7,
    ],
)
def test_a_parcel_leads_to_no_other_address(site: Site, path: object) -> None:
    client = site.client()
    token = client.get("/dang-nhap").forms["f"]["csrf_token"].value
    fields = {"email": "bientap@example.vn", "password": PASSWORD, "csrf_token": token}
    text = json.dumps([path, [["title", "x"]], []])
    response = client.post("/dang-nhap", fields | {CARRIED: text}, status=303)
    assert response.headers["Location"].endswith("/bien-tap")


@pytest.mark.parametrize("text", ["", "x", "[" * 5000, "{}", '["/can-bo", 1, 2]', '[1,[["a"]],[]]'])
def test_a_broken_parcel_is_no_parcel(site: Site, text: str) -> None:
    client = site.client()
    token = client.get("/dang-nhap").forms["f"]["csrf_token"].value
    fields = {"email": "bientap@example.vn", "password": PASSWORD, "csrf_token": token}
    client.post("/dang-nhap", fields | {CARRIED: text}, status=303)


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://example.com"}]
)
def test_a_form_of_another_site_waits_behind_no_sign_in(site: Site, headers: Any) -> None:
    page = post(site, "/bien-tap/tin/moi", [("title", "Của kẻ khác")], headers=headers)
    assert "Của kẻ khác" not in page.text
    site.client().post("/bien-tap/tin/moi", {"title": "Của kẻ khác"}, headers=headers, status=400)


def test_who_is_signed_in_and_not_allowed_gets_the_plain_refusal(site: Site) -> None:
    me = Officer(site, "bientap@example.vn")
    form = me.go("/bien-tap/tin/moi").forms["f"]
    token = form["csrf_token"].value
    code = file_all(site, Filed("Đỗ Thị Ẩn"))[0]
    page = me.client.post(
        f"/can-bo/ho-so/{code}/tu-choi", {"csrf_token": token, "reason": "x"}, status=403
    )
    assert heading(page) == "Ông/bà chưa được mở trang này"


def test_signing_in_with_a_parcel_needs_the_token_too(site: Site) -> None:
    text = json.dumps(["/bien-tap/tin/moi", [["title", "x"]], []])
    fields = {"email": "bientap@example.vn", "password": PASSWORD, CARRIED: text}
    page = site.client().post("/dang-nhap", fields, status=400)
    assert SIGN_IN_COOKIE not in str(page.headers.getall("Set-Cookie"))
