"""Getting the newsletter: asking, confirming by the link of a mail, leaving with one click.

A link shows a page with one button, since programs open links before people do. Leaving also
takes what mail programs send on their own (RFC 8058): a POST without cookies or token.
"""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.security import NO_PERMISSION_REQUIRED
from pyramid.view import view_config

from content.errors import NotFound
from content.newsletter import subscribing
from content.newsletter.models import MAX_EMAIL
from portal import against_machines as guard
from portal.forms import fields
from portal.http.pages import form_page, make_form, posted
from portal.i18n import _

ASK, TOLD, LINK = "newsletter/ask.jinja2", "newsletter/told.jinja2", "newsletter/link.jinja2"
PURPOSE = "newsletter"
PER_HOUR = 5
BOTH = ("GET", "HEAD", "POST")
ONE_CLICK = ("List-Unsubscribe", "One-Click")


def schema() -> Any:
    """An address and the consent to write to it (Luật 91/2025/QH15)."""
    return fields.mapping(
        fields.email("email", hint=_("Chỉ dùng để gửi bản tin; thôi nhận thì địa chỉ được xóa.")),
        fields.checkbox(
            "consent",
            _("Tôi đồng ý nhận bản tin qua địa chỉ này"),
            must=_("Ông/bà đồng ý thì chúng tôi mới được gửi bản tin."),
        ),
        *guard.hidden_fields(),
    )


def _check_on(request: Request) -> None:
    if not request.settings.editorial.newsletter:
        raise NotFound("newsletter")


@view_config(
    route_name="newsletter.ask",
    renderer=ASK,
    permission=NO_PERMISSION_REQUIRED,
    methods=BOTH,
    uses_session=True,
)
def ask(request: Request) -> Any:
    """The form. What comes next is the same for every address."""
    _check_on(request)
    form = make_form(request, schema(), _("Đăng ký nhận bản tin"))
    shown = form_page(request, ASK, form)
    if request.method != "POST":
        form.fill({guard.MOMENT: guard.moment(request, PURPOSE)})
        return shown
    data = form.accept(request.POST)
    target = HTTPSeeOther(request.route_path("newsletter.asked"))
    if guard.is_trapped(data):
        return target
    guard.check_read(request, form, data, PURPOSE)
    if len(data["email"]) > MAX_EMAIL:
        raise form.refuse(_("Thư điện tử dài quá."), "email")
    limit = guard.limit(request, "newsletter", PER_HOUR)
    limit.refuse_if_tired(request.client_addr or "")
    limit.note(request.client_addr or "")
    subscribing.ask(request.db, data["email"], request.now)
    return target


@view_config(route_name="newsletter.asked", renderer=TOLD, permission=NO_PERMISSION_REQUIRED)
def asked(request: Request) -> dict[str, Any]:
    """That a mail is on its way, if it is."""
    _check_on(request)
    return {
        "heading": _("Ông/bà xem hộp thư"),
        "words": _(
            "Nếu địa chỉ vừa ghi nhận được thư, ông/bà sẽ có một thư trong vài phút nữa. Mở thư và "
            "bấm liên kết trong đó thì mới nhận bản tin. Không thấy thư, ông/bà xem mục thư rác."
        ),
    }


@view_config(
    route_name="newsletter.confirm",
    renderer=LINK,
    permission=NO_PERMISSION_REQUIRED,
    methods=BOTH,
    uses_session=True,
)
def confirm(request: Request) -> Any:
    """The second of the two steps."""
    _check_on(request)
    key = request.matchdict["key"]
    if request.method == "POST":
        subscribing.confirm(request.db, key, request.now)
        return HTTPSeeOther(request.route_path("newsletter.confirmed"))
    subscribing.find(request.db, key, request.now)
    return {
        "heading": _("Xác nhận nhận bản tin"),
        "words": _("Bấm nút dưới đây thì từ số sau ông/bà nhận bản tin qua thư điện tử."),
        "button": _("Xác nhận"),
    }


@view_config(route_name="newsletter.confirmed", renderer=TOLD, permission=NO_PERMISSION_REQUIRED)
def confirmed(_request: Request) -> dict[str, Any]:
    """That it worked."""
    return {
        "heading": _("Đã đăng ký nhận bản tin"),
        "words": _("Ông/bà nhận được từ số sau. Cuối mỗi thư có liên kết để thôi nhận."),
    }


@view_config(
    route_name="newsletter.leave",
    renderer=LINK,
    permission=NO_PERMISSION_REQUIRED,
    methods=BOTH,
    uses_session=True,
    require_csrf=False,
)
def leave(request: Request) -> Any:
    """Leave, even where the newsletter was switched off since. The key in the address is the
    permission; a key that is not known says the same."""
    if request.method != "POST":
        return {
            "heading": _("Thôi nhận bản tin"),
            "words": _("Bấm nút dưới đây thì địa chỉ của ông/bà được xóa, không nhận thư nữa."),
            "button": _("Thôi nhận bản tin"),
        }
    subscribing.leave(request.db, request.matchdict["key"], request.now)
    if posted(request, ONE_CLICK[0]) == ONE_CLICK[1]:
        # Mail programs do not follow redirects well (RFC 8058, 3.1).
        return Response("Đã thôi nhận bản tin.\n", content_type="text/plain", charset="utf-8")
    return HTTPSeeOther(request.route_path("newsletter.left"))


@view_config(route_name="newsletter.left", renderer=TOLD, permission=NO_PERMISSION_REQUIRED)
def left(_request: Request) -> dict[str, Any]:
    """That it worked, or had been so before."""
    return {
        "heading": _("Đã thôi nhận bản tin"),
        "words": _("Địa chỉ của ông/bà đã được xóa, chúng tôi không gửi bản tin nữa."),
    }
