"""Rounds of looking at links: begun, gone on with in small steps, finished; and their result.

A step takes a few links, so that the worker goes on with its other work in between. Links of
this site are tried in every round, those to other hosts at most once a week.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from content.links.gathering import Found, gather, is_outside
from content.links.models import LinkRound, SiteLink

#: How long the word of another host holds.
OUTSIDE_EVERY = timedelta(days=7)
#: What may pass by itself: such a link is told of only when a second try failed too.
TEMPORARY = frozenset({"timeout", "unreachable", "server_error", "no_host"})

#: Tries a link: the code of what is wrong, "" where it leads on, ``None`` where nobody knows.
Try = Callable[[str], str | None]


@dataclass(frozen=True)
class BrokenLink:
    """A link to mend: the thing it stands in (``kind`` and ``place_id``), where it should
    lead, the code of what is wrong, and since when."""

    kind: str
    place_id: int
    title: str
    target: str
    problem: str
    since: datetime | None


def broken_links(session: Session, limit: int | None = None) -> list[BrokenLink]:
    """The links that lead nowhere by the last tries, the longest broken first."""
    query = select(SiteLink).where(_is_told()).order_by(SiteLink.broken_since, SiteLink.id)
    return [
        BrokenLink(one.kind, one.place_id, one.title, one.target, one.problem, one.broken_since)
        for one in session.scalars(query.limit(limit))
    ]


def broken_count(session: Session) -> int:
    """How many links are to be mended."""
    return session.scalar(select(func.count(SiteLink.id)).where(_is_told())) or 0


def last_round(session: Session) -> LinkRound | None:
    """The newest round, finished or not; ``None`` before the first."""
    return session.scalars(select(LinkRound).order_by(LinkRound.id.desc()).limit(1)).first()


def begin(session: Session, host: str, now: datetime) -> LinkRound:
    """Gather every link anew. What was known of one that is still there is kept; a round
    that was still going on ends with this one."""
    found = {(one.kind, one.place_id, one.target): one for one in gather(session, now)}
    known = {(one.kind, one.place_id, one.target): one for one in session.scalars(select(SiteLink))}
    for key, link in known.items():
        if key in found:
            link.title = found[key].title
        else:
            session.delete(link)
    session.add_all(_new(one, host) for key, one in found.items() if key not in known)
    unfinished = select(LinkRound).where(LinkRound.finished_at.is_(None))
    for older in session.scalars(unfinished):
        older.finished_at = now
    made = LinkRound(began_at=now, links=len(found))
    session.add(made)
    session.flush()  # the steps look for what was gathered
    return made


def waiting(
    session: Session, since: LinkRound, now: datetime, *, outside: bool, limit: int
) -> list[str]:
    """Addresses not tried yet: those of this site in this round, others within the week."""
    before = now - OUTSIDE_EVERY if outside else since.began_at
    due = or_(SiteLink.checked_at.is_(None), SiteLink.checked_at < before)
    query = select(SiteLink.target).where(SiteLink.is_outside.is_(outside), due)
    return list(session.scalars(query.distinct().order_by(SiteLink.target).limit(limit)))


def write_down(session: Session, results: dict[str, str | None], now: datetime) -> None:
    """What the tries of some addresses said, for every place that has them."""
    for link in session.scalars(select(SiteLink).where(SiteLink.target.in_(results))):
        problem = results[link.target]
        link.checked_at = now
        if problem is None:
            continue
        link.problem = problem
        link.failures = link.failures + 1 if problem else 0
        link.broken_since = (link.broken_since or now) if problem else None


def finish(session: Session, one: LinkRound, now: datetime) -> None:
    """The last address of the round was tried."""
    one.finished_at = now


def forget_outside(session: Session) -> None:
    """Other hosts are not asked any more: what they said once is no longer told."""
    asked = SiteLink.is_outside.is_(True), SiteLink.checked_at.is_not(None)
    for link in session.scalars(select(SiteLink).where(*asked)):
        link.checked_at, link.problem, link.failures, link.broken_since = None, "", 0, None


def _new(found: Found, host: str) -> SiteLink:
    return SiteLink(
        kind=found.kind,
        place_id=found.place_id,
        title=found.title,
        target=found.target,
        is_outside=is_outside(found.target, host),
    )


def _is_told() -> ColumnElement[bool]:
    lasting = SiteLink.problem.not_in(TEMPORARY)
    return and_(SiteLink.problem != "", or_(lasting, SiteLink.failures > 1))
