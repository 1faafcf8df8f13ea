"""Showing a translation to readers and taking it back; the same people decide as for news."""

from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.errors import Invalid, InvalidTransition, NotAllowed
from content.news.translating import silent_pictures
from content.writing import translations
from content.writing.models import Translation
from content.writing.translations import TranslationService
from portal.editorial.translations.context import Original, to
from portal.editorial.translations.screen import refused
from portal.http.notices import Notice, say
from portal.i18n import _
from portal.security.permissions import Permission

POST_ONLY = ("POST",)
FOUR_EYES = _("Bản dịch này do chính ông/bà ghi lần cuối; người khác trong ban biên tập công bố.")
INCOMPLETE = _("Chưa thể công bố: còn đoạn bắt buộc chưa dịch.")
SILENT = _("Chưa thể công bố: ảnh trong bản dịch chưa có lời mô tả.")


@view_config(
    route_name="editorial.translation.publish",
    permission=Permission.ARTICLE_PUBLISH,
    methods=POST_ONLY,
    uses_session=True,
)
def publish(context: Original, request: Request) -> Response:
    """Show it wherever its original is shown. A second click changes nothing."""
    found, me = _found(context), request.identity.account_id
    if silent_pictures(translations.shown(found, context.source)):
        return refused(request, context, SILENT)
    try:
        request.service(TranslationService).publish(found, context.source, actor_id=me)
    except InvalidTransition:
        return HTTPSeeOther(to(request, "", context.subject))
    except Invalid:
        return refused(request, context, INCOMPLETE)
    except NotAllowed:
        return refused(request, context, FOUR_EYES)
    target = HTTPSeeOther(to(request, "", context.subject))
    return say(target, Notice.TRANSLATION_PUBLISHED)


@view_config(
    route_name="editorial.translation.withdraw",
    permission=Permission.ARTICLE_PUBLISH,
    methods=POST_ONLY,
    uses_session=True,
)
def withdraw(context: Original, request: Request) -> Response:
    """Take it back. A second click changes nothing."""
    target, me = HTTPSeeOther(to(request, "", context.subject)), request.identity.account_id
    try:
        request.service(TranslationService).withdraw(_found(context), actor_id=me)
    except InvalidTransition:
        return target
    return say(target, Notice.TRANSLATION_WITHDRAWN)


def _found(one: Original) -> Translation:
    if one.translation is None:
        raise HTTPNotFound
    return one.translation
