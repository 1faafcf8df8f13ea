"""Files: export, upload, what would happen, and taking it in after a look."""

import io
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.files import FileService
from content.procedures.files import exported
from content.procedures.merging import reads, runs
from content.procedures.merging.models import MAX_LABEL, ImportRun, RunState, Source
from content.text import clean
from portal.editorial.imports import background
from portal.editorial.imports.words import REPORT_WORDS, RUN_STATES, SOURCES
from portal.forms.uploads import clean_name
from portal.http.derivers import PRIVATE
from portal.http.downloads import disposition
from portal.http.notices import Notice, say
from portal.http.pages import posted
from portal.i18n import _
from portal.security.permissions import Permission

HOME = "editorial/imports/home.jinja2"
TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "jsonl": "application/x-ndjson",
}
UNPROCESSABLE = 422


@view_config(
    route_name="editorial.imports",
    renderer=HOME,
    permission=Permission.PROCEDURE_IMPORT,
    methods=("GET", "HEAD", "POST"),
    uses_session=True,
)
def home(request: Request) -> Any:
    """What can be exported and imported, and the last imports."""
    if request.method != "POST":
        return _home(request)
    upload = request.POST.get("tep")
    data = upload.file.read() if hasattr(upload, "file") else b""
    problem = _("Ông/bà chưa chọn tệp.") if not data else None
    if problem:
        request.response.status_int = UNPROCESSABLE
        return {**_home(request), "problem": problem}
    run = _keep(request, data, clean_name(upload.filename))
    return HTTPSeeOther(request.route_path("editorial.import", id=run.id))


def _home(request: Request) -> dict[str, Any]:
    found = [
        (request.route_path("editorial.import", id=one.id), one) for one in reads.runs(request.db)
    ]
    waiting = sum(reads.counts(request.db).values())
    states, sources = RUN_STATES, SOURCES
    return {
        "runs": found,
        "waiting": waiting,
        "states": states,
        "sources": sources,
        "problem": None,
        "title_prefix": "",
    }


def _keep(request: Request, data: bytes, name: str) -> ImportRun:
    """The run with its file; small ones are looked at right away."""
    files = request.service(FileService)
    source = Source.NATIONAL if request.POST.get("nguon") == "national" else Source.OWN
    label = request.POST.get("ghi_chu")
    stored = files.keep(
        io.BytesIO(data), name=name, media_type="application/octet-stream", now=request.now
    )
    request.db.flush()  # the run names the file's id
    run = ImportRun(
        source=source,
        state=RunState.CHECKING,
        file_id=stored.id,
        file_name=name,
        label=clean(label)[:MAX_LABEL] if isinstance(label, str) else "",
        report={"whole": True} if posted(request, "ca-danh-muc") == "1" else {},
        done=0,
        total=0,
        created_by=request.identity.account_id,
        created_at=request.now,
    )
    request.db.add(run)
    request.db.flush()  # the address names its id
    if background.is_large(data):
        background.order(request.db, run, now=request.now)
    else:
        runs.look(request.db, run, runs.judge(request.db, data, run.source))
    return run


@view_config(
    route_name="editorial.import",
    renderer="editorial/imports/run.jinja2",
    permission=Permission.PROCEDURE_IMPORT,
    uses_session=True,
)
def show(context: ImportRun, request: Request) -> dict[str, Any]:
    """One import: problems, what would happen, or what became of it."""
    return {
        "run": context,
        "state": RUN_STATES[context.state],
        "source": SOURCES[context.source],
        "words": REPORT_WORDS,
        "problems": context.report.get("problems", []),
        "problem_count": context.report.get("problem_count", 0),
        "changes": context.report.get("changes", []),
        "counts": _counted(context.report.get("counts")),
        "result": _counted(context.report.get("result")),
        "busy": context.state.is_busy,
        "ready": context.state is RunState.READY and _anything(context),
        "idle": context.state is RunState.READY and not _anything(context),
        "take_url": request.route_path("editorial.import.take", id=context.id),
    }


def _counted(counts: dict[str, int] | None) -> list[tuple[Any, int]]:
    return [(REPORT_WORDS[name], count) for name, count in (counts or {}).items()]


def _anything(run: ImportRun) -> bool:
    """A national file with nothing to decide is still taken in: it becomes the new base."""
    if run.source is Source.NATIONAL:
        return True
    return any(
        count for name, count in run.report["counts"].items() if name in ("added", "changed")
    )


@view_config(
    route_name="editorial.import.take",
    permission=Permission.PROCEDURE_IMPORT,
    methods=("POST",),
    uses_session=True,
)
def take(context: ImportRun, request: Request) -> Response:
    """Take it in, if what would happen is still what was shown. A second press does nothing."""
    target = HTTPSeeOther(request.route_path("editorial.import", id=context.id))
    if context.state is not RunState.READY:
        return target
    data = background.bytes_of(request.service(FileService), context)
    judged = runs.judge(request.db, data, context.source)
    before = context.report.get("mark")
    large = background.is_large(data)
    if not large:
        runs.look(request.db, context, judged)
        if context.state is not RunState.READY or context.report.get("mark") != before:
            return say(target, Notice.IMPORT_CHANGED)
    context.state = RunState.RUNNING
    if large:
        background.order(request.db, context, now=request.now)
        return target
    runs.take(request.db, context, judged.records, now=request.now)
    background.note(request.db, context, judged, request.now)
    return say(target, Notice.IMPORT_TAKEN)


@view_config(
    route_name="editorial.export", permission=Permission.PROCEDURE_IMPORT, uses_session=True
)
def export(request: Request) -> Response:
    """The readable catalogue."""
    ending = request.matchdict["ending"]
    body = b"".join(exported(request.db, f".{ending}"))
    response = Response(body=body, content_type=TYPES[ending], charset=None)
    response.headers["Content-Disposition"] = disposition(f"thu-tuc.{ending}")
    response.headers["Cache-Control"] = PRIVATE
    return response
