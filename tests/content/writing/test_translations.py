"""Translations keep to their original: what changed in it is known, figures are its own."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from content.errors import Conflict, Invalid, InvalidTransition, NotAllowed, NotFound
from content.people.models import Account
from content.writing import revisions, translations
from content.writing.models import Translation, TranslationStatus
from content.writing.translations import Piece, Source, TranslationService
from tests.content.writing.people import account
from tests.support.clock import StoppedClock

NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)
FEE = "Người nộp trễ: 8.000 đồng"


def source(**texts: str) -> Source:
    pieces = tuple(
        Piece(key, key, text, is_required=key == "name", is_exact=key == "fee")
        for key, text in texts.items()
    )
    return Source("procedure:9", "Khai sinh", 1, pieces)


def service(session: Session, *, four_eyes: bool = False) -> TranslationService:
    return TranslationService(session, NOW, four_eyes=four_eyes)


def writers(session: Session) -> tuple[int, int]:
    """Two editors."""
    clock = StoppedClock()
    return account(session, clock, "Biên"), account(session, clock, "Tập")


def save(
    session: Session, of: Source, revision: int = 0, by: int | None = None, **texts: str
) -> Translation:
    made = service(session)
    by = by or session.scalars(select(Account.id)).first() or writers(session)[0]
    return made.save(of, texts, revision=revision, actor_id=by, is_level=False)


def test_a_changed_original_is_known_piece_by_piece_until_it_is_done(session: Session) -> None:
    was = source(name="Khai sinh", paper="Tờ khai")
    made = save(session, was, name="Birth", paper="Declaration")
    assert not translations.is_behind(made, was)
    now = source(name="Khai sinh", paper="Tờ khai mới", more="Thẻ")
    found = [(one.key, one.before, one.after) for one in translations.changed(made, now)]
    assert found == [("paper", "Tờ khai", "Tờ khai mới"), ("more", "", "Thẻ")]
    # Saving without saying that all is done leaves what changed to be done.
    save(session, now, made.revision, name="Birth", paper="New declaration")
    assert [one.key for one in translations.changed(made, now)] == ["paper", "more"]
    later = TranslationService(session, NOW + timedelta(days=1))
    done = {"name": "Birth", "paper": "New declaration", "more": "Card"}
    later.save(now, done, revision=made.revision, actor_id=made.written_by or 0, is_level=True)
    assert not translations.is_behind(made, now)
    assert made.translated_at == later.now


def test_a_text_that_only_moved_takes_its_translation_along(session: Session) -> None:
    made = save(session, source(a="Một", b="Hai"), a="One", b="Two")
    moved = source(a="Hai", b="Một")
    assert translations.shown(made, moved) == {"a": "Two", "b": "One"}
    assert not translations.is_behind(made, moved)
    gone = translations.changed(made, source(a="Hai"))
    assert [(one.before, one.after) for one in gone] == [("Một", "")]


def test_a_remark_about_money_names_no_number_of_its_own(session: Session) -> None:
    of = source(name="Khai sinh", fee=FEE)
    with pytest.raises(Invalid, match="foreign_number"):
        save(session, of, name="Birth", fee="Late: 9,000 VND")
    save(session, of, name="Birth", fee="Late: 8,000 VND")


def test_the_second_of_two_translators_is_stopped_and_each_text_is_kept(session: Session) -> None:
    of = source(name="Khai sinh")
    made = save(session, of, name="Birth")
    save(session, of, made.revision, name="Birth registration")
    with pytest.raises(Conflict):
        save(session, of, 1, name="Registering a birth")
    with pytest.raises(Conflict):
        save(session, of, 0, name="Registering a birth")
    history = revisions.history(session, translations.own_subject(of.subject))
    assert [one.snapshot["name"] for one in history] == ["Birth registration", "Birth"]


def test_a_translation_is_published_whole_and_by_another_if_four_eyes_are_asked(
    session: Session,
) -> None:
    of = source(name="Khai sinh", paper="Tờ khai")
    one, two = writers(session)
    made = save(session, of, by=one, paper="Declaration")
    careful = service(session, four_eyes=True)
    with pytest.raises(Invalid, match="translation_incomplete"):
        careful.publish(made, of, actor_id=two)
    save(session, of, made.revision, by=one, name="Birth", paper="Declaration")
    with pytest.raises(NotAllowed):
        careful.publish(made, of, actor_id=one)
    assert translations.published_subjects(session) == frozenset()
    careful.publish(made, of, actor_id=two)
    assert translations.published_subjects(session) == {of.subject}
    with pytest.raises(InvalidTransition):
        careful.publish(made, of, actor_id=two)
    careful.withdraw(made, actor_id=two)
    assert made.status is TranslationStatus.WITHDRAWN
    with pytest.raises(InvalidTransition):
        careful.withdraw(made, actor_id=two)
    assert translations.published(session, of.subject) is None


def test_an_earlier_save_is_said_again_with_what_it_was_made_from(session: Session) -> None:
    was, now = source(name="Khai sinh", paper="Đơn"), source(name="Khai sinh", paper="Tờ khai")
    made = save(session, was, name="Birth", paper="Request")
    by = made.written_by or 0
    done = {"name": "Registering a birth", "paper": "Declaration"}
    service(session).save(now, done, revision=made.revision, actor_id=by, is_level=True)
    assert not translations.is_behind(made, now)
    service(session).restore(now, 1, actor_id=by)
    assert made.texts == {"name": "Birth", "paper": "Request"}
    assert [one.before for one in translations.changed(made, now)] == ["Đơn"]
    service(session).restore(now, 2, actor_id=by)
    assert made.texts == done
    assert not translations.is_behind(made, now)
    with pytest.raises(NotFound):
        service(session).restore(now, 9, actor_id=by)


def test_what_is_purged_leaves_no_translation_behind(session: Session) -> None:
    of = source(name="Khai sinh")
    save(session, of, name="Birth")
    translations.forget(session, of.subject)
    assert translations.find(session, of.subject) is None
    assert not revisions.history(session, translations.own_subject(of.subject))


WORDS = st.dictionaries(
    st.sampled_from("abcde"), st.sampled_from(("Một", "Hai", "Ba", "Bốn", "Năm", "Sáu"))
)


@settings(max_examples=150)
@given(st.lists(WORDS, min_size=2, max_size=5))
def test_no_piece_is_ever_shown_with_words_translated_from_another(
    states: list[dict[str, str]],
) -> None:
    """An original changes again and again; its translator follows only what is unchanged."""
    made = Translation(subject="procedure:9", source_texts={}, texts={})
    for texts in states:
        of = source(**texts)
        shown = translations.shown(made, of)
        known = {text: f"English of {text}" for text in made.source_texts.values()}
        for key, text in texts.items():
            if text in known:
                assert shown[key] == known[text]
        # The translator does all: every piece gets the words of its own text.
        made.texts = {key: f"English of {text}" for key, text in texts.items()}
        made.source_texts = of.texts
        assert not translations.is_behind(made, of)
        assert not translations.changed(made, of)
