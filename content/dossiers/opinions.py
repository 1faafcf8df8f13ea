"""Opinions asked of another unit about a dossier (T18): asked, answered, given back, withdrawn.

NĐ 61/2018/NĐ-CP art. 19.5b. The status does not change and the dossier's clock goes on: no
rule says that it stops. The asked unit reads the question and the papers shown to it, answers,
and can do nothing else with the dossier.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm.attributes import flag_modified

from content.agencies.models import Agency
from content.calendar.working import WorkingCalendar
from content.dossiers.chain_reads import capacities_at
from content.dossiers.conversation import MAX_FILES, GivenFile
from content.dossiers.handling import capacities
from content.dossiers.holding import stands_in
from content.dossiers.locking import lock
from content.dossiers.log import Deed, Record, move
from content.dossiers.models import MAX_FILE_NAME, Dossier
from content.dossiers.officer_news import News, tell_people, tell_person
from content.dossiers.opinion_models import (
    MAX_ANSWER,
    MAX_QUESTION,
    Opinion,
    OpinionFile,
    OpinionState,
)
from content.dossiers.opinion_watch import who_answers
from content.dossiers.routing import Receiver, RoutingService
from content.dossiers.rules import FilingRules
from content.dossiers.states import Action, Actor, Need
from content.errors import Conflict, Invalid, InvalidTransition, NotAllowed
from content.files import FileService
from content.people.models import Account
from content.text import clean
from content.words import local

#: Who answers for a unit: the one named, or whoever of it does or leads the work.
ANSWERING = frozenset({Actor.SPECIALIST, Actor.HEAD, Actor.LEADER})
_LEADING = frozenset({Actor.HEAD, Actor.LEADER})
#: A day farther away is a slip of the keyboard.
FARTHEST = timedelta(days=120)


@dataclass(frozen=True)
class Question:
    """What is asked of whom, until when, and the tokens of the papers that are shown."""

    to: Receiver
    text: str
    due_date: date
    papers: tuple[str, ...] = ()


class OpinionService(RoutingService):
    """Opinions as of one instant."""

    def __init__(
        self, session: Any, now: datetime, rules: FilingRules, files: FileService | None = None
    ) -> None:
        super().__init__(session, now, rules)
        self.files = files

    def ask(
        self,
        dossier: Dossier,
        officer: Account,
        question: Question,
        *,
        revision: int | None = None,
    ) -> Opinion:
        """Ask; who has the dossier, stands in for them, or heads the unit may.

        Raises ``Invalid`` (``to``, ``question``, ``due_date``, ``papers``), else as
        ``RoutingService.forward``.
        """
        actor = self._mine(dossier, officer, revision)
        unit = dossier.unit or dossier.agency
        agency, person = self._asked(question.to, unit, officer)
        text = _demand(question.text, "question", MAX_QUESTION)
        self._check_day(question.due_date, dossier)
        known = {one.token for one in dossier.attachments}
        if not set(question.papers) <= known:
            raise Invalid({"papers": "unknown"})
        made = Opinion(
            dossier=dossier,
            number=self._next(dossier),
            state=OpinionState.ASKED,
            question=text,
            papers=list(question.papers),
            asked_at=self.now,
            asked_by_id=officer.id,
            asked_by=officer.name,
            asker_id=unit.id,
            asker_name=unit.name,
            agency=agency,
            agency_name=agency.name,
            person_id=person.id if person else None,
            person=person.name if person else "",
            due_date=question.due_date,
        )
        self.session.add(made)
        data = {**_data(made), "kind": "opinion", "due": question.due_date.isoformat()}
        facts = replace(self.facts_of(dossier), given=frozenset({Need.TEXT}))
        deed = Deed(Action.FORWARD, actor, officer, unit.id, "", data)
        # Neither status nor step changes; whoever looked before must look again all the same.
        flag_modified(dossier, "status_since")
        move(self.session, dossier, deed, facts, self.now)
        people, path = who_answers(self.session, made), f"/can-bo/y-kien/{made.id}"
        tell_people(self.session, dossier, people, News.OPINION, self.now, by=officer, path=path)
        return made

    def answer(
        self,
        opinion: Opinion,
        officer: Account,
        text: str,
        files: Sequence[GivenFile] = (),
        *,
        revision: int | None = None,
    ) -> None:
        """The asked unit's opinion, with files.

        Raises ``NotAllowed`` (``not_asked``, ``own_question``), ``Conflict``,
        ``InvalidTransition`` (``opinion_ended``, ``dossier_ended``), ``Invalid`` (``answer``,
        ``files``).
        """
        actor = self._take(opinion, officer, revision)
        words = _demand(text, "answer", MAX_ANSWER)
        if len(files) > MAX_FILES:
            raise Invalid({"files": "too_many"}, limit=MAX_FILES)
        self._keep(opinion, files)
        self._end(opinion, officer, actor, OpinionState.ANSWERED, words)

    def give_back(
        self, opinion: Opinion, officer: Account, reason: str, *, revision: int | None = None
    ) -> None:
        """The asked unit does not answer and says why; raises as ``answer``, for ``reason``."""
        actor = self._take(opinion, officer, revision)
        words = _demand(reason, "reason", MAX_QUESTION)
        self._end(opinion, officer, actor, OpinionState.GIVEN_BACK, words)

    def withdraw(
        self, opinion: Opinion, officer: Account, reason: str = "", *, revision: int | None = None
    ) -> None:
        """The asking side needs it no more: who asked, or whoever may pass the dossier on.

        Raises ``NotAllowed("not_your_question")``, ``Conflict``, ``InvalidTransition``.
        """
        dossier = opinion.dossier
        lock(self.session, dossier)
        self.session.refresh(opinion)
        if not self.may_withdraw(opinion, officer):
            raise NotAllowed("not_your_question")
        self._demand_open(opinion, revision)
        actor = min(capacities(self.session, officer, dossier, self.now))
        words = clean(reason, multiline=True)[:MAX_QUESTION]
        self._end(opinion, officer, actor, OpinionState.WITHDRAWN, words)

    def may_withdraw(self, opinion: Opinion, officer: Account) -> bool:
        """Whether the question is this officer's to withdraw, if it is still open."""
        dossier = opinion.dossier
        if not capacities(self.session, officer, dossier, self.now):
            return False
        return opinion.asked_by_id == officer.id or self.may_pass_on(dossier, officer)

    def answers_as(self, opinion: Opinion, officer: Account) -> Actor | None:
        """In which part an officer answers for the asked unit; ``None`` if they may not. A
        question to one person is for them, who stands in for them, and who leads the unit."""
        mine = capacities_at(self.session, officer, opinion.agency_id, self.now)
        named = opinion.person_id
        if named not in (None, officer.id) and not self._for_absent(officer, named):
            mine = mine & _LEADING
        fitting = sorted(mine if named == officer.id else mine & ANSWERING)
        return fitting[0] if fitting and opinion.asked_by_id != officer.id else None

    def _for_absent(self, officer: Account, named: int | None) -> bool:
        return named is not None and stands_in(self.session, officer, named, self.now)

    def _take(self, opinion: Opinion, officer: Account, revision: int | None) -> Actor:
        lock(self.session, opinion.dossier)
        self.session.refresh(opinion)
        actor = self.answers_as(opinion, officer)
        if actor is None:
            own = opinion.asked_by_id == officer.id
            raise NotAllowed("own_question" if own else "not_asked")
        self._demand_open(opinion, revision)
        if opinion.dossier.finished_at is not None:
            raise InvalidTransition("dossier_ended")
        return actor

    def _demand_open(self, opinion: Opinion, revision: int | None) -> None:
        if opinion.state is not OpinionState.ASKED:
            raise InvalidTransition("opinion_ended")
        if revision is not None and revision != opinion.revision:
            raise Conflict("opinion_changed")

    def _asked(self, to: Receiver, unit: Agency, officer: Account) -> tuple[Agency, Account | None]:
        agency = self.session.get(Agency, to.agency_id)
        today = local(self.now).date()
        if agency is None or (agency.valid_to is not None and agency.valid_to < today):
            raise Invalid({"to": "unknown"})
        if agency.id == unit.id or to.account_id == officer.id:
            raise Invalid({"to": "own_unit"})
        if to.account_id is None:
            return agency, None
        person = self.session.get(Account, to.account_id)
        if person is None or not self._works_at(person, agency):
            raise Invalid({"to": "not_there"})
        return agency, person

    def _works_at(self, person: Account, agency: Agency) -> bool:
        roles = {one.role.value for one in person.memberships if one.agency_id == agency.id}
        return person.is_active and bool(roles & {one.value for one in ANSWERING})

    def _check_day(self, day: date, dossier: Dossier) -> None:
        problem = day_problem(self.calendar_for(dossier), day, local(self.now).date())
        if problem:
            raise Invalid({"due_date": problem})

    def _keep(self, opinion: Opinion, files: Sequence[GivenFile]) -> None:
        for place, one in enumerate(files):
            assert self.files is not None  # whoever answers was given the store
            kept = self.files.keep(
                one.source, name=one.name, media_type=one.media_type, now=self.now
            )
            token, name = secrets.token_urlsafe(24), one.name[:MAX_FILE_NAME]
            opinion.files.append(OpinionFile(token=token, position=place, file=kept, name=name))

    def _end(
        self, opinion: Opinion, officer: Account, actor: Actor, state: OpinionState, words: str
    ) -> None:
        opinion.state, opinion.answer = state, words
        opinion.ended_at, opinion.ended_by_id = self.now, officer.id
        opinion.ended_by = officer.name
        agency = opinion.asker_id if state is OpinionState.WITHDRAWN else opinion.agency_id
        data = {**_data(opinion), "outcome": state.value}
        deed = Deed(Record.OPINION_ENDED, actor, officer, agency, "", data)
        self.write_down(opinion.dossier, deed)
        if state is not OpinionState.WITHDRAWN:
            asker = self.session.get(Account, opinion.asked_by_id)
            news = News.ANSWERED
            tell_person(self.session, opinion.dossier, asker, news, self.now, by=officer)

    def _next(self, dossier: Dossier) -> int:
        query = select(func.max(Opinion.number)).where(Opinion.dossier_id == dossier.id)
        return (self.session.scalar(query) or 0) + 1


def day_problem(calendar: WorkingCalendar, day: date, today: date) -> str | None:
    """Why an answer cannot be asked for by a day: ``in_the_past``, ``too_far_off``,
    ``not_worked``."""
    if day < today:
        return "in_the_past"
    if day > today + FARTHEST:
        return "too_far_off"
    return None if calendar.is_working(day) else "not_worked"


def _data(opinion: Opinion) -> dict[str, Any]:
    """The log tells units; who and what was said stands in the opinion."""
    return {
        "opinion": opinion.number,
        "from_unit": opinion.asker_name,
        "to_unit": opinion.agency_name,
    }


def _demand(text: str, field: str, limit: int) -> str:
    words = clean(text, multiline=True)
    if not words:
        raise Invalid({field: "required"})
    if len(words) > limit:
        raise Invalid({field: "too_long"}, limit=limit)
    return words
