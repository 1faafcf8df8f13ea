"""What stands over a leader's name on letters: the title, and in whose place they sign."""

from datetime import datetime

from sqlalchemy.orm import Session

from content import audit
from content.errors import Invalid
from content.people.models import MAX_SIGN_WORDS, Account
from content.text import clean


def sign_as(session: Session, account: Account, now: datetime, title: str, capacity: str) -> None:
    """Letters signed from now on say so; those that are issued stay. Raises ``Invalid``
    (``title``: a capacity alone says nothing; ``too_long``)."""
    said = {"title": clean(title), "capacity": clean(capacity)}
    problems = {name: "too_long" for name, words in said.items() if len(words) > MAX_SIGN_WORDS}
    if said["capacity"] and not said["title"]:
        problems["title"] = "missing"
    if problems:
        raise Invalid(problems)
    account.sign_title, account.sign_capacity = said["title"] or None, said["capacity"] or None
    audit.record(
        session,
        now=now,
        actor_id=account.id,
        action="account.sign_as",
        subject=account.subject,
        **said,
    )


def signs_as(account: Account) -> dict[str, str]:
    """Name, title and capacity as the log keeps them of an act that was signed."""
    return {
        "name": account.name,
        "title": account.sign_title or "",
        "capacity": account.sign_capacity or "",
    }
