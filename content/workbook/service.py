"""The only writer of the book of work: beginning, changing, remarks and how far it is, files.

Every act is a line of the entry's history and of the audit. An entry that is finished stays
open to corrections until its year is over; then it is archive.
"""

import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from content import audit
from content.agencies.models import Agency
from content.dossiers.conversation import GivenFile
from content.dossiers.desks import ancestor_ids
from content.dossiers.numbering import next_number
from content.errors import Conflict, Invalid, InvalidTransition, NotAllowed
from content.files import FileService
from content.people.models import Account
from content.text import clean
from content.words import local, short_date
from content.workbook.checking import Given, problems, tidy, unfinished, unknown_to_others
from content.workbook.kinds import BY_KEY, EntryKind
from content.workbook.models import (
    MAX_FILE_NAME,
    MAX_FILES,
    MAX_REMARK,
    STATUS_NAMES,
    WorkAct,
    WorkEntry,
    WorkEvent,
    WorkFile,
    WorkStatus,
)
from content.workbook.rights import Rights
from content.workbook.wording import code_of, differences, findable

#: The counter of the numbers; the unit is the kind, the period the year.
SERIES = "work"
#: Years before this one for which something may still be entered.
YEARS_BACK = 5


def given_of(entry: WorkEntry) -> Given:
    """What an entry says now."""
    return Given(entry.title, entry.values, entry.owner_id, entry.due_on)


class WorkBook:
    """The book, as of one instant."""

    def __init__(self, session: Session, files: FileService, now: datetime) -> None:
        self.session = session
        self.files = files
        self.now = now
        self._today = local(now).date()

    def begin(
        self,
        kind: EntryKind,
        agency: Agency,
        year: int,
        given: Given,
        by: Account,
        *,
        key: str = "",
        parent: WorkEntry | None = None,
    ) -> WorkEntry:
        """A new entry with the next number of its kind and year; the one begun with the same
        ``key`` if there is one. Raises ``NotAllowed``; ``Invalid`` with the codes of
        ``checking``, ``year`` (``out_of_range``), ``not_this_unit``, ``there_already`` (with
        the number of the entry that is there), ``parent`` (``parent_finished``)."""
        known = self.session.scalars(select(WorkEntry).where(WorkEntry.key == key)).first()
        if known is not None and key:
            return known
        self._may_write(kind, agency, by)
        wrong = self._wrong(kind, agency, given)
        if not self._today.year - YEARS_BACK <= year <= self._today.year + 1:
            wrong["year"] = "out_of_range"
        if not kind.may_be_of(agency.kind):
            wrong["agency"] = "not_this_unit"
        if parent is not None and parent.status.is_finished:
            wrong["parent"] = "parent_finished"
        if wrong:
            raise Invalid(wrong)
        values = tidy(kind, given.values)
        entry = WorkEntry(
            key=key or new_key(),
            kind=kind.key,
            year=year,
            only_key=self._only(kind, agency.id, year, values),
            agency=agency,
            owner_id=given.owner_id,
            parent=parent,
            title=clean(given.title),
            words=findable(kind, clean(given.title), values),
            values=values,
            due_on=given.due_on,
            status=WorkStatus.OPEN,
            touched=0,
            created_at=self.now,
            number=next_number(self.session, SERIES, kind.key, str(year)),
        )
        self.session.add(entry)
        self.session.flush()  # history and audit name its id
        self._tell(entry, WorkAct.BEGUN, by)
        return entry

    def change(self, entry: WorkEntry, given: Given, by: Account, *, revision: int) -> None:
        """Write over what the entry says; without a difference nothing happens. Raises as
        ``begin``, ``Conflict("changed_meanwhile")``, ``InvalidTransition("archived")``."""
        kind = self._take_up(entry, by, revision)
        wrong = self._wrong(kind, entry.agency, given, finished=entry.status is WorkStatus.DONE)
        if wrong:
            raise Invalid(wrong)
        values = tidy(kind, given.values)
        changes = self._changes(entry, kind, given) + differences(kind, entry.values, values)
        if not changes:
            return
        only = self._only(kind, entry.agency_id, entry.year, values, entry)
        entry.only_key, entry.values = only, values
        entry.title, entry.owner_id = clean(given.title), given.owner_id
        entry.due_on = given.due_on
        entry.words = findable(kind, entry.title, values)
        self._tell(entry, WorkAct.CHANGED, by, changes=changes)

    def remark(
        self,
        entry: WorkEntry,
        by: Account,
        *,
        revision: int,
        text: str = "",
        status: WorkStatus | None = None,
        files: Sequence[GivenFile] = (),
    ) -> None:
        """Say something, say how far it is, add files. Raises ``Invalid``: ``text``
        (``required`` where nothing was said, or where an entry is given up or opened again
        without a reason; ``too_long``), ``status`` (``unfinished``, ``open_below``,
        ``parent_finished``), ``files`` (``too_many``); ``Conflict`` and
        ``InvalidTransition`` as ``change``."""
        kind = self._take_up(entry, by, revision)
        words, wanted = clean(text, multiline=True), status or entry.status
        moved = wanted is not entry.status
        wrong = self._wrong_remark(entry, kind, words, wanted, len(files))
        if not (words or moved or files):
            wrong.setdefault("text", "required")
        if wrong:
            raise Invalid(wrong)
        changes = (
            [["Tình trạng", STATUS_NAMES[entry.status], STATUS_NAMES[wanted]]] if moved else []
        )
        changes += [["Tệp", "", one.name[:MAX_FILE_NAME]] for one in files]
        for one in files:
            self._keep(entry, one, by)
        if moved:
            entry.status = wanted
            entry.finished_at = self.now if wanted.is_finished else None
        self._tell(entry, WorkAct.REMARKED, by, text=words, changes=changes)

    def drop_file(self, entry: WorkEntry, file: WorkFile, by: Account) -> None:
        """Take a file away that was added by mistake; the history keeps its name."""
        self._take_up(entry, by, entry.revision)
        self._tell(entry, WorkAct.FILE_DROPPED, by, changes=[["Tệp", file.name, ""]])
        entry.files.remove(file)
        self.session.delete(file)
        self.session.delete(file.file)

    def _wrong(
        self, kind: EntryKind, agency: Agency, given: Given, *, finished: bool = False
    ) -> dict[str, str]:
        above = frozenset(ancestor_ids(self.session, agency.id))
        wrong = problems(kind, given, self._today, finishing=finished)
        return unknown_to_others(self.session, kind, given, above) | wrong

    def _wrong_remark(
        self, entry: WorkEntry, kind: EntryKind, words: str, wanted: WorkStatus, files: int
    ) -> dict[str, str]:
        wrong = {}
        opened_again = entry.status.is_finished and not wanted.is_finished
        given_up = wanted is WorkStatus.DROPPED and entry.status is not wanted
        if (opened_again or given_up) and not words:
            wrong["text"] = "required"
        if opened_again and entry.parent is not None and entry.parent.status.is_finished:
            wrong["status"] = "parent_finished"
        if len(words) > MAX_REMARK:
            wrong["text"] = "too_long"
        if wanted is WorkStatus.DONE and entry.status is not wanted:
            if any(not one.status.is_finished for one in entry.children):
                wrong["status"] = "open_below"
            if unfinished(kind, given_of(entry), self._today):
                wrong["status"] = "unfinished"
        if len(entry.files) + files > MAX_FILES:
            wrong["files"] = "too_many"
        return wrong

    def _take_up(self, entry: WorkEntry, by: Account, revision: int) -> EntryKind:
        kind = BY_KEY[entry.kind]
        self._may_write(kind, entry.agency, by)
        if entry.revision != revision:
            raise Conflict("changed_meanwhile")
        if entry.is_archived(self._today.year):
            raise InvalidTransition("archived", year=entry.year)
        return kind

    def _may_write(self, kind: EntryKind, agency: Agency, by: Account) -> None:
        own = Rights(self.session, by, self.now)
        # A sort of unit that has no such book is said at its field, not refused here.
        if agency.id not in own.writable(kind) and kind.may_be_of(agency.kind):
            raise NotAllowed("work_entry")

    def _only(
        self,
        kind: EntryKind,
        agency_id: int,
        year: int,
        values: dict[str, str],
        mine: WorkEntry | None = None,
    ) -> str | None:
        """What may be there once; the unique column is the last line."""
        if kind.once is None:
            return None
        own = ":".join([kind.key, str(agency_id), str(year), *(values[one] for one in kind.once)])
        there = self.session.scalars(select(WorkEntry).where(WorkEntry.only_key == own)).first()
        if there is not None and there is not mine:
            field = kind.once[0] if kind.once else "title"
            raise Invalid({field: "there_already"}, number=code_of(there), id=there.id)
        return own

    def _changes(self, entry: WorkEntry, kind: EntryKind, given: Given) -> list[list[str]]:
        owner = self.session.get(Account, given.owner_id) if given.owner_id else None
        pairs = (
            (kind.title, entry.title, clean(given.title)),
            ("Người phụ trách", _name(entry.owner), _name(owner)),
            (
                "Hạn",
                short_date(entry.due_on) if entry.due_on else "",
                short_date(given.due_on) if given.due_on else "",
            ),
        )
        return [[label, old, new] for label, old, new in pairs if old != new]

    def _keep(self, entry: WorkEntry, given: GivenFile, by: Account) -> None:
        row = self.files.keep(
            given.source,
            name=given.name[:MAX_FILE_NAME],
            media_type=given.media_type,
            now=self.now,
            owner_id=by.id,
        )
        file = WorkFile(token=new_key(), file=row, name=row.name, added_at=self.now)
        entry.files.append(file)

    def _tell(
        self,
        entry: WorkEntry,
        act: WorkAct,
        by: Account,
        *,
        text: str = "",
        changes: Sequence[list[str]] = (),
    ) -> None:
        entry.events.append(
            WorkEvent(
                at=self.now,
                actor_id=by.id,
                actor_name=by.name,
                act=act,
                text=text,
                changes=list(changes),
            )
        )
        if act is not WorkAct.BEGUN:
            # A remark alone changes no column; the guard of two people must see it all the same.
            entry.touched += 1
        audit.record(
            self.session,
            now=self.now,
            actor_id=by.id,
            action=f"work.{act.value}",
            subject=f"work_entry:{entry.id}",
            kind=entry.kind,
            status=entry.status.value,
        )


def _name(account: Account | None) -> str:
    return account.name if account else ""


def new_key() -> str:
    """A random key for an address or a form."""
    return secrets.token_urlsafe(15)
