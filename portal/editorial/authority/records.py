"""Records of opening the suggestion box: written, filled with letters, sealed, printed."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.errors import Invalid, NotFound
from content.suggestions import records
from content.suggestions.models import Channel, OpeningRecord
from content.suggestions.records import RecordService
from content.suggestions.service import SuggestionService
from content.words import local, moment_words
from portal.editorial.authority import suggestion_schemas as schemas
from portal.editorial.authority.suggestions import CHANNELS, STATES
from portal.editorial.saving import BOTH, POST_ONLY, form_of, revision_of
from portal.http.notices import Notice, say
from portal.i18n import _
from portal.security.permissions import Permission

FORM = "editorial/authority/form.jinja2"


@view_config(
    route_name="editorial.records",
    renderer="editorial/authority/records.jinja2",
    permission=Permission.SUGGESTION_HANDLE,
    uses_session=True,
)
def listing(request: Request) -> dict[str, Any]:
    """All records, the last month first."""
    return {"records": records.all_records(request.db)}


def _page(request: Request, record: OpeningRecord, heading: str) -> Any:
    today = local(request.now)
    empty = {"revision": "0", "month": f"{today:%m/%Y}", "opened_at": f"{today:%d/%m/%Y %H:%M}"}
    back = request.route_path("editorial.records")
    if record.id:
        back = request.route_path("editorial.record", id=record.id)
    return form_of(
        request,
        schemas.record(),
        _("Lưu biên bản"),
        heading=heading,
        back=back,
        data=schemas.record_data(record) if record.id else empty,
        of=f"suggestion_record:{record.id}" if record.id else None,
        save=lambda data: RecordService(request.db, request.now).save(
            record,
            schemas.record_values(data),
            revision=revision_of(data),
            actor_id=request.identity.account_id,
        ),
        reasons=schemas.REASONS,
        notice=Notice.RECORD_SAVED,
    )


@view_config(
    route_name="editorial.record.new",
    renderer=FORM,
    permission=Permission.SUGGESTION_HANDLE,
    methods=BOTH,
    uses_session=True,
)
def new(request: Request) -> Any:
    """A new record."""
    return _page(request, OpeningRecord(), _("Lập biên bản mở hòm thư góp ý"))


def _open(record: OpeningRecord) -> None:
    """What was sealed cannot be written in; its page says so."""
    if record.sealed_at is not None:
        raise NotFound("suggestion_record")


@view_config(
    route_name="editorial.record.edit",
    renderer=FORM,
    permission=Permission.SUGGESTION_HANDLE,
    methods=BOTH,
    uses_session=True,
)
def edit(context: OpeningRecord, request: Request) -> Any:
    """Change a record that is not sealed."""
    _open(context)
    return _page(request, context, _("Sửa biên bản"))


@view_config(
    route_name="editorial.record.letter",
    renderer=FORM,
    permission=Permission.SUGGESTION_HANDLE,
    methods=BOTH,
    uses_session=True,
)
def letter(context: OpeningRecord, request: Request) -> Any:
    """Write down a letter found at this opening."""
    _open(context)
    return form_of(
        request,
        schemas.letter(),
        _("Ghi thư"),
        heading=_("Chép thư trong hòm"),
        back=request.route_path("editorial.record", id=context.id),
        data={},
        save=lambda data: SuggestionService(request.db, request.now).write_down(
            data["text"],
            Channel.BOX,
            name=data["name"] or "",
            record=context,
            actor_id=request.identity.account_id,
        ),
        reasons=schemas.REASONS,
        notice=Notice.RECORD_SAVED,
    )


@view_config(
    route_name="editorial.record",
    renderer="editorial/authority/record.jinja2",
    permission=Permission.SUGGESTION_HANDLE,
    uses_session=True,
)
def one(context: OpeningRecord, request: Request) -> dict[str, Any]:
    """The record as it is printed, with what can still be done to it."""
    found = records.lines(request.db, context)
    return {
        "record": context,
        "lines": found,
        "count": records.count(context, found),
        "channels": {one.value: words for one, words in CHANNELS.items()},
        "states": {one.value: words for one, words in STATES.items()},
        "opened": moment_words(context.opened_at),
        "witnesses": [line for line in context.witnesses.split("\n") if line.strip()],
    }


@view_config(
    route_name="editorial.record.seal",
    permission=Permission.SUGGESTION_HANDLE,
    methods=POST_ONLY,
    uses_session=True,
)
def seal(context: OpeningRecord, request: Request) -> Response:
    """Freeze the record; a month that still runs is not sealed, and the page says so."""
    target = HTTPSeeOther(request.route_path("editorial.record", id=context.id))
    _open(context)
    try:
        keeper = RecordService(request.db, request.now)
        keeper.seal(context, actor_id=request.identity.account_id)
    except Invalid as refused:
        early = refused.code == "month_runs"
        return say(target, Notice.RECORD_EARLY if early else Notice.RECORD_LETTERS)
    return say(target, Notice.RECORD_SEALED)
