"""The one table to audit: permission → alternatives, each a list of conditions.

A permission is granted when every condition of at least one alternative holds.
"""

from collections.abc import Mapping

from portal.security.permissions import Permission
from portal.security.predicates import (
    Predicate,
    begins_in_book,
    handles_here,
    heads,
    is_administrator,
    is_chief_editor,
    is_draft,
    is_editor,
    keeps_cash,
    keeps_the_box,
    keeps_the_seal_here,
    opens_book,
    owns,
    reads_entry,
    receives_here,
    signed_in,
    works_at_counter,
    works_at_desk,
    writes_entry,
)

Alternatives = tuple[tuple[Predicate, ...], ...]

RULES: Mapping[Permission, Alternatives] = {
    Permission.NOBODY: (),
    Permission.ACCOUNT_USE: ((signed_in,),),
    Permission.DRAFT_EDIT: ((owns, is_draft),),
    # A draft that was sent already leads its owner to the acknowledgement.
    Permission.DRAFT_SUBMIT: ((owns,),),
    Permission.DOSSIER_READ: ((signed_in, owns),),
    Permission.DESK_USE: ((works_at_desk,),),
    Permission.COUNTER_USE: ((works_at_counter,),),
    Permission.CASHBOOK_READ: ((keeps_cash,),),
    Permission.DOSSIER_HANDLE: ((handles_here,),),
    Permission.DOSSIER_ACCEPT: ((receives_here,),),
    Permission.EDITORIAL_USE: ((is_editor,),),
    # Typed text is kept for its writer alone, whatever it belongs to.
    Permission.WRITING_KEEP: ((is_editor,), (is_administrator,)),
    Permission.ARTICLE_EDIT: ((is_editor,),),
    Permission.ARTICLE_PUBLISH: ((is_chief_editor,),),
    Permission.MEDIA_EDIT: ((is_editor,), (is_administrator,)),
    Permission.SITE_ARRANGE: ((is_chief_editor,), (is_administrator,)),
    Permission.SITE_IDENTITY: ((is_administrator,),),
    Permission.PROCEDURE_EDIT: ((is_editor,),),
    Permission.PROCEDURE_SETTLE: ((is_chief_editor,),),
    Permission.DECISION_EDIT: ((is_editor,),),
    Permission.DECISION_PUBLISH: ((is_chief_editor,),),
    Permission.DECISION_ACKNOWLEDGE: ((handles_here,),),
    Permission.PROCEDURE_IMPORT: ((is_editor,),),
    Permission.FORM_EDIT: ((is_editor,),),
    Permission.FORM_PUBLISH: ((is_chief_editor,),),
    Permission.COMMENT_MODERATE: ((is_editor,),),
    Permission.NEWSLETTER_EDIT: ((is_editor,),),
    Permission.NEWSLETTER_SEND: ((is_chief_editor,),),
    Permission.AUTHORITY_EDIT: ((is_editor,), (is_administrator,)),
    Permission.LIBRARY_EDIT: ((is_editor,),),
    Permission.LIBRARY_PUBLISH: ((is_chief_editor,),),
    Permission.ENQUIRY_EDIT: ((is_editor,),),
    Permission.ENQUIRY_PUBLISH: ((is_chief_editor,),),
    # Whoever has a screen of the editors may read of it.
    Permission.MANUAL_READ: ((is_editor,), (is_administrator,), (keeps_the_box,)),
    Permission.SEARCH_HELP: ((is_editor,),),
    # Not every officer: a suggestion may be about one of them.
    Permission.SUGGESTION_HANDLE: ((keeps_the_box,),),
    # What they see there, the permission of each kind decides.
    Permission.TRASH_USE: ((is_editor,), (is_administrator,)),
    # How work goes through a department is its head's to say.
    Permission.PROCESS_EDIT: ((heads,), (is_administrator,)),
    # Days off, hours and how procedures are handled decide every date.
    Permission.DESK_ARRANGE: ((is_administrator,),),
    # The seal is in the clerk's keeping (NĐ 30/2020 art. 32).
    Permission.DOCUMENT_SEAL: ((keeps_the_seal_here,),),
    # Who may stand in is said by who answers for the work, never by a substitute's substitute.
    Permission.DELEGATION_SET: ((heads,), (is_administrator,)),
    Permission.CERTIFICATE_KEEP: ((is_administrator,),),
    Permission.ACCOUNT_KEEP: ((is_administrator,),),
    # Which parts read and write a book, the table of its kinds says (content/workbook).
    Permission.WORK_OPEN: ((opens_book,),),
    Permission.WORK_BEGIN: ((begins_in_book,),),
    Permission.WORK_READ: ((reads_entry,),),
    Permission.WORK_WRITE: ((writes_entry,),),
}
