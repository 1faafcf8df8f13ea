"""Other ends on pages: by post, refused with money back, and what the others may not do."""

import pytest

from content.dossiers.models import Delivery
from content.dossiers.states import Status
from tests.portal.desk.closing import (
    CASHIER,
    CITIZEN,
    CLERK,
    DESK,
    LEADER,
    SPECIALIST,
    fill,
    open_act,
    result_form,
    send,
    settle,
    take_all,
)
from tests.support.dossiers import Filed, stored
from tests.support.handling import in_progress
from tests.support.officer import Officer
from tests.support.site import Site

REASON = "Chỗ ở không thuộc trường hợp được đăng ký tạm trú."
#: Enough for any of the forms.
GIVEN = {
    "revision": "99",
    "reason": REASON,
    "kind": "paper",
    "title": "a",
    "number": "1",
    "issued_on": "23/11/2026",
    "signer_name": "b",
    "signer_title": "c",
    "means": "cash",
    "payer": "d",
    "moment": "before",
    "fee": "5",
    "account": "e",
    "legal_basis": "f",
    "recipient": "g",
    "proof": "card",
    "looked": "true",
}


def test_by_post_with_what_the_post_takes(site: Site) -> None:
    filed = Filed(delivery=Delivery.POST, delivery_address="Tổ 3, phường Hà Trung")
    code = in_progress(site, filed)
    clerk, desk = Officer(site, CLERK), Officer(site)
    result_form(clerk, code, kind="paper")
    send(clerk)
    settle(site, code)
    open_act(desk, code, "Trả kết quả")
    assert desk.page.forms["f"]["address"].value == "Tổ 3, phường Hà Trung"
    owed = desk.page.forms["f"]["cod"].value
    fill(desk, tracking="EP123456789VN")
    send(desk)
    assert "Đã ghi gửi bưu chính" in desk.page.text
    assert not desk.page.html.select("a[href*='tra-ket-qua']"), "the post has it"
    desk.go("/can-bo/buu-chinh")
    assert "EP123456789VN" in desk.text
    form = next(one for one in desk.page.forms.values() if "don_vi" in one.fields)
    form["nguoi_nhan"] = "Nguyễn Văn Bưu"
    desk.page = form.submit().follow()
    link = desk.page.html.select_one("main a[href$='.pdf']")["href"]
    assert desk.client.get(link).body.startswith(b"%PDF")
    assert form.submit().follow().text.count("EP123456789VN") > 0, "twice makes one list"
    desk.go("/can-bo/buu-chinh")
    assert len(desk.page.html.select("main a[href$='.pdf']")) == 1

    came_back_and_arrived(site, desk, code, owed)


def came_back_and_arrived(site: Site, desk: Officer, code: str, owed: str) -> None:
    """The first try fails, the second is delivered; the cashier takes what the post took."""
    open_act(desk, code, "Ghi chuyển hoàn")
    fill(desk, reason="Người nhận đi vắng nhiều ngày.")
    send(desk)
    open_act(desk, code, "Trả kết quả")
    fill(desk, tracking="EP123456789VN", cod=owed)
    send(desk, status=422)
    assert "đã ghi cho một kết quả khác" in desk.text
    fill(desk, tracking="EP987654321VN")
    send(desk)
    open_act(desk, code, "Ghi bưu chính đã phát")
    fill(desk, proof="Phiếu báo phát có chữ ký")
    send(desk)
    dossier = stored(site, code)
    assert dossier.status is Status.RETURNED
    assert dossier.events[-1].data["tracking"] == "EP987654321VN"
    cashier = Officer(site, CASHIER)
    cashier.go("/can-bo/thu-phi")
    assert "Chờ thu" in cashier.text
    open_act(cashier, code, "Xác nhận đã thu tiền")
    fill(cashier, means="post", transaction="BK-17")
    send(cashier)
    assert "Đã ghi thu tiền" in cashier.page.text
    assert stored(site, code).status is Status.RETURNED


def test_a_refusal_settled_fees_and_money_back(site: Site) -> None:
    code = in_progress(site)
    desk, leader = Officer(site), Officer(site, LEADER)
    open_act(desk, code, "Xác định phí, lệ phí")
    fill(desk, moment="exempt", exempt_group="Người cao tuổi")
    send(desk, status=422)
    # Whoever need not pay is not therefore exempt: nothing applies to this dossier.
    fill(desk, moment="exempt", exempt_group="", reason="Không thuộc khoản nào phải nộp.")
    send(desk)
    assert "Không phải nộp phí, lệ phí: Không thuộc khoản nào phải nộp. Trần" in desk.text
    assert "Đối tượng miễn phí" not in desk.text
    open_act(desk, code, "Xác định phí, lệ phí")
    fill(desk, moment="exempt", exempt_group="Người cao tuổi", proof="Thẻ căn cước", reason="")
    send(desk)
    assert "Miễn Đối tượng miễn phí: Người cao tuổi (Thẻ căn cước)" in desk.text
    settle(site, code)
    take_all(site, code)
    open_act(desk, code, "Hoàn trả phí, lệ phí")
    fill(desk, reason="Người nộp thuộc đối tượng được miễn.", account="Tiền mặt tại quầy")
    send(desk)
    assert "Đã hoàn phí" in desk.text
    stale = Officer(site, LEADER)
    open_act(stale, code, "Không giải quyết")
    fill(stale, reason=REASON)
    open_act(leader, code, "Không giải quyết")
    fill(leader, reason="Không.")
    send(leader, status=422)
    fill(leader, reason=REASON, legal_basis="Điều 27 Luật Cư trú")
    send(leader)
    assert stored(site, code).status is Status.RESOLVED
    send(stale)
    assert len([one for one in stored(site, code).events if one.to_status is Status.RESOLVED]) == 1
    open_act(desk, code, "Trả kết quả")
    desk.page = desk.page.click("Trực tuyến")
    send(desk)
    assert stored(site, code).status is Status.RETURNED
    citizen = Officer(site, CITIZEN)
    citizen.go(f"/tai-khoan/ho-so/{code}")
    assert REASON in citizen.text
    assert citizen.page.html.select("a[href$='thong-bao-tu-choi.pdf']")


@pytest.mark.parametrize(
    ("who", "path"),
    [
        (SPECIALIST, "hoan-thanh"),
        (DESK, "khong-giai-quyet"),
        (LEADER, "thu-tien"),
        (CLERK, "phi-le-phi"),
        (CASHIER, "yeu-cau-nop-tien"),
        (CLERK, "tra-ket-qua"),
        (DESK, "trinh-ket-qua"),
    ],
)
def test_acts_of_others_are_refused(site: Site, who: str, path: str) -> None:
    code = in_progress(site)
    officer = Officer(site, who)
    officer.dossier(code)
    assert not officer.page.html.select(f"main a[href*='/{path}']")
    assert officer.client.get(f"/can-bo/ho-so/{code}/{path}").status_int == 303
    token = officer.client.get("/dang-nhap").forms["f"]["csrf_token"].value
    given = GIVEN | {"csrf_token": token}
    answered = officer.client.post(f"/can-bo/ho-so/{code}/{path}", given, expect_errors=True)
    assert answered.status_int in (403, 409, 422)
    dossier = stored(site, code)
    assert (dossier.status, len(dossier.events)) == (Status.IN_PROGRESS, 3)
