"""What a form showed when it was opened, carried along by the form itself.

It is the base of a merge: if what stands there now is not what was shown, somebody was
faster, and both wordings are put together (``content.writing.fieldwise``) for the second
one to look through. It guards people against each other, not the site against people.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import colander
from pyramid.request import Request

from content.people.models import Account
from content.writing.fieldwise import FieldChange, merge_fields, plain
from portal.editorial.procedures.shared import names
from portal.forms import fields
from portal.forms.accessible import FormInvalid
from portal.http.pages import PAGE, posted
from portal.i18n import _

NAME = "opened"
MAX_LENGTH = 200_000
NOTE = _(
    "Người khác vừa lưu phần này sau khi ông/bà mở. Hai bản đã được ghép ở dưới, không mất chữ "
    "nào; ông/bà xem lại rồi lưu."
)


def field() -> colander.SchemaNode:
    """The field that carries it."""
    return fields.hidden(NAME, max_length=MAX_LENGTH)


def with_base(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values to fill a form with, and what was shown beside them."""
    return {**values, NAME: written(values)}


def written(values: Any) -> str:
    """Plain data as the field carries it."""
    return json.dumps(values, ensure_ascii=True, sort_keys=True, default=str)


def base_of(request: Request) -> dict[str, Any] | None:
    """What was shown; ``None`` where the form says nothing one could read."""
    try:
        found = json.loads(posted(request, NAME))
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def is_as_opened(request: Request, now: Mapping[str, Any]) -> bool:
    """Whether what stands there now is what was shown. A form that does not say was sent by
    no page of ours; it counts as opened now."""
    base = base_of(request)
    if base is None:
        return True
    return all(_same(base.get(name), value) for name, value in now.items())


def _same(one: Any, other: Any) -> bool:
    return written(plain(one)) == written(plain(other))


def overtaken(
    request: Request,
    form: Any,
    mine: Mapping[str, Any],
    theirs: Mapping[str, Any],
    *,
    by: int | None,
    at: datetime | None,
) -> FormInvalid:
    """The page again with both wordings, who the other one is and what changed; raise it."""
    merged, changes = merge_fields(base_of(request) or {}, mine, theirs)
    form.fill(with_base(theirs) | merged)
    titles = {child.name: child.title for child in form.deform.schema.children}
    _renderer, page = request.made[PAGE]
    page["clash"] = {
        "name": names(request, [by]).get(by) or "",
        "at": at,
        "rows": [_told(titles[one.name], one) for one in changes if one.name in titles],
        "url": request.path,
    }
    refused: FormInvalid = form.refuse(NOTE)
    return refused


def _told(title: str, change: FieldChange) -> dict[str, Any]:
    return {
        "title": title,
        "base": _words(change.base),
        "mine": _words(change.mine),
        "theirs": _words(change.theirs),
        "both": change.both,
    }


def _words(value: Any) -> str:
    return "" if value is None else "có" if value is True else str(value)


def name_of(request: Request, account_id: int | None) -> str:
    """Who somebody is; empty where nobody knows."""
    account = request.db.get(Account, account_id) if account_id is not None else None
    return account.name if account else ""
