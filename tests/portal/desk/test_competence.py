"""Received at one desk, decided by another agency: chosen, on the slip, routed there."""

from typing import Any

from sqlalchemy import select

from content.agencies.models import Agency
from content.dossiers.competence import by_address
from content.dossiers.event_data import Received
from content.dossiers.models import Dossier
from content.dossiers.states import Status
from tests.portal.desk.at_counter import begin, fill, press
from tests.portal.desk.many import choose, go_on
from tests.portal.desk.many import option as choice
from tests.support.dossiers import COMMUNE, WARD, Filed, file_all, writing
from tests.support.officer import Officer
from tests.support.site import Site

ELSEWHERE = "dongmay@example.vn"
NAME = "Trung tâm Phục vụ hành chính công xã Đồng Mây"


def look(site: Site, code: str) -> tuple[Status, str | None, str]:
    """Its status, the agency that decides, and what the slip was told of it."""
    with site.database.sessions() as session:
        one = session.scalars(select(Dossier).where(Dossier.lookup_code == code)).one()
        told = [Received.of(line.data).decides for line in one.events]
        decides = one.competent_agency.slug if one.competent_agency else None
        return one.status, decides, "".join(told)


def option(who: Officer, form: Any, name: str, words: str) -> str:
    return next(value for value, _chosen, label in form[name].options if words in label)


def test_an_online_dossier_is_decided_elsewhere(site: Site) -> None:
    first, second = file_all(site, Filed("Trần Một"), Filed("Trần Hai"))
    desk = Officer(site)
    desk.dossier(first)
    form = desk.form("/tiep-nhan")
    token = next(one for one in form.fields if "csrf" in one)
    values = {token: form[token].value, "revision": form["revision"].value}
    refused = desk.client.post(form.action, {**values, "competent": "999999"}, status=422)
    assert refused.status_int == 422
    assert look(site, first) == (Status.SUBMITTED, None, "")
    form["competent"] = option(desk, form, "competent", "xã Đồng Mây")
    desk.page = form.submit(status=303).follow()
    assert look(site, first) == (Status.RECEIVED, COMMUNE, NAME)
    assert NAME in desk.text
    # It goes there: the transfer begins with that agency, whose people have it in sight.
    Officer(site, ELSEWHERE).dossier(first)
    desk.page = desk.page.click("Chuyển xử lý")
    form = desk.page.forms["f"]
    chosen = next(label for value, _c, label in form["to"].options if value == form["to"].value)
    assert NAME in chosen
    desk.page = form.submit(status=303).follow()
    with site.database.sessions() as session:
        one = session.scalars(select(Dossier).where(Dossier.lookup_code == first)).one()
        assert (one.status, one.unit_id) == (Status.IN_PROGRESS, one.competent_agency_id)
    owner = Officer(site, "congdan@example.vn")
    owner.go(f"/tai-khoan/ho-so/{first}")
    assert NAME in owner.text
    # Left alone, the desk's own agency decides, and the other has nothing to see.
    desk.dossier(second)
    desk.accept()
    assert look(site, second) == (Status.RECEIVED, None, "")
    Officer(site, ELSEWHERE).dossier(second, status=403)


def test_the_counter_finds_the_agency_by_the_address(site: Site) -> None:
    desk = Officer(site)
    form = fill(begin(desk), tn_tham_quyen="dia-chi", tn_dia_chi="Thôn 3, xã Xa Lạ")
    press(desk, form, "tiep-nhan", 422)
    assert "chọn cơ quan trong danh sách" in desk.text
    form = desk.page.forms["f"]
    form["tn_dia_chi"] = "Thôn 3, Xã Đồng Mây, tỉnh Sơn Hà Mẫu"
    press(desk, form, "tiep-nhan")
    with site.database.sessions() as session:
        (dossier,) = session.scalars(select(Dossier))
        assert dossier.competent_agency is not None
        assert dossier.competent_agency.slug == COMMUNE
        desk.dossier(dossier.lookup_code)
    assert NAME in desk.text


def live(site: Site, addresses: dict[str, str]) -> None:
    """Where applicants live, by look-up code."""
    with writing(site) as session:
        for code, address in addresses.items():
            query = select(Dossier).where(Dossier.lookup_code == code)
            session.scalars(query).one().applicant_address = address


def test_many_at_once_each_for_its_own_agency(site: Site) -> None:
    names = ("Trần Một", "Trần Hai", "Trần Ba")
    codes = file_all(site, *(Filed(name) for name in names))
    near, far, nowhere = codes
    homes = ("Phường Hà Trung Mẫu", "Xã Đồng Mây", "Thôn 3")
    live(site, dict(zip(codes, homes, strict=True)))
    desk = Officer(site)
    # Left as it is, what another commune decides is left and told of; the rest is received.
    choose(desk, "tiep-nhan", *names[:2])
    go_on(desk)
    assert "Đã làm 1 hồ sơ; chưa làm 1 hồ sơ" in desk.text
    assert "thuộc nơi khác giải quyết" in desk.text
    assert look(site, near) == (Status.RECEIVED, None, "")
    assert look(site, far) == (Status.SUBMITTED, None, "")
    # By address each goes to its own; an address that names none is left.
    desk.go("/can-bo?muc=cho-tiep-nhan")
    choose(desk, "tiep-nhan", *names[1:])
    go_on(desk, competent=choice(desk, "competent", "địa chỉ của từng người nộp"))
    assert "không cho biết xã, phường nào" in desk.text
    assert look(site, far) == (Status.RECEIVED, COMMUNE, NAME)
    assert look(site, nowhere) == (Status.SUBMITTED, None, "")
    # Named outright, by a number that is nobody's, and by the desk's own agency.
    desk.go("/can-bo?muc=cho-tiep-nhan")
    choose(desk, "tiep-nhan", "Trần Ba")
    form = desk.page.forms["f"]
    form["competent"].force_value("999999")
    assert "chọn một mục trong danh sách" in form.submit("gui", status=422).text
    go_on(desk, competent=choice(desk, "competent", "xã Đồng Mây"))
    assert look(site, nowhere) == (Status.RECEIVED, COMMUNE, NAME)
    (last,) = file_all(site, Filed("Trần Bốn"))
    live(site, {last: "Xã Đồng Mây"})
    desk.go("/can-bo?muc=cho-tiep-nhan")
    choose(desk, "tiep-nhan", "Trần Bốn")
    go_on(desk, competent=choice(desk, "competent", "phường Hà Trung Mẫu"))
    assert look(site, last) == (Status.RECEIVED, None, "")


def test_addresses_name_one_commune_or_none(desk_site: Site) -> None:
    with desk_site.database.sessions() as session:
        found = list(session.scalars(select(Agency).where(Agency.slug != WARD)))
        ward = session.scalars(select(Agency).where(Agency.slug == WARD)).one()

        def named(address: str | None) -> str | None:
            one = by_address(found, ward, address)
            return one.slug if one else None

        assert named("Thôn 3, XÃ ĐỒNG MÂY, tỉnh Sơn Hà Mẫu") == COMMUNE
        assert named("xã Đồng Mây, trước là phường Hà Trung Mẫu") is None
        assert named("Phường Hà Trung Mẫu") is None
        for nothing in (None, "", "Xã", "xã Đồng Mâyy", "thôn Đồng Mây", "x" * 5000):
            assert named(nothing) is None
