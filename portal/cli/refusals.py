"""What the domain refused, as one line for the person at the terminal.

Codes that no command can meet have no words here; they are shown as they are.
"""

from sqlalchemy.exc import DBAPIError, OperationalError

from content.errors import DomainError, Invalid
from portal.database import is_race

#: By field and code of ``Invalid``.
_PROBLEMS = {
    ("received_at", "not_a_moment"): "RECEIVED_AT is no moment; write it as 2026-11-23T10:00",
    ("received_at", "out_of_range"): "RECEIVED_AT is too far from today to be meant",
    ("limit", "not_a_number"): "LIMIT is no number; write it as 5, or 0.5",
    ("limit", "not_positive"): "LIMIT must be more than zero",
    ("limit", "too_long"): "LIMIT is too large to be meant",
    ("limit", "not_whole"): "LIMIT must be a whole number in this unit",
    ("password", "password_short"): "the password needs at least {minimum} characters",
    ("password", "password_long"): "the password may have at most {maximum} characters",
    ("password", "password_guessable"): "the password is too easy to guess",
    ("file", "too_deep"): "the definition is nested too deeply",
    ("id", "bad_id"): "the definition has no usable id",
    ("form", "has_faults"): "the form has faults; mend them in the form builder, then publish",
    ("form", "tests_fail"): "recorded answers of the form no longer have their outcome",
}
#: By the code of every other refusal.
_CODES = {
    "email_taken": "there is an account with this address already",
    "form": "no such form",
    "form_being_changed": "somebody is changing this form; nothing was written",
    "form_changed": "the form was changed meanwhile; nothing was written",
    "four_eyes": "this site asks another person to publish a form: do it in the form builder",
}


def refusal(error: DomainError) -> str:
    """What is wrong, in words where there are any."""
    if isinstance(error, Invalid):
        lines = [
            _PROBLEMS.get((field, code), f"{field}: {code}").format(**error.data)
            for field, code in error.problems.items()
        ]
        return "; ".join(lines) or error.code
    facts = "".join(f", {key}={value}" for key, value in error.data.items())
    return _CODES.get(error.code, error.code) + facts


#: What SQLite and PostgreSQL say of a schema that is older than the program, or not there.
_OLD_SCHEMA = ("no such table", "no such column", "does not exist")


def database_refusal(error: DBAPIError) -> str | None:
    """What the database refused, if the person can do something about it; else ``None``."""
    said = str(error.orig).strip()
    if is_race(error):
        return "the database is busy with another's work; nothing was written, try again"
    if "database " not in said and any(words in said for words in _OLD_SCHEMA):
        return "the schema is not current: run `portal init` first"
    if isinstance(error, OperationalError):
        return f"the database does not answer: {said.splitlines()[0] if said else 'no reason'}"
    return None
