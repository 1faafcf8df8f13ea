"""What must be true of a database after a month, whoever played it.

Each function looks at all dossiers and raises ``AssertionError`` for the first one that is wrong;
``INVARIANTS`` names them all.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from itertools import pairwise

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from content import audit
from content.calendar.holidays_seed import seeded_days
from content.calendar.working import WorkingCalendar
from content.certification.models import CertificationEntry
from content.dossiers.chain_reads import chain_hand_overs, overran, parts_of
from content.dossiers.charging import standing_of
from content.dossiers.hand_overs import HandOverKind, hand_overs_of, standing
from content.dossiers.models import Dossier, DossierEvent
from content.dossiers.money import Charge, ChargeState, MoneyReceipt, charges_of
from content.dossiers.numbering import RegisterLine
from content.dossiers.proposals import Proposal, ProposalKind
from content.dossiers.result_models import PostalBatch, PostalItem
from content.dossiers.states import ENDED, TERMINAL, Status
from content.dossiers.waiting import pauses_of
from content.figures.settling import Period, SettledRow, settle
from content.outbox import OutboxJob
from content.people.models import Account
from content.procedures.handling import AfterSupplement, handling_of
from content.words import local
from tests.content.month.chain_reckoning import Chain
from tests.content.month.reckoning import RECEIVED, Reckoning

SIGNING = {"complete", "refuse_after_appraisal"}
VISIT = ["receive_at_counter", "resolve_at_once", "hand_over_result"]
#: What the words of the town's tariffs come to, for so many pages and copies: đồng.
TARIFFS: dict[str, Callable[[int, int], int]] = {
    "Chứng thực bản sao": lambda pages, copies: copies * (1000 * pages + 1000 * min(pages, 2)),
    "Chứng thực chữ ký": lambda _pages, copies: 10_000 * copies,
}


def after_all(session: Session) -> datetime:
    """Shortly after the last thing that happened."""
    last = session.scalar(select(func.max(audit.AuditEntry.at)))
    assert last is not None
    return last + timedelta(minutes=2)


def lines_of(dossier: Dossier) -> list[DossierEvent]:
    """The log in its order."""
    return sorted(dossier.events, key=lambda line: line.number)


def received(session: Session) -> list[Dossier]:
    """Dossiers with a code."""
    return [one for one in every(session) if one.code is not None]


def every(session: Session) -> list[Dossier]:
    """All of them."""
    return list(session.scalars(select(Dossier).order_by(Dossier.id)))


def the_log_is_whole(session: Session) -> None:
    """Lines 1 … n, each beginning where the last one ended, never back in time."""
    for one in every(session):
        lines = lines_of(one)
        assert [line.number for line in lines] == list(range(1, len(lines) + 1)), one.id
        assert lines[-1].to_status == one.status
        for before, line in pairwise(lines):
            assert line.from_status == before.to_status
            assert line.at >= before.at
        assert all(line.to_status not in TERMINAL for line in lines[:-1] if line.to_status != 10)
        assert (one.finished_at is not None) == (
            one.status in ENDED or one.status is Status.REFUSED
        )


def due_dates_are_those_of_a_slow_count(session: Session) -> None:
    """What stands in the dossier is what the log says, counted day by day."""
    for one in received(session):
        if one.promised_date is None:
            assert one.due_date is None, one.id
            assert one.no_due_reason, one.id
            continue
        mode = handling_of(session, one.procedure_id).after_supplement
        limit = one.time_limit
        reckoning = Reckoning(
            float(limit["value"]), limit["unit"], restart=mode is AfterSupplement.RESTART
        )
        told = [(line.action, line.at, line.data) for line in lines_of(one)]
        assert reckoning.read(lines_of(one)) == one.due_date, (one.id, limit, mode, told)
        assert reckoning.promised == one.promised_date, (one.id, limit, told)
        assert one.due_ledger["due_date"] == one.due_date.isoformat()


def no_clock_runs_backwards(session: Session) -> None:
    """Pauses in order, none before it began, one open exactly while the applicant is awaited;
    no step took less than no time."""
    end = after_all(session)
    for one in every(session):
        pauses = pauses_of(session, one)
        waits = one.status in {Status.SUPPLEMENT_ASKED, Status.PAYMENT_ASKED}
        assert sum(pause.ends_at is None for pause in pauses) == int(waits), one.id
        spans = [(pause.starts_at, pause.ends_at or end) for pause in pauses]
        assert all(start <= end for start, end in spans)
        assert all(first[1] <= second[0] for first, second in pairwise(spans))
        if one.due_date is not None:
            assert one.due_date >= local(one.clock_from).date()
        if one.due_date is not None and not (waits and one.lawful_date is None):
            assert one.due_date >= one.lawful_date >= one.promised_date
            assert one.extended_to or one.lawful_date == one.due_date, one.id
        assert all(row.from_minutes >= 0 for row in hand_overs_of(session, one))


def every_reception_has_one_receipt(session: Session) -> None:
    """One line of reception for each code, and one paper promised for it."""
    promised = Counter(session.scalars(select(OutboxJob.key).where(OutboxJob.kind == "letter")))
    for one in every(session):
        found = [line for line in lines_of(one) if line.action in RECEIVED]
        assert len(found) == (one.code is not None), one.id
        for line in found:
            assert promised[f"dossier:{one.id}:{line.number}"] == 1
            promised_day = one.promised_date.isoformat() if one.promised_date else None
            assert line.data["due_date"] == promised_day


def no_number_is_doubled_or_skipped(session: Session) -> None:
    """Codes of a day, lines of the register and of the books, slips by symbol, receipts of
    money: 1 … n each."""
    series: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for one in received(session):
        unit, day, number = str(one.code).rsplit("-", 2)
        assert day == f"{local(one.received_at):%y%m%d}"
        series["code", unit, day].append(int(number))
    for line in (line for one in every(session) for line in one.events if line.data.get("slip")):
        slip = line.data["slip"]
        series["slip", slip["symbol"], slip["agency"], slip["year"]].append(slip["number"])
    for line in session.scalars(select(RegisterLine)):
        series["register", line.agency_id, line.year].append(line.number)
    for receipt in session.scalars(select(MoneyReceipt)):
        key = ("money", receipt.symbol, receipt.agency_id, receipt.year)
        series[key].append(receipt.number)
    for entry in session.scalars(select(CertificationEntry)):
        series["book", entry.agency_id, entry.book, entry.year].append(entry.number)
    for key, numbers in series.items():
        assert sorted(numbers) == list(range(1, len(numbers) + 1)), key
    held = session.scalars(select(RegisterLine.dossier_id)).all()
    assert sorted(held) == [one.id for one in received(session)]


def reports_balance_by_sector(session: Session) -> None:
    """Biểu II.06a: (3) = (7) + (11) for every sector, and all sectors together are all there is."""
    rows: dict[object, list[SettledRow]] = defaultdict(list)
    for one in received(session):
        done = local(one.finished_at).date() if one.finished_at else None
        row = SettledRow(one.channel, local(one.received_at).date(), one.lawful_date, done)
        rows[one.procedure.sector_id].append(row)
    today = local(after_all(session)).date()
    for days in (0, 10, 40):
        period = Period(today - timedelta(days), today)
        lines = [settle(one, period) for one in rows.values()]
        for line in lines:
            assert line.received == line.settled + line.open
            assert line.received == line.online + line.other_channels + line.carried_over
        flat = [row for one in rows.values() for row in one]
        came = sum(row.received in period for row in flat)
        old = sum(
            row.received < period.first and not (row.finished and row.finished < period.first)
            for row in flat
        )
        assert sum(line.received for line in lines) == came + old
        assert sum(line.carried_over for line in lines) == old
        assert sum(line.open for line in lines) == sum(row.finished is None for row in flat)


def hand_overs_are_unbroken(session: Session) -> None:
    """One holder at a time, who got it from the one before."""
    for one in received(session):
        rows = hand_overs_of(session, one)
        assert [row.number for row in rows] == list(range(1, len(rows) + 1))
        kept = standing(rows)
        for before, after in pairwise(kept):
            assert (after.from_step, after.from_agency_id) == (before.step_key, before.to_agency_id)
            assert before.given_at <= (before.taken_at or before.given_at) <= after.given_at
            assert before.taken_by_id is not None or after.given_by_id is None, one.id
        if kept:
            last = kept[-1]
            assert one.holder_id == (last.taken_by_id or last.to_person_id)
            assert (one.step_key, one.unit_id) == (last.step_key, last.to_agency_id)
            assert (last.kind is HandOverKind.TO_DESK) == (one.status in ENDED), one.id
            assert last.taken_at is not None or one.status is not Status.RETURNED, one.id
        elif not _in_one_visit(one):
            assert one.status not in {Status.IN_PROGRESS, Status.RESOLVED, Status.RETURNED}


def money_agrees(session: Session) -> None:
    """Receipts are what was paid; nothing is handed over while it is owed, but for what the post
    still brings; duties are parted."""
    for one in every(session):
        charges = charges_of(session, one)
        taken = {ChargeState.PAID, ChargeState.REFUNDED}
        paid = sum(charge.amount for charge in charges if charge.state in taken)
        query = select(func.sum(MoneyReceipt.amount)).where(MoneyReceipt.dossier_id == one.id)
        assert (session.scalar(query) or 0) == paid, one.id
        for charge in charges:
            assert (charge.receipt is not None) == (charge.state in taken)
        if one.status is Status.RETURNED:
            found = standing_of(session, one)
            assert not found.unsettled
            assert found.owed == found.at_the_post, one.id
        if one.status in TERMINAL - {Status.RETURNED}:
            assert not [charge for charge in charges if charge.state is ChargeState.UNPAID]


def duties_are_parted(session: Session) -> None:
    """Who received a dossier signs nothing, who set an amount does not take it."""
    for one in received(session):
        by = {line.actor_id for line in one.events if line.action in RECEIVED}
        ended = {line.actor_id for line in one.events if line.action in SIGNING}
        assert not by & ended, one.id
    for charge in session.scalars(select(Charge).where(Charge.receipt_id.is_not(None))):
        assert charge.set_by_id is None or charge.set_by_id != charge.receipt.taken_by_id


def parcels_are_on_one_list(session: Session) -> None:
    """Lists of the post are of one desk and never empty; each parcel once."""
    tracked = session.scalars(select(PostalItem.tracking)).all()
    assert len(tracked) == len(set(tracked))
    for batch in session.scalars(select(PostalBatch)):
        assert batch.items, batch.id
        assert {item.dossier.agency_id for item in batch.items} == {batch.agency_id}


def what_is_done_in_one_visit_stands_in_a_book(session: Session) -> None:
    """T2, T19 and T16 at one instant, one line of a book for each, its fee by the tariff."""
    entries = {one.dossier_id: one for one in session.scalars(select(CertificationEntry))}
    visits = [one for one in received(session) if _in_one_visit(one)]
    assert sorted(entries) == [one.id for one in visits]
    for one in visits:
        entry, lines = entries[one.id], lines_of(one)
        assert [line.action for line in lines] == VISIT
        assert {line.at for line in lines} == {one.received_at} == {entry.certified_at}
        told = lines[1].data
        assert (told["book"], told["number"]) == (entry.book.value, entry.number), one.id
        assert entry.person_name == one.applicant_name
        tariff = TARIFFS.get(one.procedure_name)
        assert tariff is None or entry.fee == tariff(entry.pages, entry.copies), one.id
        cancelled = session.scalars(
            select(RegisterLine.cancelled_because).where(RegisterLine.dossier_id == one.id)
        ).one()
        assert cancelled == entry.cancelled_because, "both lines stay, or both are cancelled"


def chains_are_whole(session: Session) -> None:
    """Every part ended by people of its agency, within its own days as a slow count has them;
    signed for on both sides; who overran is named, and nobody else."""
    now = after_all(session)
    calendar = WorkingCalendar.of(seeded_days())
    for one in every(session):
        parts, rows = parts_of(session, one), chain_hand_overs(session, one)
        if not parts:
            assert not rows, one.id
            continue
        restart = handling_of(session, one.procedure_id).after_supplement is AfterSupplement.RESTART
        slow = Chain.read(lines_of(one), parts, rows, restart=restart)
        slow.demand_whole(one.agency_id)
        assert [part.planned_due for part in parts] == slow.planned(one.received_at), one.id
        if one.time_limit["unit"] == "working_day":
            assert slow.planned(one.received_at)[-1] == one.promised_date, one.id
        for part in parts:
            if part.finished_at is not None:
                assert part.due_date == slow.due(part.number, part.finished_at), (
                    one.id,
                    part.number,
                )
                posts = session.get_one(Account, part.finished_by_id).memberships
                assert part.agency_id in {post.agency_id for post in posts}, one.id
        late = [(found.agency, found.days) for found in overran(session, calendar, one, now)]
        assert late == slow.late(now), one.id
        drafts = select(Proposal).where(
            Proposal.dossier_id == one.id, Proposal.kind == ProposalKind.APOLOGY
        )
        for draft in session.scalars(drafts):
            named = "; ".join(agency for agency, _days in slow.late(draft.drafted_at))
            assert draft.data["late_unit"] == named, one.id
        done = [line for line in lines_of(one) if line.action == "complete"]
        assert not done or all(part.finished_at for part in parts), one.id


def _in_one_visit(dossier: Dossier) -> bool:
    return any(line.action == "resolve_at_once" for line in dossier.events)


def the_audit_chain_is_intact(session: Session) -> None:
    """Every line of the logs is in the audit, and the seals hold."""
    end = after_all(session)
    while audit.seal(session, end):
        session.flush()
    assert audit.unsealed(session) == 0
    assert not audit.broken_seals(session)
    logged = session.scalar(select(func.count()).select_from(DossierEvent))
    query = select(func.count()).where(audit.AuditEntry.subject.like("dossier:%"))
    assert (session.scalar(query) or 0) >= (logged or 0) > 0


INVARIANTS: Iterable[Callable[[Session], None]] = (
    the_log_is_whole,
    due_dates_are_those_of_a_slow_count,
    no_clock_runs_backwards,
    every_reception_has_one_receipt,
    no_number_is_doubled_or_skipped,
    reports_balance_by_sector,
    hand_overs_are_unbroken,
    money_agrees,
    duties_are_parted,
    parcels_are_on_one_list,
    what_is_done_in_one_visit_stands_in_a_book,
    chains_are_whole,
    the_audit_chain_is_intact,
)
