"""What was done with an account, in words: who, when, what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.agencies.models import Agency
from content.audit import AuditEntry
from content.people.models import Account
from content.people.roles import ROLE_NAMES, Role
from portal.i18n import _

_WORDS = {
    "account.opened": _("Tạo tài khoản"),
    "account.described": _("Sửa họ tên, điện thoại"),
    "account.address": _("Đổi địa chỉ thư điện tử"),
    "account.post_given": _("Giao việc"),
    "account.post_left": _("Thôi việc"),
    "account.moved": _("Chuyển đơn vị"),
    "account.closed": _("Khóa tài khoản"),
    "account.reopened": _("Mở lại tài khoản"),
    "account.signed_out": _("Đăng xuất mọi máy"),
    "account.invited": _("Lập liên kết đặt mật khẩu"),
    "account.invitation_accepted": _("Đặt mật khẩu"),
    "account.notices": _("Bật, tắt thư báo việc"),
    "account.sign_as": _("Sửa chức danh ký"),
}


@dataclass(frozen=True)
class Act:
    """One line; ``more`` names the parts and the agency it was about, "" if none."""

    at: datetime
    words: Any
    more: str
    by: str


def told(session: Session, entries: Sequence[AuditEntry]) -> list[Act]:
    """Lines that people understand, in the order given."""
    people = {one.actor_id for one in entries if one.actor_id}
    by = _names(session, Account, people)
    agencies = _names(
        session, Agency, {one.data["agency"] for one in entries if "agency" in one.data}
    )
    return [
        Act(
            one.at,
            _WORDS[one.action],
            _more(one.data, agencies),
            by.get(one.actor_id or 0, ""),
        )
        for one in entries
        if one.action in _WORDS
    ]


def _names(session: Session, kind: type[Account] | type[Agency], ids: set[int]) -> dict[int, str]:
    query = select(kind.id, kind.name).where(kind.id.in_(ids))
    return {row.id: row.name for row in session.execute(query)}


def _more(data: dict[str, Any], agencies: dict[int, str]) -> str:
    roles = ", ".join(ROLE_NAMES[Role(one)] for one in data.get("roles", ()))
    return " – ".join(part for part in (roles, agencies.get(data.get("agency", 0), "")) if part)
