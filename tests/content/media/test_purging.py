"""What lay in the bin for thirty days goes, with its bytes, and leaves nothing hanging."""

import io
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.files import FileService, MemoryStore
from content.files.model import StoredFile
from content.media.kinds import MediumKind
from content.media.models import Medium
from content.media.presentation import with_pictures
from content.media.service import Arrival, MediaService, Words
from content.site.models import ONLY, Identity
from content.writing import trash
from tests.support.clock import StoppedClock


def document(session: Session, clock: StoppedClock, name: str = "mau.pdf") -> Medium:
    files = FileService(session, MemoryStore())
    arrival = Arrival(name, MediumKind.DOCUMENT, "application/pdf", 3, "a" * 64)
    service = MediaService(session, files, clock())
    return service.add(arrival, io.BytesIO(b"abc"), folder_id=None, actor_id=None)


def test_purging_takes_the_file_and_frees_who_used_it(
    any_session: Session, clock: StoppedClock
) -> None:
    medium = document(any_session, clock)
    any_session.add(Identity(id=ONLY, emblem_id=medium.id, updated_at=clock()))
    any_session.flush()
    trash.put(any_session, medium, None, clock())
    any_session.flush()
    assert trash.purge(any_session, clock() + timedelta(days=29)) == 0
    assert trash.purge(any_session, clock() + timedelta(days=31)) == 1
    any_session.flush()
    any_session.expire_all()
    assert any_session.scalars(select(StoredFile)).all() == []
    assert any_session.get_one(Identity, ONLY).emblem_id is None


def test_words_found_without_marks_follow_the_words(session: Session, clock: StoppedClock) -> None:
    medium = document(session, clock)
    service = MediaService(session, FileService(session, MemoryStore()), clock())
    words = Words(title="Hướng dẫn đất đai")
    service.describe(medium, words, revision=medium.revision, actor_id=None)
    assert "huong dan dat dai" in medium.search_key


def test_a_body_loses_pictures_that_are_gone_and_nothing_else() -> None:
    html = '<p>Một</p><img src="/tep/0123456789ab/a.jpg" alt="x"><p>Hai</p>'
    assert with_pictures(html, {}) == "<p>Một</p><p>Hai</p>"
