"""What an editor translates of a procedure: the texts people read, each once.

Figures are no texts: amounts, limits and days are told from the record itself
(``in_english.py``). Remarks about money and time are exact pieces.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from content.errors import NotFound
from content.procedures.models import Procedure
from content.procedures.presentation import paper_groups, sheet
from content.procedures.records import Record
from content.procedures.repairs import read
from content.procedures.wording import per_unit
from content.writing.translations import Piece, Source

NAME, AUTHORITY, STEPS, RESULT, REQUIREMENTS = (
    *("name", "authority", "steps", "result"),
    "requirements",
)
AGENCIES = {
    "receives": "Nơi tiếp nhận",
    "decides": "Cơ quan có thẩm quyền",
    "cooperates": "Cơ quan phối hợp",
}


def subject_of(procedure: Procedure) -> str:
    """``procedure:9``."""
    return f"procedure:{procedure.id}"


def source_of(procedure: Procedure) -> Source:
    """The texts of the version people read. ``NotFound`` for one that nobody reads yet."""
    version = procedure.current_version
    if version is None:
        raise NotFound("procedure_version")
    pieces = tuple(_once(pieces_of(version.document)))
    return Source(subject_of(procedure), procedure.name, version.number, pieces)


def pieces_of(document: Record) -> Iterator[Piece]:
    """All texts of a record, in the order of its page."""
    told = sheet(document)
    yield Piece(NAME, "Tên thủ tục", told.name, is_required=True)
    yield Piece(AUTHORITY, "Cơ quan thực hiện", told.authority or "")
    for number, applicant in enumerate(told.applicants):
        yield Piece(f"applicant.{number}", f"Đối tượng thực hiện {number + 1}", applicant)
    yield from _papers(document)
    yield Piece(STEPS, "Trình tự thực hiện", "\n".join(told.steps), "lines")
    yield from _limits(document)
    yield from _fees(document)
    for form in told.forms:
        yield Piece(f"form.{form.place}", f"Mẫu đơn, tờ khai {form.place + 1}", form.name)
    for who, label in AGENCIES.items():
        yield Piece(f"agency.{who}", label, told.agencies.get(who, ""))
    yield Piece(RESULT, "Kết quả thực hiện", told.result or "", "lines")
    yield Piece(REQUIREMENTS, "Yêu cầu, điều kiện", told.requirements or "", "lines")


def _papers(document: Record) -> Iterator[Piece]:
    for number, group in enumerate(paper_groups(document)):
        yield Piece(f"case.{number}", f"Trường hợp {number}", group.case or "")
        for paper in group.papers:
            place = paper.place + 1
            yield Piece(f"paper.{paper.place}", f"Giấy tờ {place}", paper.name, "lines")
            yield Piece(
                f"paper_form.{paper.place}", f"Mẫu của giấy tờ {place}", paper.form_name or ""
            )


def _limits(document: Record) -> Iterator[Piece]:
    reading = read(document)
    label = "Lời về thời hạn"
    limits = [("limit", reading.limit), ("limit.local", reading.local_limit)]
    limits += [(f"limit.{number}", one) for number, one in enumerate(reading.channel_limits)]
    for key, limit in limits:
        yield Piece(key, label, (limit.text if limit else None) or "", "lines", is_exact=True)


def _fees(document: Record) -> Iterator[Piece]:
    for number, fee in enumerate(document.get("fee") or ()):
        for name, label in (("condition", "Áp dụng của mức phí"), ("exempt", "Miễn, giảm ở mức")):
            words = f"{label} {number + 1}"
            yield Piece(f"fee.{number}.{name}", words, fee.get(name) or "", "lines", is_exact=True)
        unit = per_unit(fee.get("unit"))
        yield Piece(f"fee.{number}.unit", f"Đơn vị của mức phí {number + 1}", unit, is_exact=True)


def _once(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Without what is empty, and each text at its first place only; exact if it is anywhere."""
    told = [one for one in pieces if one.text.strip()]
    exact, seen = {one.text for one in told if one.is_exact}, set()
    for one in told:
        if one.text not in seen:
            seen.add(one.text)
            yield replace(one, is_exact=one.text in exact)
