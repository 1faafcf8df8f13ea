"""One section of a draft: its form, kept text, and the page for the second of two editors."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.errors import Invalid
from content.procedures import completeness
from content.procedures.difference import differences
from content.procedures.drafting import SectionChanged, draft_of, mark_of
from content.procedures.form_choosing import moved_keys
from content.procedures.labels import SECTIONS, value_in_words, where_in_words
from content.procedures.models import Procedure, ProcedureVersion
from content.procedures.projecting import case_names
from content.procedures.records import Record
from content.procedures.weaving import Clash
from portal.editorial import writing
from portal.editorial.procedures import form_file, section_fields, words
from portal.editorial.procedures.conversion import (
    ELSEWHERE,
    cases_from,
    part_from,
    place_of,
    places_of,
    values_of,
)
from portal.editorial.procedures.elsewhere import elsewhere
from portal.editorial.procedures.rows_form import Part, RowsForm, Values
from portal.editorial.procedures.shared import drafts, names, to
from portal.forms import fields
from portal.http.notices import Notice, say
from portal.http.pages import form_page
from portal.i18n import _
from portal.security.permissions import Permission

BOTH = ("GET", "HEAD", "POST")
PAGE = "editorial/procedures/section.jinja2"


@dataclass(frozen=True)
class Editing:
    """One section of one draft, being edited."""

    request: Request
    draft: ProcedureVersion
    section: str

    @property
    def subject(self) -> str:
        """How kept text names it."""
        return f"procedure_section:{self.draft.id}-{self.section}"

    def form(self, base: Record, values: Values | None = None) -> RowsForm:
        """The form on top of the record it was opened with."""
        shown = values if values is not None else values_of(base, self.section)
        mark = mark_of(self.draft.document, self.section)
        return RowsForm(
            self.request,
            lambda: self._parts(base),
            _("Lưu phần này"),
            ("tiep", "1", _("Lưu và sang phần sau"), "secondary"),
            values={**shown, "mark": mark},
        )

    def _parts(self, base: Record) -> list[Part]:
        return [*self._fields(base), fields.hidden("mark")]

    def _fields(self, base: Record) -> Sequence[Part]:
        if self.section == "giay-to":
            cases = [*case_names(self.draft.document), *case_names(base)]
            return section_fields.papers(list(dict.fromkeys(cases)))
        if self.section == "chung":
            return section_fields.general(base.get("service_level"))
        if self.section == ELSEWHERE:
            known = (one.get("local_variants") or () for one in (base, self.draft.document))
            places = [name for variants in known for name in places_of(variants)]
            return elsewhere(list(dict.fromkeys(places)))
        return section_fields.MAKERS[self.section]()

    def save(self, data: Values, base: Record) -> bool:
        """Write what the form says. Raises as ``DraftService.save`` does."""
        mark = data.get("mark")
        if self.section == "truong-hop":
            renamed, added = cases_from(data, base)
            return drafts(self.request).rename_cases(self.draft, renamed, added, mark=mark)
        part = part_from(data, self.section, base)
        is_changed = drafts(self.request).save(self.draft, self.section, part, mark=mark)
        if self.section == form_file.SECTION:
            rows = zip(
                (place_of(row) for row in data["forms"]), part.get("forms") or (), strict=True
            )
            form_file.choosing(self.request).follow(self.draft, moved_keys(base, rows))
        return is_changed


@view_config(
    route_name="editorial.procedure.section",
    renderer=PAGE,
    permission=Permission.PROCEDURE_EDIT,
    methods=BOTH,
    uses_session=True,
)
def section(context: Procedure, request: Request) -> Any:
    """Shows and saves one section; row buttons change the page only."""
    slug, draft = request.matchdict["section"], draft_of(context)
    if slug not in SECTIONS:
        raise HTTPNotFound
    if draft is None:
        return HTTPSeeOther(to(request, "", context))
    work = Editing(request, draft, slug)
    base = drafts(request).opened_with(draft, slug, request.POST.get("mark"))
    form = work.form(base)
    page = _page(request, context, work, form)
    if request.method != "POST" or form.pressed(request.POST):
        return page
    data = form.accept(request.POST)
    try:
        work.save(data, base)
    except Invalid as error:
        raise form.refuse(words.problems(error)) from None
    except SectionChanged as changed:
        return _compared(request, context, work, changed)
    writing.finish(request, work.subject)
    return say(HTTPSeeOther(_next(request, context, slug)), Notice.PROCEDURE_SAVED)


def _page(
    request: Request, procedure: Procedure, work: Editing, form: RowsForm, **more: Any
) -> dict[str, Any]:
    gaps = completeness.gaps(work.draft.document)
    keys = {one.section for one in gaps}
    return form_page(
        request,
        PAGE,
        form,
        **{
            "procedure": procedure,
            "draft": work.draft,
            "section": work.section,
            "title": SECTIONS[work.section][0],
            "sections": [
                (to(request, ".section", procedure, section=slug), slug, name, slug in keys)
                for slug, (name, _keys) in SECTIONS.items()
            ],
            "gaps": [one for one in gaps if one.section == work.section],
            "w": writing.begin(request, work.subject, form, None),
            "back": to(request, "", procedure),
            "clashes": (),
            "theirs": None,
            "filing_url": to(request, ".filing", procedure),
            "form_files": form_file.lines(request, procedure, work.draft)
            if work.section == form_file.SECTION
            else None,
            "zip_url": request.route_path("editorial.form_files"),
            **more,
        },
    )


def _next(request: Request, procedure: Procedure, slug: str) -> str:
    """The section after this one, or the procedure's page after the last."""
    order = list(SECTIONS)
    place = order.index(slug) + 1
    if "tiep" in request.POST and place < len(order):
        return to(request, ".section", procedure, section=order[place])
    return to(request, "", procedure) + f"#{slug}"


def _compared(
    request: Request, procedure: Procedure, work: Editing, changed: SectionChanged
) -> Response:
    """Both wordings side by side, and the form with the two woven together."""
    document = work.draft.document
    # Cases are named by their place in what stands there now; the table shows one's own names.
    is_woven = work.section != "truong-hop"
    values = values_of({**document, **changed.mine}, work.section)
    form = work.form(document, _as_new_rows(values) if is_woven else None)
    by = changed.theirs.written_by if changed.theirs else None
    _page(
        request,
        procedure,
        work,
        form,
        clashes=[_told(one) for one in changed.clashes],
        theirs=(names(request, [by]).get(by), changed.theirs),
        woven=[
            (
                where_in_words(one.path),
                value_in_words(one.path, one.old),
                value_in_words(one.path, one.new),
            )
            for one in differences(document, {**document, **changed.mine})
        ],
    )
    note = _("Người khác vừa lưu phần này. Hai bản đã được ghép ở dưới; ông/bà xem lại rồi lưu.")
    raise form.refuse({"": note})


def _told(clash: Clash) -> dict[str, str]:
    return {
        "where": where_in_words(clash.path),
        "base": value_in_words(clash.path, clash.base),
        "mine": value_in_words(clash.path, clash.mine),
        "theirs": value_in_words(clash.path, clash.theirs),
    }


def _as_new_rows(values: Values) -> Values:
    """Woven rows have other places than those of the record: none is taken for another."""
    return {
        key: [{**row, "was": None} for row in value]
        if isinstance(value, list) and value and isinstance(value[0], dict)
        else value
        for key, value in values.items()
    }
