"""Who comes in: every address of the desk, for every sample account and from another commune."""

from typing import Any

import pytest
from sqlalchemy import select

from content.dossiers.models import Attachment, Dossier
from content.people.models import Membership
from content.people.roles import Role
from tests.support import dossiers
from tests.support.dossiers import COMMUNE, WARD, Filed, accept, file_all, stored
from tests.support.officer import Officer
from tests.support.site import Site

READERS = ("chuyenvien", "truongphong", "lanhdao", "vanthu", "thuquy")
STRANGERS = ("congdan", "bientap", "truongbientap", "quantri")
READING = ("", "/xac-nhan-nop.pdf", "/tep/{file}")
ACTING = ("/tiep-nhan", "/tu-choi")


@pytest.fixture
def code(site: Site) -> str:
    return file_all(site, Filed(agency=WARD))[0]


def token_of(site: Site, code: str) -> str:
    with site.database.sessions() as session:
        query = select(Attachment.token).join(Dossier).where(Dossier.lookup_code == code)
        return str(session.scalars(query).first())


def address(site: Site, code: str, ending: str) -> str:
    return f"/can-bo/ho-so/{code}{ending.format(file=token_of(site, code))}"


def act(who: Officer, address: str) -> Any:
    """POST with a good token."""
    token = who.client.get("/dang-nhap").forms["f"]["csrf_token"].value
    given = {"csrf_token": token, "revision": "1", "reason": "Thiếu giấy tờ.", "tu_choi": "1"}
    return who.client.post(address, given, expect_errors=True)


def test_one_stop_officers_read_and_act(site: Site, code: str) -> None:
    officer = Officer(site)
    for ending in READING:
        officer.client.get(address(site, code, ending), status=200)
    officer.dossier(code)
    assert officer.form("/tiep-nhan")
    assert officer.page.html.find("a", string="Từ chối tiếp nhận…")
    assert act(officer, address(site, code, "/tiep-nhan")).status_int == 303


@pytest.mark.parametrize("name", READERS)
def test_other_roles_of_the_desk_read_but_do_not_act(desk_site: Site, name: str) -> None:
    site, code = desk_site, file_all(desk_site, Filed(agency=WARD))[0]
    who = Officer(site, f"{name}@example.vn")
    assert who.page.request.path == "/can-bo"
    for ending in READING:
        who.client.get(address(site, code, ending), status=200)
    who.dossier(code)
    assert "Hồ sơ đang chờ cán bộ một cửa của Trung tâm" in who.text
    assert not who.page.html.select("form[action*='/tiep-nhan'], a[href*='/tu-choi']")
    assert "Nếu tiếp nhận bây giờ" not in who.text
    who.client.get(address(site, code, "/tu-choi"), status=403)
    for ending in ACTING:
        assert act(who, address(site, code, ending)).status_int == 403
    assert len(stored(site, code).events) == 1


@pytest.mark.parametrize("name", STRANGERS)
def test_everybody_else_is_kept_out(desk_site: Site, name: str) -> None:
    site, code = desk_site, file_all(desk_site, Filed(agency=WARD))[0]
    who = Officer(site, f"{name}@example.vn")
    assert who.page.request.path != "/can-bo"
    who.client.get("/can-bo", status=403)
    for ending in (*READING, "/tu-choi"):
        who.client.get(address(site, code, ending), status=403)
    for ending in ACTING:
        assert act(who, address(site, code, ending)).status_int == 403


def test_who_is_not_signed_in_is_led_to_the_door_and_back(desk_site: Site) -> None:
    site, code = desk_site, file_all(desk_site)[0]
    client = site.client()
    for path in ("/can-bo", *(address(site, code, ending) for ending in READING)):
        answer = client.get(path, status=303)
        assert "/dang-nhap?tiep=%2Fcan-bo" in answer.location
    client.post(address(site, code, "/tiep-nhan"), {"csrf_token": "x"}, status=[400, 403])


def test_another_communes_officer_sees_nothing(site: Site, code: str) -> None:
    dossiers.move_official(site, "motcua@example.vn", COMMUNE)
    who = Officer(site)
    for ending in (*READING, "/tu-choi"):
        who.client.get(address(site, code, ending), status=403)
    for ending in ACTING:
        assert act(who, address(site, code, ending)).status_int == 403
    assert len(stored(site, code).events) == 1


def test_the_communes_own_officer_handles_it(site: Site, code: str) -> None:
    dossiers.move_official(site, "motcua@example.vn", WARD)
    who = Officer(site)
    who.dossier(code)
    assert "H99.11-261123-0001" in who.accept().text


def test_a_role_elsewhere_opens_nothing_here(site: Site, code: str) -> None:
    """One-stop officer of one commune, editor of another: two roles, not four."""
    with dossiers.writing(site) as session:
        account = dossiers.account(session, "motcua@example.vn")
        here, there = (dossiers.agency(session, slug).id for slug in (WARD, COMMUNE))
        account.memberships = [
            Membership(agency_id=there, role=Role.ONE_STOP),
            Membership(agency_id=here, role=Role.EDITOR),
        ]
    who = Officer(site)
    who.dossier(code, status=403)
    assert code not in who.go("/can-bo").text


def test_an_officer_who_only_reads_here_finds_no_button(site: Site, code: str) -> None:
    with dossiers.writing(site) as session:
        account = dossiers.account(session, "motcua@example.vn")
        here, there = (dossiers.agency(session, slug).id for slug in (WARD, COMMUNE))
        account.memberships = [
            Membership(agency_id=there, role=Role.ONE_STOP),
            Membership(agency_id=here, role=Role.SPECIALIST),
        ]
    who = Officer(site)
    who.dossier(code)
    assert not who.page.html.select("form[action*='/tiep-nhan']")
    assert act(who, address(site, code, "/tiep-nhan")).status_int == 403


def test_files_of_another_dossier_are_not_found_through_this_one(site: Site, code: str) -> None:
    other = file_all(site)[0]
    officer = Officer(site)
    officer.client.get(f"/can-bo/ho-so/{code}/tep/{token_of(site, other)}", status=404)
    officer.client.get(f"/can-bo/ho-so/{code}/tep/{'x' * 3000}", status=404)


def test_slips_are_there_once_they_have_been_made(site: Site, code: str) -> None:
    officer = Officer(site)
    for name in ("giay-tiep-nhan", "phieu-tu-choi", "khac", "..%2f"):
        officer.client.get(f"/can-bo/ho-so/{code}/{name}.pdf", status=404)
    accept(site, code)
    officer.client.get(f"/can-bo/ho-so/{code}/giay-tiep-nhan.pdf", status=200)
    officer.client.get(f"/can-bo/ho-so/{code}/phieu-tu-choi.pdf", status=404)


def test_signing_out_closes_the_desk(site: Site) -> None:
    officer = Officer(site)
    officer.form("/dang-xuat").submit(status=303)
    officer.client.get("/can-bo", status=303)


@pytest.mark.parametrize(
    ("name", "begins"),
    [("motcua", "/can-bo"), ("bientap", "/bien-tap"), ("congdan", "/tai-khoan")],
)
def test_everybody_begins_where_they_work(desk_site: Site, name: str, begins: str) -> None:
    assert Officer(desk_site, f"{name}@example.vn").page.request.path == begins
