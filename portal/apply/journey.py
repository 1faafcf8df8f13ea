"""The way from the first question to the check page: which pages, in which order.

Pages follow the answers: a section whose questions are all hidden is no step. What the
papers page asks for follows the case.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

from pyramid.request import Request

from content.dossiers.drafts import DraftService
from content.dossiers.models import Draft
from content.dossiers.papers import PaperToGive
from content.procedures.forms import FormDefinition, Section, visible_sections
from portal.i18n import _

PAPERS, CHECK = "giay-to", "kiem-tra"


@dataclass(frozen=True)
class Step:
    """One page of the journey. ``number`` counts from 1; ``section`` is the form's, if any.

    ``address`` makes its URL when it is asked for: of all pages people go to one.
    """

    key: str
    title: str
    number: int
    address: Callable[[], str] = field(repr=False, compare=False)
    section: Section | None = None

    @property
    def url(self) -> str:
        """Where it is."""
        return self.address()


@dataclass(frozen=True)
class Journey:
    """A draft with its form, its papers and its pages."""

    draft: Draft
    definition: FormDefinition
    papers: tuple[PaperToGive, ...]
    steps: tuple[Step, ...]

    @property
    def first(self) -> Step:
        """Where filling in begins."""
        return self.steps[0]

    @property
    def check(self) -> Step:
        """The last page."""
        return self.steps[-1]

    def at(self, key: str) -> Step | None:
        """The page of that key; ``None`` if it is not asked for."""
        return next((step for step in self.steps if step.key == key), None)

    def before(self, step: Step) -> Step | None:
        """The page before, if there is one."""
        return self.steps[step.number - 2] if step.number > 1 else None

    def after(self, step: Step) -> Step:
        """The page after, at most the last one."""
        return self.steps[min(step.number, len(self.steps) - 1)]


def journey_of(request: Request, draft: Draft) -> Journey:
    """The journey as the answers of now make it."""
    definition = request.service(DraftService).definition(draft)
    papers = request.registry["kept"].papers(draft, definition)
    pages: list[tuple[str, str, Section | None]] = [
        (section.id, section.title, section)
        for section in visible_sections(definition, draft.answers)
    ]
    if to_attach(papers):
        pages.append((PAPERS, _("Giấy tờ kèm theo"), None))
    pages.append((CHECK, _("Kiểm tra lại"), None))
    steps = tuple(
        Step(key, title, number, partial(_url, request, draft, key, section), section)
        for number, (key, title, section) in enumerate(pages, start=1)
    )
    return Journey(draft, definition, papers, steps)


def to_attach(papers: Sequence[PaperToGive]) -> list[PaperToGive]:
    """The papers that files are asked for; the form itself stands for the others."""
    return [paper for paper in papers if paper.answered_by is None]


def draft_url(request: Request, draft: Draft, route: str, **more: str) -> str:
    """An address of a draft."""
    url: str = request.route_path(
        f"apply.{route}", code=draft.procedure.key, draft=draft.key, **more
    )
    return url


def _url(request: Request, draft: Draft, key: str, section: Section | None) -> str:
    if section is not None:
        return draft_url(request, draft, "step", step=key)
    return draft_url(request, draft, {PAPERS: "papers", CHECK: "check"}[key])
