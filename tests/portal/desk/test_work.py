"""Work shared out: named filters, many dossiers at once, substitutes, who has what."""

from typing import Any

from sqlalchemy import select
from webtest import Upload

from content.dossiers.states import Status
from content.outbox import OutboxJob
from tests.portal.desk.many import choose, go_on, option
from tests.support.dossiers import COMMUNE, PDF, Filed, accept, file_all, services, stored
from tests.support.officer import Officer
from tests.support.site import Site

SPECIALIST, HEAD, CASHIER = (f"{one}@example.vn" for one in ("chuyenvien", "truongphong", "thuquy"))
REASON = "Người thụ lý đi công tác, đề nghị làm tiếp."


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
        "sau=AAAAA-AAAAA",
        "tiep-nhan-den=9999-12-31",
    ):
        officer.go(f"/can-bo?muc=tat-ca&{query}")
    for typed in ("2026-12-01", "1/12/2026"):
        officer.go(f"/can-bo?muc=tat-ca&han-tu={typed}")
        assert officer.page.html.select_one("#loc-han-tu")["value"] == "01/12/2026"
    # What cannot be read narrows nothing, and says so.
    officer.go("/can-bo?muc=tat-ca&han-tu=31/02/2026")
    assert len(officer.rows()) == 2
    assert "“31/02/2026” chưa phải là một ngày có thật, chưa lọc theo ngày này" in officer.text


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
        form["starts_on"] = more.get("begins") or form["starts_on"].value
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
    assert name(head, "27/11/2026", begins="20/11/2026").status_int == 422


def test_labels_notes_and_messages(site: Site) -> None:  # noqa: PLR0915 - one whole job
    name = "Đỗ An"
    code = file_all(site, Filed(name))[0]
    desk = Officer(site)
    desk.go("/can-bo/nhan")
    form = desk.page.forms["f"]
    form["name"] = "Ưu tiên"
    form["agency"] = option(desk, "agency", "Trung tâm Phục vụ hành chính công tỉnh")
    desk.page = form.submit("gui").follow()
    form = desk.page.forms["f"]
    form["name"] = "Ưu tiên"
    form["agency"] = option(desk, "agency", "Trung tâm Phục vụ hành chính công tỉnh")
    assert "đã có nhãn này" in form.submit("gui", status=422).text
    desk.go("/can-bo")
    choose(desk, "gan-nhan", name)
    go_on(desk, label=option(desk, "label", "Ưu tiên"))
    desk.go("/can-bo")
    assert "Ưu tiên" in desk.page.html.select_one("tbody").get_text()
    number = desk.page.html.select_one("#loc-nhan option[value!='']")["value"]
    desk.go(f"/can-bo?muc=tat-ca&nhan={number}")
    assert desk.rows() == [name]
    desk.dossier(code)
    form = desk.form("/nhan")
    form["nhan"] = []
    desk.page = form.submit().follow()
    assert "Chưa có nhãn." in desk.text

    # A note stays inside; a message reaches the applicant, its words do not go by mail.
    desk.page = desk.page.click("Thêm ghi chú")
    assert desk.page.forms["f"].submit("gui", status=422)
    desk.page.forms["f"]["text"] = "Đã gọi hai lần, máy bận."
    desk.page = desk.page.forms["f"].submit("gui").follow()
    assert "Đã gọi hai lần, máy bận." in desk.text
    desk.page = desk.page.click("Đọc và viết tin nhắn")
    desk.page.forms["f"]["text"] = "Ông bà cho biết số nhà mới."
    desk.page.forms["f"]["files"] = [Upload("mau.pdf", PDF, "application/pdf")]
    desk.page = desk.page.forms["f"].submit("gui").follow()
    assert "Đã gửi tin nhắn." in desk.page.text
    with site.database.sessions() as session:
        mails = [one.payload for one in session.scalars(select(OutboxJob)) if one.kind == "mail"]
    sent = [one for one in mails if one.get("template") == "message_to_read"]
    assert len(sent) == 1
    assert "số nhà mới" not in str(sent)

    citizen = Officer(site, "congdan@example.vn")
    citizen.go(f"/tai-khoan/ho-so/{code}")
    assert "máy bận" not in citizen.page.text
    citizen.page = citizen.page.click("Đọc và gửi tin nhắn")
    assert "Ông bà cho biết số nhà mới." in citizen.text
    assert "Trần Văn Một" not in citizen.text
    assert citizen.page.click("mau.pdf").body == PDF
    form = citizen.page.forms["f"]
    form["text"] = "Số 12, ngõ 3."
    form["files"] = [Upload("xau.pdf", b"MZ\x90\x00", "application/pdf")]
    refused = form.submit("gui", status=422)
    assert "Số 12, ngõ 3." in refused.text
    form["files"] = []
    citizen.page = form.submit("gui").follow()
    assert "Số 12, ngõ 3." in citizen.text

    desk.go("/can-bo")
    assert "Có tin nhắn" in desk.page.html.select_one("tbody").get_text()
    desk.dossier(code)
    assert "Có tin chưa trả lời" in desk.text
    desk.page = desk.page.click("Đọc và viết tin nhắn")
    desk.page = (
        next(one for one in desk.page.forms.values() if "da_doc" in one.fields).submit().follow()
    )
    assert "Có tin chưa trả lời" not in desk.text
    stranger = site.client()
    stranger.get("/tra-cuu/tin-nhan", status=303)
    stranger.get(f"/tai-khoan/ho-so/{code}/tin-nhan", status=303)

    # With the secret alone it goes as well.
    with site.database.sessions() as session:
        secret = services(site, session)[1].secret_of(stored(site, code))
    page = stranger.get("/tra-cuu")
    form = next(one for one in page.forms.values() if "bi_mat" in one.fields)
    form["ma"], form["bi_mat"] = code, secret
    page = form.submit("gui")
    talk = [one for one in page.forms.values() if "viec" in one.fields]
    form = next(one for one in talk if one["viec"].value == "tin-nhan")
    page = form.submit().follow()
    assert "Số 12, ngõ 3." in page.text
    assert page.click("mau.pdf").body == PDF
