"""Labels: words of an agency that its officers put on dossiers, for their own eyes.

An agency's labels may be used on every dossier that it, or one below it, has in hand.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from content import audit
from content.dossiers.desks import ancestor_ids
from content.dossiers.handling import agencies_in_charge, capacities
from content.dossiers.models import Dossier
from content.dossiers.work_models import MAX_LABEL, DossierLabel, Label, Tone
from content.errors import Invalid, InvalidTransition, NotAllowed
from content.people.delegations import posts_of
from content.people.models import Account
from content.people.roles import DESK_ROLES
from content.text import clean
from content.words import local

#: Of one agency; more words are no order.
MAX_LABELS = 50


def labels_of(
    session: Session, agency_ids: Collection[int], *, retired: bool = False
) -> list[Label]:
    """The labels of some agencies by name; retired ones only where asked for."""
    query = select(Label).where(Label.agency_id.in_(agency_ids))
    if not retired:
        query = query.where(Label.retired_at.is_(None))
    return list(session.scalars(query.order_by(Label.name, Label.id)))


def on_dossier(session: Session, dossier: Dossier) -> list[Label]:
    """What is on a dossier, by name."""
    query = select(Label).join(DossierLabel).where(DossierLabel.dossier_id == dossier.id)
    return list(session.scalars(query.order_by(Label.name)))


def usable(session: Session, dossier: Dossier) -> list[Label]:
    """What may be put on a dossier: labels of the agencies that have it, and of those above."""
    return labels_of(session, agencies_in_charge(session, dossier))


class LabelService:
    """Making, retiring, putting on and taking off, as of one instant."""

    def __init__(self, session: Session, now: datetime) -> None:
        self.session = session
        self.now = now

    def make(self, officer: Account, agency_id: int, name: str, tone: Tone) -> Label:
        """A new label; one that was retired comes back.

        Raises ``NotAllowed("not_your_desk")``, ``Invalid`` for ``name``: ``required``,
        ``too_long``, ``taken_label``, ``too_many_labels``.
        """
        self._demand_post(officer, agency_id)
        words = clean(name)
        if not words:
            raise Invalid({"name": "required"})
        if len(words) > MAX_LABEL:
            raise Invalid({"name": "too_long"}, limit=MAX_LABEL)
        known = {one.name: one for one in labels_of(self.session, [agency_id], retired=True)}
        found = known.get(words)
        if found is not None and found.retired_at is None:
            raise Invalid({"name": "taken_label"})
        if sum(one.retired_at is None for one in known.values()) >= MAX_LABELS:
            raise Invalid({"name": "too_many_labels"}, limit=MAX_LABELS)
        if found is None:
            found = Label(agency_id=agency_id, name=words, made_by_id=officer.id, made_at=self.now)
            self.session.add(found)
        found.tone, found.retired_at = tone, None
        return found

    def retire(self, officer: Account, label: Label) -> None:
        """Put it on nothing new. Raises ``NotAllowed``."""
        self._demand_post(officer, label.agency_id)
        label.retired_at = label.retired_at or self.now

    def put_on(self, dossier: Dossier, officer: Account, label: Label) -> bool:
        """Put a label on; ``False`` if it was there. Raises ``NotAllowed("not_your_desk")``,
        ``InvalidTransition("label_elsewhere")`` for one of agencies that do not have it."""
        self._demand_part(dossier, officer)
        fitting = agencies_in_charge(self.session, dossier)
        if label.retired_at is not None or label.agency_id not in fitting:
            raise InvalidTransition("label_elsewhere", label=label.id)
        if self._found(dossier, label) is not None:
            return False
        self.session.add(
            DossierLabel(dossier_id=dossier.id, label=label, put_by_id=officer.id, put_at=self.now)
        )
        self._record(dossier, officer, label, "label")
        return True

    def take_off(self, dossier: Dossier, officer: Account, label: Label) -> bool:
        """Take a label off; ``False`` if it was not there. Raises ``NotAllowed``."""
        self._demand_part(dossier, officer)
        found = self._found(dossier, label)
        if found is None:
            return False
        self.session.delete(found)
        self._record(dossier, officer, label, "unlabel")
        return True

    def _found(self, dossier: Dossier, label: Label) -> DossierLabel | None:
        query = select(DossierLabel).where(
            DossierLabel.dossier_id == dossier.id, DossierLabel.label_id == label.id
        )
        return self.session.scalars(query).first()

    def _demand_post(self, officer: Account, agency_id: int) -> None:
        above = ancestor_ids(self.session, agency_id)
        posts = posts_of(self.session, officer, local(self.now).date())
        if not any(agency in above and role in DESK_ROLES for agency, role in posts):
            raise NotAllowed("not_your_desk")

    def _demand_part(self, dossier: Dossier, officer: Account) -> None:
        if not capacities(self.session, officer, dossier, self.now):
            raise NotAllowed("not_your_desk")

    def _record(self, dossier: Dossier, officer: Account, label: Label, what: str) -> None:
        audit.record(
            self.session,
            now=self.now,
            actor_id=officer.id,
            action=f"dossier.{what}",
            subject=f"dossier:{dossier.id}",
            label=label.name,
        )
