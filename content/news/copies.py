"""Working copies: with four eyes, a published text is changed by one and published by another.

What readers see stays as it is until then. The copy is one for all of the board; whoever
saved it last does not publish it.
"""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from content import audit
from content.errors import Conflict, Invalid, InvalidTransition, NotAllowed
from content.media.models import Medium
from content.media.usages import Usage, names, register
from content.news.completeness import missing_of
from content.news.models import Article, ArticleStatus, WorkingCopy
from content.news.service import NewsService, Written, kind_of, subject_of
from content.news.texts import ArticleText, PageText, Text
from content.writing import revisions


class CopyService:
    """The working copies of published texts."""

    def __init__(self, session: Session, now: datetime) -> None:
        self.session = session
        self.now = now
        self.news = NewsService(session, now)

    def find(self, written: Written) -> WorkingCopy | None:
        """The copy that waits."""
        return self.session.get(WorkingCopy, subject_of(written))

    def text(self, written: Written) -> Text | None:
        """What it says."""
        found = self.find(written)
        if found is None:
            return None
        kind = ArticleText if isinstance(written, Article) else PageText
        return kind.of(found.text)

    def keep(
        self, written: Written, text: Text, *, revision: int, copy: int, actor_id: int | None
    ) -> WorkingCopy:
        """Keep what shall become of a published text. ``revision`` and ``copy`` are the
        revisions (0: none) that were read; ``Conflict`` if somebody saved meanwhile, or
        ``Invalid`` as if it were published."""
        if written.status is not ArticleStatus.PUBLISHED:
            raise InvalidTransition("not_published", id=written.id)
        found = self.find(written)
        if written.revision != revision or (found.revision if found else 0) != copy:
            raise Conflict(f"{kind_of(written)}_changed", id=written.id)
        self.news.check(written, text)
        if found is None:
            found = WorkingCopy(subject=subject_of(written))
        found.text = text.snapshot() | {"slug": text.slug or written.slug}
        found.base = self._number(written)
        found.written_by, found.written_at = actor_id, self.now
        self.session.add(found)
        self._note(written, actor_id, "copy_kept")
        return found

    def publish(self, written: Written, *, copy: int, actor_id: int | None) -> None:
        """What the copy with this revision says is what readers see. ``NotAllowed`` for who
        wrote it, ``Conflict`` for another revision than was read."""
        found, text = self._read(written, copy), self.text(written)
        if found.written_by == actor_id:
            raise NotAllowed("four_eyes")
        if text is None or found.base != self._number(written):
            raise Conflict(f"{kind_of(written)}_changed", id=written.id)
        if missing := missing_of(text):
            raise Invalid(dict.fromkeys(missing, "required"), code="article_incomplete")
        self.news.check(written, text)
        # The words are the writer's; that somebody else let them go out the audit says.
        self.news.write(written, text, actor_id=found.written_by, act="edited")
        self._note(written, actor_id, "copy_published")

    def drop(self, written: Written, *, copy: int, actor_id: int | None) -> None:
        """Forget the copy; readers see no change."""
        self.session.delete(self._read(written, copy))
        self._note(written, actor_id, "copy_dropped")

    def _read(self, written: Written, copy: int) -> WorkingCopy:
        found = self.find(written)
        if found is None:
            raise InvalidTransition("no_copy", id=written.id)
        if found.revision != copy:
            raise Conflict(f"{kind_of(written)}_changed", id=written.id)
        return found

    def _number(self, written: Written) -> int:
        return revisions.last_number(self.session, subject_of(written)) or 0

    def _note(self, written: Written, actor_id: int | None, act: str) -> None:
        audit.record(
            self.session,
            now=self.now,
            actor_id=actor_id,
            action=f"{kind_of(written)}.{act}",
            subject=subject_of(written),
        )


def _in_copies(session: Session, medium: Medium) -> Iterator[Usage]:
    query = select(WorkingCopy).where(names(WorkingCopy.text, medium))
    for one in session.scalars(query.order_by(WorkingCopy.subject)):
        yield Usage(one.subject, f"{one.text.get('title', '')} (bản sửa chờ công bố)")


register("working_copy", _in_copies)
