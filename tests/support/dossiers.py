"""Dossiers that have been filed, made by the services themselves and not through pages."""

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.agencies.models import Agency
from content.calendar.store import load_calendar
from content.dossiers.drafts import DraftService
from content.dossiers.holder import Holder
from content.dossiers.models import Delivery, Dossier
from content.dossiers.owner_secret import OwnerSecrets
from content.dossiers.papers import missing_papers, papers_to_give
from content.dossiers.rules import FilingRules
from content.dossiers.service import DossierService
from content.files import DiskStore, FileService
from content.people.models import Account
from content.procedures import editing, publishing
from content.procedures.decisions import PublicationDecision
from content.procedures.form_bindings import StoredForms
from content.procedures.models import Procedure
from tests.support.site import Site

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
RESIDENCE = "1.004194"
CENTRE, WARD, COMMUNE = "trung-tam-tinh", "phuong-ha-trung-mau", "xa-dong-may"


@dataclass(frozen=True)
class SentFile:
    """A file that goes with the first required paper."""

    name: str = "so-do.pdf"
    body: bytes = PDF
    media_type: str = "application/pdf"


@dataclass(frozen=True)
class Filed:
    """What to file: who applies, at which desk, with which files."""

    name: str = "Nguyễn Thị Mẫu"
    agency: str = WARD
    code: str = RESIDENCE
    files: Sequence[SentFile] = (SentFile(),)
    members: Sequence[str] = ("Trần Văn Con",)
    request: str = "Đăng ký tạm trú tại nhà bà Lê Thị Chủ.\nTừ ngày 01/12/2026."
    delivery: Delivery = Delivery.COUNTER
    delivery_address: str | None = None
    case: str | None = None

    def answers(self) -> dict[str, dict[str, Any]]:
        """Of the form CT01, section by section."""
        return {
            "nguoi_ke_khai": {
                "nguoi_ke_khai_ho_ten": self.name,
                "nguoi_ke_khai_ngay_sinh": "1964-03-05",
                "nguoi_ke_khai_gioi_tinh": "Nữ",
                "nguoi_ke_khai_so_dinh_danh_ca_nhan": "001164012345",
                "nguoi_ke_khai_so_dien_thoai_lien_he": "0912345678",
                "nguoi_ke_khai_email": "congdan@example.vn",
            },
            "chu_ho": {
                "chu_ho_ho_ten": "Lê Thị Chủ",
                "chu_ho_quan_he": "Người ở nhờ",
                "chu_ho_so_dinh_danh_ca_nhan_cua_chu_ho": "001170054321",
            },
            "noi_dung": {
                "noi_dung_de_nghi": self.request,
                "noi_dung_thanh_vien": [
                    {
                        "thanh_vien_ho_ten": member,
                        "thanh_vien_ngay_sinh": "1990-10-20",
                        "thanh_vien_gioi_tinh": "Nam",
                        "thanh_vien_so_dinh_danh_ca_nhan": "001090000321",
                        "thanh_vien_quan_he": "Con",
                    }
                    for member in self.members
                ],
            },
        }


@contextmanager
def writing(site: Site) -> Iterator[Session]:
    """A session of the site that commits at the end."""
    with site.database.writing_sessions() as session:
        yield session
        session.commit()


def services(site: Site, session: Session) -> tuple[DraftService, DossierService]:
    """The services of filing on this session, as of the site's clock."""
    files = FileService(session, DiskStore(site.settings.blob_dir))
    rules = FilingRules(
        forms=StoredForms(session),
        calendar=load_calendar(session),
        secrets=OwnerSecrets(site.settings.secret),
        follow_url=lambda code: f"{site.settings.site.base_url}/tra-cuu?ma={code}",
    )
    now = site.clock()
    return DraftService(session, files, now, rules.forms), DossierService(
        session, files, now, rules
    )


def file_dossier(session: Session, site: Site, filed: Filed) -> Dossier:
    """Begin, answer, attach and submit."""
    drafts, dossiers = services(site, session)
    citizen = account(session, "congdan@example.vn")
    desk = agency(session, filed.agency)
    procedure = session.scalars(select(Procedure).where(Procedure.code == filed.code)).one()
    draft = drafts.begin(procedure, Holder(account_id=citizen.id))
    drafts.choose(
        draft,
        case=filed.case,
        agency_id=desk.id,
        delivery=filed.delivery,
        delivery_address=filed.delivery_address,
    )
    for step, answers in filed.answers().items():
        drafts.keep(draft, step, answers)
    papers = papers_to_give(draft.version, draft.case, drafts.definition(draft))
    slot = next(one.slot for one in papers if one.answered_by is None)
    for file in filed.files:
        drafts.attach(
            draft, io.BytesIO(file.body), name=file.name, media_type=file.media_type, slot=slot
        )
    missing = missing_papers(papers, [slot] if filed.files else [], {})
    drafts.excuse(draft, {one.slot: "shown_at_desk" for one in missing})
    return dossiers.submit(draft, citizen, declared=True)


def account(session: Session, email: str) -> Account:
    """An account by its address."""
    return session.scalars(select(Account).where(Account.email == email)).one()


def agency(session: Session, slug: str) -> Agency:
    """An agency by its slug."""
    return session.scalars(select(Agency).where(Agency.slug == slug)).one()


def file_all(site: Site, *filed: Filed) -> list[str]:
    """File them, in this order; their look-up codes."""
    with writing(site) as session:
        return [file_dossier(session, site, one).lookup_code for one in filed or (Filed(),)]


def accept(site: Site, lookup_code: str, officer: str = "motcua@example.vn") -> None:
    """An officer accepts a dossier."""
    with writing(site) as session:
        dossier = session.scalars(select(Dossier).where(Dossier.lookup_code == lookup_code)).one()
        services(site, session)[1].accept(dossier, account(session, officer))


def stored(site: Site, lookup_code: str) -> Dossier:
    """The dossier as it is now, with its log loaded."""
    with site.database.sessions() as session:
        dossier = session.scalars(select(Dossier).where(Dossier.lookup_code == lookup_code)).one()
        assert dossier.events
        return dossier


def move_official(site: Site, email: str, slug: str) -> None:
    """Let an official work elsewhere, in the same role."""
    with writing(site) as session:
        found = agency(session, slug)
        for post in account(session, email).memberships:
            post.agency_id = found.id


def limit_of(session: Session, code: str, limit: dict[str, Any] | None) -> None:
    """Let the version in force of a procedure state another time limit."""
    procedure = session.scalars(select(Procedure).where(Procedure.code == code)).one()
    draft = editing.open_draft(procedure, now=datetime(2026, 11, 20, tzinfo=UTC))
    editing.revise(draft, lambda record: record.update(time_limit=limit))
    publishing.submit(draft)
    day = date(2026, 11, 20)
    decision = PublicationDecision(
        number="1/QĐ-UBND", signed_on=day, agency="UBND tỉnh", effective_on=day
    )
    publication = publishing.Publication(draft)
    publishing.publish(session, decision, [publication], now=datetime(2026, 11, 20, tzinfo=UTC))
