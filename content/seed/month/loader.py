"""The sample month: some hundred dossiers of forty procedures, up to the present instant.

Run again it adds nothing. The caller commits: all of the month comes into the database, or
nothing of it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from content.agencies.models import Agency
from content.dossiers.models import DossierEvent
from content.dossiers.rules import FilingRules
from content.files import FileService
from content.orm import Base
from content.people.identity import email_key
from content.people.models import Account, AccountKind
from content.people.roles import Role
from content.people.service import Hasher, PeopleService
from content.procedures.models import Procedure
from content.seed.month.cast import Cast, add_rules, cast_of
from content.seed.month.courses import Course, a_course
from content.seed.month.joint import add_chains
from content.seed.month.playing import Played, play
from content.seed.month.stage import Stage
from content.seed.people import SAMPLE_PASSWORD
from content.words import local

DOSSIERS = 400
PROCEDURES = 40
#: Another number tells another month.
SEED = 2026

#: Colleagues of the sample's own people: address, name, role; all at the root, as these are.
OFFICERS = (
    ("mau.motcua2@example.vn", "Lý Thị Quầy", Role.ONE_STOP),
    ("mau.motcua3@example.vn", "Đinh Văn Đón", Role.ONE_STOP),
    ("mau.motcua4@example.vn", "Mai Thị Tiếp", Role.ONE_STOP),
    ("mau.chuyenvien2@example.vn", "Phan Văn Thẩm", Role.SPECIALIST),
    ("mau.chuyenvien3@example.vn", "Chu Thị Định", Role.SPECIALIST),
    ("mau.chuyenvien4@example.vn", "Tạ Văn Xét", Role.SPECIALIST),
    ("mau.truongphong2@example.vn", "Cao Thị Trưởng", Role.HEAD),
    ("mau.lanhdao2@example.vn", "Dương Văn Ký", Role.LEADER),
    ("mau.vanthu2@example.vn", "Trịnh Thị Dấu", Role.CLERK),
    ("mau.thuquy2@example.vn", "Hồ Văn Thu", Role.CASHIER),
)
CITIZENS = tuple((f"mau.nguoidan{n}@example.vn", f"Người dân mẫu {n}") for n in range(1, 13))


@dataclass(frozen=True)
class Surroundings:
    """What the month is played with."""

    files: FileService
    rules: FilingRules
    now: datetime


def seed_month(
    session: Session, around: Surroundings, hasher: Hasher, count: int = DOSSIERS
) -> Iterator[Played | str]:
    """Play the month; yields how far it is, and at the end a line on what was done."""
    known = played_before(session)
    if known:
        yield f"Tháng mẫu: đã có {known} hồ sơ, không thêm."
        return
    added = add_people(session, hasher, around.now)
    today = local(around.now).date()
    procedures = cast_of(session, around.rules, today, PROCEDURES).procedures
    add_rules(session, procedures)
    add_chains(session, around.now, procedures)
    cast = cast_of(session, around.rules, today, PROCEDURES)
    courses = courses_of(cast, count)
    last = Played(0, 0, around.now)
    kept = kept_in_memory(session, cast)

    @contextmanager
    def stages(moment: datetime) -> Iterator[Stage]:
        yield Stage(session, around.files, around.rules, cast, moment)
        session.flush()  # each act finds what the one before has written

    for last in play(courses, stages, around.rules.calendar, around.now):
        yield last
    del kept
    yield (
        f"Tháng mẫu: thêm {last.dossiers} hồ sơ của {len(cast.procedures)} thủ tục, "
        f"{last.acts} việc; {added} tài khoản mẫu."
    )


def courses_of(cast: Cast, count: int, share: int = 0, shares: int = 1) -> list[Course]:
    """The courses of a month, or of one share of it where several play."""
    wanted = range(1 + share, count + 1, shares)
    return [a_course(number, SEED, cast.choices) for number in wanted]


def played_before(session: Session) -> int:
    """How many dossiers the month's own people have received or filed: 0 before the first run."""
    addresses = [email_key(one) for one in _addresses()]
    query = (
        select(func.count(DossierEvent.dossier_id.distinct()))
        .join(Account, Account.id == DossierEvent.actor_id)
        .where(Account.email_key.in_(addresses), Account.is_sample)
    )
    return session.scalar(query) or 0


def add_people(session: Session, hasher: Hasher, now: datetime) -> int:
    """The month's people who are missing; how many were added."""
    root = session.scalars(select(Agency).where(Agency.parent_id.is_(None))).one()
    known = set(session.scalars(select(Account.email_key)))
    people, added = PeopleService(session, hasher, now), 0
    roles = {address: role for address, _name, role in OFFICERS}
    for address, name in [*((a, n) for a, n, _ in OFFICERS), *CITIZENS]:
        if email_key(address) in known:
            continue
        role = roles.get(address)
        people.register(
            email=address,
            name=name,
            password=SAMPLE_PASSWORD,
            kind=AccountKind.OFFICIAL if role else AccountKind.CITIZEN,
            memberships=[(root.id, role)] if role else [],
            is_sample=True,
        )
        added += 1
    return added


def kept_in_memory(session: Session, cast: Cast) -> list[Base]:
    """What every act reads; a session forgets what nobody holds, and would read it again."""
    known = {*cast.procedures, *cast.visits}
    procedures = session.scalars(select(Procedure).where(Procedure.id.in_(known))).all()
    versions = [one.current_version for one in procedures if one.current_version is not None]
    accounts = session.scalars(select(Account).where(Account.is_sample)).all()
    return [*procedures, *versions, *accounts, *session.scalars(select(Agency))]


def _addresses() -> Iterator[str]:
    yield from (one[0] for one in OFFICERS)
    yield from (one[0] for one in CITIZENS)
