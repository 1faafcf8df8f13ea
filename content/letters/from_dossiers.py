"""Acknowledgement, receipt slip and refusal slip of a dossier, from what was frozen.

The same dossier gives the same paper years later: names, limit, fees and due date are those
written down at the time, never those of today. Knows no session; ``dossier`` has its log and
files loaded (``content.dossiers.reads.view_of``).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from content import words
from content.agencies.models import Agency
from content.dossiers import wording
from content.dossiers.applicant import principal_of
from content.dossiers.event_data import ChargeLine, CountedPaper, Received, ReceptionRefused
from content.dossiers.fees import certain_amount, is_settled
from content.dossiers.models import Delivery, Dossier, DossierEvent
from content.dossiers.reads import papers_shown
from content.dossiers.states import Action
from content.errors import NotFound
from content.letters.acknowledgement import Acknowledgement, SentPaper
from content.letters.slips import Charge, ReceiptSlip, RefusalSlip
from content.letters.values import Office, Person, ReceivedPaper, local_day
from content.procedures.forms import parse
from content.procedures.wording import UNKNOWN

#: A day without an hour ends with the office's day.
CLOSING = time(17, 0)
ANSWER_WITHIN = "08 giờ làm việc"
_E_FORM = "Tờ khai điện tử: {title}"
_FILES_OF_FORM = "Tệp kèm theo tờ khai điện tử"
_COMMUNE = re.compile(r"\b(?:xã|phường|đặc khu|thị trấn)\s+(?P<name>\S.*)$", re.IGNORECASE)


@dataclass(frozen=True)
class LetterSite:
    """What slips say of the installation: the authority above the desks, the place where
    the agency's name tells none, the hotline, and whether everything here is a sample.

    ``follow_url`` makes the address of the QR code from a look-up or dossier code,
    ``check_url`` that by which an issued paper is checked, from its code.
    """

    authority: str
    place: str
    hotline: str
    sample: bool
    follow_url: Callable[[str], str]
    check_url: Callable[[str], str] | None = None


def acknowledgement(dossier: Dossier, site: LetterSite, *, secret: str = "") -> Acknowledgement:
    """What the applicant keeps after sending. Raises ``NotFound`` if it was never sent."""
    sent = _event(dossier, Action.SUBMIT_ONLINE)
    return Acknowledgement(
        office=office_of(dossier, site),
        made_at=sent.at,
        sample=site.sample,
        look_up_code=dossier.lookup_code,
        look_up_url=site.follow_url(dossier.lookup_code),
        procedure=dossier.procedure_name,
        submitter=submitter_of(dossier),
        submitted_at=sent.at,
        papers=tuple(SentPaper(name=name, files=count) for name, count in _papers(dossier)),
        secret=secret,
        answer_within=ANSWER_WITHIN,
    )


def receipt_slip(dossier: Dossier, site: LetterSite) -> ReceiptSlip:
    """Giấy tiếp nhận hồ sơ và hẹn trả kết quả. Raises ``NotFound`` before acceptance."""
    return receipt_of(dossier, received_event(dossier), site)


def received_event(dossier: Dossier) -> DossierEvent:
    """The line of the log with which it was received. Raises ``NotFound`` before."""
    for line in dossier.events:
        if line.action in wording.RECEPTIONS:
            return line
    raise NotFound("slip", action=Action.ACCEPT.value)


def receipt_of(dossier: Dossier, accepted: DossierEvent, site: LetterSite) -> ReceiptSlip:
    """The receipt of one reception; papers and charges that the desk counted hold before
    those of the dossier."""
    code, told = dossier.code or "", Received.of(accepted.data)
    register = told.register or {}
    return ReceiptSlip(
        office=office_of(dossier, site),
        made_at=accepted.at,
        sample=site.sample,
        submitter=submitter_of(dossier),
        owner=_principal(dossier),
        procedure=dossier.procedure_name,
        dossier_code=code,
        received_at=accepted.at,
        due_at=_promised(dossier),
        no_due_reason=wording.NO_DUE_REASONS.get(dossier.no_due_reason or "", ""),
        limit=dossier.time_limit["words"] if dossier.time_limit else UNKNOWN,
        papers=counted(told.papers) or _sent_papers(dossier),
        sets=dossier.sets or 1,
        returned_at=_returned_at(dossier),
        charges=_charges(dossier) if told.charges is None else _told_charges(told.charges),
        second_due=told.second_due,
        decides=told.decides,
        book=register.get("volume"),
        entry=register.get("number"),
        channel=dossier.channel.value,
        receiver=accepted.actor_name,
        look_up_url=site.follow_url(code),
    )


def refusal_slip(dossier: Dossier, site: LetterSite) -> RefusalSlip:
    """Phiếu từ chối tiếp nhận giải quyết hồ sơ. Raises ``NotFound`` if it was not refused."""
    return refusal_of(dossier, _event(dossier, Action.REFUSE_RECEPTION), site)


def refusal_of(dossier: Dossier, refused: DossierEvent, site: LetterSite) -> RefusalSlip:
    """The slip of one refusal."""
    told = ReceptionRefused.of(refused.data)
    return RefusalSlip(
        office=office_of(dossier, site),
        made_at=refused.at,
        sample=site.sample,
        submitter=submitter_of(dossier),
        procedure=dossier.procedure_name,
        reason=told.reason or refused.text,
        legal_basis=told.legal_basis,
        receiver=refused.actor_name,
    )


def counted(papers: tuple[CountedPaper, ...]) -> tuple[ReceivedPaper, ...]:
    """Papers as the log counts them, for a slip."""
    return tuple(
        ReceivedPaper(
            name=one.name,
            originals=one.originals,
            certified=one.certified,
            copies=one.copies,
            electronic=one.electronic,
        )
        for one in papers
    )


def _event(dossier: Dossier, action: Action) -> DossierEvent:
    for line in dossier.events:
        if line.action == action.value:
            return line
    raise NotFound("slip", action=action.value)


def office_of_desk(agency: Agency, site: LetterSite) -> Office:
    """Who issues what a desk prints that belongs to no dossier: its books and lists."""
    return Office(
        name=site.authority,
        desk=agency.name,
        place=place_in(agency.name) or site.place,
        hotline=_hotline(agency) or site.hotline,
    )


def office_of(dossier: Dossier, site: LetterSite) -> Office:
    """The desk that received it, under the authority."""
    return Office(
        name=site.authority,
        desk=dossier.agency_name,
        place=place_in(dossier.agency_name) or site.place,
        hotline=_hotline(dossier.agency) or site.hotline,
    )


def place_in(agency_name: str) -> str | None:
    """A commune's papers name the commune (NĐ 30/2020 Annex I)."""
    found = _COMMUNE.search(agency_name)
    return found["name"].strip() if found else None


def _hotline(agency: Agency) -> str | None:
    return agency.hotline or agency.phone


def submitter_of(dossier: Dossier) -> Person:
    """Who handed it in, as slips name them."""
    identity = dossier.applicant_identity
    return Person(
        name=dossier.applicant_name,
        address=dossier.applicant_address or "",
        phone=dossier.applicant_phone or "",
        email=dossier.applicant_email or "",
        identity=f"Số định danh: {identity}" if identity else "",
    )


def _papers(dossier: Dossier) -> list[tuple[str, int]]:
    """The e-form, the papers that came with how many files each, the form's own files."""
    papers = [(_E_FORM.format(title=dossier.form["title"]), 1)]
    papers += [(one.name, len(one.files)) for one in papers_shown(dossier) if one.files]
    of_form = sum(1 for one in dossier.attachments if not one.paper)
    return [*papers, (_FILES_OF_FORM, of_form)] if of_form else papers


def _sent_papers(dossier: Dossier) -> tuple[ReceivedPaper, ...]:
    return tuple(ReceivedPaper(name=name, electronic=count) for name, count in _papers(dossier))


def _told_charges(charges: tuple[ChargeLine, ...]) -> tuple[Charge, ...]:
    return tuple(Charge(name=one.name, amount=one.amount, paid=one.paid) for one in charges)


def _promised(dossier: Dossier) -> datetime | None:
    """The date that was promised, whatever was recounted since: at the hour of the appointment
    while that holds, else at the end of the office's day."""
    day, due = dossier.promised_date, dossier.due_at
    if day is None or (due is not None and local_day(due) == day):
        return due
    return datetime.combine(day, CLOSING, words.LOCAL_ZONE)


def _returned_at(dossier: Dossier) -> str:
    way = wording.DELIVERIES[dossier.delivery]
    if dossier.delivery is Delivery.COUNTER:
        return f"{way}: {dossier.agency_name}"
    return f"{way}: {dossier.delivery_address}" if dossier.delivery_address else way


def _charges(dossier: Dossier) -> tuple[Charge, ...] | None:
    """Only what is certain is printed as an amount; ``None`` leaves it to the desk."""
    if is_settled(dossier.fees):
        lines = dossier.fees or ()
        return tuple(_charge(line) for line in lines if line["amount"] or line.get("exempt"))
    amount = certain_amount(dossier.fees)
    if amount is None or not dossier.fees:
        return None
    return (_charge(dossier.fees[0]),) if amount else ()


def _charge(line: dict[str, Any]) -> Charge:
    name = (line["kind"] or "phí, lệ phí").capitalize()
    if line.get("times"):
        name = f"{name} ({line['times']} × {words.integer(line['rate'])} {line['rate_unit']})"
    # Of a fee that is taken, the catalogue says whom it exempts.
    exempt = (line.get("exempt") or "") if line["amount"] == 0 else ""
    return Charge(name=name, amount=line["amount"], exempt=exempt)


def _principal(dossier: Dossier) -> Person | None:
    name = dossier.principal_name or principal_of(parse(dossier.form), dossier.answers)
    identity = dossier.principal_identity
    said = f"Số định danh: {identity}" if identity else ""
    return Person(name=name, identity=said) if name else None
