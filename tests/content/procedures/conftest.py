"""A stocked catalogue: the whole sample, adopted, on SQLite; and records made at hand."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from content import changes
from content.models import Base
from content.procedures import importing
from content.procedures.decisions import PublicationDecision
from content.procedures.models import ProcedureVersion
from content.procedures.reading import Row
from content.seed.catalogue import RECORDS, seed_catalogue
from portal.database import make_engine
from tests.support.clock import StoppedClock

NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)


@cache
def sample_data() -> bytes:
    return RECORDS.read_bytes()


@cache
def sample_records() -> list[dict[str, Any]]:
    return [json.loads(line) for line in sample_data().decode().splitlines()]


def record(**fields: Any) -> dict[str, Any]:
    """A small whole record."""
    return {
        "code": "1.000001",
        "name": "Đăng ký thử",
        "field": "Hộ tịch",
        "field_group": "Hộ tịch",
        "level": "xã",
        "levels": ["xã"],
        "authority": "Ủy ban nhân dân cấp xã",
        "ministry": "Bộ Tư pháp",
        "time_limit": {"value": 3, "unit": "ngày làm việc", "text": None},
        "fee": [{"kind": "lệ phí", "amount": 8000, "unit": "đồng/bản", "condition": None}],
        "channels": ["trực tiếp", "trực tuyến"],
        "dossier": [
            {"name": "Tờ khai", "originals": 1, "copies": 0, "form_name": None, "case": None},
            {
                "name": "Văn bản ủy quyền",
                "originals": 1,
                "copies": 0,
                "case": "Trường hợp ủy quyền",
            },
        ],
        "forms": [{"code": None, "file": "to-khai.docx", "for": "Tờ khai"}],
        "legal_bases": [{"number": "60/2014/QH13", "date": "2014-11-20"}],
        "service_level": "toàn trình",
        "result": "Bản sao",
        "applicants": ["Công dân Việt Nam"],
        "requirements": None,
        "decision_no": "1/QĐ-BTP",
        "as_of": "2026-07",
        "source": "kept for editors",
        "official_url": "https://dichvucong.gov.vn/x",
        "local_variants": [],
        "missing": [],
        "completeness": "full",
        **fields,
    }


def rows(*records: Any) -> Iterator[Row]:
    return (Row(number, one) for number, one in enumerate(records, start=1))


def take_in(session: Session, *records: Any, now: datetime = NOW) -> list[ProcedureVersion]:
    """Import records; what comes out is flushed."""
    written = importing.apply(session, importing.plan(session, rows(*records)), now=now)
    return [session.get_one(ProcedureVersion, one) for one in written]


def decision(number: str = "12/QĐ-UBND", **fields: Any) -> PublicationDecision:
    given = {"signed_on": date(2026, 8, 3), "effective_on": date(2026, 8, 10), **fields}
    return PublicationDecision(number=number, agency="UBND tỉnh Sơn Hà Mẫu", **given)


def adopted(session: Session, *records: Any, **fields: Any) -> list[ProcedureVersion]:
    """Import records and adopt them."""
    versions = take_in(session, *records)
    importing.adopt(session, decision(**fields), [one.id for one in versions], now=NOW)
    return versions


@pytest.fixture(scope="session")
def stocked_engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A SQLite file with the sample catalogue; tests roll back what they change."""
    engine = make_engine(f"sqlite:///{tmp_path_factory.mktemp('stocked')}/portal.sqlite3")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        changes.install(session, lambda: NOW)
        list(seed_catalogue(session, NOW))
        session.commit()
    yield engine
    engine.dispose()


@pytest.fixture
def stocked(stocked_engine: Engine, clock: StoppedClock) -> Iterator[Session]:
    """A session on the sample catalogue."""
    with stocked_engine.connect() as connection:
        transaction = connection.begin()
        session = Session(
            connection, join_transaction_mode="create_savepoint", expire_on_commit=False
        )
        changes.install(session, clock)
        yield session
        session.close()
        transaction.rollback()
