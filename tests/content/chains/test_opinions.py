"""Opinions by their service, on both databases: who may ask, answer, withdraw; nothing twice."""

import io
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.calendar.days import roll_back
from content.dossiers import officer_news, opinion_watch
from content.dossiers.conversation import GivenFile
from content.dossiers.opinion_models import Opinion, OpinionState, Reminder
from content.dossiers.opinion_reads import asked_of, papers_for
from content.dossiers.opinions import OpinionService, Question
from content.dossiers.routing import Receiver
from content.dossiers.sight import sight_of
from content.dossiers.states import Status
from content.dossiers.wording import timeline
from content.errors import Conflict, Invalid, InvalidTransition, NotAllowed
from content.words import short_date, weekday
from tests.content.chains.conftest import Chain
from tests.content.dossiers_service.world import PDF, filing_rules
from tests.support.clock import StoppedClock

CALENDAR = filing_rules().calendar
DUE = date(2026, 11, 25)
DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 20))


def everybody(_address: str) -> bool:
    return True


def service_of(chain: Chain, clock: StoppedClock) -> OpinionService:
    found: OpinionService = chain.office.service(OpinionService, clock(), chain.office.world.files)
    return found


def test_a_question_that_cannot_be_asked_is_refused(chain: Chain, clock: StoppedClock) -> None:
    office, session = chain.office, chain.session
    dossier = office.in_progress(clock())
    _commune, department, tax = chain.agencies
    _first, theirs, others = chain.people
    service = service_of(chain, clock)
    for question, field, code in (
        (Question(Receiver(office.world.commune.id), "Hỏi?", DUE), "to", "own_unit"),
        (Question(Receiver(10**9), "Hỏi?", DUE), "to", "unknown"),
        (Question(Receiver(department.id, others.id), "Hỏi?", DUE), "to", "not_there"),
        (Question(Receiver(department.id), " \n ", DUE), "question", "required"),
        (Question(Receiver(department.id), "a" * 4001, DUE), "question", "too_long"),
        (Question(Receiver(department.id), "Hỏi?", date(2026, 11, 24)), "due_date", "not_worked"),
        (Question(Receiver(department.id), "Hỏi?", date(2026, 11, 20)), "due_date", "in_the_past"),
        (Question(Receiver(department.id), "Hỏi?", date(2062, 11, 25)), "due_date", "too_far_off"),
        (Question(Receiver(department.id), "Hỏi?", DUE, ("khac",)), "papers", "unknown"),
    ):
        with pytest.raises(Invalid) as refused:
            service.ask(dossier, office.specialist, question)
        assert refused.value.problems == {field: code}
    question = Question(Receiver(tax.id), "Hỏi?", DUE)
    with pytest.raises(NotAllowed):
        service.ask(dossier, theirs, question)
    with pytest.raises(Conflict):
        service.ask(dossier, office.specialist, question, revision=dossier.revision - 1)
    assert session.query(Opinion).count() == 0
    dossier.status = Status.SUPPLEMENT_ASKED
    with pytest.raises(InvalidTransition):
        service.ask(dossier, office.specialist, question)


def test_a_question_is_answered_once(chain: Chain, clock: StoppedClock) -> None:
    office, session = chain.office, chain.session
    dossier = office.in_progress(clock())
    due, status, before = dossier.due_date, dossier.status, dossier.revision
    _first, theirs, others = chain.people
    service = service_of(chain, clock)
    paper = dossier.attachments[0].token
    question = Question(Receiver(chain.agencies[1].id), "Có vướng quy hoạch không?", DUE, (paper,))
    opinion = service.ask(dossier, office.specialist, question)
    session.flush()
    assert dossier.revision > before
    assert (dossier.status, dossier.due_date) == (status, due)
    sight = sight_of(session, theirs, clock())
    assert [one.opinion for one in asked_of(session, sight, clock(), open_only=True)] == [opinion]
    assert [one.name for one in papers_for(opinion)] == ["so-do.pdf"]
    for stranger, code in ((others, "not_asked"), (office.specialist, "own_question")):
        with pytest.raises(NotAllowed, match=code):
            service.answer(opinion, stranger, "Không vướng.")
    with pytest.raises(NotAllowed):
        service.withdraw(opinion, theirs)
    with pytest.raises(Conflict):
        service.answer(opinion, theirs, "Không vướng.", revision=opinion.revision + 1)
    file = GivenFile(io.BytesIO(PDF), "ban-do.pdf", "application/pdf")
    service.answer(opinion, theirs, "Không vướng.", [file], revision=opinion.revision)
    session.flush()
    assert (opinion.state, opinion.ended_by) == (OpinionState.ANSWERED, theirs.name)
    assert (len(opinion.files), papers_for(opinion)) == (1, [])
    for act in (
        lambda: service.answer(opinion, theirs, "Lần nữa."),
        lambda: service.give_back(opinion, office.leader, "Không thuộc đơn vị."),
        lambda: service.withdraw(opinion, office.specialist),
    ):
        with pytest.raises(InvalidTransition, match="opinion_ended"):
            act()
    inside = [one.sentence for one in timeline(dossier, inside=True)]
    until = f"{weekday(DUE)}, {short_date(DUE)}"
    assert inside[-2:] == [
        f"Gửi lấy ý kiến Sở Xây dựng. Trả lời chậm nhất {until}.",
        "Sở Xây dựng đã trả lời ý kiến.",
    ]
    assert timeline(dossier)[-1].sentence == "Gửi lấy ý kiến Sở Xây dựng."
    session.delete(opinion)
    with pytest.raises(InvalidTransition, match="opinion_stays"):
        session.flush()


def test_a_question_to_one_person_is_theirs(chain: Chain, clock: StoppedClock) -> None:
    office = chain.office
    dossier = office.in_progress(clock())
    _first, theirs, others = chain.people
    service = service_of(chain, clock)
    question = Question(Receiver(chain.agencies[2].id, others.id), "Hỏi?", DUE)
    named = service.ask(dossier, office.specialist, question)
    assert service.answers_as(named, theirs) is None
    assert service.answers_as(named, others) is not None
    assert service.answers_as(named, office.head) is not None
    # A dossier that has ended asks nobody.
    dossier.status, dossier.finished_at = Status.STOPPED, clock()
    with pytest.raises(InvalidTransition, match="dossier_ended"):
        service.answer(named, others, "Muộn rồi.")


def test_words_that_were_written_stay(chain: Chain, clock: StoppedClock) -> None:
    office, session = chain.office, chain.session
    dossier = office.in_progress(clock())
    service = office.service(OpinionService, clock(), office.world.files)
    question = Question(Receiver(chain.agencies[1].id), "Hỏi?", DUE)
    opinion = service.ask(dossier, office.specialist, question)
    session.flush()
    opinion.question = "Câu hỏi khác."
    with pytest.raises(InvalidTransition, match="opinion_stays"):
        session.flush()


def test_reminders_and_news_are_given_once(chain: Chain, clock: StoppedClock) -> None:
    office, session = chain.office, chain.session
    dossier = office.in_progress(clock())
    service = office.service(OpinionService, clock(), office.world.files)
    for unit in chain.agencies[1:]:
        service.ask(dossier, office.specialist, Question(Receiver(unit.id), "Hỏi?", DUE))
    session.flush()
    told = []
    for _day in range(6):  # Monday to Saturday; the Tuesday is a holiday
        while opinion_watch.remind(session, CALENDAR, clock(), everybody, limit=1):
            told.append(clock().day)
        clock.move(days=1)
    assert told == [23, 23, 25, 25, 26, 26]
    people = [one["to"] for one in office.mails("opinion_due")]
    assert people[:4] == ["cb2@example.vn", "cb3@example.vn"] * 2
    assert set(people[4:]) == {"head@example.vn"}
    # Two pieces of news for each asked officer; a mail each, and never again.
    clock.move(days=-6)
    assert officer_news.waiting(session) == 2
    assert officer_news.send(session, clock(), everybody) == 2
    assert officer_news.send(session, clock() + timedelta(hours=1), everybody) == 0
    assert [one["to"] for one in office.mails("officer_news")] == people[:2]


@settings(max_examples=40, deadline=None)
@given(DAYS, st.integers(-30, 30))
def test_the_day_before_is_the_working_day_before(due: date, away: int) -> None:
    due = roll_back(CALENDAR, due)
    today = due + timedelta(days=away)
    # Counted slowly: the days between that are worked.
    between = [
        due - timedelta(days=n) for n in range(1, 40) if CALENDAR.is_working(due - timedelta(n))
    ]
    expected = None
    if today > due:
        expected = Reminder.OVERDUE
    elif today == due:
        expected = Reminder.TODAY
    elif today >= between[0]:
        expected = Reminder.SOON
    assert opinion_watch.which(CALENDAR, due, today) is expected
