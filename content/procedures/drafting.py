"""An editor's acts on a procedure: open a draft, save one section of it, send, discard.

Each save is checked as an import would be (``editing.revise``), leaves a revision and an
audit line, and is guarded: the digest of the section as the editor opened it must still
hold, else ``SectionChanged`` carries what the other one wrote. Sections are independent:
two people may write in two of them at once. Never touches what people read.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from content import audit
from content.errors import Conflict, Invalid
from content.procedures import completeness, editing, publishing
from content.procedures.contradictions import contradictions
from content.procedures.discarded import throw_away
from content.procedures.kinds import VersionState
from content.procedures.labels import SECTIONS
from content.procedures.models import Procedure, ProcedureVersion
from content.procedures.prepared import PreparedLine
from content.procedures.records import Record, canonical, digest
from content.procedures.weaving import Clash, weave
from content.writing import revisions
from content.writing.models import Revision

#: What the list of saves says of a draft that was only opened.
OPENED = "Mở bản nháp"


class SectionChanged(Conflict):
    """Somebody else saved this section first.

    ``mine`` is what was to be saved, woven into what stands there now; ``clashes`` is
    what both changed; ``theirs`` is the revision that holds the other's wording.
    """

    def __init__(self, mine: Record, clashes: list[Clash], theirs: Revision | None) -> None:
        super().__init__("section_changed")
        self.mine = mine
        self.clashes = clashes
        self.theirs = theirs


def subject_of(version: ProcedureVersion) -> str:
    """How revisions and kept drafts name a version."""
    return f"procedure_version:{version.id}"


def writers_of(session: Session, version: ProcedureVersion) -> set[int]:
    """The accounts that wrote in a version; opening it is no writing."""
    query = select(Revision.written_by).where(
        Revision.subject == subject_of(version),
        Revision.written_by.is_not(None),
        Revision.note != OPENED,
    )
    return {one for one in session.scalars(query) if one is not None}


def part_of(record: Record, section: str) -> Record:
    """The keys of a record that one section holds."""
    keys = SECTIONS[section][1] or ("dossier",)
    return {key: record[key] for key in keys if key in record}


def mark_of(record: Record, section: str) -> str:
    """The digest of a section: what a form remembers of the moment it was opened."""
    return digest(part_of(record, section))


@dataclass(frozen=True)
class DraftService:
    """Drafts of one database, as of one moment, for one editor."""

    session: Session
    now: datetime
    editor_id: int | None

    def open(self, procedure: Procedure) -> ProcedureVersion:
        """The draft of a procedure, made if there is none. Raises ``Conflict`` while a
        version waits for its decision, ``InvalidTransition`` where there is nothing to edit."""
        there = draft_of(procedure)
        if there is not None:
            return there
        draft = editing.open_draft(procedure, now=self.now)
        # Revisions and addresses name its id.
        self.session.flush()
        self._keep(draft, OPENED)
        self._record(procedure, "procedure.draft_opened", draft)
        return draft

    def create(self, record: Record) -> ProcedureVersion:
        """A new procedure with its first draft. Raises ``Invalid``, ``Conflict`` when the
        code is taken at this level."""
        self._demand_free(record)
        draft = editing.new_procedure(self.session, record, now=self.now)
        # Revisions and addresses name its id.
        self.session.flush()
        self._keep(draft, "Thủ tục mới")
        self._record(draft.procedure, "procedure.created", draft)
        return draft

    def opened_with(self, draft: ProcedureVersion, section: str, mark: str | None) -> Record:
        """The record a form was opened with, told by the digest of its section; what stands
        there now where nobody knows better."""
        if not mark or mark == mark_of(draft.document, section):
            return draft.document
        history = revisions.history(self.session, subject_of(draft))
        kept = (one.snapshot for one in history)
        return next((one for one in kept if mark_of(one, section) == mark), draft.document)

    def save(
        self, draft: ProcedureVersion, section: str, part: Record, *, mark: str | None = None
    ) -> bool:
        """Write one section; tells whether anything changed.

        ``part`` has the keys of the section; ``None`` leaves a key empty. ``mark`` is the
        section's digest when it was opened. Raises ``Invalid``, ``InvalidTransition``,
        ``SectionChanged``.
        """
        self._guard(draft, section, part, mark)
        before = draft.digest
        found = contradictions(canonical({**part_of(draft.document, section), **part}))
        if found:
            raise Invalid(found)
        editing.revise(draft, lambda record: _write(record, part))
        if draft.digest == before:
            return False
        self._keep(draft, f"Sửa phần {SECTIONS[section][0]}")
        self._record(draft.procedure, "procedure.draft_saved", draft, section=section)
        return True

    def rename_cases(
        self,
        draft: ProcedureVersion,
        names: dict[str, str | None],
        added: list[tuple[str, str]],
        *,
        mark: str | None = None,
    ) -> bool:
        """Give cases other names (``None``: papers of everyone) and add new ones.

        ``added`` are (name of the case, its first paper): a case lives by its papers. Raises
        as ``save`` does.
        """
        papers = []
        for paper in draft.document.get("dossier") or ():
            case = paper.get("case")
            is_named = case in names
            papers.append({**paper, "case": names[case]} if is_named else paper)
        papers += [
            {"name": paper, "originals": None, "copies": None, "case": case}
            for case, paper in added
        ]
        return self.save(draft, "truong-hop", {"dossier": papers}, mark=mark)

    def discard(self, draft: ProcedureVersion) -> None:
        """Throw the draft into the bin; of a procedure that never had another, the procedure too.

        Raises ``Conflict`` where a decision in preparation names such a procedure.
        """
        procedure = draft.procedure
        if self.kept_by(draft) is not None:
            raise Conflict("in_prepared_decision", procedure=procedure.id)
        self._record(procedure, "procedure.draft_discarded", draft)
        throw_away(self.session, draft, by=self.editor_id, now=self.now)

    def kept_by(self, draft: ProcedureVersion) -> int | None:
        """The decision in preparation that keeps a draft from being thrown away: it names a
        procedure that would go with its only draft."""
        if len(draft.procedure.versions) > 1:
            return None
        query = select(PreparedLine.prepared_id)
        named = query.where(PreparedLine.procedure_id == draft.procedure_id)
        return self.session.scalars(named.limit(1)).first()

    def rewrite(self, draft: ProcedureVersion, change: Callable[[Record], None], note: str) -> bool:
        """Let an act that is no form change a draft: a bulk change, a difference taken over,
        a file. Kept as a revision like every save; tells whether anything changed."""
        before = draft.digest
        editing.revise(draft, change)
        if draft.digest == before:
            return False
        self._keep(draft, note)
        self._record(draft.procedure, "procedure.draft_saved", draft, note=note)
        return True

    def send(self, draft: ProcedureVersion) -> None:
        """Hand the draft over for a publication decision. Raises ``Invalid`` (code
        ``incomplete``) while a mandatory part is missing, ``InvalidTransition``."""
        completeness.demand(draft.document)
        publishing.submit(draft)
        self._record(draft.procedure, "procedure.sent", draft)

    def take_back(self, version: ProcedureVersion) -> None:
        """Take a waiting version back to work on it. Raises ``InvalidTransition``."""
        publishing.withdraw(version)
        self._record(version.procedure, "procedure.taken_back", version)

    def restore(self, draft: ProcedureVersion, number: int) -> None:
        """Give a draft the wording of one of its revisions. Raises ``NotFound``."""
        kept: Record = revisions.find(self.session, subject_of(draft), number).snapshot

        def replace(record: Record) -> None:
            record.clear()
            record.update(kept)

        editing.revise(draft, replace)
        self._keep(draft, f"Khôi phục lần lưu {number}")
        self._record(draft.procedure, "procedure.draft_restored", draft, number=number)

    def _guard(self, draft: ProcedureVersion, section: str, part: Record, mark: str | None) -> None:
        now = part_of(draft.document, section)
        if mark is None or mark == digest(now):
            return
        mine = canonical({**part_of(draft.document, section), **part})
        if digest(mine) == digest(now):
            return
        history = revisions.history(self.session, subject_of(draft))
        base = part_of(self.opened_with(draft, section, mark), section)
        woven, clashes = weave(base, mine, now)
        raise SectionChanged(woven, clashes, _last_to_write(history, section, mark))

    def _demand_free(self, record: Record) -> None:
        if not record.get("code"):
            return
        taken = editing.find_same(self.session, record)
        if taken is not None:
            raise Conflict("code_taken", procedure=taken.id)

    def _keep(self, draft: ProcedureVersion, note: str) -> None:
        revisions.keep(
            self.session,
            subject_of(draft),
            draft.document,
            by=self.editor_id,
            now=self.now,
            note=note,
        )

    def _record(
        self, procedure: Procedure, action: str, version: ProcedureVersion, **data: Any
    ) -> None:
        audit.record(
            self.session,
            now=self.now,
            actor_id=self.editor_id,
            action=action,
            subject=f"procedure:{procedure.id}",
            version=version.id,
            **data,
        )


def waiting(procedure: Procedure) -> ProcedureVersion | None:
    """The version that waits for a decision, if there is one."""
    return _in_state(procedure, VersionState.AWAITING)


def draft_of(procedure: Procedure) -> ProcedureVersion | None:
    """The draft, if there is one."""
    return _in_state(procedure, VersionState.DRAFT)


def _in_state(procedure: Procedure, state: VersionState) -> ProcedureVersion | None:
    return next((one for one in procedure.versions if one.state is state), None)


def _last_to_write(history: list[Revision], section: str, mark: str) -> Revision | None:
    """The newest revision that changed the section since it was opened."""
    ordered = sorted(history, key=lambda one: one.number)
    found = None
    before = mark
    for one in ordered:
        here = digest(part_of(one.snapshot, section))
        if here != before:
            found = one
        before = here
    return found


def _write(record: Record, part: Record) -> None:
    for key, value in part.items():
        if value is not None or key in record:
            record[key] = value
