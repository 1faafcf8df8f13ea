"""A small authority whose database commits, and the systems it talks to."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy import select

from content.dossiers.log import NATIONAL_PORTAL, TELL_OUTSIDE
from content.dossiers.models import Dossier
from content.dossiers.rules import FileLimits
from content.exchange.document_work import DocumentClerk
from content.exchange.documents_http import HttpDocumentSystem
from content.exchange.fetching import Intake
from content.exchange.http import Http
from content.exchange.models import ExchangeMessage, MessageState
from content.exchange.national_http import HttpNationalPortal
from content.exchange.planning import Telling, plan
from content.exchange.receiving import Receiver
from content.exchange.sending import Courier, Ground
from content.files import MemoryStore
from content.outbox import OutboxJob
from content.procedures import publishing
from content.procedures.kinds import Filing
from portal.database import Database
from portal.exchange_parts import media_type
from tests.content.dossiers_service.world import filing_rules
from tests.content.handling_moves.office import Office, open_office
from tests.support.clock import StoppedClock
from tests.support.counterpart import SECRET, Counterpart, counterpart

NUMBER = "G09.20-20261123-0092637"
FILE = "/tep/so-do.pdf"
TOLD = {
    "MaHoSo": NUMBER,
    "MaTTHC": "1.004222",
    "KenhThucHien": "2",
    "ChuHoSo": "Nguyễn Thị Hoa",
    "SoGiayToChuHoSo": "001164012345",
    "LoaiDoiTuong": "0",
    "MaDoiTuong": "CD-77",
    "SoDienThoai": "0912345678",
    "TrichYeuHoSo": "Đăng ký thường trú cho con",
    "NgayNopHoSo": "20261123094500",
    "DonViXuLy": "H99.12",
    "TaiKhoanDuocXacThucVoiVNeID": "1",
    "TaiLieuNop": [
        {
            "TenTepDinhKem": "so-do.pdf",
            "TenThanhPhanHoSo": "Giấy tờ chứng minh chỗ ở hợp pháp",
            "DuongDanTaiTepTin": FILE,
        }
    ],
}
PDF = "%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


@dataclass
class House:
    """The authority, and what its worker does."""

    database: Database
    clock: StoppedClock
    there: Counterpart
    store: MemoryStore = field(default_factory=MemoryStore)

    def __post_init__(self) -> None:
        self.ground = Ground(
            self.database.sessions, self.database.writing_sessions.begin, self.clock
        )
        http = Http(self.there.url, SECRET, patience=1.0)
        portal = HttpNationalPortal(http)
        limits = FileLimits(file=1000, dossier=5000)
        intake = Intake(self.store, lambda _session: filing_rules(), media_type, limits)
        self.courier = Courier(self.ground, portal)
        self.receiver = Receiver(self.ground, portal, intake)
        self.clerk = DocumentClerk(self.ground, HttpDocumentSystem(http), self.store, 1000)

    def open(self) -> Office:
        """Everybody at their desks; the procedure is filed on the national portal."""
        with self.ground.writing() as session:
            office = open_office(session, self.clock())
            office.world.store = self.store
            publishing.set_filing(office.world.procedure, Filing.NATIONAL, information_only=False)
        return office

    def plan(self) -> None:
        """Do the jobs that tell another system, as the worker does."""
        with self.ground.writing() as session:
            jobs = session.scalars(select(OutboxJob).where(OutboxJob.kind == TELL_OUTSIDE)).all()
            for job in jobs:
                plan(session, int(job.key), Telling(lambda t: f"https://x/{t}"), self.clock())
                session.delete(job)

    def arrive(self, **changes: Any) -> None:
        """A dossier waits there and is fetched."""
        self.there.set(waiting=[{**TOLD, **changes}], files={FILE: PDF})
        self.receiver.collect()
        self.receiver.retry()

    def dossiers(self) -> list[Dossier]:
        with self.ground.reading() as session:
            query = select(Dossier).where(Dossier.external_system == NATIONAL_PORTAL)
            found = list(session.scalars(query))
            for one in found:
                assert one.events
                assert one.attachments is not None
            return found

    def waiting(self) -> list[ExchangeMessage]:
        with self.ground.reading() as session:
            query = select(ExchangeMessage).where(ExchangeMessage.state != MessageState.SENT)
            return list(session.scalars(query.order_by(ExchangeMessage.id)))


@pytest.fixture(scope="module")
def process() -> Iterator[Counterpart]:
    """One counterpart for all tests of a module."""
    with counterpart() as found:
        yield found


@pytest.fixture
def there(process: Counterpart) -> Counterpart:
    """The counterpart, fresh."""
    process.stop()
    process.start()
    return process


@pytest.fixture
def house(database: Database, clock: StoppedClock, there: Counterpart) -> House:
    """On SQLite."""
    return House(database, clock, there)


@pytest.fixture
def any_house(any_database: Database, clock: StoppedClock, there: Counterpart) -> House:
    """On SQLite and on PostgreSQL."""
    return House(any_database, clock, there)
