"""The roles of the house. What a role may do stands in ``portal/security/rules.py``."""

from enum import StrEnum


class Role(StrEnum):
    """A person's part in an agency; citizens have none."""

    ONE_STOP = "one_stop"
    SPECIALIST = "specialist"
    HEAD = "head"
    LEADER = "leader"
    CLERK = "clerk"
    CASHIER = "cashier"
    EDITOR = "editor"
    CHIEF_EDITOR = "chief_editor"
    ADMINISTRATOR = "administrator"


ROLE_NAMES = {
    Role.ONE_STOP: "Cán bộ một cửa",
    Role.SPECIALIST: "Chuyên viên",
    Role.HEAD: "Lãnh đạo phòng",
    Role.LEADER: "Lãnh đạo đơn vị",
    Role.CLERK: "Văn thư",
    Role.CASHIER: "Cán bộ thu phí",
    Role.EDITOR: "Biên tập viên",
    Role.CHIEF_EDITOR: "Trưởng ban biên tập",
    Role.ADMINISTRATOR: "Quản trị hệ thống",
}

DESK_ROLES = frozenset(
    {Role.ONE_STOP, Role.SPECIALIST, Role.HEAD, Role.LEADER, Role.CLERK, Role.CASHIER}
)
EDITORIAL_ROLES = frozenset({Role.EDITOR, Role.CHIEF_EDITOR})
