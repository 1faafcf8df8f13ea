"""The same-visit lane: one act, one line in each book, logged though no slip is asked for."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import func, select

from content.certification.acts import Act
from content.certification.book import CertificationBook
from content.certification.models import Book, CertificationEntry, book_of
from content.certification.reads import books, last_of, lines_of, of_day, totals
from content.certification.service import CertificationService
from content.dossiers.charging import standing_of
from content.dossiers.event_data import ResultReturned
from content.dossiers.models import Dossier
from content.dossiers.numbering import RegisterLine
from content.dossiers.states import Status
from content.errors import Invalid, InvalidTransition, NotAllowed
from content.letters.render import Letters
from content.letters.values import Office
from content.people.roles import Role
from content.procedures.handling import HandlingRule
from content.procedures.models import Procedure
from content.words import local
from tests.content.dossiers_service.world import World, a_procedure, an_account, filing_rules
from tests.content.letters.reading import flat, text_of

ACT = Act(
    person="Nguyễn Thị Hoa",
    document="Bằng tốt nghiệp THPT",
    pages=2,
    copies=3,
    signer_name="Lê Văn Ký",
    signer_title="Phó Chủ tịch",
    key="mot",
)
COPIES = "2.000815"
FEES = [
    {"kind": "phí", "amount": 2000, "unit": "đồng/trang", "condition": "trang thứ 1-2"},
    {"kind": "phí", "amount": 1000, "unit": "đồng/trang", "condition": "từ trang thứ 3"},
]


class Lane:
    """The service of one instant with a procedure that is resolved at once."""

    def __init__(self, world: World, clock: Any) -> None:
        self.world, self.clock = world, clock
        limit = {"value": 1, "unit": "ngày", "text": "trong ngày"}
        self.procedure = self.at_once(code=COPIES, name="Chứng thực bản sao", time_limit=limit)

    def at_once(self, **changes: Any) -> Procedure:
        made = a_procedure(self.world.session, self.clock(), **({"fee": FEES} | changes))
        self.world.session.add(HandlingRule(procedure_id=made.id, at_once=True))
        self.world.session.flush()
        return made

    @property
    def service(self) -> CertificationService:
        return CertificationService(self.world.session, self.clock(), filing_rules())

    def certify(self, act: Act = ACT, **changes: Any) -> CertificationEntry:
        world = self.world
        return self.service.certify(
            self.procedure, world.commune, world.officer, replace(act, **changes)
        )


@pytest.fixture
def lane(world: World, clock: Any) -> Lane:
    return Lane(world, clock)


def test_an_act_is_received_resolved_and_handed_over(lane: Lane, world: World) -> None:
    entry = lane.certify()
    assert (entry.book, entry.year, entry.number, entry.fee) == (Book.COPIES, 2026, 1, 12000)
    dossier = entry.dossier
    world.session.refresh(dossier)
    assert dossier.status is Status.RETURNED
    assert dossier.code == "H99.12-261123-0001"
    assert dossier.finished_at == lane.clock()
    standing = standing_of(world.session, dossier)
    assert (standing.owed, standing.unsettled) == (0, False), "it stands in the book as taken"
    assert [one.action for one in dossier.events] == [
        "receive_at_counter",
        "resolve_at_once",
        "hand_over_result",
    ]
    assert dossier.events[1].data["number"] == 1
    given = ResultReturned.of(dossier.events[2].data)
    assert given.means == "trực tiếp"
    assert [(one.name, one.originals + one.certified) for one in given.papers] == [
        (ACT.document, ACT.copies)
    ]
    line = world.session.scalars(select(RegisterLine)).one()
    assert (line.number, line.dossier_id) == (1, dossier.id)
    assert [one["amount"] for one in dossier.fees] == [12000]


def test_a_second_press_writes_nothing(lane: Lane, world: World) -> None:
    assert lane.certify() is lane.certify()
    assert world.session.scalar(select(func.count(Dossier.id))) == 1
    assert lane.certify(key="hai").number == 2


def test_each_book_desk_and_year_counts_apart(lane: Lane, world: World, clock: Any) -> None:
    lane.certify()
    signatures = lane.at_once(code="2.000884", name="Chứng thực chữ ký")
    assert lane.service.lane() == [lane.procedure, signatures]
    service, officer = lane.service, world.officer
    first = service.certify(signatures, world.commune, officer, replace(ACT, key="k2"))
    assert (first.book, first.number) == (Book.SIGNATURES, 1)
    other = service.certify(lane.procedure, world.centre, officer, replace(ACT, key="k3"))
    assert other.number == 1
    clock.move(days=60)
    assert lane.certify(key="k4").number == 1
    shown = books(world.session, [world.commune.id, world.centre.id])
    assert [(one.book, one.year, one.last) for one in shown] == [
        (Book.COPIES, 2027, 1),
        (Book.COPIES, 2026, 1),
        (Book.COPIES, 2026, 1),
        (Book.SIGNATURES, 2026, 1),
    ]
    assert last_of(world.session, officer.id).number == 1


@pytest.mark.parametrize(
    ("changes", "problems"),
    [
        ({"person": " \u200b"}, {"person": "required"}),
        ({"document": "x" * 501, "copies": 0}, {"document": "too_long", "copies": "out_of_range"}),
        ({"pages": 100_000}, {"pages": "out_of_range"}),
        ({"signer_name": "", "signer_title": ""}, {
            "signer_name": "required", "signer_title": "required"}),
        ({"fee": -1}, {"fee": "out_of_range"}),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_and_no_number_is_used(
    lane: Lane, changes: dict[str, Any], problems: dict[str, str]
) -> None:
    with pytest.raises(Invalid) as refused:
        lane.certify(**changes)
    assert refused.value.problems == problems
    assert lane.certify().number == 1


def test_an_unknown_tariff_asks_what_was_taken(lane: Lane) -> None:
    lane.procedure = lane.at_once(code="2.000942", name="Bản sao giao dịch", fee=[])
    with pytest.raises(Invalid) as refused:
        lane.certify()
    assert refused.value.problems == {"fee": "required"}
    assert lane.certify(fee=5000).fee == 5000


def test_only_what_the_rule_allows_by_officers_of_the_desk(
    lane: Lane, world: World, clock: Any
) -> None:
    with pytest.raises(InvalidTransition, match="not_authorised"), world.session.begin_nested():
        lane.service.certify(world.procedure, world.commune, world.officer, replace(ACT, fee=0))
    clerk = an_account("vt@example.vn", "Văn Thư", clock(), (world.centre.id, Role.CLERK))
    world.session.add(clerk)
    world.session.flush()
    with pytest.raises(NotAllowed, match="not_your_desk"):
        lane.service.certify(lane.procedure, world.commune, clerk, ACT)
    assert lane.certify().number == 1


def test_a_mistake_is_cancelled_with_its_reason_and_stays(lane: Lane, world: World) -> None:
    entry = lane.certify()
    with pytest.raises(Invalid):
        lane.service.cancel(entry, world.officer, "sai")
    lane.service.cancel(entry, world.officer, "Nhập nhầm tên giấy tờ.")
    assert entry.cancelled_because == "Nhập nhầm tên giấy tờ."
    line = world.session.scalars(select(RegisterLine)).one()
    assert line.cancelled_because == "Nhập nhầm tên giấy tờ."
    with pytest.raises(InvalidTransition, match="cancelled_already"):
        lane.service.cancel(entry, world.officer, "Lần nữa nhé.")
    assert lane.certify(key="hai").number == 2
    world.session.flush()
    with pytest.raises(InvalidTransition, match="book_kept"), world.session.begin_nested():
        entry.person_name = "Khác"
    with pytest.raises(InvalidTransition, match="book_kept"), world.session.begin_nested():
        world.session.delete(entry)
    today = of_day(world.session, [world.commune.id], local(lane.clock()).date())
    sums = totals(today)
    assert (sums.lines, sums.copies, sums.fees, sums.cancelled) == (1, 3, 12000, 1)


def test_the_book_is_printed_across_with_cancelled_lines(lane: Lane, world: World) -> None:
    lane.service.cancel(lane.certify(), world.officer, "Nhập nhầm tên giấy tờ.")
    lane.certify(key="hai", document="Giấy khai sinh")
    entries = lines_of(world.session, world.commune.id, Book.COPIES, 2026, first=1, many=10)
    office = Office(name="UBND tỉnh", desk="Trung tâm xã An Bình", place="An Bình")
    made = CertificationBook(
        office=office, book=Book.COPIES, year=2026, entries=entries, made_at=lane.clock()
    )
    pdf = Letters().make(made)
    said = text_of(pdf)
    for words in ("Bằng tốt nghiệp THPT", "Giấy khai sinh", "Đã hủy: Nhập nhầm tên giấy tờ."):
        assert flat(words) in said
    assert flat("Cộng: 1 việc, 3 bản, phí 12.000 đồng") in said
    with pytest.raises(Invalid):
        replace(made, entries=())


@pytest.mark.parametrize(
    ("code", "book"),
    [
        ("2.000815", Book.COPIES),
        ("2.000815.000.00.00.H17", Book.COPIES),
        ("2.000884", Book.SIGNATURES),
        ("1.001193", Book.OTHERS),
        (None, Book.OTHERS),
        ("x", Book.OTHERS),
    ],
)
def test_which_book(code: str | None, book: Book) -> None:
    assert book_of(code) is book
