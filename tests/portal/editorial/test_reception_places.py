"""Where procedures are received outside the one-stop desk: written, public, counted."""

from typing import Any

from sqlalchemy import delete, select

from content.procedures.models import Procedure
from content.procedures.reception_places import ReceptionPlace
from content.procedures.translating import source_of
from content.writing.translations import TranslationService
from tests.content.letters.reading import flat, text_of
from tests.support.dossiers import RESIDENCE, account, writing
from tests.support.officer import Officer
from tests.support.site import Site

KEEPER, EDITOR = "quantri@example.vn", "bientap@example.vn"
REASON = "Người nộp phải mang phương tiện đến kiểm tra tại chỗ."
BASIS = "Quyết định số 12/QĐ-UBND ngày 05/01/2026"


def fill(who: Officer, status: int = 303, /, **values: Any) -> Any:
    form = who.page.forms["f"]
    for name, value in values.items():
        form[name] = value
    answer = form.submit(status=status)
    who.page = answer.follow() if status == 303 else answer
    return who.page


def shown(site: Site, address: str) -> str:
    site.clock.move(minutes=2)  # public pages are kept for a minute
    return str(site.client().get(address).html.select_one("main").get_text(" ", strip=True))


def begun_at_the_desk(site: Site) -> str:
    """What an officer reads who begins to receive it all the same."""
    desk = Officer(site)
    desk.go(f"/can-bo/tiep-nhan?q={RESIDENCE}")
    form = next(one for one in desk.page.forms.values() if "thu-tuc" in one.fields)
    desk.page = form.submit(status=303).follow()
    assert "không nhận tại bộ phận một cửa" in desk.text
    return desk.text


def in_english(site: Site) -> None:
    """The procedure's page is there in English too."""
    with writing(site) as session:
        procedure = session.scalars(select(Procedure).where(Procedure.code == RESIDENCE)).one()
        source, me = source_of(procedure), account(session, "truongbientap@example.vn").id
        service = TranslationService(session, site.clock())
        texts = {"name": "Registration of temporary residence"}
        made = service.save(source, texts, revision=0, actor_id=me, is_level=True)
        service.publish(made, source, actor_id=me)


def is_told_in_english_and_on_paper(site: Site) -> None:
    english = shown(site, f"/en/thu-tuc/{RESIDENCE}")
    assert "Where to apply Đội kiểm tra lưu động Số 9 đường Bờ Sông" in english
    assert f"Why not at the one-stop desk {REASON} Legal basis: {BASIS}" in english
    sheet = site.client().get(f"/thu-tuc/{RESIDENCE}.pdf").body
    assert flat(f"{REASON} Căn cứ: {BASIS}") in text_of(sheet)


def told_without_the_sample(site: Site) -> str:
    """The public list, when the place of the sample is no more."""
    with writing(site) as session:
        session.execute(delete(ReceptionPlace))
    return shown(site, "/noi-tiep-nhan/ngoai-mot-cua")


def counted_elsewhere(site: Site) -> str:
    """The total of the report."""
    head = Officer(site, "truongphong@example.vn")
    rows = head.go("/can-bo/bao-cao/noi-tiep-nhan").html.select("tr")
    assert "Nơi khác, đã công khai lý do" in rows[0].get_text(" ")
    total = next(one for one in rows if "Tổng cộng" in one.get_text())
    return str(total.select("td")[-1].get_text(strip=True))


def test_a_place_outside_the_desk_has_a_public_reason(site: Site) -> None:
    assert "Hiện mọi thủ tục" in told_without_the_sample(site)
    in_english(site)
    Officer(site).go("/quan-tri/noi-tiep-nhan", status=403)
    editor = Officer(site, EDITOR)
    page = editor.go(f"/quan-tri/noi-tiep-nhan?q={RESIDENCE}")
    editor.page = page.click(href=r"/quan-tri/noi-tiep-nhan/\d+$", index=0)
    address = editor.page.request.path
    fill(editor, 422)
    assert "chọn cơ quan, hoặc ghi tên" in editor.text
    fill(editor, 422, place="Đội kiểm tra lưu động", address="Số 9 đường Bờ Sông", reason=REASON)
    assert "văn bản, điều khoản cho phép" in editor.text
    assert editor.page.forms["f"]["reason"].value == REASON
    second = Officer(site, KEEPER)
    second.go(address)
    fill(editor, legal_basis=BASIS, hours="Thứ Ba, Thứ Năm: 08:00-11:00")
    assert "Đội kiểm tra lưu động" in editor.text
    # The second of two is told; nothing is lost of the first.
    fill(second, 422, place="Nơi khác", address="Nơi khác", reason=REASON, legal_basis=BASIS)
    procedure = shown(site, f"/thu-tuc/{RESIDENCE}")
    for words in ("Đội kiểm tra lưu động", "Số 9 đường Bờ Sông", "08:00-11:00", REASON, BASIS):
        assert words in procedure
    is_told_in_english_and_on_paper(site)
    told = site.client().get(f"/api/v1/procedures/{RESIDENCE}").json["reception_place"]
    assert (told["elsewhere"], told["reason"]) == (True, REASON)
    assert REASON in begun_at_the_desk(site)
    listed = shown(site, "/noi-tiep-nhan/ngoai-mot-cua")
    assert REASON in listed
    assert BASIS in listed
    assert "1 thủ tục không tiếp nhận" in shown(site, "/noi-tiep-nhan")
    assert counted_elsewhere(site) == "1"
    # A one-stop desk by name needs no reason, and leaves the public list.
    keeper = Officer(site, KEEPER)
    keeper.go(address)
    centre = next(
        value
        for value, _chosen, words in keeper.page.forms["f"]["agency_id"].options
        if "xã Đồng Mây" in words
    )
    fill(keeper, agency_id=centre, place="", address="", hours="", reason="", legal_basis="")
    assert "Hiện mọi thủ tục" in shown(site, "/noi-tiep-nhan/ngoai-mot-cua")
    assert "Thôn Trung Tâm, xã Đồng Mây" in shown(site, f"/thu-tuc/{RESIDENCE}")
    assert "Monday to Friday: 07:30" in shown(site, f"/en/thu-tuc/{RESIDENCE}")
    keeper.go(address)
    keeper.page = keeper.form("/bo").submit(status=303).follow()
    assert "Chưa thủ tục nào" in keeper.text
    assert "Thôn Trung Tâm, xã Đồng Mây" not in shown(site, f"/thu-tuc/{RESIDENCE}")
