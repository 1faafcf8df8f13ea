"""Reception at the counter and by post: kept while typed, received once, warned of twins."""

import io
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from content.dossiers import counter_form as ask
from content.dossiers.counter import CounterService
from content.dossiers.counter_models import CounterReception
from content.dossiers.models import Attachment, Dossier, Draft
from content.dossiers.numbering import RegisterLine
from content.dossiers.register_books import RegisterClosing
from content.dossiers.states import Status
from content.dossiers.wording import timeline
from content.errors import Conflict, Invalid, InvalidTransition, NotAllowed
from content.letters.from_dossiers import LetterSite, receipt_slip
from content.people.roles import Role
from content.procedures.kinds import Channel
from tests.content.dossiers_service.at_counter import PERSON
from tests.content.dossiers_service.world import PDF, World, an_account, filing_rules

SITE = LetterSite("UBND tỉnh", "Sơn Hà", "1900", sample=True, follow_url=lambda code: f"/t?{code}")


class Desk:
    """The service of one instant and a reception on it."""

    def __init__(self, world: World, clock: Any) -> None:
        self.world, self.clock = world, clock

    @property
    def service(self) -> CounterService:
        world = self.world
        return CounterService(world.session, world.files, self.clock(), filing_rules())

    def begin(self, channel: Channel = Channel.COUNTER, **more: Any) -> CounterReception:
        world = self.world
        reception = self.service.begin(world.procedure, world.commune, world.officer, channel)
        self.type(reception, PERSON | {ask.MODE: ask.ON_PAPER} | more)
        return reception

    def type(self, reception: CounterReception, answers: dict[str, Any]) -> None:
        known = self.service.answers(reception)
        self.service.keep(reception, known | answers, self.world.officer)

    def receive(self, reception: CounterReception, confirmed: Any = ()) -> Dossier:
        return self.service.receive(reception, self.world.officer, confirmed=confirmed)


@pytest.fixture
def desk(world: World, clock: Any) -> Desk:
    return Desk(world, clock)


def test_one_press_gives_code_day_line_and_slip(desk: Desk, world: World) -> None:
    dossier = desk.receive(desk.begin())
    assert dossier.status is Status.RECEIVED
    assert dossier.code == "H99.12-261123-0001"
    assert dossier.promised_date == dossier.due_date == date(2026, 12, 1)
    assert (dossier.channel, dossier.owner_id) == (Channel.COUNTER, None)
    assert (dossier.applicant_name, dossier.applicant_born) == (
        "Nguyễn Thị Hoa",
        date(1964, 3, 5),
    )
    assert [fee["amount"] for fee in dossier.fees] == [20000]
    line = world.session.scalars(select(RegisterLine)).one()
    assert (line.year, line.number, line.dossier_id) == (2026, 1, dossier.id)
    world.session.refresh(dossier)
    assert "Mã hồ sơ: H99.12-261123-0001" in timeline(dossier)[0].sentence
    slip = receipt_slip(dossier, SITE)
    assert [(one.name, one.originals) for one in slip.papers] == [
        ("Tờ khai thay đổi thông tin cư trú", 1),
        ("Giấy tờ chứng minh chỗ ở hợp pháp", 1),
    ]
    assert (slip.sets, slip.book, slip.entry) == (1, 1, 1)


def test_a_double_press_makes_one_dossier(desk: Desk, world: World) -> None:
    reception = desk.begin()
    assert desk.receive(reception) is desk.receive(reception)
    assert world.session.scalar(select(func.count(Dossier.id))) == 1
    with pytest.raises(Conflict, match="draft_submitted"):
        desk.type(reception, {ask.NAME: "Khác"})


def test_counted_papers_stand_on_the_slip(desk: Desk, world: World) -> None:
    reception = desk.begin(
        **{
            ask.COMPLETE: [],
            ask.SETS: "2",
            "tn_gt_0_chinh": "1",
            "tn_gt_1_sao": "2",
            "tn_gt_2_chup": "3",
            ask.OTHERS: [{"tn_khac_ten": "Giấy xác nhận của tổ", "tn_khac_chinh": "1"}],
            ask.FEES: ["0"],
            ask.TIMES: "3",
            ask.PRINCIPAL: "Trần Văn Chủ",
        }
    )
    world.drafts(desk.clock()).attach(
        reception.draft, _pdf(), name="a.pdf", media_type="application/pdf", slot="paper:1"
    )
    dossier = desk.receive(reception)
    world.session.refresh(dossier)
    slip = receipt_slip(dossier, SITE)
    counts = [(p.originals, p.certified, p.copies, p.electronic) for p in slip.papers]
    assert counts == [(1, 0, 0, 0), (0, 2, 0, 1), (0, 0, 3, 0), (1, 0, 0, 0)]
    assert (slip.sets, slip.owner.name) == (2, "Trần Văn Chủ")
    assert [(one.name, one.amount) for one in slip.charges] == [
        ("Lệ phí (3 × 20.000 đồng/lần)", 60000)
    ]


def _pdf() -> io.BytesIO:
    return io.BytesIO(PDF)


def test_an_exempt_line_costs_nothing_and_says_why(desk: Desk, world: World) -> None:
    dossier = desk.receive(desk.begin(**{ask.FEES: ["0"], ask.EXEMPT: "Hộ nghèo"}))
    assert [(one["amount"], one["exempt"]) for one in dossier.fees] == [(0, "Hộ nghèo")]
    world.session.refresh(dossier)
    charges = receipt_slip(dossier, SITE).charges or ()
    assert [one.in_words() for one in charges] == ["Lệ phí: miễn (Hộ nghèo)"]


@pytest.mark.parametrize("typed", [{ask.EXEMPT: "Hộ nghèo"}, {ask.TIMES: "2"}])
def test_what_was_typed_of_no_fee_is_not_lost(desk: Desk, typed: dict[str, str]) -> None:
    reception = desk.begin(**typed)
    with pytest.raises(Invalid) as refused:
        desk.receive(reception)
    assert refused.value.problems == {ask.FEES: "fee_unnamed"}
    desk.type(reception, {ask.FEES: ["0"]})
    assert desk.receive(reception).fees


def test_the_number_of_an_owner_needs_a_name(desk: Desk) -> None:
    reception = desk.begin(**{ask.PRINCIPAL_IDENTITY: "001164012345"})
    with pytest.raises(Invalid) as refused:
        desk.receive(reception)
    assert refused.value.problems == {ask.PRINCIPAL: "required"}


def test_missing_papers_and_name_are_named(desk: Desk) -> None:
    reception = desk.begin(**{ask.COMPLETE: [], ask.NAME: " "})
    with pytest.raises(Invalid) as refused:
        desk.receive(reception)
    assert refused.value.problems == {
        ask.NAME: "required",
        "tn_gt_0_chinh": "paper_missing",
        "tn_gt_1_chinh": "paper_missing",
    }
    desk.type(reception, {ask.NAME: "A B", "tn_gt_0_chinh": "1", "tn_gt_1_vang": "shown"})
    dossier = desk.receive(reception)
    assert dossier.absences == [{"paper": "Giấy tờ chứng minh chỗ ở hợp pháp", "why": "shown"}]


def test_a_number_nobody_knows_is_not_made_up(desk: Desk, world: World, clock: Any) -> None:
    paper = {"name": "Bản đồ", "originals": None, "copies": None}
    world.publish(clock(), dossier=[paper])
    reception = desk.begin()
    with pytest.raises(Invalid) as refused:
        desk.receive(reception)
    assert refused.value.problems == {"tn_gt_0_chinh": "paper_missing"}


def test_a_typed_form_names_the_applicant_and_stands_for_its_paper(
    desk: Desk, world: World
) -> None:
    reception = desk.begin(**{ask.MODE: ask.TYPED})
    typed = {"ho_ten": "Lê Văn Khai", "co_con": "khong", "ly_do": "Chuyển về.", "thanh_vien": []}
    desk.type(reception, typed | {"tn_gt_1_chinh": "1", ask.COMPLETE: []})
    dossier = desk.receive(reception)
    assert (dossier.form["id"], dossier.applicant_name) == ("ct01", "Lê Văn Khai")
    assert dossier.answers["ly_do"] == "Chuyển về."
    world.session.refresh(dossier)
    assert [one["name"] for one in dossier.events[0].data["papers"]] == [
        "Giấy tờ chứng minh chỗ ở hợp pháp"
    ]


@pytest.mark.parametrize(
    ("second", "alike"),
    [
        ({}, True),
        ({ask.IDENTITY: "", ask.BORN: ""}, True),
        ({ask.IDENTITY: "", "tn_dien_thoai": ""}, True),
        ({ask.IDENTITY: "", ask.BORN: "", "tn_dien_thoai": ""}, False),
        ({ask.IDENTITY: "001164054321", ask.NAME: "Nguyễn Thị Hoa Khác"}, False),
    ],
)
def test_an_open_dossier_of_the_same_person_is_told_and_confirmed(
    desk: Desk, second: dict[str, str], alike: bool
) -> None:
    first = desk.receive(desk.begin())
    reception = desk.begin(**second)
    if alike:
        with pytest.raises(Conflict, match="duplicates") as told:
            desk.receive(reception)
        assert told.value.data["codes"] == [first.lookup_code]
        with pytest.raises(Conflict, match="duplicates"):
            desk.receive(reception, confirmed=["khac"])
    dossier = desk.receive(reception, confirmed=[first.lookup_code])
    assert dossier.code == "H99.12-261123-0002"


def test_a_finished_dossier_is_no_duplicate(desk: Desk) -> None:
    desk.receive(desk.begin()).finished_at = desk.clock()
    assert desk.receive(desk.begin()).code == "H99.12-261123-0002"


def test_by_post_the_item_is_kept(desk: Desk, world: World) -> None:
    dossier = desk.receive(desk.begin(Channel.POST, **{ask.POST_ITEM: "EB123456789VN"}))
    world.session.refresh(dossier)
    event = dossier.events[0]
    assert (event.action, event.data["post_item"]) == ("receive_by_post", "EB123456789VN")
    assert dossier.channel_code == 3


def test_a_new_version_is_followed_and_told(desk: Desk, world: World, clock: Any) -> None:
    reception = desk.begin()
    world.publish(clock(), name="Đăng ký thường trú (mới)")
    with pytest.raises(Conflict, match="version_superseded"):
        desk.receive(reception)
    with pytest.raises(Invalid):
        desk.receive(reception)  # the papers are to be looked at once more
    desk.type(reception, {ask.COMPLETE: [ask.ALL]})
    assert desk.receive(reception).procedure_name == "Đăng ký thường trú (mới)"


def test_strangers_and_other_channels_are_refused(desk: Desk, world: World, clock: Any) -> None:
    other = an_account("x@example.vn", "X", clock(), (world.centre.id, Role.SPECIALIST))
    world.session.add(other)
    world.session.flush()
    reception = desk.begin()
    with pytest.raises(NotAllowed, match="not_your_desk"):
        desk.service.begin(world.procedure, world.commune, other, Channel.COUNTER)
    with pytest.raises(NotAllowed, match="not_your_desk"):
        desk.service.receive(reception, other)
    with pytest.raises(InvalidTransition, match="not_received_here"):
        desk.service.begin(world.procedure, world.commune, world.officer, Channel.ONLINE)


def test_a_closed_year_takes_no_line(desk: Desk, world: World, clock: Any) -> None:
    world.session.add(
        RegisterClosing(
            agency_id=world.commune.id,
            year=2026,
            last_number=0,
            cancelled=0,
            closed_at=clock(),
            closed_by_id=world.officer.id,
            closed_by_name="A",
        )
    )
    with pytest.raises(InvalidTransition, match="register_closed"):
        desk.receive(desk.begin())


def test_what_was_never_received_is_dropped_or_expires(
    desk: Desk, world: World, clock: Any
) -> None:
    one, two = desk.begin(), desk.begin()
    world.drafts(clock()).attach(
        one.draft, _pdf(), name="a.pdf", media_type="application/pdf", slot="paper:1"
    )
    desk.service.drop(one, world.officer)
    assert world.session.scalars(select(CounterReception)).all() == [two]
    assert not world.session.scalars(select(Attachment)).all()
    clock.move(days=31)
    assert world.drafts(clock()).purge_expired() == 1
    assert world.session.scalar(select(func.count(Draft.id))) == 0


def test_nobody_online_holds_a_draft_of_the_desk(desk: Desk, world: World) -> None:
    draft = desk.begin().draft
    assert not world.holder.holds(draft)
    assert not replace(world.holder, account_id=world.officer.id).holds(draft)
    assert draft.expires_at - draft.saved_at == timedelta(days=30)
