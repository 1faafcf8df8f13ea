"""When the next act of a course happens: in working hours, as punctually as its fate wills.

Pure but for reading the dossier. People who apply do as they like; officers work towards the
date of the dossier.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta

from content.calendar.clocks import transfer_by
from content.calendar.days import (
    add_working_days,
    add_working_time,
    next_working_day,
    roll_back,
    working_time_between,
)
from content.calendar.working import WorkingCalendar
from content.dossiers.chain_reads import part_due, parts_of
from content.dossiers.models import Dossier
from content.dossiers.supplement_requests import open_request
from content.seed.month.courses import Course, Fate
from content.seed.month.joint import open_parts
from content.seed.month.stage import Stage

_HOUR = timedelta(hours=1)
#: Working hours, from … to …, of acts that have a pace of their own.
_HOURS: Mapping[str, tuple[float, float]] = {
    **dict.fromkeys(("accept", "refuse_reception", "ask_at_intake"), (0.3, 9)),
    **dict.fromkeys(("settle", "take", "take_home"), (0.05, 0.5)),
    **dict.fromkeys(("take_part", "cancel_entry"), (0.1, 5)),
    **dict.fromkeys(("ask_supplement", "approve_supplement", "reject_supplement"), (0.2, 2)),
    **dict.fromkeys(("supply", "confirm_money"), (2, 30)),
    "pay": (0.1, 1.5),
    "give_back": (0.5, 20),
    "to_post": (0.5, 5),
    "arrive": (8, 24),
    "come_back": (16, 40),
}
_RESULTS = ("complete", "refuse", "sign_refusal", "stop", "withdraw")
_LATE_DAYS = (1, 2, 3, 5, 8)


def first_moment(calendar: WorkingCalendar, course: Course, begin: date, end: datetime) -> datetime:
    """When the dossier comes in: any time of the month, online also in the evening."""
    first = calendar.opening(begin if calendar.is_working(begin) else roll_back(calendar, begin))
    span = working_time_between(calendar, first, end)
    moment = add_working_time(calendar, first, span * course.chance.random())
    evening = course.acts[0] == "submit" and course.chance.random() < 0.25
    later = moment + course.chance.uniform(1, 5) * _HOUR if evening else moment
    return min(later, end).replace(microsecond=0)


def next_moment(stage: Stage, course: Course) -> datetime:
    """When the first of the acts still to come happens."""
    act = course.acts[0]
    when = _OWN.get(act, _towards_the_date)
    if act in _HOURS:
        least, most = _HOURS[act]
        span = course.chance.uniform(least, most) * _HOUR
        return _whole(add_working_time(stage.calendar, stage.now, span))
    return _whole(when(stage, course, stage.dossier(course)))


def _whole(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)


def _to_the_unit(stage: Stage, course: Course, dossier: Dossier) -> datetime:
    """T7 by its own limit, nearly always (NĐ 61/2018 art. 18)."""
    until = transfer_by(stage.calendar, dossier.clock_from or stage.now).at
    latest = max(until, stage.now + _HOUR / 4)
    slack = working_time_between(stage.calendar, stage.now, latest)
    if dossier.due_at is not None:
        slack = min(slack, working_time_between(stage.calendar, stage.now, dossier.due_at) / 4)
    late = _HOUR if course.fate is Fate.LATE else timedelta()
    span = slack * course.chance.uniform(0.1, 0.9) + late + _HOUR / 20
    return add_working_time(stage.calendar, stage.now, span)


def _when_it_lapses(stage: Stage, course: Course, dossier: Dossier) -> datetime:
    """A quarter of an hour into the day after the last one to answer."""
    request = open_request(stage.session, dossier)
    if request is None or request.reply_by is None:
        return add_working_time(stage.calendar, stage.now, 30 * _HOUR)
    return stage.calendar.opening(next_working_day(stage.calendar, request.reply_by)) + _HOUR / 4


def _by_its_own_days(stage: Stage, course: Course, dossier: Dossier) -> datetime:
    """Within the days of the agency that has it; one in six takes longer."""
    parts, open_ones = parts_of(stage.session, dossier), open_parts(stage, course)
    dues = [part_due(stage.session, stage.calendar, one, parts, stage.now) for one in open_ones]
    known = [one for one in dues if one is not None]
    if not known:
        return add_working_time(stage.calendar, stage.now, 2 * _HOUR)
    day = min(known)
    if course.chance.random() < 1 / 6:
        day = add_working_days(stage.calendar, day, course.chance.choice((1, 1, 2, 3)))
        until, share = stage.calendar.closing(day), 0.95
    else:
        until = stage.calendar.closing(roll_back(stage.calendar, day))
        share = course.chance.uniform(0.05, 0.9)
    span = max(working_time_between(stage.calendar, stage.now, until) * share, _HOUR / 10)
    return add_working_time(stage.calendar, stage.now, span)


def _towards_the_date(stage: Stage, course: Course, dossier: Dossier) -> datetime:
    """A share of the working time that is left until the result is wanted."""
    target = _wanted_by(stage, course, dossier)
    ends = [place for place, act in enumerate(course.acts) if act in _RESULTS]
    left = (ends[0] if ends else len(course.acts)) + 1
    span = working_time_between(stage.calendar, stage.now, target)
    share = 1.0 if left == 1 else course.chance.uniform(0.4, 1.5) / left
    span = max(span * min(share, 1.0), course.chance.uniform(0.03, 0.2) * _HOUR)
    return add_working_time(stage.calendar, stage.now, span)


def _wanted_by(stage: Stage, course: Course, dossier: Dossier) -> datetime:
    """When this course means to have the result."""
    calendar, due = stage.calendar, dossier.due_at
    if due is None or dossier.due_date is None or course.fate is Fate.LEFT:
        return add_working_time(calendar, stage.now, 40 * _HOUR)
    if course.fate is Fate.ON_TIME:
        return due - course.chance.uniform(0.1, 3) * _HOUR
    if course.fate is Fate.EARLY:
        return _before(stage, course, due)
    if {"apologise", "sign_apology"} & set(course.acts):
        latest = calendar.closing(roll_back(calendar, dossier.due_date - timedelta(days=1)))
        return min(latest, due) - _HOUR
    if dossier.extended_to is not None:
        return calendar.closing(dossier.due_date) - course.chance.uniform(0.5, 12) * _HOUR
    day = add_working_days(calendar, dossier.due_date, course.chance.choice(_LATE_DAYS))
    return calendar.closing(day)


def _before(stage: Stage, course: Course, due: datetime) -> datetime:
    """Some time ahead of the date: a day at least, where the limit leaves one."""
    span = working_time_between(stage.calendar, stage.now, due)
    return add_working_time(stage.calendar, stage.now, span * course.chance.uniform(0.3, 0.8))


_OWN: Mapping[str, Callable[[Stage, Course, Dossier], datetime]] = {
    "transfer": _to_the_unit,
    "begin_chain": _to_the_unit,
    "end_part": _by_its_own_days,
    "lapse": _when_it_lapses,
}
