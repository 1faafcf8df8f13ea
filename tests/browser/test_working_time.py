"""An administrator adds a day off and sees whose date it touches; a chain over three agencies,
begun at the desk and ended on a phone in a commune. Every page is looked at."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import select

from content.dossiers.chain_keeping import ChainKeeper
from content.dossiers.chain_models import ChainOrder
from content.procedures.models import Procedure
from tests.browser.chromium import NARROW, WIDE, Visitor, Way, signed_in
from tests.support.dossiers import (
    RESIDENCE,
    Filed,
    accept,
    agency,
    file_all,
    limit_of,
    stored,
    writing,
)
from tests.support.exchange import after_an_outage
from tests.support.site import Site


@pytest.fixture
def people(browser: Browser, base: str) -> Iterator[dict[str, Visitor]]:
    """Administrator and desk wide, the commune's officer with a phone, then a department and
    the centre."""
    ways = {"quantri": WIDE, "motcua": WIDE, "dongmay": NARROW, "soxaydung": WIDE}
    ways |= {"chuyenvien": NARROW}
    found = {
        name: signed_in(browser, base, Way(width), f"{name}@example.vn")
        for name, width in ways.items()
    }
    yield found
    for one in found.values():
        one.close()


def chain_in_use(site: Site) -> None:
    """Commune, department, centre."""
    with writing(site) as session:
        limit_of(session, RESIDENCE, {"value": 5, "unit": "ngày làm việc", "text": None})
        procedure = session.scalars(select(Procedure).where(Procedure.code == RESIDENCE)).one()
        keeper = ChainKeeper(session, site.clock(), None)
        chain = keeper.save(procedure, ChainOrder.ONE_BY_ONE, "Khoản 7 Điều 19", revision=0)
        session.flush()
        for slug, task, days in (
            ("xa-dong-may", "Thẩm tra tại địa bàn", 2),
            ("so-xay-dung", "Thẩm định", 2),
            ("trung-tam-tinh", "Trình ký", 1),
        ):
            home = agency(session, slug)
            values = {"agency_id": home.id, "task": task, "working_days": days, "leads": False}
            keeper.save_task(chain, None, values, revision=chain.revision)
            session.flush()
        keeper.put_in_use(chain, revision=chain.revision)


def test_a_day_off_and_a_chain(people: dict[str, Visitor], site: Site) -> None:
    chain_in_use(site)
    code = file_all(site, Filed(agency="trung-tam-tinh"))[0]
    accept(site, code)
    number = str(stored(site, code).code)
    site.clock.move(minutes=5)
    keeper = people["quantri"]
    keeper.go("/quan-tri/lich-lam-viec", name="working-time-01-calendar")
    keeper.press("Thêm ngày nghỉ, ngày hoán đổi", role="link")
    keeper.page.locator('main [name="day"]').fill("26/11/2026")
    keeper.page.locator('main [name="name"]').fill("Quốc tang")
    keeper.page.locator('main [name="legal_basis"]').fill("Quyết định 99/QĐ-TTg")
    keeper.press("Xem hồ sơ bị ảnh hưởng", name="working-time-02-preview")
    expect(keeper.page.locator("main")).to_contain_text(number)
    keeper.press("Ghi vào lịch", name="working-time-03-written")
    announce_hours(keeper)
    keeper.go(f"/quan-tri/cach-xu-ly?q={RESIDENCE}", name="working-time-04-handling")
    keeper.press(r"liên thông", role="link", name="working-time-05-chain")
    after_an_outage(site, code)
    keeper.way = Way(WIDE, also=NARROW)
    keeper.go("/quan-tri/trao-doi", name="working-time-13-exchange")
    expect(keeper.page.locator("main")).to_contain_text("Bộ Công an đã xác nhận")

    desk = people["motcua"]
    desk.go(f"/can-bo/ho-so/{code}")
    desk.press("Chuyển liên thông…", role="link", name="working-time-06-begin")
    desk.press("Chuyển liên thông", name="working-time-07-dossier")
    # The chain ends on the day of the receipt, though a day off was decided since.
    expect(desk.page.locator("main tbody tr").last).to_contain_text("01/12/2026")
    desk.go(f"/can-bo/ho-so/{code}/thoi-han", name="working-time-08-clock")

    do_part(people["dongmay"], number, "Đã thẩm tra, đúng thực tế.")
    desk.way = Way(WIDE, also=NARROW)
    desk.go(f"/can-bo/ho-so/{code}", name="working-time-12-second")
    expect(desk.page.locator("main")).to_contain_text("Sở Xây dựng")
    do_part(people["soxaydung"], number, "Đã thẩm định, đề nghị ký.")
    do_part(people["chuyenvien"], number, "Đã ký kết quả.")
    desk.go(f"/can-bo/ho-so/{code}", name="working-time-14-home")
    desk.press("Ký nhận kết quả", name="working-time-15-signed")
    expect(desk.page.locator("main")).not_to_contain_text("Chưa ký nhận")


def announce_hours(keeper: Visitor) -> None:
    """Hours of a winter that is to come."""
    keeper.go("/quan-tri/gio-lam-viec/trung-tam-tinh/tu-ngay", name="working-time-16-hours")
    keeper.page.locator('main [name="begins"]').fill("04/01/2027")
    keeper.page.locator('main [name="hours"]').fill("T2-T6: 07:00-11:30, 13:30-17:00")
    keeper.way = Way(WIDE, also=NARROW)
    keeper.press("Hẹn giờ làm việc mới", name="working-time-17-announced")
    expect(keeper.page.locator("main")).to_contain_text("Từ Thứ Hai, 04/01/2027")
    keeper.way = Way(WIDE)


def do_part(me: Visitor, number: str, opinion: str) -> None:
    """One agency's part: found, signed for, done."""
    me.go("/can-bo/lien-thong", name="working-time-09-parts")
    me.press(number, role="link", name="working-time-10-part")
    me.press("Ký nhận hồ sơ")
    me.page.get_by_label("Đã làm xong").check()
    me.page.locator('main [name="opinion"]').fill(opinion)
    me.press("Ghi xong phần việc", name="working-time-11-done")
