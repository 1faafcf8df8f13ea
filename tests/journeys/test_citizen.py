"""A citizen files a dossier: on CT01 with everything that goes wrong, and on the general form."""

import email
import re
from email.policy import SMTP
from typing import Any

import pytest
from sqlalchemy import func, select

from content.dossiers.models import Attachment, Dossier, Draft
from content.files.model import StoredFile
from content.outbox import OutboxJob
from tests.support.citizen import CT01, GENERAL, MEMBER, PERSON, Citizen, pdf, png
from tests.support.site import Site

OWN_HOME = "1"
GENERAL_CODE = "1.013750"


def count(site: Site, table: Any) -> int:
    with site.database.sessions() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_ct01_from_the_first_page_to_the_acknowledgement(site: Site) -> None:
    me = Citizen(site)
    me.go(f"/thu-tuc/{CT01}")
    me.page = me.page.click("Nộp hồ sơ tại đây")
    assert me.heading == "Nộp hồ sơ: Đăng ký thường trú"
    me.begin(case=OWN_HOME)
    assert "Bước 1 trong 6" in me.page.text

    # A date that is none is named beside the field; the rest stays as it was typed.
    me.step({**PERSON["nguoi_ke_khai"], "nguoi_ke_khai_ngay_sinh": "31/02/1962"})
    assert me.page.status_int == 422
    assert me.page.html.title.get_text().startswith("Lỗi: ")
    assert any("ngày có thật" in one for one in me.errors())
    assert me.form()["nguoi_ke_khai_ho_ten"].value == "Đỗ Thị Ngọc Ánh"
    assert me.form()["nguoi_ke_khai_ngay_sinh"].value == "31/02/1962"
    me.step(PERSON["nguoi_ke_khai"])

    # Back keeps what was typed, complete or not.
    me.fill({"chu_ho_ho_ten": "Nguyễn Văn An"})
    me.press("quay-lai")
    assert me.heading == "Người kê khai"
    assert me.form()["nguoi_ke_khai_ngay_sinh"].value == "05/03/1962"
    me.press()
    assert me.form()["chu_ho_ho_ten"].value == "Nguyễn Văn An"
    me.step(PERSON["chu_ho"])

    add_and_remove_a_member(me)
    me.step(PERSON["y_kien"])
    attach_papers(me)

    # Everything is read back, with a way to change each part.
    assert me.heading == "Kiểm tra lại"
    told = me.page.html.select_one("main").get_text(" ", strip=True)
    for words in ("Đỗ Thị Ngọc Ánh", "05/03/1962", "Nguyễn Minh Khuê", "sổ đỏ.pdf"):
        assert words in told
    assert "Trần Thị Bỏ" not in told
    assert len(me.page.html.select(".part-told__edit")) == 6

    sign_up_on_the_way(me)
    send_twice(site, me)
    follow(site, me)


def add_and_remove_a_member(me: Citizen) -> None:
    group = "noi_dung_thanh_vien"
    me.fill(PERSON["noi_dung"])
    me.push("_them", group)
    assert me.form()["noi_dung_de_nghi"].value == PERSON["noi_dung"]["noi_dung_de_nghi"]
    me.fill({f"{group}.0.thanh_vien_ho_ten": "Trần Thị Bỏ"})
    added = me.push("_them", group)
    assert added.status_int == 303
    assert added.headers["Location"].endswith(f"#f-{group}-1")
    me.fill({f"{group}.1.{name}": value for name, value in MEMBER.items()})
    me.push("_bo", f"{group}.0")
    assert me.form()[f"{group}.0.thanh_vien_ho_ten"].value == "Nguyễn Minh Khuê"
    assert f"{group}.1.thanh_vien_ho_ten" not in me.form().fields
    me.press()


def attach_papers(me: Citizen) -> None:
    assert me.heading == "Giấy tờ kèm theo"
    fields = [one for one in me.form().fields if re.fullmatch(r"tep_\d+", one or "")]
    first, second, *others = fields
    # A lying file is refused by name and reason, the honest one beside it is kept.
    me.attach(first, ("sổ đỏ.pdf", pdf("sổ đỏ")), ("../bí mật.pdf", pdf()))
    me.attach(second, ("ảnh.pdf", png()))
    me.press()
    assert me.page.status_int == 422
    said = " ".join(me.errors())
    assert "“ảnh.pdf” có đuôi không khớp nội dung" in said
    assert "bí mật.pdf" in said
    kept = [one.get_text() for one in me.page.html.select(".files__name")]
    assert kept == ["sổ đỏ.pdf"]
    # Neither file nor reason: named; a reason is enough, the desk will judge it.
    me.press()
    assert any("cũng chưa chọn lý do" in one for one in me.errors())
    for field in (second, *others):
        if (reason := field.replace("tep", "ly_do")) in me.form().fields:
            me.form()[reason] = "shown_at_desk"
    me.press()


def sign_up_on_the_way(me: Citizen) -> None:
    assert "gui" not in me.page.forms
    me.page = me.page.click("Đăng nhập để gửi")
    me.sign_up()
    assert me.heading == "Kiểm tra lại"
    assert "Nguyễn Minh Khuê" in me.page.text


def send_twice(site: Site, me: Citizen) -> None:
    # Without the declaration nothing is sent.
    me.press("gui", form_id="gui")
    assert me.page.status_int == 422
    assert count(site, Dossier) == 0
    form = me.form("gui")
    form["declared"] = True
    first = form.submit("_viec", value="gui")
    again = form.submit("_viec", value="gui")
    assert first.status_int == again.status_int == 303
    assert first.headers["Location"] == again.headers["Location"]
    assert count(site, Dossier) == 1
    me.page = again.follow()
    assert me.heading == "Đã gửi hồ sơ"
    shown = me.codes()
    # Reload and Back reach it again.
    me.go(me.url)
    assert me.codes() == shown
    me.go(me.draft_url + "/buoc/chu_ho")
    assert me.heading == "Đã gửi hồ sơ"


def follow(site: Site, me: Citizen) -> None:
    code, secret = me.codes()
    letter = me.page.click("Tải giấy xác nhận")
    assert letter.content_type == "application/pdf"
    assert letter.body.startswith(b"%PDF")
    assert letter.headers["Cache-Control"] == "private, no-store"
    me.go("/tai-khoan")
    assert "Mới đăng ký" in me.page.text
    me.page = me.page.click("Đăng ký thường trú")
    assert me.heading == f"Hồ sơ {code}"
    assert "Ông/bà chưa cần làm gì" in me.page.text
    file = me.page.click("sổ đỏ.pdf")
    assert file.body == pdf("sổ đỏ")
    assert (
        "filename*=UTF-8''s%E1%BB%95%20%C4%91%E1%BB%8F.pdf" in file.headers["Content-Disposition"]
    )
    assert file.headers["X-Content-Type-Options"] == "nosniff"
    look_up(site, code, secret)
    with site.database.sessions() as session:
        mails = session.scalars(select(OutboxJob).where(OutboxJob.kind == "mail")).all()
        assert [one.payload["template"] for one in mails] == ["welcome", "submitted"]
        assert secret not in str([one.payload for one in mails])


def look_up(site: Site, code: str, secret: str) -> None:
    other = Citizen(site)
    other.go(f"/tra-cuu?ma={code.lower()}")
    assert "Đã nộp, đang chờ tiếp nhận" in other.page.text
    for hidden in ("Ngọc Ánh", "Đăng ký thường trú", "Đồng Mây"):
        assert hidden not in other.page.text
    assert other.client.get(f"/api/v1/dossiers/{code}").json == {
        "code": code,
        "progress": {"share": 20, "phase": "Đã nộp, đang chờ tiếp nhận"},
    }
    form = other.form("toan-bo")
    form["ma"], form["bi_mat"] = code, secret
    other.page = form.submit("gui")
    assert other.heading == f"Hồ sơ {code}"
    assert "Ngọc Ánh" in other.page.text
    assert secret not in other.page.request.url
    paper = next(one for one in other.page.forms.values() if "giay" in one.fields)
    assert paper.submit().body.startswith(b"%PDF")
    file = next(one for one in other.page.forms.values() if "tep" in one.fields)
    assert file.submit().body == pdf("sổ đỏ")

    # Somebody else with an account of their own reads nothing of it.
    other.sign_in()
    for path in ("", "/xac-nhan-nop.pdf", "/to-khai.pdf", "/tep/x"):
        other.client.get(f"/tai-khoan/ho-so/{code}{path}", status=403)


def test_the_general_form_with_papers_and_an_account_from_the_start(site: Site) -> None:
    me = Citizen(site)
    me.sign_in()
    me.begin(GENERAL_CODE)
    assert "draft" not in str(me.client.cookies)
    assert "ban_nhap" not in me.client.cookies
    me.answer(GENERAL)
    me.attach_all()
    assert me.heading == "Kiểm tra lại"
    assert "12 phố Hàng Bài" in me.page.text
    me.send()
    assert me.heading == "Đã gửi hồ sơ"
    with site.database.sessions() as session:
        dossier = session.scalars(select(Dossier)).one()
        assert dossier.applicant_name == "Đỗ Thị Ngọc Ánh"
        assert dossier.agency_name.endswith("xã Đồng Mây")
        assert len(dossier.attachments) == 3


def test_two_tabs_do_not_lose_each_others_answers(site: Site) -> None:
    me = Citizen(site)
    me.begin()
    first = me.page
    me.step(PERSON["nguoi_ke_khai"])
    second = me.page.forms["f"]
    # The first tab still shows the empty first step; it goes back there and changes one thing.
    me.page = first
    me.fill({**PERSON["nguoi_ke_khai"], "nguoi_ke_khai_email": "khac@example.vn"})
    stale = me.form()
    second["chu_ho_ho_ten"] = "Nguyễn Văn An"
    second.submit("_viec", value="luu")
    stale.submit("_viec", value="luu")
    with site.database.sessions() as session:
        answers = session.scalars(select(Draft)).one().answers
    assert answers["chu_ho_ho_ten"] == "Nguyễn Văn An"
    assert answers["nguoi_ke_khai_email"] == "khac@example.vn"


def test_saving_for_later_says_until_when_and_leads_back(site: Site) -> None:
    me = Citizen(site)
    me.begin()
    me.fill({"nguoi_ke_khai_ho_ten": "Đỗ Thị Ngọc Ánh"})
    me.press("luu")
    assert me.heading == "Đã lưu bản nháp"
    assert "23/12/2026" in me.page.text
    me.page = me.page.click("Làm tiếp")
    assert me.form()["nguoi_ke_khai_ho_ten"].value == "Đỗ Thị Ngọc Ánh"
    # The page before the first question offers the same draft again.
    me.go(f"/nop-ho-so/{CT01}")
    me.page = me.page.click("Làm tiếp hồ sơ đó")
    assert me.form()["nguoi_ke_khai_ho_ten"].value == "Đỗ Thị Ngọc Ánh"


def test_a_draft_is_seen_by_its_browser_alone(site: Site) -> None:
    me, other = Citizen(site), Citizen(site)
    me.begin()
    draft = me.draft_url
    other.go(draft + "/buoc/nguoi_ke_khai")
    assert other.heading == "Đăng nhập"
    other.sign_in()
    for page in ("buoc/nguoi_ke_khai", "giay-to", "kiem-tra", "da-luu", "ban-in.pdf", "xoa"):
        other.client.get(f"{draft}/{page}", status=403)
    me.client.get(draft.replace(CT01, GENERAL_CODE) + "/kiem-tra", status=404)


def test_a_draft_adopted_at_sign_up_is_not_open_without_the_account(site: Site) -> None:
    me = Citizen(site)
    me.begin()
    draft = me.draft_url
    me.go(draft + "/da-luu")
    me.sign_up()
    me.go(draft + "/kiem-tra")
    assert me.heading == "Kiểm tra lại"
    me.go("/tai-khoan")
    me.page = me.page.forms[len(me.page.forms) - 1].submit().follow()
    me.go(draft + "/kiem-tra")
    assert me.heading == "Đăng nhập"


def test_a_draft_is_deleted_with_its_files(site: Site) -> None:
    me = Citizen(site)
    me.begin(case=OWN_HOME)
    me.go(me.draft_url + "/giay-to")
    field = next(one for one in me.form().fields if re.fullmatch(r"tep_\d+", one or ""))
    me.attach(field, ("sổ đỏ.pdf", pdf()))
    me.press("luu")
    assert count(site, Attachment) == 1
    me.page = me.page.click("Xóa bản nháp này")
    drop = next(one for one in me.page.forms.values() if one.action.endswith("/xoa"))
    me.page = drop.submit().follow()
    assert count(site, Draft) == count(site, Attachment) == count(site, StoredFile) == 0


def test_a_procedure_filed_elsewhere_has_no_form_and_takes_no_post(site: Site) -> None:
    me = Citizen(site)
    me.go("/nop-ho-so/1.013855")
    assert me.heading.startswith("Không nộp được tại đây")
    assert me.page.html.select_one("main a.btn")["href"].startswith("https://")
    token = me.client.get(f"/nop-ho-so/{CT01}").forms["f"]["csrf_token"].value
    me.client.post("/nop-ho-so/1.013855", {"csrf_token": token}, status=409)
    assert count(site, Draft) == 0


def test_the_mail_of_a_submission_can_be_read(site: Site) -> None:
    me = Citizen(site)
    code, secret = me.file_ct01()
    site.run("worker", "--once")
    letters = [
        email.message_from_bytes(one.read_bytes(), policy=SMTP)
        for one in sorted((site.folder / "mail").glob("*.eml"))
    ]
    told = next(one for one in letters if code in one["Subject"])
    body = told.get_content()
    assert f"/tra-cuu?ma={code}" in body
    assert secret not in body


@pytest.mark.parametrize("code", [CT01, GENERAL_CODE])
def test_nothing_is_sent_while_something_is_missing(site: Site, code: str) -> None:
    me = Citizen(site)
    me.sign_in()
    me.begin(code)
    draft = me.draft_url
    me.go(draft + "/kiem-tra")
    missing = me.page.html.select(".to-do a")
    assert len(missing) > 5
    assert "gui" not in me.page.forms
    token = me.client.get(draft + "/xoa").html.select_one("[name=csrf_token]")["value"]
    refused = me.client.post(draft + "/gui", {"csrf_token": token, "declared": "true"}, status=422)
    assert "Hồ sơ chưa gửi được" in refused.text
    assert count(site, Dossier) == 0
    # Each line leads to the very field.
    for link in missing[:3]:
        path, _, anchor = link["href"].partition("#")
        assert me.client.get(path).html.find(id=anchor), link["href"]
