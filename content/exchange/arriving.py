"""From what arrived to a dossier of status 1: which procedure, which desk, and copying."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.agencies.models import Agency, AgencyKind
from content.dossiers.deadlines import answer_by
from content.dossiers.desks import receives
from content.dossiers.log import NATIONAL_PORTAL, Deed, allowed, write
from content.dossiers.lookup_codes import new_lookup_code
from content.dossiers.models import MAX_APPLICANT, Dossier
from content.dossiers.rules import FilingRules
from content.dossiers.states import Action, Actor, Facts, Need
from content.exchange.arrivals import Arrived, refused
from content.procedures.filing import open_filing
from content.procedures.kinds import Channel, Filing, Level
from content.procedures.models import Procedure
from content.text import fold

#: The portal in front has signed the applicant in (QĐ 29/2026/QĐ-TTg: by VNeID alone).
_FILED = Facts(given=frozenset({Need.AUTHENTICATED}))
#: Where a code is held at several levels: that of the desk first.
_LEVELS = {
    AgencyKind.COMMUNE_CENTRE: Level.COMMUNE,
    AgencyKind.PROVINCE_CENTRE: Level.PROVINCE,
}
_LONG = frozenset({"trich_yeu", "thong_tin_khac"})
_QUESTIONS = (
    ("ho_ten", "Chủ hồ sơ", "name"),
    ("so_giay_to", "Số giấy tờ", None),
    ("dien_thoai", "Số điện thoại", "tel"),
    ("thu_dien_tu", "Thư điện tử", "email"),
    ("trich_yeu", "Trích yếu hồ sơ", None),
    ("thong_tin_khac", "Thông tin khác", None),
    ("ma_ho_so_quoc_gia", "Mã hồ sơ trên Cổng Dịch vụ công quốc gia", None),
)


def place_of(session: Session, arrived: Arrived) -> tuple[Procedure, Agency]:
    """The procedure and the desk of an arrival. Raises ``Invalid`` as ``arrivals.read``."""
    agency = _desk(session, arrived.agency)
    if agency is None:
        raise refused("agency")
    query = select(Procedure).where(Procedure.code == arrived.procedure_code)
    found = [one for one in session.scalars(query) if one.status.is_current]
    found = [one for one in found if one.current_version is not None]
    if not found:
        raise refused("procedure")
    ours = [one for one in found if open_filing(one) is Filing.NATIONAL]
    if not ours:
        raise refused("not_national")
    own = _LEVELS[agency.kind]
    return min(ours, key=lambda one: (one.level is not own, one.level.rank)), agency


def arrived_dossier(
    arrived: Arrived, procedure: Procedure, agency: Agency, rules: FilingRules, now: datetime
) -> Dossier:
    """The dossier, without its files. The eight hours run from now, when it arrived here."""
    version, lookup_code = procedure.current_version, new_lookup_code()
    assert version is not None  # who chose the procedure has looked
    answers = {
        "ho_ten": arrived.name,
        "so_giay_to": arrived.identity,
        "dien_thoai": arrived.phone,
        "thu_dien_tu": arrived.email,
        "trich_yeu": arrived.summary,
        "thong_tin_khac": arrived.other,
        "ma_ho_so_quoc_gia": arrived.number,
    }
    return Dossier(
        lookup_code=lookup_code,
        secret_digest=rules.secrets.digest_for(lookup_code),
        status=allowed(None, Action.SUBMIT_ONLINE, Actor.CITIZEN, _FILED).target,
        status_since=now,
        procedure=procedure,
        version=version,
        procedure_code=procedure.code,
        procedure_name=version.document["name"],
        agency=agency,
        agency_name=agency.name,
        applicant_name=arrived.name,
        applicant_key=fold(arrived.name)[:MAX_APPLICANT],
        applicant_identity=arrived.identity or None,
        applicant_phone=arrived.phone or None,
        applicant_email=arrived.email or None,
        channel=Channel.ONLINE,
        delivery=arrived.delivery,
        form=_form(),
        answers={name: value for name, value in answers.items() if value},
        submitted_at=arrived.submitted_at or now,
        answer_by=answer_by(rules.calendar, agency, now),
        external_system=NATIONAL_PORTAL,
        external_id=arrived.number,
    )


def write_arrival(session: Session, dossier: Dossier, number: str, now: datetime) -> None:
    """The first line of its log."""
    data = {"system": NATIONAL_PORTAL, "number": number}
    deed = Deed(Action.SUBMIT_ONLINE, Actor.CITIZEN, None, dossier.agency_id, data=data)
    write(session, dossier, deed, None, now)


def _desk(session: Session, named: str) -> Agency | None:
    """By its code or its name; a unit without a desk stands for the one above it."""
    query = select(Agency).where(Agency.code == named)
    found = session.scalars(query).first()
    if found is None and named:
        wanted = fold(named)
        found = next(
            (one for one in session.scalars(select(Agency)) if fold(one.name) == wanted), None
        )
    while found is not None and not receives(found):
        found = found.parent
    return found


def _form() -> dict[str, Any]:
    questions = []
    for name, label, purpose in _QUESTIONS:
        question = {"id": name, "kind": "paragraph" if name in _LONG else "text", "label": label}
        questions.append(question | ({"autocomplete": purpose} if purpose else {}))
    section = {"id": "chu_ho_so", "title": "Thông tin đã nộp", "questions": questions}
    return {
        "id": "cong-quoc-gia",
        "title": "Hồ sơ nộp trên Cổng Dịch vụ công quốc gia",
        "sections": [section],
    }
