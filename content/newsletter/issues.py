"""Issues: put together from articles that readers may see, sent once, through the outbox.

Sending only promises the work. The worker then writes the mails some hundred at a time, each
batch in a transaction that also moves ``reached``; so no address gets an issue twice, and a
worker that dies goes on where it was.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from content import audit
from content.errors import Conflict, Invalid, InvalidTransition, NotAllowed
from content.news import reads
from content.news.models import Article
from content.newsletter import subscribing
from content.newsletter.models import MAX_ARTICLES, Issue, IssueState, Subscriber
from content.outbox import enqueue
from content.writing import trash

#: The kind of job that goes on writing the mails of an issue.
SEND = "newsletter.send"
BATCH = 200
#: What is on offer where little or nothing came since the last issue.
NEWEST = 30
TEMPLATE = "newsletter"


class IssueService:
    """The issues of one authority. ``four_eyes``: who wrote an issue last does not send it."""

    def __init__(self, session: Session, now: datetime, *, four_eyes: bool = False) -> None:
        self.session = session
        self.now = now
        self.four_eyes = four_eyes

    def save(
        self, issue: Issue, values: Mapping[str, Any], *, revision: int, actor_id: int | None
    ) -> Issue:
        """A new draft (``revision`` 0) or a changed one: ``subject``, ``intro``, ``articles``
        (ids). ``Conflict`` if somebody saved meanwhile, ``Invalid`` for articles that readers
        do not see or more than thirty, ``InvalidTransition`` for an issue that went out."""
        if (issue.revision or 0) != revision:
            raise Conflict("issue_changed")
        if issue.state not in (None, IssueState.DRAFT):
            raise InvalidTransition("issue_sent", id=issue.id)
        wanted = list(dict.fromkeys(values["articles"]))
        if len(wanted) > MAX_ARTICLES:
            raise Invalid({"articles": "many"}, code="articles_many")
        if len(_public(self.session, self.now, wanted)) != len(wanted):
            raise Invalid({"articles": "unknown"}, code="articles_unknown")
        issue.subject, issue.intro = values["subject"], values["intro"]
        issue.articles, issue.updated_at = wanted, self.now
        issue.written_by = actor_id
        self.session.add(issue)
        self.session.flush()  # the audit line names its id
        self._note(issue, actor_id, "saved")
        return issue

    def send(self, issue: Issue, *, revision: int, actor_id: int | None) -> None:
        """To every confirmed address. ``Invalid``: ``no_articles``, ``no_subscribers``;
        ``NotAllowed`` for its writer where four eyes are asked for; ``Conflict`` for another
        wording than was read; a second time ``InvalidTransition``."""
        if issue.state is not IssueState.DRAFT:
            raise InvalidTransition("issue_sent", id=issue.id)
        if issue.revision != revision:
            raise Conflict("issue_changed")
        if self.is_own(issue, actor_id):
            raise NotAllowed("four_eyes")
        if not articles_of(self.session, issue, self.now):
            raise Invalid({"articles": "required"}, code="no_articles")
        if not subscribing.count(self.session):
            raise Invalid({"issue": "nobody"}, code="no_subscribers")
        issue.state, issue.sent_at, issue.sent_by = IssueState.SENDING, self.now, actor_id
        enqueue(self.session, SEND, str(issue.id), now=self.now)
        self._note(issue, actor_id, "sent")

    def is_own(self, issue: Issue, actor_id: int | None) -> bool:
        """Whether four eyes are asked for and these two wrote it last."""
        return self.four_eyes and issue.written_by == actor_id

    def delete(self, issue: Issue, *, actor_id: int | None) -> None:
        """A draft into the bin. ``InvalidTransition`` for an issue that went out."""
        if issue.state is not IssueState.DRAFT:
            raise InvalidTransition("issue_sent", id=issue.id)
        trash.put(self.session, issue, actor_id, self.now)

    def _note(self, issue: Issue, actor_id: int | None, act: str) -> None:
        subject = f"newsletter_issue:{issue.id}"
        action = f"newsletter_issue.{act}"
        audit.record(self.session, now=self.now, actor_id=actor_id, action=action, subject=subject)


def all_issues(session: Session) -> Sequence[Issue]:
    """For editors: the last changed first."""
    query = select(Issue).where(trash.in_use(Issue))
    return session.scalars(query.order_by(Issue.updated_at.desc(), Issue.id.desc())).all()


def articles_of(session: Session, issue: Issue, now: datetime) -> list[Article]:
    """Those of its articles that readers see now, in their order."""
    return _public(session, now, issue.articles or [])


def offered(session: Session, now: datetime) -> Sequence[Article]:
    """What an issue may be put together from: all that readers got since the last one went
    out, the newest first, and never fewer than the newest thirty."""
    last = session.scalar(select(func.max(Issue.sent_at)))
    newest = reads.latest(session, now, limit=NEWEST)
    since = reads.since(session, now, last) if last is not None else []
    return since if len(since) > len(newest) else newest


def _public(session: Session, now: datetime, ids: Sequence[int]) -> list[Article]:
    query = reads.public(now).where(Article.id.in_(ids)).options(reads.WITHOUT_BODY)
    found = {one.id: one for one in session.scalars(query)}
    return [found[one] for one in ids if one in found]


def values_of(issue: Issue, articles: Sequence[Article], leaving: str) -> dict[str, Any]:
    """What the template of the mail needs; ``leaving`` is the path of one subscriber's link."""
    told = [
        {"title": one.title, "lead": one.lead, "path": f"/tin-tuc/{one.section_slug}/{one.slug}"}
        for one in articles
    ]
    return {"subject": issue.subject, "intro": issue.intro, "articles": told, "leaving": leaving}


def write_mails(session: Session, issue_id: int, now: datetime) -> bool:
    """The mails of the next batch of addresses; whether there may be more."""
    issue = session.get(Issue, issue_id)
    if issue is None or issue.state is not IssueState.SENDING:
        return False
    articles = articles_of(session, issue, now)
    due = (Subscriber.id > issue.reached, Subscriber.confirmed_at.is_not(None))
    query = select(Subscriber).where(*due).order_by(Subscriber.id)
    batch = session.scalars(query.limit(BATCH)).all() if articles else []
    for one in batch:
        leaving = subscribing.LEAVE + one.key
        payload = {
            "to": one.email,
            "template": TEMPLATE,
            "values": values_of(issue, articles, leaving),
            "at": now.isoformat(),
            "leaving": leaving,
        }
        enqueue(session, subscribing.MAIL, subscribing.job_key(one), now=now, payload=payload)
        issue.reached, issue.recipients = one.id, issue.recipients + 1
    if len(batch) < BATCH:
        issue.state = IssueState.SENT
    return len(batch) == BATCH
