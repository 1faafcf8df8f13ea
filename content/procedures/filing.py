"""Where a dossier may be filed: what an editor set, within what the standing allows.

A policy proposes the setting for imported procedures. The service level never
decides (a procedure may be "toàn trình" on the national portal only).
"""

from collections.abc import Callable
from typing import NamedTuple

from content.procedures.kinds import Filing, Status
from content.procedures.models import Procedure

#: Procedures between agencies; people cannot file them.
INTERNAL_SERIES = ("5.", "6.")
#: Police and military procedures are handled in systems of their own.
OWN_SYSTEMS = ("Bộ Công an", "Bộ Quốc phòng")


class Place(NamedTuple):
    """Where to file; ``information_only`` names the national portal without a filing link."""

    filing: Filing
    information_only: bool = False


Policy = Callable[[Procedure, bool], Place]


def open_filing(procedure: Procedure) -> Filing | None:
    """Where a dossier may be filed today; ``None`` (unknown) shows no button."""
    return allowed(procedure.filing, procedure.status)


def allowed(filing: Filing | None, status: Status) -> Filing | None:
    """A setting, within what the standing allows."""
    if status is Status.IN_FORCE:
        return filing
    if status in {Status.TO_VERIFY, Status.NOT_YET} and filing is Filing.LOCAL:
        return Filing.NATIONAL
    return filing if status in {Status.TO_VERIFY, Status.NOT_YET} else Filing.NONE


def national_policy(_procedure: Procedure, _has_form: bool) -> Place:
    """Default of a real site: everything on the national portal (NĐ 118/2025)."""
    return Place(Filing.NATIONAL)


def sample_policy(procedure: Procedure, has_form: bool) -> Place:
    """Proposal for the sample authority: here wherever that can be shown honestly.

    ``has_form`` tells whether a form definition of our own is bound to it.
    """
    if not procedure.status.is_current:
        return Place(Filing.NONE)
    if has_form:
        return Place(Filing.LOCAL)
    if (procedure.code or "").startswith(INTERNAL_SERIES):
        return Place(Filing.NONE)
    if procedure.ministry in OWN_SYSTEMS:
        return Place(Filing.NATIONAL, information_only=True)
    return Place(Filing.LOCAL if procedure.service_level else Filing.NATIONAL)
