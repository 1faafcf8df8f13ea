"""What was changed in a translation, save by save, and saying again what a save said."""

from typing import Any

from pyramid.httpexceptions import HTTPForbidden, HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config
from sqlalchemy import select

from content.errors import Invalid, NotFound
from content.news.translating import readable, silent_pictures
from content.people.models import Account
from content.writing import revisions
from content.writing.models import Revision
from content.writing.translations import TranslationService, texts_of
from portal.editorial.saving import number_of
from portal.editorial.translations.context import Original, to
from portal.editorial.translations.screen import may_edit
from portal.http.notices import Notice, say
from portal.security.permissions import Permission


@view_config(
    route_name="editorial.translation.history",
    renderer="editorial/translations/history.jinja2",
    permission=Permission.ARTICLE_EDIT,
    uses_session=True,
)
def history(context: Original, request: Request) -> dict[str, Any]:
    """All saves, the newest first; ``?lan=3`` shows what save 3 changed."""
    found = revisions.history(request.db, context.own)
    wanted = request.GET.get("lan", "")
    chosen = next((one for one in found if str(one.number) == wanted), None)
    query = select(Account.id, Account.name).where(
        Account.id.in_({one.written_by for one in found})
    )
    names = {row[0]: row[1] for row in request.db.execute(query)}
    base = to(request, "history", context.subject)
    return {
        "original": context,
        "url": to(request, "", context.subject),
        "chosen": chosen,
        "may_restore": _may_restore(request, context) and chosen not in (None, *found[:1]),
        "restore_url": to(request, "restore", context.subject),
        "changes": _changes(context, found, chosen) if chosen else [],
        "rows": [
            (f"{base}?lan={one.number}#thay-doi", one, names.get(one.written_by or 0, ""))
            for one in found
        ],
    }


def _changes(
    original: Original, found: list[Revision], chosen: Revision
) -> list[tuple[str, list[revisions.Part]]]:
    """Piece by piece; a piece that the original no longer has goes by its key."""
    earlier = (one for one in found if one.number == chosen.number - 1)
    before, after = next(map(texts_of, earlier), {}), texts_of(chosen)
    labels = {one.key: one.label for one in original.source.pieces}
    keys = dict.fromkeys((*labels, *before, *after))
    told = {key: (readable(before.get(key, "")), readable(after.get(key, ""))) for key in keys}
    return [
        (labels.get(key, key), revisions.words(old, new))
        for key, (old, new) in told.items()
        if old != new
    ]


@view_config(
    route_name="editorial.translation.restore",
    permission=Permission.ARTICLE_EDIT,
    methods=("POST",),
    uses_session=True,
)
def restore(context: Original, request: Request) -> Response:
    """Say again what a save said; the present text stays in the history."""
    if not _may_restore(request, context):
        raise HTTPForbidden
    number, me = number_of(request.POST.get("number")) or 0, request.identity.account_id
    stays = say(HTTPSeeOther(to(request, "history", context.subject)), Notice.TRANSLATION_STAYS)
    try:
        with request.db.begin_nested():
            made = request.service(TranslationService).restore(context.source, number, actor_id=me)
            if context.is_public and silent_pictures(made.texts):
                raise Invalid({"body": "silent"}, code="silent")
    except (Invalid, NotFound):
        return stays
    target = HTTPSeeOther(to(request, "", context.subject))
    return say(target, Notice.ARTICLE_RESTORED)


def _may_restore(request: Request, one: Original) -> bool:
    """What readers see is not set back by one person alone where four eyes are asked for."""
    alone = not request.settings.editorial.four_eyes
    return may_edit(request, one) and (alone or not one.is_public)
