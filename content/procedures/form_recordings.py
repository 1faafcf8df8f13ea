"""Recorded test answers of a form: kept with their outcome, played again at every save."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from content.errors import Invalid
from content.procedures.form_working import MAX_NAME, RecordedAnswers
from content.procedures.forms import FormDefinition, check
from content.procedures.forms.check import Places
from content.procedures.forms.paper import on_paper
from content.text import clean

MAX_RECORDED = 60
_NUMBERED = re.compile(r"Mẫu (\d{1,6})\b")


@dataclass(frozen=True)
class Replay:
    """A recorded test played again: what was expected, what came."""

    recorded: RecordedAnswers
    found: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether the form still judges these answers as it was recorded."""
        return sorted(self.found) == sorted(map(str, self.recorded.expected))


@dataclass(frozen=True)
class Recordings:
    """The recorded tests of one form, as of one instant."""

    session: Session
    key: str
    now: datetime

    def all(self) -> list[RecordedAnswers]:
        """Every test, by name."""
        query = select(RecordedAnswers).where(RecordedAnswers.key == self.key)
        return list(self.session.scalars(query.order_by(RecordedAnswers.name)))

    def record(self, name: str, answers: dict[str, Any], expected: Iterable[str]) -> None:
        """Keep test answers with their outcome; the same name replaces what was there."""
        name = clean(name)[:MAX_NAME]
        if not name:
            raise Invalid({"name": "required"})
        old = self.all()
        found = next((one for one in old if one.name == name), None)
        if found is None and len(old) >= MAX_RECORDED:
            raise Invalid({"name": "too_many"})
        found = found or RecordedAnswers(key=self.key, name=name)
        found.answers, found.expected = answers, sorted(expected)
        found.recorded_at = self.now
        self.session.add(found)
        self.session.flush()  # a second recording of the name must find it

    def next_number(self) -> int:
        """A number that no test of the form has, even after some were deleted."""
        taken = [_NUMBERED.match(one.name) for one in self.all()]
        return max((int(one[1]) for one in taken if one), default=0) + 1

    def forget(self, recorded_id: int) -> None:
        """Delete a recorded test; silent if it is not there."""
        query = delete(RecordedAnswers).where(
            RecordedAnswers.key == self.key, RecordedAnswers.id == recorded_id
        )
        self.session.execute(query)

    def replay(self, definition: FormDefinition, places: Places | None = None) -> list[Replay]:
        """Every test against a wording, each as of the day it was recorded."""
        return [
            Replay(one, outcome(definition, one.answers, one.recorded_at, places))
            for one in self.all()
        ]


def outcome(
    definition: FormDefinition, answers: dict[str, Any], now: datetime, places: Places | None
) -> tuple[str, ...]:
    """What a form says of answers, as "path:code" lines; none when they are complete.

    Files are left out, as they are where answers are tried and recorded: nobody can
    upload there, so a required file must not make every test fail.
    """
    problems = check(on_paper(definition), answers, now, places=places)
    return tuple(f"{'/'.join(map(str, one.path))}:{one.code}" for one in problems)


__all__ = ["MAX_RECORDED", "Recordings", "Replay", "outcome"]
