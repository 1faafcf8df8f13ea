"""Which dossiers stand behind a number: the names of lists, and the condition of each."""

from collections.abc import Mapping
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, exists, false, func, not_, or_, select

from content.dossiers.hand_overs import HandOver, Punctuality
from content.dossiers.models import Attachment, Dossier
from content.figures.closings import IN_STORE, OWES, PAID_ONLINE, has_result
from content.figures.late_reasons import LateReason
from content.figures.scope import Units
from content.figures.settled import concerns, was_late
from content.figures.settling import Period
from content.figures.sql import bounds, local_day
from content.figures.synchronised import IS_TOLD
from content.procedures.kinds import Channel
from content.workbook.models import WorkEntry
from content.workbook.targets import are_justified


class Which(StrEnum):
    """Which dossiers; the value is the word of the address."""

    ALL = "tat-ca"
    RECEIVED = "tiep-nhan"
    ONLINE = "truc-tuyen"
    CARRIED_OVER = "tu-ky-truoc"
    SETTLED = "da-giai-quyet"
    EARLY = "truoc-han"
    ON_TIME = "dung-han"
    SETTLED_LATE = "giai-quyet-qua-han"
    OPEN = "dang-giai-quyet"
    OPEN_WITHIN = "dang-giai-quyet-trong-han"
    OPEN_LATE = "dang-giai-quyet-qua-han"
    LATE = "qua-han"
    LATE_WITHOUT_REASON = "chua-ghi-ly-do"
    NOT_IN_TIME = "khong-dung-han"
    OFFLINE = "khong-truc-tuyen"
    NOT_PAID_ONLINE = "khong-thanh-toan-truc-tuyen"
    ON_PAPER_ONLY = "ket-qua-chi-ban-giay"
    NOT_DIGITISED = "chua-so-hoa"
    NOT_IN_STORE = "ket-qua-chua-vao-kho"
    SUPPLEMENTED = "co-bo-sung"
    SUPPLEMENTED_TWICE = "bo-sung-nhieu-lan"
    EXTENDED = "da-xin-loi"
    STEP_LATE = "buoc-qua-han"
    LATE_OR_COMPLAINED = "qua-han-hoac-phan-anh-dung"
    NOT_TOLD = "chua-dong-bo"


WHICH_NAMES = {
    Which.ALL: "Mọi hồ sơ của kỳ",
    Which.RECEIVED: "Tiếp nhận trong kỳ",
    Which.ONLINE: "Nộp trực tuyến",
    Which.CARRIED_OVER: "Từ kỳ trước chuyển sang",
    Which.SETTLED: "Đã giải quyết",
    Which.EARLY: "Đã giải quyết trước hạn",
    Which.ON_TIME: "Đã giải quyết đúng hạn",
    Which.SETTLED_LATE: "Đã giải quyết quá hạn",
    Which.OPEN: "Đang giải quyết",
    Which.OPEN_WITHIN: "Đang giải quyết, trong hạn",
    Which.OPEN_LATE: "Đang giải quyết, quá hạn",
    Which.LATE: "Quá hạn",
    Which.LATE_WITHOUT_REASON: "Quá hạn chưa ghi nguyên nhân",
    Which.NOT_IN_TIME: "Quá hạn hoặc yêu cầu bổ sung quá một lần",
    Which.OFFLINE: "Không nộp trực tuyến",
    Which.NOT_PAID_ONLINE: "Phải nộp tiền, không thanh toán trực tuyến",
    Which.ON_PAPER_ONLY: "Kết quả chỉ có bản giấy",
    Which.NOT_DIGITISED: "Chưa có giấy tờ số hóa",
    Which.NOT_IN_STORE: "Kết quả chưa vào kho của người nộp",
    Which.SUPPLEMENTED: "Phải bổ sung",
    Which.SUPPLEMENTED_TWICE: "Yêu cầu bổ sung quá một lần",
    Which.EXTENDED: "Đã xin lỗi và hẹn lại",
    Which.STEP_LATE: "Có bước bàn giao quá hạn của bước",
    Which.LATE_OR_COMPLAINED: "Giải quyết quá hạn hoặc có phản ánh đúng về thái độ",
    Which.NOT_TOLD: "Chưa đồng bộ lên Cổng Dịch vụ công quốc gia",
}


def received_within(period: Period) -> ColumnElement[bool]:
    """Received in the period itself."""
    first, after = bounds(period)
    return and_(Dossier.received_at >= first, Dossier.received_at < after)


HAS_FILES: ColumnElement[bool] = (
    exists().where(Attachment.dossier_id == Dossier.id).correlate(Dossier)
)
_HAS_REASON: ColumnElement[bool] = (
    exists().where(LateReason.dossier_id == Dossier.id).correlate(Dossier)
)


def handed_over_within(period: Period) -> ColumnElement[bool]:
    """Hand-overs of the period that were not taken back."""
    first, after = bounds(period)
    return and_(HandOver.given_at >= first, HandOver.given_at < after, HandOver.undone_at.is_(None))


def _step_late(period: Period) -> ColumnElement[bool]:
    late = and_(handed_over_within(period), HandOver.outcome == Punctuality.LATE)
    return exists().where(HandOver.dossier_id == Dossier.id, late).correlate(Dossier)


def finished_within(period: Period) -> ColumnElement[bool]:
    """Finished in the period itself."""
    first, after = bounds(period)
    return and_(Dossier.finished_at >= first, Dossier.finished_at < after)


def complained_of(period: Period, units: Units) -> ColumnElement[bool]:
    """Named by a complaint about conduct that was found to be true in the period."""
    true_ones = are_justified(units.ids, period.first, period.last)
    return Dossier.code.in_(select(WorkEntry.values["dossier"].as_string()).where(true_ones))


def _settled(period: Period) -> Mapping[Which, ColumnElement[bool]]:
    """What became of those concerned, as ``settled.py`` counts it."""
    _first, after = bounds(period)
    done = and_(Dossier.finished_at.is_not(None), Dossier.finished_at < after)
    still = or_(Dossier.finished_at.is_(None), Dossier.finished_at >= after)
    day, due = local_day(Dossier.finished_at), Dossier.lawful_date
    late = func.coalesce(due < period.last, false())
    return {
        Which.SETTLED: done,
        Which.EARLY: and_(done, day < due),
        Which.ON_TIME: and_(done, or_(due.is_(None), day == due)),
        Which.SETTLED_LATE: and_(done, day > due),
        Which.OPEN: still,
        Which.OPEN_WITHIN: and_(still, not_(late)),
        Which.OPEN_LATE: and_(still, late),
    }


def condition(which: Which, period: Period, units: Units) -> ColumnElement[bool]:
    """What makes a dossier one of these, all of them of the units."""
    if which is Which.STEP_LATE:
        # The period is that of the hand-over: a result may be handed on after the end.
        return and_(_step_late(period), units.dossiers)
    offline = and_(received_within(period), Dossier.channel != Channel.ONLINE)
    own: Mapping[Which, ColumnElement[bool]] = {
        Which.ALL: Dossier.received_at.is_not(None),
        Which.RECEIVED: received_within(period),
        Which.ONLINE: and_(received_within(period), Dossier.channel == Channel.ONLINE),
        Which.CARRIED_OVER: Dossier.received_at < bounds(period)[0],
        **_settled(period),
        Which.LATE: was_late(period),
        Which.LATE_WITHOUT_REASON: and_(was_late(period), not_(_HAS_REASON)),
        # QĐ 766/QĐ-TTg, 2.1: who asked twice is as late as who returned late.
        Which.NOT_IN_TIME: or_(was_late(period), Dossier.supplement_count > 1),
        Which.OFFLINE: offline,
        Which.NOT_PAID_ONLINE: and_(OWES, not_(PAID_ONLINE)),
        Which.ON_PAPER_ONLY: has_result(period, on_paper_only=True),
        Which.NOT_DIGITISED: not_(HAS_FILES),
        Which.NOT_IN_STORE: and_(has_result(period), not_(IN_STORE)),
        Which.SUPPLEMENTED: Dossier.supplement_count > 0,
        Which.SUPPLEMENTED_TWICE: Dossier.supplement_count > 1,
        Which.EXTENDED: Dossier.extension_count > 0,
        Which.NOT_TOLD: not_(IS_TOLD),
        Which.LATE_OR_COMPLAINED: and_(
            finished_within(period), or_(was_late(period), complained_of(period, units))
        ),
    }
    return and_(concerns(period, units), own[which])
