"""The office with its clerk and its cashier: what the end of a dossier needs."""

import io
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from content.dossiers.models import Dossier
from content.dossiers.money import Means
from content.dossiers.obligations import ObligationService, Payment
from content.dossiers.result_models import DossierResult, ResultKind
from content.dossiers.results import NewFile, Result, ResultService
from content.dossiers.returning import HandedOver, ReturnService
from content.people.models import Account
from content.people.roles import Role
from tests.content.dossiers_service.world import PDF, an_account, filing_rules
from tests.content.handling_moves.office import Office

HANDED = HandedOver("Nguyễn Thị Hoa", "card", looked=True)


def pdf(name: str = "ket-qua.pdf") -> NewFile:
    """A file as it came."""
    return NewFile(io.BytesIO(PDF), name, "application/pdf")


def said(on: date, **changes: Any) -> Result:
    """What a clerk enters."""
    values: dict[str, Any] = {
        "kind": ResultKind.BOTH,
        "title": "Giấy xác nhận thông tin về cư trú",
        "number": "15",
        "symbol": "XN-CA",
        "issued_on": on,
        "signer_name": "Hoàng Thị Lãnh",
        "signer_title": "Trưởng Công an xã",
        "files": (pdf(),),
    }
    return Result(**{**values, **changes})


@dataclass
class Closing:
    """An office, and who ends its dossiers."""

    office: Office
    clerk: Account
    cashier: Account

    def money(self, now: datetime) -> ObligationService:
        """The service as of an instant."""
        return self.office.service(ObligationService, now)

    def results(self, now: datetime) -> ResultService:
        """The same of results."""
        office = self.office
        return ResultService(office.session, office.world.files, now, filing_rules())

    def returns(self, now: datetime) -> ReturnService:
        """The same of returning."""
        return self.office.service(ReturnService, now)

    def pay(self, dossier: Dossier, now: datetime, **values: Any) -> Any:
        """The cashier has all of it, in cash."""
        return self.money(now).confirm(dossier, self.cashier, Payment(Means.CASH, **values))

    def completed(self, now: datetime, **changes: Any) -> tuple[Dossier, DossierResult]:
        """A dossier with its result."""
        dossier = self.office.in_progress(now)
        result = self.results(now).complete(dossier, self.clerk, said(now.date(), **changes))
        return dossier, result


def closing_of(office: Office, now: datetime) -> Closing:
    """Clerk and cashier work at the centre, too."""
    centre = office.world.centre.id
    clerk = an_account("clerk@example.vn", "Vũ Thị Văn", now, (centre, Role.CLERK))
    cashier = an_account("cashier@example.vn", "Đỗ Văn Quỹ", now, (centre, Role.CASHIER))
    office.session.add_all([clerk, cashier])
    office.session.flush()
    return Closing(office, clerk, cashier)
