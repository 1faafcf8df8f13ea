"""The table of permissions: for each one who is allowed and who is denied, by the rules alone."""

from dataclasses import dataclass
from typing import Any

import pytest

from content.people.roles import DESK_ROLES, EDITORIAL_ROLES, Role
from content.workbook.kinds import BY_KEY
from portal.contexts import DossierContext, DraftContext
from portal.desk.workbook.contexts import Book, Entry
from portal.desk_contexts import DeskDossier
from portal.security.identity import Identity
from portal.security.permissions import Permission
from portal.security.rules import RULES

HOME, ABOVE, ELSEWHERE = 12, 1, 13
ME, OTHER = 7, 8
DIGEST, OTHER_DIGEST = "a" * 64, "b" * 64

NOBODY = Identity()
CITIZEN = Identity(account_id=ME)
STRANGER = Identity(account_id=OTHER)
BROWSER = Identity(draft_digests=frozenset({DIGEST}))
OTHER_BROWSER = Identity(draft_digests=frozenset({OTHER_DIGEST}))
DOSSIER = DeskDossier(dossier=None, agency_ids=frozenset({HOME, ABOVE}))  # type: ignore[arg-type]


def official(*posts: tuple[int, Role]) -> Identity:
    return Identity(account_id=ME, posts=frozenset(posts))


def draft(owner: int | None = None, digest: str | None = None, *, sent: bool = False) -> Any:
    return DraftContext(None, owner, digest, not sent)  # type: ignore[arg-type]


def dossier_of(owner: int | None) -> Any:
    return DossierContext(None, owner)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Case:
    """Somebody before something."""

    who: Identity
    what: Any = None


def each(roles: Any, agency: int = HOME) -> list[Case]:
    return [Case(official((agency, role)), DOSSIER) for role in sorted(roles)]


OTHERS = frozenset(Role)
#: A book that leaders alone read, and one that reaches down to units below.
CONDUCT, CORRECTIVE = BY_KEY["conduct"], BY_KEY["corrective"]
LINE = Entry(CONDUCT, None, frozenset({HOME, ABOVE}), frozenset({HOME}))  # type: ignore[arg-type]
FINDING = Entry(CORRECTIVE, None, frozenset({HOME, ABOVE}), frozenset({HOME, ABOVE}))  # type: ignore[arg-type]


def at(what: Any, roles: Any, agency: int = HOME) -> list[Case]:
    return [Case(official((agency, role)), what) for role in sorted(roles)]


BOX = frozenset({Role.LEADER, Role.CLERK, Role.CHIEF_EDITOR, Role.ADMINISTRATOR})
OWN_DRAFTS = [
    Case(CITIZEN, draft(ME)),
    Case(CITIZEN, draft(ME, DIGEST)),
    Case(BROWSER, draft(digest=DIGEST)),
]
FOREIGN_DRAFTS = [
    Case(NOBODY, draft(ME)),
    Case(STRANGER, draft(ME)),
    Case(NOBODY, draft(digest=DIGEST)),
    Case(OTHER_BROWSER, draft(digest=DIGEST)),
    # Once an account has it, the browser's token opens it no more.
    Case(BROWSER, draft(ME, DIGEST)),
    Case(NOBODY, draft()),
    Case(CITIZEN, draft()),
    Case(official((ABOVE, Role.ADMINISTRATOR)), draft(OTHER)),
    Case(CITIZEN, None),
]
CASH = {Role.CASHIER, Role.HEAD, Role.LEADER}
LEADING = {Role.HEAD, Role.LEADER}
#: Who says how the work of a house is divided.
ARRANGING = {Role.HEAD, Role.LEADER, Role.ADMINISTRATOR}

ALLOWED: dict[Permission, list[Case]] = {
    Permission.ACCOUNT_USE: [Case(CITIZEN), Case(official((HOME, Role.CLERK)))],
    Permission.DRAFT_EDIT: OWN_DRAFTS,
    Permission.DRAFT_SUBMIT: [*OWN_DRAFTS, Case(CITIZEN, draft(ME, sent=True))],
    Permission.DOSSIER_READ: [Case(CITIZEN, dossier_of(ME))],
    Permission.DESK_USE: each(DESK_ROLES),
    Permission.COUNTER_USE: each({Role.ONE_STOP}),
    Permission.DOSSIER_HANDLE: [*each(DESK_ROLES), *each(DESK_ROLES, ABOVE)],
    Permission.DOSSIER_ACCEPT: [*each({Role.ONE_STOP}), *each({Role.ONE_STOP}, ABOVE)],
    Permission.EDITORIAL_USE: each(EDITORIAL_ROLES),
    Permission.WRITING_KEEP: each(EDITORIAL_ROLES | {Role.ADMINISTRATOR}),
    Permission.ARTICLE_EDIT: each(EDITORIAL_ROLES),
    Permission.ARTICLE_PUBLISH: each({Role.CHIEF_EDITOR}),
    Permission.PROCEDURE_EDIT: each(EDITORIAL_ROLES),
    Permission.PROCEDURE_SETTLE: each({Role.CHIEF_EDITOR}),
    Permission.MEDIA_EDIT: each(EDITORIAL_ROLES | {Role.ADMINISTRATOR}),
    Permission.SITE_ARRANGE: each({Role.CHIEF_EDITOR, Role.ADMINISTRATOR}),
    Permission.SITE_IDENTITY: each({Role.ADMINISTRATOR}),
    Permission.PROCEDURE_IMPORT: each(EDITORIAL_ROLES),
    Permission.COMMENT_MODERATE: each(EDITORIAL_ROLES),
    Permission.NEWSLETTER_EDIT: each(EDITORIAL_ROLES),
    Permission.NEWSLETTER_SEND: each({Role.CHIEF_EDITOR}),
    Permission.TRASH_USE: each(EDITORIAL_ROLES | {Role.ADMINISTRATOR}),
    Permission.FORM_EDIT: each(EDITORIAL_ROLES),
    Permission.FORM_PUBLISH: each({Role.CHIEF_EDITOR}),
    Permission.DECISION_EDIT: each(EDITORIAL_ROLES),
    Permission.DECISION_PUBLISH: each({Role.CHIEF_EDITOR}),
    Permission.DECISION_ACKNOWLEDGE: [*each(DESK_ROLES), *each(DESK_ROLES, ABOVE)],
    Permission.AUTHORITY_EDIT: each(EDITORIAL_ROLES | {Role.ADMINISTRATOR}),
    Permission.LIBRARY_EDIT: each(EDITORIAL_ROLES),
    Permission.ENQUIRY_EDIT: each(EDITORIAL_ROLES),
    Permission.LIBRARY_PUBLISH: each({Role.CHIEF_EDITOR}),
    Permission.ENQUIRY_PUBLISH: each({Role.CHIEF_EDITOR}),
    Permission.SUGGESTION_HANDLE: each(BOX),
    Permission.MANUAL_READ: each(EDITORIAL_ROLES | BOX),
    Permission.SEARCH_HELP: each(EDITORIAL_ROLES),
    Permission.DOCUMENT_SEAL: [*each({Role.CLERK}), *each({Role.CLERK}, ABOVE)],
    Permission.CERTIFICATE_KEEP: each({Role.ADMINISTRATOR}),
    Permission.ACCOUNT_KEEP: each({Role.ADMINISTRATOR}),
    Permission.CASHBOOK_READ: each(CASH),
    Permission.PROCESS_EDIT: each(ARRANGING),
    Permission.DELEGATION_SET: each(ARRANGING),
    Permission.DESK_ARRANGE: each({Role.ADMINISTRATOR}),
    Permission.WORK_OPEN: [*at(Book(CONDUCT), LEADING), *at(Book(CORRECTIVE), DESK_ROLES)],
    Permission.WORK_BEGIN: [*at(Book(CONDUCT), LEADING), *at(Book(CORRECTIVE), DESK_ROLES)],
    Permission.WORK_READ: [*at(LINE, LEADING), *at(LINE, LEADING, ABOVE), *at(FINDING, DESK_ROLES)],
    Permission.WORK_WRITE: [*at(LINE, LEADING), *at(FINDING, DESK_ROLES, ABOVE)],
}
DENIED: dict[Permission, list[Case]] = {
    Permission.NOBODY: [Case(NOBODY), Case(official(*((ABOVE, role) for role in Role)), DOSSIER)],
    Permission.ACCOUNT_USE: [Case(NOBODY), Case(BROWSER)],
    Permission.DRAFT_EDIT: [*FOREIGN_DRAFTS, Case(CITIZEN, draft(ME, sent=True))],
    Permission.DRAFT_SUBMIT: FOREIGN_DRAFTS,
    Permission.DOSSIER_READ: [
        Case(NOBODY, dossier_of(ME)),
        Case(NOBODY, dossier_of(None)),
        Case(STRANGER, dossier_of(ME)),
        Case(CITIZEN, dossier_of(None)),
        # A token in a browser opens drafts, never a dossier.
        Case(BROWSER, draft(digest=DIGEST)),
        Case(official((ABOVE, Role.ONE_STOP)), dossier_of(OTHER)),
    ],
    Permission.DESK_USE: [Case(NOBODY), Case(CITIZEN), *each(OTHERS - DESK_ROLES)],
    Permission.COUNTER_USE: [Case(NOBODY), Case(CITIZEN), *each(OTHERS - {Role.ONE_STOP})],
    Permission.DOSSIER_HANDLE: [
        Case(NOBODY, DOSSIER),
        Case(CITIZEN, DOSSIER),
        *each(OTHERS - DESK_ROLES),
        *each(DESK_ROLES, ELSEWHERE),
        # A role counts only in the agency that gave it.
        Case(official((ELSEWHERE, Role.ONE_STOP), (HOME, Role.EDITOR)), DOSSIER),
        Case(official((HOME, Role.ONE_STOP)), None),
    ],
    Permission.DOSSIER_ACCEPT: [
        Case(NOBODY, DOSSIER),
        Case(CITIZEN, DOSSIER),
        *each(OTHERS - {Role.ONE_STOP}),
        *each({Role.ONE_STOP}, ELSEWHERE),
        Case(official((ELSEWHERE, Role.ONE_STOP), (HOME, Role.SPECIALIST)), DOSSIER),
        Case(official((HOME, Role.ONE_STOP)), None),
    ],
    Permission.EDITORIAL_USE: [Case(NOBODY), Case(CITIZEN), *each(OTHERS - EDITORIAL_ROLES)],
    Permission.WRITING_KEEP: [
        Case(NOBODY),
        Case(CITIZEN),
        *each(OTHERS - EDITORIAL_ROLES - {Role.ADMINISTRATOR}),
    ],
    Permission.ARTICLE_EDIT: [Case(NOBODY), Case(CITIZEN), *each(OTHERS - EDITORIAL_ROLES)],
    Permission.ARTICLE_PUBLISH: [Case(NOBODY), *each(OTHERS - {Role.CHIEF_EDITOR})],
    Permission.PROCEDURE_EDIT: [Case(NOBODY), Case(CITIZEN), *each(OTHERS - EDITORIAL_ROLES)],
    Permission.PROCEDURE_SETTLE: [Case(NOBODY), *each(OTHERS - {Role.CHIEF_EDITOR})],
    Permission.MEDIA_EDIT: [
        Case(NOBODY),
        Case(CITIZEN),
        *each(OTHERS - EDITORIAL_ROLES - {Role.ADMINISTRATOR}),
    ],
    Permission.SITE_ARRANGE: [
        Case(NOBODY),
        *each(OTHERS - {Role.CHIEF_EDITOR, Role.ADMINISTRATOR}),
    ],
    Permission.SITE_IDENTITY: [Case(NOBODY), *each(OTHERS - {Role.ADMINISTRATOR})],
    Permission.PROCEDURE_IMPORT: [Case(NOBODY), Case(CITIZEN), *each(OTHERS - EDITORIAL_ROLES)],
    Permission.COMMENT_MODERATE: [Case(NOBODY), Case(CITIZEN), *each(OTHERS - EDITORIAL_ROLES)],
    Permission.NEWSLETTER_EDIT: [Case(NOBODY), Case(CITIZEN), *each(OTHERS - EDITORIAL_ROLES)],
    Permission.NEWSLETTER_SEND: [Case(NOBODY), *each(OTHERS - {Role.CHIEF_EDITOR})],
    Permission.TRASH_USE: [
        Case(NOBODY),
        Case(CITIZEN),
        *each(OTHERS - EDITORIAL_ROLES - {Role.ADMINISTRATOR}),
    ],
    Permission.FORM_EDIT: [Case(NOBODY), Case(CITIZEN), *each(OTHERS - EDITORIAL_ROLES)],
    Permission.FORM_PUBLISH: [Case(NOBODY), *each(OTHERS - {Role.CHIEF_EDITOR})],
    Permission.DECISION_EDIT: [Case(NOBODY), Case(CITIZEN), *each(OTHERS - EDITORIAL_ROLES)],
    Permission.DECISION_PUBLISH: [Case(NOBODY), *each(OTHERS - {Role.CHIEF_EDITOR})],
    Permission.DECISION_ACKNOWLEDGE: [
        Case(NOBODY, DOSSIER),
        *each(OTHERS - DESK_ROLES),
        *each(DESK_ROLES, ELSEWHERE),
    ],
    Permission.AUTHORITY_EDIT: [
        Case(NOBODY),
        Case(CITIZEN),
        *each(OTHERS - EDITORIAL_ROLES - {Role.ADMINISTRATOR}),
    ],
    Permission.LIBRARY_EDIT: [Case(NOBODY), Case(CITIZEN), *each(OTHERS - EDITORIAL_ROLES)],
    Permission.ENQUIRY_EDIT: [Case(NOBODY), Case(CITIZEN), *each(OTHERS - EDITORIAL_ROLES)],
    Permission.LIBRARY_PUBLISH: [Case(NOBODY), *each(OTHERS - {Role.CHIEF_EDITOR})],
    Permission.ENQUIRY_PUBLISH: [Case(NOBODY), *each(OTHERS - {Role.CHIEF_EDITOR})],
    Permission.SUGGESTION_HANDLE: [Case(NOBODY), Case(CITIZEN), *each(OTHERS - BOX)],
    Permission.MANUAL_READ: [Case(NOBODY), Case(CITIZEN), *each(OTHERS - EDITORIAL_ROLES - BOX)],
    Permission.SEARCH_HELP: [Case(NOBODY), Case(CITIZEN), *each(OTHERS - EDITORIAL_ROLES)],
    Permission.DOCUMENT_SEAL: [
        Case(NOBODY),
        *each(OTHERS - {Role.CLERK}),
        Case(official((ELSEWHERE, Role.CLERK)), DOSSIER),
    ],
    Permission.CERTIFICATE_KEEP: [Case(NOBODY), *each(OTHERS - {Role.ADMINISTRATOR})],
    Permission.ACCOUNT_KEEP: [Case(NOBODY), Case(CITIZEN), *each(OTHERS - {Role.ADMINISTRATOR})],
    Permission.CASHBOOK_READ: [Case(NOBODY), Case(CITIZEN), *each(OTHERS - CASH)],
    Permission.PROCESS_EDIT: [Case(NOBODY), Case(CITIZEN), *each(OTHERS - ARRANGING)],
    Permission.DELEGATION_SET: [Case(NOBODY), Case(CITIZEN), *each(OTHERS - ARRANGING)],
    Permission.DESK_ARRANGE: [Case(NOBODY), *each(OTHERS - {Role.ADMINISTRATOR})],
    Permission.WORK_OPEN: [Case(NOBODY), Case(CITIZEN), *at(Book(CONDUCT), OTHERS - LEADING)],
    Permission.WORK_BEGIN: [Case(NOBODY), Case(CITIZEN), *at(Book(CONDUCT), OTHERS - LEADING)],
    Permission.WORK_READ: [
        Case(NOBODY, LINE),
        *at(LINE, OTHERS - LEADING),
        *at(LINE, LEADING, ELSEWHERE),
        *at(FINDING, DESK_ROLES, ELSEWHERE),
        *at(None, LEADING),
    ],
    Permission.WORK_WRITE: [
        Case(NOBODY, LINE),
        *at(LINE, OTHERS - LEADING),
        # Those above read it; it is the unit that writes it.
        *at(LINE, LEADING, ABOVE),
        *at(FINDING, OTHERS - DESK_ROLES, ABOVE),
    ],
}


def granted(permission: Permission, case: Case) -> bool:
    return any(all(holds(case.who, case.what) for holds in rule) for rule in RULES[permission])


def test_every_permission_has_people_who_are_allowed_and_people_who_are_denied() -> None:
    assert set(DENIED) == set(Permission) == set(RULES)
    assert set(ALLOWED) == set(Permission) - {Permission.NOBODY}
    assert all(ALLOWED.values())
    assert all(DENIED.values())


def test_every_condition_of_every_rule_is_what_denies_somebody() -> None:
    """No condition is there in vain: without it, somebody denied would be let in."""
    for permission, alternatives in RULES.items():
        for rule in alternatives:
            for condition in rule:
                rest = [one for one in rule if one is not condition]
                let_in = [
                    case
                    for case in DENIED[permission]
                    if all(holds(case.who, case.what) for holds in rest)
                ]
                assert let_in, f"{permission}: {condition.__name__} denies nobody"


@pytest.mark.parametrize(
    ("permission", "case"), [(name, case) for name, cases in ALLOWED.items() for case in cases]
)
def test_who_may_is_allowed(permission: Permission, case: Case) -> None:
    assert granted(permission, case)


@pytest.mark.parametrize(
    ("permission", "case"), [(name, case) for name, cases in DENIED.items() for case in cases]
)
def test_who_may_not_is_denied(permission: Permission, case: Case) -> None:
    assert not granted(permission, case)
