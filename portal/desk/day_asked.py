"""The day of a list, in its address: typed as people write it, or as links carry it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from pyramid.request import Request

from content.words import local, short_date
from portal.desk.asked import day_of
from portal.i18n import _

NAME = "ngay"
MAX_TYPED = 20


@dataclass(frozen=True)
class DayAsked:
    """``day`` is today where nothing readable was typed; then ``problem`` says so and
    ``typed`` keeps what it was."""

    day: date
    typed: str
    problem: Any = None


def day_asked(request: Request) -> DayAsked:
    """From the address; a page with a problem answers 422."""
    typed = request.GET.get(NAME, "").strip()[:MAX_TYPED]
    today = local(request.now).date()
    found = day_of(typed) if typed else today
    if found is not None:
        return DayAsked(found, short_date(found))
    request.response.status_int = 422
    problem = _("“${day}” chưa phải là một ngày có thật; ví dụ đúng: 05/03/2026.")
    return DayAsked(today, typed, problem % {"day": typed})
