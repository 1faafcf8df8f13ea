"""Taking suggestions in, answering, refusing and closing them. Every act of an officer
leaves an audit line; none holds what was written or who wrote it."""

import re
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from content import outbox
from content.dossiers.lookup_codes import new_lookup_code, parse_lookup_code
from content.errors import Conflict, Invalid, InvalidTransition
from content.suggestions.models import (
    MAX_ANSWER,
    MAX_EMAIL,
    MAX_NAME,
    MAX_PHONE,
    MAX_TEXT,
    Channel,
    OpeningRecord,
    Suggestion,
    SuggestionState,
)
from content.text import clean
from content.writing import saving

PAGE_SIZE = 50
#: More links than that are advertising.
MAX_LINKS = 2
_LINK = re.compile(r"https?://|www\.", re.IGNORECASE)


class SuggestionService:
    """The box of one authority."""

    def __init__(self, session: Session, now: datetime) -> None:
        self.session = session
        self.now = now

    def send(
        self,
        text: str,
        *,
        is_anonymous: bool,
        consent: bool,
        name: str = "",
        email: str = "",
        phone: str = "",
    ) -> Suggestion:
        """A suggestion sent by its writer; anonymous too where nothing names them or leads to
        them, and then nothing of that is kept.
        ``Invalid``: ``required`` or ``too_long`` of a field, ``too_many_links``, ``consent``."""
        who = {"name": clean(name), "email": clean(email), "phone": clean(phone)}
        is_anonymous = is_anonymous or not any(who.values())
        if is_anonymous:
            who = dict.fromkeys(who, "")
        words = _checked(text, who)
        if not is_anonymous and not who["name"]:
            raise Invalid({"name": "required"})
        if not is_anonymous and not consent:
            raise Invalid({"consent": "consent"})
        consented_at = None if is_anonymous else self.now
        return self._take_in(words, Channel.ONLINE, who, consented_at=consented_at)

    def write_down(
        self,
        text: str,
        channel: Channel,
        *,
        actor_id: int | None,
        name: str = "",
        phone: str = "",
        record: OpeningRecord | None = None,
    ) -> Suggestion:
        """What was said on the phone, or a letter from the box of an opening that is not
        sealed. ``Invalid`` as for ``send``; ``InvalidTransition`` ``sealed``."""
        if record is not None and record.sealed_at is not None:
            raise InvalidTransition("sealed")
        who = {"name": clean(name), "email": "", "phone": clean(phone)}
        suggestion = self._take_in(_checked(text, who), channel, who, record=record)
        self._note(suggestion, actor_id, "suggestion.written_down")
        return suggestion

    def _take_in(
        self,
        text: str,
        channel: Channel,
        who: dict[str, str],
        *,
        consented_at: datetime | None = None,
        record: OpeningRecord | None = None,
    ) -> Suggestion:
        suggestion = Suggestion(
            code=new_lookup_code(),
            channel=channel,
            state=SuggestionState.NEW,
            text=text,
            consented_at=consented_at,
            received_at=record.opened_at if record else self.now,
            record=record,
            answer="",
            note="",
            **who,
        )
        self.session.add(suggestion)
        self.session.flush()  # its code must be free, and the audit line names its id
        return suggestion

    def answer(
        self, suggestion: Suggestion, answer: str, *, revision: int, actor_id: int | None
    ) -> None:
        """Answer it, or better an answer given before; whoever left an address gets a mail.
        ``Invalid``: ``required``, ``too_long``; ``InvalidTransition`` once it is closed."""
        self._reply(suggestion, SuggestionState.ANSWERED, answer, revision, actor_id)

    def refuse(
        self, suggestion: Suggestion, reason: str, *, revision: int, actor_id: int | None
    ) -> None:
        """Refuse it with a reason, as with ``answer``: a complaint, another authority's matter."""
        self._reply(suggestion, SuggestionState.REFUSED, reason, revision, actor_id)

    def _reply(
        self,
        suggestion: Suggestion,
        state: SuggestionState,
        text: str,
        revision: int,
        actor_id: int | None,
    ) -> None:
        self._check_open(suggestion, revision)
        words = clean(text, multiline=True)
        if not words:
            raise Invalid({"answer": "required"})
        if len(words) > MAX_ANSWER:
            raise Invalid({"answer": "too_long"})
        suggestion.state, suggestion.answer = state, words
        suggestion.decided_at, suggestion.decided_by = self.now, actor_id
        self._note(suggestion, actor_id, f"suggestion.{state.value}")
        if suggestion.email:
            self._mail(suggestion)

    def close(
        self, suggestion: Suggestion, note: str, *, revision: int, actor_id: int | None
    ) -> None:
        """Close it and erase who wrote it. One that has no answer needs a note on what was
        done (``Invalid`` ``required``)."""
        self._check_open(suggestion, revision)
        words = clean(note, multiline=True)
        if not words and suggestion.state is SuggestionState.NEW:
            raise Invalid({"note": "required"})
        if len(words) > MAX_ANSWER:
            raise Invalid({"note": "too_long"})
        suggestion.state, suggestion.note = SuggestionState.CLOSED, words
        suggestion.name = suggestion.email = suggestion.phone = ""
        suggestion.decided_at, suggestion.decided_by = self.now, actor_id
        self._note(suggestion, actor_id, "suggestion.closed")

    def _check_open(self, suggestion: Suggestion, revision: int) -> None:
        if suggestion.revision != revision:
            raise Conflict("changed_meanwhile")
        if suggestion.state is SuggestionState.CLOSED:
            raise InvalidTransition("suggestion_closed")

    def _mail(self, suggestion: Suggestion) -> None:
        payload = {
            "to": suggestion.email,
            "template": "suggestion_answered",
            "at": self.now.isoformat(),
            "values": {
                "code": suggestion.code,
                "text": suggestion.text,
                "answer": suggestion.answer,
            },
        }
        key = f"suggestion:{suggestion.id}:{self.now.timestamp()}"
        outbox.enqueue(self.session, "mail", key, now=self.now, payload=payload)

    def _note(self, suggestion: Suggestion, actor_id: int | None, action: str) -> None:
        subject = f"suggestion:{suggestion.id}"
        saving.note(self.session, subject, action, actor_id=actor_id, now=self.now)


def _checked(text: str, who: dict[str, str]) -> str:
    words = clean(text, multiline=True)
    problems = {} if words else {"text": "required"}
    limits = {"name": MAX_NAME, "email": MAX_EMAIL, "phone": MAX_PHONE}
    problems |= {key: "too_long" for key, value in who.items() if len(value) > limits[key]}
    if len(words) > MAX_TEXT:
        problems["text"] = "too_long"
    elif len(_LINK.findall(words)) > MAX_LINKS:
        problems["text"] = "too_many_links"
    if problems:
        raise Invalid(problems)
    return words


def find(session: Session, typed: str) -> Suggestion | None:
    """The suggestion of a code as typed."""
    code = parse_lookup_code(typed)
    query = select(Suggestion).where(Suggestion.code == code)
    return session.scalars(query).first() if code else None


def queue(session: Session, state: SuggestionState, *, page: int = 1) -> Sequence[Suggestion]:
    """A page of those of a state: what waits from the oldest, the rest from the newest."""
    oldest_first = state is SuggestionState.NEW
    order = Suggestion.received_at.asc() if oldest_first else Suggestion.received_at.desc()
    query = select(Suggestion).where(Suggestion.state == state).order_by(order, Suggestion.id)
    return session.scalars(query.offset((page - 1) * PAGE_SIZE).limit(PAGE_SIZE)).all()


def counts(session: Session) -> dict[SuggestionState, int]:
    """How many there are of each state."""
    query = select(Suggestion.state, func.count(Suggestion.id)).group_by(Suggestion.state)
    return {row[0]: row[1] for row in session.execute(query)}
