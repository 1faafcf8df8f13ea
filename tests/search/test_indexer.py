"""The index follows the database: jobs, rebuilds, comparison."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from content.changes import CHANGED
from content.news.models import Article, ArticleStatus, Page
from content.outbox import Job, OutboxJob
from content.procedures.kinds import Level, Status
from content.procedures.life_events import EventAudience, LifeEvent, LifeEventStep
from content.procedures.models import Procedure
from portal.database import Database
from search.documents import to_documents
from search.index import Index
from search.indexer import Indexer, differences
from tests.content.procedures.conftest import adopted, record, take_in
from tests.search.samples import NOW, ask, keys, titles
from tests.support.clock import StoppedClock


@pytest.fixture
def write(database: Database) -> Callable[[Callable[[Session], Any]], Any]:
    """Do something in a transaction of its own."""

    def act(change: Callable[[Session], Any]) -> Any:
        with database.writing_sessions.begin() as session:
            return change(session)

    return act


@pytest.fixture
def indexer(database: Database, bare_index: Index) -> Indexer:
    return Indexer(database.sessions, bare_index)


def waiting(database: Database) -> list[Job]:
    with database.sessions() as session:
        rows = session.scalars(select(OutboxJob).where(OutboxJob.kind == CHANGED)).all()
        return [Job(row.id, row.kind, row.key, {}, 1) for row in rows]


def job(key: str) -> Job:
    return Job(1, CHANGED, key, {}, 1)


def add_procedure(session: Session, **fields: Any) -> None:
    adopted(session, record(**fields))


def article(**fields: Any) -> Article:
    given = {
        "section_slug": "thu-tuc-hanh-chinh",
        "slug": "tin-mot",
        "title": "Tin về khai sinh",
        "lead": "Lời dẫn",
        "body": "## Mục\nThân bài",
        "status": ArticleStatus.PUBLISHED,
        "published_at": NOW,
        "created_at": NOW,
        "updated_at": NOW,
    }
    return Article(**{**given, **fields})


def test_the_first_job_builds_a_missing_index(
    database: Database, bare_index: Index, indexer: Indexer, write: Any
) -> None:
    write(lambda session: add_procedure(session, name="Đăng ký khai sinh"))
    assert bare_index.needs_rebuild()
    indexer.handle(waiting(database))
    assert not bare_index.needs_rebuild()
    assert titles(bare_index, "khai sinh", filters={"kind": ("procedure",)}) == [
        "Đăng ký khai sinh"
    ]
    assert indexer.ensure() is False


def test_a_change_written_to_the_outbox_reaches_the_index(
    database: Database, bare_index: Index, indexer: Indexer, write: Any
) -> None:
    indexer.rebuild()
    write(lambda session: add_procedure(session, name="Đăng ký khai tử", code="1.000656"))
    indexer.handle(waiting(database))
    assert keys(bare_index, "1.000656") == ["procedure:1"]
    with database.sessions() as session:
        assert list(differences(session, bare_index)) == []


def test_a_procedure_is_found_by_its_parts_with_its_facets(
    bare_index: Index, indexer: Indexer, write: Any
) -> None:
    write(lambda session: add_procedure(session, name="Thủ tục thử", local_code="1.000001.H41"))
    indexer.rebuild()
    only = {"kind": ("procedure",)}
    for text in ("1.000001.h41", "60/2014/QH13", "1/QĐ-BTP", "văn bản ủy quyền", "hộ tịch"):
        assert keys(bare_index, text, filters=only) == ["procedure:1"], text
    facets = ask(bare_index, "thử", filters=only).facets
    assert facets["level"] == (("xa", 1),)
    assert facets["sector"] == (("ho-tich", 1),)
    assert facets["service_level"] == (("toan-trinh", 1),)
    assert facets["audience"] == (("cong-dan", 1),)
    assert facets["status"] == (("current", 1),)
    assert "kept for editors" not in str(ask(bare_index, "thử").hits)


def test_forms_are_found_after_their_procedure_and_go_with_it(
    database: Database, bare_index: Index, indexer: Indexer, write: Any
) -> None:
    form = {"code": "CT01", "file": "CT01.docx", "for": "Tờ khai cư trú"}
    write(lambda session: add_procedure(session, name="Khai cư trú", forms=[form]))
    indexer.rebuild()
    assert keys(bare_index, "cư trú")[0] == "procedure:1"
    ((hit, _),) = ask(bare_index, "CT01", filters={"kind": ("form",)}).hits
    assert (hit.title, hit.summary) == ("Tờ khai cư trú", "Khai cư trú")

    def withdraw(session: Session) -> None:
        session.get_one(Procedure, 1).status = Status.DRAFT

    write(withdraw)
    indexer.handle([job("procedure:1")])
    assert bare_index.doc_count() == 0


def test_history_is_marked_and_comes_last(bare_index: Index, indexer: Indexer, write: Any) -> None:
    def fill(session: Session) -> None:
        liquor = {"name": "Bán lẻ rượu", "code": "2.000620"}
        take_in(session, record(**liquor, level="huyện", levels=["huyện"], as_of="2021"))
        adopted(session, record(**liquor, level="tỉnh", levels=["tỉnh"]))

    write(fill)
    indexer.rebuild()
    only = {"kind": ("procedure",)}
    hits = [stored for stored, _ in ask(bare_index, "bán lẻ rượu", filters=only).hits]
    assert [(hit.facets["level"], hit.is_current) for hit in hits] == [
        (("tinh",), True),
        (("huyen",), False),
    ]


def test_of_one_name_at_two_levels_the_commune_comes_first(
    bare_index: Index, indexer: Indexer, write: Any
) -> None:
    def fill(session: Session) -> None:
        for level in (Level.PROVINCE, Level.COMMUNE):
            one = record(name="Chuyển trường", level=level.value, levels=[level.value])
            adopted(session, one, number=f"1-{level.slug}/QĐ")

    write(fill)
    indexer.rebuild()
    only = {"kind": ("procedure",)}
    hits = ask(bare_index, "chuyen truong", filters=only).hits
    assert [hit.facets["level"] for hit, _ in hits] == [("xa",), ("tinh",)]


def test_news_is_found_from_its_date_on_and_not_once_withdrawn(
    database: Database, bare_index: Index, indexer: Indexer, write: Any
) -> None:
    later = NOW + timedelta(hours=2)
    write(lambda session: session.add(article(published_at=later, tags=["hộ tịch"])))
    indexer.rebuild()
    assert keys(bare_index, "khai sinh") == []
    assert keys(bare_index, "khai sinh", at=later) == ["article:1"]
    ((hit, _),) = ask(bare_index, "hộ tịch", at=later).hits
    assert (hit.summary, hit.body) == ("Lời dẫn", "Mục Thân bài")
    assert hit.facets["section"] == ("thu-tuc-hanh-chinh",)

    def withdraw(session: Session) -> None:
        session.get_one(Article, 1).status = ArticleStatus.WITHDRAWN

    write(withdraw)
    indexer.handle(waiting(database))
    assert keys(bare_index, "khai sinh", at=later) == []


def test_drafts_are_never_found(bare_index: Index, indexer: Indexer, write: Any) -> None:
    write(lambda session: session.add(article(status=ArticleStatus.DRAFT, published_at=None)))
    assert indexer.rebuild() == 0


def test_pages_and_life_events_are_found(bare_index: Index, indexer: Indexer, write: Any) -> None:
    def fill(session: Session) -> None:
        session.add(Page(slug="gio", title="Giờ làm việc", body="Sáng thứ Bảy", updated_at=NOW))
        steps = [LifeEventStep(position=1, title="Đăng ký khai sinh", text="Trong 60 ngày")]
        event = LifeEvent(
            slug="sinh-con",
            title="Sinh con",
            intro="Việc cần làm",
            audience=EventAudience.CITIZEN,
            steps=steps,
        )
        session.add(event)

    write(fill)
    assert indexer.rebuild() == 2
    assert keys(bare_index, "thứ bảy") == ["page:1"]
    assert keys(bare_index, "sinh con") == ["life_event:1"]
    assert keys(bare_index, "60 ngày") == ["life_event:1"]


def test_jobs_for_what_is_gone_or_unknown_do_no_harm(
    bare_index: Index, indexer: Indexer, write: Any
) -> None:
    write(lambda session: session.add(article()))
    indexer.rebuild()
    strange = ("article:404", "procedure:x", "dossier:1", "article", "", "article:-1")
    indexer.handle([job(key) for key in strange])
    indexer.handle([])
    assert bare_index.doc_count() == 1


def test_differences_name_what_is_missing_left_over_and_old(
    database: Database, bare_index: Index, indexer: Indexer, write: Any
) -> None:
    for number in (1, 2):
        write(lambda session, n=number: session.add(article(slug=f"tin-{n}", title=f"Tin {n}")))
    indexer.rebuild()

    def change(session: Session) -> None:
        session.get_one(Article, 1).lead = "Lời dẫn mới"
        session.delete(session.get_one(Article, 2))
        session.add(article(slug="tin-3"))

    write(change)
    with database.sessions() as session:
        lines = list(differences(session, bare_index))
    assert [line.split(" ")[0] for line in lines] == ["article:1", "article:3", "article:2"]
    indexer.handle(waiting(database))
    with database.sessions() as session:
        assert list(differences(session, bare_index)) == []


def test_a_rebuild_tells_its_progress(indexer: Indexer, write: Any) -> None:
    write(lambda session: session.add_all([article(slug=f"tin-{n}") for n in range(3)]))
    told: list[int] = []
    assert indexer.rebuild(told.append) == 3
    assert told == [1, 2, 3]


def test_a_rebuild_reads_more_objects_than_one_batch(
    bare_index: Index, indexer: Indexer, write: Any
) -> None:
    write(lambda session: session.add_all([article(slug=f"tin-{n}") for n in range(230)]))
    assert indexer.rebuild() == 230
    assert ask(bare_index, "khai sinh", limit=1).total == 230


def test_what_nobody_may_find_has_no_document() -> None:
    with pytest.raises(TypeError, match="OutboxJob"):
        to_documents(OutboxJob())


def test_the_day_of_an_article_is_the_local_one(clock: StoppedClock) -> None:
    late = datetime(2026, 11, 23, 18, tzinfo=UTC)
    (document,) = to_documents(article(id=1, published_at=late, body="", tags=[], kicker=""))
    assert str(document.published) == "2026-11-24"
