"""The papers of a dossier say what was frozen, and can be made again at any time."""

from datetime import timedelta

import pytest

from content.dossiers.models import Delivery, Dossier
from content.dossiers.reads import view_of
from content.errors import NotFound
from content.letters.from_dossiers import (
    LetterSite,
    acknowledgement,
    receipt_slip,
    refusal_slip,
)
from content.letters.render import Letters
from tests.content.dossiers_service.world import World, a_procedure, follow_url

SITE = LetterSite(
    authority="Ủy ban nhân dân tỉnh Mẫu",
    place="Mẫu",
    hotline="1900 0000",
    sample=True,
    follow_url=follow_url,
)


def loaded(world: World, dossier: Dossier) -> Dossier:
    return view_of(world.session, dossier).dossier


def test_the_acknowledgement_prints_code_secret_and_papers(world: World, clock) -> None:
    dossier = loaded(world, world.submitted(clock()))
    secret = world.dossiers(clock()).secret_of(dossier) or ""
    letter = acknowledgement(dossier, SITE, secret=secret)
    assert letter.look_up_code == dossier.lookup_code
    assert letter.secret == secret
    assert [(paper.name, paper.files) for paper in letter.papers] == [
        ("Tờ khai điện tử: Tờ khai thay đổi thông tin cư trú (CT01)", 1),
        ("Giấy tờ chứng minh chỗ ở hợp pháp", 1),
    ]
    assert letter.office.place == "An Bình"
    for slip in (receipt_slip, refusal_slip):
        with pytest.raises(NotFound):
            slip(dossier, SITE)


def test_the_receipt_slip_says_code_dates_fee_and_register(world: World, clock) -> None:
    dossier = world.submitted(clock())
    world.dossiers(clock()).accept(dossier, world.officer)
    promised = dossier.due_at
    assert receipt_slip(loaded(world, dossier), SITE).due_at == promised
    # Printed again after the clock was counted anew: the date that was promised stays.
    assert promised is not None
    dossier.due_at, dossier.due_date = promised + timedelta(days=7), promised.date()
    slip = receipt_slip(loaded(world, dossier), SITE)
    assert slip.dossier_code == "H99.12-261123-0001"
    assert slip.received_at == clock()
    assert slip.due_at == promised
    assert slip.limit == "5 ngày làm việc"
    assert slip.entry == 1
    assert slip.receiver == "Trần Văn Một"
    assert slip.charges is not None
    assert [(one.name, one.amount, one.paid) for one in slip.charges] == [("Lệ phí", 10000, False)]
    assert slip.returned_at.endswith("xã An Bình")
    assert dossier.applicant_name not in slip.look_up_url


def test_a_slip_without_a_date_says_why(world: World, clock) -> None:
    world.publish(clock(), time_limit={"value": 7, "unit": None, "text": None}, fee=[])
    dossier = world.submitted(clock())
    world.dossiers(clock()).accept(dossier, world.officer)
    slip = receipt_slip(loaded(world, dossier), SITE)
    assert slip.due_at is None
    assert "chưa rõ đơn vị" in slip.no_due_reason
    assert slip.charges is None


def test_only_an_amount_of_zero_is_free_of_charge(world: World, clock) -> None:
    fee = [{"kind": None, "amount": 0, "unit": "đồng", "condition": "không thu"}]
    world.publish(clock(), fee=fee)
    dossier = world.submitted(clock())
    world.dossiers(clock()).accept(dossier, world.officer)
    assert receipt_slip(loaded(world, dossier), SITE).charges == ()


def test_the_refusal_slip_gives_the_reason(world: World, clock) -> None:
    dossier = world.submitted(clock())
    world.dossiers(clock()).refuse(dossier, world.officer, "Không thuộc thẩm quyền của xã.")
    slip = refusal_slip(loaded(world, dossier), SITE)
    assert slip.reason == "Không thuộc thẩm quyền của xã."
    assert slip.receiver == "Trần Văn Một"
    assert slip.made_at == clock()


def test_who_files_for_another_names_the_owner(world: World, clock) -> None:
    procedure = a_procedure(world.session, clock(), code="1.000001", name="Việc khác", dossier=[])
    drafts = world.drafts(clock())
    draft = drafts.begin(procedure, world.holder)
    drafts.choose(draft, case=None, agency_id=world.centre.id)
    letter = world.attach(draft, clock(), slot="answers")
    file = {"token": letter.token, "name": "a", "size": 1, "type": "x", "digest": "x"}
    address = {"province": "01", "commune": "00001", "detail": "Số 5", "commune_name": "Xã A"}
    drafts.keep(
        draft,
        "nguoi_nop",
        {
            "loai_nguoi_nop": "ca_nhan",
            "ho_ten": "Nguyễn Thị Hoa",
            "ngay_sinh": "1990-01-02",
            "so_dinh_danh": "001190000018",
            "dien_thoai": "0912345678",
            "dia_chi": address,
            "nop_thay": "co",
            "chu_ho_so": "Trần Văn Chủ",
            "chu_ho_so_so_dinh_danh": "001090000014",
            "van_ban_uy_quyen": [file],
        },
    )
    drafts.keep(draft, "noi_dung", {"noi_dung_de_nghi": "Đề nghị giải quyết việc khác."})
    drafts.keep(draft, "ket_qua", {"cach_nhan": "buu_chinh", "dia_chi_nhan": address})
    dossier = world.dossiers(clock()).submit(draft, world.citizen, declared=True)
    assert dossier.delivery is Delivery.POST
    world.dossiers(clock()).accept(dossier, world.officer)
    slip = receipt_slip(loaded(world, dossier), SITE)
    assert slip.submitter.name == "Nguyễn Thị Hoa"
    assert slip.submitter.identity == "Số định danh: 001190000018"
    assert slip.owner is not None
    assert slip.owner.name == "Trần Văn Chủ"
    assert slip.returned_at.startswith("Qua dịch vụ bưu chính công ích: Số 5")
    assert slip.papers[-1].name == "Tệp kèm theo tờ khai điện tử"


def test_all_three_become_pdf(world: World, clock) -> None:
    accepted, refused = world.submitted(clock()), world.submitted(clock())
    world.dossiers(clock()).accept(accepted, world.officer)
    world.dossiers(clock()).refuse(refused, world.officer, "Không thuộc thẩm quyền.")
    letters = Letters()
    for letter in (
        acknowledgement(loaded(world, accepted), SITE, secret="AAAA-BBBB-CCCC-DDDD"),
        receipt_slip(loaded(world, accepted), SITE),
        refusal_slip(loaded(world, refused), SITE),
    ):
        assert letters.make(letter).startswith(b"%PDF-")
