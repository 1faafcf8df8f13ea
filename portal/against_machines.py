"""Keeping machines out of public forms, without anybody else: a field that people do not see,
a signed moment before which nobody has read the page, a limit for each address.
"""

from datetime import datetime, timedelta
from typing import Any

import colander
from pyramid.request import Request

from content.people.attempts import Attempts
from portal import signed
from portal.forms import fields
from portal.i18n import _

TRAP, MOMENT = "website", "moment"
LEAST = timedelta(seconds=4)
MOST = timedelta(hours=12)
WINDOW = timedelta(hours=1)


def hidden_fields() -> tuple[colander.SchemaNode, colander.SchemaNode]:
    """What a form needs for this."""
    return fields.hidden(TRAP), fields.hidden(MOMENT)


def moment(request: Request, purpose: str) -> str:
    """The value of ``MOMENT`` when a form is shown; ``purpose`` names the form."""
    words = f"{purpose}:{request.now.timestamp()}"
    return signed.sign(request.settings.secret, words, request.now + MOST)


def is_trapped(data: dict[str, Any]) -> bool:
    """A machine filled in what people do not see; it should learn nothing from that."""
    return bool(data[TRAP])


def check_read(request: Request, form: Any, data: dict[str, Any], purpose: str) -> None:
    """Refuses the form if it was opened a moment ago, too long ago, or not at all."""
    words = signed.read(request.settings.secret, data[MOMENT] or "", request.now) or ""
    head, _sign, issued = words.rpartition(":")
    if head == purpose:
        opened = datetime.fromtimestamp(float(issued), request.now.tzinfo)
        if request.now - opened >= LEAST:
            return
    form.fill({**data, MOMENT: moment(request, purpose)})
    raise form.refuse(_("Trang mở đã lâu hoặc vừa mở; ông/bà vui lòng chờ vài giây rồi gửi lại."))


def limit(request: Request, kind: str, per_hour: int) -> Attempts:
    """How often an address may do a thing within an hour."""
    return Attempts(request.db, kind=kind, limit=per_hour, now=request.now, window=WINDOW)
