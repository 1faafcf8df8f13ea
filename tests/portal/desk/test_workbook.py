"""The book of work at a browser without scripts: every kind's form, a finding from end to end,
who may not, two people at once, the tables side by side, paper and spreadsheets."""

import io
from typing import Any

from python_calamine import CalamineWorkbook
from webtest import Upload

from content.workbook.kinds import KINDS, Due
from tests.portal.desk.many import go_on
from tests.support.dossiers import PDF
from tests.support.officer import Officer
from tests.support.site import Site
from tests.support.work import settle

HEAD, LEADER, COMMUNE = (f"{one}@example.vn" for one in ("truongphong", "lanhdao", "dongmay"))
BOOK = "/can-bo/so-viec"


def sheet(body: bytes) -> list[list[Any]]:
    """The rows of a spreadsheet."""
    return CalamineWorkbook.from_filelike(io.BytesIO(body)).get_sheet_by_index(0).to_python()


def begin(who: Officer, book: str, unit: str = "trung-tam-tinh") -> None:
    """Open the form of a new entry for a unit."""
    who.go(f"{BOOK}/{book}/moi?don-vi={unit}")


def test_a_finding_from_the_audit_to_the_archive(site: Site) -> None:  # noqa: PLR0915 - one whole job
    settle(site)
    head, commune = Officer(site, HEAD), Officer(site, COMMUNE)
    head.go(BOOK)
    assert "Đánh giá nội bộ bộ phận một cửa tỉnh" in head.text
    head.go(f"{BOOK}/kiem-tra")
    head.page = head.page.click("KT-01/2026")
    head.page = head.page.click("Thêm: Điểm chưa phù hợp và khắc phục")
    assert "xã Đồng Mây" in head.text
    options = head.page.forms["f"]["owner_id"].options
    owner_id = next(value for value, _on, words in options if words == "Cao Văn Mây")
    # Everything wrong is said at once, and what was typed stays.
    go_on(head, title="Hai lĩnh vực chưa niêm yết", due_on="31/02/2026")
    assert head.page.status_int == 422
    for words in ("chưa chọn “Mức độ”", "chưa ghi “Bằng chứng”", "chưa phải là một ngày có thật"):
        assert words in head.text
    assert head.page.forms["f"]["title"].value == "Hai lĩnh vực chưa niêm yết"
    filled = {"level": "minor", "evidence": "Bảng trống.", "due_on": "10/12/2026"}
    sent = head.page.forms["f"]
    go_on(head, **filled, owner_id=owner_id)
    assert "KP-03/2026" in head.text
    address = head.page.request.path
    # A second press of the same form finds the first one's entry.
    for name, value in {**filled, "owner_id": owner_id}.items():
        sent[name] = value
    assert sent.submit("gui", status=303).location.endswith(address)

    commune.go(BOOK)
    assert "Hai lĩnh vực chưa niêm yết" in commune.text
    assert "Phản ánh về thái độ phục vụ" not in commune.text
    commune.go(address)
    assert "còn phải có: Nguyên nhân" in commune.text
    go_on(commune, status="done")
    assert commune.page.status_int == 422
    assert "bấm “Sửa nội dung” để ghi đủ" in commune.text
    head.go(address)
    commune.page = commune.go(address).click("Sửa nội dung")
    go_on(
        commune,
        cause="Thiếu bảng.",
        action="Mua bảng, niêm yết đủ.",
        acted_on="20/11/2026",
        verifier="Phạm Văn Phòng",
        verified_on="19/11/2026",
        effective="no",
    )
    assert "từ “Ngày khắc phục xong” trở đi" in commune.text
    assert "ghi vì sao và sẽ làm gì" in commune.text
    go_on(commune, verified_on="23/11/2026", effective="yes")
    assert "Nguyên nhân: (trống) → Thiếu bảng." in commune.text
    # The head looked before that: told who was first and what, and the next press counts.
    go_on(head, text="Đã xem tại chỗ.")
    assert head.page.status_int == 422
    assert "Cao Văn Mây: Sửa" in head.text
    assert "Nguyên nhân: (trống) → Thiếu bảng." in head.text
    assert head.page.forms["f"]["text"].value == "Đã xem tại chỗ."
    go_on(head)
    assert "Phạm Văn Phòng" in head.text
    assert "Đã xem tại chỗ." in head.text

    commune.go(address)
    go_on(commune, status="done", files=[Upload("anh.pdf", PDF, "application/pdf")])
    assert "Đã xong" in commune.text
    saved = commune.page.click("anh.pdf")
    assert saved.body == PDF
    assert "attachment" in saved.headers["Content-Disposition"]
    commune.go(address)
    commune.page = commune.form("/bo").submit(status=303).follow()
    assert "Tệp: anh.pdf → (trống)" in commune.text
    go_on(commune, files=[Upload("x.exe", b"MZ", "application/octet-stream")])
    assert commune.page.status_int == 422
    paper = commune.client.get(f"{address}.pdf")
    assert paper.body.startswith(b"%PDF")
    site.clock.move(days=60)
    commune = Officer(site, COMMUNE)
    commune.go(address)
    assert "được giữ làm lưu trữ" in commune.text
    assert "f" not in commune.page.forms
    assert commune.client.get(f"{BOOK}/khac-phuc?nam=2026").status_int == 200


def test_who_may_not_and_addresses_that_lead_nowhere(site: Site) -> None:
    settle(site)
    commune, desk = Officer(site, COMMUNE), Officer(site)
    for officer in (commune, desk):
        officer.client.get(f"{BOOK}/thai-do", status=403)
        officer.client.get(f"{BOOK}/thai-do/moi", status=403)
        officer.client.get(f"{BOOK}/muc-tieu/moi", status=403)
    commune.client.get(f"{BOOK}/khac-phuc/1", status=404)
    commune.client.get(f"{BOOK}/khac-phuc/2", status=403)
    commune.client.get(f"{BOOK}/khac-phuc/2.pdf", status=403)
    assert desk.client.get(f"{BOOK}/khac-phuc/2").status_int == 200
    for path in ("khong-co", "khac-phuc/999999", "khac-phuc/so-sanh", "khac-phuc/2/tep/khong"):
        desk.client.get(f"{BOOK}/{path}", status=404)
    Officer(site, "congdan@example.vn").client.get(BOOK, status=403)
    site.client().get(BOOK, status=303)
    for query in (
        "nam=x",
        "nam=0000",
        "muc=la",
        "don-vi=khong",
        "trang=9999",
        "q=%25_'",
        "cua-toi=9",
    ):
        assert desk.client.get(f"{BOOK}/khac-phuc?{query}").status_int == 200
    desk.client.get(f"{BOOK}/muc-tieu/ket-qua?nam=0001", status=200)
    # The desk reads targets, and does not set them; a class of the commune is the commune's.
    assert "Ghi mục mới" not in desk.go(f"{BOOK}/muc-tieu").text
    desk.go(f"{BOOK}/tap-huan/moi?don-vi=xa-dong-may")
    assert desk.page.html.select_one(".page-head p").get_text().endswith("tỉnh Sơn Hà Mẫu")


def test_every_kind_has_its_form_list_paper_and_spreadsheet(desk_site: Site) -> None:
    settle(desk_site)
    leader = Officer(desk_site, LEADER)
    for kind in KINDS:
        leader.go(f"{BOOK}/{kind.slug}")
        assert kind.name in leader.text
        first = leader.page.html.select_one("tbody th a")
        assert leader.client.get(first["href"] + ".pdf").body.startswith(b"%PDF")
        assert leader.client.get(f"{BOOK}/{kind.slug}/nam-2026.pdf").body.startswith(b"%PDF")
        rows = sheet(leader.client.get(f"{BOOK}/{kind.slug}/nam-2026.xlsx").body)
        assert rows[1][0] == kind.name
        assert len(rows[5]) == len(kind.fields) + (5 if kind.due is Due.NONE else 6)
        assert rows[6][0] == f"{kind.symbol}-01/2026"
        begin(leader, kind.slug)
        names = {one.get("name") for one in leader.page.html.select("#f [name]")}
        if kind.key == "self-check":
            assert "không lập loại mục này" in leader.text
        else:
            assert {name for field in kind.fields for name in field.names} <= names


def test_communes_side_by_side_and_targets_beside_results(site: Site) -> None:
    settle(site)
    head, commune = Officer(site, HEAD), Officer(site, COMMUNE)
    head.go(f"{BOOK}/tu-kiem-tra/so-sanh")
    assert "2 trên 7 đơn vị đã lập, 1 đã xong" in head.text
    assert "Hai lĩnh vực chờ in lại." in head.text
    rows = [one.get_text(" ", strip=True) for one in head.page.html.select("tbody tr")]
    assert sum("Chưa lập" in one for one in rows) == 5
    rows = sheet(head.client.get(f"{BOOK}/tu-kiem-tra/so-sanh-2026.xlsx").body)
    assert rows[6][0] == "Trung tâm Phục vụ hành chính công phường Hà Trung Mẫu"
    assert head.client.get(f"{BOOK}/tu-kiem-tra/so-sanh-2026.pdf").body.startswith(b"%PDF")
    commune.go(f"{BOOK}/tu-kiem-tra/so-sanh")
    assert "1 trên 1 đơn vị" in commune.text
    commune.go(f"{BOOK}/tu-kiem-tra/moi")
    go_on(commune, due_on="31/12/2026")
    assert "Đơn vị đã có mục này trong năm: TKT-01/2026" in commune.text

    head.go(f"{BOOK}/muc-tieu/ket-qua")
    verdicts = {
        row.select_one("th a").get_text(): [one.get_text(strip=True) for one in row.select("td")]
        for row in head.page.html.select("tbody tr")
    }
    assert verdicts["Tỷ lệ người dân, tổ chức hài lòng"][1:4] == ["từ 80%", "chưa có số liệu", "–"]
    # 24 people at the centre and 6 in a commune below it.
    assert verdicts["Số lượt người được đào tạo, tập huấn"][2:4] == ["30 lượt người", "Đạt"]
    assert head.client.get(f"{BOOK}/muc-tieu/ket-qua-2026.pdf").body.startswith(b"%PDF")
    begin(head, "muc-tieu")
    go_on(head, title="Trùng", measure="online", value="70")
    assert "Đơn vị đã có mục này trong năm: MT-03/2026" in head.text
    go_on(head, measure="conduct", value="-1")
    assert "phải từ 0" in head.text
    go_on(head, value="0")
    assert "Đã ghi vào sổ việc." in head.page.text
