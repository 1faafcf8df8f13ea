"""Five facts of one procedure change by a decision: they show everywhere, and nothing else does."""

import json
from collections import Counter
from dataclasses import dataclass
from typing import Any

from content.procedures import editing, exporting, importing, publishing, reads
from content.procedures.decisions import PublicationDecision
from content.procedures.importing import Change
from content.procedures.kinds import EntryKind
from content.procedures.models import ProcedureVersion
from content.procedures.publishing import Publication
from content.procedures.reading import read_rows
from tests.support.site import Site

CODE = "1.010038"  # Tách hộ: two fees, three papers, two cases
OLD_CASE = "Tách hộ để đăng ký thường trú tại cùng một chỗ ở hợp pháp, hồ sơ gồm"
NEW_CASE = "Tách hộ tại cùng một chỗ ở hợp pháp"
OLD_PAPER = (
    "Giấy tờ, tài liệu chứng minh việc ly hôn và việc tiếp tục được sử dụng chỗ ở hợp pháp đó"
)
NEW_PAPER = "Bản án hoặc quyết định ly hôn đã có hiệu lực pháp luật"
#: Path in the record → what stood there, what shall stand there.
CHANGES: dict[str, tuple[Any, Any]] = {
    "authority": ("Công an cấp Xã", "Ủy ban nhân dân cấp xã"),
    "fee[1].amount": (5000, 6500),
    "dossier[1].name": (OLD_PAPER, NEW_PAPER),
    "dossier[2].case": (OLD_CASE, NEW_CASE),
    "legal_bases[10].number": ("62/2021/NĐ-CP", "99/2026/NĐ-CP"),
}


ROOTS = ("authority", "fee", "dossier", "legal_bases")
#: Texts of the page that go, and those that come, with how often.
GONE = {
    "Công an cấp Xã": 2,
    "5.000 đồng/lần đăng ký": 1,
    "Từ 5.000 đồng đến 10.000 đồng": 1,
    OLD_PAPER: 1,
    OLD_CASE: 1,
    f"Trường hợp: {OLD_CASE}": 1,
    "62/2021/NĐ-CP": 1,
}
COME = {
    "Ủy ban nhân dân cấp xã": 2,
    "6.500 đồng/lần đăng ký": 1,
    "Từ 6.500 đồng đến 10.000 đồng": 1,
    NEW_PAPER: 1,
    NEW_CASE: 1,
    f"Trường hợp: {NEW_CASE}": 1,
    "99/2026/NĐ-CP": 1,
    # The decision, and the day on which the first version ended.
    "Phiên bản 2": 1,
    "Quyết định 2/QĐ-UBND": 1,
    ",": 1,
    "Áp dụng từ": 1,
    "23/11/2026": 2,
    "đến hết": 1,
    "22/11/2026": 1,
}


@dataclass(frozen=True)
class Seen:
    """What the world can read."""

    lines: list[str]
    page: Counter[str]
    api: dict[str, Any]


def look(site: Site) -> Seen:
    """The export, the texts of the page, the answer of the API."""
    with site.database.sessions() as session:
        lines = list(exporting.json_lines(session))
    client = site.client()
    page = client.get(f"/thu-tuc/{CODE}").html
    api = client.get(f"/api/v1/procedures/{CODE}").json
    return Seen(lines, Counter(page.stripped_strings), api)


def draft_of(session: Any, site: Site) -> ProcedureVersion:
    found = reads.find(session, CODE)
    assert found is not None
    return editing.open_draft(found, now=site.clock())


def publish(session: Any, site: Site, version: ProcedureVersion) -> None:
    day = site.clock().date()
    decision = PublicationDecision(number="2/QĐ-UBND", signed_on=day, agency="UBND tỉnh Sơn Hà Mẫu")
    publication = Publication(version, EntryKind.AMENDED)
    publishing.publish(session, decision, [publication], now=site.clock())


def change(draft: ProcedureVersion) -> None:
    """The five changes, each by its own service."""
    new = {path: after for path, (_, after) in CHANGES.items()}
    editing.set_field(draft, "authority", new["authority"])
    editing.set_fee(draft, 1, amount=new["fee[1].amount"])
    editing.set_paper(draft, 1, name=new["dossier[1].name"])
    editing.rename_case(draft, OLD_CASE, new["dossier[2].case"])
    editing.set_legal_basis(draft, 10, number=new["legal_bases[10].number"])


def differing(before: Any, after: Any) -> dict[str, tuple[Any, Any]]:
    """Fields of two answers of the API that are not the same."""
    names = before.keys() | after.keys()
    return {
        name: (before.get(name), after.get(name))
        for name in names
        if before.get(name) != after.get(name)
    }


def expected(record: dict[str, Any]) -> dict[str, Any]:
    """The record with the five changes, written without any service."""
    changed = json.loads(json.dumps(record))
    changed["authority"] = CHANGES["authority"][1]
    changed["fee"][1]["amount"] = 6500
    changed["dossier"][1]["name"] = NEW_PAPER
    changed["dossier"][2]["case"] = NEW_CASE
    changed["legal_bases"][10]["number"] = "99/2026/NĐ-CP"
    return changed


def planned(site: Site, lines: list[str]) -> importing.Plan:
    """A dry run of an import."""
    with site.database.sessions() as session:
        return importing.plan(session, read_rows("\n".join(lines).encode()))


def test_five_changes_of_one_procedure_show_everywhere_and_nothing_else_does(site: Site) -> None:
    before = look(site)
    [place] = [n for n, line in enumerate(before.lines) if json.loads(line)["code"] == CODE]
    record = expected(json.loads(before.lines[place]))
    wanted = [*before.lines[:place], json.dumps(record), *before.lines[place + 1 :]]

    # (a) in the dry run of an import, and in the draft; both are seen by editors alone
    dry = planned(site, wanted)
    assert dry.counts == {"added": 0, "changed": 1, "unchanged": len(wanted) - 1, "rejected": 0}
    [row] = dry.of(Change.CHANGED)
    assert {one.path: (one.old, one.new) for one in row.differences} == CHANGES
    with site.database.writing_sessions.begin() as session:
        draft = draft_of(session, site)
        change(draft)
        assert {one.path: (one.old, one.new) for one in editing.changes(draft)} == CHANGES
    assert look(site) == before

    with site.database.writing_sessions.begin() as session:
        draft = draft_of(session, site)
        publishing.submit(draft)
        publish(session, site, draft)
    after = look(site)

    # (b) on the page: the five, where they are summed up, and the new version with its decision
    assert before.page - after.page == Counter(GONE)
    assert after.page - before.page == Counter(COME)

    # (c) in the API
    changed = differing(before.api, after.api)
    assert changed.keys() == {*ROOTS, "version", "valid_from", "decision"}
    assert {name: changed[name][1] for name in ROOTS} == {name: record[name] for name in ROOTS}
    assert changed["version"] == (1, 2)
    assert changed["decision"][1]["number"] == "2/QĐ-UBND"

    # (d) in the export: one line, and of that line the five; all others byte for byte
    assert [n for n, line in enumerate(after.lines) if line != before.lines[n]] == [place]
    assert len(after.lines) == len(before.lines)
    assert json.loads(after.lines[place]) == record
    assert planned(site, wanted).counts["unchanged"] == len(wanted)
