"""Drafts without an account have a limit for each address, and a life that is a setting."""

import dataclasses
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select

from content.dossiers.drafts import _BATCH
from content.dossiers.models import Draft
from portal.cli.program import Program
from portal.cli.working import timers
from tests.support.citizen import CT01, Citizen
from tests.support.clock import StoppedClock
from tests.support.site import Site, open_site, sample_settings, write_ini

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture
def strict(sample: Path, tmp_path: Path, clock: StoppedClock):
    limits = dataclasses.replace(sample_settings(tmp_path).limits, drafts=2)
    with open_site(sample, tmp_path, clock, limits=limits, draft_days=3) as site:
        yield site


def begin(site: Site, who: Citizen | None = None, address: str = "203.0.113.9") -> Citizen:
    """One more draft, or the page that refuses it."""
    me = who or Citizen(site)
    me.client.extra_environ["REMOTE_ADDR"] = address
    me.go(f"/nop-ho-so/{CT01}")
    form = me.form()
    form["case"], form["agency"], form["delivery"] = "0", "xa-dong-may", "counter"
    me.page = form.submit("gui", status="*").maybe_follow()
    return me


def drafts(site: Site) -> int:
    with site.database.sessions() as session:
        return session.scalar(select(func.count(Draft.id))) or 0


def test_one_address_begins_so_many_drafts_an_hour_and_no_more(strict: Site) -> None:
    begin(strict)
    strict.clock.move(minutes=25)
    begin(strict)
    refused = begin(strict).page
    assert refused.status_int == 429
    assert refused.headers["Retry-After"] == "2100"
    assert "Nơi này vừa mở nhiều hồ sơ mới" in refused.html.h1.get_text()
    assert "Sau khoảng 35 phút" in refused.html.get_text(" ", strip=True)
    assert drafts(strict) == 2
    assert "/buoc/" in begin(strict, address="203.0.113.10").url
    strict.clock.move(minutes=35)
    assert "/buoc/" in begin(strict).url
    assert begin(strict).page.status_int == 429


def test_a_failed_sign_in_forgets_no_draft_that_was_counted(strict: Site) -> None:
    begin(strict)
    begin(strict)
    strict.clock.move(minutes=20)
    form = strict.client().get("/dang-nhap").forms["f"]
    form["email"], form["password"] = "ai@example.vn", "không phải mật khẩu"
    form.submit("gui", status=422)
    assert begin(strict).page.status_int == 429


def test_who_is_signed_in_is_not_counted(strict: Site) -> None:
    me = Citizen(strict)
    me.go("/dang-nhap")
    me.sign_in()
    for _ in range(4):
        assert "/buoc/" in begin(strict, me).url
    assert drafts(strict) == 4


def test_nought_is_no_limit(sample: Path, tmp_path: Path, clock: StoppedClock) -> None:
    limits = dataclasses.replace(sample_settings(tmp_path).limits, drafts=0)
    with open_site(sample, tmp_path, clock, limits=limits) as site:
        for _ in range(4):
            assert "/buoc/" in begin(site).url


def test_a_draft_lives_as_long_as_the_setting_and_the_page_say(strict: Site) -> None:
    me = Citizen(strict)
    assert "làm tiếp trong 3 ngày" in me.go(f"/nop-ho-so/{CT01}").text
    begin(strict, me)
    strict.clock.move(days=2, hours=23)
    assert me.go(me.url).status_int == 200
    strict.clock.move(hours=2)
    me.client.get(me.url, status=404)


def test_all_expired_drafts_go_however_many_there_are(site: Site) -> None:
    begin(site)
    with site.database.writing_sessions.begin() as session:
        [model] = session.scalars(select(Draft))
        row = dict(session.execute(select(Draft.__table__)).mappings().one()) | {
            "expires_at": LONG_AGO
        }
        many = [row | {"id": 1000 + n, "key": f"k{n}"} for n in range(_BATCH * 2 + 1)]
        session.execute(insert(Draft.__table__), many)
        model.expires_at = model.created_at + timedelta(days=36_500)
    with Program(str(write_ini(site.folder))) as program:
        [purge] = [one for one in timers(program) if one.name == "purge_drafts"]
        purge.run()
    assert drafts(site) == 1
