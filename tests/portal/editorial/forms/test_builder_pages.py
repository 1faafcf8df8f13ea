"""The builder without scripts: every act a real submit."""

import io
import json
from typing import Any

import pytest
from docx import Document
from webtest import Upload

from content.dossiers import form_moves
from tests.content.letters.reading import text_of
from tests.portal.editorial.forms.building import CHIEF, act, begin, form_with
from tests.support.signing_in import editor
from tests.support.site import PortalClient, Site


def test_a_form_is_built_published_bound_and_moved_without_scripts(site: Site) -> None:
    client = editor(site, CHIEF)
    page = begin(client, "Đơn thử nghiệm")
    home = page.request.path
    page = act(page, "them-buoc", ten="Người nộp")
    question = act(page, "them-cau", ten="Họ và tên", loai="text")
    assert "Sửa câu hỏi" in question.text
    form = form_with(question, "label")
    form["required"] = True
    form["max_length"] = "60"
    form["hint"] = "Ghi như trên thẻ căn cước."
    page = form.submit(status=303).follow()
    question = act(page, "them-cau", ten="Có cần bản giấy không?", loai="choice")
    page = client.get(home)
    act(page, "them-cau", ten="Số bản", loai="number")
    asked = client.get(f"{home}/cau-hoi/so_ban/dieu-kien")
    form = form_with(asked, "question")
    form["question"] = "co_can_ban_giay_khong"
    form = form_with(form.submit(status=303).follow(), "op")
    form["op"], form["value"] = "equals", "co"
    told = form.submit(status=303).follow()
    assert "hiện khi “Có cần bản giấy không?” là “Có”" in told.text

    page = act(client.get(home), "len", muc="so_ban")
    assert "đứng sau" in page.text
    page = act(page, "xuong", muc="so_ban")
    assert "Cần xem lại" not in page.text
    page = act(page, "them-khoi", khoi="nguoi_nop")
    assert "Số định danh cá nhân" in page.text

    pay_by_answers(client, home)
    publish_and_bind(client, home)
    changed = act(client.get(home), "bo", muc="so_ban")
    assert "Bản đang soạn" in changed.text
    assert "Số bản" in client.get(f"{home}/cong-bo").text


def test_the_last_change_is_taken_back_and_made_again(site: Site) -> None:
    client = editor(site, CHIEF)
    page = begin(client, "Đơn có hai bước")
    home = page.request.path
    assert "Hoàn tác" not in page.text
    page = act(page, "them-buoc", ten="Người nộp")
    act(page, "them-cau", ten="Họ và tên", loai="text")
    page = act(client.get(home), "bo-buoc", muc="nguoi_nop")
    assert "Họ và tên" not in page.text
    page = act(page, "hoan-tac")
    assert "Đã hoàn tác" in page.text
    assert "Họ và tên" in page.text
    page = act(page, "hoan-tac")
    assert "Họ và tên" not in page.text
    page = act(page, "hoan-tac")

    stale = form_with(page, "viec", "hoan-tac")
    other = editor(site, "bientap@example.vn")
    act(other.get(home), "them-buoc", ten="Nội dung")
    told = stale.submit(status=303).follow()
    assert "sau khi ông/bà mở trang" in told.text
    assert "Nội dung" in told.text
    assert "Hoàn tác" not in told.text


def pay_by_answers(client: PortalClient, home: str) -> None:
    fees = form_with(client.get(f"{home}/phi"), "amount")
    fees["label"], fees["amount"], fees["kind"] = "Bản sao", "8000", "lệ phí"
    fees["times"], fees["when"] = "so_ban", "co_can_ban_giay_khong=co"
    assert "8.000 đồng × “Số bản”" in " ".join(fees.submit(status=303).follow().html.text.split())


def publish_and_bind(client: PortalClient, home: str) -> None:
    publish = client.get(f"{home}/cong-bo")
    assert "Đây là phiên bản đầu tiên" in publish.text
    button = next(one for one in publish.forms.values() if one.action.endswith("/ngay"))
    assert "Phiên bản 1" in button.submit(status=303).follow().text
    button.submit(status=303)

    binding = form_with(client.get(f"{home}/thu-tuc"), "code")
    binding["code"], binding["level"] = "9.999999", "xã"
    assert "Không có thủ tục mã này" in binding.submit(status=422).text
    binding["code"] = "1.004873"
    refused = binding.submit(status=422)
    assert "đang dùng biểu mẫu “Tờ khai cấp Giấy xác nhận tình trạng hôn nhân”" in refused.text
    assert "1.004873 (xã)" in _line_of(client, "Tờ khai cấp Giấy xác nhận tình trạng hôn nhân")
    again = form_with(refused, "code")
    assert again["code"].value == "1.004873"
    again["instead"] = True
    again.submit(status=303)
    assert "1.004873" not in _line_of(client, "Tờ khai cấp Giấy xác nhận tình trạng hôn nhân")
    assert "Đơn thử nghiệm" in client.get("/bien-tap/bieu-mau").text


def _line_of(client: PortalClient, title: str) -> str:
    """What the list of forms says of one."""
    rows = client.get("/bien-tap/bieu-mau").html.find_all("tr")
    return next(one.get_text(" ", strip=True) for one in rows if title in one.get_text())


def test_answers_are_recorded_and_replayed(site: Site) -> None:
    client = editor(site)
    page = begin(client, "Đơn ghi mẫu")
    home = page.request.path
    page = act(page, "them-buoc", ten="Một")
    act(page, "them-cau", ten="Tên", loai="text")
    shown = client.get(f"{home}/xem-thu")
    form = form_with(shown, "ten")
    told = form.submit("_viec", value="thu")
    assert "Các câu trả lời hợp lệ" in told.text
    recorded = form_with(told, "ten").submit("_viec", value="ghi", status=303).follow()
    assert "đúng như đã ghi" in recorded.text
    examples = [client.get(f"{home}/tai-ve/{one}").body for one in ("to-mau.docx", "to-mau.pdf")]
    mark = Document(io.BytesIO(examples[0])).paragraphs[1]
    assert (mark.text, mark.runs[0].bold, mark.runs[0].font.size.pt) == ("MẪU", True, 16)
    assert "MẪUCỘNGHÒA" in text_of(examples[1])
    empty = client.get(f"{home}/tai-ve/to-trong.docx").body
    assert "MẪU" not in [one.text for one in Document(io.BytesIO(empty)).paragraphs]
    question = form_with(client.get(f"{home}/cau-hoi/ten"), "label")
    question["required"] = True
    question.submit(status=303)
    assert "khác lần ghi" in client.get(home).text
    tests = client.get(f"{home}/cau-tra-loi-mau")
    accepted = form_with(tests, "viec", "nhan").submit(status=303).follow()
    assert "đúng như đã ghi" in accepted.text
    form_with(accepted, "viec", "bo").submit(status=303)


def test_a_working_form_is_given_up_only_after_a_question(site: Site) -> None:
    client = editor(site, CHIEF)
    known = "/bien-tap/bieu-mau/ban-sao-trich-luc-ho-tich"
    act(client.get(known), "them-buoc", ten="Bước thừa")
    asked = client.get(known).click("Bỏ bản đang soạn")
    assert "Bước thừa" in asked.html.find("main").get_text()
    assert "Bước thừa" in asked.click("Giữ lại").text
    given_up = next(one for one in asked.forms.values() if one.action.endswith("/bo"))
    assert "Bước thừa" not in given_up.submit(status=303).follow().text
    page = begin(client, "Đơn chưa công bố")
    asked = page.click("Bỏ bản đang soạn")
    assert "mất cả biểu mẫu" in asked.text
    gone = next(one for one in asked.forms.values() if one.action.endswith("/bo"))
    assert "Đơn chưa công bố" not in gone.submit(status=303).follow().text


def test_two_editors_of_different_questions_both_succeed(site: Site) -> None:
    one, two = editor(site), editor(site, CHIEF)
    page = begin(one, "Đơn hai người")
    home = page.request.path
    other = two.get(home)
    page = act(page, "them-buoc", ten="Một")
    assert "Bước 2: Hai" in act(other, "them-buoc", ten="Hai").text
    for label in ("Tên", "Tuổi"):
        act(page, "them-cau", ten=label, loai="text", buoc="mot")
    first = form_with(one.get(f"{home}/cau-hoi/ten"), "label")
    second = form_with(two.get(f"{home}/cau-hoi/tuoi"), "label")
    first["label"], second["label"] = "Tên đầy đủ", "Bao nhiêu tuổi"
    first.submit(status=303)
    second.submit(status=303)
    told = two.get(home).text
    assert "Tên đầy đủ" in told
    assert "Bao nhiêu tuổi" in told


def test_the_second_on_one_question_is_told_who_and_what_and_may_merge(site: Site) -> None:
    one, two = editor(site), editor(site, CHIEF)
    page = begin(one, "Đơn một câu")
    home = page.request.path
    page = act(page, "them-buoc", ten="Một")
    act(page, "them-cau", ten="Tên", loai="text")
    stale = two.get(home)
    first, second = (form_with(c.get(f"{home}/cau-hoi/ten"), "label") for c in (one, two))
    first["label"], first["hint"] = "Tên A", "Ghi như thẻ căn cước."
    second["label"], second["required"] = "Tên B", True
    first.submit(status=303)
    kept = second.submit(status=422)
    told = " ".join(kept.html.find("main").get_text(" ").split())
    assert "Hai người cùng sửa phần này" in told
    assert "Bùi Thị Biên" in told
    assert "Người kia: Tên A" in told
    assert "Ông/bà: Tên B" in told
    merged = form_with(kept, "label")
    assert merged["label"].value == "Tên B"
    assert merged["hint"].value == "Ghi như thẻ căn cước."
    merged.submit(status=303)
    again = form_with(one.get(f"{home}/cau-hoi/ten"), "label")
    assert (again["label"].value, again["required"].checked) == ("Tên B", True)

    refused = act(stale, "bo", muc="ten")
    assert "đã đổi câu hỏi “Tên B”" in " ".join(refused.html.find("main").get_text(" ").split())
    assert "Tên B" not in act(refused, "bo", muc="ten").text


def test_two_editors_of_one_condition_and_of_fees(site: Site) -> None:
    one, two = editor(site), editor(site, CHIEF)
    page = begin(one, "Đơn phí")
    home = page.request.path
    page = act(page, "them-buoc", ten="Một")
    act(page, "them-cau", ten="Loại", loai="choice")
    fees = form_with(one.get(f"{home}/phi"), "amount")
    for label in ("Một", "Hai"):
        fees["label"], fees["amount"], fees["kind"] = label, "8000", "phí"
        fees.submit(status=303)
    shown = two.get(f"{home}/phi")
    drop = form_with(shown, "dong")
    change = form_with(one.get(f"{home}/phi/0"), "amount")
    other = form_with(two.get(f"{home}/phi/0"), "amount")
    change["amount"], other["label"], other["amount"] = "9000", "Khác", "7000"
    change.submit(status=303)
    told = other.submit(status=422)
    assert "Người kia" in told.text
    assert form_with(told, "amount")["amount"].value == "7000"
    assert "Biểu mẫu vừa đổi" in drop.submit(status=303).follow().text

    asked = form_with(one.get(f"{home}/phi/1/dieu-kien"), "question")
    asked["question"] = "loai"
    test = form_with(asked.submit(status=303).follow(), "op")
    test["op"], test["value"] = "khong:equals", "co"
    page = test.submit(status=303).follow()
    assert "không là “Có”" in page.text
    stale = form_with(two.get(f"{home}/phi/1/dieu-kien"), "viec", "bo")
    form_with(page, "viec", "bo").submit(status=303)
    assert "Biểu mẫu vừa đổi" in stale.submit(status=303).follow().text
    assert "không là" not in one.get(f"{home}/phi").text


def test_beyond_the_last_fee_line_it_is_said_and_nothing_is_cut(site: Site) -> None:
    client = editor(site)
    home = begin(client, "Đơn nhiều phí").request.path
    fees = form_with(client.get(f"{home}/phi"), "amount")
    for number in range(30):
        fees["label"], fees["amount"], fees["kind"] = f"Khoản {number}", "1000", "phí"
        fees.submit(status=303)
    fees["label"] = "Khoản thừa"
    refused = fees.submit(status=422)
    assert "đã có 30 dòng phí" in refused.text
    assert form_with(refused, "amount")["label"].value == "Khoản thừa"
    assert "Khoản thừa" not in client.get(f"{home}/phi").text


def test_what_changed_since_it_was_shown_is_not_published(site: Site) -> None:
    chief, writer = editor(site, CHIEF), editor(site)
    page = begin(chief, "Đơn công bố")
    home = page.request.path
    page = act(page, "them-buoc", ten="Một")
    act(page, "them-cau", ten="Tên", loai="text")
    form = form_with(chief.get(f"{home}/xem-thu"), "ten")
    form.submit("_viec", value="ghi", status=303)

    def button(shown: Any) -> Any:
        return next(one for one in shown.forms.values() if one.action.endswith("/ngay"))

    stale = button(chief.get(f"{home}/cong-bo"))
    question = form_with(writer.get(f"{home}/cau-hoi/ten"), "label")
    question["required"] = True
    question.submit(status=303)
    told = stale.submit(status=409)
    assert "Bùi Thị Biên" in told.text
    assert "khác lần ghi" in told.text
    assert "Chưa công bố phiên bản nào" in chief.get(f"{home}/phien-ban").text
    press = button(told)
    press.submit(status=303)
    assert "Chưa công bố phiên bản nào" in chief.get(f"{home}/phien-ban").text
    press["nhan-khac"] = True
    assert "Phiên bản 1" in press.submit(status=303).follow().text


def test_a_definition_goes_out_and_comes_in_and_papers_are_made(site: Site) -> None:
    client = editor(site)
    known = "/bien-tap/bieu-mau/ban-sao-trich-luc-ho-tich"
    document = client.get(f"{known}/tai-ve/dinh-nghia.json").json
    document["id"] = "ban-khac"
    form = form_with(client.get("/bien-tap/bieu-mau/nhap-tep"), "document")
    form["document"] = json.dumps(document, ensure_ascii=False)
    page = form.submit(status=303).follow()
    assert page.request.path.endswith("/ban-khac")
    paper = client.get("/bien-tap/bieu-mau/ban-khac/tai-ve/to-trong.docx")
    words = "\n".join(one.text for one in Document(io.BytesIO(paper.body)).paragraphs)
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in words
    assert client.get(f"{known}/tai-ve/to-trong.pdf").body.startswith(b"%PDF")
    upload = form_with(client.get("/bien-tap/bieu-mau/nhap-tep"), "tep")
    upload["tep"] = Upload("mau.json", json.dumps({**document, "id": "tu-tep"}).encode())
    assert upload.submit(status=303).follow().request.path.endswith("/tu-tep")
    upload["tep"] = Upload("hong.json", b"\xff\xfe{")
    assert "không phải JSON" in upload.submit(status=422).text
    for bad in ("{", "[]", '{"id": "moi", "title": "x", "sections": []}', '{"id": "a"}{'):
        form["document"] = bad
        form.submit(status=422)


@pytest.mark.parametrize(
    "address", ["", "/phi", "/xem-thu", "/cau-tra-loi-mau", "/cong-bo", "/phien-ban", "/thong-tin"]
)
def test_pages_of_a_seeded_form_open(site: Site, address: str) -> None:
    client = editor(site, CHIEF)
    client.get(f"/bien-tap/bieu-mau/ct01-cu-tru{address}")
    client.get(f"/bien-tap/bieu-mau/khong-co{address}", status=404)


def test_odd_input_is_never_an_error(site: Site) -> None:
    client = editor(site)
    page = begin(client, "Đơn lạ")
    home = page.request.path
    token = form_with(page, "csrf_token")["csrf_token"].value
    for data in (
        {"viec": "khong-co"},
        {"viec": "bo", "muc": "x", "revision": "1"},
        {"viec": "them-cau", "loai": "x", "revision": "1"},
        {"viec": "dat", "muc": "\x00", "revision": "9" * 40},
    ):
        answer = client.post(home, {"csrf_token": token, **data}, expect_errors=True)
        assert answer.status_int in (303, 400, 404, 409, 422)
    for path in ("/cau-hoi/khong_co", "/buoc/x", "/cau-hoi/x/dieu-kien"):
        client.get(home + path, status=404)


def test_only_the_head_of_the_board_publishes_and_strangers_see_nothing(site: Site) -> None:
    client = editor(site)
    page = begin(client, "Đơn riêng")
    home = page.request.path
    token = form_with(page, "csrf_token")["csrf_token"].value
    client.post(f"{home}/cong-bo/ngay", {"csrf_token": token}, status=403)
    client.post(f"{home}/chuyen-nhap", {"csrf_token": token}, status=403)
    client.get(f"{home}/thu-tuc", status=403)
    site.client().get(home, status=303)
    editor(site, "motcua@example.vn").get(home, status=403)
    assert form_moves.JOB == "forms.move_drafts"
