"""Sample accounts, for development only: one for each part in the house, and officers of
agencies that take part in joint handling."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.agencies.models import Agency
from content.people.identity import email_key
from content.people.models import Account, AccountKind
from content.people.roles import Role
from content.people.service import Hasher, PeopleService

SAMPLE_PASSWORD = "mot-cua-2026"  # noqa: S105 - printed at every start of a sample site


@dataclass(frozen=True)
class SampleAccount:
    """Who it is and what they do; officials work at the root of the agency tree."""

    email: str
    name: str
    title: str
    role: Role | None = None


SAMPLE_ACCOUNTS = (
    SampleAccount("congdan@example.vn", "Nguyễn Thị Mẫu", "Công dân"),
    SampleAccount("motcua@example.vn", "Trần Văn Một", "Cán bộ một cửa", Role.ONE_STOP),
    SampleAccount("chuyenvien@example.vn", "Lê Thị Chuyên", "Chuyên viên", Role.SPECIALIST),
    SampleAccount("truongphong@example.vn", "Phạm Văn Phòng", "Lãnh đạo phòng", Role.HEAD),
    SampleAccount("lanhdao@example.vn", "Hoàng Thị Lãnh", "Lãnh đạo đơn vị", Role.LEADER),
    SampleAccount("vanthu@example.vn", "Vũ Thị Văn", "Văn thư", Role.CLERK),
    SampleAccount("thuquy@example.vn", "Đỗ Văn Quỹ", "Cán bộ thu phí", Role.CASHIER),
    SampleAccount("bientap@example.vn", "Bùi Thị Biên", "Biên tập viên", Role.EDITOR),
    SampleAccount(
        "truongbientap@example.vn", "Đặng Văn Tập", "Trưởng ban biên tập", Role.CHIEF_EDITOR
    ),
    SampleAccount("quantri@example.vn", "Ngô Thị Quản", "Quản trị hệ thống", Role.ADMINISTRATOR),
)


@dataclass(frozen=True)
class UnitAccount:
    """An official who works at one agency and not at the root."""

    email: str
    name: str
    title: str
    role: Role
    agency: str


#: Agencies of a chain; they see their own part only. Same password.
UNIT_ACCOUNTS = (
    UnitAccount(
        "hatrung@example.vn",
        "Mai Thị Trung",
        "Chuyên viên phường Hà Trung Mẫu",
        Role.SPECIALIST,
        "phuong-ha-trung-mau",
    ),
    UnitAccount(
        "dongmay@example.vn",
        "Cao Văn Mây",
        "Chuyên viên xã Đồng Mây",
        Role.SPECIALIST,
        "xa-dong-may",
    ),
    UnitAccount(
        "soxaydung@example.vn",
        "Đinh Thị Xây",
        "Chuyên viên Sở Xây dựng",
        Role.SPECIALIST,
        "so-xay-dung",
    ),
)


def seed_people(session: Session, now: datetime, hasher: Hasher) -> Iterator[str]:
    """Add the sample accounts that are missing; yields one line on what was done."""
    root = session.scalars(select(Agency).where(Agency.parent_id.is_(None))).one()
    known = set(session.scalars(select(Account.email_key)))
    people = PeopleService(session, hasher, now)
    missing = [one for one in SAMPLE_ACCOUNTS if email_key(one.email) not in known]
    for one in missing:
        people.register(
            email=one.email,
            name=one.name,
            password=SAMPLE_PASSWORD,
            kind=AccountKind.OFFICIAL if one.role else AccountKind.CITIZEN,
            memberships=[(root.id, one.role)] if one.role else [],
            is_sample=True,
        )
    homes = {one.slug: one.id for one in session.scalars(select(Agency))}
    for unit in UNIT_ACCOUNTS:
        if email_key(unit.email) in known:
            continue
        people.register(
            email=unit.email,
            name=unit.name,
            password=SAMPLE_PASSWORD,
            kind=AccountKind.OFFICIAL,
            memberships=[(homes[unit.agency], unit.role)],
            is_sample=True,
        )
    yield f"Tài khoản mẫu: thêm {len(missing)}, đã có {len(SAMPLE_ACCOUNTS) - len(missing)}."
