"""Who writes."""

from sqlalchemy.orm import Session

from content.people.models import Account, AccountKind
from tests.support.clock import StoppedClock


def account(session: Session, clock: StoppedClock, name: str) -> int:
    email = f"{name}@example.vn"
    one = Account(
        kind=AccountKind.OFFICIAL,
        name=name,
        email=email,
        email_key=email,
        password_hash="-",
        created_at=clock(),
    )
    session.add(one)
    session.flush()
    return one.id
