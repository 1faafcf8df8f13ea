"""Acts of one visit: received, resolved and handed over at once, with a line in the book.

T2, T19 and T16 in one transaction: the dossier has its code and its line in the register like
any other (NĐ 61/2018/NĐ-CP art. 17.4), the book its running number (NĐ 23/2015/NĐ-CP).
"""

from typing import Any

from sqlalchemy import select

from content import audit
from content.agencies.models import Agency
from content.certification.acts import Act, checked
from content.certification.fees import Tariff, tariff_of
from content.certification.models import Book, CertificationEntry, book_of
from content.dossiers.desks import desks_of, receives
from content.dossiers.entering import enter, freeze, receipt_data
from content.dossiers.fees import fees_on
from content.dossiers.handling import HandlingService
from content.dossiers.log import Deed, allowed, move, write
from content.dossiers.lookup_codes import new_lookup_code
from content.dossiers.models import MAX_APPLICANT, MAX_KEY, Delivery, Dossier
from content.dossiers.numbering import RegisterLine, next_number
from content.dossiers.register_books import demand_open
from content.dossiers.returning import BY_HAND
from content.dossiers.service import MAX_REASON, is_sentence
from content.dossiers.states import Action, Actor, Facts, Need
from content.errors import Invalid, InvalidTransition, NotAllowed
from content.people.models import Account
from content.procedures.forms import FormDefinition, Kind, Question, Section, to_json
from content.procedures.handling import HandlingRule, handling_of
from content.procedures.kinds import CURRENT, Channel
from content.procedures.models import Procedure
from content.text import clean, fold
from content.words import local

SERIES = "certification"
_FORM = FormDefinition(
    "giai-quyet-ngay",
    "Việc giải quyết ngay",
    (
        Section(
            "viec",
            "Nội dung",
            (
                Question("ho_ten", Kind.TEXT, "Người yêu cầu", required=True, autocomplete="name"),
                Question("giay_to", Kind.TEXT, "Giấy tờ, văn bản", required=True),
                Question("so_trang", Kind.NUMBER, "Số trang", required=True),
                Question("so_ban", Kind.NUMBER, "Số bản", required=True),
            ),
        ),
    ),
)


class CertificationService(HandlingService):
    """The same-visit lane of one authority, as of one instant."""

    def lane(self) -> list[Procedure]:
        """The procedures that the desk may resolve at once, in the order of their names."""
        query = (
            select(Procedure)
            .join(HandlingRule, HandlingRule.procedure_id == Procedure.id)
            .where(HandlingRule.at_once.is_(True), Procedure.status.in_(CURRENT))
            .order_by(Procedure.name, Procedure.id)
        )
        return list(self.session.scalars(query))

    def tariff(self, procedure: Procedure) -> Tariff | None:
        """What an act of the procedure costs today at the counter."""
        return tariff_of(self.fee_lines(procedure))

    def fee_lines(self, procedure: Procedure) -> list[Any]:
        """The procedure's fee lines of today at the counter."""
        version = procedure.current_version
        if version is None:
            return []
        return fees_on(version, local(self.now).date(), Channel.COUNTER) or []

    def certify(
        self, procedure: Procedure, desk: Agency, officer: Account, act: Act
    ) -> CertificationEntry:
        """Write the act down; a second press answers with the same line.

        Raises ``NotAllowed("not_your_desk")``, ``InvalidTransition`` for a procedure that is not
        resolved at once (``not_authorised``) and for a closed year, ``Invalid`` with the fields
        of :class:`Act`; ``{"fee": "required"}`` where the tariff cannot be read.
        """
        if desk.id not in desks_of(self.session, officer, self.now):
            raise NotAllowed("not_your_desk")
        known = select(CertificationEntry).join(
            Dossier, Dossier.id == CertificationEntry.dossier_id
        )
        done = self.session.scalars(
            known.where(Dossier.submission_key == act.key[:MAX_KEY])
        ).first()
        if done is not None:
            return done
        version = procedure.current_version
        if version is None or not procedure.status.is_current or not receives(desk):
            raise InvalidTransition("not_received_here", procedure=procedure.id)
        act, fee = checked(act, self.tariff(procedure))
        dossier = self._receive(procedure, desk, officer, act, fee)
        entry = self._write_down(dossier, officer, act, fee)
        self._resolve(dossier, officer, entry)
        return entry

    def cancel(self, entry: CertificationEntry, officer: Account, reason: str) -> None:
        """Cancel a line entered by mistake, with its line in the register; both stay.

        Raises ``NotAllowed``, ``Invalid({"reason": …})``, ``InvalidTransition`` for one that is
        cancelled already (``cancelled_already``) or stands in a closed year.
        """
        if entry.agency_id not in desks_of(self.session, officer, self.now):
            raise NotAllowed("not_your_desk")
        if entry.cancelled_because is not None:
            raise InvalidTransition("cancelled_already", entry=entry.id)
        demand_open(self.session, entry.agency_id, entry.year)
        text = clean(reason, multiline=True)
        if not is_sentence(text) or len(text) > MAX_REASON:
            raise Invalid({"reason": "not_a_sentence"})
        entry.cancelled_because, entry.cancelled_at = text, self.now
        entry.cancelled_by_id = officer.id
        line = self.session.scalars(
            select(RegisterLine).where(RegisterLine.dossier_id == entry.dossier_id)
        ).one()
        line.cancelled_because = text
        audit.record(
            self.session,
            now=self.now,
            actor_id=officer.id,
            action="certification.cancel",
            subject=f"dossier:{entry.dossier_id}",
            number=entry.number,
        )

    def _receive(
        self, procedure: Procedure, desk: Agency, officer: Account, act: Act, fee: int
    ) -> Dossier:
        version = procedure.current_version
        assert version is not None  # demanded before
        target = allowed(None, Action.RECEIVE_AT_COUNTER, Actor.ONE_STOP, Facts()).target
        lookup_code = new_lookup_code()
        rule = handling_of(self.session, procedure.id)
        with self.session.no_autoflush:  # half a reception is no state to store
            dossier = Dossier(
                lookup_code=lookup_code,
                secret_digest=self.rules.secrets.digest_for(lookup_code),
                submission_key=act.key,
                status=target,
                status_since=self.now,
                procedure=procedure,
                version=version,
                procedure_code=procedure.code,
                procedure_name=version.document["name"],
                agency=desk,
                agency_name=desk.name,
                applicant_name=act.person,
                applicant_key=fold(act.person)[:MAX_APPLICANT],
                applicant_identity=act.identity,
                channel=Channel.COUNTER,
                delivery=Delivery.COUNTER,
                form=to_json(_FORM),
                answers={
                    "ho_ten": act.person,
                    "giay_to": act.document,
                    "so_trang": str(act.pages),
                    "so_ban": str(act.copies),
                },
                submitted_at=self.now,
            )
            line = {
                "kind": "phí",
                "amount": fee,
                "currency": "VND",
                "unit": "đồng",
                "condition": None,
                "exempt": None,
                "settled": True,
                "taken": True,
            }
            freeze(dossier, version, self.rules, rule, self.now, fees=[line])
            self.session.add(dossier)
            entered = enter(self.session, dossier, self.rules, self.now)
        self.session.flush()  # log, audit and book name the dossier's id
        paper = {"name": act.document, "originals": 0, "certified": 0, "copies": act.copies}
        data = receipt_data(self.session, dossier, entered)
        data["papers"] = [{**paper, "electronic": 0}]
        deed = Deed(Action.RECEIVE_AT_COUNTER, Actor.ONE_STOP, officer, desk.id, data=data)
        write(self.session, dossier, deed, None, self.now)
        return dossier

    def _write_down(
        self, dossier: Dossier, officer: Account, act: Act, fee: int
    ) -> CertificationEntry:
        book, year = book_of(dossier.procedure_code), local(self.now).year
        unit = f"{dossier.agency_id}:{book.value}"
        entry = CertificationEntry(
            agency_id=dossier.agency_id,
            book=book,
            year=year,
            number=next_number(self.session, SERIES, unit, str(year)),
            dossier=dossier,
            certified_at=self.now,
            person_name=act.person,
            person_identity=act.identity,
            document=act.document,
            pages=act.pages,
            copies=act.copies,
            fee=fee,
            signer_name=act.signer_name,
            signer_title=act.signer_title,
            officer_id=officer.id,
            officer_name=officer.name,
        )
        self.session.add(entry)
        return entry

    def _resolve(self, dossier: Dossier, officer: Account, entry: CertificationEntry) -> None:
        """T19 and T16: signed, and in the person's hands before they leave."""
        rule = handling_of(self.session, dossier.procedure_id)
        data = {
            "book": entry.book.value,
            "year": entry.year,
            "number": entry.number,
            "signer": f"{entry.signer_title} {entry.signer_name}",
        }
        facts = Facts(given=frozenset({Need.SIGNED_RESULT}), may_resolve_at_once=rule.at_once)
        deed = Deed(Action.RESOLVE_AT_ONCE, Actor.ONE_STOP, officer, dossier.agency_id, data=data)
        move(self.session, dossier, deed, facts, self.now)
        self.session.flush()  # the number of the next line of the log
        facts = Facts(given=frozenset({Need.RECIPIENT_PROOF}), paid=True)
        taken = {
            "recipient": entry.person_name,
            "identity": entry.person_identity,
            "means": BY_HAND,
            "papers": [_certified(entry)],
        }
        deed = Deed(Action.HAND_OVER_RESULT, Actor.ONE_STOP, officer, dossier.agency_id, data=taken)
        move(self.session, dossier, deed, facts, self.now)


def _certified(entry: CertificationEntry) -> dict[str, Any]:
    """What goes into the person's hands: copies, or the paper that was signed itself."""
    is_copy = entry.book is Book.COPIES
    return {
        "name": entry.document,
        "originals": 0 if is_copy else entry.copies,
        "certified": entry.copies if is_copy else 0,
    }
