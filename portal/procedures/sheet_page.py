"""What the page of a procedure says beside its sheet: the case, the box, the banners.

Prepared values only. The button is decided by ``filing`` alone, within the standing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pyramid.request import Request

from content.procedures.filing import open_filing
from content.procedures.kinds import Filing, Status
from content.procedures.models import Procedure
from content.procedures.presentation import FeeLine, Paper, PaperGroup, Sheet
from content.procedures.wording import UNKNOWN
from content.text import fold
from portal.i18n import _
from portal.procedures.national import national_url
from portal.procedures.rows import at_level, capital, shortened

CASE = "truong-hop"
#: Asked for by people in none of the cases: only what everyone brings.
NO_CASE = "0"
CHANNELS = {
    "trực tuyến": _("trực tuyến"),
    "trực tiếp": _("trực tiếp tại nơi tiếp nhận"),
    "bưu chính": _("qua bưu chính"),
}


@dataclass(frozen=True)
class CaseLink:
    """One answer to "which is my case?"."""

    words: str
    url: str
    is_chosen: bool


@dataclass(frozen=True)
class Action:
    """What to do next: one button or link, and a sentence. ``url`` is empty for no button."""

    url: str
    label: str
    sentence: str
    is_button: bool = True
    leaves: bool = False


def narrowed(sheet: Sheet, asked: str) -> Sheet:
    """The sheet for one case: its papers with those of everyone, and its fees.

    ``asked`` is the number of the case, from 1; anything else changes nothing.
    """
    names = case_names(sheet)
    chosen = _chosen(names, asked)
    if chosen is None:
        return sheet
    papers = tuple(group for group in sheet.papers if not group.is_choice or group.case == chosen)
    return replace(sheet, papers=papers, fees=_fees_of(sheet.fees, names, chosen))


def case_names(sheet: Sheet) -> list[str]:
    """The cases one can be in, in the order of the page."""
    return [group.case for group in sheet.papers if group.is_choice and group.case]


def case_links(sheet: Sheet, url: str, asked: str) -> list[CaseLink]:
    """The chooser; empty where there is nothing to choose."""
    names = case_names(sheet)
    if not names:
        return []
    chosen = _chosen(names, asked)
    links = [CaseLink(_("Xem mọi trường hợp"), f"{url}#giay-to", chosen is None)]
    links += [
        CaseLink(capital(name), f"{url}?{CASE}={number}#giay-to", chosen == name)
        for number, name in enumerate(names, start=1)
    ]
    none = _("Không thuộc các trường hợp trên")
    return [*links, CaseLink(none, f"{url}?{CASE}={NO_CASE}#giay-to", chosen == "")]


def _chosen(names: Sequence[str], asked: str) -> str | None:
    """The name of the case, "" for none of them, ``None`` where nothing was chosen."""
    if not names or not (asked.isascii() and asked.isdigit()) or len(asked) > 4:
        return None
    number = int(asked)
    if number == 0:
        return ""
    return names[number - 1] if number <= len(names) else None


def _fees_of(fees: Sequence[FeeLine], names: Sequence[str], chosen: str) -> tuple[FeeLine, ...]:
    """Without the fees that name another case as their condition."""
    others = {fold(name) for name in names if name != chosen}
    return tuple(fee for fee in fees if fold(fee.condition or "") not in others)


@dataclass(frozen=True)
class Summary:
    """Short answers for the box on top."""

    time: str
    time_more: str
    fee: str
    authority: str


def summary(sheet: Sheet) -> Summary:
    """How long and how much, in one line each; long words of a source are cut."""
    # "Trong ngày; nhận sau 15 giờ thì …" is an answer and a remark.
    time, _sign, more = (sheet.local_how_long or sheet.how_long).partition("; ")
    if sheet.local_how_long and sheet.local_how_long != sheet.how_long:
        more = f"theo quy định: {sheet.how_long}"
    elif sheet.limit_text and not more and fold(sheet.limit_text) not in fold(time):
        more = sheet.limit_text
    return Summary(
        time=capital(shortened(time)),
        time_more=capital(shortened(more)),
        fee=capital(shortened(sheet.how_much)),
        authority=shortened(sheet.authority or ""),
    )


def papers_of(groups: Sequence[PaperGroup]) -> list[Paper]:
    """All papers shown, for the count in the box."""
    return [paper for group in groups for paper in group.papers]


def where(sheet: Sheet) -> str:
    """The channels in one line, in the order in which people prefer them."""
    named = [CHANNELS[channel] for channel in CHANNELS if channel in sheet.channels]
    return capital(", ".join(named)) if named else capital(UNKNOWN)


def action(request: Request, procedure: Procedure, *, told_where: bool = False) -> Action:
    """The one thing to do next; ``told_where``: the page itself tells where to hand it in."""
    filing = open_filing(procedure)
    if told_where and filing in (Filing.COUNTER, Filing.NONE):
        label = _("Xem nơi nộp, giờ tiếp nhận")
        return Action("#noi-nop", label, _("Thủ tục này nộp trực tiếp tại nơi tiếp nhận."))
    if filing is Filing.LOCAL:
        return Action(
            apply_url(request, procedure),
            _("Nộp hồ sơ tại đây"),
            _("Nội dung được lưu sau mỗi bước; ông/bà có thể dừng và làm tiếp sau."),
        )
    if filing is Filing.NATIONAL:
        return _national(request, procedure)
    if filing is Filing.COUNTER:
        return Action(
            request.route_path("catalogue.agencies"),
            _("Xem nơi tiếp nhận hồ sơ"),
            _("Thủ tục này nộp trực tiếp tại nơi tiếp nhận."),
        )
    return Action("", "", _not_filed(procedure, filing))


def _national(request: Request, procedure: Procedure) -> Action:
    if procedure.information_only:
        return Action(
            procedure.official_url or request.site.national_portal_url,
            _("Xem ở trang chính thức"),
            _("Hồ sơ do ngành tiếp nhận trên hệ thống riêng. Trang này chỉ cung cấp thông tin."),
            is_button=False,
            leaves=True,
        )
    note = _("Nút này mở trang khác. Hồ sơ nộp và theo dõi ở đó.")
    if procedure.code:
        told = _("Nút này mở trang khác. Hồ sơ nộp và theo dõi ở đó; mã thủ tục: ${code}.")
        note = told % {"code": procedure.code}
    return Action(
        national_url(request.site, procedure),
        _("Nộp trên Cổng Dịch vụ công quốc gia"),
        note,
        leaves=True,
    )


def _not_filed(procedure: Procedure, filing: Filing | None) -> str:
    if not procedure.status.is_current and procedure.status is not Status.NOT_YET:
        return _("Thủ tục này không còn được nộp.")
    if filing is Filing.NONE:
        return _("Thủ tục nội bộ giữa các cơ quan, không nhận hồ sơ của người dân.")
    return _("Chưa có thông tin về nơi nộp. Ông/bà hãy gọi tổng đài để được hướng dẫn.")


def apply_url(request: Request, procedure: Procedure) -> str:
    """Where filing starts; the level is said where the bare code is another's."""
    url: str = request.route_path("apply.start", code=procedure.key, **at_level(procedure))
    return url
