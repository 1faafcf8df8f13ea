"""From a version of a process to its sheet."""

from collections.abc import Sequence
from datetime import datetime

from content.letters.from_dossiers import LetterSite
from content.letters.process_sheet import Issue, ProcessSheet
from content.letters.values import Office
from content.processes.limits import limit_words
from content.processes.models import ProcessVersion
from content.processes.sheet import words_of


def process_sheet(
    version: ProcessVersion, known: Sequence[ProcessVersion], site: LetterSite, now: datetime
) -> ProcessSheet:
    """The sheet; ``known`` are all versions, for the page of changes. A published one has the
    limit of the day on which it was published."""
    procedure = version.procedure
    current = procedure.current_version
    record = current.document if current else {"name": procedure.name}
    issues = sorted((one for one in known if one.number <= version.number), key=_number)
    return ProcessSheet(
        office=Office(name=site.authority, place=site.place, hotline=site.hotline),
        made_at=now,
        record=record,
        graph=version.graph,
        code=version.code,
        number=version.number,
        limit=limit_words(current) if version.is_draft else version.limit_words,
        effective_on=version.effective_on,
        case=version.case,
        author=version.author,
        reviewer=version.reviewer,
        approver=version.approver,
        parts=words_of(version.words, procedure.name),
        issues=[Issue(one.number, one.effective_on, one.changes) for one in issues],
        draft=version.is_draft,
        sample=site.sample,
    )


def _number(version: ProcessVersion) -> int:
    return version.number
