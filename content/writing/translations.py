"""Translations: what an original says, piece by piece, and the same in another language.

A translation remembers the words it was made from, so it is known to the word where it
is behind its original. Which pieces a thing has, its subject knows (:class:`Source`);
nothing here knows articles, procedures or HTML.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Literal

from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import Session

from content import audit, changes
from content.errors import Conflict, Invalid, InvalidTransition, NotAllowed, NotFound
from content.text import clean
from content.writing import revisions
from content.writing.models import Autosave, Lock, Revision, Translation, TranslationStatus

ENGLISH = "en"
MAX_TEXT = 100_000
#: Where a save keeps, beside its texts, the words they were made from.
MADE_FROM = "made_from"
Shape = Literal["line", "lines", "body"]

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
#: 14:00 says no more than "14 giờ".
_FULL_HOUR = re.compile(r"(?<=\d):00\b")
_THOUSANDS = re.compile(r"\d{1,3}(?:[.,]\d{3})+")


@dataclass(frozen=True)
class Piece:
    """One text of an original. ``is_exact``: about money or time, so that a translation may
    name no number that the original does not name."""

    key: str
    label: str
    text: str
    shape: Shape = "line"
    is_required: bool = False
    is_exact: bool = False


@dataclass(frozen=True)
class Source:
    """What is to be translated, as it is now. ``number`` is its revision or version."""

    subject: str
    title: str
    number: int | None
    pieces: tuple[Piece, ...]

    @property
    def texts(self) -> dict[str, str]:
        """The words by key."""
        return {one.key: one.text for one in self.pieces}

    @property
    def digest(self) -> str:
        """Changes with any word; a form carries it to tell whether the original changed."""
        told = "\0".join(f"{one.key}\1{one.text}" for one in self.pieces)
        return sha256(told.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Change:
    """One piece of which the original says something else by now; ``before`` or ``after``
    is empty for a piece that came or went."""

    key: str
    before: str
    after: str


def texts_of(save: Revision) -> dict[str, str]:
    """What a save of a translation said, by the keys of its pieces."""
    return {key: text for key, text in save.snapshot.items() if key != MADE_FROM}


def own_subject(subject: str) -> str:
    """What the translation of a subject is called by locks, kept drafts and revisions."""
    return f"translation:{subject.replace(':', '-').replace('_', '-')}"


_FIND = select(Translation).where(
    Translation.subject == bindparam("subject"), Translation.language == ENGLISH
)
_PUBLISHED = _FIND.where(Translation.status == TranslationStatus.PUBLISHED)


def find(session: Session, subject: str) -> Translation | None:
    """The English translation of a subject, whatever its status."""
    return session.scalars(_FIND, {"subject": subject}).first()


def published(session: Session, subject: str) -> Translation | None:
    """The one that readers may see, where they may see its original."""
    return session.scalars(_PUBLISHED, {"subject": subject}).first()


def published_subjects(session: Session) -> frozenset[str]:
    """Everything that readers may see in English, where they may see its original."""
    query = select(Translation.subject).where(
        Translation.language == ENGLISH, Translation.status == TranslationStatus.PUBLISHED
    )
    return frozenset(session.scalars(query))


def changed(translation: Translation, source: Source) -> list[Change]:
    """Where the original says something else than when it was translated, in its order.
    A text that only moved to another place is no change."""
    was, now = translation.source_texts, source.texts
    known, there = set(was.values()), set(now.values())
    former = {key: text if text not in there else "" for key, text in was.items()}
    found = [
        Change(key, former.get(key, ""), text) for key, text in now.items() if text not in known
    ]
    told = {one.before for one in found}
    return found + [
        Change(key, text, "") for key, text in former.items() if text not in told | {""}
    ]


def is_behind(translation: Translation, source: Source) -> bool:
    """Whether the original changed since."""
    return set(translation.source_texts.values()) != set(source.texts.values())


def shown(translation: Translation | None, source: Source) -> dict[str, str]:
    """The translation under the keys of today: a text that moved takes its translation
    along; one that changed keeps what its place had."""
    if translation is None:
        return {}
    known, by_words = translation.texts, memory(translation)
    told = {one.key: by_words.get(one.text) or known.get(one.key, "") for one in source.pieces}
    return {key: text for key, text in told.items() if text}


def memory(translation: Translation) -> dict[str, str]:
    """Words of the original → their translation."""
    texts = translation.texts
    return {was: texts[key] for key, was in translation.source_texts.items() if texts.get(key)}


def foreign_numbers(piece: Piece, text: str) -> list[str]:
    """Numbers of an exact piece's translation that its original does not name."""
    if not piece.is_exact:
        return []
    known = {_value(one) for one in _NUMBER.findall(piece.text)}
    said = _NUMBER.findall(_FULL_HOUR.sub("", text))
    return [one for one in said if _value(one) not in known]


def _value(number: str) -> str:
    """``8.000`` and ``8,000`` are the same; so are ``2,5`` and ``2.5``, ``05`` and ``5``."""
    if _THOUSANDS.fullmatch(number):
        number = re.sub(r"[.,]", "", number)
    return number.replace(",", ".").lstrip("0") or "0"


class TranslationService:
    """Writing, publishing and taking back. ``four_eyes``: who wrote last does not publish."""

    def __init__(self, session: Session, now: datetime, *, four_eyes: bool = False) -> None:
        self.session = session
        self.now = now
        self.four_eyes = four_eyes

    def save(
        self,
        source: Source,
        texts: Mapping[str, str],
        *,
        revision: int,
        actor_id: int,
        is_level: bool,
    ) -> Translation:
        """Keep ``texts`` (``revision`` 0: the first). ``is_level`` says that they tell what
        the original says now; otherwise what changed in it stays to be done. Raises
        ``Conflict`` if somebody saved meanwhile, ``Invalid`` for numbers of its own."""
        kept = {one.key: _cleaned(one, texts.get(one.key, "")) for one in source.pieces}
        wrong = [one for one in source.pieces if foreign_numbers(one, kept[one.key])]
        if wrong:
            raise Invalid({one.key: "foreign_number" for one in wrong}, code="foreign_number")
        made = find(self.session, source.subject)
        if (made.revision if made else 0) != revision:
            raise Conflict("changed_meanwhile")
        if made is None:
            made = Translation(subject=source.subject, language=ENGLISH, source_texts={})
            self.session.add(made)
            is_level = True
        made.source_texts = source.texts if is_level else _still_to_do(made, source)
        if not is_behind(made, source):
            made.source_number, made.translated_at = source.number, self.now
        made.texts = {key: text for key, text in kept.items() if text}
        self._keep(made, actor_id)
        return made

    def restore(self, source: Source, number: int, *, actor_id: int) -> Translation:
        """Say again what an earlier save said; the present text stays in the history. What it
        was made from and the original says no more is to be done again. ``NotFound``;
        ``Invalid`` if readers would miss something."""
        made = find(self.session, source.subject)
        if made is None:
            raise NotFound("translation", subject=source.subject)
        save = revisions.find(self.session, own_subject(source.subject), number)
        texts = texts_of(save)
        # Saves made before these words were kept: nobody knows, so all is to be looked at.
        unknown = dict.fromkeys(texts, "")
        earlier = Translation(
            subject=made.subject,
            texts=texts,
            source_texts=save.snapshot.get(MADE_FROM, unknown),
        )
        is_public = made.status is TranslationStatus.PUBLISHED
        if is_public and (missing := missing_of(earlier, source)):
            keys = {one.key: "required" for one in missing}
            raise Invalid(keys, code="translation_incomplete")
        made.texts, made.source_texts = shown(earlier, source), _still_to_do(earlier, source)
        made.source_number, made.translated_at = None, save.written_at
        if not is_behind(made, source):
            made.source_number, made.translated_at = source.number, self.now
        self._keep(made, actor_id)
        return made

    def _keep(self, made: Translation, actor_id: int) -> None:
        made.written_by, made.updated_at = actor_id, self.now
        told = {**made.texts, MADE_FROM: made.source_texts}
        revisions.keep(self.session, own_subject(made.subject), told, by=actor_id, now=self.now)
        self._note(made, "saved", actor_id)

    def publish(self, translation: Translation, source: Source, *, actor_id: int) -> None:
        """Show it to readers. ``Invalid`` names what is missing, ``NotAllowed`` if the same
        person wrote it and four eyes are asked for."""
        if translation.status is TranslationStatus.PUBLISHED:
            raise InvalidTransition("already_published", id=translation.id)
        if missing := missing_of(translation, source):
            keys = {one.key: "required" for one in missing}
            raise Invalid(keys, code="translation_incomplete")
        if self.is_own(translation, actor_id):
            raise NotAllowed("four_eyes")
        translation.status = TranslationStatus.PUBLISHED
        translation.published_at = translation.updated_at = self.now
        self._note(translation, "published", actor_id)

    def withdraw(self, translation: Translation, *, actor_id: int) -> None:
        """Take it back; its original stays."""
        if translation.status is not TranslationStatus.PUBLISHED:
            raise InvalidTransition("not_published", id=translation.id)
        translation.status = TranslationStatus.WITHDRAWN
        translation.updated_at = self.now
        self._note(translation, "withdrawn", actor_id)

    def is_own(self, translation: Translation, actor_id: int) -> bool:
        """Whether four eyes are asked for and these two wrote it."""
        return self.four_eyes and translation.written_by == actor_id

    def _note(self, translation: Translation, act: str, actor_id: int) -> None:
        if act != "saved" or translation.status is TranslationStatus.PUBLISHED:
            # Every page of the original tells whether there is one in English, and what
            # stands around pages may be in English itself.
            changes.advance(self.session, changes.FRAME)
        audit.record(
            self.session,
            now=self.now,
            actor_id=actor_id,
            action=f"translation.{act}",
            subject=translation.subject,
        )


def missing_of(translation: Translation, source: Source) -> list[Piece]:
    """What has to be there before readers see it."""
    texts = shown(translation, source)
    return [one for one in source.pieces if one.is_required and not texts.get(one.key)]


def _still_to_do(translation: Translation, source: Source) -> dict[str, str]:
    """The words that each piece was made from: today's where they are known, else the former
    ones of its place (none for a new piece)."""
    was = translation.source_texts
    known = set(was.values())
    return {key: text if text in known else was.get(key, "") for key, text in source.texts.items()}


def forget(session: Session, subject: str) -> None:
    """The original is gone for good: its translation goes with it."""
    found = find(session, subject)
    if found is None:
        return
    session.delete(found)
    changes.advance(session, changes.FRAME)
    for table in (Revision, Lock, Autosave):
        session.execute(delete(table).where(table.subject == own_subject(subject)))


def _cleaned(piece: Piece, text: str) -> str:
    return clean(text, multiline=piece.shape != "line")[:MAX_TEXT]


def all_published(session: Session, kind: str) -> dict[int, Translation]:
    """Id of the original → its translation, of one kind (``article``)."""
    query = select(Translation).where(
        Translation.subject.startswith(f"{kind}:", autoescape=True),
        Translation.language == ENGLISH,
        Translation.status == TranslationStatus.PUBLISHED,
    )
    return {int(one.subject.partition(":")[2]): one for one in session.scalars(query)}


def newest(session: Session, status: TranslationStatus | None = None) -> list[Translation]:
    """All of them, or those of a status, the last changed first."""
    query = select(Translation).where(Translation.language == ENGLISH)
    if status is not None:
        query = query.where(Translation.status == status)
    return list(session.scalars(query.order_by(Translation.updated_at.desc(), Translation.id)))
