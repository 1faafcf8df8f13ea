"""Reports on screen: the period chosen, numbers that lead to dossiers, reasons, files, exports."""

import io
from datetime import date
from itertools import cycle

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from content.dossiers.models import Dossier
from content.figures import exports
from content.figures.exports import ReportExport
from content.figures.reports import ALL
from content.files import DiskStore, StoredFile
from content.people.models import Account
from content.procedures.kinds import Channel
from portal.report_exports import ExportMaker
from tests.content.figures.rows import made
from tests.support.dossiers import writing
from tests.support.officer import Officer
from tests.support.settled import add_settled
from tests.support.site import Site

OCTOBER = "ky=2026-10"
HOME = "/can-bo/bao-cao"


@pytest.fixture
def officer(site: Site) -> Officer:
    day = date(2026, 10, 5)
    rows = [
        made(day, date(2026, 10, 12), date(2026, 10, 8), Channel.ONLINE),
        made(day, date(2026, 10, 12), date(2026, 10, 15)),
        made(day, date(2026, 10, 12), None, applicant_name="=cmd()"),
    ]
    add_settled(site, rows)
    return Officer(site)


def test_every_report_is_shown_and_taken_along(officer: Officer) -> None:
    officer.go(f"{HOME}?{OCTOBER}")
    assert "Tháng 10/2026" in officer.text
    links = [one["href"] for one in officer.page.html.select(".links__link")]
    assert len(links) == len(ALL)
    for link in links:
        page = officer.go(link)
        table = page.html.select_one("main table")
        assert table is not None, link
        named = page.html.select("main p a")
        files = [one["href"] for one in named if one.text in {"PDF", "XLSX", "CSV"}]
        paper, sheet, lines = (officer.client.get(one) for one in files)
        assert paper.body.startswith(b"%PDF")
        assert sheet.body.startswith(b"PK")
        assert lines.content_type == "text/csv"
    officer.client.get(f"{HOME}/khong-co", status=404)


def test_the_statutory_form_leads_to_the_dossiers_and_their_reasons(
    site: Site, officer: Officer
) -> None:
    officer.go(f"{HOME}/bieu-06?{OCTOBER}")
    assert "mọi dòng cân" in officer.text
    total = [one.get_text(strip=True) for one in officer.page.html.select(".report__total td")]
    assert total[1:] == ["3", "1", "2", "0", "2", "1", "0", "1", "1", "0", "1"]
    # What the line above says of (3) = (7) + (11) can be read in the head.
    numbers = [one.get_text(strip=True) for one in officer.page.html.select(".report__numbers td")]
    assert numbers[2] == "(3) = (4)+(5)+(6)"
    officer.page = officer.page.click("1", href="loc=giai-quyet-qua-han&.*linh-vuc", index=0)
    assert "1 hồ sơ" in officer.text
    # Another list of the same line keeps what no field shows.
    (form,) = [one for one in officer.page.forms.values() if "loc" in one.fields]
    form["loc"] = "qua-han"
    officer.page = form.submit()
    assert "2 hồ sơ" in officer.text
    assert "Thủ tục hành chính cấp xã" in officer.page.html.select_one("caption").text
    officer.go(f"{HOME}/don-vi?{OCTOBER}")
    officer.page = officer.page.click("1", href="loc=dang-giai-quyet-qua-han", index=0)
    assert "1 hồ sơ" in officer.text
    officer.page = officer.page.click("Ghi nguyên nhân", index=0)
    form = officer.page.forms["f"]
    form["cause"], form["text"] = "authority", "x"
    assert "thành câu" in form.submit("gui", status=422).text
    form["text"], form["measure"] = "Cơ quan phối hợp trả lời chậm.", "Đã có văn bản nhắc."
    officer.page = form.submit("gui", status=303).follow()
    assert "Do cơ quan, cán bộ giải quyết" in officer.text
    stale = form.submit("gui", status=422)
    assert "Đồng nghiệp vừa ghi" in stale.text
    stale.forms["f"].submit("gui", status=303)
    officer.go(f"{HOME}/nguyen-nhan-qua-han?{OCTOBER}")
    assert "Chưa ghi nguyên nhân" in officer.text


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("ky=2026-13", "Chưa hiểu kỳ báo cáo"),
        ("ky=khac&tu=2026-10-31&den=2026-10-01", "Đến ngày phải bằng hoặc sau"),
        ("ky=khac&tu=hom-qua&den=2026-10-01", "Ngày chưa đúng"),
        ("tu=1900-01-01&den=2026-10-01", "Năm phải từ"),
    ],
)
def test_a_period_that_is_none_is_said(desk_site: Site, query: str, words: str) -> None:
    officer = Officer(desk_site)
    for path in (HOME, f"{HOME}/bieu-06", f"{HOME}/ho-so"):
        officer.go(f"{path}?{query}", status=422)
        assert words in officer.text
    officer.client.get(f"{HOME}/bieu-06.pdf?{query}", status=404)


def test_a_list_is_exported_by_the_worker(site: Site, officer: Officer, tmp_path) -> None:
    officer.go(f"{HOME}/ho-so?{OCTOBER}&loc=tat-ca")
    officer.page = officer.form("/xuat").submit(status=303).follow()
    assert "Đang lập" in officer.text
    officer.go(f"{HOME}/ho-so?{OCTOBER}&loc=tat-ca")
    officer.form("/xuat").submit(status=303)
    with site.database.sessions() as session:
        (ordered,) = session.scalars(select(ReportExport))
    maker = ExportMaker(site.database, DiskStore(site.settings.blob_dir), site.clock)
    maker.make(ordered.id)
    maker.make(ordered.id)
    with site.database.sessions() as session:
        file = session.get_one(ReportExport, ordered.id).file
        assert file is not None
        key = file.key
    officer.go(f"{HOME}/tep")
    found = officer.page.click("Tải bảng tính")
    path = tmp_path / "export.xlsx"
    path.write_bytes(found.body)
    rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows[:1]] == ["Mã hồ sơ"]
    assert len(rows) == 4
    assert "=cmd()" in [row[3] for row in rows]
    other = Officer(site, "lanhdao@example.vn")
    other.client.get(f"{HOME}/tep/{ordered.id}", status=404)
    other.go(f"{HOME}/tep")
    assert "chưa xuất danh sách nào" in other.text
    site.clock.move(days=8)
    with writing(site) as session:
        assert exports.forget(session, site.clock()) == 1
        assert exports.forget(session, site.clock()) == 0
        assert session.scalars(select(StoredFile).where(StoredFile.key == key)).first() is None


def test_the_export_of_a_drilled_list_is_that_list(site: Site, officer: Officer) -> None:
    with writing(site) as session:
        people = dict(session.execute(select(Account.email, Account.id)).all())
        query = select(Dossier).where(Dossier.received_at.is_not(None)).order_by(Dossier.id)
        for one, (who, count) in zip(
            session.scalars(query),
            (("motcua", 2), ("motcua", 0), ("chuyenvien", 2)),
            strict=True,
        ):
            one.holder_id, one.supplement_count = people[f"{who}@example.vn"], count
    mine, other = (people[f"{who}@example.vn"] for who in ("motcua", "chuyenvien"))
    address = f"{HOME}/ho-so?{OCTOBER}&loc=bo-sung-nhieu-lan&can-bo-giu="
    page = officer.go(f"{address}{mine}")
    (shown,) = [one.text for one in page.html.select("tbody th a.nowrap")]
    assert "Trần Văn Một" in page.html.select_one("caption").text
    officer.page = officer.form("/xuat").submit(status=303).follow()
    assert "yêu cầu bổ sung quá một lần, Trần Văn Một" in officer.text
    with site.database.sessions() as session:
        (ordered,) = session.scalars(select(ReportExport))
        assert ordered.total == 1
    maker = ExportMaker(site.database, DiskStore(site.settings.blob_dir), site.clock)
    maker.make(ordered.id)
    body = officer.go(f"{HOME}/tep").click("Tải bảng tính").body
    rows = CalamineWorkbook.from_filelike(io.BytesIO(body)).get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows[1:]] == [shown]
    # Another's list cannot be ordered by its address either.
    officer.go(f"{address}{mine}")
    form = officer.form("/xuat")
    form.action = form.action.replace(f"can-bo-giu={mine}", f"can-bo-giu={other}")
    form.submit(status=404)


def test_figures_of_single_people_are_for_who_leads_them(site: Site, officer: Officer) -> None:
    with writing(site) as session:
        people = dict(session.execute(select(Account.email, Account.id)).all())
        dossiers = session.scalars(select(Dossier).where(Dossier.received_at.is_not(None)))
        for one, who in zip(dossiers, cycle(("motcua", "chuyenvien")), strict=False):
            one.holder_id = people[f"{who}@example.vn"]
    address = f"{HOME}/can-bo?{OCTOBER}"
    # A desk officer: one line, no sum that leads to everybody's.
    officer.go(address)
    names = [one.get_text(strip=True) for one in officer.page.html.select("tbody th, tbody td")]
    assert "Trần Văn Một" in names
    assert "Lê Thị Chuyên" not in officer.text
    assert "Tổng cộng" not in officer.text
    assert "Dòng của ông/bà" in officer.text
    other = people["chuyenvien@example.vn"]
    officer.go(f"{HOME}/ho-so?{OCTOBER}&can-bo-giu={people['motcua@example.vn']}")
    officer.client.get(f"{HOME}/ho-so?{OCTOBER}&can-bo-giu={other}", status=404)
    csv = officer.client.get(f"{HOME}/can-bo.csv?{OCTOBER}").text
    assert "Lê Thị Chuyên" not in csv
    leader = Officer(site, "lanhdao@example.vn")
    assert "Lê Thị Chuyên" in leader.go(address).text
    assert "Trần Văn Một" in leader.text
    leader.client.get(f"{HOME}/ho-so?{OCTOBER}&can-bo-giu={other}", status=200)
