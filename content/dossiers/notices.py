"""Notices to the applicant: what each mail says, put into the outbox.

Values are words ready to print; the text around them is the portal's template of that
name. A mail holds what it must and never the secret.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from content import outbox
from content.dossiers.models import Dossier
from content.words import local, short_date, weekday

MAIL = "mail"


def tell_submitted(session: Session, dossier: Dossier, follow_url: str, now: datetime) -> None:
    """We have it; the clock has not started (NĐ 61/2018 art. 17)."""
    _mail(session, dossier, "submitted", now, submitted_at=_moment(now), follow_url=follow_url)


def tell_accepted(
    session: Session, dossier: Dossier, officer_name: str, follow_url: str, now: datetime
) -> None:
    """It is accepted: dossier code and due date, or that there is none."""
    due, limit = dossier.due_date, dossier.time_limit
    _mail(
        session,
        dossier,
        "accepted",
        now,
        dossier_code=dossier.code,
        accepted_at=_moment(now),
        due_at=f"{weekday(due)}, {short_date(due)}" if due else None,
        time_limit=limit["words"] if limit and due else None,
        officer_name=officer_name,
        follow_url=follow_url,
    )


def tell_refused(
    session: Session,
    dossier: Dossier,
    reason: str,
    officer_name: str,
    follow_url: str,
    now: datetime,
) -> None:
    """It is not accepted, and why."""
    _mail(
        session,
        dossier,
        "refused",
        now,
        refused_at=_moment(now),
        reason=reason,
        officer_name=officer_name,
        follow_url=follow_url,
    )


def tell(session: Session, dossier: Dossier, template: str, now: datetime, **values: Any) -> None:
    """Any further notice: agency, person and times belong in ``values`` (NĐ 224/2026 art.
    15.1g); who filed, what and where stands in every one."""
    number = dossier.code or dossier.lookup_code
    _mail(session, dossier, template, now, number=number, told_at=_moment(now), **values)


def day_words(day: date | None) -> str | None:
    """``Thứ Ba, 01/12/2026``."""
    return f"{weekday(day)}, {short_date(day)}" if day else None


def _mail(session: Session, dossier: Dossier, template: str, now: datetime, **values: Any) -> None:
    """Nobody is written to who left no address."""
    if not dossier.applicant_email:
        return
    payload = {
        "to": dossier.applicant_email,
        "template": template,
        "at": now.isoformat(),
        "values": {
            "applicant_name": dossier.applicant_name,
            "procedure_name": dossier.procedure_name,
            "lookup_code": dossier.lookup_code,
            "agency_name": dossier.agency_name,
            **values,
        },
    }
    outbox.enqueue(session, MAIL, f"dossier:{dossier.id}:{template}", now=now, payload=payload)


def _moment(now: datetime) -> str:
    there = local(now)
    return f"{there:%H:%M}, {short_date(there.date())}"
