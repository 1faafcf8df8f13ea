"""Taking questions in, answering, refusing and publishing them.

Every act of an editor leaves an audit line, every act of writing a revision; neither holds
who asked.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from content import outbox
from content.enquiries.models import MAX_REASON, MAX_SLUG, Enquiry, EnquiryState, Origin
from content.enquiries.wording import (
    Wording,
    checked,
    heading,
    plain_answer,
    search_key,
    short_name,
    wording_of,
)
from content.errors import Conflict, Invalid, InvalidTransition
from content.news.bodies import to_text
from content.news.cleaning import sanitise
from content.news.models import BodyFormat
from content.procedures import reads as procedure_reads
from content.procedures.models import Procedure
from content.text import clean, fold, slugify
from content.words import local
from content.writing import revisions, saving, trash

MAX_PROCEDURES = 20
#: Room for the number that tells addresses of one wording apart.
_ROOM = 8
_WRITTEN = ("title", "details", "body_format", "topic", "sector_id", "position")


class EnquiryService:
    """The questions and answers of one site."""

    def __init__(self, session: Session, now: datetime) -> None:
        self.session = session
        self.now = now

    def ask(
        self,
        text: str,
        *,
        name: str = "",
        email: str = "",
        phone: str = "",
        consent: bool = False,
        may_publish: bool = False,
        may_show_name: bool = False,
    ) -> Enquiry:
        """Keep what a citizen asks. ``Invalid``: ``required`` or ``too_long`` of a field,
        ``too_many_links``, ``consent`` where who asks is named without it."""
        who = {"name": clean(name), "email": clean(email), "phone": clean(phone)}
        words = checked(text, who)
        if any(who.values()) and not consent:
            raise Invalid({"consent": "consent"})
        title = heading(words)
        enquiry = self._new(
            Origin.CITIZEN,
            state=EnquiryState.WAITING,
            title=title,
            details="" if title == words else words,
            asked=words,
            search_key=fold(words),
            consented_at=self.now if consent else None,
            may_publish=may_publish,
            may_show_name=may_publish and may_show_name and bool(who["name"]),
            **who,
        )
        self.session.add(enquiry)
        return enquiry

    def entry(self) -> Enquiry:
        """A new entry of an editor, for ``save``."""
        now = self.now
        return self._new(Origin.EDITOR, state=EnquiryState.ANSWERED, title="", answered_at=now)

    def _new(self, origin: Origin, **values: Any) -> Enquiry:
        fields = {
            "details": "",
            "body": "",
            "body_format": BodyFormat.TEXT,
            "topic": "",
            "position": 0,
            "search_key": "",
        }
        given = {**fields, **values, "received_at": self.now, "updated_at": self.now}
        return Enquiry(origin=origin, **given)

    def save(
        self,
        enquiry: Enquiry,
        wording: Wording,
        *,
        revision: int,
        actor_id: int | None,
        note: str = "",
    ) -> Enquiry:
        """A new entry (``revision`` 0) or a changed one. ``Invalid`` with the code
        ``unknown_procedure``, ``too_many_procedures``, or ``answer_missing`` where readers see
        it; ``Conflict`` if somebody saved meanwhile."""
        body = wording.body
        if wording.body_format is BodyFormat.HTML:
            body = sanitise(body)
        if enquiry.is_public and not to_text(body, wording.body_format):
            raise Invalid({"body": "answer_missing"}, code="answer_missing")
        with self.session.no_autoflush:
            procedures = self._procedures(wording.procedures)
        values = {
            **{name: getattr(wording, name) for name in _WRITTEN},
            "body": body,
            "procedures": procedures,
            "updated_at": self.now,
            "checked_on": local(self.now).date(),
            "search_key": search_key(wording, body),
        }
        saving.write(
            self.session,
            enquiry,
            values,
            revision=revision,
            actor_id=actor_id,
            now=self.now,
            action="enquiry.saved",
        )
        snapshot = wording_of(enquiry).snapshot()
        revisions.keep(
            self.session, enquiry.subject, snapshot, by=actor_id, now=self.now, note=note
        )
        return enquiry

    def _procedures(self, codes: Sequence[str]) -> list[Procedure]:
        if len(codes) > MAX_PROCEDURES:
            raise Invalid({"procedures": "too_many_procedures"}, code="too_many_procedures")
        found: dict[int, Procedure] = {}
        for code in codes:
            one = procedure_reads.find(self.session, code)
            if one is None:
                raise Invalid({"procedures": "unknown_procedure"}, code="unknown_procedure")
            found[one.id] = one
        return list(found.values())

    def restore(self, enquiry: Enquiry, number: int, *, actor_id: int | None) -> None:
        """Say again what a revision said. ``NotFound``; ``Invalid`` as for ``save``."""
        said = Wording.of(revisions.find(self.session, enquiry.subject, number).snapshot)
        now_at = enquiry.revision
        self.save(enquiry, said, revision=now_at, actor_id=actor_id, note=f"#{number}")

    def answer(self, enquiry: Enquiry, *, revision: int, actor_id: int | None) -> bool:
        """Send what is saved as the answer; whether a mail goes out. Again after a change.
        ``Invalid`` ``answer_missing``; ``InvalidTransition`` for an entry of an editor."""
        self._check(enquiry, revision)
        answer = to_text(enquiry.body, enquiry.body_format)
        if not answer:
            raise Invalid({"body": "answer_missing"}, code="answer_missing")
        self._decide(enquiry, EnquiryState.ANSWERED, actor_id)
        enquiry.reason = ""
        return self._mail(enquiry, plain_answer(enquiry))

    def refuse(self, enquiry: Enquiry, reason: str, *, revision: int, actor_id: int | None) -> bool:
        """Refuse it with a reason; whether a mail goes out. ``Invalid`` ``required`` or
        ``too_long``; ``InvalidTransition`` for an entry of an editor or a published one."""
        self._check(enquiry, revision)
        if enquiry.published_at is not None:
            raise InvalidTransition("published")
        words = clean(reason, multiline=True)
        if not words:
            raise Invalid({"reason": "required"}, code="required")
        if len(words) > MAX_REASON:
            raise Invalid({"reason": "too_long"}, code="too_long")
        self._decide(enquiry, EnquiryState.REFUSED, actor_id)
        enquiry.reason = words
        return self._mail(enquiry, words)

    def _check(self, enquiry: Enquiry, revision: int) -> None:
        if enquiry.origin is not Origin.CITIZEN:
            raise InvalidTransition("not_asked")
        if enquiry.revision != revision:
            raise Conflict("changed_meanwhile")

    def _decide(self, enquiry: Enquiry, state: EnquiryState, by: int | None) -> None:
        enquiry.state, enquiry.answered_at, enquiry.answered_by = state, self.now, by
        self._note(enquiry, state.value, by)

    def _mail(self, enquiry: Enquiry, answer: str) -> bool:
        if not enquiry.email:
            return False
        payload = {
            "to": enquiry.email,
            "template": "enquiry_answered",
            "at": self.now.isoformat(),
            "values": {"question": enquiry.asked or enquiry.title, "answer": answer},
        }
        key = f"enquiry:{enquiry.id}:{self.now.timestamp()}"
        outbox.enqueue(self.session, "mail", key, now=self.now, payload=payload)
        return True

    def publish(self, enquiry: Enquiry, *, by: int | None) -> None:
        """Show it to readers. ``InvalidTransition``: ``already_public``, ``not_answered``,
        ``no_consent``; ``Invalid`` ``answer_missing``."""
        if enquiry.published_at is not None:
            raise InvalidTransition("already_public")
        if enquiry.state is not EnquiryState.ANSWERED:
            raise InvalidTransition("not_answered")
        if enquiry.origin is Origin.CITIZEN and not enquiry.may_publish:
            raise InvalidTransition("no_consent")
        if not to_text(enquiry.body, enquiry.body_format):
            raise Invalid({"body": "answer_missing"}, code="answer_missing")
        if enquiry.slug is None:
            enquiry.slug = self._free_slug(enquiry.title)
        if enquiry.name:
            enquiry.shown_name = enquiry.name if enquiry.may_show_name else short_name(enquiry.name)
        enquiry.published_at = self.now
        self._note(enquiry, "published", by)

    def withdraw(self, enquiry: Enquiry, *, by: int | None) -> None:
        """Take it from readers; the address stays kept for it."""
        if enquiry.published_at is None:
            raise InvalidTransition("not_public")
        enquiry.published_at = None
        self._note(enquiry, "withdrawn", by)

    def check(self, enquiry: Enquiry, *, by: int | None) -> None:
        """An editor read it again and found it right."""
        enquiry.checked_on = local(self.now).date()
        self._note(enquiry, "checked", by)

    def delete(self, enquiry: Enquiry, *, by: int | None) -> None:
        """Into the bin, from where it comes back unpublished."""
        enquiry.published_at = None
        trash.put(self.session, enquiry, by, self.now)

    def _free_slug(self, title: str) -> str:
        wanted = slugify(title, limit=MAX_SLUG - _ROOM) or "hoi-dap"
        query = select(Enquiry.slug).where(Enquiry.slug.startswith(wanted))
        taken, slug, count = set(self.session.scalars(query)), wanted, 1
        while slug in taken:
            count += 1
            slug = f"{wanted}-{count}"
        return slug

    def _note(self, enquiry: Enquiry, act: str, by: int | None) -> None:
        action = f"enquiry.{act}"
        saving.note(self.session, enquiry.subject, action, actor_id=by, now=self.now)
