"""Handing results over (T16): at the desk against proof, by post, online into the own store.

What is owed is paid first, or the post takes it for us; a result that came back from the post
waits at the desk again. Originals that were kept go back, listed. NĐ 61/2018 art. 20;
QĐ 45/2016/QĐ-TTg. The only writer of this move and of the post's items.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select

from content.dossiers import result_notices, storehouse
from content.dossiers.charging import standing_of
from content.dossiers.event_data import CountedPaper, Received, ResultReturned, as_data
from content.dossiers.handling import HandlingService
from content.dossiers.log import Deed, Record, allowed, move
from content.dossiers.models import Dossier
from content.dossiers.money import ChargeState
from content.dossiers.obligations import ObligationService, money_facts
from content.dossiers.passing import sign_what_came
from content.dossiers.reasons import demand_reason, demand_short
from content.dossiers.result_models import (
    MAX_NUMBER,
    MAX_SIGNER,
    MAX_TITLE,
    DossierResult,
    ItemState,
    PostalItem,
)
from content.dossiers.results import received_by, result_of
from content.dossiers.states import Action, Actor, Facts, Need, Status
from content.errors import Invalid, InvalidTransition
from content.people.models import Account

MAX_COD = 1_000_000_000
#: What is looked at, never its number (NĐ 13/2023 on personal data).
PROOFS = {
    "card": "Thẻ căn cước",
    "vneid": "Căn cước điện tử (VNeID)",
    "passport": "Hộ chiếu",
    "letter": "Giấy ủy quyền và giấy tờ tùy thân của người được ủy quyền",
}
BY_HAND, BY_POST, ONLINE = "trực tiếp", "bưu chính", "trực tuyến"
PLAIN_RESULT = "Kết quả giải quyết"


@dataclass(frozen=True)
class HandedOver:
    """At the desk: who stands there, which proof was looked at, which originals go back (by
    place in :func:`originals_of`), and papers not on that list, in words."""

    recipient: str
    proof: str
    looked: bool
    originals: Sequence[int] = ()
    other_papers: str = ""


@dataclass(frozen=True)
class Parcel:
    """What goes to the post. ``cod``: what the post takes from the recipient, in đồng."""

    tracking: str
    recipient: str
    address: str
    cod: int = 0


def items_of(session: Any, dossier: Dossier) -> list[PostalItem]:
    """The items of a dossier, the newest first."""
    query = select(PostalItem).where(PostalItem.dossier_id == dossier.id)
    return list(session.scalars(query.order_by(PostalItem.id.desc())))


class ReturnService(HandlingService):
    """Handing over, as of one instant."""

    def hand_over(
        self, dossier: Dossier, officer: Account, said: HandedOver, *, revision: int | None = None
    ) -> None:
        """T16 at the desk. Raises ``Invalid`` (``recipient``, ``proof``, ``looked``,
        ``originals``), ``InvalidTransition`` (``fee_unpaid``, ``fees_unsettled``,
        ``on_its_way``), ``NotAllowed``, ``Conflict``."""
        actor = self.take_up(dossier, officer, Action.HAND_OVER_RESULT, revision)
        recipient = _demand(said.recipient, "recipient", MAX_TITLE)
        if said.proof not in PROOFS:
            raise Invalid({"proof": "unknown"})
        if not said.looked:
            raise Invalid({"looked": "required"})
        self._demand_not_posted(dossier)
        told = ResultReturned(
            recipient=recipient,
            means=BY_HAND,
            proof=PROOFS[said.proof],
            originals_back=self._back(dossier, said),
        )
        self._return(dossier, officer, actor, told)

    def give_online(
        self, dossier: Dossier, officer: Account, *, revision: int | None = None
    ) -> None:
        """T16 into the owner's store. Raises ``InvalidTransition("nothing_electronic")`` and
        ``("no_owner")``, and what :meth:`hand_over` raises."""
        actor = self.take_up(dossier, officer, Action.HAND_OVER_RESULT, revision)
        result = result_of(self.session, dossier)
        if result is None or not (result.files or result.refusal):
            raise InvalidTransition("nothing_electronic", dossier=dossier.id)
        if dossier.owner_id is None:
            raise InvalidTransition("no_owner", dossier=dossier.id)
        self._demand_not_posted(dossier)
        told = ResultReturned(
            recipient=dossier.applicant_name, means=ONLINE, proof="Tài khoản trên cổng"
        )
        self._return(dossier, officer, actor, told)

    def dispatch(
        self, dossier: Dossier, officer: Account, said: Parcel, *, revision: int | None = None
    ) -> PostalItem:
        """Give the result to the post; the dossier is returned when it has arrived.

        What is owed must be taken by the post: ``fee_unpaid`` where ``cod`` is less. Raises
        ``Invalid`` (``tracking``, ``recipient``, ``address``, ``cod``), ``InvalidTransition``
        (``nothing_on_paper``, ``on_its_way``, ``fees_unsettled``), ``NotAllowed``, ``Conflict``.
        """
        actor = self.take_up(dossier, officer, Action.HAND_OVER_RESULT, revision)
        if dossier.status is not Status.RESOLVED:
            # The table's own words, whichever they are.
            allowed(dossier.status, Action.HAND_OVER_RESULT, actor, Facts(given=_PROVED))
        result = result_of(self.session, dossier)
        if result is not None and not result.on_paper:
            raise InvalidTransition("nothing_on_paper", dossier=dossier.id)
        self._demand_not_posted(dossier)
        tracking = _demand(said.tracking, "tracking", MAX_NUMBER).upper()
        recipient = _demand(said.recipient, "recipient", MAX_TITLE)
        address = _demand(said.address, "address")
        if not 0 <= said.cod <= MAX_COD:
            raise Invalid({"cod": "out_of_range"})
        if self.session.scalar(select(PostalItem.id).where(PostalItem.tracking == tracking)):
            raise Invalid({"tracking": "taken"})
        self._demand_paid_or(dossier, said.cod)
        item = PostalItem(
            dossier=dossier,
            tracking=tracking,
            cod=said.cod,
            recipient=recipient,
            address=address,
            state=ItemState.SENT,
            sent_at=self.now,
            sent_by_id=officer.id,
        )
        self.session.add(item)
        sign_what_came(self.session, dossier, officer, self.now)
        data = {"tracking": tracking, "cod": said.cod}
        agency = dossier.agency_id
        self.write_down(dossier, Deed(Record.RESULT_POSTED, actor, officer, agency, data=data))
        follow = self.rules.follow_url(dossier.lookup_code)
        result_notices.tell_posted(self.session, item, follow, self.now)
        return item

    def delivered(
        self, item: PostalItem, officer: Account, proof: str, *, revision: int | None = None
    ) -> None:
        """T16: the post has proved the delivery. Raises ``Invalid`` (``proof``),
        ``InvalidTransition("item_ended")``, ``NotAllowed``, ``Conflict``."""
        dossier = item.dossier
        actor = self.take_up(dossier, officer, Action.HAND_OVER_RESULT, revision)
        self._demand_sent(item)
        told = ResultReturned(
            recipient=item.recipient,
            means=BY_POST,
            proof=_demand(proof, "proof", MAX_SIGNER),
            tracking=item.tracking,
        )
        item.state, item.ended_at, item.remark = ItemState.DELIVERED, self.now, told.proof
        self._return(dossier, officer, actor, told)

    def came_back(
        self, item: PostalItem, officer: Account, reason: str, *, revision: int | None = None
    ) -> None:
        """The post could not deliver it: it waits at the desk, what is owed is owed again."""
        dossier = item.dossier
        actor = self.take_up(dossier, officer, Action.HAND_OVER_RESULT, revision)
        self._demand_sent(item)
        text = demand_reason(reason)
        item.state, item.ended_at, item.remark = ItemState.CAME_BACK, self.now, text
        for one in ObligationService(self.session, self.now, self.rules).write_lines(dossier):
            if one.state is ChargeState.WAITING:
                one.become(ChargeState.UNPAID)
        data, agency = {"tracking": item.tracking}, dossier.agency_id
        self.write_down(dossier, Deed(Record.POST_CAME_BACK, actor, officer, agency, text, data))

    def originals_of(self, dossier: Dossier) -> tuple[CountedPaper, ...]:
        """The papers of which the desk kept originals at the reception."""
        received = received_by(self.session, dossier)
        papers = Received.of(received.data).papers if received is not None else ()
        return tuple(one for one in papers if one.originals)

    def owed(self, dossier: Dossier) -> int:
        """What stands in the way of handing over, in đồng."""
        found = standing_of(self.session, dossier)
        return found.owed - found.at_the_post

    def _return(
        self, dossier: Dossier, officer: Account, actor: Actor, told: ResultReturned
    ) -> None:
        money = money_facts(self.session, dossier)
        facts = replace(
            self.facts_of(dossier), given=_PROVED, fee_after_unpaid=money["fee_after_unpaid"]
        )
        allowed(dossier.status, Action.HAND_OVER_RESULT, actor, facts)
        if money["fees_unsettled"]:
            raise InvalidTransition("fees_unsettled", dossier=dossier.id)
        result = result_of(self.session, dossier)
        told = replace(told, papers=(_as_paper(result, told.means),))
        data = as_data(told)
        sign_what_came(self.session, dossier, officer, self.now)
        deed = Deed(Action.HAND_OVER_RESULT, actor, officer, dossier.agency_id, data=data)
        move(self.session, dossier, deed, facts, self.now)
        stored = storehouse.keep_all(self.session, dossier, result, self.now)
        follow = self.rules.follow_url(dossier.lookup_code)
        result_notices.tell_returned(self.session, dossier, deed, stored > 0, follow, self.now)

    def _demand_paid_or(self, dossier: Dossier, cod: int) -> None:
        if standing_of(self.session, dossier).unsettled:
            raise InvalidTransition("fees_unsettled", dossier=dossier.id)
        if cod < self.owed(dossier):
            raise InvalidTransition("fee_unpaid", dossier=dossier.id)
        for one in ObligationService(self.session, self.now, self.rules).write_lines(dossier):
            if one.state is ChargeState.UNPAID and one.amount:
                one.become(ChargeState.WAITING)

    def _demand_not_posted(self, dossier: Dossier) -> None:
        if any(one.state is ItemState.SENT for one in items_of(self.session, dossier)):
            raise InvalidTransition("on_its_way", dossier=dossier.id)

    def _demand_sent(self, item: PostalItem) -> None:
        self.session.refresh(item)
        if item.state is not ItemState.SENT:
            raise InvalidTransition("item_ended", item=item.id)

    def _back(self, dossier: Dossier, said: HandedOver) -> tuple[CountedPaper, ...]:
        kept = self.originals_of(dossier)
        places = sorted(set(said.originals))
        if any(not 0 <= one < len(kept) for one in places):
            raise Invalid({"originals": "unknown"})
        back = [CountedPaper(name=kept[one].name, originals=kept[one].originals) for one in places]
        other = demand_short(said.other_papers, "other_papers")
        return tuple([*back, CountedPaper(name=other, originals=1)] if other else back)


_PROVED = frozenset({Need.RECIPIENT_PROOF})


def _as_paper(result: DossierResult | None, means: str) -> CountedPaper:
    """The result as the return slip lists it."""
    if result is None:
        return CountedPaper(name=PLAIN_RESULT, originals=1)
    name = f"{result.title} số {result.number_words}"
    originals = 0 if means == ONLINE else result.copies
    return CountedPaper(name=name, originals=originals, electronic=len(result.files))


def _demand(text: str, field: str, limit: int | None = None) -> str:
    line = demand_short(text, field, limit) if limit else demand_short(text, field)
    if not line:
        raise Invalid({field: "required"})
    return line
