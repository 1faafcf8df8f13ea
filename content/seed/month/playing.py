"""Plays the courses of a month in the order of time: act by act, each as of its own instant.

Several processes may play at once, each the courses of its share; what they share is the
database with its counters. An act that lost a race is played again, exactly as before.
"""

import heapq
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from content.calendar.working import WorkingCalendar
from content.seed.month import ending, handling, joint, receiving, visit
from content.seed.month.courses import Course
from content.seed.month.pace import first_moment, next_moment
from content.seed.month.stage import Stage
from content.words import local

Act = Callable[[Stage, Course], None]
ACTS: Mapping[str, Act] = {
    act.__name__: act
    for act in (
        *(receiving.submit, receiving.accept, receiving.refuse_reception, receiving.receive),
        *(receiving.settle, receiving.pay),
        *(handling.transfer, handling.take, handling.to_specialist, handling.to_head),
        *(handling.to_leader, handling.to_clerk, handling.reassign, handling.send_back),
        *(handling.ask_at_intake, handling.ask_supplement, handling.approve_supplement),
        *(handling.reject_supplement, handling.supply, handling.lapse),
        *(handling.ask_money, handling.confirm_money, handling.apologise, handling.sign_apology),
        *(handling.withdraw, handling.stop),
        *(ending.propose, ending.sign, ending.complete, ending.propose_refusal),
        *(ending.sign_refusal, ending.refuse, ending.give_back, ending.to_post),
        *(ending.arrive, ending.come_back),
        *(joint.begin_chain, joint.take_part, joint.end_part, joint.take_home),
        *(visit.certify, visit.cancel_entry),
    )
}
DAYS = 30
#: How often a race is lost before it is taken for a fault.
TRIES = 20


@dataclass(frozen=True)
class Played:
    """How far the month is: dossiers that came in, acts that were played, the instant."""

    dossiers: int
    acts: int
    now: datetime


#: A stage as of an instant, in a transaction that ends with the block.
Stages = Callable[[datetime], AbstractContextManager[Stage]]


def play(
    courses: list[Course],
    stages: Stages,
    calendar: WorkingCalendar,
    now: datetime,
    lost: tuple[type[Exception], ...] = (),
) -> Iterator[Played]:
    """Play until ``now``; what would come later stays undone. Yields after every act.

    ``lost`` are the errors of a lost race, after which the act is tried again.
    """
    begin = local(now - timedelta(days=DAYS)).date()
    queue = [(first_moment(calendar, one, begin, now), one.number, one) for one in courses]
    heapq.heapify(queue)
    dossiers = acts = 0
    while queue and queue[0][0] <= now:
        moment, number, course = heapq.heappop(queue)
        is_new = course.dossier_id is None
        then = _played(course, moment, stages, lost)
        dossiers, acts = dossiers + is_new, acts + 1
        if then is not None:
            heapq.heappush(queue, (then, number, course))
        yield Played(dossiers, acts, moment)


def _played(
    course: Course, moment: datetime, stages: Stages, lost: tuple[type[Exception], ...]
) -> datetime | None:
    """Play the next act; when the one after it comes."""
    before: Any = (course.chance.getstate(), list(course.acts), course.dossier_id)
    for _ in range(TRIES):
        try:
            with stages(moment) as stage:
                ACTS[course.acts.pop(0)](stage, course)
                stage.session.flush()  # the next moment depends on what was written
                return next_moment(stage, course) if course.acts else None
        except lost:
            course.chance.setstate(before[0])
            course.acts, course.dossier_id = list(before[1]), before[2]
    raise RuntimeError(f"course {course.number} never got through")
