"""Many dossiers at once: what was chosen, what else must be known, what came of each.

The inbox posts its chosen lines; the page that answers asks for a receiver, a label or a reason
and posts them on; the result has an address of its own, so that reloading does nothing again.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import colander
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.dossiers import bulk, competence, labels
from content.dossiers.bulk import MOST_AT_ONCE, BulkAction, Do, Item
from content.dossiers.hand_overs import MAX_NOTE
from content.dossiers.handling import capacities
from content.dossiers.labels import LabelService
from content.dossiers.models import Dossier
from content.dossiers.processes import graph_of
from content.dossiers.service import MAX_REASON, DossierService
from content.dossiers.work import WorkService
from content.dossiers.work_models import BulkRun, Label
from content.errors import Invalid, InvalidTransition, NotAllowed, NotFound
from content.letters.issued import IssuedPaper
from content.letters.issuing import count_print
from content.letters.joining import join
from content.letters.listing import paper_lines
from content.people.models import Account
from content.processes.graph import Step
from content.words import local
from portal.desk.asked import Asked
from portal.desk.bulk_words import ACT_NAMES, LEAVES, offered_acts, why_words
from portal.desk.officer import officer, sight
from portal.desk.passing_page import choices_of, first_steps, receiver
from portal.desk.schemas import sentence_of
from portal.forms import fields
from portal.http.downloads import open_file, send_pdf
from portal.http.notices import Notice, say
from portal.http.pages import form_page, make_form
from portal.i18n import _
from portal.security.permissions import Permission

PAGE = "desk/bulk.jinja2"
RECEIPT = "giay-tiep-nhan"
#: Long enough for five hundred lines.
MAX_CHOSEN = MOST_AT_ONCE * 24
MAX_LABEL_ID = 18


@dataclass(frozen=True)
class ResultLine:
    """What came of a dossier."""

    number: str
    name: str
    url: str
    why: Any


@view_config(
    route_name="desk.bulk",
    permission=Permission.DESK_USE,
    renderer=PAGE,
    methods=("POST",),
    uses_session=True,
)
def act(request: Request) -> Any:
    """The first POST shows what is to be done, the second does it."""
    back = Asked.read(request.GET).on(request.route_path("desk.inbox"))
    action, items = _action(request), list(_items(request))
    if action is None or not items:
        return say(HTTPSeeOther(back), Notice.NOTHING_CHOSEN)
    if len(items) > MOST_AT_ONCE:
        return say(HTTPSeeOther(back), Notice.TOO_MANY_CHOSEN)
    known = _mine(request, bulk.dossiers_of(request.db, items))
    form = make_form(request, _schema(request, action, known), _("Thực hiện"))
    page = form_page(
        request,
        PAGE,
        form,
        heading=ACT_NAMES[action],
        leaves=LEAVES[action],
        chosen=[
            (one.code or one.lookup_code, one.applicant_name, one.procedure_name) for one in known
        ],
        strange=len(items) - len(known),
        back=back,
    )
    if "gui" not in request.POST:
        chosen = " ".join(f"{one.lookup_code}:{one.revision}" for one in items)
        form.fill({"viec": action.value, "chon": chosen, "competent": competence.OWN})
        return page
    data = form.accept(request.POST)
    made = bulk.run(
        request.db, officer(request), action, items, _doing(request, action, data), request.now
    )
    where = request.route_path(
        "desk.bulk.result", key=made.key, _query=Asked.read(request.GET).parameters
    )
    return HTTPSeeOther(where)


@view_config(
    route_name="desk.bulk.result",
    renderer="desk/bulk_result.jinja2",
    permission=Permission.DESK_USE,
    uses_session=True,
)
def result(request: Request) -> dict[str, Any]:
    """What was done and what not, with why."""
    found, kept = _run(request), Asked.read(request.GET)
    action = BulkAction(found.action)
    lines = [
        ResultLine(
            number=one["number"],
            name=one["name"],
            url=request.route_path(
                "desk.dossier", number=one["lookup_code"], _query=kept.parameters
            ),
            why=why_words(one["why"]) if one["why"] else None,
        )
        for one in found.lines
    ]
    prints = action is BulkAction.PRINT and found.done
    return {
        "heading": ACT_NAMES[action],
        "done": [one for one in lines if one.why is None],
        "refused": [one for one in lines if one.why is not None],
        "pdf_url": request.route_path("desk.bulk.pdf", key=found.key) if prints else None,
        "back": kept.on(request.route_path("desk.inbox")),
    }


@view_config(route_name="desk.bulk.pdf", permission=Permission.DESK_USE, uses_session=True)
def pdf(request: Request) -> Response:
    """The receipt slips of a run as one file, as they were issued."""
    found = _run(request)
    if found.action != BulkAction.PRINT.value:
        raise NotFound("letter")
    codes = [Item(one["lookup_code"], 0) for one in found.lines if one["why"] is None]
    known = bulk.dossiers_of(request.db, codes)
    contents = [
        _bytes(request, _slip(request, known[one.lookup_code]))
        for one in codes
        if one.lookup_code in known
    ]
    return send_pdf(join(contents), "giay-tiep-nhan-nhieu-ho-so", inline=True)


def _run(request: Request) -> BulkRun:
    return bulk.run_of(request.db, officer(request).id, request.matchdict["key"][:40])


def _action(request: Request) -> BulkAction | None:
    """The act, if it is this officer's to try."""
    word = request.POST.get("viec")
    offered = dict(offered_acts(sight(request)))
    return BulkAction(word) if isinstance(word, str) and word in offered else None


def _items(request: Request) -> Iterator[Item]:
    chosen = request.POST.get("chon")
    given = chosen.split() if isinstance(chosen, str) else request.POST.getall("ho-so")
    yield from bulk.read_items(one for one in given if isinstance(one, str))


def _mine(request: Request, known: dict[str, Dossier]) -> list[Dossier]:
    """Those that the officer may see; nothing is told of others."""
    me = officer(request)
    return [one for one in known.values() if capacities(request.db, me, one, request.now)]


def _schema(request: Request, action: BulkAction, known: list[Dossier]) -> colander.SchemaNode:
    asked: dict[BulkAction, Callable[[], list[colander.SchemaNode]]] = {
        BulkAction.ACCEPT: lambda: [_competent(request)],
        BulkAction.TRANSFER: lambda: _to(request, known, units=True),
        BulkAction.ASSIGN: lambda: _to(request, known, units=False),
        BulkAction.RELEASE: lambda: [_reason()],
        BulkAction.LABEL: lambda: [_label(request)],
        BulkAction.UNLABEL: lambda: [_label(request)],
    }
    more = asked[action]() if action in asked else []
    return fields.mapping(
        *more, fields.hidden("viec"), fields.hidden("chon", max_length=MAX_CHOSEN)
    )


def _competent(request: Request) -> colander.SchemaNode:
    """Who decides them; the desk's own unless an address says otherwise."""
    found = competence.agencies(request.db, local(request.now).date())
    options = [
        (competence.OWN, _("Cơ quan của nơi tiếp nhận; hồ sơ có địa chỉ ở nơi khác thì để lại")),
        (competence.BY_ADDRESS, _("Theo xã, phường trong địa chỉ của từng người nộp")),
        *((str(one.id), one.name) for one in found),
    ]
    return fields.choice(
        "competent",
        _("Cơ quan có thẩm quyền giải quyết"),
        options,
        as_list=True,
        hint=_("Chỉ đổi khi nơi khác giải quyết (phi địa giới); hồ sơ sẽ được chuyển đến đó."),
    )


def _to(request: Request, known: list[Dossier], *, units: bool) -> list[colander.SchemaNode]:
    """To whom; those near the first of the dossiers, for lists are of one unit."""
    found: list[tuple[str, str]] = []
    if known:
        first = known[0]
        steps = first_steps(request, first) if units else _here(request, first)
        found = choices_of(request.db, first, steps, local(request.now).date(), units=units)
    note = fields.paragraph(
        "note",
        _("Nội dung, ý kiến") if units else _("Lý do giao lại"),
        required=not units,
        max_length=MAX_NOTE,
        rows=3,
        hint=_("Cho người nhận đọc; người nộp hồ sơ không đọc nội dung này."),
    )
    return [fields.choice("to", _("Giao cho"), found, as_list=True), note]


def _here(request: Request, dossier: Dossier) -> tuple[Step, ...]:
    here = graph_of(request.db, dossier).step(dossier.step_key)
    return (here,) if here else ()


def _reason() -> colander.SchemaNode:
    return fields.paragraph(
        "reason",
        _("Lý do trả về đơn vị"),
        max_length=MAX_REASON,
        rows=3,
        validators=(sentence_of,),
        hint=_("Cho đồng nghiệp đọc; người nộp hồ sơ không đọc nội dung này."),
    )


def _label(request: Request) -> colander.SchemaNode:
    found = labels.labels_of(request.db, sight(request).agency_ids)
    return fields.choice(
        "label", _("Nhãn"), [(str(one.id), one.name) for one in found], as_list=True
    )


def _doing(request: Request, action: BulkAction, data: dict[str, Any]) -> Do:
    """The act as it is done to one dossier."""
    me, work = officer(request), request.service(WorkService)
    acts: dict[BulkAction, Do] = {
        BulkAction.ACCEPT: lambda dossier, seen: request.service(DossierService).accept(
            dossier,
            me,
            revision=seen,
            competent_id=competence.of_many(request.db, dossier, data["competent"], request.now),
        ),
        BulkAction.CLAIM: lambda dossier, seen: work.claim(dossier, me, revision=seen),
        BulkAction.TRANSFER: lambda dossier, seen: work.transfer(
            dossier, me, receiver(data["to"]), note=data["note"] or "", revision=seen
        ),
        BulkAction.ASSIGN: lambda dossier, seen: work.assign(
            dossier, me, receiver(data["to"]), data["note"], revision=seen
        ),
        BulkAction.RELEASE: lambda dossier, seen: work.release(
            dossier, me, data["reason"], revision=seen
        ),
        BulkAction.LABEL: lambda dossier, _seen: _put(request, me, dossier, data, on=True),
        BulkAction.UNLABEL: lambda dossier, _seen: _put(request, me, dossier, data, on=False),
        BulkAction.PRINT: lambda dossier, _seen: _print(request, me, dossier),
    }
    return acts[action]


def _put(
    request: Request, me: Account, dossier: Dossier, data: dict[str, Any], *, on: bool
) -> None:
    found = request.db.get(Label, int(data["label"][:MAX_LABEL_ID]))
    if found is None:
        raise Invalid({"label": "unknown"})
    service = request.service(LabelService)
    changed = service.put_on(dossier, me, found) if on else service.take_off(dossier, me, found)
    if not changed:
        raise InvalidTransition("label_there" if on else "label_missing")


def _print(request: Request, me: Account, dossier: Dossier) -> None:
    if not capacities(request.db, me, dossier, request.now):
        raise NotAllowed("not_your_desk")
    count_print(request.db, _slip(request, dossier), me, "a4", request.now)


def _slip(request: Request, dossier: Dossier) -> IssuedPaper:
    """The newest receipt slip that has been made. Raises ``InvalidTransition("no_slip")``."""
    lines = paper_lines(request.db, dossier)
    for line in reversed(lines):
        if line.slug == RECEIPT and line.is_issued and line.paper is not None:
            return line.paper
    raise InvalidTransition("no_slip")


def _bytes(request: Request, paper: IssuedPaper) -> bytes:
    file = paper.file_of("a4")
    if file is None:
        raise NotFound("letter")
    with open_file(request, file) as source:
        return bytes(source.read())
