"""The book of work: its table of kinds, who writes what, numbers, archive, comparison, targets."""

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from content.dossiers.conversation import GivenFile
from content.errors import Conflict, Invalid, InvalidTransition, NotAllowed
from content.files.model import StoredFile
from content.outbox import OutboxJob
from content.people.models import Account
from content.people.roles import DESK_ROLES, Role
from content.workbook import reading, reminding, tables, targets
from content.workbook.checking import Given
from content.workbook.kinds import BY_KEY, KINDS, FieldType, Required
from content.workbook.models import WorkAct, WorkEntry, WorkStatus
from content.workbook.reading import Asked, Shown
from content.workbook.rights import Rights
from content.workbook.service import WorkBook, given_of
from content.workbook.wording import code_of, shown
from tests.content.dossiers_service.world import PDF, World, an_account, build
from tests.support.clock import StoppedClock

YEAR = 2026
CORRECTIVE = {"level": "minor", "evidence": "Ba phiếu kiểm soát thiếu chữ ký."}
MENDED = {
    "cause": "Người mới chưa được hướng dẫn.",
    "action": "Hướng dẫn lại, kiểm tra hằng tuần.",
    "acted_on": "2026-11-20",
    "verifier": "Phạm Văn Phòng",
    "verified_on": "2026-11-23",
    "effective": "yes",
}


class House:
    """A province with one commune, and the book as each of them has it."""

    def __init__(self, session: Session, clock: StoppedClock) -> None:
        self.world: World = build(session, clock())
        self.session, self.clock = session, clock
        top, below = self.world.centre.id, self.world.commune.id
        self.head = an_account("truongphong@example.vn", "Phạm Phòng", clock(), (top, Role.HEAD))
        self.local = an_account("xa@example.vn", "Cao Mây", clock(), (below, Role.SPECIALIST))
        session.add_all([self.head, self.local])
        session.flush()

    @property
    def book(self) -> WorkBook:
        return WorkBook(self.session, self.world.files, self.clock())

    def begin(self, kind: str, by: Account, values: dict[str, Any], **more: Any) -> WorkEntry:
        agency = more.pop("agency", self.world.commune)
        year, key, parent = more.pop("year", YEAR), more.pop("key", ""), more.pop("parent", None)
        given = Given(more.pop("title", "Việc thử"), values, **more)
        return self.book.begin(BY_KEY[kind], agency, year, given, by, key=key, parent=parent)

    def say(self, entry: WorkEntry, by: Account, **what: Any) -> None:
        self.book.remark(entry, by, revision=entry.revision, **what)
        self.session.flush()

    def refusal(self, what: Any) -> dict[str, str]:
        with pytest.raises(Invalid) as caught:
            what()
        return caught.value.problems


@pytest.fixture
def house(any_session: Session, clock: StoppedClock) -> House:
    return House(any_session, clock)


def test_the_table_of_kinds_is_whole() -> None:
    assert len({one.slug for one in KINDS}) == len({one.symbol for one in KINDS}) == len(KINDS)
    for kind in KINDS:
        names = [name for field in kind.fields for name in field.names]
        assert len(set(names)) == len(names)
        assert set(kind.children) <= set(BY_KEY)
        assert set(kind.once or ()) <= set(kind.by_name)
        assert kind.writers <= kind.readers <= DESK_ROLES
        for field in kind.fields:
            assert field.label
            assert (field.not_before or field.name) in kind.by_name
            assert bool(field.choices) == (
                field.type in {FieldType.CHOICE, FieldType.CHECK, FieldType.MEASURE}
            )
        # What is given once by its fields must be there from the first day.
        assert all(kind.by_name[one].required is Required.ALWAYS for one in kind.once or ())


def test_a_finding_is_written_mended_and_becomes_archive(house: House) -> None:  # noqa: PLR0915
    audit = house.begin("audit", house.head, {"lead": "Phạm Phòng", "scope": "Cả bộ phận"})
    assert code_of(audit) == "ĐGNB-01/2026"
    due = date(2026, 12, 15)
    begun = {"parent": audit, "due_on": due, "owner_id": house.local.id, "key": "một"}
    finding = house.begin("corrective", house.head, CORRECTIVE, **begun)
    assert house.begin("corrective", house.head, CORRECTIVE, **begun) is finding
    second = house.begin("corrective", house.local, CORRECTIVE, due_on=due)
    assert [code_of(finding), code_of(second)] == ["KP-01/2026", "KP-02/2026"]

    # Done needs the cause, the action and who looked again; the audit waits for its findings.
    done = WorkStatus.DONE
    assert house.refusal(lambda: house.say(finding, house.local, status=done)) == {
        "status": "unfinished"
    }
    assert house.refusal(lambda: house.say(finding, house.local)) == {"text": "required"}
    assert house.refusal(lambda: house.say(audit, house.head, status=done))["status"]
    seen = finding.revision
    given = Given(finding.title, {**CORRECTIVE, **MENDED}, house.local.id, due)
    early = {**given.values, "verified_on": "2026-11-19", "effective": "no", "level": "x"}
    wrong = house.refusal(
        lambda: house.book.change(finding, replace(given, values=early), house.local, revision=seen)
    )
    assert wrong == {
        "verified_on": "before_other",
        "effective_remark": "remark_needed",
        "level": "unknown",
    }
    house.book.change(finding, given, house.local, revision=seen)
    house.session.flush()
    assert ["Nguyên nhân", "", MENDED["cause"]] in finding.events[-1].changes
    with pytest.raises(Conflict):
        house.book.remark(finding, house.head, revision=seen, text="Đã xem.")
    house.book.change(finding, given, house.local, revision=finding.revision)
    assert [one.act for one in finding.events] == [WorkAct.BEGUN, WorkAct.CHANGED]

    paper = GivenFile(io.BytesIO(PDF), "bien-ban.pdf", "application/pdf")
    house.say(finding, house.local, text="Đã hướng dẫn.", status=done, files=[paper])
    assert finding.finished_at == house.clock()
    assert finding.events[-1].changes == [
        ["Tình trạng", "Chưa làm", "Đã xong"],
        ["Tệp", "", "bien-ban.pdf"],
    ]
    house.book.drop_file(finding, finding.files[0], house.local)
    house.session.flush()
    assert finding.files == []
    assert house.session.scalars(select(StoredFile)).all() == []
    needed = {"required"}
    assert (
        set(house.refusal(lambda: house.say(finding, house.head, status=WorkStatus.OPEN)).values())
        == needed
    )

    # An audit that is done takes no new finding, and its findings stay as they are.
    told = {**audit.values, "audited_on": "2026-11-20", "conclusion": "Đạt."}
    told |= {one.name: "yes" for one in BY_KEY["audit"].checks}
    house.book.change(audit, Given(audit.title, told), house.head, revision=audit.revision)
    house.session.flush()
    house.say(audit, house.head, status=done)
    late = {"parent": audit, "due_on": due}
    assert house.refusal(lambda: house.begin("corrective", house.head, CORRECTIVE, **late)) == {
        "parent": "parent_finished"
    }
    again = {"status": WorkStatus.DOING, "text": "Lại thiếu."}
    assert house.refusal(lambda: house.say(finding, house.head, **again)) == {
        "status": "parent_finished"
    }

    house.clock.move(days=60)
    with pytest.raises(InvalidTransition, match="archived"):
        house.say(finding, house.head, text="Muộn rồi.")
    # What is not finished stays in the list of this year until it is.
    this_year = Asked(
        BY_KEY["corrective"], frozenset({house.world.commune.id}), 2027, date(2027, 1, 22)
    )
    assert [code_of(one) for one in reading.page(house.session, this_year, 1)] == ["KP-02/2026"]
    assert reading.counts(house.session, this_year)[Shown.OVERDUE] == 1
    last_year = replace(this_year, year=2026, query="phieu kiem soat")
    assert reading.count(house.session, last_year) == 2
    house.session.delete(finding.events[0])
    with pytest.raises(InvalidTransition):
        house.session.flush()


def test_each_writes_for_their_own_unit_and_the_province_sees_all_below(house: House) -> None:
    session, world = house.session, house.world
    due = {"due_on": date(2026, 12, 31)}
    rights = Rights(session, house.local, house.clock())
    assert rights.readable(BY_KEY["training"]) == {world.commune.id}
    assert rights.readable(BY_KEY["conduct"]) == frozenset()
    above = Rights(session, house.head, house.clock())
    assert above.readable(BY_KEY["training"]) == {world.centre.id, world.commune.id}
    assert above.writable(BY_KEY["training"]) == {world.centre.id}
    assert above.writable(BY_KEY["inspection"]) == {world.centre.id, world.commune.id}
    class_ = {"starts_on": "2026-11-02", "ends_on": "2026-11-03", "topic": "skills"}
    with pytest.raises(NotAllowed):
        house.begin("training", house.head, class_)
    with pytest.raises(NotAllowed):
        house.begin("conduct", house.local, {}, **due)
    with pytest.raises(NotAllowed):
        house.begin("training", world.citizen, class_)
    wrong = house.refusal(
        lambda: house.begin(
            "training", house.local, {}, title=" ", owner_id=world.citizen.id, year=1990
        )
    )
    assert wrong == {
        "title": "required",
        "owner_id": "not_here",
        "starts_on": "required",
        "ends_on": "required",
        "topic": "required",
        "year": "out_of_range",
    }
    told = {"procedure": "9.999999", "wanted": "abolish", "legal_basis": "Luật", "reason": "Trùng"}
    assert house.refusal(lambda: house.begin("proposal", house.local, told)) == {
        "procedure": "no_procedure"
    }
    told["procedure"] = world.procedure.code or ""
    proposal = house.begin("proposal", house.local, told)
    assert shown(BY_KEY["proposal"].by_name["wanted"], proposal.values) == "Bãi bỏ"
    assert [one.kind.key for one in reading.overview(session, rights, date(2026, 11, 23))] == [
        one.key for one in KINDS if one.key != "conduct"
    ]


def test_a_commune_answers_once_a_year_and_the_province_compares(house: House) -> None:
    kind, due = BY_KEY["self-check"], date(2026, 12, 31)
    units = frozenset({house.world.centre.id, house.world.commune.id})
    before = tables.compare(house.session, kind, units, YEAR)
    assert [(one.agency.code, one.entry) for one in before.rows] == [("H99.12", None)]
    assert tables.comparison_grid(before).rows[0][1] == "chưa lập"
    answers = {one.name: "yes" for one in kind.checks} | {"posted": "no"}
    first = {"posted_remark": "Còn thiếu hai lĩnh vực."}
    assert house.refusal(lambda: house.begin("self-check", house.local, answers, due_on=due)) == {
        "posted_remark": "remark_needed"
    }
    entry = house.begin("self-check", house.local, answers | first, due_on=due)
    again = lambda: house.begin("self-check", house.local, {}, due_on=due)  # noqa: E731
    assert house.refusal(again) == {"title": "there_already"}
    assert house.refusal(
        lambda: house.begin("self-check", house.head, {}, due_on=due, agency=house.world.centre)
    ) == {"agency": "not_this_unit"}
    house.say(entry, house.local, status=WorkStatus.DONE)
    found = tables.compare(house.session, kind, units, YEAR)
    assert (found.made, found.done, found.rows[0].yes) == (1, 1, len(kind.checks) - 1)
    grid = tables.comparison_grid(found)
    assert "Không. Còn thiếu hai lĩnh vực." in grid.rows[0]
    assert grid.rows[1][1:3] == (1, 0)


def test_targets_stand_beside_results_and_unknown_is_said(house: House) -> None:
    session, world = house.session, house.world
    units = frozenset({world.centre.id, world.commune.id})

    def target(measure: str, value: str, **more: str) -> None:
        values = {"measure": measure, "value": value, **more}
        house.begin("target", house.head, values, agency=world.centre)

    for measure, value in (
        ("satisfied", "80"),
        ("online", "60"),
        ("trained", "40"),
        ("conduct", "0"),
    ):
        target(measure, value)
    assert house.refusal(lambda: target("online", "70")) == {"measure": "there_already"}
    known = {"online": lambda _session, _year, _units: Decimal("62.34")}
    lines = targets.beside_results(session, units, YEAR, known)
    assert [(one.target_words, one.result_words, one.verdict) for one in lines] == [
        ("từ 80%", "chưa có số liệu", "chưa có số liệu"),
        ("từ 60%", "62,3%", "Đạt"),
        ("từ 40 lượt người", "chưa có số liệu", "chưa có số liệu"),
        ("không quá 0 vụ", "chưa có số liệu", "chưa có số liệu"),
    ]
    # Counted on paper, and written down with where it comes from.
    target("on_time", "90", counted="95", source="báo cáo của sở, 12/11")
    target("post", "60", counted="70")
    known = {**known, "post": lambda _session, _year, _units: Decimal(5)}
    lines = targets.beside_results(session, units, YEAR, known)
    told = {one.measure.key: (one.result_words, one.verdict, one.counted) for one in lines}
    assert told["on_time"][:2] == ("95% (ghi tay)", "Đạt")
    assert told["on_time"][2].endswith("Ghi tay: báo cáo của sở, 12/11.")
    assert told["post"][:2] == ("5%", "Chưa đạt"), "what the system counts goes before"
    days = {"starts_on": "2026-03-02", "ends_on": "2026-03-03", "topic": "law"}
    held = house.begin("training", house.local, {**days, "people": "25", "hours": "8"})
    house.say(held, house.local, status=WorkStatus.DONE)
    house.begin("training", house.local, {**days, "people": "90", "hours": "8"})
    assert targets.trained(session, YEAR, units) == targets.Training(1, 25, 200)
    base = {"received_on": "2026-05-04", "channel": "hotline", "said": "Nói to.", "found": "Đã rõ."}
    judged = {"judged_on": "2026-05-11"}
    unknown = {**base, "dossier": "H99.12-260504-0001"}
    due = date(2026, 5, 20)
    assert house.refusal(
        lambda: house.begin("conduct", house.head, unknown, agency=world.centre, due_on=due)
    ) == {"dossier": "no_dossier"}
    for judgement in ("justified", "unfounded"):
        values = {**base, **judged, "judgement": judgement}
        found = house.begin("conduct", house.head, values, agency=world.centre, due_on=due)
        house.say(found, house.head, status=WorkStatus.DONE)
    assert len(targets.justified(session, units, date(2026, 5, 1), date(2026, 5, 31))) == 1
    assert targets.justified(session, units, date(2026, 6, 1), date(2026, 6, 30)) == []
    lines = targets.beside_results(session, units, YEAR, known)
    verdicts = [one.verdict for one in lines]
    assert verdicts[:4] == ["chưa có số liệu", "Đạt", "Chưa đạt", "Chưa đạt"]


def test_owners_are_reminded_once_for_each_due_day(house: House) -> None:
    session, now = house.session, house.clock
    house.begin("corrective", house.head, CORRECTIVE, due_on=date(2026, 12, 1))
    house.begin(
        "conduct",
        house.head,
        {"received_on": "2026-11-20", "channel": "box", "said": "…"},
        agency=house.world.centre,
        due_on=date(2026, 11, 20),
        owner_id=house.head.id,
    )
    mine = house.begin(
        "corrective", house.head, CORRECTIVE, due_on=date(2026, 11, 30), owner_id=house.local.id
    )
    session.flush()

    def remind() -> int:
        return reminding.remind(session, now(), lambda to: to != "khac@example.vn")

    assert remind() == 2
    assert remind() == 0
    mails = [one.payload for one in session.scalars(select(OutboxJob)) if one.kind == "mail"]
    told = {one["to"]: one["values"] for one in mails if one["template"] == "work_due"}
    assert told["xa@example.vn"]["due_on"] == "Thứ Hai, 30/11/2026"
    assert (told["truongphong@example.vn"]["title"], told["truongphong@example.vn"]["overdue"]) == (
        None,
        True,
    )
    later = replace(given_of(mine), due_on=date(2026, 12, 2))
    house.book.change(mine, later, house.local, revision=mine.revision)
    house.local.email = "khac@example.vn"
    now.move(days=3)
    assert remind() == 2
    assert remind() == 0
    assert mine.events[-1].act is WorkAct.NOT_REMINDED
    assert reading.mine(session, Rights(session, house.local, now()), house.local) == [mine]
