"""Drafts go to the document management and come back signed, numbered, or with a reason."""

import io

import pytest
from sqlalchemy import select

from content.dossiers.models import Dossier
from content.dossiers.result_models import DossierResult, ResultKind
from content.dossiers.states import Status
from content.dossiers.wording import timeline
from content.errors import Invalid, InvalidTransition, NotAllowed
from content.exchange.documents import AsResult, DraftHandOff, DraftService, DraftState, NewDraft
from content.files import FileService
from tests.content.dossiers_service.world import filing_rules
from tests.content.exchange.conftest import PDF, House
from tests.content.handling_moves.office import Office, open_office

pytestmark = pytest.mark.enable_socket
SIGNED = PDF.replace("<<>>", "<</K/signed>>")


def service(house: House, session) -> DraftService:
    files = FileService(session, house.store)
    return DraftService(session, files, house.clock(), filing_rules())


def new(title: str = "Dự thảo giấy xác nhận") -> NewDraft:
    return NewDraft(
        title, "Trình anh ký.", io.BytesIO(PDF.encode()), "du-thao.pdf", "application/pdf"
    )


def opened(house: House) -> Office:
    """A dossier that the specialist works on."""
    with house.ground.writing() as session:
        office = open_office(session, house.clock())
        office.world.store = house.store
        office.in_progress(house.clock())
    return office


def hand_over(house: House, office: Office) -> int:
    with house.ground.writing() as session:
        dossier = session.scalars(select(Dossier)).one()
        who = session.merge(office.specialist)
        return service(house, session).hand_over(dossier, who, new()).id


def draft_of(house: House) -> DraftHandOff:
    with house.ground.reading() as session:
        return session.scalars(select(DraftHandOff)).one()


def signed(house: House, **changes: str) -> None:
    """The other system has decided."""
    draft = draft_of(house)
    told = {
        "Khoa": draft.key,
        "MaVanBan": "VB-1",
        "So": "15",
        "KyHieu": "GXN-UBND",
        "NgayBanHanh": "20261123",
        "NguoiKy": "Hoàng Thị Lãnh",
        "ChucVu": "Chủ tịch",
        "TepDaKy": "/da-ky.pdf",
        "TenTepDaKy": "giay-xac-nhan.pdf",
    }
    house.there.set(signed=[{**told, **changes}], files={"/da-ky.pdf": SIGNED})


def test_a_draft_comes_back_signed_and_becomes_the_result(any_house: House) -> None:
    house = any_house
    office = opened(house)
    house.there.stop()
    draft = hand_over(house, office)
    house.clerk.retry()
    assert (draft_of(house).state, draft_of(house).attempts) == (DraftState.WAITING, 1)
    assert "Không kết nối được" in draft_of(house).error
    house.there.start()
    assert house.clerk.retry() == 0
    house.clock.move(minutes=3)
    assert house.clerk.retry() == 1
    house.clerk.send(draft)  # nothing the second time
    [kept] = house.there.kept()["drafts"].values()
    assert (kept["TieuDe"], kept["CoQuan"]) == ("Dự thảo giấy xác nhận", "H99.12")
    assert draft_of(house).named_there == "VB-1"
    # Half an answer and one of another installation are left alone.
    signed(house, So="")
    house.there.set(signed=[{"Khoa": "khac", "MaVanBan": "VB-9", "LyDoTraLai": "x"}])
    assert house.clerk.collect() == 0
    signed(house)
    assert house.clerk.collect() == 1
    assert house.clerk.collect() == 0
    back = draft_of(house)
    assert (back.state, back.number_words) == (DraftState.SIGNED, "15/GXN-UBND")
    with house.ground.writing() as session:
        dossier = session.scalars(select(Dossier)).one()
        assert "Văn bản đã được ký, cấp số 15/GXN-UBND" in timeline(dossier)[-1].sentence
        leader = session.merge(office.leader)
        row = session.scalars(select(DraftHandOff)).one()
        use, seen = service(house, session).use, dossier.revision
        # Nobody found a signature in it: no result that is only electronic (NĐ 30/2020 art. 5).
        with pytest.raises(Invalid) as refused:
            use(row, leader, AsResult(ResultKind.ELECTRONIC), revision=seen)
        assert refused.value.problems == {"files": "signature_required"}
        use(row, leader, AsResult(ResultKind.BOTH), revision=seen)
    with house.ground.reading() as session:
        result = session.scalars(select(DossierResult)).one()
        assert (result.number_words, result.signer_title) == ("15/GXN-UBND", "Chủ tịch")
        with house.store.open(result.files[0].file.key) as source:
            assert source.read() == SIGNED.encode()
        assert session.scalars(select(Dossier)).one().status is Status.RESOLVED


def test_a_draft_is_refused_or_sent_back_with_words(house: House) -> None:
    office = opened(house)
    hand_over(house, office)
    house.there.set(mode="refuse")
    house.clerk.retry()
    back = draft_of(house)
    assert (back.state, back.remark) == (DraftState.SENT_BACK, "Dự thảo sai thể thức")
    assert back.signed_file_id is None
    with house.ground.writing() as session:
        dossier = session.scalars(select(Dossier)).one()
        one = session.scalars(select(DraftHandOff)).one()
        drafts = service(house, session)
        with pytest.raises(InvalidTransition, match="not_signed"):
            drafts.use(one, session.merge(office.leader), AsResult(ResultKind.PAPER), revision=None)
        with pytest.raises(NotAllowed):
            drafts.hand_over(dossier, session.merge(office.desk), new())
        with pytest.raises(Invalid):
            drafts.hand_over(dossier, session.merge(office.specialist), new(" "))


def test_a_file_that_is_no_document_is_not_taken(house: House) -> None:
    office = opened(house)
    hand_over(house, office)
    house.clerk.retry()
    signed(house, TepDaKy="/mat.pdf")
    assert house.clerk.collect() == 0
    assert draft_of(house).state is DraftState.THERE
    assert "không phải PDF" in draft_of(house).error
