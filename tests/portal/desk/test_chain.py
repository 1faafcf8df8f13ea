"""A chain over three agencies on pages, from its writing to the result at the desk."""

from typing import Any

from sqlalchemy import select

from content.dossiers.chain_models import ChainPart
from content.dossiers.states import Status
from tests.support.dossiers import RESIDENCE, Filed, accept, file_all, limit_of, stored, writing
from tests.support.officer import Officer
from tests.support.site import Site

KEEPER, DESK = "quantri@example.vn", "motcua@example.vn"
COMMUNE, DEPARTMENT = "dongmay@example.vn", "soxaydung@example.vn"
OPINION = "Thửa đất không tranh chấp, phù hợp quy hoạch."
LATE = "quá hạn"


def fill(who: Officer, status: int = 303, /, **values: Any) -> Any:
    form = who.page.forms["f"]
    for name, value in values.items():
        form[name] = value
    answer = form.submit(status=status)
    who.page = answer.follow() if status == 303 else answer
    return who.page


def write_chain(site: Site) -> None:
    """Commune named by the desk, department, centre: 2 + 2 + 1 working days."""
    with writing(site) as session:
        limit_of(session, RESIDENCE, {"value": 5, "unit": "ngày làm việc", "text": None})
    keeper = Officer(site, KEEPER)
    page = keeper.go(f"/quan-tri/cach-xu-ly?q={RESIDENCE}")
    keeper.page = page.click("liên thông", index=0)
    address = keeper.page.request.path
    fill(keeper, 422, order="one_by_one")
    fill(keeper, legal_basis="Khoản 7 Điều 19 Nghị định 61/2018/NĐ-CP")
    for agency, task, days in (
        ("Cơ quan có thẩm quyền", "Thẩm tra tại địa bàn", "2"),
        ("Sở Xây dựng tỉnh", "Thẩm định", "2"),
        ("Trung tâm Phục vụ hành chính công tỉnh", "Trình ký", "3"),
    ):
        keeper.go(f"{address}/viec")
        options = keeper.page.forms["f"]["agency"].options
        value = next(one for one, _chosen, words in options if agency in words)
        fill(keeper, agency=value, task=task, working_days=days)
    assert "Quy trình dài 7 ngày làm việc, thời hạn của thủ tục là 5" in keeper.text
    keeper.page = keeper.page.click("Trình ký")
    fill(keeper, working_days="1")
    keeper.page = keeper.form("/dung").submit(status=303).follow()
    assert "Đang dùng" in keeper.text


def begin(site: Site) -> str:
    code = file_all(site, Filed(agency="trung-tam-tinh"))[0]
    accept(site, code)
    desk = Officer(site, DESK)
    desk.dossier(code)
    desk.page = desk.page.click("Chuyển liên thông")
    assert "2. Sở Xây dựng tỉnh Sơn Hà Mẫu: Thẩm định, 2 ngày làm việc" in desk.text
    fill(desk, 422)
    options = desk.page.forms["f"]["agency_1"].options
    fill(desk, agency_1=next(one for one, _chosen, words in options if "Đồng Mây" in words))
    assert "Đã chuyển liên thông" in desk.page.text
    return code


def test_a_chain_over_three_agencies(site: Site) -> None:
    write_chain(site)
    code = begin(site)
    commune, department = Officer(site, COMMUNE), Officer(site, DEPARTMENT)
    assert "Không có phần việc" in department.go("/can-bo/lien-thong").html.get_text()
    commune.go("/can-bo/lien-thong")
    number = stored(site, code).code
    commune.page = commune.page.click(str(number))
    part = commune.page.request.path
    # Their own part, not the whole dossier; not yet or never that of others.
    assert "Mở toàn bộ hồ sơ" not in commune.text
    commune.client.get(f"/can-bo/ho-so/{code}", status=403)
    # What is handed to an agency is the dossier's content: the declaration with the papers.
    told = commune.page.html.select_one("section[aria-labelledby=to-khai]")
    assert stored(site, code).form["title"] in told.get_text()
    assert told.select("dd")
    department.go(part, status=403)
    later = int(part.rpartition("/")[2]) + 1
    department.go(f"/can-bo/lien-thong/{later}", status=404)
    commune.page = commune.form("/ky-nhan").submit(status=303).follow()
    assert "Đã ký nhận hồ sơ" in commune.page.text
    paper = next(a for a in commune.page.html.select("a") if "Tải về" in a.get_text())
    assert commune.client.get(paper["href"]).status_int == 200
    slip = next(a for a in commune.page.html.select("a") if "Mở phiếu" in a.get_text())
    assert commune.client.get(slip["href"]).content_type == "application/pdf"
    # Late by one working day (Sunday counts for nothing); what is missing keeps what was typed.
    site.clock.move(days=6)
    commune, department = Officer(site, COMMUNE), Officer(site, DEPARTMENT)
    commune.go(part)
    assert "Đang làm, quá hạn" in commune.text
    fill(commune, 422, result="agreed")
    fill(commune, opinion=OPINION)
    assert "Đã ghi xong phần việc" in commune.page.text
    commune.go(part)
    assert OPINION in commune.text
    hand_on(site, code, department, later)


def hand_on(site: Site, code: str, department: Officer, later: int) -> None:
    """From the department to the centre and home to the desk."""
    # The department has its own two days, sees the opinion, and is not the one that is late.
    department.go("/can-bo/lien-thong")
    assert LATE not in department.text
    department.go(f"/can-bo/lien-thong/{later}")
    assert OPINION in department.text
    fill(department, result="done", opinion="Đã thẩm định, đề nghị ký.")
    desk = Officer(site, DESK)
    desk.dossier(code)
    assert "Nơi chậm: Trung tâm Phục vụ hành chính công xã Đồng Mây: 1 ngày làm việc." in desk.text
    assert stored(site, code).status is Status.IN_PROGRESS
    specialist = Officer(site, "chuyenvien@example.vn")
    specialist.go(f"/can-bo/ho-so/{code}")
    with site.database.sessions() as session:
        last = session.scalars(select(ChainPart).where(ChainPart.number == 3)).one()
    specialist.go(f"/can-bo/lien-thong/{last.id}")
    assert "Mở toàn bộ hồ sơ" in specialist.text
    fill(specialist, result="done", opinion="Đã ký kết quả.")
    desk.dossier(code)
    desk.page = desk.form("/lien-thong/ky-nhan").submit(status=303).follow()
    assert "Đã ký nhận kết quả từ cơ quan cuối" in desk.page.text
    assert "Chưa ký nhận" not in desk.text
    assert stored(site, code).due_date == stored(site, code).promised_date
