"""What officers are told of by mail: a dossier was given to them, or the applicant sent something.

Each piece of news waits here until the worker's timer tells it; what is new goes into one mail,
and nobody gets the same dossier twice in a quarter of an hour. A mail holds codes of dossiers
and what happened, nothing of people; it leaves only for official addresses, and
only for officers who want it.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Index, String, delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from content import outbox
from content.dossiers.desks import nearest
from content.dossiers.models import Dossier
from content.dossiers.notices import MAIL
from content.orm import Base, Id, by_value, reference
from content.people.models import Account, AccountKind
from content.people.roles import Role

#: Nobody hears of the same dossier twice within.
QUIET = timedelta(minutes=15)
#: What nobody could tell for so long is no news; it stands in the inbox.
STALE = timedelta(days=1)
BATCH = 200


class News(StrEnum):
    """What happened."""

    GIVEN = "given"
    PART = "part"
    OPINION = "opinion"
    ANSWERED = "answered"
    MESSAGE = "message"
    SUPPLEMENT = "supplement"
    PAYMENT = "payment"


SENTENCES = {
    News.GIVEN: "Hồ sơ được giao cho ông/bà hoặc đơn vị của ông/bà.",
    News.PART: "Cơ quan của ông/bà được giao một phần việc liên thông.",
    News.OPINION: "Đơn vị khác xin ý kiến của ông/bà hoặc đơn vị của ông/bà.",
    News.ANSWERED: "Đơn vị được hỏi đã trả lời hoặc trả lại yêu cầu góp ý.",
    News.MESSAGE: "Người nộp vừa gửi tin nhắn.",
    News.SUPPLEMENT: "Đã nhận giấy tờ, nội dung bổ sung.",
    News.PAYMENT: "Khoản phải nộp của hồ sơ đã được xác nhận.",
}


class OfficerNews(Base):
    """One piece of news for one officer; ``path`` is the page they may open."""

    __tablename__ = "officer_news"
    __table_args__ = (
        Index("ix__officer_news__waiting", "told_at", "at"),
        Index("ix__officer_news__of", "account_id", "dossier_id", "told_at"),
    )

    id: Mapped[Id]
    account_id: Mapped[int] = reference("account.id", index=False)
    dossier_id: Mapped[int] = reference("dossier.id")
    news: Mapped[News] = mapped_column(by_value(News))
    path: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime]
    told_at: Mapped[datetime | None]

    account: Mapped[Account] = relationship(lazy="joined")
    dossier: Mapped[Dossier] = relationship()


def tell_person(
    session: Session,
    dossier: Dossier,
    person: Account | None,
    news: News,
    now: datetime,
    *,
    by: Account | None = None,
    path: str = "",
) -> None:
    """News for one officer; nobody is told of what they did themselves."""
    if person is None or (by is not None and person.id == by.id) or not _is_told(person):
        return
    session.add(
        OfficerNews(
            account_id=person.id,
            dossier=dossier,
            news=news,
            path=path or f"/can-bo/ho-so/{dossier.lookup_code}",
            at=now,
        )
    )


def tell_people(
    session: Session,
    dossier: Dossier,
    people: Iterable[Account],
    news: News,
    now: datetime,
    *,
    by: Account | None = None,
    path: str = "",
) -> None:
    """News for several officers."""
    for person in people:
        tell_person(session, dossier, person, news, now, by=by, path=path)


def tell_holder(
    session: Session, dossier: Dossier, news: News, now: datetime, *, by: Account | None = None
) -> None:
    """News of the applicant: for who has the dossier, else for the unit that has it."""
    if dossier.holder is not None and dossier.holder.is_active:
        tell_person(session, dossier, dossier.holder, news, now, by=by)
    elif dossier.unit_id not in (None, dossier.agency_id):
        people = nearest(session, dossier.unit_id or 0, *_WORK)
        tell_people(session, dossier, people, news, now, by=by)
    else:
        people = nearest(session, dossier.agency_id, *_DESK)
        tell_people(session, dossier, people, news, now, by=by)


def send(
    session: Session,
    now: datetime,
    is_official: Callable[[str], bool],
    *,
    limit: int = BATCH,
) -> int:
    """Write the mails that are due; how many pieces of news were settled. The caller commits
    and asks again until it is 0."""
    lately = (
        select(OfficerNews.account_id, OfficerNews.dossier_id)
        .where(OfficerNews.told_at > now - QUIET)
        .subquery()
    )
    told_lately = (
        select(lately.c.dossier_id)
        .where(
            lately.c.account_id == OfficerNews.account_id,
            lately.c.dossier_id == OfficerNews.dossier_id,
        )
        .exists()
    )
    query = (
        select(OfficerNews)
        .where(OfficerNews.told_at.is_(None), ~told_lately)
        .order_by(OfficerNews.id)
        .limit(limit)
        .with_for_update(skip_locked=True, of=OfficerNews)
    )
    groups: dict[int, list[OfficerNews]] = {}
    for one in session.scalars(query):
        groups.setdefault(one.account_id, []).append(one)
    for lines in groups.values():
        fresh = [one for one in lines if one.at > now - STALE]
        person = lines[0].account
        if fresh and _is_told(person) and is_official(person.email):
            _mail(session, person, fresh, now)
        for one in lines:
            one.told_at = now
    return sum(len(lines) for lines in groups.values())


def forget(session: Session, now: datetime) -> None:
    """What was told long ago is not needed."""
    session.execute(delete(OfficerNews).where(OfficerNews.told_at < now - STALE))


def waiting(session: Session) -> int:
    """How much is to be told."""
    return (
        session.scalar(select(func.count(OfficerNews.id)).where(OfficerNews.told_at.is_(None))) or 0
    )


_WORK = (Role.SPECIALIST, Role.HEAD, Role.LEADER)
_DESK = (Role.ONE_STOP, Role.HEAD, Role.LEADER)


def _is_told(person: Account) -> bool:
    return person.is_active and person.kind is AccountKind.OFFICIAL and person.wants_notices


def _mail(session: Session, person: Account, lines: list[OfficerNews], now: datetime) -> None:
    """One mail, with a part for each dossier: an act on hundreds sends no hundreds of mails."""
    by_dossier: dict[int, list[OfficerNews]] = {}
    for one in lines:
        by_dossier.setdefault(one.dossier_id, []).append(one)
    payload = {
        "to": person.email,
        "template": "officer_news",
        "at": now.isoformat(),
        "values": {
            "person_name": person.name,
            "dossiers": [
                {
                    "number": some[0].dossier.code or some[0].dossier.lookup_code,
                    "news": list(dict.fromkeys(SENTENCES[one.news] for one in some)),
                    "path": some[-1].path,
                }
                for some in by_dossier.values()
            ],
        },
    }
    key = f"officer:{person.id}:news:{lines[-1].id}"
    outbox.enqueue(session, MAIL, key, now=now, payload=payload)
