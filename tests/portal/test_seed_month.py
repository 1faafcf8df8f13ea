"""``seed --month``: a development site comes alive, once; a real site is left alone."""

import argparse
import dataclasses

import pytest
from sqlalchemy import func, select

from content.dossiers.models import Dossier
from content.dossiers.states import Status
from content.outbox import OutboxJob
from content.people.models import Account
from portal.cli.program import CommandFailed, Program
from portal.cli.site import run_seed
from tests.content.month.invariants import INVARIANTS, after_all, every
from tests.support.officer import Officer
from tests.support.site import Site, write_ini

COUNT = 10


def counted(site: Site) -> tuple[int, int]:
    """Dossiers and accounts."""
    with site.database.sessions() as session:
        tables = (Dossier, Account)
        found = [session.scalar(select(func.count()).select_from(one)) for one in tables]
        return found[0] or 0, found[1] or 0


@pytest.mark.slow
def test_a_month_comes_once(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    with site.database.sessions() as session:
        mails = session.scalars(select(OutboxJob.id).where(OutboxJob.kind == "mail")).all()
    assert site.run("seed", "--month", "--count", str(COUNT)) == 0
    assert f"Tháng mẫu: thêm {COUNT} hồ sơ" in capsys.readouterr().out
    first = counted(site)
    assert first[0] == COUNT
    assert site.run("seed", "--month") == 0
    assert f"Tháng mẫu: đã có {COUNT} hồ sơ, không thêm." in capsys.readouterr().out
    assert counted(site) == first
    assert site.run("verify") == 0, "what was promised just now is not late"
    with site.database.writing_sessions.begin() as session:
        kept = session.scalars(select(OutboxJob.id).where(OutboxJob.kind == "mail")).all()
        assert kept == mails, "nobody is written to about weeks ago"
        for holds in INVARIANTS:
            holds(session)
        site.clock.now = after_all(session)
    # Every paper that the month promised can be made.
    assert site.run("worker", "--once") == 0
    assert site.run("verify") == 0
    look_around(site)


def look_around(site: Site) -> None:
    """The pages of the desk show the month, and nothing on them is empty or out of time."""
    with site.database.sessions() as session:
        codes = {one.lookup_code: one.status for one in every(session)}
        slugs = {one.agency.slug for one in every(session)}
    leader = Officer(site, "lanhdao@example.vn")
    for address in ("/can-bo/dieu-hanh", "/can-bo/thu-phi", "/can-bo/so-theo-doi", "/can-bo"):
        leader.go(address)
    desk = Officer(site)
    assert "(mẫu)" in desk.go(f"/can-bo/so-theo-doi?don-vi={min(slugs)}").text
    for code, status in codes.items():
        page = desk.dossier(code)
        assert "(mẫu)" in page.text
        panels = page.html.select("section.panel")
        assert all(len(list(one.stripped_strings)) > 1 for one in panels), code
        if status is Status.RETURNED:
            assert "Ký nhận hồ sơ" not in page.text, "it is in somebody's hands"


def test_a_real_site_is_left_alone(site: Site) -> None:
    with Program(str(write_ini(site.folder))) as program:
        real = dataclasses.replace(program.settings, development=False)
        program.__dict__["settings"] = real
        with pytest.raises(CommandFailed, match="development only"):
            run_seed(program, argparse.Namespace(month=True, count=COUNT))
    assert counted(site)[0] == 0


@pytest.mark.parametrize("wrong", [("--count", "5"), ("--month", "--count", "0")])
def test_wrong_usage_is_told(site: Site, wrong: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as told:
        site.run("seed", *wrong)
    assert told.value.code == 2
    assert counted(site)[0] == 0
