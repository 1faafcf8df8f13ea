"""A POST sorted by the questions of a page: texts, files, rows, and what was pressed.

Only names that the questions have are looked at; whatever else was sent is ignored.
Nothing raises: what cannot be taken becomes a problem at its question.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from content.procedures.forms.check import Problem
from content.procedures.forms.definition import ABROAD, MAX_FILES, Kind, Path, Question
from portal.forms import typed
from portal.forms.places import PlaceBook
from portal.forms.schema import control_name
from portal.forms.sniffing import Refused
from portal.forms.uploads import Uploads

#: The buttons of our widgets. No question can have such a name.
ADD, REMOVE, REMOVE_FILE, PICK = "_them", "_bo", "_bo_tep", "_chon_tinh"
BUTTONS = (ADD, REMOVE, REMOVE_FILE, PICK)

_ROW = re.compile(r"\d{1,4}", re.ASCII)


@dataclass
class Collecting:
    """Goes through the questions of a page once; read the results afterwards.

    ``fresh`` are the files stored on the way, ``focus`` the name of the control a
    pressed button leads to.
    """

    post: Any
    book: PlaceBook
    uploads: Uploads | None
    total: int = 0
    problems: list[Problem] = field(default_factory=list)
    fresh: list[dict[str, Any]] = field(default_factory=list)
    focus: str | None = None

    @property
    def pressed(self) -> str | None:
        """The button of ours that was pressed, if it was one of them."""
        return next((name for name in BUTTONS if name in self.post), None)

    def collect(self, questions: Sequence[Question], path: Path, sent: str) -> dict[str, Any]:
        """What was sent, by question id; ``sent`` is the prefix of names in the POST."""
        found = {}
        for question in questions:
            here, name = (*path, question.id), sent + question.id
            if question.kind is Kind.REPEAT:
                found[question.id] = self._rows(question, here, name)
            else:
                found[question.id] = self._value(question, here, name)
        return found

    def _value(self, question: Question, path: Path, name: str) -> Any:
        if question.formula is not None:
            return None
        match question.kind:
            case Kind.STATEMENT:
                return None
            case Kind.CHOICES:
                return [typed.read_line(one) for one in self._texts(name)]
            case Kind.ADDRESS:
                return self._address(path, name)
            case Kind.FILE:
                return self._files(question, path, name)
            case _:
                return self._text(path, name)

    def _texts(self, name: str) -> list[str]:
        return [one for one in self.post.getall(name) if isinstance(one, str)]

    def _text(self, path: Path, name: str) -> str:
        found = self._texts(name)
        text = found[-1] if found else ""
        if typed.has_bad_characters(text):
            self.problems.append(Problem(path, "bad_characters"))
        return text

    def _address(self, path: Path, name: str) -> dict[str, str]:
        """Codes that the book knows, with their names; a commune only of its province."""
        if self.post.get(PICK) == name:
            self.focus = control_name(path)
        province, commune = self._last(f"{name}.tinh"), self._last(f"{name}.xa")
        value = {"detail": typed.read_line(self._text(path, f"{name}.chi_tiet"))}
        if province == ABROAD:
            return {**value, "province": province, "province_name": ABROAD_NAME}
        province_name = self.book.province_name(province)
        if province_name is None:
            return value
        value |= {"province": province, "province_name": province_name}
        commune_name = self.book.commune_name(province, commune)
        if commune_name is not None:
            value |= {"commune": commune, "commune_name": commune_name}
        return value

    def _last(self, name: str) -> str:
        found = self._texts(name)
        return found[-1] if found else ""

    def _files(self, question: Question, path: Path, name: str) -> list[dict[str, Any]]:
        if self.uploads is None:
            return []
        kept = self.uploads.kept(self.post.getall(f"{name}.tep"))
        kept = self._without_removed(kept, path, name)
        self.total += sum(one["size"] for one in kept)
        room = (question.limits.max_files or MAX_FILES) - len(kept)
        new = [one for one in self.post.getall(name) if getattr(one, "filename", None)]
        if len(new) > room:
            limit = question.limits.max_files or MAX_FILES
            self.problems.append(Problem(path, "too_many_files", {"limit": limit}))
        for one in new[: max(room, 0)]:
            kept += self._received(question, path, one)
        return kept

    def _received(self, question: Question, path: Path, sent: Any) -> list[dict[str, Any]]:
        assert self.uploads is not None
        try:
            upload = self.uploads.receive(
                sent.filename, sent.file, question.limits, already=self.total
            )
        except Refused as refused:
            self.problems.append(Problem(path, refused.code, refused.data))
            return []
        answer = upload.as_answer()
        self.total += upload.size
        self.fresh.append(answer)
        return [answer]

    def _without_removed(
        self, kept: list[dict[str, Any]], path: Path, name: str
    ) -> list[dict[str, Any]]:
        removed = [one for one in kept if self.post.get(REMOVE_FILE) == f"{name}:{one['token']}"]
        if removed and self.uploads is not None:
            self.uploads.drop(removed)
            self.focus = control_name(path)
        return [one for one in kept if one not in removed]

    def _rows(self, question: Question, path: Path, name: str) -> dict[str, Any]:
        """The rows by their new numbers; blank ones go when nothing was pressed."""
        rows: list[dict[str, Any]] = []
        for number in self._row_numbers(question, name):
            if self.post.get(REMOVE) == f"{name}.{number}":
                self.focus = control_name(path)
                continue
            before = len(self.problems)
            row = self.collect(question.questions, (*path, len(rows)), f"{name}.{number}.")
            if (
                is_blank(row)
                and len(self.problems) == before
                and self._spares(question, name, rows)
            ):
                continue
            rows.append(row)
        if self.post.get(ADD) == name and len(rows) < question.max_rows:
            self.focus = control_name((*path, len(rows)))
            rows.append({})
        return {str(number): row for number, row in enumerate(rows)}

    def _row_numbers(self, question: Question, name: str) -> list[str]:
        sent = dict.fromkeys(one for one in self._texts(f"{name}.hang") if _ROW.fullmatch(one))
        return list(sent)[: question.max_rows]

    def _spares(self, question: Question, name: str, rows: list[dict[str, Any]]) -> bool:
        """Whether a blank row may go: not while filling, not below the least number."""
        if self.pressed:
            return False
        coming = len(self._row_numbers(question, name))
        return coming > question.min_rows and len(rows) >= question.min_rows


ABROAD_NAME = "nước ngoài"


def is_blank(sent: Any) -> bool:
    """Whether nothing at all was filled in."""
    if isinstance(sent, Mapping):
        return all(is_blank(part) for part in sent.values())
    return not sent
