"""The papers of a dossier as lists show them: issued, still to be made, or in trouble."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.dossiers.log import LETTER
from content.dossiers.models import Dossier
from content.letters.issued import NEVER, IssuedPaper, Prints, papers_of, prints_of, slug_of
from content.letters.kinds import PaperKind, papers_left
from content.letters.ministry_forms import ministry_form
from content.letters.sources import event_source
from content.letters.values import local_day
from content.outbox import OutboxJob

#: Papers without a form of the ministry, and the refusal as result, which follows one.
_TITLES = {
    PaperKind.RETURN_SLIP: "Giấy biên nhận trả kết quả",
    PaperKind.FEE_RECEIPT: "Biên lai thu phí",
    PaperKind.CHARGE_RECEIPT: "Biên lai thu lệ phí",
    PaperKind.REFUSAL_NOTICE: "Phiếu từ chối tiếp nhận giải quyết hồ sơ",
}


@dataclass(frozen=True)
class PaperLine:
    """One paper: ``slug`` in addresses; ``paper`` is None until a number was given; in
    ``trouble`` when making it failed and will be tried again."""

    slug: str
    title: str
    source: str
    paper: IssuedPaper | None
    prints: Prints = NEVER
    trouble: bool = False

    @property
    def is_issued(self) -> bool:
        """Whether its bytes are stored."""
        return self.paper is not None and self.paper.digest is not None


def paper_lines(session: Session, dossier: Dossier) -> list[PaperLine]:
    """All papers of a dossier whose log is loaded, in the order in which they came to be."""
    issued = {(one.source, one.kind): one for one in papers_of(session, dossier.id)}
    prints = prints_of(session, [one.id for one in issued.values()])
    due = [(event_source(event), kind) for event in dossier.events for kind in papers_left(event)]
    others = [key for key in issued if key not in due]
    troubled = _troubled(session, [source for source, _ in due])
    days = {event_source(event): local_day(event.at) for event in dossier.events}
    seen: Counter[PaperKind] = Counter()
    found = []
    for source, kind in [*due, *others]:
        seen[kind] += 1
        paper = issued.get((source, kind))
        found.append(
            PaperLine(
                slug=slug_of(kind, seen[kind]),
                title=paper.title if paper else _title(kind, days[source]),
                source=source,
                paper=paper,
                prints=prints.get(paper.id, NEVER) if paper else NEVER,
                trouble=source in troubled,
            )
        )
    return found


def _title(kind: PaperKind, day: date) -> str:
    if kind in _TITLES:
        return _TITLES[kind]
    return ministry_form(kind.value, day).title


def _troubled(session: Session, sources: list[str]) -> set[str]:
    """Sources whose job failed at least once."""
    if not sources:
        return set()
    query = select(OutboxJob.key).where(
        OutboxJob.kind == LETTER, OutboxJob.key.in_(sources), OutboxJob.last_error.is_not(None)
    )
    return set(session.scalars(query))
