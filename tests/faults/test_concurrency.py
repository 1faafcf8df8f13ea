"""Two servers on one SQLite file, eight people at once: one dossier each, one number each.

The same promise is tested on the services, on both databases, beside them; here it is kept
through sessions, CSRF, retries and the locks between processes.
"""

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select
from sqlalchemy.orm import Session

from content.dossiers.models import Dossier, DossierEvent
from content.dossiers.numbering import RegisterLine
from content.dossiers.states import Status
from content.outbox import OutboxJob
from content.people.models import Account, AccountKind
from content.people.roles import Role
from content.people.service import PeopleService
from portal.cli.program import Program
from portal.security.passwords import Argon2Hasher
from portal.services import utc_now
from tests.support.filing import (
    Answered,
    Filled,
    account_of,
    ask,
    fill_in,
    program_of,
    send,
    sign_in,
)
from tests.support.servers import Server, serving
from tests.support.site import run_command

PEOPLE = 8
DOSSIERS = 24
CITIZEN = "congdan@example.vn"
OFFICERS = ("motcua@example.vn", "motcua2@example.vn")


@pytest.fixture(scope="module")
def servers(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Server]]:
    """Two processes on one folder; the second one without a worker."""
    folder = tmp_path_factory.mktemp("two")
    with serving(sample, folder, "--no-worker") as first:
        second = Server(folder, "--no-worker")
        try:
            second.start()
            yield [first, second]
        finally:
            second.stop()


def add_colleague(session: Session) -> None:
    """A second officer at the same desk."""
    first = account_of(session, OFFICERS[0])
    hasher = Argon2Hasher(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    PeopleService(session, hasher, utc_now()).register(
        email=OFFICERS[1],
        name="Lý Thị Hai",
        password="mot-cua-thu-hai",
        kind=AccountKind.OFFICIAL,
        memberships=[(one.agency_id, Role.ONE_STOP) for one in first.memberships],
    )


def at_once(work: Callable[..., Answered], turns: list[tuple[object, ...]]) -> list[Answered]:
    """All turns in a random order, eight at a time."""
    random.shuffle(turns)
    with ThreadPoolExecutor(PEOPLE) as pool:
        return list(pool.map(lambda turn: work(*turn), turns))


def press_accept(port: int, cookies: dict[str, str], path: str, revision: int) -> Answered:
    return ask(port, "POST", f"{path}/tiep-nhan", cookies, {"revision": str(revision)})


@pytest.mark.slow
def test_eight_people_and_two_servers_lose_nothing_and_number_without_gaps(
    servers: list[Server],
    record_property: Callable[[str, object], None],
) -> None:
    with program_of(servers[0].folder) as program:
        filed = file_everything_twice(program, servers)
        accept_everything_twice(program, servers, filed)
        accepted = check_the_books(program)
    assert run_command(servers[0].folder, "verify") == 0
    words = f"two servers: {DOSSIERS} dossiers sent twice and wanted twice, accepted by {accepted}"
    record_property("told", words)


def file_everything_twice(program: Program, servers: list[Server]) -> list[Filled]:
    """Each draft is sent through both servers; both lead to the same acknowledgement."""
    with program.writing() as session:
        citizen = sign_in(session, CITIZEN)
        drafts = [fill_in(session, program.file_store, CITIZEN) for _ in range(DOSSIERS)]
    turns: list[tuple[object, ...]] = [
        (one.port, draft, citizen) for draft in drafts for one in servers
    ]
    answers = at_once(send, turns)
    assert Counter(one.status for one in answers) == {303: 2 * DOSSIERS}
    paths = Counter(re.sub(r"^http://[^/]+", "", one.location) for one in answers)
    assert paths == {f"{draft.path}/da-gui": 2 for draft in drafts}
    return drafts


def accept_everything_twice(program: Program, servers: list[Server], drafts: list[Filled]) -> None:
    """Two officers, each at a server of their own, want every dossier: one of them is told
    that it was theirs, the other who was faster."""
    with program.writing() as session:
        add_colleague(session)
        session.flush()  # the colleague's account needs its id
        officers = [sign_in(session, email) for email in OFFICERS]
        keys = [draft.key for draft in drafts]
        waiting = session.scalars(select(Dossier).where(Dossier.submission_key.in_(keys))).all()
        desks = [(f"/can-bo/ho-so/{one.lookup_code}", one.revision) for one in waiting]
    assert len(desks) == DOSSIERS
    turns: list[tuple[object, ...]] = [
        (one.port, cookies, *desk)
        for desk in desks
        for one, cookies in zip(servers, officers, strict=True)
    ]
    answers = at_once(press_accept, turns)
    assert Counter(one.status for one in answers) == {303: DOSSIERS, 409: DOSSIERS}


def check_the_books(program: Program) -> dict[str, int]:
    """Codes and register lines are 1 … n; log and mails tell of each dossier once.

    Who accepted how many.
    """
    with program.reading() as session:
        dossiers = session.scalars(select(Dossier)).all()
        assert {one.status for one in dossiers} == {Status.RECEIVED}
        numbers = sorted(int(str(one.code).rpartition("-")[2]) for one in dossiers)
        assert numbers == list(range(1, DOSSIERS + 1))
        lines = session.scalars(select(RegisterLine)).all()
        assert sorted(line.number for line in lines) == numbers
        assert {line.dossier_id for line in lines} == {one.id for one in dossiers}
        told = Counter((e.dossier_id, e.number) for e in session.scalars(select(DossierEvent)))
        assert told == {(one.id, number): 1 for one in dossiers for number in (1, 2)}
        deeds = select(Account.email).join(DossierEvent, DossierEvent.actor_id == Account.id)
        accepted = Counter(session.scalars(deeds.where(DossierEvent.action == "accept")))
        mails = Counter(
            job.payload["template"]
            for job in session.scalars(select(OutboxJob).where(OutboxJob.kind == "mail"))
        )
        assert mails == {"submitted": DOSSIERS, "accepted": DOSSIERS}
    assert sum(accepted.values()) == DOSSIERS
    return dict(accepted)
