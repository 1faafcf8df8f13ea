"""The small rules: who applies, which fee applies, what a log line says."""

from datetime import UTC, date, datetime

import pytest

from content.calendar.working import WorkingCalendar
from content.dossiers import lookup, wording
from content.dossiers.applicant import applicant_of, delivery_of, principal_of
from content.dossiers.deadlines import appointment, calendar_of
from content.dossiers.desks import ancestor_ids, subtree_ids
from content.dossiers.fees import certain_amount, fees_on
from content.dossiers.log import Deed, allowed, move
from content.dossiers.models import Delivery, Dossier
from content.dossiers.owner_secret import OwnerSecrets
from content.dossiers.papers import AnsweredBy, papers_to_give
from content.dossiers.states import Action, Actor, Facts, Need, Phase, Status
from content.dossiers.submission import dossier_from
from content.errors import Invalid, InvalidTransition, NotAllowed
from content.outbox import OutboxJob
from content.people.models import Account
from content.procedures import publishing
from content.procedures.decisions import PublicationDecision
from content.procedures.forms import FormDefinition, general_definition
from content.procedures.forms.general import PaperToAttach
from content.procedures.forms.library import sample_definitions
from content.procedures.kinds import Channel
from tests.content.dossiers_service.world import RECORD, World, filing_rules

SAMPLE = {one.id: one for one in sample_definitions()}
ACCOUNT = Account(name="Chủ Tài Khoản", email="a@example.vn", phone="0911", national_id="0123")


def test_the_applicants_section_alone_speaks_of_the_applicant() -> None:
    answers = {
        "nguoi_yeu_cau_ho_ten": "Nguyễn Văn Cha",
        "nguoi_me_giay_to_tuy_than": "001190000018",
    }
    found = applicant_of(SAMPLE["khai-sinh"], answers, ACCOUNT)
    assert (found.name, found.identity, found.phone) == ("Nguyễn Văn Cha", "0123", "0911")
    answers["nguoi_yeu_cau_giay_to_tuy_than"] = "001090000014"
    assert applicant_of(SAMPLE["khai-sinh"], answers, ACCOUNT).identity == "001090000014"


@pytest.mark.parametrize("definition", SAMPLE.values(), ids=SAMPLE)
def test_without_answers_the_account_speaks(definition: FormDefinition) -> None:
    found = applicant_of(definition, {}, ACCOUNT)
    assert (found.name, found.email) == ("Chủ Tài Khoản", "a@example.vn")


def test_an_organisation_comes_before_the_person_who_acts_for_it() -> None:
    answers = {
        "loai_nguoi_nop": "to_chuc",
        "ten_to_chuc": "Công ty Mẫu" * 40,
        "ho_ten": "An",
    }
    name = applicant_of(general_definition(()), answers, ACCOUNT).name
    assert name.startswith("Công ty Mẫu")
    assert len(name) == 300


def test_the_general_form_asks_for_delivery_and_principal_itself() -> None:
    general, other = general_definition(()), SAMPLE["ct01-cu-tru"]
    assert delivery_of(general, {"cach_nhan": "truc_tuyen"}) == (Delivery.ONLINE, None)
    assert delivery_of(general, {}) is None
    assert delivery_of(other, {"cach_nhan": "truc_tuyen"}) is None
    assert principal_of(general, {"nop_thay": "co"}) is None
    assert principal_of(other, {"nop_thay": "co", "chu_ho_so": "B"}) is None


def test_a_paper_that_a_question_asks_for_needs_no_file_beside_it(world: World) -> None:
    name = RECORD["dossier"][1]["name"]
    definition = general_definition((PaperToAttach(name),))
    papers = papers_to_give(world.procedure.current_version, None, definition)
    assert [paper.answered_by for paper in papers] == [None, AnsweredBy.A_QUESTION, None]


def test_the_fee_of_the_day_and_the_channel_applies(world: World, clock) -> None:
    year = {"valid_from": "2026-01-01", "valid_to": "2026-12-31"}
    fee = [
        {"kind": "phí", "amount": 5000, "unit": "đồng", **year},
        {"kind": "phí", "amount": 9000, "unit": "đồng", "valid_from": "2027-01-01"},
        {"kind": "phí", "amount": None, "unit": None, "channels": ["bưu chính"]},
    ]
    world.publish(clock(), fee=fee)
    version = world.procedure.current_version

    def amounts(day: date, channel: Channel = Channel.ONLINE) -> list[int | None] | None:
        lines = fees_on(version, day, channel)
        return lines and [line["amount"] for line in lines]

    assert amounts(date(2026, 12, 31)) == [5000]
    assert amounts(date(2027, 1, 1)) == [9000]
    assert amounts(date(2025, 12, 31)) is None
    assert amounts(date(2026, 5, 1), Channel.POST) == [5000, None]


@pytest.mark.parametrize(
    ("lines", "amount"),
    [
        (None, None),
        ([], None),
        ([{"amount": 7000, "currency": "VND", "condition": None}], 7000),
        ([{"amount": 0, "currency": "VND", "condition": "không thu"}], 0),
        ([{"amount": 7000, "currency": "VND", "condition": "mỗi bản"}], None),
        ([{"amount": 150, "currency": "USD", "condition": None}], None),
        ([{"amount": None, "currency": "VND", "condition": None}], None),
        ([{"amount": 1, "currency": "VND", "condition": None}] * 2, None),
    ],
)
def test_only_one_known_unconditional_amount_is_certain(lines, amount) -> None:
    assert certain_amount(lines) == amount


def test_fees_are_said_and_unknown_ones_too() -> None:
    line = {"kind": None, "amount": 8000, "currency": "VND", "unit": "đồng/bản"}
    told = wording.fee_words([{**line, "condition": "mỗi sự kiện"}])
    assert told == ("Phí, lệ phí: 8.000 đồng/bản (mỗi sự kiện)",)
    for condition in ("không thu", "Không thu"):
        nothing = {**line, "amount": 0, "condition": condition}
        assert wording.fee_words([nothing]) == ("Phí, lệ phí: Không thu phí",)
    assert wording.fee_words(None) == ("chưa có thông tin",)


def test_reasons_of_another_time_are_shown_as_they_are() -> None:
    assert wording.absence_words("already_held") == "Cơ quan đã có dữ liệu hoặc bản số hóa"
    assert wording.absence_words("lý do cũ") == "lý do cũ"


def test_secrets_change_with_the_key_and_the_code() -> None:
    ours, others = OwnerSecrets("a"), OwnerSecrets("b")
    codes = ("22222-22222", "33333-33333")
    made = {one.secret_for(code) for one in (ours, others) for code in codes}
    assert len(made) == 4
    assert ours.again(codes[0], ours.digest_for(codes[0])) == ours.secret_for(codes[0])
    assert others.again(codes[0], ours.digest_for(codes[0])) is None


def test_hours_are_looked_for_upwards_and_then_the_standard_ones_hold(world: World) -> None:
    standard = WorkingCalendar()
    assert calendar_of(standard, world.commune) is standard
    world.commune.sessions = [{"days": [6, 7], "from": "07:00", "to": "11:00"}]
    assert calendar_of(standard, world.commune) is standard
    world.centre.parent = world.commune  # a circle, as an import might make
    assert calendar_of(standard, world.commune) is standard
    world.centre.parent = None


def test_a_same_day_limit_is_due_today(world: World) -> None:
    limit = {"value": 1, "unit": "same_day", "text": None}
    received = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
    due = appointment(WorkingCalendar(), world.commune, received, limit)
    assert due.due_date == date(2026, 11, 23)


def test_refused_moves_say_what_kind_of_no() -> None:
    nothing = Facts()
    with pytest.raises(NotAllowed, match="actor"):
        allowed(Status.SUBMITTED, Action.ACCEPT, Actor.CITIZEN, nothing)
    with pytest.raises(NotAllowed, match="sign_in_first"):
        allowed(None, Action.SUBMIT_ONLINE, Actor.CITIZEN, nothing)
    with pytest.raises(InvalidTransition, match="terminal"):
        allowed(Status.REFUSED, Action.ACCEPT, Actor.ONE_STOP, nothing)
    with pytest.raises(Invalid) as refused:
        allowed(Status.SUBMITTED, Action.REQUEST_SUPPLEMENT_INTAKE, Actor.ONE_STOP, nothing)
    assert refused.value.problems == {"items": "required", "reason": "required"}


def test_nothing_is_made_of_a_draft_that_is_not_ready(world: World, clock) -> None:
    draft = world.drafts(clock()).begin(world.procedure, world.holder)
    found = world.dossiers(clock()).review(draft)
    with pytest.raises(Invalid, match="incomplete"):
        dossier_from(draft, found, world.citizen, filing_rules(), Status.SUBMITTED, clock())


def ask_for_more(world: World, dossier: Dossier, now: datetime) -> None:
    facts = Facts(given=frozenset({Need.ITEMS}), reason="Thiếu ảnh.")
    deed = Deed(Action.REQUEST_SUPPLEMENT_INTAKE, Actor.ONE_STOP, world.officer, None)
    move(world.session, dossier, deed, facts, now)


def test_waiting_shows_as_the_phase_it_interrupted(world: World, clock) -> None:
    dossier = world.submitted(clock())
    ask_for_more(world, dossier, clock())
    found = lookup.look_up(world.session, dossier.lookup_code)
    assert found.progress.phase is Phase.SUBMITTED
    world.session.refresh(dossier)
    entry = wording.timeline(dossier)[-1]
    assert entry.sentence == "Cơ quan yêu cầu bổ sung hồ sơ."


def test_who_left_no_address_gets_no_mail(world: World, clock) -> None:
    dossier = world.submitted(clock())
    dossier.applicant_email = None
    before = world.session.query(OutboxJob).filter_by(kind="mail").count()
    world.dossiers(clock()).accept(dossier, world.officer)
    assert world.session.query(OutboxJob).filter_by(kind="mail").count() == before


def test_a_dossier_of_an_ended_procedure_keeps_the_version_it_was_filed_under(
    world: World, clock
) -> None:
    dossier = world.submitted(clock())
    filed_under = dossier.version_id
    decision = PublicationDecision(
        number="BB-1/QĐ-UBND",
        signed_on=clock().date(),
        agency="UBND tỉnh",
        effective_on=clock().date(),
    )
    publishing.abolish(world.session, decision, [world.procedure], now=clock())
    world.dossiers(clock()).accept(dossier, world.officer)
    assert not world.procedure.status.is_current
    assert dossier.version_id == filed_under


def test_channels_have_the_codes_of_the_national_exchange() -> None:
    codes = {channel: Dossier(channel=channel).channel_code for channel in Channel}
    assert codes == {Channel.COUNTER: 1, Channel.ONLINE: 2, Channel.POST: 3}


def test_agencies_are_found_upwards_and_downwards(world: World) -> None:
    both = {world.centre.id, world.commune.id}
    assert ancestor_ids(world.session, world.commune.id) == both
    assert ancestor_ids(world.session, world.centre.id) == {world.centre.id}
    assert subtree_ids(world.session, [world.centre.id]) == both
    assert subtree_ids(world.session, []) == set()
