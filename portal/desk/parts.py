"""An agency's own part of a dossier in joint handling: the list, what it needs to see, signing
for it, ending it. Nothing of other agencies can be done here."""

from typing import Any

import colander
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.dossiers.chain_clock import Overrun
from content.dossiers.chain_models import MAX_OPINION, RESULT_NAMES, ChainPart, PartResult
from content.dossiers.chain_reads import (
    capacities_at,
    chain_hand_overs,
    my_parts,
    overran,
    part_due,
    parts_of,
)
from content.dossiers.chains import ChainService
from content.dossiers.handling import capacities
from content.dossiers.models import Attachment, Dossier
from content.dossiers.reads import papers_shown
from content.dossiers.rules import FilingRules
from content.dossiers.states import Actor
from content.errors import Conflict, Invalid, InvalidTransition, NotFound
from content.procedures.forms import parse, summary
from content.words import short_date, weekday
from portal.desk import files
from portal.desk.chain import send_slip
from portal.desk.chain_panel import hand_over_words, state_of
from portal.desk.dossier_page import Attached
from portal.desk.officer import officer
from portal.desk_contexts import DeskDossier, DeskPart
from portal.forms import fields
from portal.forms.messages import size_name
from portal.http.notices import Notice, say
from portal.http.pages import form_page, make_form
from portal.i18n import _
from portal.security.permissions import Permission

PAGE = "desk/part.jinja2"
_WORKS = {Actor.SPECIALIST, Actor.HEAD}
_PROBLEMS = {
    "required": _("Ông/bà ghi ý kiến, kết quả phần việc của cơ quan mình."),
    "too_long": _("Mục này dài quá; ông/bà rút ngắn lại."),
}
_REFUSALS = {
    "part_ended": _("Phần việc này đã có người ghi xong."),
    "not_given": _("Hồ sơ chưa được giao đến cơ quan này."),
    "others_first": _("Còn cơ quan phối hợp chưa trả lời; cơ quan chủ trì kết thúc sau cùng."),
    "waiting_for_supplement": _("Hồ sơ đang chờ người nộp bổ sung; chưa ghi kết quả được."),
    "payment_pending": _("Hồ sơ đang chờ thực hiện nghĩa vụ tài chính; chưa ghi kết quả được."),
}


@view_config(
    route_name="desk.parts",
    renderer="desk/parts_list.jinja2",
    permission=Permission.DESK_USE,
    uses_session=True,
)
def listing(request: Request) -> dict[str, Any]:
    """What was given to this officer's agencies, the earliest due first; or what is done."""
    is_done = request.GET.get("xong") == "1"
    calendar = request.service(FilingRules).calendar
    found = my_parts(request.db, officer(request), calendar, request.now, open_only=not is_done)
    return {
        "is_done": is_done,
        "lines": [
            {
                "mine": one,
                "dossier": one.part.dossier,
                "url": request.route_path("desk.part", id=one.part.id),
                "due": short_date(one.due) if one.due else "",
                "state": state_of(one.part, one.is_late),
            }
            for one in found
        ],
    }


def _late(request: Request, dossier: Dossier) -> tuple[Overrun, ...]:
    return overran(request.db, request.service(FilingRules).calendar, dossier, request.now)


def _is_late(request: Request, part: ChainPart) -> bool:
    return any(one.agency == part.agency_name for one in _late(request, part.dossier))


@view_config(
    route_name="desk.part",
    renderer=PAGE,
    permission=Permission.DOSSIER_HANDLE,
    uses_session=True,
    methods=("GET", "HEAD", "POST"),
)
def part(context: DeskPart, request: Request) -> Any:
    """The part; sent, it is ended with the agency's opinion."""
    one, form = context.part, make_form(request, _schema(), _("Ghi xong phần việc"))
    page = form_page(request, PAGE, form, **_values(request, one))
    if request.method != "POST":
        form.fill({"revision": str(one.revision)})
        return page
    data = form.accept(request.POST)
    seen = data["revision"] or ""
    revision = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else -1
    result = PartResult(data["result"])
    service, me = request.service(ChainService), officer(request)
    try:
        service.finish(one, me, result, data["opinion"], revision=revision)
    except Invalid as refused:
        raise form.refuse(_PROBLEMS[refused.problems["opinion"]], "opinion") from None
    except Conflict:
        raise form.refuse(_REFUSALS["part_ended"]) from None
    except InvalidTransition as refused:
        if refused.code not in _REFUSALS:
            raise
        raise form.refuse(_REFUSALS[refused.code]) from None
    return say(HTTPSeeOther(request.route_path("desk.parts")), Notice.PART_FINISHED)


@view_config(
    route_name="desk.part.receive",
    permission=Permission.DOSSIER_HANDLE,
    methods=("POST",),
    uses_session=True,
)
def receive(context: DeskPart, request: Request) -> Response:
    """Sign for it; signed already, by a colleague or a second click, it stays as it is."""
    done = HTTPSeeOther(request.route_path("desk.part", id=context.part.id))
    try:
        request.service(ChainService).receive(context.part, officer(request))
    except InvalidTransition:
        return say(done, Notice.PART_SIGNED_BEFORE)
    return say(done, Notice.PART_RECEIVED)


@view_config(route_name="desk.part.file", permission=Permission.DOSSIER_HANDLE, uses_session=True)
def file(context: DeskPart, request: Request) -> Response:
    """A paper of the dossier, for whoever works on a part of it."""
    dossier = context.part.dossier
    return files.file(DeskDossier(dossier, context.agency_ids), request)


@view_config(route_name="desk.part.slip", permission=Permission.DOSSIER_HANDLE, uses_session=True)
def slip(context: DeskPart, request: Request) -> Response:
    """The slip of a hand-over to or from this agency."""
    number, part = int(request.matchdict["slip"][:6]), context.part
    rows = chain_hand_overs(request.db, part.dossier)
    own = {one.number for one in rows if part.agency_id in (one.from_agency_id, one.to_agency_id)}
    if number not in own:
        raise NotFound("slip")
    return send_slip(request, part.dossier, number)


def _values(request: Request, one: ChainPart) -> dict[str, Any]:
    dossier, me = one.dossier, officer(request)
    calendar = request.service(FilingRules).calendar
    parts = parts_of(request.db, dossier)
    due = one.due_date or part_due(request.db, calendar, one, parts, request.now)
    mine = capacities_at(request.db, me, one.agency_id, request.now)
    rows = [
        row
        for row in chain_hand_overs(request.db, dossier)
        if one.agency_id in (row.from_agency_id, row.to_agency_id)
    ]
    waiting = any(row.to_part == one.number and row.taken_at is None for row in rows)
    in_charge = capacities(request.db, me, dossier, request.now)
    return {
        "part": one,
        "dossier": dossier,
        "state": state_of(one, _is_late(request, one)),
        "due": f"{weekday(due)}, {short_date(due)}" if due else "",
        "promised": short_date(dossier.promised_date) if dossier.promised_date else "",
        "result": RESULT_NAMES[one.result] if one.result else "",
        "before": [
            (other, RESULT_NAMES[other.result])
            for other in parts
            if other.result is not None and other is not one
        ],
        "papers": _papers(request, one),
        "form_title": dossier.form["title"],
        "sections": summary(parse(dossier.form), dossier.answers, with_blank=False),
        "stored_files": {file.token: _file(request, one, file) for file in dossier.attachments},
        "rows": [_row(request, one, row) for row in rows],
        "may_sign": waiting and bool(mine),
        "may_finish": one.finished_at is None and bool(mine & _WORKS),
        "whole": request.route_path("desk.dossier", number=dossier.lookup_code)
        if in_charge
        else None,
    }


def _row(request: Request, one: ChainPart, row: Any) -> dict[str, Any]:
    told = hand_over_words(request, one.dossier, row)
    return {**told, "slip": request.route_path("desk.part.slip", id=one.id, slip=row.number)}


def _papers(request: Request, one: ChainPart) -> list[tuple[str, list[Attached]]]:
    return [
        (
            paper.name,
            [_file(request, one, file) for file in paper.files],
        )
        for paper in papers_shown(one.dossier)
    ]


def _file(request: Request, one: ChainPart, file: Attachment) -> Attached:
    url = request.route_path("desk.part.file", id=one.id, file=file.token)
    return Attached(file.name, size_name(file.file.size), url, files.is_shown_inline(file))


def _schema() -> colander.SchemaNode:
    return fields.mapping(
        fields.choice(
            "result", _("Kết quả"), [(one.value, words) for one, words in RESULT_NAMES.items()]
        ),
        fields.paragraph(
            "opinion",
            _("Ý kiến, kết quả phần việc"),
            max_length=MAX_OPINION,
            rows=6,
            hint=_(
                "Chuyển đến cơ quan tiếp theo hoặc cơ quan chủ trì; người nộp không đọc mục này."
            ),
        ),
        fields.hidden("revision"),
    )
