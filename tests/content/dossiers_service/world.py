"""A small authority to file with: a desk, a procedure in force, a citizen, an officer."""

import io
import itertools
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.agencies.models import Agency, AgencyKind
from content.calendar.holidays_seed import seeded_days
from content.calendar.working import WorkingCalendar
from content.dossiers.drafts import DraftService
from content.dossiers.holder import Holder
from content.dossiers.models import Delivery, Dossier, Draft
from content.dossiers.owner_secret import OwnerSecrets
from content.dossiers.rules import FileLimits, FilingRules
from content.dossiers.service import DossierService
from content.files import FileService, MemoryStore
from content.files.store import FileStore
from content.people.models import Account, AccountKind, Membership
from content.people.roles import Role
from content.procedures import editing, publishing
from content.procedures.decisions import PublicationDecision
from content.procedures.forms import FormDefinition, from_json, general_definition
from content.procedures.kinds import Filing
from content.procedures.models import Procedure

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"

RECORD: dict[str, Any] = {
    "code": "1.004222",
    "name": "Đăng ký thường trú",
    "field": "Đăng ký, quản lý cư trú",
    "level": "xã",
    "levels": ["xã"],
    "authority": "Công an cấp xã",
    "time_limit": {"value": 5, "unit": "ngày làm việc", "text": None},
    "fee": [
        {"kind": "lệ phí", "amount": 20000, "unit": "đồng/lần", "channels": ["trực tiếp"]},
        {"kind": "lệ phí", "amount": 10000, "unit": "đồng/lần", "channels": ["trực tuyến"]},
    ],
    "channels": ["trực tiếp", "trực tuyến"],
    "dossier": [
        {"name": "Tờ khai thay đổi thông tin cư trú", "originals": 1, "copies": 0},
        {"name": "Giấy tờ chứng minh chỗ ở hợp pháp", "originals": 1, "copies": 0},
        {"name": "Văn bản đồng ý của chủ hộ (nếu có)", "originals": 1, "copies": 0},
        {
            "name": "Giấy xác nhận của cơ sở tôn giáo",
            "originals": 1,
            "copies": 0,
            "case": "Trường hợp đăng ký tại cơ sở tôn giáo",
        },
    ],
}
_numbers = itertools.count(1)
RELIGIOUS = "Trường hợp đăng ký tại cơ sở tôn giáo"
HOME_PAPER = "paper:1"

FORM = {
    "id": "ct01",
    "title": "Tờ khai thay đổi thông tin cư trú (CT01)",
    "form_code": "CT01",
    "procedure_codes": ["1.004222"],
    "sections": [
        {
            "id": "nguoi_khai",
            "title": "Người khai",
            "questions": [
                {
                    "id": "ho_ten",
                    "kind": "text",
                    "label": "Họ tên",
                    "required": True,
                    "autocomplete": "name",
                },
                {"id": "dien_thoai", "kind": "phone", "label": "Điện thoại"},
                {
                    "id": "co_con",
                    "kind": "choice",
                    "label": "Có con không?",
                    "required": True,
                    "options": [
                        {"value": "co", "label": "Có"},
                        {"value": "khong", "label": "Không"},
                    ],
                },
            ],
        },
        {
            "id": "noi_o",
            "title": "Nơi ở",
            "questions": [
                {"id": "ly_do", "kind": "paragraph", "label": "Lý do", "required": True},
                {
                    "id": "ten_con",
                    "kind": "text",
                    "label": "Tên con",
                    "required": True,
                    "when": {"question": "co_con", "is": "equals", "value": "co"},
                },
                {
                    "id": "thanh_vien",
                    "kind": "repeat",
                    "label": "Thành viên",
                    "questions": [
                        {"id": "ten", "kind": "text", "label": "Tên", "required": True},
                        {"id": "anh", "kind": "file", "label": "Ảnh thẻ"},
                    ],
                },
            ],
        },
    ],
}


class Forms:
    """The form above for its procedure, the general one for the rest."""

    def stored_for(self, procedure: Procedure) -> int | None:
        return None

    def definition_for(self, procedure: Procedure, stored: int | None = None) -> FormDefinition:
        if procedure.code == RECORD["code"]:
            return from_json(FORM)
        return general_definition((), procedure_code=procedure.code)


def follow_url(lookup_code: str) -> str:
    return f"https://dichvucong.example.vn/tra-cuu?ma={lookup_code}"


def calendar() -> WorkingCalendar:
    return WorkingCalendar.of(seeded_days())


def filing_rules() -> FilingRules:
    return FilingRules(
        forms=Forms(),
        calendar=calendar(),
        secrets=OwnerSecrets("test-key"),
        follow_url=follow_url,
    )


@dataclass
class World:
    """What tests act with; services are made anew for each instant."""

    session: Session
    store: FileStore
    centre: Agency
    commune: Agency
    procedure: Procedure
    citizen: Account
    officer: Account

    @property
    def files(self) -> FileService:
        return FileService(self.session, self.store)

    @property
    def holder(self) -> Holder:
        return Holder(account_id=self.citizen.id)

    def drafts(self, now: datetime, limits: FileLimits | None = None) -> DraftService:
        return DraftService(self.session, self.files, now, filing_rules().forms, limits)

    def dossiers(self, now: datetime) -> DossierService:
        return DossierService(self.session, self.files, now, filing_rules())

    def draft(self, now: datetime, *, holder: Holder | None = None, **answers: Any) -> Draft:
        """A draft with everything it needs, ready to be submitted."""
        drafts = self.drafts(now)
        draft = drafts.begin(self.procedure, holder or self.holder)
        drafts.choose(draft, case=None, agency_id=self.commune.id, delivery=Delivery.COUNTER)
        drafts.keep(
            draft,
            "nguoi_khai",
            {"ho_ten": answers.get("ho_ten", "Nguyễn Thị Hoa"), "co_con": "khong"},
        )
        drafts.keep(draft, "noi_o", {"ly_do": "Chuyển về ở cùng con."})
        self.attach(draft, now)
        return draft

    def attach(self, draft: Draft, now: datetime, slot: str = HOME_PAPER, body: bytes = PDF):
        return self.drafts(now).attach(
            draft, io.BytesIO(body), name="so-do.pdf", media_type="application/pdf", slot=slot
        )

    def submitted(self, now: datetime, **answers: Any) -> Dossier:
        draft = self.draft(now, **answers)
        return self.dossiers(now).submit(draft, self.citizen, declared=True)

    def publish(self, now: datetime, **changes: Any) -> None:
        """Put a changed version of the procedure in force today."""
        draft = editing.open_draft(self.procedure, now=now)
        editing.revise(draft, lambda record: record.update(deepcopy(changes)))
        put_in_force(self.session, draft, now)


def put_in_force(session: Session, version: Any, now: datetime) -> None:
    publishing.submit(version)
    number = f"{next(_numbers)}/QĐ-UBND"
    decision = PublicationDecision(
        number=number, signed_on=now.date(), agency="UBND tỉnh", effective_on=now.date()
    )
    publishing.publish(session, decision, [publishing.Publication(version)], now=now)


def an_account(email: str, name: str, now: datetime, *roles: tuple[int, Role]) -> Account:
    kind = AccountKind.OFFICIAL if roles else AccountKind.CITIZEN
    account = Account(
        kind=kind,
        name=name,
        email=email,
        email_key=email,
        password_hash="-",
        is_active=True,
        created_at=now,
    )
    account.memberships = [Membership(agency_id=agency, role=role) for agency, role in roles]
    return account


def a_procedure(session: Session, now: datetime, **changes: Any) -> Procedure:
    version = editing.new_procedure(session, {**deepcopy(RECORD), **changes}, now=now)
    put_in_force(session, version, now)
    publishing.set_filing(version.procedure, Filing.LOCAL, information_only=False)
    return version.procedure


def build(session: Session, now: datetime, store: FileStore | None = None) -> World:
    centre = Agency(
        slug="trung-tam",
        code="H99",
        name="Trung tâm Phục vụ hành chính công tỉnh",
        kind=AgencyKind.PROVINCE_CENTRE,
    )
    commune = Agency(
        slug="xa-an-binh",
        code="H99.12",
        name="Trung tâm Phục vụ hành chính công xã An Bình",
        kind=AgencyKind.COMMUNE_CENTRE,
        parent=centre,
    )
    session.add_all([centre, commune])
    session.flush()
    citizen = an_account("congdan@example.vn", "Nguyễn Thị Mẫu", now)
    officer = an_account("motcua@example.vn", "Trần Văn Một", now, (centre.id, Role.ONE_STOP))
    session.add_all([citizen, officer])
    procedure = a_procedure(session, now)
    session.flush()
    return World(
        session=session,
        store=store or MemoryStore(),
        centre=centre,
        commune=commune,
        procedure=procedure,
        citizen=citizen,
        officer=officer,
    )


def reopen(session: Session, store: FileStore) -> World:
    """The same world seen from another session."""

    def account(email: str) -> Account:
        return session.scalars(select(Account).where(Account.email == email)).one()

    def agency(code: str) -> Agency:
        return session.scalars(select(Agency).where(Agency.code == code)).one()

    return World(
        session=session,
        store=store,
        centre=agency("H99"),
        commune=agency("H99.12"),
        procedure=session.scalars(select(Procedure)).first(),
        citizen=account("congdan@example.vn"),
        officer=account("motcua@example.vn"),
    )
