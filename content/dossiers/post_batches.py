"""What a desk gives to the post at once: a list with numbers, signed by both sides.

Biên bản giao nhận (QĐ 45/2016/QĐ-TTg). A batch, once made, stays; its paper is made from it.
"""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from content import outbox
from content.agencies.models import Agency
from content.dossiers.desks import desks_of
from content.dossiers.handling import HandlingService
from content.dossiers.log import LETTER
from content.dossiers.models import Dossier
from content.dossiers.reasons import demand_short
from content.dossiers.result_models import MAX_SIGNER, ItemState, PostalBatch, PostalItem
from content.errors import InvalidTransition, NotAllowed
from content.people.models import Account

MAX_LINES = 200


def waiting(session: Session, agency_ids: Collection[int]) -> list[PostalItem]:
    """Items that are on no list yet, the oldest first."""
    query = (
        select(PostalItem)
        .join(Dossier, Dossier.id == PostalItem.dossier_id)
        .where(
            PostalItem.batch_id.is_(None),
            PostalItem.state == ItemState.SENT,
            Dossier.agency_id.in_(agency_ids),
        )
        .options(joinedload(PostalItem.dossier))
        .order_by(PostalItem.id)
        .limit(MAX_LINES)
    )
    return list(session.scalars(query))


def on_the_way(session: Session, agency_ids: Collection[int]) -> list[PostalItem]:
    """Items on a list of which nobody has said yet what became of them."""
    query = (
        select(PostalItem)
        .join(Dossier, Dossier.id == PostalItem.dossier_id)
        .where(
            PostalItem.batch_id.is_not(None),
            PostalItem.state == ItemState.SENT,
            Dossier.agency_id.in_(agency_ids),
        )
        .options(joinedload(PostalItem.dossier))
        .order_by(PostalItem.sent_at)
        .limit(MAX_LINES)
    )
    return list(session.scalars(query))


def batches(session: Session, agency_ids: Collection[int], limit: int = 20) -> list[PostalBatch]:
    """The lists of some desks, the newest first."""
    query = select(PostalBatch).where(PostalBatch.agency_id.in_(agency_ids))
    query = query.options(joinedload(PostalBatch.items), joinedload(PostalBatch.agency))
    return list(session.scalars(query.order_by(PostalBatch.id.desc()).limit(limit)).unique())


def batch_source(batch_id: int) -> str:
    """What the list's paper comes from; ``content.letters.sources`` reads it."""
    return f"postal_batch:{batch_id}"


class PostService(HandlingService):
    """Lists for the post, as of one instant."""

    def hand_to_post(self, agency: Agency, officer: Account, taken_by: str = "") -> PostalBatch:
        """Put everything that waits at a desk on one list. Raises ``NotAllowed``,
        ``InvalidTransition("nothing_waits")``, ``Invalid`` (``taken_by``)."""
        if agency.id not in desks_of(self.session, officer, self.now):
            raise NotAllowed("not_your_desk")
        who = demand_short(taken_by, "taken_by", MAX_SIGNER)
        found = waiting(self.session, [agency.id])
        if not found:
            raise InvalidTransition("nothing_waits", agency=agency.id)
        batch = PostalBatch(
            agency=agency, made_at=self.now, made_by_id=officer.id, taken_by=who, items=found
        )
        self.session.add(batch)
        self.session.flush()  # the paper's source names the list's id
        outbox.enqueue(self.session, LETTER, batch_source(batch.id), now=self.now)
        return batch
