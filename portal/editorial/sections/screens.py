"""The tree of sections and the form of one."""

from typing import Any

import colander
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config
from sqlalchemy import func, select

from content.errors import Invalid
from content.news import sections
from content.news.models import Article
from content.news.sections import MAX_NAME, Section, SectionService
from portal.editorial.saving import BOTH, POST_ONLY, form_of, number_of, revision_of, steps_of
from portal.forms import fields
from portal.http.notices import Notice, say
from portal.i18n import _
from portal.security.permissions import Permission

FORM = "editorial/authority/form.jinja2"
REASONS = {
    "section_taken": _("Đã có chuyên mục dùng địa chỉ này; ông/bà đặt tên khác."),
    "section_reserved": _("Tên này trùng với một địa chỉ sẵn có; ông/bà đặt tên khác."),
    "address_empty": _("Tên chuyên mục cần có chữ hoặc số."),
    "section_unknown": _("Chuyên mục ở trên không còn nữa; ông/bà chọn lại."),
    "section_circle": _("Một chuyên mục không thể nằm dưới chính nó hay chuyên mục con của nó."),
    "section_deep": _("Chuyên mục chỉ lồng nhau nhiều nhất 3 cấp."),
}


def _schema(request: Request, section: Section) -> colander.SchemaNode:
    places = [
        (str(one.id), "– " * depth + one.name)
        for one, depth in sections.tree(request.db)
        if one.id != section.id
    ]
    hint = None
    if not section.id:
        hint = _("Địa chỉ được đặt theo tên lần đầu và giữ mãi, để liên kết tới bài không hỏng.")
    return fields.mapping(
        fields.text("name", _("Tên chuyên mục"), max_length=MAX_NAME, hint=hint),
        fields.choice(
            "parent",
            _("Nằm trong chuyên mục"),
            places,
            as_list=True,
            required=False,
            hint=_("Không chọn thì chuyên mục đứng ở cấp đầu."),
        ),
        fields.hidden("revision"),
    )


@view_config(
    route_name="editorial.sections",
    renderer="editorial/sections/listing.jinja2",
    permission=Permission.SITE_ARRANGE,
    uses_session=True,
)
def listing(request: Request) -> dict[str, Any]:
    """The tree with the number of articles in each."""
    query = select(Article.section_slug, func.count(Article.id)).group_by(Article.section_slug)
    counts = {row[0]: row[1] for row in request.db.execute(query)}
    rows = [(one, depth, counts.get(one.slug, 0)) for one, depth in sections.tree(request.db)]
    return {"rows": rows}


def _page(request: Request, section: Section, heading: str) -> Any:
    return form_of(
        request,
        _schema(request, section),
        _("Lưu chuyên mục"),
        heading=heading,
        back=request.route_path("editorial.sections"),
        data={
            "name": section.name or "",
            "parent": str(section.parent_id or ""),
            "revision": str(section.revision or 0),
        },
        save=lambda data: SectionService(request.db, request.now).save(
            section,
            name=data["name"],
            parent_id=number_of(data["parent"]),
            revision=revision_of(data),
            actor_id=request.identity.account_id,
        ),
        reasons=REASONS,
    )


@view_config(
    route_name="editorial.section.new",
    renderer=FORM,
    permission=Permission.SITE_ARRANGE,
    methods=BOTH,
    uses_session=True,
)
def new(request: Request) -> Any:
    """A new section."""
    return _page(request, Section(), _("Chuyên mục mới"))


@view_config(
    route_name="editorial.section",
    renderer=FORM,
    permission=Permission.SITE_ARRANGE,
    methods=BOTH,
    uses_session=True,
)
def edit(context: Section, request: Request) -> Any:
    """Its name and place."""
    return _page(request, context, _("Sửa chuyên mục"))


@view_config(
    route_name="editorial.section.move",
    permission=Permission.SITE_ARRANGE,
    methods=POST_ONLY,
    uses_session=True,
)
def move(context: Section, request: Request) -> Response:
    """One place up or down among its neighbours."""
    service = SectionService(request.db, request.now)
    service.move(context, steps_of(request), actor_id=request.identity.account_id)
    return HTTPSeeOther(request.route_path("editorial.sections"))


@view_config(
    route_name="editorial.section.delete",
    permission=Permission.SITE_ARRANGE,
    methods=POST_ONLY,
    uses_session=True,
)
def delete(context: Section, request: Request) -> Response:
    """Delete one that is empty; another stays, and the page says so."""
    target = HTTPSeeOther(request.route_path("editorial.sections"))
    held = select(func.count(Article.id)).where(Article.section_slug == context.slug)
    count = request.db.scalar(held) or 0
    try:
        SectionService(request.db, request.now).delete(
            context, count, actor_id=request.identity.account_id
        )
    except Invalid:
        return say(target, Notice.SECTION_FULL)
    return say(target, Notice.SITE_SAVED)
