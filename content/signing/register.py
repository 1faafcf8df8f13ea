"""The register of certificates of officers and agencies: adding, revoking, reminding.

Before a certificate ends its owner is told, once for each of the days of ``REMIND``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from content import audit, outbox
from content.agencies.models import Agency
from content.errors import Invalid, InvalidTransition
from content.people.models import Account
from content.signing import engine
from content.signing.models import MAX_NOTE, Certificate, Purpose
from content.text import clean
from content.words import local, short_date

#: Days before the end at which the owner is told.
REMIND = (30, 7, 1)
MAIL = "mail"


@dataclass(frozen=True)
class Standing:
    """Units with a seal, people with a certificate of their own, certificates that end soon."""

    units: int
    people: int
    ending: int


class CertificateRegister:
    """Certificates of one authority, as of one instant."""

    def __init__(self, session: Session, now: datetime) -> None:
        self.session = session
        self.now = now

    def add(
        self,
        content: bytes,
        agency: Agency,
        owner: Account | None,
        by: Account,
        *,
        note: str = "",
    ) -> Certificate:
        """Enter a certificate; without an owner it is the agency's seal.

        Raises ``Invalid`` for ``file`` (``not_a_certificate``, ``known_already``, ``over``).
        """
        facts = engine.facts_of(content)
        query = select(Certificate).where(Certificate.fingerprint == facts.fingerprint)
        if self.session.scalars(query).first() is not None:
            raise Invalid({"file": "known_already"})
        if facts.valid_to <= self.now:
            raise Invalid({"file": "over"}, until=short_date(local(facts.valid_to).date()))
        found = Certificate(
            purpose=Purpose.SEAL if owner is None else Purpose.PERSONAL,
            account_id=owner.id if owner else None,
            agency_id=agency.id,
            subject=facts.subject,
            issuer=facts.issuer,
            serial=facts.serial,
            fingerprint=facts.fingerprint,
            content=facts.content,
            valid_from=facts.valid_from,
            valid_to=facts.valid_to,
            note=clean(note)[:MAX_NOTE],
            added_at=self.now,
        )
        self.session.add(found)
        self.session.flush()  # the audit names its id
        self._note("certificate.add", found, by)
        return found

    def revoke(self, certificate: Certificate, by: Account) -> None:
        """From now on it counts no more. Raises ``InvalidTransition("revoked_already")``."""
        if certificate.revoked_at is not None:
            raise InvalidTransition("revoked_already", certificate=certificate.id)
        certificate.revoked_at = self.now
        self._note("certificate.revoke", certificate, by)

    def all(self) -> Sequence[Certificate]:
        """Those that still count first, by the day on which they end."""
        query = select(Certificate).options(
            joinedload(Certificate.account), joinedload(Certificate.agency)
        )
        order = (Certificate.revoked_at.is_not(None), Certificate.valid_to, Certificate.id)
        return self.session.scalars(query.order_by(*order)).all()

    def standing(self) -> "Standing":
        """How many units and people have what counts now: what a province reports."""
        mine = [one for one in self.all() if self.counts(one)]
        return Standing(
            units=len({one.agency_id for one in mine if one.account_id is None}),
            people=len({one.account_id for one in mine if one.account_id is not None}),
            ending=sum(days_left(one, self.now) <= max(REMIND) for one in mine),
        )

    def counts(self, certificate: Certificate) -> bool:
        """Whether signatures made now with it are accepted."""
        runs = certificate.valid_from <= self.now < certificate.valid_to
        return certificate.revoked_at is None and runs

    def remind(self) -> int:
        """Tell the owners of what ends soon; returns how many were told."""
        latest = self.now + timedelta(days=max(REMIND))
        query = select(Certificate).where(
            Certificate.revoked_at.is_(None),
            Certificate.valid_to > self.now,
            Certificate.valid_to <= latest,
        )
        return sum(self._remind(one) for one in self.session.scalars(query))

    def _remind(self, certificate: Certificate) -> bool:
        left = (certificate.valid_to - self.now).days
        step = min(days for days in REMIND if left <= days)
        if certificate.reminded_for is not None and certificate.reminded_for <= step:
            return False
        certificate.reminded_for = step
        to = certificate.account.email if certificate.account else certificate.agency.email
        if not to:
            return False
        payload = {
            "to": to,
            "template": "certificate_ends",
            "at": self.now.isoformat(),
            "values": {
                "owner": certificate.account.name if certificate.account else certificate.subject,
                "subject": certificate.subject,
                "issuer": certificate.issuer,
                "agency_name": certificate.agency.name,
                "ends": short_date(local(certificate.valid_to).date()),
            },
        }
        key = f"certificate:{certificate.id}:{step}"
        outbox.enqueue(self.session, MAIL, key, now=self.now, payload=payload)
        return True

    def _note(self, action: str, certificate: Certificate, by: Account) -> None:
        audit.record(
            self.session,
            now=self.now,
            actor_id=by.id,
            action=action,
            subject=f"certificate:{certificate.id}",
        )


def days_left(certificate: Certificate, now: datetime) -> int:
    """Whole days until it ends; negative once it is over."""
    return (certificate.valid_to - now).days
