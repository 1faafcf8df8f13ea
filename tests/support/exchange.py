"""Queues with something in them, as an outage leaves them."""

import io
from datetime import timedelta

from content.dossiers.log import NATIONAL_PORTAL
from content.dossiers.withdrawals import WithdrawalService
from content.exchange.documents import DraftHandOff, DraftState
from content.exchange.inquiring import DOCUMENTS
from content.exchange.models import (
    ArrivalState,
    Confirms,
    ExchangeArrival,
    ExchangeInquiry,
    ExchangeLink,
    ExchangeMessage,
    MessageKind,
    MessageState,
)
from content.files import DiskStore, FileService
from tests.content.dossiers_service.world import filing_rules
from tests.support.dossiers import PDF, account
from tests.support.handling import opened
from tests.support.site import Site

WISH = "Tôi nộp nhầm thủ tục."
DOWN = "Không kết nối được: máy chủ của bên kia không chạy."


def after_an_outage(site: Site, code: str) -> None:
    """A message of each kind, arrivals, drafts and a dossier that another system confirms."""
    now = site.clock()
    with opened(site, code) as (session, dossier):
        dossier.external_system = NATIONAL_PORTAL
        link = ExchangeLink(
            dossier_id=dossier.id,
            system=NATIONAL_PORTAL,
            number="G09.20-20261123-0092637",
            came_from_there=True,
            confirms=Confirms.THERE,
            announced=True,
            planned=9,
            given={},
            remark="Bộ Công an đã xác nhận trạng thái 9.",
        )
        session.add(link)
        session.flush()
        for number, (kind, state) in enumerate(
            (
                (MessageKind.UPDATE, MessageState.WAITING),
                (MessageKind.PROGRESS, MessageState.REFUSED),
                (MessageKind.ANSWER, MessageState.SENT),
            )
        ):
            session.add(
                ExchangeMessage(
                    key=str(number),
                    system=link.system,
                    number=link.number,
                    link_id=link.id,
                    kind=kind,
                    status=4 if kind is MessageKind.UPDATE else None,
                    payload={},
                    state=state,
                    created_at=now,
                    next_at=now + timedelta(minutes=8),
                    sent_at=now if state is MessageState.SENT else None,
                    attempts=3,
                    error=DOWN,
                )
            )
        for state in (ArrivalState.WAITING, ArrivalState.REFUSED):
            session.add(
                ExchangeArrival(
                    system=NATIONAL_PORTAL,
                    key=f"G09.20-20261123-00926-{state.value}",
                    number=f"G09.20-20261123-00926-{state.value}",
                    payload={},
                    state=state,
                    arrived_at=now,
                    next_at=now,
                    error="Không có nơi tiếp nhận mang mã hoặc tên này.",
                )
            )
        wish = WithdrawalService(session, now, filing_rules()).wish(dossier, WISH, way="national")
        session.flush()
        session.add(
            ExchangeArrival(
                system=NATIONAL_PORTAL,
                key=f"{link.number}:rut:1",
                number=link.number,
                payload={},
                state=ArrivalState.WAITING,
                dossier_id=dossier.id,
                proposal_id=wish.id,
                arrived_at=now,
                next_at=now,
            )
        )
        session.add(ExchangeInquiry(system=NATIONAL_PORTAL, asked_at=now, error=DOWN))
        session.add(ExchangeInquiry(system=DOCUMENTS, asked_at=now, answered_at=now))
        file = FileService(session, DiskStore(site.settings.blob_dir)).keep(
            io.BytesIO(PDF), name="du-thao.pdf", media_type="application/pdf", now=now
        )
        for number, state in enumerate(DraftState):
            signed = state is DraftState.SIGNED
            session.add(
                DraftHandOff(
                    key=f"vb-{number}",
                    dossier_id=dossier.id,
                    title=f"Giấy xác nhận thông tin cư trú {number + 1}",
                    note="",
                    file=file,
                    file_name="du-thao.pdf",
                    state=state,
                    asked_at=now,
                    asked_by=account(session, "chuyenvien@example.vn"),
                    next_at=now,
                    attempts=1,
                    error=DOWN if state is DraftState.WAITING else "",
                    remark="Sai thể thức" if state is DraftState.SENT_BACK else "",
                    number="15" if signed else "",
                    symbol="GXN-UBND" if signed else "",
                    issued_on=now.date() if signed else None,
                    signer_name="Hoàng Thị Lãnh" if signed else "",
                    signed_file=file if signed else None,
                    signed_name="giay-xac-nhan.pdf" if signed else "",
                )
            )
