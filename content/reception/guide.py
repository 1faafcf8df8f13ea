"""The guide "khiếu nại, tố cáo, phản ánh, kiến nghị gửi ở đâu" as it stands until an
authority writes its own.

Limits: Luật Khiếu nại 02/2011/QH13 arts 9, 27, 28, 33, 37; Luật Tố cáo 25/2018/QH14 arts 24,
25, 30; Luật Tiếp công dân 42/2013/QH13 art. 28; NĐ 20/2008/NĐ-CP. Who decides, since districts
ended on 1/7/2025: the head of the commune and the head of the province (Luật 136/2025/QH15).
"""

import re
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.reception.models import TITLES, GuidePart, GuideText

#: Parts begin with ``# key``; structured text as in articles.
_FILE = Path(__file__).with_name("guide.txt")
_PART = re.compile(r"^# (\w+)\n", re.MULTILINE)


def _usual() -> dict[GuidePart, str]:
    _before, *found = _PART.split(_FILE.read_text("utf-8"))
    pairs = zip(found[::2], found[1::2], strict=True)
    return {GuidePart(key): body.strip() for key, body in pairs}


USUAL = _usual()


@dataclass(frozen=True)
class ShownPart:
    """A part of the guide as readers see it; ``own`` is the authority's text, if any."""

    part: GuidePart
    title: str
    body: str
    is_own: bool
    revision: int
    own: GuideText | None = None


def parts(session: Session) -> list[ShownPart]:
    """The whole guide, the authority's own texts before the usual ones."""
    own = {one.part: one for one in session.scalars(select(GuideText))}
    return [shown(part, own.get(part)) for part in GuidePart]


def shown(part: GuidePart, own: GuideText | None) -> ShownPart:
    """One part."""
    if own is None:
        return ShownPart(part, TITLES[part], USUAL[part], False, 0)
    return ShownPart(part, TITLES[part], own.body, True, own.revision, own)


@dataclass(frozen=True)
class UsualPlace:
    """Who takes what by law, where the authority named nobody."""

    receiver: str
    matter: str
    complaints: bool
    denunciations: bool
    petitions: bool


#: Since 1/7/2025 there are two levels.
USUAL_PLACES = (
    UsualPlace(
        "Chủ tịch Ủy ban nhân dân xã, phường",
        "Quyết định, việc làm của mình và của cán bộ, công chức mình trực tiếp quản lý.",
        True,
        True,
        True,
    ),
    UsualPlace(
        "Chủ tịch Ủy ban nhân dân tỉnh",
        "Quyết định, việc làm của mình; khiếu nại mà Chủ tịch xã, phường hoặc Giám đốc sở đã "
        "giải quyết lần đầu; tố cáo Chủ tịch, Phó Chủ tịch xã, phường và người đứng đầu sở.",
        True,
        True,
        True,
    ),
)
