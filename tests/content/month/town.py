"""A small authority for a month: forty procedures, three communes, officers of every part."""

import multiprocessing
import queue
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import product
from pathlib import Path
from typing import Any

from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from content.agencies.models import Agency, AgencyKind
from content.files import DiskStore, FileService
from content.people.models import Account, AccountKind
from content.people.roles import Role
from content.procedures.handling import HandlingRule
from content.seed.month.cast import Cast, add_rules, cast_of
from content.seed.month.joint import CHAINS, add_chains
from content.seed.month.loader import courses_of, kept_in_memory
from content.seed.month.playing import play
from content.seed.month.stage import Stage
from content.words import local
from portal.database import Database, make_engine
from tests.content.dossiers_service.world import (
    World,
    a_procedure,
    an_account,
    build,
    filing_rules,
)

#: A Friday; the Tuesday before it was a holiday.
NOW = datetime.fromisoformat("2026-11-27T15:20:00+07:00")
PROCEDURES = 40
LOST = (OperationalError, StaleDataError, IntegrityError)
LIMITS = (
    *((3, "ngày làm việc"), (5, "ngày làm việc"), (8, "ngày làm việc"), (1, "ngày làm việc")),
    *((7, "ngày"), (15, "ngày"), (1, "tháng"), (4, "giờ"), (0.5, "ngày làm việc")),
    (1, "ngày"),
)
#: Nothing to pay; one line without a doubt; two, of which the desk settles one.
FEES = (
    [],
    [{"kind": "lệ phí", "amount": 20_000, "unit": "đồng/lần"}],
    [
        {"kind": "phí", "amount": 100_000, "unit": "đồng/lần", "condition": "cấp mới"},
        {"kind": "lệ phí", "amount": 30_000, "unit": "đồng/lần", "condition": "cấp lại"},
    ],
)
SECTORS = ("Hộ tịch", "Chứng thực", "Đất đai", "Đăng ký, quản lý cư trú")
#: A rate for each page, one for each case, and words that nobody can reckon with.
AT_ONCE = {
    ("2.000815", "Chứng thực bản sao"): [
        {"kind": "phí", "amount": 2000, "unit": "đồng/trang", "condition": "trang thứ 1-2"},
        {"kind": "phí", "amount": 1000, "unit": "đồng/trang", "condition": "từ trang thứ 3"},
    ],
    ("2.000884", "Chứng thực chữ ký"): [
        {"kind": "phí", "amount": 10_000, "unit": "đồng/trường hợp"}
    ],
    ("1.009999", "Xác nhận thông tin"): [
        {"kind": "phí", "amount": 5000, "unit": "đồng/lần", "condition": "lần đầu"},
        {"kind": "phí", "amount": 3000, "unit": "đồng/lần", "condition": "từ lần thứ hai"},
    ],
}
#: Agencies of chains, each with people of its own; the first one receives dossiers too.
PARTNERS = (("Sở Xây dựng", "H99.05"), ("Thuế cơ sở 1", "H99.06"))
STAFF = {
    Role.ONE_STOP: 3,
    Role.SPECIALIST: 3,
    Role.HEAD: 2,
    Role.LEADER: 2,
    Role.CLERK: 2,
    Role.CASHIER: 2,
}


def found_town(session: Session, begun: datetime) -> None:
    """Everything but dossiers."""
    world = build(session, begun)
    for number in (13, 14):
        session.add(
            Agency(
                slug=f"xa-{number}",
                code=f"H99.{number}",
                name=f"Trung tâm Phục vụ hành chính công xã số {number}",
                kind=AgencyKind.COMMUNE_CENTRE,
                parent=world.centre,
            )
        )
    accounts = [
        an_account(
            f"{role.value}{n}@example.vn", f"{role.value} {n}", begun, (world.centre.id, role)
        )
        for role, many in STAFF.items()
        for n in range(many)
    ]
    accounts += _partners(session, world, begun)
    accounts += [an_account(f"dan{n}@example.vn", f"Người dân {n}", begun) for n in range(5)]
    for one in accounts:
        one.is_sample = True
    session.add_all(accounts)
    assert {one.kind for one in accounts} == set(AccountKind)
    kinds = list(product(SECTORS, LIMITS))
    for number, (sector, (value, unit)) in enumerate(kinds):
        text = "ngay trong ngày; nhận sau 15 giờ thì ngày làm việc tiếp theo"
        same_day = (value, unit) == (1, "ngày")
        a_procedure(
            session,
            begun,
            code=f"1.00{number:04d}",
            name=f"Thủ tục số {number}",
            field=sector,
            level=("xã", "tỉnh")[number % 2],
            levels=[("xã", "tỉnh")[number % 2]],
            fee=FEES[number % len(FEES)],
            time_limit={"value": value, "unit": unit, "text": text if same_day else None},
        )
    for (code, name), fee in AT_ONCE.items():
        limit = {"value": 1, "unit": "ngày", "text": "trong ngày"}
        made = a_procedure(session, begun, code=code, name=name, fee=fee, time_limit=limit)
        session.add(HandlingRule(procedure_id=made.id, at_once=True, legal_basis="Mẫu"))
    session.flush()


def _partners(session: Session, world: World, begun: datetime) -> list[Account]:
    """Two officers at each agency of the chains: the commune and two beside it."""
    agencies = [world.commune]
    for number, (name, code) in enumerate(PARTNERS):
        kind = AgencyKind.DEPARTMENT
        slug = f"co-quan-{number}"
        agencies.append(Agency(slug=slug, code=code, name=name, kind=kind, parent=world.centre))
    session.add_all(agencies)
    session.flush()
    return [
        an_account(
            f"coquan{place}-{n}@example.vn", f"Cán bộ {place}.{n}", begun, (one.id, Role.SPECIALIST)
        )
        for place, one in enumerate(agencies)
        for n in range(2)
    ]


def cast(session: Session) -> Cast:
    """Who takes part."""
    return cast_of(session, filing_rules(), local(NOW).date(), PROCEDURES)


def prepare(database: Database) -> None:
    """The town, founded long before the month; some procedures with rules of their own."""
    begun = datetime.fromisoformat("2026-09-01T08:00:00+07:00")
    with database.writing_sessions.begin() as session:
        found_town(session, begun)
        procedures = cast(session).procedures
        add_rules(session, procedures)
        assert add_chains(session, begun, procedures) == CHAINS


def play_share(database: Database, folder: Path, count: int, share: int, shares: int) -> list[int]:
    """One process's part of the month, a transaction for every act; its dossiers."""

    session = database.writing_sessions()
    people = cast(session)
    held = kept_in_memory(session, people)
    session.commit()

    @contextmanager
    def stages(moment: datetime) -> Iterator[Stage]:
        with session.begin():
            yield Stage(session, files(session, folder), filing_rules(), people, moment)

    courses = courses_of(people, count, share, shares)
    for _ in play(courses, stages, filing_rules().calendar, NOW, LOST):
        pass
    assert held
    session.close()
    return [one.dossier_id for one in courses if one.dossier_id is not None]


def files(session: Session, folder: Path) -> FileService:
    """Files on disk, for several processes."""
    return FileService(session, DiskStore(folder))


def play_at_once(database: Database, folder: Path, count: int, processes: int) -> list[int]:
    """The whole month by several processes; the dossiers that any of them made."""
    database.engine.dispose()
    url = database.engine.url.render_as_string(hide_password=False)
    context = multiprocessing.get_context("fork")
    answers: Any = context.Queue()
    players = [
        context.Process(target=_elsewhere, args=(url, folder, count, share, processes, answers))
        for share in range(processes)
    ]
    for one in players:
        one.start()
    made = [dossier for _ in players for dossier in _answer(answers, players)]
    for one in players:
        one.join(timeout=30)
        assert one.exitcode == 0
    return made


def _answer(answers: Any, players: list[Any]) -> list[int]:
    """The next share that is done; a player that died is told at once."""
    while True:
        try:
            found: list[int] = answers.get(timeout=5)
        except queue.Empty:
            assert not [one for one in players if one.exitcode], "a player died"
        else:
            return found


def _elsewhere(url: str, folder: Path, count: int, share: int, shares: int, answers: Any) -> None:
    database = Database(make_engine(url), lambda: NOW)
    try:
        answers.put(play_share(database, folder, count, share, shares))
    except BaseException:
        answers.put([])
        raise
    finally:
        database.engine.dispose()
