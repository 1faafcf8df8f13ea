"""“Điền và in”: without account, without a trace."""

from sqlalchemy import func, select

from content.dossiers.models import Draft
from content.procedures.form_bindings import bound_definition
from content.procedures.forms.definition import Kind, places
from content.procedures.forms.paper import on_paper
from content.procedures.models import Procedure
from tests.support.citizen import CT01, MEMBER, PERSON, Citizen
from tests.support.site import Site


def fill(me: Citizen) -> None:
    for fields in PERSON.values():
        me.fill(fields)


def test_a_filled_form_comes_as_pdf_and_nothing_is_kept(site: Site) -> None:
    me = Citizen(site)
    me.go(f"/dien-va-in/{CT01}")
    assert "không thay thế" in me.page.text
    fill(me)
    made = me.form().submit("_viec", value="in")
    assert made.content_type == "application/pdf"
    assert "to-khai-thay-doi-thong-tin-cu-tru-ct01.pdf" in made.headers["Content-Disposition"]
    assert made.headers["Cache-Control"] == "private, no-store"
    with site.database.sessions() as session:
        assert session.scalar(select(func.count(Draft.id))) == 0
    assert "ban_nhap" not in me.client.cookies


def test_what_is_left_empty_may_be_written_by_hand(reading_site: Site) -> None:
    me = Citizen(reading_site)
    me.go(f"/dien-va-in/{CT01}")
    assert me.form().submit("_viec", value="in").body.startswith(b"%PDF")


def test_what_is_wrong_is_said(reading_site: Site) -> None:
    me = Citizen(reading_site)
    me.go(f"/dien-va-in/{CT01}")
    me.fill({"nguoi_ke_khai_ngay_sinh": "32/13/1962", "noi_dung_de_nghi": "Chuyển nhà"})
    me.press("in")
    assert me.page.status_int == 422
    assert len(me.errors()) == 1
    assert me.form()["noi_dung_de_nghi"].value == "Chuyển nhà"


def test_rows_are_added_without_scripts(reading_site: Site) -> None:
    me = Citizen(reading_site)
    me.go(f"/dien-va-in/{CT01}")
    fill(me)
    me.push("_them", "noi_dung_thanh_vien")
    me.fill({f"noi_dung_thanh_vien.0.{name}": value for name, value in MEMBER.items()})
    assert me.form()["nguoi_ke_khai_ho_ten"].value == "Đỗ Thị Ngọc Ánh"
    assert me.form().submit("_viec", value="in").body.startswith(b"%PDF")


def test_the_empty_form_can_be_downloaded(reading_site: Site) -> None:
    me = Citizen(reading_site)
    me.go(f"/dien-va-in/{CT01}")
    assert me.page.click("Tải mẫu trống để điền tay").content_type == "application/pdf"


def test_every_bound_form_is_shown_and_printed_empty(reading_site: Site) -> None:
    client = reading_site.client()
    with reading_site.database.sessions() as session:
        bound = [one.key for one in session.scalars(select(Procedure)) if is_shown(session, one)]
    assert len(bound) > 20
    for key in bound:
        client.get(f"/dien-va-in/{key}")
        assert client.get(f"/dien-va-in/{key}?trong=1").body.startswith(b"%PDF")


def is_shown(session: object, procedure: Procedure) -> bool:
    if not procedure.is_primary or not procedure.status.is_current:
        return False
    definition = bound_definition(session, procedure)
    if definition is None:
        return False
    kinds = {question.kind for _section, question, _groups in places(on_paper(definition))}
    assert Kind.FILE not in kinds
    return True


def test_a_procedure_without_a_form_says_so_and_names_the_official_page(
    reading_site: Site,
) -> None:
    me = Citizen(reading_site)
    me.go("/dien-va-in/1.013750")
    assert me.heading == "Chưa có tờ khai để điền tại đây"
    assert me.page.html.select_one("main a[rel=external]")["href"].startswith("http")
