"""Which procedures of the sample the desk resolves in the same visit: certification."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.procedures.handling import HandlingRule
from content.procedures.kinds import CURRENT, Level
from content.procedures.models import Procedure

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
