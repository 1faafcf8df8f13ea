"""“Which procedure is mine?”: a few questions answered by links, without scripts.

The answers given so far stand in the address, so a page can be kept, sent on and gone
back from.
"""

from typing import Any

from pyramid.request import Request
from pyramid.security import NO_PERMISSION_REQUIRED
from pyramid.view import view_config
from sqlalchemy import select

from content.procedures.finders import MAX_QUESTIONS, Finder, Result, walk
from content.procedures.kinds import CURRENT
from content.procedures.listing import cards
from content.procedures.models import Procedure, ProcedureVersion
from content.procedures.presentation import paper_groups
from portal.procedures.rows import Row, rows
from portal.procedures.sheet_page import CASE

ANSWERS = "tra-loi"


@view_config(
    route_name="catalogue.finder",
    renderer="catalogue/finder.jinja2",
    permission=NO_PERMISSION_REQUIRED,
)
def finder(context: Finder, request: Request) -> dict[str, Any]:
    """The question to answer now, or where the answers lead."""
    answers = _answers(request)
    step = walk(context, answers)
    given = answers[: len(step.answered)]
    return {
        "finder": context,
        "question": step.question,
        "options": [
            (_address(request, [*given, number]), option)
            for number, option in enumerate(step.question.options if step.question else (), start=1)
        ],
        "answered": [
            (question, option, _address(request, given[:place]))
            for place, (question, option) in enumerate(step.answered)
        ],
        "end": step.end,
        "results": _results(request, step.end.results) if step.end else [],
        "restart": _address(request, []),
    }


def _answers(request: Request) -> list[int]:
    """Numbers of options; what is no number ends the list."""
    found = []
    for part in request.GET.get(ANSWERS, "").split(".")[:MAX_QUESTIONS]:
        if not (part.isascii() and part.isdigit()) or len(part) > 2:
            break
        found.append(int(part))
    return found


def _address(request: Request, answers: list[int]) -> str:
    query = f"?{ANSWERS}={'.'.join(str(one) for one in answers)}" if answers else ""
    return f"{request.path}{query}"


def _results(request: Request, results: tuple[Result, ...]) -> list[tuple[Row, str, str]]:
    """Procedures in force, each with the address of its case and the case's name."""
    query = select(Procedure.id, Procedure.code, Procedure.level).where(
        Procedure.code.in_([one.code for one in results]), Procedure.status.in_(CURRENT)
    )
    ids = {(row.code, row.level): row.id for row in request.db.execute(query)}
    wanted = [(one, ids[one.code, one.level]) for one in results if (one.code, one.level) in ids]
    shown = {
        row.id: row for row in rows(request, cards(request.db, [found for _one, found in wanted]))
    }
    return [
        (shown[found], shown[found].url + _case_query(request, found, one.case), one.case)
        for one, found in wanted
    ]


def _case_query(request: Request, procedure_id: int, case: str) -> str:
    """The part of the address that chooses a case; nothing where it is no longer there."""
    if not case:
        return ""
    query = (
        select(ProcedureVersion.document)
        .join(Procedure, Procedure.current_version_id == ProcedureVersion.id)
        .where(Procedure.id == procedure_id)
    )
    document = request.db.scalars(query).one()
    names = [one.case for one in paper_groups(document) if one.is_choice]
    return f"?{CASE}={names.index(case) + 1}#giay-to" if case in names else ""
