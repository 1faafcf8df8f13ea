"""Lines of menus, blocks, folders, turns, receiving places and files lie in the bin and come
back to where they were."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy.orm import Session

from content.errors import Conflict, Invalid
from content.files import FileService, MemoryStore
from content.library.kinds import DocumentKind
from content.library.models import LegalDocument
from content.library.service import LibraryService
from content.media import folders
from content.people.models import Account, AccountKind
from content.reception.models import ReceivingPlace
from content.reception.service import ReceptionService, receiving_places
from content.site import frame
from content.site.models import BlockKind, HomeBlock, MenuItem, MenuPlace
from content.site.service import SiteService
from content.staff.models import DutyTurn
from content.staff.reads import on_duty
from content.staff.service import StaffService, turns_from
from content.writing import trash
from tests.support.clock import StoppedClock

DAY = date(2026, 11, 23)


def line(site: SiteService, words: str, parent: MenuItem | None = None) -> MenuItem:
    values = {"place": MenuPlace.MAIN, "words": words, "address": "/tin-tuc"}
    values["parent_id"] = parent.id if parent else None
    return site.save_menu_item(MenuItem(), values, revision=0, actor_id=None)


def back(session: Session, one: Any, clock: StoppedClock) -> None:
    """Out of the bin, found there by what the form sends."""
    subjects = [f"{kind.key}:{each.id}" for kind, each in trash.contents(session)]
    assert f"{trash.kind_of(one).key}:{one.id}" in subjects
    trash.restore(session, trash.find(session, trash.kind_of(one).key, one.id), None, clock())


def test_lines_and_blocks_are_seen_again(session: Session, clock: StoppedClock) -> None:
    site = SiteService(session, clock())
    above = line(site, "Thủ tục")
    below = line(site, "Khai sinh", above)
    block = HomeBlock()
    site.save_block(
        block,
        {"kind": BlockKind.TEXT, "title": "Lịch", "text": "Lời", "is_on": True},
        revision=0,
        actor_id=None,
    )

    def shown() -> tuple[Any, ...]:
        found = frame.read(session)
        lines = [(one.words, [each.words for each in one.below]) for one in found.main]
        return lines, [one.title for one in found.blocks if one.kind is BlockKind.TEXT]

    before = shown()
    assert before == ([("Thủ tục", ["Khai sinh"])], ["Lịch"])
    with pytest.raises(Invalid):
        site.delete_menu_item(above, actor_id=None)
    site.delete_menu_item(below, actor_id=None)
    site.delete_menu_item(above, actor_id=None)
    site.delete_block(block, actor_id=None)
    assert shown() == ([], [])
    with pytest.raises(Invalid):
        line(site, "Dưới dòng đã xóa", above)
    back(session, above, clock)
    back(session, below, clock)
    back(session, block, clock)
    assert shown() == before
    # Its heading is gone: it stands by itself.
    site.delete_menu_item(below, actor_id=None)
    site.delete_menu_item(above, actor_id=None)
    back(session, below, clock)
    assert shown()[0] == [("Khai sinh", [])]


def test_a_folder_comes_back_unless_its_name_is_taken(
    session: Session, clock: StoppedClock
) -> None:
    def names() -> list[tuple[str, int]]:
        return [(one.folder.name, one.depth) for one in folders.tree(session)]

    outer = folders.add(session, "Ảnh xã")
    inner = folders.add(session, "Lễ hội", outer.id)
    folders.remove(session, inner, by=None, now=clock())
    folders.remove(session, outer, by=None, now=clock())
    assert names() == []
    with pytest.raises(Invalid):
        folders.add(session, "Trong thư mục đã xóa", outer.id)
    back(session, inner, clock)
    assert names() == [("Lễ hội", 0)]
    folders.add(session, "ảnh xã")
    with pytest.raises(Conflict), session.begin_nested():
        back(session, outer, clock)
    session.expire_all()
    assert names() == [("ảnh xã", 0), ("Lễ hội", 0)]


def test_turns_and_receiving_places_are_seen_again(session: Session, clock: StoppedClock) -> None:
    staff, reception = StaffService(session, clock()), ReceptionService(session, clock())
    turn = staff.save_turn(
        DutyTurn(),
        {"starts_on": DAY, "ends_on": DAY, "task": "Trực lãnh đạo", "name": "A", "phone": "1"},
        revision=0,
        actor_id=None,
    )
    place = reception.save_place(
        ReceivingPlace(),
        {
            "receiver": "Chủ tịch xã",
            "matter": "Mọi việc",
            "complaints": True,
            "denunciations": False,
            "petitions": False,
        },
        revision=0,
        actor_id=None,
    )
    staff.delete_turn(turn, actor_id=None)
    reception.delete_place(place, actor_id=None)
    assert (on_duty(session, DAY), turns_from(session, clock())) == ([], [])
    assert receiving_places(session) == []
    back(session, turn, clock)
    back(session, place, clock)
    assert on_duty(session, DAY) == turns_from(session, clock()) == [turn]
    assert receiving_places(session) == [place]


def test_a_file_of_a_document_comes_back_and_is_purged_with_its_bytes(
    session: Session, clock: StoppedClock
) -> None:
    store = MemoryStore()
    library = LibraryService(session, FileService(session, store), clock())
    editor = Account(
        kind=AccountKind.OFFICIAL,
        name="X",
        email="x@example.vn",
        email_key="x@example.vn",
        password_hash="-",
        created_at=clock(),
    )
    session.add(editor)
    session.flush()  # acts name their account
    values = {
        "number": "61/2018/NĐ-CP",
        "kind": DocumentKind.DECREE,
        "agency": "Chính phủ",
        "issued_on": date(2018, 4, 23),
        "effective_on": None,
        "expires_on": None,
        "signer": "",
        "summary": "Một cửa",
        "sector_id": None,
    }
    document = library.save(LegalDocument(), values, revision=0, actor_id=editor.id)
    kept = library.add_file(
        document, BytesIO(b"%PDF-1.7"), name="nd61.pdf", media_type="application/pdf", by=editor.id
    )
    library.remove_file(document, kept.id, by=editor.id)
    assert document.files == []
    assert trash.kind_of(kept).title(kept) == "nd61.pdf (61/2018/NĐ-CP)"
    back(session, kept, clock)
    assert document.files == [kept]
    library.remove_file(document, kept.id, by=editor.id)
    assert trash.purge(session, clock() + trash.LIFE) == 1
    session.expire_all()
    assert document.all_files == []
