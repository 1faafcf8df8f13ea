"""The end of a dossier on pages without scripts: money, result, return, the own store."""

import io
import zipfile

from python_calamine import CalamineWorkbook
from sqlalchemy import delete, select
from webtest import Upload

from content.dossiers.holder import Holder
from content.dossiers.models import Dossier
from content.dossiers.states import Status
from content.people.models import Membership
from content.people.roles import Role
from content.procedures.models import Procedure
from tests.portal.desk.closing import (
    CASHIER,
    CITIZEN,
    CLERK,
    LEADER,
    PDF,
    SPECIALIST,
    fill,
    open_act,
    result_form,
    send,
    settle,
    take_all,
)
from tests.support.dossiers import RESIDENCE, account, services, stored, writing
from tests.support.handling import in_progress
from tests.support.officer import ONE_STOP, Officer
from tests.support.site import Site

REASON = "Chỗ ở không thuộc trường hợp được đăng ký tạm trú."


def test_from_the_payment_to_the_result_in_a_hand(site: Site) -> None:
    code = in_progress(site)
    citizen = Officer(site, CITIZEN)
    asked_for_money(site, code, citizen)
    cashier = paid_at_the_cashier(site, code)
    signed_by_the_leader(site, code)
    token = completed_by_the_clerk(site, code)
    citizen.go(f"/tai-khoan/ho-so/{code}")
    assert "15/XN-CA" in citizen.text
    assert not citizen.page.html.select("a[href*='/ket-qua/']"), "not before it was handed over"
    citizen.client.get(f"/tai-khoan/ho-so/{code}/ket-qua/{token}", status=404)
    handed_over(site, code)
    citizen.go(f"/tai-khoan/ho-so/{code}")
    link = citizen.page.html.select_one("a[href*='/ket-qua/']")["href"]
    assert citizen.client.get(link).body == PDF
    check_secret(site, citizen, code, token)
    check_store(site, citizen)
    check_cashbook(site, cashier, code)


def asked_for_money(site: Site, code: str, citizen: Officer) -> None:
    """T10, and what the citizen reads."""
    specialist = Officer(site, SPECIALIST)
    open_act(specialist, code, "Yêu cầu nộp tiền")
    fill(specialist, account="Kho bạc Nhà nước 3713", legal_basis="Thông tư 85/2019/TT-BTC")
    send(specialist, status=422)
    assert "ít nhất một khoản tiền" in specialist.text
    fill(specialist, fee="150000", charge="20000")
    send(specialist)
    assert stored(site, code).status is Status.PAYMENT_ASKED
    assert "Còn phải nộp: 1" in specialist.text
    citizen.go(f"/tai-khoan/ho-so/{code}")
    assert "Ông/bà cần làm: nộp tiền" in citizen.text
    assert "Một trăm bảy mươi nghìn đồng" in citizen.text


def paid_at_the_cashier(site: Site, code: str) -> Officer:
    """T11, once however often it is pressed; two receipts."""
    cashier = Officer(site, CASHIER)
    open_act(cashier, code, "Xác nhận đã thu tiền")
    assert "Phải thu: 170.000 đồng" in cashier.text
    fill(cashier, means="transfer")
    send(cashier, status=422)
    assert "Mục này còn trống" in cashier.text
    # A program that opens the day's spreadsheet must not take it for a formula.
    fill(cashier, transaction="=FT26327")
    slow = cashier.page.forms["f"]
    send(cashier)
    assert stored(site, code).status is Status.IN_PROGRESS
    assert slow.submit("gui").status_int == 303, "a second click reaches the same page"
    assert len(stored(site, code).events) == 5
    for slug in ("bien-lai-phi", "bien-lai-le-phi"):
        answer = cashier.client.get(f"/can-bo/ho-so/{code}/{slug}.pdf")
        assert answer.body.startswith(b"%PDF")
    return cashier


def signed_by_the_leader(site: Site, code: str) -> None:
    """Laid before the leader, meanwhile nobody completes it."""
    specialist, clerk = Officer(site, SPECIALIST), Officer(site, CLERK)
    open_act(specialist, code, "Trình kết quả")
    fill(specialist, reason="Đủ điều kiện đăng ký tạm trú.")
    send(specialist)
    clerk.dossier(code)
    assert not clerk.page.html.select("a[href*='hoan-thanh']")
    leader = Officer(site, LEADER)
    leader.dossier(code)
    leader.page = leader.page.click("Xem và duyệt")
    send(leader)
    assert "văn thư cấp số" in leader.page.text


def completed_by_the_clerk(site: Site, code: str) -> str:
    """T15; the token of the file."""
    clerk = Officer(site, CLERK)
    result_form(clerk, code)
    send(clerk, status=422)
    assert "Ông/bà chọn tệp PDF của kết quả" in clerk.text
    fill(clerk, files=[Upload("ket-qua.pdf", b"MZ no pdf", "application/pdf")])
    send(clerk, status=422)
    assert "không phải loại cổng đọc được" in clerk.text
    assert clerk.page.forms["f"]["number"].value == "15", "nothing typed is lost"
    fill(clerk, files=[Upload("Kết quả.pdf", PDF, "application/pdf")])
    send(clerk)
    assert "Đã ghi kết quả" in clerk.page.text
    assert "15/XN-CA" in clerk.text
    link = clerk.page.html.select_one("main a[href*='/ket-qua/']")["href"]
    assert clerk.client.get(link).body == PDF

    return str(link).rsplit("/", 1)[1]


def handed_over(site: Site, code: str) -> None:
    """T16 at the desk, paid and against proof."""
    desk = Officer(site)
    open_act(desk, code, "Trả kết quả")
    assert "Chưa xác định" in desk.text
    fill(desk, looked=True)
    send(desk, status=422)
    assert "Chưa xác định hồ sơ phải nộp khoản" in desk.text
    assert desk.page.html.select("main a[href$='/phi-le-phi']"), "the way to settle it"
    settle(site, code)
    open_act(desk, code, "Trả kết quả")
    assert "Còn phải nộp" in desk.text
    assert "nộp tiền tại quầy thu phí" in desk.text
    assert not desk.page.html.select("main a[href*='thu-tien']")
    with writing(site) as session:
        desks = select(Dossier.agency_id).where(Dossier.lookup_code == code)
        who = {"account_id": account(session, ONE_STOP).id, "agency_id": session.scalar(desks)}
        session.add(Membership(**who, role=Role.CASHIER))
    open_act(desk, code, "Trả kết quả")
    assert "nộp tiền tại quầy thu phí" not in desk.text
    assert "Phải thu" in desk.page.click("Xác nhận đã thu tiền").text
    with writing(site) as session:
        session.execute(delete(Membership).filter_by(**who, role=Role.CASHIER))
    open_act(desk, code, "Trả kết quả")
    fill(desk, looked=True)
    send(desk, status=422)
    assert "Hồ sơ còn khoản phải nộp" in desk.text
    take_all(site, code)
    open_act(desk, code, "Trả kết quả")
    send(desk, status=422)
    assert "đối chiếu giấy tờ" in desk.text
    fill(desk, looked=True, other_papers="Sổ hộ khẩu cũ")
    send(desk)
    assert stored(site, code).status is Status.RETURNED
    assert "Bản chính trả lại: Sổ hộ khẩu cũ." in desk.text
    assert desk.client.get(f"/can-bo/ho-so/{code}/giay-tra-ket-qua.pdf").body.startswith(b"%PDF")


def check_secret(site: Site, citizen: Officer, code: str, token: str) -> None:
    """With the secret, without an account; and nobody else."""
    secret = citizen.page.html.select_one(".code--small").get_text(strip=True)
    stranger = site.client()
    form = stranger.get("/tra-cuu").forms["toan-bo"]
    form["ma"], form["bi_mat"] = code, secret
    page = form.submit("gui")
    assert "15/XN-CA" in page.text
    download = next(one for one in page.forms.values() if "ket_qua" in one.fields)
    assert download.submit().body == PDF
    site.client().get(f"/tai-khoan/ho-so/{code}/ket-qua/{token}", status="3*")
    other = Officer(site, SPECIALIST)
    other.client.get(f"/tai-khoan/ho-so/{code}/ket-qua/{token}", status=(403, 404))


def check_store(site: Site, citizen: Officer) -> None:
    """What is in the store is used again, and taken out of it."""
    citizen.go("/tai-khoan")
    citizen.page = citizen.page.click("Xem giấy tờ, kết quả điện tử của tôi")
    assert "Xác nhận đăng ký tạm trú" in citizen.text
    link = citizen.page.html.select_one("main h2 a")["href"]
    assert citizen.client.get(link).body == PDF
    Officer(site, SPECIALIST).client.get(link, status=404)
    use_again(site, citizen)
    citizen.go("/tai-khoan/kho-giay-to")
    papers = len(citizen.page.html.select("main h2"))
    form = [one for one in citizen.page.forms.values() if "bo" in one.fields][-1]
    response = form.submit().follow()
    assert len(response.html.select("main h2")) == papers - 1
    form.submit(status=404)


def use_again(site: Site, citizen: Officer) -> None:
    """The same paper is asked for in a new application: one press takes it from the store."""
    key = draft_begun(site)
    address = f"/nop-ho-so/{RESIDENCE}/{key}"
    citizen.go(f"{address}/giay-to")
    assert "Có sẵn trong kho giấy tờ của ông/bà" in citizen.text
    form = next(one for one in citizen.page.forms.values() if "cho" in one.fields)
    token = form["giay"].value
    citizen.page = form.submit().follow()
    assert "Đã lấy giấy tờ từ kho" in citizen.page.text
    assert "so-do.pdf" in citizen.text
    assert "Có sẵn trong kho giấy tờ" not in citizen.text, "it is there now"
    form["cho"].force_value("paper:99")
    form.submit(status=404)
    stranger = Officer(site, SPECIALIST)
    csrf = stranger.client.get("/can-bo").html.select_one("[name=csrf_token]")["value"]
    given = {"csrf_token": csrf, "giay": token, "cho": "paper:1"}
    stranger.client.post(f"{address}/kho-giay-to", given, status=(403, 404))


def draft_begun(site: Site) -> str:
    """A further application of the citizen; its key."""
    with writing(site) as session:
        drafts, _ = services(site, session)
        procedure = session.scalars(select(Procedure).where(Procedure.code == RESIDENCE)).one()
        owner = account(session, CITIZEN)
        draft = drafts.begin(procedure, Holder(account_id=owner.id))
        return draft.key


def check_cashbook(site: Site, cashier: Officer, code: str) -> None:
    """The day with its receipts, on screen and as a spreadsheet."""
    number = stored(site, code).code
    cashier.go("/can-bo/thu-phi?ngay=22/11/2026")
    assert number not in cashier.text
    cashier.go("/can-bo/thu-phi?ngay=23/11", status=422)
    assert "“23/11” chưa phải là một ngày có thật" in cashier.text
    assert number in cashier.text
    assert "01/BLP-2026" in cashier.text
    rows = cashier.page.html.select("tbody tr")
    total = cashier.page.html.select_one("caption").get_text(strip=True)
    answer = cashier.page.click("Tải bảng tính")
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.body))
    told = book.get_sheet_by_index(0).to_python()
    assert [row[0] for row in told[2 : 2 + len(rows)]] == [
        row.select_one("th").get_text(strip=True) for row in rows
    ]
    assert told[2 + len(rows)][0] == "Tổng thu"
    assert told[2 + len(rows)][6] == sum(row[6] for row in told[2 : 2 + len(rows)]) > 0
    assert "=FT26327" in [cell for row in told for cell in row]
    with zipfile.ZipFile(io.BytesIO(answer.body)) as parts:
        assert 'quotePrefix="1"' in parts.read("xl/styles.xml").decode()
        assert "<f>" not in parts.read("xl/worksheets/sheet1.xml").decode()
    assert "tổng thu" in total
    assert "chưa thu khoản nào" in cashier.page.click("Ngày trước").text
    Officer(site, SPECIALIST).client.get("/can-bo/thu-phi", status=403)
