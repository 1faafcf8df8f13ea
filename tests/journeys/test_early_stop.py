"""A form made in the builder stops who answers so: explained, nothing sent, and mendable."""

from typing import Any

from sqlalchemy import func, select

from content.dossiers.models import Dossier, Draft
from tests.portal.editorial.forms.building import CHIEF, act, begin, form_with
from tests.support.citizen import Citizen
from tests.support.signing_in import editor
from tests.support.site import PortalClient, Site

CODE = "1.013750"
WORDS = "Ông/bà đã nộp ở nơi khác thì chờ kết quả ở nơi đó."


def built(client: PortalClient) -> str:
    """A form of two steps; the first asks what stops."""
    page = begin(client, "Đơn có lời dừng")
    home: str = page.request.path
    page = act(page, "them-buoc", ten="Trước khi nộp")
    act(page, "them-cau", ten="Đã nộp nơi khác", loai="choice")
    question = form_with(client.get(f"{home}/cau-hoi/da_nop_noi_khac"), "label")
    question["required"] = True
    question.submit(status=303)
    form = form_with(act(client.get(home), "them-cau", ten="Dừng", loai="statement"), "label")
    form["label"], form["stop"] = WORDS, True
    form.submit(status=303)
    page = act(client.get(home), "them-buoc", ten="Nội dung")
    act(page, "them-cau", ten="Đề nghị", loai="text", buoc="noi_dung")
    return home


def given_a_condition(client: PortalClient, home: str) -> None:
    """What is half chosen is kept as everywhere, and comes back with its question."""
    address = f"{home}/cau-hoi/dung/dieu-kien"
    asked = form_with(client.get(address), "question")
    asked["question"] = "da_nop_noi_khac"
    form = form_with(asked.submit(status=303).follow(), "op")
    kept = {name: form[name].value for name in ("cau", "opened")} | {"op": "equals", "value": "co"}
    headers = {"X-CSRF-Token": form["csrf_token"].value}
    client.post_json(form.html.form["data-autosave-url"], {"fields": kept}, headers=headers)
    back = client.get(address).click("Khôi phục bản đang viết dở")
    form = form_with(back, "op")
    assert (form["op"].value, form["value"].value) == ("equals", "co")
    told = form.submit(status=303).follow()
    assert "hiện khi “Đã nộp nơi khác” là “Có”" in told.text
    assert "Khôi phục" not in told.text


def without_options(client: PortalClient, home: str) -> None:
    """A question nobody can answer is said to be one, and the page tried out is whole."""
    place = f"{home}/cau-hoi/da_nop_noi_khac"
    form = form_with(client.get(place), "label")
    form["options"] = ""
    assert "người dân không trả lời được" in form.submit(status=303).follow().text
    shown = client.get(f"{home}/xem-thu")
    assert "Biểu mẫu chưa dùng được" in shown.text
    assert "Chưa có lựa chọn nào." in shown.html.select_one("#f").get_text()
    form = form_with(client.get(place), "label")
    form["options"] = "Có\nKhông"
    form.submit(status=303)
    assert "Biểu mẫu chưa dùng được" not in client.get(f"{home}/xem-thu").text


def tried_out(client: PortalClient, home: str) -> None:
    """The editor sees what the citizen will."""
    form = form_with(client.get(f"{home}/xem-thu"), "da_nop_noi_khac")
    form["da_nop_noi_khac"] = "co"
    told = form.submit("_viec", value="thu")
    assert f"Người dân không nộp tiếp được: {WORDS}" in told.text
    assert told.html.select_one(".statement--stop")
    form["da_nop_noi_khac"] = "khong"
    assert "Các câu trả lời hợp lệ" in form.submit("_viec", value="thu").text


def published(client: PortalClient, home: str) -> None:
    page = client.get(f"{home}/cong-bo")
    next(one for one in page.forms.values() if one.action.endswith("/ngay")).submit(status=303)
    form = form_with(client.get(f"{home}/thu-tuc"), "code")
    form["code"], form["level"] = CODE, "xã"
    form.submit(status=303)


def count(site: Site, table: Any) -> int:
    with site.database.sessions() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_who_is_stopped_reads_why_and_sends_nothing_until_the_answer_changes(site: Site) -> None:
    chief = editor(site, CHIEF)
    home = built(chief)
    given_a_condition(chief, home)
    without_options(chief, home)
    tried_out(chief, home)
    published(chief, home)

    me = Citizen(site)
    me.sign_in()
    me.begin(CODE)
    assert me.heading == "Trước khi nộp"
    me.step({"da_nop_noi_khac": "co"})
    assert me.page.status_int == 422
    assert me.errors() == [f"Hồ sơ dừng ở đây. {WORDS}"]
    stop = me.page.html.select_one("#f-dung").get_text(" ", strip=True)
    assert WORDS in stop
    assert "chưa có gì được gửi đi" in stop

    # The pages behind open, but nothing is sent from them.
    draft = me.draft_url
    me.go(f"{draft}/kiem-tra")
    assert f"Hồ sơ dừng ở đây. {WORDS}" in me.page.text
    assert "gui" not in me.page.forms
    token = me.client.get(f"{draft}/xoa").html.select_one("[name=csrf_token]")["value"]
    given = {"csrf_token": token, "declared": "true"}
    assert WORDS in me.client.post(f"{draft}/gui", given, status=422).text
    assert (count(site, Dossier), count(site, Draft)) == (0, 1)

    # Another answer, and the way is free.
    me.go(f"{draft}/buoc/truoc_khi_nop")
    assert me.form()["da_nop_noi_khac"].value == "co"
    me.step({"da_nop_noi_khac": "khong"})
    assert me.heading == "Nội dung"
    me.step({"de_nghi": "Xin giải quyết theo quy định."})
    me.attach_all()
    me.send()
    assert me.heading == "Đã gửi hồ sơ"
    assert count(site, Dossier) == 1
