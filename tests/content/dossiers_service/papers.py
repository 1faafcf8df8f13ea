"""Acts of an office and the papers they leave, for tests of both."""

from typing import Any

from content.dossiers.event_data import (
    SignedBy,
    as_data,
)
from content.dossiers.log import Deed, move
from content.dossiers.models import Dossier
from content.dossiers.reads import view_of
from content.dossiers.states import Action, Actor, Facts, Need
from content.letters.from_dossiers import LetterSite
from content.letters.issued import IssuedPaper
from content.letters.issuing import issue
from content.letters.render import Letters
from content.letters.sources import event_source, orders_for
from tests.content.dossiers_service.world import World, follow_url
from tests.content.letters.reading import flat, text_of

SITE = LetterSite(
    authority="Ủy ban nhân dân tỉnh Mẫu",
    place="Mẫu",
    hotline="1900 0000",
    sample=False,
    follow_url=follow_url,
    check_url=lambda code: f"https://dichvucong.example.vn/kiem-tra-van-ban?ma={code}",
)
LEADER = SignedBy(name="Hoàng Văn Lãnh", title="Phó Chủ tịch", capacity="KT. Chủ tịch")
EVERYTHING = frozenset(Need)


def act(world: World, dossier: Dossier, actor: Actor, action: Action, now, said: Any = None):
    """One lawful move with its data, and the line it wrote."""
    told = Facts(
        given=EVERYTHING,
        reason="Lý do đầy đủ.",
        supplement_wait_over=True,
        previous=dossier.previous_status,
    )
    data = as_data(said) if said is not None else {}
    deed = Deed(action, actor, world.officer, dossier.agency_id, text="Lý do đầy đủ.", data=data)
    move(world.session, dossier, deed, told, now)
    world.session.flush()
    return view_of(world.session, dossier).dossier.events[-1]


def received(world: World, now) -> Dossier:
    dossier = world.submitted(now)
    world.dossiers(now).accept(dossier, world.officer)
    world.session.flush()
    return dossier


def in_progress(world: World, now) -> Dossier:
    dossier = received(world, now)
    act(world, dossier, Actor.ONE_STOP, Action.TRANSFER, now)
    return dossier


def issued(world: World, letters: Letters, event, now) -> list[IssuedPaper]:
    orders = orders_for(world.session, SITE, event_source(event))
    return [issue(world.session, world.files, letters, one, SITE, now) for one in orders]


def text(world: World, paper: IssuedPaper) -> str:
    assert paper.file is not None
    with world.files.open(paper.file) as source:
        return text_of(source.read())


def check(world: World, papers: list[IssuedPaper], *phrases: str) -> None:
    (paper,) = papers
    told = text(world, paper)
    for phrase in phrases:
        assert flat(phrase) in told, phrase
