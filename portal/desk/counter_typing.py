"""Typing a reception: kept at every press, received by one of them, warned of twins first."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.renderers import render_to_response
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.dossiers import counter_form as ask
from content.dossiers import wording
from content.dossiers.counter import CounterService
from content.dossiers.counter_dossier import Looked
from content.dossiers.models import Dossier
from content.errors import Conflict, Invalid
from content.people.cards import parse_card
from content.procedures.forms import Problem
from content.words import local, short_date, weekday
from portal.desk.counter import CHANNEL_NAMES, CHANNEL_WORDS, typing_url
from portal.desk.counter_page import (
    CONFIRM,
    KEEP,
    PAGE,
    RECEIVE,
    SEEN,
    TypingPage,
    as_card_answers,
    values,
)
from portal.desk.letters import SIZE, SMALL
from portal.desk.officer import officer
from portal.desk_contexts import DeskReception
from portal.forms.dynamic import DynamicForm, Reading
from portal.forms.sniffing import Refused
from portal.forms.uploads import Uploads
from portal.http.derivers import PRIVATE
from portal.http.notices import Notice, say
from portal.security.permissions import Permission

REFUSED, CONFLICT = 422, 409
LOOK = "xem"
MAX_CODES = 20


@view_config(
    route_name="desk.counter.typing",
    permission=Permission.DOSSIER_ACCEPT,
    methods=("GET", "HEAD", "POST"),
    uses_session=True,
)
def typing(context: DeskReception, request: Request) -> Response:
    """The page; or keep what was typed and do what the button says."""
    reception = context.reception
    if reception.draft.dossier_id is not None:
        return HTTPSeeOther(done_url(request, reception.draft.key))
    page = TypingPage(request, reception)
    if request.method == "POST":
        return _take(page)
    if LOOK not in request.GET:
        return _shown(page, page.form())
    looked = page.service.look(reception)
    twins = [one.lookup_code for one in looked.alike]
    form = page.form(problems=looked.problems, twins=twins if not looked.problems else ())
    return _shown(page, form, looked=looked, notice="twins" if twins else "")


def _take(page: TypingPage) -> Response:
    request, reception = page.request, page.reception
    form = page.form()
    reading = form.accept(request.POST, request.now)
    if _typed_elsewhere(page):
        shown = page.form(reading.typed)
        return _shown(page, shown, status=CONFLICT, notice="other")
    answers, problems = dict(reading.typed), [*reading.problems]
    problems += _take_files(page, reading, answers)
    card, unread = _card(page, answers)
    changed = page.service.keep(reception, answers | card, officer(request))
    if unread is not None:
        return _shown(page, page.form(problems=[unread]), status=REFUSED)
    return _onward(page, reading, problems, card=bool(card), changed=changed)


def _typed_elsewhere(page: TypingPage) -> bool:
    """Whether a colleague has typed into this reception since the page was shown."""
    seen = page.request.GET.get(SEEN, "")
    theirs = page.reception.officer_id != page.request.identity.account_id
    return theirs and seen != str(page.reception.revision)


def _take_files(page: TypingPage, reading: Reading, answers: dict[str, Any]) -> list[Problem]:
    """Give files to their papers, those of the scanner's folder too."""
    problems: list[Problem] = []
    for paper in page.facts.papers:
        place = ask.place_of(paper.slot)
        page.uploads.assign(paper.slot, reading.answers.get(f"{place}_tep") or [])
        answers.pop(f"{place}_tep", None)
        name = answers.pop(f"{place}_quet", None)
        if name:
            problems += _take_scan(page, paper.slot, f"{place}_quet", str(name))
    return problems


def _take_scan(page: TypingPage, slot: str, field: str, name: str) -> list[Problem]:
    found = page.folder.open(name)
    if found is None:
        return [Problem((field,), "file_gone", {}, f"Tệp “{name}” không còn trong thư mục quét.")]
    scan, source = found
    limits = page.definition.question(field.removesuffix("_quet") + "_tep").limits
    with source:
        try:
            upload = Uploads(page.uploads, page.reception.draft.key).receive(name, source, limits)
        except Refused as refused:
            words = f"Tệp “{name}” chưa dùng được: kiểm tra lại tệp quét (PDF, JPEG, PNG)."
            return [Problem((field,), refused.code, refused.data, words)]
    page.uploads.assign(slot, [upload.as_answer()])
    page.reception.scans = [*page.reception.scans, scan.mark]
    return []


def _card(page: TypingPage, answers: dict[str, Any]) -> tuple[dict[str, Any], Problem | None]:
    """What a scanned card fills in, or why its line cannot be read."""
    line = answers.pop(ask.QR, None)
    if not line:
        return {}, None
    card = parse_card(str(line), local(page.request.now).date())
    if card is None:
        words = "Dòng này chưa phải nội dung mã QR của thẻ căn cước; quét lại hoặc nhập tay."
        return {}, Problem((ask.QR,), "pattern", {}, words)
    return as_card_answers(page.definition, page.targets, card), None


def _onward(
    page: TypingPage, reading: Reading, problems: list[Problem], *, card: bool, changed: bool
) -> Response:
    request, reception = page.request, page.reception
    about_files = [one for one in problems if one.code.startswith("file")]
    if about_files:
        fresh = TypingPage(request, reception)
        return _shown(fresh, fresh.form(problems=about_files), status=REFUSED)
    if reading.pressed == KEEP:
        return say(HTTPSeeOther(request.route_path("desk.counter")), Notice.RECEPTION_KEPT)
    here = typing_url(request, reception)
    if card:
        return say(HTTPSeeOther(here), Notice.CARD_READ)
    if reading.changed or changed:
        anchor = reading.form.focus.replace(".", "-") if reading.form.focus else ""
        return HTTPSeeOther(f"{here}#f-{anchor}" if anchor else here)
    confirmed = request.POST.get(CONFIRM)
    codes = confirmed.split()[:MAX_CODES] if isinstance(confirmed, str) else []
    if codes or reading.pressed == RECEIVE:
        return _receive(page, codes)
    return HTTPSeeOther(typing_url(request, reception, **{LOOK: "1"}))


def _receive(page: TypingPage, confirmed: list[str]) -> Response:
    """Receive it; what is still wrong, or new, is shown on the same page, all typed kept."""
    request, reception = page.request, page.reception
    service = request.service(CounterService)
    try:
        service.receive(reception, officer(request), confirmed=confirmed)
    except Invalid:
        fresh = TypingPage(request, reception)
        looked = service.look(reception)
        form = fresh.form(problems=looked.problems)
        return _shown(fresh, form, status=REFUSED, looked=looked)
    except Conflict as conflict:
        fresh = TypingPage(request, reception)
        if conflict.code == "version_superseded":
            return _shown(fresh, fresh.form(), status=CONFLICT, notice="version")
        looked = service.look(reception)
        twins = [one.lookup_code for one in looked.alike]
        form = fresh.form(twins=twins)
        return _shown(fresh, form, status=CONFLICT, looked=looked, notice="twins")
    return HTTPSeeOther(done_url(request, reception.draft.key))


def _shown(
    page: TypingPage,
    form: DynamicForm,
    *,
    status: int = 200,
    looked: Looked | None = None,
    notice: str = "",
) -> Response:
    """Returned, not raised: what was typed is kept."""
    typed_by = page.reception.officer.name if notice == "other" else ""
    told = values(page, form, looked=looked, notice=notice, typed_by=typed_by)
    response = render_to_response(PAGE, told, request=page.request)
    response.status_int = status
    if status != 200:
        response.headers["Cache-Control"] = PRIVATE
    return response


def done_url(request: Request, key: str) -> str:
    """Where the receipt is printed."""
    url: str = request.route_path("desk.counter.done", key=key)
    return url


@view_config(
    route_name="desk.counter.done",
    renderer="desk/counter_done.jinja2",
    permission=Permission.DOSSIER_ACCEPT,
    uses_session=True,
)
def done(context: DeskReception, request: Request) -> Any:
    """Code, day, the slip to print, and on to the next person."""
    reception, dossier = context.reception, context.reception.draft.dossier
    if dossier is None:
        return HTTPSeeOther(typing_url(request, reception))
    place = {"number": dossier.lookup_code, "letter": "giay-tiep-nhan"}
    word = next(key for key, value in CHANNEL_WORDS.items() if value is reception.channel)
    return {
        "dossier": dossier,
        "due": due_line(dossier),
        "slip_url": request.route_path("desk.letter", **place),
        "small_slip_url": request.route_path("desk.letter", **place, _query={SIZE: SMALL}),
        "dossier_url": request.route_path("desk.dossier", number=dossier.lookup_code),
        "list_url": request.route_path("desk.counter"),
        "again": {
            "thu-tuc": str(dossier.procedure_id),
            "don-vi": reception.agency.slug,
            "kenh": word,
        },
        "channel": CHANNEL_NAMES[word],
    }


def due_line(dossier: Dossier) -> Any:
    """The promised day in words, or why there is none."""
    if dossier.due_date is not None:
        return f"{weekday(dossier.due_date)}, {short_date(dossier.due_date)}"
    return wording.NO_DUE_REASONS.get(dossier.no_due_reason or "limit_unknown")


@view_config(
    route_name="desk.counter.drop",
    renderer="desk/counter_drop.jinja2",
    permission=Permission.DOSSIER_ACCEPT,
    methods=("GET", "HEAD", "POST"),
    uses_session=True,
)
def drop(context: DeskReception, request: Request) -> Any:
    """Forget a reception that was begun by mistake, after one question."""
    reception = context.reception
    if reception.draft.dossier_id is not None:
        return HTTPSeeOther(done_url(request, reception.draft.key))
    if request.method != "POST":
        back = typing_url(request, reception)
        return {"reception": reception, "back_url": back, "drop_url": request.path}
    request.service(CounterService).drop(reception, officer(request))
    return say(HTTPSeeOther(request.route_path("desk.counter")), Notice.RECEPTION_DROPPED)
