"""What officers wait for where there are many dossiers: the inbox, the register, looking one up.

Dossiers are written in bulk, past the services, which is for measuring only: 50,000 on SQLite,
1,000,000 on PostgreSQL where there is a server.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Engine, func, insert, select, text
from sqlalchemy.orm import Session

from content import changes
from content.agencies.models import Agency, AgencyKind
from content.dossiers.heaps import Heaps, Tab, tabs_of
from content.dossiers.inbox import Asked, Sort, inbox, neighbours
from content.dossiers.inbox_filters import NOBODY, Wanted
from content.dossiers.lookup import look_up
from content.dossiers.lookup_codes import ALPHABET, parse_lookup_code
from content.dossiers.models import Delivery, Dossier
from content.dossiers.numbering import RegisterLine
from content.dossiers.register_reads import Which, browse
from content.dossiers.sight import sight_of
from content.dossiers.states import ENDED, Status
from content.models import Base
from content.people.models import Account
from content.people.roles import Role
from content.procedures.kinds import Channel
from content.text import fold
from portal.database import make_engine
from tests.bench.figures import Figure, percentile
from tests.content.dossiers_service.world import World, an_account, build, calendar
from tests.support import postgresql

FEW, MANY = 50_000, 1_000_000
#: Rows written one by one; the rest are copies of them.
PATTERN = 10_000
#: Milliseconds for a page of a list.
BUDGET = 60
NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)
COMMUNES, BATCH, ROUNDS = 100, 5_000, 2
FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Ngô")
MIDDLE = ("Thị", "Văn", "Minh", "Thanh", "Ngọc", "Đức", "Hồng", "Quang")
GIVEN = ("An", "Bình", "Cường", "Dung", "Giang", "Hoa", "Khánh", "Lan", "Mai", "Nam", "Oanh")


def many_dossiers() -> Iterator[Figure]:
    """All figures of this part: the slowest twentieth of each kind of question."""
    with TemporaryDirectory() as folder:
        engine = make_engine(f"sqlite:///{folder}/portal.sqlite3")
        yield from _figures(engine, FEW, "SQLite")
        engine.dispose()
        if postgresql.binaries() is None:
            return
        with postgresql.server(Path(folder)) as address:
            engine = make_engine(address)
            yield from _figures(engine, MANY, "PostgreSQL")
            engine.dispose()


def _figures(engine: Engine, count: int, name: str) -> Iterator[Figure]:
    Base.metadata.create_all(engine)
    with _session(engine) as session:
        world = build(session, NOW)
        officers = _staff(session, world)
        session.commit()
        fill(session, world, count)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))
    where = f"{count:,} hồ sơ, {name}".replace(",", ".")
    with _session(engine) as session:
        for kind, asking in (
            ("hộp hồ sơ", _inboxes(session, officers)),
            ("sổ theo dõi", _registers(session, world)),
            ("tra cứu", _lookups(session)),
        ):
            times = _timed(session, asking)
            yield Figure(f"{kind} p95, {where}", percentile(times, 0.95), "ms", BUDGET)


def fill(session: Session, world: World, count: int) -> None:
    """``count`` dossiers of a hundred communes over three years, a twentieth of them open, each
    accepted one with its line of the register."""
    communes = list(
        session.execute(
            select(Agency.id, Agency.name).where(Agency.kind == AgencyKind.COMMUNE_CENTRE)
        )
    )
    units = list(session.scalars(select(Agency.id).where(Agency.kind == AgencyKind.DEPARTMENT)))
    holders = list(session.scalars(select(Account.id).order_by(Account.id)))
    version = world.procedure.current_version_id
    numbers: dict[tuple[int, int], int] = {}
    for start in range(0, PATTERN, BATCH):
        rows = [
            _dossier(n, communes, units, holders, world.procedure.id, version)
            for n in range(start, start + BATCH)
        ]
        for place, row in enumerate(rows, start=start + 1):
            row["id"] = place * count // PATTERN
        session.execute(insert(Dossier.__table__), rows)
        session.execute(insert(RegisterLine.__table__), list(_lines(rows, numbers, count)))
    _multiply(session, count // PATTERN)
    session.commit()


def _multiply(session: Session, times: int) -> None:
    """Copies beside each row of the pattern, with numbers and codes of their own."""
    for table, own in (
        (
            Dossier.__table__,
            {"id": "id - k.n", "lookup_code": "lookup_code || k.n", "code": "code || '-' || k.n"},
        ),
        (
            RegisterLine.__table__,
            {"id": "id - k.n", "dossier_id": "dossier_id - k.n", "number": "number - k.n"},
        ),
    ):
        names = [one.name for one in table.columns]
        values = ", ".join(own.get(one, one) for one in names)
        session.execute(
            text(
                f"WITH RECURSIVE k(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM k WHERE n < :last)"
                f" INSERT INTO {table.name} ({', '.join(names)}) SELECT {values}"
                f" FROM {table.name} CROSS JOIN k WHERE k.n < :times"
            ),
            {"last": times - 1, "times": times},
        )


def _lines(
    rows: list[dict[str, Any]], numbers: dict[tuple[int, int], int], count: int
) -> Iterator[dict[str, Any]]:
    for row in rows:
        if row["received_at"] is None:
            continue
        book = (row["agency_id"], row["received_at"].year)
        numbers[book] = numbers.get(book, 0) + 1
        yield {
            "id": row["id"],
            "agency_id": book[0],
            "year": book[1],
            "number": numbers[book] * (count // PATTERN),
            "dossier_id": row["id"],
            "entered_at": row["received_at"],
        }


def _dossier(
    n: int,
    communes: list[Any],
    units: list[int],
    holders: list[int],
    procedure: int,
    version: int | None,
) -> dict[str, Any]:
    at = NOW - timedelta(minutes=(PATTERN - n) * (3 * 365 * 24 * 60) / PATTERN)
    agency, agency_name = communes[n * 7 % len(communes)]
    status = _status(n)
    received = None if status in (Status.SUBMITTED, Status.REFUSED) else at + timedelta(hours=1)
    ended = status in ENDED or status is Status.REFUSED
    runs = status in (Status.RECEIVED, Status.IN_PROGRESS)
    due = (NOW + timedelta(days=n % 20 - 5)).date() if not ended else at.date()
    name = f"{FAMILY[n % 10]} {MIDDLE[n // 10 % 8]} {GIVEN[n // 80 % 11]} {n % 97}"
    return {
        "revision": 1,
        "lookup_code": _code(n),
        "secret_digest": "-" * 64,
        "code": f"H99.{10 + agency % 80}-{at:%y%m%d}-{n:04d}" if received else None,
        "status": status,
        "status_since": at,
        "procedure_id": procedure,
        "version_id": version,
        "procedure_code": "1.004222",
        "procedure_name": "Đăng ký thường trú",
        "agency_id": agency,
        "agency_name": agency_name,
        "competent_agency_id": agency,
        "applicant_name": name,
        "applicant_key": fold(name),
        "applicant_identity": f"{n:012d}",
        "channel": Channel.ONLINE if n % 3 else Channel.COUNTER,
        "delivery": Delivery.COUNTER,
        "form": {"title": "Tờ khai", "sections": ["x" * 200]},
        "answers": {"noi_dung": "y" * 400},
        "absences": [],
        "submitted_at": at,
        "answer_by": at + timedelta(hours=8) if status is Status.SUBMITTED else None,
        "received_at": received,
        "due_date": due if received else None,
        "promised_date": due if received else None,
        "lawful_date": due if received else None,
        "finished_at": at + timedelta(days=4) if ended else None,
        "unit_id": units[n % len(units)] if status is Status.IN_PROGRESS else None,
        "holder_id": holders[n % len(holders)] if runs and n % 2 else None,
        "step_key": "tham-dinh" if status is Status.IN_PROGRESS else None,
        "step_name": "Thẩm định hồ sơ" if status is Status.IN_PROGRESS else None,
        "supplement_count": 0,
        "extension_count": 0,
        "sets": 1,
    }


def _status(n: int) -> Status:
    """The newest twentieth is open, and a few old ones are."""
    if n < PATTERN * 0.95 and n % 500:
        return (Status.RETURNED, Status.RETURNED, Status.RETURNED, Status.STOPPED, Status.REFUSED)[
            n % 5
        ]
    open_ = (Status.IN_PROGRESS, Status.IN_PROGRESS, Status.RECEIVED, Status.SUBMITTED)
    return (*open_, Status.SUPPLEMENT_ASKED, Status.PAYMENT_ASKED, Status.RESOLVED)[n % 7]


def _code(n: int) -> str:
    signs = ""
    for _ in range(9):
        n, place = divmod(n, len(ALPHABET))
        signs += ALPHABET[place]
    known = (parse_lookup_code(signs + check) for check in ALPHABET)
    return next(code for code in known if code)


def _staff(session: Session, world: World) -> list[Account]:
    """Communes and departments; one officer of all, one of a department, one of a commune."""
    for n in range(COMMUNES):
        session.add(
            Agency(
                slug=f"xa-{n}",
                code=f"H98.{n}",
                name=f"Trung tâm Phục vụ hành chính công xã {n}",
                kind=AgencyKind.COMMUNE_CENTRE,
                parent=world.centre,
            )
        )
        if n % 10 == 0:
            session.add(
                Agency(
                    slug=f"phong-{n}",
                    code=f"P{n}",
                    name=f"Phòng {n}",
                    kind=AgencyKind.DEPARTMENT,
                    parent=world.centre,
                )
            )
    session.flush()
    by = {one.slug: one.id for one in session.scalars(select(Agency))}
    found = [
        an_account("tinh@example.vn", "Lê Thị Tỉnh", NOW, (world.centre.id, Role.ONE_STOP)),
        an_account("phong@example.vn", "Lê Thị Phòng", NOW, (by["phong-0"], Role.SPECIALIST)),
        an_account("xa@example.vn", "Lê Thị Xã", NOW, (by["xa-1"], Role.ONE_STOP)),
    ]
    session.add_all(found)
    session.flush()
    return found


Question = Callable[[], object]


def _inboxes(session: Session, officers: list[Account]) -> list[Question]:
    """Every heap, order and kind of filter, for each officer; the first page, a deep one and
    the way to the next dossier."""
    questions: list[Question] = []
    codes = list(
        session.scalars(select(Dossier.lookup_code).order_by(Dossier.id.desc()).limit(400))
    )
    wanted = (
        *(Wanted(), Wanted(query="nguyen thi an"), Wanted(query="hoa"), Wanted(query="N")),
        *(
            Wanted(holder_id=NOBODY),
            Wanted(status=Status.RETURNED),
            Wanted(channel=Channel.COUNTER),
        ),
        Wanted(received_from=date(2026, 10, 1), received_to=date(2026, 10, 31)),
        Wanted(due_from=date(2026, 11, 20), due_to=date(2026, 11, 27)),
        Wanted(query=codes[0]),
    )
    for officer in officers:
        heaps = Heaps(sight_of(session, officer, NOW), calendar(), NOW)
        tabs = tabs_of(heaps.sight)
        for tab in tabs:
            asked = [Asked(tab, one) for one in wanted]
            asked += [Asked(tab, sort=one) for one in Sort]
            asked += [Asked(tab, after=codes[-1]), Asked(tab, sort=Sort.NEWEST, after=codes[-1])]
            questions += [_page(session, heaps, one, tabs, 1) for one in asked]
            questions.append(_page(session, heaps, Asked(tab), tabs, 50))
            dossier = session.scalars(
                select(Dossier).where(Dossier.lookup_code == codes[200])
            ).one()
            questions.append(_beside(session, heaps, Asked(tab), dossier))
    return questions


def _page(
    session: Session, heaps: Heaps, asked: Asked, tabs: tuple[Tab, ...], number: int
) -> Question:
    counted = tabs if asked.wanted == Wanted() else ()
    return lambda: inbox(session, heaps, asked, tabs=counted, page=number)


def _beside(session: Session, heaps: Heaps, asked: Asked, dossier: Dossier) -> Question:
    return lambda: neighbours(session, heaps, asked, dossier)


def _registers(session: Session, world: World) -> list[Question]:
    found = session.execute(select(Agency.id).where(Agency.kind == AgencyKind.COMMUNE_CENTRE))
    agencies = [one for (one,) in found][:20]
    return [
        lambda one=one, which=which, page=page: browse(session, one, 2026, which=which, page=page)
        for one in agencies
        for which in (Which.ALL, Which.OPEN)
        for page in (1, 40)
    ]


def _lookups(session: Session) -> list[Question]:
    rows = session.execute(
        select(Dossier.code, Dossier.lookup_code)
        .where(func.length(Dossier.code) == len("H99.10-261123-0001"))
        .order_by(Dossier.id.desc())
        .limit(50)
    ).all()
    assert rows, "the codes of the pattern itself"
    typed = [code for code, _ in rows] + [other.lower() for _, other in rows]
    typed += [code.replace(".", "").replace("-", "") for code, _ in rows]
    assert all(look_up(session, one) for one in typed)
    return [lambda one=one: look_up(session, one) for one in typed]


def _timed(session: Session, questions: list[Question]) -> list[float]:
    times = []
    for number in range(ROUNDS):
        for ask in questions:
            session.expire_all()
            before = time.perf_counter()
            ask()
            if number:
                times.append((time.perf_counter() - before) * 1000)
    return times


@contextmanager
def _session(engine: Engine) -> Iterator[Session]:
    with Session(engine, expire_on_commit=False) as session:
        changes.install(session, lambda: NOW)
        yield session
