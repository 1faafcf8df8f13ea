"""Editing one procedure: sections, rows without scripts, errors, two editors, sending."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from content.procedures import editing, publishing
from content.procedures.kinds import EntryKind, VersionState
from content.procedures.models import Procedure, ProcedureVersion
from content.procedures.publishing import Publication
from content.procedures.standing import today
from tests.content.procedures.conftest import decision
from tests.portal.editorial.procedures.conftest import Editor, id_of
from tests.portal.editorial.procedures.documents import draft_document
from tests.support.site import Site

SECTIONS = (
    *("chung", "trinh-tu", "cach-thuc", "truong-hop", "giay-to", "thoi-han", "doi-tuong"),
    *("co-quan", "ket-qua", "phi", "bieu-mau", "dieu-kien", "can-cu"),
    "noi-khac",
)


def test_every_section_opens_and_saving_it_untouched_changes_nothing(
    site: Site, editor: Editor
) -> None:
    birth = id_of(site)
    editor.open_draft(birth)
    before = draft_document(site, birth)
    for slug in SECTIONS:
        editor.section(birth, slug)
        editor.save()
    assert draft_document(site, birth) == before
    assert "Chưa khác bản người dân đang xem" in editor.page.text


def test_fee_paper_case_and_basis_go_into_the_draft_and_readers_see_nothing(
    site: Site, editor: Editor
) -> None:
    birth = id_of(site)
    public = site.client().get("/thu-tuc/1.001193").text
    editor.open_draft(birth)
    editor.section(birth, "phi")
    count = len(draft_document(site, birth).get("fee") or ())
    editor.push("_them", "fee")
    form = editor.form()
    form[f"fee.{count}.amount"] = "8.000"
    form[f"fee.{count}.kind"] = "lệ phí"
    form[f"fee.{count}.unit"] = "đồng/việc"
    form[f"fee.{count}.channels.truc-tuyen"] = True
    form[f"fee.{count}.valid_from"] = "01/12/2026"
    form[f"fee.{count}.exempt"] = "Người khuyết tật"
    editor.save()
    editor.section(birth, "truong-hop")
    cases = len([name for name in editor.form().fields if name and name.endswith(".name")])
    editor.push("_them", "cases")
    editor.form()[f"cases.{cases}.name"] = "Trường hợp sinh ở nước ngoài"
    editor.form()[f"cases.{cases}.paper"] = "Giấy khai sinh do nước ngoài cấp"
    editor.save()
    editor.section(birth, "can-cu")
    editor.push("_them", "legal_bases")
    bases = len(draft_document(site, birth)["legal_bases"])
    editor.form()[f"legal_bases.{bases}.number"] = "60/2014/QH13"
    editor.save()
    document = draft_document(site, birth)
    assert document["fee"][-1] == {
        "kind": "lệ phí",
        "amount": 8000,
        "unit": "đồng/việc",
        "exempt": "Người khuyết tật",
        "channels": ["trực tuyến"],
        "valid_from": "2026-12-01",
    }
    assert document["dossier"][-1]["case"] == "Trường hợp sinh ở nước ngoài"
    assert document["legal_bases"][-1]["number"] == "60/2014/QH13"
    assert site.client().get("/thu-tuc/1.001193").text == public

    preview = editor.go(f"/bien-tap/thu-tuc/{birth}/xem-truoc")
    assert "Giấy khai sinh do nước ngoài cấp" in preview.text
    assert "Bản xem trước" in preview.text
    compared = editor.go(f"/bien-tap/thu-tuc/{birth}/so-sanh")
    text = compared.html.get_text(" ", strip=True)
    assert f"Phí, lệ phí {count + 1}" in text
    assert "mức thu: 8.000 đồng" in text


def test_other_provinces_fees_are_edited_and_no_reader_sees_them(
    site: Site, editor: Editor
) -> None:
    birth = id_of(site)
    public = site.client().get("/thu-tuc/1.001193").text
    editor.open_draft(birth)
    before = draft_document(site, birth)["local_variants"]
    place, fees = before[0]["place"], before[0]["fee"]
    editor.section(birth, "noi-khac")
    form = editor.form()
    assert form["local_variants.0.place"].value == place
    assert form["variant_fee.0.amount"].value == str(fees[0]["amount"])
    form["local_variants.0.place"] = f"{place} cũ"
    form["local_variants.0.time_limit.value"] = "2,5"
    form["local_variants.0.time_limit.unit"] = "ngày làm việc"
    editor.save()
    editor.section(birth, "noi-khac")
    editor.push("_bo", "variant_fee.0")
    editor.push("_them", "local_variants")
    at = len(before)
    editor.form()[f"local_variants.{at}.place"] = "Hải Phòng"
    editor.save()
    editor.section(birth, "noi-khac")
    editor.push("_them", "variant_fee")
    at = sum(len(one["fee"]) for one in before) - 1
    form = editor.form()
    form[f"variant_fee.{at}.place"] = "Hải Phòng"
    form[f"variant_fee.{at}.amount"] = "5.000"
    editor.save()
    found = draft_document(site, birth)["local_variants"]
    assert found[0]["place"] == f"{place} cũ"
    assert found[0]["time_limit"] == {"value": 2.5, "unit": "ngày làm việc"}
    assert found[0]["fee"] == fees[1:]
    assert found[1:-1] == before[1:]
    assert found[-1] == {"place": "Hải Phòng", "fee": [{"amount": 5000}]}
    assert "Hải Phòng" in editor.go(f"/bien-tap/thu-tuc/{birth}").text
    assert "Hải Phòng" not in editor.go(f"/bien-tap/thu-tuc/{birth}/xem-truoc").text
    assert site.client().get("/thu-tuc/1.001193").text == public
    assert place not in public


def test_rows_move_and_go_without_saving(site: Site, editor: Editor) -> None:
    birth = id_of(site)
    editor.open_draft(birth)
    editor.section(birth, "giay-to")
    before = draft_document(site, birth)["dossier"]
    editor.push("_xuong", "dossier.0")
    assert editor.form()["dossier.1.name"].value == before[0]["name"]
    editor.push("_bo", "dossier.0")
    assert editor.form()["dossier.0.name"].value == before[0]["name"]
    assert draft_document(site, birth)["dossier"] == before
    editor.save()
    assert draft_document(site, birth)["dossier"][0] == before[0]
    assert len(draft_document(site, birth)["dossier"]) == len(before) - 1


@pytest.mark.parametrize(
    ("section", "field", "value", "words"),
    [
        ("chung", "official_url", "không phải địa chỉ", "phải bắt đầu bằng http"),
        ("chung", "name", "", "Ông/bà chưa ghi “Tên thủ tục”"),
        ("thoi-han", "time_limit.value", "0", "nằm ngoài khoảng"),
        ("thoi-han", "time_limit.value", "nhiều", "phải là số"),
        ("giay-to", "dossier.0.copies", "-2", "phải từ 0"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_the_text_stays(
    site: Site, editor: Editor, section: str, field: str, value: str, words: str
) -> None:
    birth = id_of(site)
    editor.open_draft(birth)
    editor.section(birth, section)
    editor.form()[field] = value
    page = editor.save(status=422)
    assert words in page.html.select_one(".error-summary").get_text()
    assert editor.form()[field].value == value


def test_dates_and_limits_that_contradict_each_other_are_said_at_their_field(
    site: Site, editor: Editor
) -> None:
    birth = id_of(site)
    editor.open_draft(birth)
    editor.section(birth, "phi")
    editor.form()["fee.0.valid_from"] = "01/03/2027"
    editor.form()["fee.0.valid_to"] = "01/02/2027"
    page = editor.save(status=422)
    told = page.html.select_one(".error-summary a")
    assert told.get_text() == "Ngày thu cuối cùng không được trước ngày bắt đầu thu."
    assert page.html.select_one(told["href"])["name"] == "fee.0.valid_to"
    assert editor.form()["fee.0.valid_to"].value == "01/02/2027"
    editor.section(birth, "thoi-han")
    editor.form()["local_limit.value"] = "2"
    editor.form()["local_limit.unit"] = editor.form()["time_limit.unit"].value
    page = editor.save(status=422)
    assert "không được dài hơn" in page.html.select_one(".error-summary").get_text()


def test_a_draft_over_a_coming_version_says_so_and_is_compared_with_it(
    site: Site, editor: Editor
) -> None:
    birth = id_of(site)
    with site.database.sessions() as session, session.begin():
        procedure = session.get_one(Procedure, birth)
        coming = editing.open_draft(procedure, now=site.clock())
        editing.set_field(coming, "result", "Giấy khai sinh mới")
        publishing.submit(coming)
        day = today(site.clock())
        paper = decision("99/QĐ-UBND", signed_on=day, effective_on=day + timedelta(days=3))
        amended = Publication(coming, EntryKind.AMENDED)
        publishing.publish(session, paper, [amended], now=site.clock())
    editor.go(f"/bien-tap/thu-tuc/{birth}")
    assert "Phiên bản 2 đã công bố, áp dụng từ" in editor.page.text
    editor.press("Sửa thủ tục")
    assert draft_document(site, birth)["result"] == "Giấy khai sinh mới"
    editor.go(f"/bien-tap/thu-tuc/{birth}")
    assert "Chưa khác phiên bản 2." in editor.page.text
    editor.section(birth, "dieu-kien")
    editor.form()["requirements"] = "Có"
    editor.save()
    assert "Khác phiên bản 2 ở 1 chỗ." in editor.page.text
    editor.go(f"/bien-tap/thu-tuc/{birth}/so-sanh")
    assert "Khác nhau ở 1 chỗ." in editor.page.text


def test_two_editors_of_different_sections_do_not_meet(
    site: Site, editor: Editor, chief: Editor
) -> None:
    birth = id_of(site)
    editor.open_draft(birth)
    editor.section(birth, "ket-qua")
    chief.section(birth, "dieu-kien")
    editor.form()["result"] = "Giấy khai sinh, bản chính"
    chief.form()["requirements"] = "Không"
    editor.save()
    chief.save()
    document = draft_document(site, birth)
    assert (document["result"], document["requirements"]) == ("Giấy khai sinh, bản chính", "Không")


def test_the_second_of_two_editors_compares_merges_and_loses_nothing(
    site: Site, editor: Editor, chief: Editor
) -> None:
    birth = id_of(site)
    editor.open_draft(birth)
    editor.section(birth, "giay-to")
    chief.section(birth, "giay-to")
    editor.form()["dossier.0.name"] = "Tờ khai của người thứ nhất"
    editor.form()["sets"] = "2"
    editor.save()
    chief.form()["dossier.0.name"] = "Tờ khai của người thứ hai"
    chief.form()["dossier.1.copies"] = "7"
    page = chief.save(status=422)
    told = page.html.select_one("#hai-ban").find_parent("section").get_text(" ", strip=True)
    assert "Tờ khai của người thứ nhất" in told
    assert "Tờ khai của người thứ hai" in told
    assert chief.form()["sets"].value == "2"
    assert chief.form()["dossier.0.name"].value == "Tờ khai của người thứ hai"
    chief.save()
    document = draft_document(site, birth)
    assert document["sets"] == 2
    assert document["dossier"][0]["name"] == "Tờ khai của người thứ hai"
    assert document["dossier"][1]["copies"] == 7


def test_kept_text_comes_back(site: Site, editor: Editor) -> None:
    birth = id_of(site)
    editor.open_draft(birth)
    page = editor.section(birth, "trinh-tu")
    form = page.html.select_one("form[data-autosave]")
    fields = {"steps.0.text": "Bước một viết dở", "steps.1.text": "Bước hai viết dở"}
    token = editor.form()["csrf_token"].value
    editor.client.post_json(
        form["data-autosave-url"], {"fields": fields}, headers={"X-CSRF-Token": token}
    )
    assert "Có một bản đang viết dở" in editor.section(birth, "trinh-tu").text
    editor.go(f"/bien-tap/thu-tuc/{birth}/soan/trinh-tu?khoi-phuc=1")
    assert editor.form()["steps.1.text"].value == "Bước hai viết dở"
    editor.save()
    assert draft_document(site, birth)["steps"] == ["Bước một viết dở", "Bước hai viết dở"]
    assert "Có một bản đang viết dở" not in editor.section(birth, "trinh-tu").text


def test_nothing_is_sent_while_parts_are_missing_then_it_waits_and_comes_back(
    site: Site, editor: Editor
) -> None:
    editor.go("/bien-tap/thu-tuc/moi")
    form = editor.form()
    form["name"], form["level"], form["field"] = "Thủ tục thử của người biên tập", "xã", "Hộ tịch"
    editor.page = form.submit("gui", status=303).follow()
    place = int(editor.page.request.path.split("/")[3])
    page = editor.go(f"/bien-tap/thu-tuc/{place}")
    assert "Chưa thể công bố: thiếu" in page.text
    assert "căn cứ pháp lý" in page.text
    assert "Gửi công bố" not in page.text
    site.client().get("/thu-tuc/thu-tuc-thu-cua-nguoi-bien-tap", status=404)
    token = next(iter(page.forms.values()))["csrf_token"].value if page.forms else ""
    token = token or editor.section(place, "chung").forms["f"]["csrf_token"].value
    editor.client.post(f"/bien-tap/thu-tuc/{place}/gui", {"csrf_token": token}, status=303)
    assert draft_state(site, place) is VersionState.DRAFT

    fill(editor, place, "trinh-tu", ("steps",), {"steps.0.text": "Nộp hồ sơ"})
    fill(editor, place, "cach-thuc", (), {"channels.truc-tiep": True})
    papers = {"sets": "1", "dossier.0.name": "Tờ khai", "dossier.0.originals": "1"}
    fill(editor, place, "giay-to", ("dossier",), papers)
    limit = {"time_limit.value": "2,5", "time_limit.unit": "ngày làm việc"}
    fill(editor, place, "thoi-han", (), limit)
    fill(editor, place, "doi-tuong", ("applicants",), {"applicants.0.text": "Công dân Việt Nam"})
    fill(editor, place, "co-quan", (), {"authority": "Ủy ban nhân dân cấp xã"})
    fill(editor, place, "can-cu", ("legal_bases",), {"legal_bases.0.number": "60/2014/QH13"})
    editor.go(f"/bien-tap/thu-tuc/{place}")
    assert "Chưa thể công bố" not in editor.page.text
    editor.press("Gửi công bố")
    assert "Đã gửi bản nháp" in editor.page.text
    assert draft_state(site, place) is VersionState.AWAITING
    assert editor.section(place, "chung").request.path == f"/bien-tap/thu-tuc/{place}"
    editor.press("Rút về để sửa")
    assert draft_state(site, place) is VersionState.DRAFT
    editor.go(f"/bien-tap/thu-tuc/{place}/bo")
    editor.press("Bỏ bản nháp")
    assert editor.page.request.path == "/bien-tap/thu-tuc"
    editor.go(f"/bien-tap/thu-tuc/{place}", status=404)


def fill(editor: Editor, place: int, section: str, rows: tuple[str, ...], fields: dict) -> None:
    editor.section(place, section)
    for name in rows:
        editor.push("_them", name)
    for name, value in fields.items():
        editor.form()[name] = value
    editor.save()


def draft_state(site: Site, procedure_id: int) -> VersionState:
    with site.database.sessions() as session:
        query = select(ProcedureVersion).where(ProcedureVersion.procedure_id == procedure_id)
        return max(session.scalars(query), key=lambda one: one.number).state


def test_a_code_that_is_taken_is_refused(site: Site, editor: Editor) -> None:
    editor.go("/bien-tap/thu-tuc/moi")
    form = editor.form()
    form["name"], form["level"], form["field"] = "Trùng", "xã", "Hộ tịch"
    form["code"] = "1.001193"
    assert "Đã có thủ tục" in form.submit("gui", status=422).text
    form["code"] = "abc"
    assert "1.234567" in form.submit("gui", status=422).text


def test_an_earlier_save_comes_back(site: Site, editor: Editor) -> None:
    birth = id_of(site)
    editor.open_draft(birth)
    before = draft_document(site, birth)
    for words in ("Một", "Hai"):
        editor.section(birth, "ket-qua")
        editor.form()["result"] = words
        editor.save()
    editor.press("Khôi phục lần lưu 1")
    assert draft_document(site, birth) == before


def test_only_the_head_changes_where_dossiers_are_filed(
    site: Site, editor: Editor, chief: Editor
) -> None:
    birth = id_of(site)
    address = f"/bien-tap/thu-tuc/{birth}/noi-nop"
    editor.client.get(address, status=403)
    chief.go(address)
    chief.form()["filing"] = "counter"
    chief.save()
    assert "Xem nơi tiếp nhận hồ sơ" in site.client().get("/thu-tuc/1.001193").text


def test_strangers_and_officers_do_not_edit_procedures(site: Site) -> None:
    site.client().get("/bien-tap/thu-tuc", status=303)
    officer = Editor(site, "motcua@example.vn")
    officer.client.get("/bien-tap/thu-tuc", status=403)
    officer.client.get(f"/bien-tap/thu-tuc/{id_of(site)}", status=403)


@pytest.mark.parametrize("query", ["cu=9999&moi=x", "cu=%00", "cu=-1", "moi=99999999999"])
def test_odd_versions_to_compare_give_a_page(site: Site, editor: Editor, query: str) -> None:
    editor.go(f"/bien-tap/thu-tuc/{id_of(site)}/so-sanh?{query}", status="*")
    assert editor.page.status_int in (200, 400)


@pytest.mark.parametrize(
    "post",
    [
        {"_them": "no_such_list"},
        {"_bo": "fee.999"},
        {"_len": "fee.-1"},
        {"fee.0.amount": "1" * 400, "gui": ""},
        {"fee.9999.amount": "5", "gui": ""},
        {"fee.0.valid_from": "31/02/2026", "gui": ""},
        {"fee.0.channels.khac": "1", "gui": ""},
        {"mark": "x" * 300, "gui": ""},
        {"fee.0.was": "99999999", "fee.0.amount": "5", "gui": ""},
        {"fee.0.was": "٣", "fee.0.amount": "5", "gui": ""},
    ],
)
def test_odd_posts_give_a_page(site: Site, editor: Editor, post: dict[str, str]) -> None:
    birth = id_of(site)
    editor.open_draft(birth)
    page = editor.section(birth, "phi")
    token = page.forms["f"]["csrf_token"].value
    sent = editor.client.post(
        f"/bien-tap/thu-tuc/{birth}/soan/phi", {"csrf_token": token, **post}, status="*"
    )
    assert sent.status_int in (200, 303, 422)
