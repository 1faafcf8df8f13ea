"""What is chosen before filling in: the case, who receives the dossier, how the result comes.

The page before the first question and the page that changes these later share the form.
"""

import json
from dataclasses import dataclass, replace
from typing import Any

import colander
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.view import view_config
from sqlalchemy import case, or_, select

from content.agencies.models import Agency, AgencyKind
from content.dossiers.desks import RECEIVING
from content.dossiers.drafts import MAX_ADDRESS, DraftService
from content.dossiers.models import Delivery, Draft
from content.dossiers.papers import case_choices
from content.dossiers.wording import DELIVERIES
from content.procedures.form_bindings import StoredForms
from content.procedures.forms import FormDefinition
from content.procedures.forms.general import GENERAL_ID
from content.procedures.kinds import Level
from content.procedures.models import ProcedureVersion
from content.words import local
from portal.apply.journey import draft_url, journey_of
from portal.contexts import DraftContext
from portal.forms import fields
from portal.forms.accessible import AccessibleForm
from portal.http.pages import form_page, make_form
from portal.i18n import _
from portal.security.permissions import Permission

NO_CASE = "0"
PAGE = "apply/choose.jinja2"


@dataclass(frozen=True)
class Chosen:
    """What a person chose; ``delivery`` is ``None`` where the form itself asks for it."""

    case: str | None
    agency_id: int
    delivery: Delivery | None
    delivery_address: str | None


def receiving_agencies(request: Request, level: Level) -> list[Agency]:
    """Desks of the province that receive today, those of the procedure's level first.

    Any desk of the province receives, whatever the place of residence (NĐ 118/2025 art. 4).
    """
    day = local(request.now).date()
    nearest = AgencyKind.COMMUNE_CENTRE if level is Level.COMMUNE else AgencyKind.PROVINCE_CENTRE
    query = (
        select(Agency)
        .where(
            Agency.kind.in_(RECEIVING),
            or_(Agency.valid_from.is_(None), Agency.valid_from <= day),
            or_(Agency.valid_to.is_(None), Agency.valid_to >= day),
        )
        .order_by(case((Agency.kind == nearest, 0), else_=1), Agency.position, Agency.id)
    )
    return list(request.db.scalars(query))


def schema(
    version: ProcedureVersion, agencies: list[Agency], *, asks_delivery: bool
) -> colander.SchemaNode:
    """The questions; a case is asked for only where the procedure knows several."""
    made = fields.mapping()
    names = case_choices(version)
    if names:
        options = [(str(number), name) for number, name in enumerate(names, start=1)]
        options.append((NO_CASE, _("Không thuộc các trường hợp trên")))
        made.add(fields.choice("case", _("Trường hợp của ông/bà"), options, as_list=False))
    made.add(
        fields.choice(
            "agency",
            _("Nơi tiếp nhận hồ sơ"),
            [(one.slug, one.name) for one in agencies],
            as_list=True,
            hint=_("Ông/bà chọn nơi thuận tiện nhất, không phụ thuộc nơi cư trú trong tỉnh."),
        )
    )
    if asks_delivery:
        made.add(
            fields.choice(
                "delivery",
                _("Nhận kết quả bằng cách nào"),
                [(way.value, words) for way, words in DELIVERIES.items()],
                as_list=False,
            )
        )
        made.add(_address())
    return made


def _address() -> colander.SchemaNode:
    """Asked for when the result comes by post: the script hides it otherwise, the note says so
    without scripts."""
    node = fields.text(
        "delivery_address",
        _("Địa chỉ nhận kết quả"),
        required=False,
        max_length=MAX_ADDRESS,
        autocomplete="street-address",
    )
    by_post = {"question": "delivery", "is": "equals", "value": Delivery.POST.value}
    node.furniture = replace(
        node.furniture,
        required=True,
        name="delivery_address",
        when=json.dumps(by_post),
        when_note=_("Chỉ ghi khi chọn nhận qua bưu chính."),
    )
    return node


def asks_delivery(definition: FormDefinition) -> bool:
    """The general form asks it among its own questions."""
    return definition.id != GENERAL_ID


def choices_form(request: Request, version: ProcedureVersion, submit: str) -> AccessibleForm:
    """The form for a version of a procedure."""
    definition = StoredForms(request.db).definition_for(version.procedure)
    agencies = receiving_agencies(request, version.procedure.level)
    made = schema(version, agencies, asks_delivery=asks_delivery(definition))
    return make_form(request, made, submit)


def chosen(request: Request, form: AccessibleForm, version: ProcedureVersion) -> Chosen:
    """What was sent. Raises ``FormInvalid``."""
    data = form.accept(request.POST)
    agency = request.db.scalars(select(Agency).where(Agency.slug == data["agency"])).one()
    given = data.get("delivery")
    delivery = Delivery(given) if given else None
    address = data.get("delivery_address")
    if delivery is Delivery.POST and not address:
        raise form.refuse(_("Ông/bà chưa ghi địa chỉ nhận kết quả."), "delivery_address")
    kept = address if delivery is Delivery.POST else None
    return Chosen(_case(version, data.get("case")), agency.id, delivery, kept)


def keep(drafts: DraftService, draft: Draft, choice: Chosen) -> None:
    """Note the choices in the draft."""
    drafts.choose(
        draft,
        case=choice.case,
        agency_id=choice.agency_id,
        delivery=choice.delivery,
        delivery_address=choice.delivery_address,
    )


def _case(version: ProcedureVersion, number: str | None) -> str | None:
    names = case_choices(version)
    return names[int(number) - 1] if number and number != NO_CASE else None


def _shown(draft: Draft) -> dict[str, Any]:
    names = case_choices(draft.version)
    number = str(names.index(draft.case) + 1) if draft.case in names else NO_CASE
    return {
        "case": number,
        "agency": draft.agency.slug if draft.agency else None,
        "delivery": draft.delivery.value if draft.delivery else None,
        "delivery_address": draft.delivery_address,
    }


@view_config(
    route_name="apply.choose",
    renderer=PAGE,
    permission=Permission.DRAFT_EDIT,
    methods=("GET", "HEAD", "POST"),
    uses_session=True,
)
def choose(context: DraftContext, request: Request) -> Any:
    """Change what was chosen at the start; the answers stay."""
    draft = context.draft
    form = choices_form(request, draft.version, _("Lưu và tiếp tục"))
    page = form_page(request, PAGE, form, draft=draft, check_url=draft_url(request, draft, "check"))
    if request.method != "POST":
        form.fill(_shown(draft))
        return page
    keep(request.service(DraftService), draft, chosen(request, form, draft.version))
    return HTTPSeeOther(_next(request, draft))


def _next(request: Request, draft: Draft) -> str:
    """Back to the check page for who came from there, else on to the first step."""
    journey = journey_of(request, draft)
    return journey.check.url if "ve" in request.GET else journey.first.url
