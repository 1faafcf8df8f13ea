"""The form of signing up; that of signing in is ``portal.http.ended``'s, whose page has it too.

Shape only: who may sign in is decided elsewhere.
"""

import colander

from content.people.models import MAX_NAME
from content.people.service import MIN_PASSWORD
from portal.forms import fields
from portal.i18n import _


def sign_up() -> colander.SchemaNode:
    """What an account of a citizen needs."""
    schema = colander.SchemaNode(colander.Mapping())
    schema.add(fields.text("name", _("Họ và tên"), max_length=MAX_NAME, autocomplete="name"))
    schema.add(fields.email("email", hint=_("Dùng để đăng nhập và nhận thông báo về hồ sơ.")))
    schema.add(fields.phone("phone", required=False))
    schema.add(_new_password())
    return schema


def first_password() -> colander.SchemaNode:
    """What an invited person chooses."""
    return fields.mapping(_new_password())


def _new_password() -> colander.SchemaNode:
    hint = _("Ít nhất 10 ký tự. Một câu ngắn dễ nhớ tốt hơn một từ khó.")
    return fields.password("password", new=True, hint=hint, min_length=MIN_PASSWORD)
