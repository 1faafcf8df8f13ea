"""The owner answers a request and asks to withdraw: signed in, and with the secret alone."""

from typing import Any

import pytest
from webtest import Upload

from content.dossiers.owner_secret import OwnerSecrets
from content.dossiers.states import Status
from content.dossiers.supplements import SupplementService, Wanted
from tests.support.citizen import Citizen, pdf
from tests.support.dossiers import account, file_all, services, stored
from tests.support.handling import opened
from tests.support.officer import Officer
from tests.support.site import Site

EXE = b"MZ\x90\x00\x03\x00\x00\x00" + b"\x00" * 200
REASON = "Bản chụp bị mờ, không đọc được."


def asked(site: Site, *keys: str) -> str:
    """A dossier that waits for its first paper, or for these items."""
    code = file_all(site)[0]
    with opened(site, code) as (session, dossier):
        rules = services(site, session)[1].rules
        wanted = Wanted(dict.fromkeys(keys or ("paper:0",), "bản chụp mờ"), REASON)
        service = SupplementService(session, site.clock(), rules)
        service.ask(dossier, account(session, "motcua@example.vn"), wanted)
    return code


def files_of(page: Any) -> str:
    form = page.forms["bo-sung"]
    names = [one for one in form.fields if (one or "").startswith("bo_sung_tep")]
    return next(one for one in names if not one.endswith(".tep"))


@pytest.fixture
def citizen(site: Site) -> Citizen:
    person = Citizen(site)
    person.sign_in()
    return person


def test_the_owner_reads_what_to_do_and_does_it(site: Site, citizen: Citizen) -> None:
    code = asked(site)
    page = citizen.client.get(f"/tai-khoan/ho-so/{code}")
    box = page.html.select_one(".notice--warn").get_text(" ", strip=True)
    assert "Ông/bà cần làm: bổ sung hồ sơ" in box
    assert REASON in box
    page = page.click("Bổ sung ngay")
    refused = page.forms["bo-sung"].submit("_viec", value="gui", status=422)
    assert "Ông/bà chưa đính kèm" in refused.text
    page.forms["bo-sung"][files_of(page)] = [Upload("ảnh.pdf", EXE)]
    page = page.forms["bo-sung"].submit("_viec", value="gui", status=422)
    page.forms["bo-sung"][files_of(page)] = [Upload("sổ đỏ rõ.pdf", pdf("mới"))]
    page.forms["bo-sung"]["bo_sung_ghi_chu"] = "Tôi đã chụp lại."
    page = page.forms["bo-sung"].submit("_viec", value="gui").follow()
    assert "Đã gửi giấy tờ, nội dung bổ sung." in page.text
    dossier = stored(site, code)
    assert dossier.status is Status.SUBMITTED
    assert dossier.events[-1].text == "Tôi đã chụp lại."
    officer = Officer(site)
    officer.dossier(code)
    assert "sổ đỏ rõ.pdf" in officer.text
    # The form is no longer there: back to the dossier.
    assert citizen.client.get(f"/tai-khoan/ho-so/{code}/bo-sung").status_int == 303


def test_files_stay_when_the_rest_is_refused(site: Site, citizen: Citizen) -> None:
    code = asked(site, "paper:0", "noi_dung_de_nghi")
    page = citizen.client.get(f"/tai-khoan/ho-so/{code}/bo-sung")
    form = page.forms["bo-sung"]
    form[files_of(page)] = [Upload("moi.pdf", pdf("mới"))]
    form["noi_dung_de_nghi"] = ""
    page = form.submit("_viec", value="gui", status=422)
    assert "moi.pdf" in page.text
    assert stored(site, code).status is Status.SUPPLEMENT_ASKED
    page.forms["bo-sung"]["noi_dung_de_nghi"] = "Đăng ký tạm trú tại số 6."
    page = page.forms["bo-sung"].submit("_viec", value="gui").follow()
    dossier = stored(site, code)
    assert dossier.status is Status.SUBMITTED
    assert dossier.answers["noi_dung_de_nghi"] == "Đăng ký tạm trú tại số 6."
    officer = Officer(site)
    officer.dossier(code)
    assert "so-do.pdf" in officer.text
    assert "moi.pdf" in officer.text


def test_a_household_member_is_corrected_in_its_row(site: Site, citizen: Citizen) -> None:
    code = asked(site, "noi_dung_thanh_vien")
    page = citizen.client.get(f"/tai-khoan/ho-so/{code}/bo-sung")
    form = page.forms["bo-sung"]
    name = next(one for one in form.fields if (one or "").endswith("thanh_vien_ho_ten"))
    form[name] = "Trần Văn Côn"
    form.submit("_viec", value="gui").follow()
    assert stored(site, code).answers["noi_dung_thanh_vien"][0]["thanh_vien_ho_ten"] == (
        "Trần Văn Côn"
    )


def test_with_the_secret_alone(site: Site) -> None:
    code = asked(site)
    secret = OwnerSecrets(site.settings.secret).secret_for(code)
    client, guesser = site.client(), site.client()
    assert client.get("/tra-cuu/bo-sung").status_int == 303, "nothing is open here"
    guesser.set_cookie("ho_so_mo", f"{code}.AAAA-AAAA-AAAA-AAAA")
    assert guesser.get("/tra-cuu/bo-sung").status_int == 303
    page = client.get("/tra-cuu")
    form = page.forms["toan-bo"]
    form["ma"], form["bi_mat"] = code, secret
    page = form.submit("gui")
    button = next(
        one
        for one in page.forms.values()
        if "viec" in one.fields and one["viec"].value == "bo-sung"
    )
    answered = button.submit()
    assert secret not in answered.headers["Location"]
    page = answered.follow()
    page.forms["bo-sung"][files_of(page)] = [Upload("moi.pdf", pdf("mới"))]
    page.forms["bo-sung"].submit("_viec", value="gui")
    dossier = stored(site, code)
    assert dossier.status is Status.SUBMITTED
    assert dossier.events[-1].actor_id is None


def test_a_wish_to_withdraw_is_answered_at_the_desk(site: Site, citizen: Citizen) -> None:
    code = asked(site)
    page = citizen.client.get(f"/tai-khoan/ho-so/{code}").click("Đề nghị rút hồ sơ")
    page = page.forms["f"].submit("gui", status=422)
    page.forms["f"]["reason"] = "Tôi nộp nhầm thủ tục."
    page = page.forms["f"].submit("gui").follow()
    assert "Ông/bà đã đề nghị rút hồ sơ" in page.text
    page = citizen.client.get(f"/tai-khoan/ho-so/{code}/rut")
    assert "Tôi nộp nhầm thủ tục." in page.text
    officer = Officer(site)
    officer.dossier(code)
    # Said before what can be done, for whoever would take the dossier up.
    officer.page = officer.page.click("Xem đề nghị và trả lời")
    assert "(người nộp)" in officer.text
    officer.page = officer.page.forms["f"].submit("gui").follow()
    assert stored(site, code).status is Status.WITHDRAWN
    assert "Xem đề nghị và trả lời" not in officer.dossier(code).text
    page = citizen.client.get(f"/tai-khoan/ho-so/{code}")
    assert "Hồ sơ đã được rút theo đề nghị của người nộp." in page.text


def test_a_wish_is_taken_back(site: Site, citizen: Citizen) -> None:
    code = asked(site)
    page = citizen.client.get(f"/tai-khoan/ho-so/{code}/rut")
    page.forms["f"]["reason"] = "Tôi nộp nhầm thủ tục."
    page = page.forms["f"].submit("gui").follow()
    form = next(one for one in page.forms.values() if "khong_rut" in one.fields)
    page = form.submit().follow()
    assert "Đã hủy đề nghị rút" in page.text
    assert "Đề nghị rút hồ sơ" in page.text


@pytest.mark.parametrize("path", ["bo-sung", "rut"])
def test_strangers_are_kept_out(site: Site, path: str) -> None:
    code = asked(site)
    officer = Officer(site)
    officer.client.get(f"/tai-khoan/ho-so/{code}/{path}", status=403)
    assert site.client().get(f"/tai-khoan/ho-so/{code}/{path}").status_int == 303
