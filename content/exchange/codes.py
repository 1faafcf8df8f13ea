"""Code lists and moments of the national exchange, as plain values.

The lists are those of the national portal's interface for dossiers (QCVN of the exchange,
domain §3.1): codes are the contract, never the words. Moments are local time in Việt Nam,
``yyyyMMddHHmmss``.
"""

from datetime import date, datetime, time
from enum import StrEnum

from content.dossiers.models import CHANNEL_CODES, Delivery
from content.dossiers.money import Moment
from content.procedures.kinds import Channel
from content.words import LOCAL_ZONE, local

STAMP = "%Y%m%d%H%M%S"
#: The last second of a day, where the authority wants its whole day (domain §14.8).
LAST_SECOND = time(23, 59, 59)


class Applies(StrEnum):
    """LoaiDoiTuong."""

    CITIZEN = "0"
    BUSINESS = "1"
    HOUSEHOLD = "2"


class IdentityKind(StrEnum):
    """LoaiDinhDanh."""

    CITIZEN_CARD = "1"
    OLD_CARD = "2"


#: KenhThucHien.
CHANNELS = {channel: str(code) for channel, code in CHANNEL_CODES.items()}
CHANNEL_OF = {code: channel for channel, code in CHANNELS.items()}
#: HinhThuc: how the result goes back; the sources name no list of its own, so it is that of
#: KenhThucHien.
DELIVERIES = {Delivery.COUNTER: "1", Delivery.ONLINE: "2", Delivery.POST: "3"}
DELIVERY_OF = {code: delivery for delivery, code in DELIVERIES.items()}
#: HinhThucThu: when a fee is taken.
MOMENTS = {Moment.BEFORE: "1", Moment.AFTER: "4"}
#: DuocThanhToanTrucTuyen: no money is taken online here.
NOT_PAID_ONLINE = "0"


def stamp(moment: datetime | None) -> str:
    """``20261123100000``; empty for what has not happened."""
    return "" if moment is None else local(moment).strftime(STAMP)


def last_second(day: date) -> str:
    """The end of a day."""
    return datetime.combine(day, LAST_SECOND, LOCAL_ZONE).strftime(STAMP)


def moment_of(text: str) -> datetime | None:
    """The instant of a stamp; ``None`` for an empty one. Raises ``ValueError``."""
    if not text:
        return None
    if len(text) != len("yyyyMMddHHmmss") or not (text.isascii() and text.isdigit()):
        raise ValueError("not a moment of the exchange")
    return datetime.strptime(text, STAMP).replace(tzinfo=LOCAL_ZONE)


def identity_kind(number: str) -> IdentityKind | None:
    """By its length; ``None`` for numbers of another kind (a tax code, a passport)."""
    if not number.isdigit():
        return None
    return {12: IdentityKind.CITIZEN_CARD, 9: IdentityKind.OLD_CARD}.get(len(number))


def channel_of(code: str) -> Channel | None:
    """The channel of a code; ``None`` for an unknown one."""
    return CHANNEL_OF.get(code)
