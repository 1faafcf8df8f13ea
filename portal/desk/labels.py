"""Labels: the words of each agency, and putting them on one dossier."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.dossiers import labels
from content.dossiers.desks import receives
from content.dossiers.labels import LabelService
from content.dossiers.work_models import MAX_LABEL, Label, Tone
from content.errors import NotFound
from portal.desk.dossier_page import urls
from portal.desk.officer import agencies_in_sight, officer
from portal.desk.saying_no import said_no
from portal.desk_contexts import DeskDossier
from portal.forms import fields
from portal.http.notices import Notice, say
from portal.http.pages import form_page, make_form
from portal.i18n import _
from portal.security.permissions import Permission

PAGE = "desk/labels.jinja2"
MAX_ID = 18
TONE_NAMES = {
    Tone.PLAIN: _("Xám"),
    Tone.INFO: _("Xanh dương"),
    Tone.WARN: _("Vàng"),
    Tone.BAD: _("Đỏ"),
    Tone.OK: _("Xanh lá"),
}


@view_config(
    route_name="desk.labels",
    renderer=PAGE,
    permission=Permission.DESK_USE,
    methods=("GET", "HEAD", "POST"),
    uses_session=True,
)
def show(request: Request) -> Any:
    """The labels of the agencies in sight, and the form of a new one."""
    agencies = agencies_in_sight(request)
    owners = [(str(one.id), one.name) for one in agencies.values()]
    # Most officers work in one unit; where there are many, the desks come first.
    owners.sort(key=lambda one: not receives(agencies[int(one[0])]))
    schema = fields.mapping(
        fields.text("name", _("Tên nhãn"), max_length=MAX_LABEL, hint=_("Ví dụ: Hồ sơ ưu tiên.")),
        fields.choice("tone", _("Màu"), [(one.value, words) for one, words in TONE_NAMES.items()]),
        fields.choice("agency", _("Của đơn vị"), owners, as_list=True),
    )
    form = make_form(request, schema, _("Thêm nhãn"))
    found = labels.labels_of(request.db, agencies)
    page = form_page(
        request,
        PAGE,
        form,
        lines=[
            {
                "label": one,
                "agency": agencies[one.agency_id].name,
                "retire_url": request.route_path("desk.label.retire", id=one.id),
            }
            for one in found
        ],
    )
    if request.method != "POST":
        form.fill({"tone": Tone.PLAIN.value, "agency": owners[0][0] if owners else ""})
        return page
    data = form.accept(request.POST)
    with said_no(form):
        request.service(LabelService).make(
            officer(request), int(data["agency"]), data["name"], Tone(data["tone"])
        )
    return say(HTTPSeeOther(request.route_path("desk.labels")), Notice.LABEL_MADE)


@view_config(
    route_name="desk.label.retire",
    permission=Permission.DESK_USE,
    methods=("POST",),
    uses_session=True,
)
def retire(request: Request) -> Response:
    """Put it on nothing new."""
    found = request.db.get(Label, int(request.matchdict["id"][:MAX_ID]))
    if found is None:
        raise NotFound("label")
    request.service(LabelService).retire(officer(request), found)
    return say(HTTPSeeOther(request.route_path("desk.labels")), Notice.LABEL_RETIRED)


@view_config(
    route_name="desk.set_labels",
    permission=Permission.DOSSIER_HANDLE,
    methods=("POST",),
    uses_session=True,
)
def set_labels(context: DeskDossier, request: Request) -> Response:
    """The labels that were ticked are on the dossier, the others are not."""
    dossier, me, service = context.dossier, officer(request), request.service(LabelService)
    wanted = {one for one in request.POST.getall("nhan") if isinstance(one, str)}
    there = {one.id for one in labels.on_dossier(request.db, dossier)}
    for label in labels.usable(request.db, dossier):
        if str(label.id) in wanted and label.id not in there:
            service.put_on(dossier, me, label)
        elif str(label.id) not in wanted and label.id in there:
            service.take_off(dossier, me, label)
    return say(HTTPSeeOther(urls(request, dossier)["dossier"]), Notice.LABELS_CHANGED)
