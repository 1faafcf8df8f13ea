"""From a record and its reading to columns and rows.

One place decides what a list shows of a procedure and how a document becomes rows,
so that import, editor and publication cannot differ.
"""

import re
from datetime import date
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from content.orm import Base
from content.procedures import form_choices
from content.procedures.cut_names import spoken_name
from content.procedures.kinds import Audience, Channel, FeeKind
from content.procedures.models import Procedure, ProcedureVersion
from content.procedures.parts import (
    ChannelLimit,
    Fee,
    FormFile,
    LegalBasis,
    ProcedureCase,
    RequiredPaper,
)
from content.procedures.records import Record, canonical, digest
from content.procedures.repairs import Limit, Reading, read
from content.text import sort_key

SORT_LENGTH = 160

Rows = dict[type[Base], list[dict[str, Any]]]

_AUDIENCES = (
    (Audience.CITIZEN, re.compile(r"công dân|cá nhân|người việt nam|hộ gia đình|đảng viên")),
    (Audience.BUSINESS, re.compile(r"doanh nghiệp|hợp tác xã|hộ kinh doanh|thương nhân|nhà thầu")),
    (Audience.ORGANISATION, re.compile(r"tổ chức|cơ quan|đơn vị")),
    (Audience.OFFICIAL, re.compile(r"cán bộ|công chức|viên chức")),
    (Audience.FOREIGNER, re.compile(r"(người|tổ chức) nước ngoài|định cư ở nước ngoài")),
)
_BUT_NOT = re.compile(r"\(không bao gồm[^)]*\)")
_HEADING = re.compile(
    r"\W*(giấy tờ|thành phần|hồ sơ|xuất trình|người (yêu cầu|có thẩm quyền)|người ủy quyền và)",
    re.I,
)
_OPTIONAL = re.compile(r"\(\s*nếu có\s*\)", re.I)


def set_document(version: ProcedureVersion, record: Record) -> Reading:
    """Give an unfrozen version its wording, with everything that follows from it."""
    document = canonical(record)
    reading = read(document)
    version.document = document
    version.digest = digest(document)
    version.repairs = [repair.as_json() for repair in reading.repairs]
    limit, local = reading.limit, reading.local_limit
    version.limit_value, version.limit_unit = (limit.value, limit.unit) if limit else (None, None)
    version.local_limit_value = local.value if local else None
    version.local_limit_unit = local.unit if local else None
    version.completeness = document.get("completeness")
    version.missing = list(document.get("missing") or ())
    version.as_of = document.get("as_of")
    version.source = document.get("source")
    return reading


def show(procedure: Procedure, version: ProcedureVersion) -> None:
    """Let the columns of a procedure say what this version says."""
    document = version.document
    reading = read(document)
    procedure.current_version = version
    procedure.name = document["name"]
    procedure.name_sort = name_sort(document["name"])
    procedure.authority = document.get("authority")
    procedure.ministry = document.get("ministry")
    procedure.service_level = reading.service_level
    procedure.audiences = int(audiences(reading.applicants))
    procedure.as_of = document.get("as_of")
    procedure.official_url = document.get("official_url")
    procedure.card = card(document, reading)


def card(document: Record, reading: Reading) -> dict[str, Any]:
    """What a line of a list needs; ``limit`` is the one that applies, as read."""
    limit = reading.local_limit or reading.limit
    return {
        "time_limit": document.get("local_limit") or document.get("time_limit"),
        "limit": limit_as_json(limit) if limit else None,
        "fee": document.get("fee") or [],
        "channels": document.get("channels") or [],
        "papers": len(document.get("dossier") or ()),
        "forms": len(document.get("forms") or ()),
    }


def limit_as_json(limit: Limit) -> dict[str, Any]:
    """A limit for a JSON column."""
    unit = limit.unit.value if limit.unit else None
    return {"value": limit.value, "unit": unit, "text": limit.text}


def name_sort(name: str) -> bytes:
    """A key whose bytes sort as the Vietnamese alphabet does, in any database."""
    letters, tones = sort_key(name[:SORT_LENGTH])
    ranks = b"".join(min(rank, 65_535).to_bytes(2, "big") for rank in letters)
    return ranks + b"\0\0" + bytes(tones)


def audiences(applicants: tuple[str, ...] | None) -> Audience:
    """The groups among the applicants a record names."""
    found = Audience(0)
    for name in applicants or ():
        words = _BUT_NOT.sub("", name.lower())
        for group, pattern in _AUDIENCES:
            if pattern.search(words):
                found |= group
    return found


def is_choice(case: str) -> bool:
    """Whether the words of a case ask "is this yours?" rather than head a list."""
    return not _HEADING.match(case)


def is_obligatory(paper: Record) -> bool:
    """What the record says, else whether the name leaves it open ("nếu có")."""
    said = paper.get("obligatory")
    return said if isinstance(said, bool) else not _OPTIONAL.search(paper["name"])


def case_names(document: Record) -> list[str]:
    """The cases of the dossier, in their order of appearance."""
    named = (paper.get("case") for paper in document.get("dossier") or ())
    return list(dict.fromkeys(case for case in named if case))


def rows_of(version: ProcedureVersion) -> Rows:
    """The rows beside the document of a version that has an id."""
    document, reading = version.document, read(version.document)
    made: Rows = {
        ProcedureCase: [
            {"name": case, "is_choice": is_choice(case)} for case in case_names(document)
        ],
        RequiredPaper: [_paper(paper) for paper in document.get("dossier") or ()],
        Fee: [_fee(document, reading, place) for place in range(len(reading.fees))],
        ChannelLimit: [
            {"channel": Channel(given["channel"]), "value": limit.value, "unit": limit.unit}
            for given, limit in zip(
                document.get("time_limit_by_channel") or (), reading.channel_limits, strict=True
            )
        ],
        FormFile: [
            {"purpose": form.get("for"), "code": form.get("code"), "file_name": form.get("file")}
            for form in document.get("forms") or ()
        ],
        LegalBasis: [
            {"number": basis["number"], "issued_on": _date(basis.get("date"))}
            for basis in document.get("legal_bases") or ()
        ],
    }
    for rows in made.values():
        for position, row in enumerate(rows):
            row |= {"version_id": version.id, "position": position}
    return made


def insert_rows(session: Session, versions: list[ProcedureVersion]) -> None:
    """Write the rows of versions that have just been frozen and flushed."""
    gathered: Rows = {}
    for version in versions:
        for table, rows in rows_of(version).items():
            gathered.setdefault(table, []).extend(rows)
    _keep_files(session, versions, gathered.get(FormFile, []))
    for table, rows in gathered.items():
        if rows:
            session.execute(insert(table), rows)


def _keep_files(
    session: Session, versions: list[ProcedureVersion], rows: list[dict[str, Any]]
) -> None:
    """A form has the file chosen in the draft; one that stays the same form keeps its file."""
    later = {one.id: one.procedure_id for one in versions if one.number > 1}
    held = form_choices.published_files(session, later.values()) if later and rows else {}
    chosen = form_choices.settle(session, versions)
    for row in rows:
        key = form_choices.key_of(
            {"for": row["purpose"], "code": row["code"], "file": row["file_name"]}
        )
        kept = held.get((later.get(row["version_id"], 0), key))
        row["file_id"] = chosen.get((row["version_id"], key), kept)


def _paper(paper: Record) -> dict[str, Any]:
    return {
        "name": spoken_name(paper["name"]),
        "originals": paper.get("originals"),
        "copies": paper.get("copies"),
        "form_name": paper.get("form_name"),
        "case": paper.get("case"),
        "is_obligatory": is_obligatory(paper),
    }


def _fee(document: Record, reading: Reading, place: int) -> dict[str, Any]:
    fee, read_as = document["fee"][place], reading.fees[place]
    return {
        "kind": FeeKind(fee["kind"]) if fee.get("kind") else None,
        "amount": read_as.amount,
        "currency": read_as.currency,
        "unit": fee.get("unit"),
        "channels": list(fee.get("channels") or ()),
        "condition": fee.get("condition"),
        "exempt": fee.get("exempt"),
        "valid_from": read_as.valid_from,
        "valid_to": read_as.valid_to,
    }


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
