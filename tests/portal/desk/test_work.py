"""Work shared out: named filters, many dossiers at once, substitutes, who has what."""

from typing import Any

from content.dossiers.states import Status
from tests.support.dossiers import COMMUNE, Filed, accept, file_all, stored
from tests.support.officer import Officer
from tests.support.site import Site

SPECIALIST, HEAD, CASHIER = (f"{one}@example.vn" for one in ("chuyenvien", "truongphong", "thuquy"))
REASON = "Người thụ lý đi công tác, đề nghị làm tiếp."


def choose(who: Officer, act: str, *names: str) -> Any:
    """Tick these applicants' lines of the list and choose what to do."""
    form = who.form("/hang-loat")
    for place, name in enumerate(who.rows()):
        if name in names:
            form.fields["ho-so"][place].checked = True
    form["viec"] = act
    response = form.submit()
    who.page = response.follow() if response.status_int == 303 else response
    return who.page


def go_on(who: Officer, **given: str) -> Any:
    """Fill in what the act asks for, and do it."""
    form = who.page.forms["f"]
    for name, value in given.items():
        form[name] = value
    response = form.submit("gui", status=[303, 422])
    who.page = response.follow() if response.status_int == 303 else response
    return who.page


def option(who: Officer, name: str, words: str) -> str:
    """The value of a choice by its words."""
    field = who.page.html.select(f"[name='{name}'] option, input[name='{name}']")
    for one in field:
        label = one.get_text(" ", strip=True) or who.page.html.select_one(
            f"label[for='{one.get('id')}']"
        ).get_text(" ", strip=True)
        if words in label:
            return str(one["value"])
    raise LookupError(words)


def test_many_dossiers_at_once(site: Site) -> None:  # noqa: PLR0915 - one whole job
    names = ("Đỗ An", "Bùi Bình", "Vũ Cường")
    codes = dict(zip(names, file_all(site, *(Filed(name) for name in names)), strict=True))
    desk = Officer(site)
    choose(desk, "tiep-nhan")
    assert "chưa chọn hồ sơ nào" in desk.page.text
    choose(desk, "tiep-nhan", *names)
    assert all(name in desk.text for name in names)
    # Nothing is done before the second press; somebody is faster with one of them.
    assert stored(site, codes["Đỗ An"]).status is Status.SUBMITTED
    accept(site, codes["Vũ Cường"])
    go_on(desk)
    assert "Đã làm 2 hồ sơ; chưa làm 1 hồ sơ" in desk.text
    assert "Người khác vừa xử lý hồ sơ này" in desk.text
    assert "H99.11-261123-0003" in desk.text
    assert [stored(site, one).status for one in codes.values()] == [Status.RECEIVED] * 3
    assert Officer(site, CASHIER).client.get(desk.page.request.path, status=404)

    assert site.run("worker", "--once") == 0
    desk.go("/can-bo?muc=chua-ai-nhan")
    choose(desk, "in-giay-tiep-nhan", *names)
    go_on(desk)
    pdf = desk.page.click("Mở tệp PDF để in")
    assert pdf.body.startswith(b"%PDF")
    desk.dossier(codes["Đỗ An"])
    assert "Đã in 1 lần" in desk.text

    desk.go("/can-bo?muc=chua-ai-nhan")
    choose(desk, "chuyen-xu-ly", *names[:2])
    unit = option(desk, "to", "Trung tâm Phục vụ hành chính công tỉnh")
    go_on(desk, to=unit)
    assert "Đã làm 2 hồ sơ" in desk.text

    head, specialist = Officer(site, HEAD), Officer(site, SPECIALIST)
    head.go("/can-bo?muc=chua-ai-nhan")
    assert set(head.rows()) == set(names[:2])
    specialist.go("/can-bo?muc=chua-ai-nhan")
    assert specialist.rows() == []
    choose(head, "nhan-xu-ly", *names[:2])
    go_on(head)
    assert {stored(site, codes[name]).holder_id for name in names[:2]} != {None}
    head.go("/can-bo?muc=cua-toi")
    assert set(head.rows()) == set(names[:2])
    head.dossier(codes["Đỗ An"])
    head.page = head.page.click("Chuyển bước tiếp theo")
    head.page.forms["f"]["note"] = "Đề nghị thẩm định."
    head.page = head.page.forms["f"].submit("gui").follow()

    # Given back to the unit, it is nobody's, and the applicant reads nothing of it.
    specialist.go("/can-bo?muc=cua-toi")
    assert specialist.rows() == ["Đỗ An"]
    choose(specialist, "tra-ve-don-vi", "Đỗ An")
    assert "Lý do trả về đơn vị" in specialist.text
    assert go_on(specialist, reason="").status_int == 422
    go_on(specialist, reason=REASON)
    assert stored(site, codes["Đỗ An"]).holder_id is None
    specialist.go("/can-bo?muc=chua-ai-nhan")
    assert specialist.rows() == ["Đỗ An"]
    choose(specialist, "nhan-xu-ly", "Đỗ An")
    go_on(specialist)
    assert "Đã làm 1 hồ sơ" in specialist.text
    citizen = Officer(site, "congdan@example.vn")
    citizen.go(f"/tai-khoan/ho-so/{codes['Đỗ An']}")
    assert REASON not in citizen.page.text
    assert "Lê Thị Chuyên" not in citizen.page.text


def test_filters_are_kept_under_names_of_ones_own(site: Site) -> None:
    file_all(site, Filed("Đỗ An"), Filed("Đỗ Bình", COMMUNE))
    officer = Officer(site)
    officer.go(f"/can-bo?muc=cho-tiep-nhan&don-vi={COMMUNE}&kenh=truc-tuyen&han-tu=01/12/2026")
    chips = [
        one.get_text(" ", strip=True).split(" ×")[0] for one in officer.page.html.select(".chip")
    ]
    assert chips[1:3] == ["Trực tuyến", "Hạn từ 01/12/2026"]
    officer.go(f"/can-bo?muc=cho-tiep-nhan&don-vi={COMMUNE}&kenh=truc-tuyen&nguoi=chua-ai")
    assert officer.rows() == ["Đỗ Bình"]
    form = officer.form("/bo-loc")
    assert "đặt tên cho bộ lọc" in form.submit().follow().text
    form["ten"] = "Trực tuyến xã Đồng Mây"
    officer.page = form.submit().follow()
    assert officer.rows() == ["Đỗ Bình"]
    officer.go("/can-bo?muc=tat-ca")
    officer.page = officer.page.click("Trực tuyến xã Đồng Mây")
    assert officer.rows() == ["Đỗ Bình"]
    other = Officer(site, HEAD)
    assert "Trực tuyến xã Đồng Mây" not in other.text
    officer.page = officer.form("/bo").submit().follow()
    assert "Trực tuyến xã Đồng Mây" not in officer.text
    for query in ("thu-tuc=1.004194", "thu-tuc=tam+tru", "trang-thai=1", "nguoi=toi&trang-thai=99"):
        officer.go(f"/can-bo?muc=tat-ca&{query}")
        assert len(officer.rows()) == (0 if "toi" in query else 2)
    for query in (
        "linh-vuc=x",
        "nhan=999",
        "han-tu=khong",
        "sau=AAAAA-AAAAA",
        "tiep-nhan-den=9999-12-31",
    ):
        officer.go(f"/can-bo?muc=tat-ca&{query}")


def test_a_substitute_does_the_absent_ones_work_while_it_lasts(site: Site) -> None:
    code = file_all(site, Filed("Đỗ An"))[0]
    head, cashier = Officer(site, HEAD), Officer(site, CASHIER)
    cashier.client.get(f"/can-bo/ho-so/{code}/tu-choi", status=403)
    cashier.client.get("/can-bo/tiep-nhan", status=403)
    cashier.client.get("/can-bo/uy-quyen", status=403)

    def name(who: Officer, ends: str, **more: str) -> Any:
        head.go("/can-bo/uy-quyen")
        form = head.page.forms["f"]
        form["absent"] = option(head, "absent", "Trần Văn Một")
        form["substitute"] = more.get("substitute") or option(head, "substitute", "Đỗ Văn Quỹ")
        form["ends_on"] = ends
        return form.submit("gui", expect_errors=True)

    assert "Ngày cuối phải từ ngày đầu" in name(head, "22/11/2026").text
    assert "không quá một năm" in name(head, "22/11/2028").text
    head.go("/can-bo/uy-quyen")
    himself = option(head, "substitute", "Trần Văn Một")
    assert name(head, "27/11/2026", substitute=himself).status_int == 422
    assert name(head, "27/11/2026").status_int == 303
    assert "đã có người làm thay" in name(head, "25/11/2026").text
    head.go("/can-bo/uy-quyen")
    assert "Đang làm thay" in head.text

    cashier.go("/can-bo?muc=cho-tiep-nhan")
    assert "Ông/bà đang làm thay: Trần Văn Một" in cashier.text
    assert cashier.rows() == ["Đỗ An"]
    cashier.dossier(code)
    cashier.accept()
    dossier = stored(site, code)
    assert (dossier.status, dossier.events[-1].actor_name) == (Status.RECEIVED, "Đỗ Văn Quỹ")
    cashier.client.get("/can-bo/tiep-nhan", status=200)
    head.form("/ket-thuc").submit(status=303)
    cashier.client.get("/can-bo/tiep-nhan", status=403)
    head.go("/can-bo/uy-quyen")
    assert "kết thúc sớm 23/11/2026" in head.text
    site.clock.move(days=2)
    assert name(head, "27/11/2026").status_int == 422
