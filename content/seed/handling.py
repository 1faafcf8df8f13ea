"""How procedures of the sample are handled: certification in the same visit, a complaint
received outside the desk."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.procedures.handling import HandlingRule
from content.procedures.kinds import CURRENT, Level
from content.procedures.models import Procedure
from content.procedures.reception_places import place_of, save_place

AT_ONCE = ("2.000815", "2.000884")
_BASIS = "Điều 7 Nghị định số 23/2015/NĐ-CP; khoản 4 Điều 17 Nghị định số 61/2018/NĐ-CP"


def seed_handling(session: Session) -> Iterator[str]:
    """Add the rules that are missing, at communes."""
    known = set(session.scalars(select(HandlingRule.procedure_id)))
    query = select(Procedure).where(
        Procedure.code.in_(AT_ONCE),
        Procedure.level == Level.COMMUNE,
        Procedure.status.in_(CURRENT),
    )
    found = [one for one in session.scalars(query) if one.id not in known]
    for procedure in found:
        session.add(HandlingRule(procedure_id=procedure.id, at_once=True, legal_basis=_BASIS))
    yield f"Giải quyết ngay tại quầy: thêm {len(found)} thủ tục."


#: A complaint goes to those who receive citizens.
ELSEWHERE = "2.000592"
_OFFICE = {
    "place": "Ban Tiếp công dân tỉnh Sơn Hà Mẫu",
    "address": "Phòng 102, nhà A, số 1 đường Trung Tâm, phường Hà Trung Mẫu",
    "hours": "Thứ Hai đến Thứ Sáu, 07:30–11:30 và 13:00–17:00",
    "phone": "0200 000 0020",
    "reason": "Đơn khiếu nại do Ban Tiếp công dân nhận, để người khiếu nại được tiếp và nghe "
    "trình bày ngay khi nộp đơn.",
    "legal_basis": "Điều 14 Nghị định số 61/2018/NĐ-CP; Luật Tiếp công dân số 42/2013/QH13",
}


def seed_reception_elsewhere(session: Session, now: datetime) -> Iterator[str]:
    """Add the place where it is missing."""
    query = select(Procedure).where(
        Procedure.code == ELSEWHERE,
        Procedure.level == Level.PROVINCE,
        Procedure.status.in_(CURRENT),
    )
    found = [one for one in session.scalars(query) if place_of(session, one.id) is None]
    for procedure in found:
        save_place(session, procedure, _OFFICE, revision=0, actor_id=None, now=now)
    yield f"Tiếp nhận ngoài bộ phận một cửa: thêm {len(found)} thủ tục."
