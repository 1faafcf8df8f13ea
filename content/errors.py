"""The few ways in which the domain says no.

Errors carry a stable code and data, never sentences: those are made, in the
reader's language, where the error meets a person (``portal/http/errors.py``,
``portal/cli.py``). Nothing here knows HTTP.
"""

from collections.abc import Mapping
from typing import Any


class DomainError(Exception):
    """Base of all refusals; ``code`` is stable, ``data`` fills the sentence."""

    def __init__(self, code: str, **data: Any) -> None:
        super().__init__(code, data)
        self.code = code
        self.data = data


class NotFound(DomainError):
    """The thing asked for is not there, or not there for this person."""


class NotAllowed(DomainError):
    """The person may not do this; the answer does not tell what they could see."""


class InvalidTransition(DomainError):
    """The state of the object does not allow the action."""


class Conflict(DomainError):
    """Somebody else was faster; nothing was written."""


class TooMany(DomainError):
    """A limit of frequency or size was passed; ``data`` may hold ``retry_after`` seconds."""


class Unavailable(DomainError):
    """What is asked for cannot be done now; nothing is lost, a later try may succeed."""


class Invalid(DomainError):
    """What was given cannot be accepted; ``problems`` maps a field to message codes."""

    def __init__(self, problems: Mapping[str, str], code: str = "invalid", **data: Any) -> None:
        super().__init__(code, **data)
        self.problems = dict(problems)
