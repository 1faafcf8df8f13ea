"""A step that is kept: what it asks of the database, and where it leads."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Engine, event

from tests.support.citizen import PERSON, Citizen
from tests.support.site import Site


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    """The statements a request sends."""
    told: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_more: object) -> None:
        told.append(statement.split(maxsplit=1)[0])

    event.listen(engine, "before_cursor_execute", note)
    yield told
    event.remove(engine, "before_cursor_execute", note)


@pytest.fixture
def me(site: Site) -> Citizen:
    """A citizen who is signed in and has kept the first step once."""
    me = Citizen(site)
    me.sign_in()
    me.begin()
    me.step(PERSON["nguoi_ke_khai"])
    return me


def test_a_kept_step_reads_the_draft_and_who_it_is_and_writes_once(me: Citizen, site: Site) -> None:
    me.fill(PERSON["chu_ho"])
    form = me.form()
    with counted(site.database.engine) as told:
        answer = form.submit("_viec", value="tiep")
    assert answer.status_int == 303
    assert told == ["BEGIN", "SELECT", "SELECT", "UPDATE"]


def test_a_redirect_is_no_page_in_english(me: Citizen) -> None:
    me.fill(PERSON["chu_ho"])
    answer = me.form().submit("_viec", value="tiep")
    assert (answer.status_int, answer.body, answer.headers["Content-Length"]) == (303, b"", "0")
    assert "Content-Type" not in answer.headers
