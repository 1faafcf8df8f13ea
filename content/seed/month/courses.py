"""What shall become of each dossier: where it comes from, by which acts, how punctually.

Pure chance within what the table of moves allows (domain §3.2); an act that has become unlawful
meanwhile (too late for a supplement, nothing to pay) is passed over by whoever carries it out.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from random import Random
from typing import TypeVar

from content.procedures.kinds import Channel

T = TypeVar("T")


class Fate(StrEnum):
    """How the work of the authority ends against its date."""

    EARLY = "early"
    ON_TIME = "on_time"
    LATE = "late"
    LEFT = "left"


@dataclass
class Course:
    """One dossier of the month. ``acts`` are those still to come; the ids are filled in when
    there is something to name."""

    number: int
    chance: Random
    procedure_id: int
    agency_id: int
    channel: Channel
    fate: Fate
    acts: list[str] = field(default_factory=list)
    dossier_id: int | None = None


#: (share in a hundred, acts) of what happens before an online dossier is received …
_BEFORE = (
    (4, ("refuse_reception", "end")),
    (7, ("ask_at_intake", "supply", "accept")),
    (3, ("ask_at_intake", "lapse", "accept")),
    (2, ("withdraw", "end")),
    (84, ("accept",)),
)
#: … how it comes to who appraises it …
_INSIDE = (
    (30, ("transfer", "to_specialist")),
    (30, ("transfer", "take", "to_specialist", "take")),
    (15, ("transfer", "to_specialist", "reassign", "take")),
    (25, ("transfer", "take", "to_specialist")),
)
#: … what happens while it is appraised …
_APPRAISAL = (
    (66, ()),
    (9, ("ask_supplement", "approve_supplement", "supply")),
    (3, ("ask_supplement", "approve_supplement", "lapse")),
    (3, ("ask_supplement", "reject_supplement")),
    (8, ("ask_money", "confirm_money")),
    (3, ("ask_supplement", "approve_supplement", "supply", "ask_money", "confirm_money")),
    (3, ("withdraw", "end")),
    (2, ("ask_money", "stop", "end")),
    (3, ("stop", "end")),
)
#: … and how the work ends.
_ENDS = (
    (50, ("to_head", "to_leader", "to_clerk", "complete")),
    (7, ("to_head", "to_leader", "send_back", "to_leader", "to_clerk", "complete")),
    (30, ("propose", "sign", "complete")),
    (8, ("propose_refusal", "sign_refusal")),
    (5, ("refuse",)),
)
#: A chain of agencies: what happens while the first one has it, and how it ends.
_CHAIN_APPRAISAL = (
    (74, ()),
    (10, ("ask_supplement", "approve_supplement", "supply")),
    (3, ("ask_supplement", "approve_supplement", "lapse")),
    (5, ("ask_money", "confirm_money")),
    (4, ("withdraw", "end")),
    (4, ("stop", "end")),
)
_CHAIN_ENDS = (
    (85, ("propose", "sign", "complete")),
    (10, ("propose_refusal", "sign_refusal")),
    (5, ("refuse",)),
)
#: What is resolved in the same visit is entered by mistake at times.
_VISITS = ((92, ("certify",)), (8, ("certify", "cancel_entry")))
_VISIT_SHARE = 0.1
#: Agencies of a chain.
PARTS = 3
_RETURNS = (
    (85, ("pay", "give_back", "to_post", "arrive")),
    (5, ("pay", "give_back", "to_post", "come_back", "give_back")),
    (10, ()),
)
_FATES = ((63, Fate.EARLY), (22, Fate.ON_TIME), (9, Fate.LATE), (6, Fate.LEFT))
_CHANNELS = ((52, Channel.COUNTER), (36, Channel.ONLINE), (12, Channel.POST))
_HUNDRED = 100


@dataclass(frozen=True)
class Choices:
    """Ids to draw from: procedures, those that citizens file online, those of one visit, those
    that a chain of agencies handles, and desks."""

    procedures: tuple[int, ...]
    online: tuple[int, ...]
    visits: tuple[int, ...]
    chains: tuple[int, ...]
    desks: tuple[int, ...]


def a_course(number: int, seed: int, choices: Choices) -> Course:
    """The course of a dossier."""
    chance = Random(f"{seed}:{number}")  # noqa: S311 - a sample, no secret
    if choices.visits and chance.random() < _VISIT_SHARE:
        return _a_visit(number, chance, choices)
    channel = _draw(chance, _CHANNELS)
    channel = channel if choices.online else Channel.COUNTER
    among = choices.online if channel is Channel.ONLINE else choices.procedures
    course = Course(
        number=number,
        chance=chance,
        procedure_id=chance.choice(among),
        agency_id=chance.choice(choices.desks),
        channel=channel,
        fate=_draw(chance, _FATES),
    )
    course.acts = _acts(course, in_chain=course.procedure_id in choices.chains)
    return course


def _a_visit(number: int, chance: Random, choices: Choices) -> Course:
    return Course(
        number=number,
        chance=chance,
        procedure_id=chance.choice(choices.visits),
        agency_id=chance.choice(choices.desks),
        channel=Channel.COUNTER,
        fate=Fate.ON_TIME,
        acts=list(_draw(chance, _VISITS)),
    )


def _acts(course: Course, *, in_chain: bool) -> list[str]:
    chance = course.chance
    first = ["submit", *_draw(chance, _BEFORE)] if course.channel is Channel.ONLINE else ["receive"]
    money = ["settle", "pay"] if chance.random() < 0.5 else ["settle"]
    apology = ["apologise", "sign_apology"] if course.fate is Fate.LATE else []
    if in_chain:
        acts = [*first, *money, "begin_chain", "take_part"]
        acts += [*_draw(chance, _CHAIN_APPRAISAL), "end_part", *apology]
        acts += ["take_part", "end_part"] * (PARTS - 1)
        ends = ["take_home", *_draw(chance, _CHAIN_ENDS)]
    else:
        appraisal = _draw(chance, _APPRAISAL)
        acts = [*first, *money, *_draw(chance, _INSIDE), *appraisal, *apology]
        ends = list(_draw(chance, _ENDS))
    if course.fate is not Fate.LEFT:
        acts += [*ends, *_draw(chance, _RETURNS)]
    return acts[: acts.index("end")] if "end" in acts else acts


def _draw(chance: Random, shares: tuple[tuple[int, T], ...]) -> T:
    left = chance.randrange(_HUNDRED)
    for share, found in shares:
        left -= share
        if left < 0:
            return found
    raise AssertionError("the shares are not a hundred")
