"""An opinion answered by the asked unit, a procedure received elsewhere: looked at wide and on a
phone."""

from datetime import date

from playwright.sync_api import Browser, expect

from content.dossiers.opinions import OpinionService, Question
from content.dossiers.routing import Receiver
from content.procedures.reception_places import save_place
from tests.browser.chromium import NARROW, WIDE, Way, signed_in
from tests.support.dossiers import account, agency, services
from tests.support.handling import in_progress, opened
from tests.support.site import Site

DUE = date(2026, 11, 25)
BOTH = Way(WIDE, also=NARROW)
PLACE = {
    "place": "Đội kiểm tra lưu động",
    "address": "Số 9 đường Bờ Sông, phường Hà Trung Mẫu",
    "hours": "Thứ Ba, Thứ Năm: 08:00-11:00",
    "phone": "02030000000",
    "reason": "Người nộp phải mang phương tiện đến kiểm tra tại chỗ.",
    "legal_basis": "Quyết định số 12/QĐ-UBND ngày 05/01/2026",
}


def test_an_opinion_and_a_place(browser: Browser, base: str, site: Site) -> None:
    code = in_progress(site)
    with opened(site, code) as (session, dossier):
        save_place(session, dossier.procedure, PLACE, revision=0, actor_id=None, now=site.clock())
        service = OpinionService(session, site.clock(), services(site, session)[1].rules)
        unit, papers = agency(session, "so-xay-dung"), (dossier.attachments[0].token,)
        question = Question(Receiver(unit.id), "Có vướng quy hoạch không?", DUE, papers)
        service.ask(dossier, account(session, "chuyenvien@example.vn"), question)
    asked = signed_in(browser, base, BOTH, "soxaydung@example.vn")
    asked.page.goto("/can-bo/y-kien")
    asked.follow(asked.page.locator("main tbody a").first, name="opinions-01-question")
    asked.page.locator('main [name="answer"]').fill("Nhà không thuộc diện quy hoạch.")
    asked.leave(asked.page.get_by_role("button", name="Gửi ý kiến"))
    expect(asked.page.locator("body")).to_contain_text("Đã gửi ý kiến cho đơn vị hỏi.")
    asked.close()
    keeper = signed_in(browser, base, BOTH, "quantri@example.vn")
    keeper.go("/noi-tiep-nhan/ngoai-mot-cua", name="opinions-02-elsewhere")
    keeper.page.goto("/quan-tri/noi-tiep-nhan")
    keeper.follow(keeper.page.locator("main tbody a").first, name="opinions-03-place")
    keeper.close()
