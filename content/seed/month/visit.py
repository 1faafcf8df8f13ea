"""Work of one visit in the sample month: certification and whatever else the desk resolves at
once (T2, T19 and T16 together)."""

from sqlalchemy import select

from content.agencies.models import Agency
from content.certification.acts import Act
from content.certification.models import CertificationEntry
from content.certification.service import CertificationService
from content.procedures.models import Procedure
from content.seed.month.courses import Course
from content.seed.month.invented import a_person
from content.seed.month.stage import Stage

_DOCUMENTS = ("Bằng tốt nghiệp (mẫu)", "Giấy ủy quyền (mẫu)", "Giấy khai sinh (mẫu)")
_TAKEN = (0, 2_000, 10_000, 50_000)


def certify(stage: Stage, course: Course) -> None:
    """One act; sometimes the button is pressed twice."""
    service, officer = stage.service(CertificationService), stage.desk(course)
    procedure = stage.session.get_one(Procedure, course.procedure_id)
    desk = stage.session.get_one(Agency, course.agency_id)
    act = _act(course, fee_is_told=service.tariff(procedure) is not None)
    for _ in range(course.chance.choice((1, 1, 1, 1, 2))):
        entry = service.certify(procedure, desk, officer, act)
        stage.session.flush()  # the second press finds what the first one wrote
    course.dossier_id = entry.dossier_id


def cancel_entry(stage: Stage, course: Course) -> None:
    """Entered by mistake: the line stays with its reason."""
    query = select(CertificationEntry).where(CertificationEntry.dossier_id == course.dossier_id)
    entry = stage.session.scalars(query).one()
    reason = "Ghi nhầm tên người yêu cầu chứng thực (hồ sơ mẫu)."
    stage.service(CertificationService).cancel(entry, stage.desk(course), reason)


def _act(course: Course, *, fee_is_told: bool) -> Act:
    chance, person = course.chance, a_person(course.chance, course.number)
    return Act(
        person=person.name,
        document=chance.choice(_DOCUMENTS),
        pages=chance.randint(1, 12),
        copies=chance.randint(1, 5),
        signer_name="Dương Văn Ký (mẫu)",
        signer_title="Phó Chủ tịch",
        key=f"thang-mau:{course.number}",
        identity=person.identity,
        fee=None if fee_is_told else chance.choice(_TAKEN),
    )
