"""How dossiers come in: filed online, typed at the counter, opened from an envelope.

Each act plays one step of a course as of the stage's instant and moves nothing that has become
unlawful meanwhile.
"""

import io
from typing import Any

from content.agencies.models import Agency
from content.dossiers import counter_form as ask
from content.dossiers.charging import Settled, standing_of
from content.dossiers.counter import CounterService
from content.dossiers.drafts import DraftService
from content.dossiers.holder import Holder
from content.dossiers.models import Delivery, Draft
from content.dossiers.money import Means, Moment
from content.dossiers.obligations import CHARGED, ObligationService, Payment
from content.dossiers.papers import Absence, case_choices, papers_to_give
from content.dossiers.service import DossierService
from content.dossiers.states import Status
from content.people.roles import Role
from content.procedures.kinds import Channel
from content.procedures.models import Procedure
from content.seed.month.courses import Course
from content.seed.month.invented import Person, a_page, a_person
from content.seed.month.stage import Stage

PAGE = a_page("Ban mau - khong co gia tri phap ly")
PDF = "application/pdf"
_REASONS = (
    "Thủ tục không thuộc thẩm quyền giải quyết của cơ quan này (hồ sơ mẫu).",
    "Thành phần hồ sơ không đúng với thủ tục đã chọn (hồ sơ mẫu).",
)
_PLACE = {
    "province": "01",
    "province_name": "thành phố Hà Nội",
    "commune": "00004",
    "commune_name": "phường Ba Đình",
}
_WAYS = ("truc_tiep", "truc_tiep", "truc_tuyen", "truc_tuyen", "buu_chinh")


def submit(stage: Stage, course: Course) -> None:
    """T1: filled in on the general form, with a file for the first paper."""
    account = stage.citizen(course)
    drafts = DraftService(stage.session, stage.files, stage.now, stage.rules.forms)
    procedure = stage.session.get_one(Procedure, course.procedure_id)
    draft = drafts.begin(procedure, Holder(account_id=account.id))
    drafts.choose(draft, case=_case(procedure), agency_id=course.agency_id)
    person = a_person(course.chance, course.number)
    for section, answers in _general(course, person).items():
        drafts.keep(draft, section, answers)
    _attach(stage, drafts, draft)
    filing = DossierService(stage.session, stage.files, stage.now, stage.rules)
    course.dossier_id = filing.submit(draft, account, declared=True).id


def accept(stage: Stage, course: Course) -> None:
    """T3."""
    dossier = stage.dossier(course)
    if dossier.status is Status.SUBMITTED:
        filing = DossierService(stage.session, stage.files, stage.now, stage.rules)
        filing.accept(dossier, stage.desk(course))


def refuse_reception(stage: Stage, course: Course) -> None:
    """T4."""
    filing = DossierService(stage.session, stage.files, stage.now, stage.rules)
    filing.refuse(stage.dossier(course), stage.desk(course), course.chance.choice(_REASONS))


def receive(stage: Stage, course: Course) -> None:
    """T2: the paper form, all obligatory papers, the way of return."""
    officer = stage.desk(course)
    counter = CounterService(stage.session, stage.files, stage.now, stage.rules)
    procedure = stage.session.get_one(Procedure, course.procedure_id)
    agency = stage.session.get_one(Agency, course.agency_id)
    reception = counter.begin(procedure, agency, officer, course.channel)
    person = a_person(course.chance, course.number)
    counter.keep(reception, _typed(course, person, _case_number(procedure)), officer)
    facts = counter.facts(reception)
    excused = {
        f"{ask.place_of(one.slot)}_vang": Absence.SHOWN.value
        for one in facts.papers
        if one.is_obligatory and not (one.originals or one.copies)
    }
    if excused:
        counter.keep(reception, {**counter.answers(reception), **excused}, officer)
    course.dossier_id = counter.receive(reception, officer).id


def settle(stage: Stage, course: Course) -> None:
    """Which fee is paid, where that is in doubt: the first known line, else none of them."""
    dossier = stage.dossier(course)
    if dossier.status not in CHARGED or not standing_of(stage.session, dossier).unsettled:
        return
    known = [
        place
        for place, line in enumerate(dossier.fees or ())
        if line["currency"] == "VND" and line["amount"]
    ]
    moment = course.chance.choice((Moment.BEFORE, Moment.AFTER))
    said = Settled(known[:1], moment) if known else Settled((), Moment.EXEMPT, reason=_NO_FEE)
    stage.service(ObligationService).settle(dossier, stage.desk(course), said)


_NO_FEE = "Không thuộc khoản nào phải nộp (hồ sơ mẫu)."


def pay(stage: Stage, course: Course) -> None:
    """The cashier has the money, unless nothing is owed or the post will bring it."""
    dossier = stage.dossier(course)
    found = standing_of(stage.session, dossier)
    if dossier.status not in CHARGED or found.owed <= found.at_the_post:
        return
    if dossier.status is Status.RESOLVED and dossier.delivery is Delivery.POST:
        return
    means = course.chance.choice((Means.CASH, Means.CASH, Means.TRANSFER))
    reference = "" if means is Means.CASH else f"MAU{course.number:06d}"
    cashier = stage.other(course, Role.CASHIER)
    said = Payment(means, transaction=reference)
    stage.service(ObligationService).confirm(dossier, cashier, said)


def _case(procedure: Procedure) -> str | None:
    version = procedure.current_version
    names = case_choices(version) if version else ()
    return names[0] if names else None


def _case_number(procedure: Procedure) -> str:
    return ask.NO_CASE if _case(procedure) is None else "1"


def _general(course: Course, person: Person) -> dict[str, dict[str, Any]]:
    """The answers by section of the general form."""
    address = {**_PLACE, "detail": person.street}
    return {
        "nguoi_nop": {
            "loai_nguoi_nop": "ca_nhan",
            "ho_ten": person.name,
            "ngay_sinh": person.born,
            "so_dinh_danh": person.identity,
            "dien_thoai": person.phone,
            "dia_chi": address,
            "nop_thay": "khong",
        },
        "noi_dung": {"noi_dung_de_nghi": "Đề nghị giải quyết theo thủ tục đã chọn (hồ sơ mẫu)."},
        "ket_qua": {"cach_nhan": course.chance.choice(_WAYS), "dia_chi_nhan": address},
    }


def _typed(course: Course, person: Person, case: str) -> dict[str, Any]:
    """What the officer types at the counter; the date of birth stands in the paper form."""
    by_post = course.chance.random() < (0.7 if course.channel is Channel.POST else 0.15)
    answers: dict[str, Any] = {
        ask.CASE: case,
        ask.MODE: ask.ON_PAPER,
        ask.NAME: person.name,
        ask.IDENTITY: person.identity,
        "tn_dien_thoai": person.phone,
        ask.ADDRESS: person.street,
        ask.COMPLETE: [ask.ALL],
        ask.SETS: "1",
        ask.DELIVERY: (Delivery.POST if by_post else Delivery.COUNTER).value,
    }
    if by_post:
        answers[ask.DELIVERY_ADDRESS] = person.street
    if course.channel is Channel.POST:
        answers[ask.POST_ITEM] = f"EM{course.number:09d}VN"
    return answers


def _attach(stage: Stage, drafts: DraftService, draft: Draft) -> None:
    """A page for the first obligatory paper; the others will be shown at the desk."""
    papers = papers_to_give(draft.version, draft.case, drafts.definition(draft))
    needed = [one for one in papers if one.is_obligatory and one.answered_by is None]
    for one in needed[:1]:
        drafts.attach(draft, io.BytesIO(PAGE), name="ban-mau.pdf", media_type=PDF, slot=one.slot)
    drafts.excuse(draft, {one.slot: Absence.SHOWN_AT_DESK.value for one in needed[1:]})
