"""What the page of a prepared decision shows: its state, its problems, drafts to add."""

from typing import Any

from pyramid.request import Request
from sqlalchemy import Select, select

from content.calendar.store import load_calendar
from content.procedures import notified, preparing
from content.procedures.duties import duties
from content.procedures.kinds import EntryKind, VersionState
from content.procedures.merging import reads
from content.procedures.merging.models import ImportRun
from content.procedures.models import Procedure, ProcedureVersion
from content.procedures.prepared import PreparedDecision, PreparedLine
from content.procedures.preparing_marks import mark_of
from content.procedures.standing import newest_wording, published_versions, today
from portal.editorial.decisions.words import DUTIES, KINDS, PUBLISHERS, VERDICTS, problem
from portal.security.permissions import Permission

PAGE = "editorial/decisions/prepared.jinja2"
MAX_WAITING = 50


def to(request: Request, prepared: PreparedDecision, route: str = "editorial.decision") -> str:
    """An address of one decision."""
    url: str = request.route_path(route, id=prepared.id)
    return url


def page_of(request: Request, prepared: PreparedDecision, upload_error: str = "") -> dict[str, Any]:
    """What the page of a prepared decision shows."""
    found = preparing.problems(
        request.db,
        prepared,
        now=request.now,
        by=request.identity.account_id,
        four_eyes=request.settings.editorial.four_eyes,
    )
    day = today(request.now)
    return {
        "prepared": prepared,
        "problems": [problem(request.localizer.translate, one) for one in found],
        "kinds": KINDS,
        "publishers": PUBLISHERS,
        "duties": duties(prepared, load_calendar(request.db), day),
        "duty_names": DUTIES,
        "verdicts": VERDICTS,
        "desks": _desks(request, prepared),
        "waiting": waiting(request, prepared),
        "imports": imports(request),
        "may_publish": bool(request.has_permission(Permission.DECISION_PUBLISH)),
        "line_url": lambda line: request.route_path("editorial.procedure", id=line.procedure_id),
        "compare_url": lambda line: _compare_url(request, line),
        "upload_error": upload_error,
        "seen": mark_of(request.db, prepared),
        "changed_by": None,
        "url": {
            word: to(request, prepared, f"editorial.decision.{word}")
            for word in ("edit", "add", "drop", "upload", "publish", "discard")
        },
    }


def _compare_url(request: Request, line: PreparedLine) -> str | None:
    """What the line would change, beside what it changes; nothing for what is new."""
    before = newest_wording(line.procedure)
    if line.version is None or before is None or before is line.version:
        return None
    asked = {"cu": before.number, "moi": line.version.number}
    url: str = request.route_path("editorial.procedure.compare", id=line.procedure_id, _query=asked)
    return url


def _desks(request: Request, prepared: PreparedDecision) -> list[str]:
    """The desks that will be told."""
    levels = {line.procedure.level for line in prepared.lines}
    return [
        one.name
        for one in notified.desks(request.db, today(request.now))
        if levels & notified.LEVELS_OF[one.kind]
    ]


def imports(request: Request) -> list[tuple[ImportRun, int]]:
    """The last imports with drafts that no decision has yet, and how many."""
    taken = set(request.db.scalars(taken_procedures()))
    found = [(run, reads.drafts_of(request.db, run)) for run in reads.runs(request.db)]
    counted = [(run, sum(one.procedure_id not in taken for one in drafts)) for run, drafts in found]
    return [(run, count) for run, count in counted if count]


def taken_procedures() -> Select[Any]:
    """Procedures that some decision in preparation has."""
    taken = select(PreparedLine.procedure_id).join(PreparedDecision)
    return taken.where(PreparedDecision.decision_id.is_(None))


def waiting(
    request: Request, prepared: PreparedDecision
) -> list[tuple[Procedure, ProcedureVersion, EntryKind]]:
    """Drafts that no decision has yet, with the kind they would have."""
    taken = taken_procedures()
    query = (
        select(ProcedureVersion)
        .where(
            ProcedureVersion.state.in_([VersionState.AWAITING, VersionState.DRAFT]),
            ProcedureVersion.procedure_id.not_in(taken),
        )
        .order_by(ProcedureVersion.state, ProcedureVersion.id)
        .limit(MAX_WAITING)
    )
    return [(one.procedure, one, kind_of(one.procedure)) for one in request.db.scalars(query)]


def kind_of(procedure: Procedure) -> EntryKind:
    published = published_versions(procedure)
    holds = bool(published) and not published[-1].ended_by
    return EntryKind.AMENDED if holds else EntryKind.NEW
