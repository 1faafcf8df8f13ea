"""What the second of two editors sees: who saved first, what they changed, both merged.

For every form of one row. Before a row is written over, what its form showed is kept as a
revision; a form carries the mark of what it showed when it was opened. So what both began
from is known to the letter, and nothing has to be copied by hand: what only one changed is
taken over, long texts are merged, and for the rest the editor says whose word it shall be.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from markupsafe import Markup
from pyramid.renderers import render
from pyramid.request import Request

from content import audit
from content.people.models import Account
from content.procedures.forms.conditions import day
from content.words import short_date
from content.writing import merging, revisions
from content.writing.revisions import Part
from portal.forms.accessible import AccessibleForm, FormInvalid
from portal.forms.types import DayText
from portal.forms.widgets import CheckboxWidget, ChoiceWidget, ParagraphWidget
from portal.i18n import _

#: The fields of a form that say which state it was opened in.
MARK, REVISION = "mark", "revision"
#: Before the name of a field: whose word it shall be.
CHOICE = "lay-"
THEIRS = "theirs"
#: What is kept before a row is written over.
NOTE = "Trước khi sửa"
WORDS = _(
    "Người khác vừa lưu mục này sau khi ông/bà mở. Hai bản đã được ghép ở dưới; ông/bà đọc lại "
    "rồi lưu."
)


@dataclass(frozen=True)
class Row:
    """One field that somebody else changed. ``name`` is there where the editor has to
    choose; ``is_joined``: the field holds the words of both."""

    label: str
    parts: Sequence[Part]
    name: str = ""
    mine: str = ""
    theirs: str = ""
    is_joined: bool = False


@dataclass(frozen=True)
class Merged:
    """The values of the form with both changes, and what the other one changed."""

    values: dict[str, Any]
    rows: tuple[Row, ...]


def marked(data: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a form that is opened, with the mark of this moment."""
    return {**data, MARK: mark_of(data)}


def mark_of(data: Mapping[str, Any]) -> str:
    """The digest of what a form shows."""
    told = json.dumps(snapshot_of(data), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:20]


def snapshot_of(data: Mapping[str, Any]) -> dict[str, Any]:
    """What a form shows, as plain data."""
    beside = (MARK, REVISION)
    return {name: _plain(value) for name, value in data.items() if name not in beside}


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool):
        return value or False if isinstance(value, bool) else ""
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else str(value)


def keep(request: Request, subject: str, before: Mapping[str, Any]) -> None:
    """Keep what a row said before it was written over, unless it is kept already."""
    snapshot = snapshot_of(before)
    history = revisions.history(request.db, revisions.of_form(subject))
    if not history or history[0].snapshot != snapshot:
        me = request.identity.account_id
        revisions.keep(
            request.db, revisions.of_form(subject), snapshot, by=me, now=request.now, note=NOTE
        )


def chosen(data: dict[str, Any], before: Mapping[str, Any], post: Any) -> dict[str, Any]:
    """The form's data with the words of the other one where the editor wants those."""
    wanted = (name for name in data if post.get(CHOICE + name) == THEIRS)
    return {**data, **{name: before[name] for name in wanted if name in before}}


def merge(
    request: Request,
    form: AccessibleForm,
    subject: str,
    mine: Mapping[str, Any],
    before: Mapping[str, Any],
) -> Merged:
    """``mine`` as accepted and ``before`` as it stands now, merged from what both began with."""
    base = _base(request, subject, str(mine.get(MARK) or ""), before)
    my, their = snapshot_of(mine), snapshot_of(before)
    values, rows = dict(mine), []
    for node in form.deform.schema.children:
        name = node.name
        if name in (MARK, REVISION):
            continue
        m, t = my.get(name, ""), their.get(name, "")
        b = base.get(name, "") if base is not None else None
        if t in (m, b):
            continue
        if m == b:
            values[name] = before.get(name)
            rows.append(Row(_label(node), revisions.words(_words(node, b), _words(node, t))))
        else:
            values[name], row = _both(node, b if isinstance(b, str) else "", m, t, mine[name])
            rows.append(row)
    values |= {REVISION: before.get(REVISION), MARK: mark_of(before)}
    return Merged(values, tuple(rows))


def _both(node: Any, base: str, mine: Any, theirs: Any, typed: Any) -> tuple[Any, Row]:
    """A field that both changed: long texts are joined, of the rest one is chosen."""
    label, said = _label(node), (_words(node, mine), _words(node, theirs))
    parts = revisions.words(said[1], said[0])
    if isinstance(node.widget, ParagraphWidget):
        text, clashes = merging.merge_text(base, str(mine), str(theirs))
        return text, Row(label, parts, is_joined=bool(clashes))
    return typed, Row(label, parts, node.name, *said)


def _base(
    request: Request, subject: str, mark: str, before: Mapping[str, Any]
) -> Mapping[str, Any] | None:
    """What the form showed when it was opened; ``None`` where nobody knows."""
    if mark == mark_of(before):
        return snapshot_of(before)
    history = revisions.history(request.db, revisions.of_form(subject))
    return next((one.snapshot for one in history if mark_of(one.snapshot) == mark), None)


def _label(node: Any) -> str:
    return str(node.title)


def _words(node: Any, value: Any) -> str:
    """A value as people read it."""
    if isinstance(node.widget, CheckboxWidget):
        return "có" if value else "không"
    if isinstance(node.widget, ChoiceWidget):
        return str(dict(node.widget.options).get(value, value))
    found = day(value) if isinstance(node.typ, DayText) and isinstance(value, str) else None
    if found is not None:
        return short_date(found)
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)


def refused(request: Request, form: AccessibleForm, subject: str, found: Merged) -> FormInvalid:
    """The form with both merged, and above it who saved first and what they changed."""
    form.fill(found.values)
    name, at = _who(request, subject)
    values = {
        "name": name,
        "at": at,
        "rows": found.rows,
        "form_id": form.formid,
        "choice": CHOICE,
        "theirs": THEIRS,
    }
    form.above = Markup(render("editorial/clash.jinja2", values, request))  # noqa: S704 - the template escapes
    return form.refuse(WORDS)


def _who(request: Request, subject: str) -> tuple[str, datetime | None]:
    """Who saved last, and when: the audit line says so, else the state kept before that."""
    last = audit.last(request.db, subject)
    kept = revisions.history(request.db, revisions.of_form(subject))
    who = last.actor_id if last else next((one.written_by for one in kept), None)
    at = last.at if last else next((one.written_at for one in kept), None)
    account = request.db.get(Account, who) if who else None
    return account.name if account else "", at
