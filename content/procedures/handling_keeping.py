"""Writing the rule by which dossiers of a procedure are handled. It holds at once for what is
asked of open dossiers; appointments that were given stay."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from content import audit
from content.errors import Conflict, Invalid
from content.procedures.handling import AfterSupplement, HandlingRule
from content.text import clean

#: More than any law allows; larger numbers are typing errors.
MOST_SUPPLEMENTS, MOST_EXTENSIONS, MOST_WAIT_DAYS = 5, 3, 366
MAX_BASIS = 2_000
FIELDS = (
    *("max_supplements", "supplement_wait_days", "after_supplement", "max_extensions"),
    *("at_once", "no_appointment", "keeps_hour", "legal_basis"),
)


def rule_for(session: Session, procedure_id: int) -> HandlingRule | None:
    """The procedure's own rule, if it has one."""
    query = select(HandlingRule).where(HandlingRule.procedure_id == procedure_id)
    return session.scalars(query).first()


def save_rule(
    session: Session,
    procedure_id: int,
    values: Mapping[str, Any],
    *,
    revision: int,
    actor_id: int | None,
    now: datetime,
) -> HandlingRule:
    """A new rule (``revision`` 0) or a changed one. Raises ``Invalid`` for the fields of the
    rule, ``Conflict`` if somebody saved meanwhile."""
    rule = rule_for(session, procedure_id)
    if (rule.revision if rule else 0) != revision:
        raise Conflict("changed_meanwhile")
    given = {name: values[name] for name in FIELDS}
    given["legal_basis"] = clean(given["legal_basis"] or "", multiline=True)
    problems = _problems(given)
    if problems:
        raise Invalid(problems)
    before = {name: getattr(rule, name) for name in FIELDS} if rule else {}
    rule = rule or HandlingRule(procedure_id=procedure_id)
    for name, value in given.items():
        setattr(rule, name, value)
    session.add(rule)
    changed = sorted(name for name, value in given.items() if before.get(name) != value)
    _note(session, procedure_id, "handling.save", actor_id, now, changed)
    return rule


def drop_rule(session: Session, rule: HandlingRule, *, actor_id: int | None, now: datetime) -> None:
    """The general rule holds again."""
    _note(session, rule.procedure_id, "handling.drop", actor_id, now, [])
    session.delete(rule)


def _problems(given: Mapping[str, Any]) -> dict[str, str]:
    problems: dict[str, str] = {}
    for name, most in (
        ("max_supplements", MOST_SUPPLEMENTS),
        ("max_extensions", MOST_EXTENSIONS),
    ):
        if not 0 <= given[name] <= most:
            problems[name] = "out_of_range"
    days = given["supplement_wait_days"]
    if days is not None and not 1 <= days <= MOST_WAIT_DAYS:
        problems["supplement_wait_days"] = "out_of_range"
    if given["after_supplement"] not in set(AfterSupplement):
        problems["after_supplement"] = "unknown"
    if given["no_appointment"] and given["keeps_hour"]:
        problems["keeps_hour"] = "no_appointment_to_keep"
    if len(given["legal_basis"].split()) < 2:
        problems["legal_basis"] = "required"
    elif len(given["legal_basis"]) > MAX_BASIS:
        problems["legal_basis"] = "too_long"
    return problems


def _note(
    session: Session,
    procedure_id: int,
    action: str,
    actor_id: int | None,
    now: datetime,
    changed: list[str],
) -> None:
    audit.record(
        session,
        now=now,
        actor_id=actor_id,
        action=action,
        subject=f"handling:{procedure_id}",
        changed=changed,
    )
