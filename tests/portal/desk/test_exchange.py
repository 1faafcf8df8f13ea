"""A dossier of the national portal on the desk's pages, the queues, drafts for signature."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import delete, select
from webtest import Upload

from content.dossiers.log import TELL_OUTSIDE
from content.dossiers.models import Dossier
from content.dossiers.states import Status
from content.exchange.documents import DraftHandOff
from content.files import DiskStore
from content.outbox import OutboxJob
from content.procedures import publishing
from content.procedures.kinds import Filing
from content.procedures.models import Procedure
from content.seed.month.invented import a_page
from portal.exchange_parts import Aside, ExchangeWork
from portal.exchange_settings import Exchange
from portal.worker import Timer, Worker
from tests.content.signing.making import authority, by_hand
from tests.support.clock import StoppedClock
from tests.support.counterpart import SECRET, Counterpart, counterpart
from tests.support.dossiers import RESIDENCE, WARD, agency, writing
from tests.support.handling import hand_over
from tests.support.officer import Officer
from tests.support.site import Site, open_site

pytestmark = pytest.mark.enable_socket
NUMBER, FILE = "G09.20-20261123-0092637", "/tep/so-do.pdf"
PDF = "%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
QUEUE = "/quan-tri/trao-doi"
SIGNED = {
    "MaVanBan": "VB-1",
    "So": "15",
    "KyHieu": "GXN-UBND",
    "NgayBanHanh": "20261123",
    "NguoiKy": "Hoàng Thị Lãnh",
    "ChucVu": "Chủ tịch",
    "TepDaKy": "/ky.pdf",
}


@pytest.fixture
def there() -> Iterator[Counterpart]:
    with counterpart() as found:
        yield found


@pytest.fixture
def site(sample: Path, tmp_path: Path, clock: StoppedClock, there: Counterpart) -> Iterator[Site]:
    """The sample with both systems set up; one procedure is filed on the national portal."""
    chosen = Exchange(
        national_url=there.url,
        national_secret=SECRET,
        documents_url=there.url,
        documents_secret=SECRET,
        patience=2,
    )
    with open_site(sample, tmp_path, clock, exchange=chosen) as found:
        with writing(found) as session:
            query = select(Procedure).where(Procedure.code == RESIDENCE)
            for one in session.scalars(query):
                publishing.set_filing(one, Filing.NATIONAL, information_only=False)
        yield found


class House:
    """What the worker does, one round at a time."""

    def __init__(self, site: Site, there: Counterpart) -> None:
        self.site, self.there = site, there
        store = DiskStore(site.settings.blob_dir)
        self.work = ExchangeWork(site.database, store, site.settings, site.clock)
        handlers = self.work.handlers()
        others = dict.fromkeys(("mail", "letter", "content.changed"), lambda _jobs: None)
        self.worker = Worker(site.database, site.clock, {**others, **handlers})

    def round(self) -> None:
        self.site.clock.move(minutes=3)
        self.worker.drain()
        self.work.round()

    def arrive(self) -> Dossier:
        with self.site.database.sessions() as session:
            code = agency(session, WARD).code
        told = {
            "MaHoSo": NUMBER,
            "MaTTHC": RESIDENCE,
            "ChuHoSo": "Nguyễn Thị Hoa",
            "DonViXuLy": code,
            "NgayNopHoSo": "20261123094500",
            "TaiLieuNop": [{"TenTepDinhKem": "so-do.pdf", "DuongDanTaiTepTin": FILE}],
        }
        self.there.set(waiting=[told], files={FILE: PDF})
        self.round()
        return self.dossier()

    def dossier(self) -> Dossier:
        with self.site.database.sessions() as session:
            return session.scalars(select(Dossier).where(Dossier.external_id == NUMBER)).one()

    def states(self) -> list[str]:
        told = [one["DuLieu"] for one in self.there.kept()["messages"]]
        return [one["HoSo"]["TrangThaiHoSo"] for one in told if "HoSo" in one]


def test_a_national_dossier_from_the_public_page_to_the_result(
    site: Site, there: Counterpart
) -> None:
    house = House(site, there)
    public = site.client().get(f"/thu-tuc/{RESIDENCE}")
    assert "Nộp trên Cổng Dịch vụ công quốc gia" in public.text
    assert RESIDENCE in public.html.select_one("main").get_text()
    elsewhere = site.client().get(f"/nop-ho-so/{RESIDENCE}").html.select_one("main")
    assert f"Mã thủ tục để tìm ở đó: {RESIDENCE}" in elsewhere.get_text(" ", strip=True)
    number = received(house)
    through_an_outage(house, number)
    files_for_the_other_side(house)
    signed_elsewhere(house, number)
    in_a_thread_of_its_own(house)
    told = [one["DuLieu"]["HoSo"] for one in there.kept()["messages"] if "HoSo" in one["DuLieu"]]
    last = told[-1]
    assert last["DanhSachGiayToKetQua"][0]["MaGiayToKetQua"] == "15/GXN-UBND"


def in_a_thread_of_its_own(house: House) -> None:
    """As the worker that runs for ever does it. The jobs are gone: it was off meanwhile, and
    tells what happened all the same."""
    with writing(house.site) as session:
        session.execute(delete(OutboxJob).where(OutboxJob.kind == TELL_OUTSIDE))
    house.work.is_behind = True
    aside = Aside(house.work)
    timers = tuple(Timer(*one) for one in aside.timers())
    worker = Worker(house.site.database, house.site.clock, aside.handlers(), timers)
    worker.run_timers()
    assert aside._thread is not None
    aside._thread.join(20)
    assert house.states() == ["4", "9"]


def received(house: House) -> str:
    """It lies on the desk and is accepted there; its look-up code."""
    number = house.arrive().lookup_code
    desk = Officer(house.site)
    desk.go("/can-bo")
    assert "Nguyễn Thị Hoa" in desk.text
    desk.dossier(number)
    assert "nộp trên Cổng Dịch vụ công quốc gia" in desk.text
    assert NUMBER in desk.text
    assert "so-do.pdf" in desk.text
    desk.accept()
    house.round()
    assert house.states() == ["2"]
    desk.go(QUEUE, status=403)
    return number


def through_an_outage(house: House, number: str) -> None:
    """The counterpart goes down; the desk goes on and the queue says why."""
    house.there.stop()
    hand_over(house.site, number)
    house.round()
    assert house.dossier().status is Status.IN_PROGRESS
    keeper = Officer(house.site, "quantri@example.vn")
    keeper.go(QUEUE)
    assert "Không kết nối được" in keeper.text
    assert "Không hỏi được" in keeper.text
    assert "Đã thử 1 lần" in keeper.text
    desk = Officer(house.site)
    desk.dossier(number)
    assert "Chưa gửi được" in desk.text
    house.there.start()
    pressed = next(f for f in keeper.page.forms.values() if f.action == f"{QUEUE}/gui-lai")
    keeper.page = pressed.submit(status=303).follow()
    assert "Đang gửi lại" in keeper.page.text
    house.worker.drain()
    assert house.states() == ["4"]  # what it knew before it has forgotten
    keeper.go(QUEUE)
    assert "Không có thông điệp nào chờ gửi" in keeper.text


def files_for_the_other_side(house: House) -> None:
    """Fetched with the secret, by nobody else."""
    site = house.site
    with site.database.sessions() as session:
        token = session.get(Dossier, house.dossier().id).attachments[0].token
    address, key = f"/trao-doi/tep/{token}", {"Authorization": f"Bearer {SECRET}"}
    fetched = site.client().get(address, headers=key)
    assert fetched.body == PDF.encode()
    assert "no-store" in fetched.headers["Cache-Control"]
    site.client().get(address, status=404)
    site.client().get(address, headers={"Authorization": "Bearer sai"}, status=404)
    site.client().get("/trao-doi/tep/khong-co", headers=key, status=404)


def signed_elsewhere(house: House, number: str) -> None:
    """A draft goes to the document management and comes back as the result."""
    specialist = Officer(house.site, "chuyenvien@example.vn")
    specialist.go(f"/can-bo/ho-so/{number}/trinh-ky")
    label = specialist.page.html.select_one("label[for=f-file]").text
    assert label.strip() == "Tệp dự thảo", "what is refused without is not called optional"
    form = specialist.page.forms["f"]
    form["title"], form["note"] = "Giấy xác nhận cư trú", "Trình anh ký."
    again = form.submit(status=422)
    assert "chọn một tệp dự thảo" in again.text
    form = again.forms["f"]
    assert form["title"].value == "Giấy xác nhận cư trú"
    form["file"] = Upload("du-thao.pdf", PDF.encode(), "application/pdf")
    specialist.page = form.submit(status=303).follow()
    assert "Chờ gửi sang hệ thống văn bản" in specialist.text
    house.round()
    with house.site.database.sessions() as session:
        draft = session.scalars(select(DraftHandOff)).one()
    keeper = Officer(house.site, "quantri@example.vn")
    keeper.go(QUEUE)
    assert "Đang trình ký" in keeper.text
    ca = authority(house.site.clock())
    back = by_hand(a_page("Ket qua"), ca.leader, house.site.clock())
    files = {"/ky.pdf": back.decode("latin-1")}
    house.there.set(files=files, signed=[{**SIGNED, "Khoa": draft.key}])
    house.round()
    clerk = Officer(house.site, "vanthu@example.vn")
    clerk.dossier(number)
    assert "Số 15/GXN-UBND, ngày 23/11/2026" in clerk.text
    one = f"/can-bo/ho-so/{number}/trinh-ky"
    clerk.go(f"{one}/{draft.id}/ket-qua")
    assert "người ký: Hoàng Thị Lãnh" in clerk.text
    # What the file itself says of who signed; nobody was named here to be believed.
    assert "Hoàng Văn Lãnh ký số lúc" in clerk.text
    assert "chưa xác định được người ký có tin cậy" in clerk.text
    clerk.page = clerk.page.forms["f"].submit("gui", status=303).follow()
    assert "15/GXN-UBND" in clerk.text
    assert house.dossier().status is Status.RESOLVED
    assert clerk.client.get(f"{one}/{draft.id}/tep").body == back
    # What is another dossier's, or nobody's, is not there.
    clerk.go(f"{one}/999/ket-qua", status=404)
    clerk.go(f"{one}/999/tep", status=404)
