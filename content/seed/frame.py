"""Loads what the sample has ready around its pages: a warning of flood, switched off."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.site.models import Banner, Severity


def seed_banners(session: Session, now: datetime) -> Iterator[str]:
    """Add the prepared banner, unless there are banners."""
    if session.scalars(select(Banner.id).limit(1)).first():
        yield "Thông báo chung: đã có."
        return
    session.add(
        Banner(
            severity=Severity.EMERGENCY,
            title="Nước sông Hà lên nhanh, cần chuyển đến nơi cao",
            text="Ông/bà ở các xã ven sông làm theo hướng dẫn của trưởng thôn. Các quầy tiếp nhận "
            "ở đó tạm nghỉ; hồ sơ đến hạn được trả ngay khi mở lại.",
            phone="1900 0000",
            address="/noi-tiep-nhan",
            address_words="Xem nơi tiếp nhận đang mở",
            is_on=False,
            updated_at=now,
        )
    )
    yield "Thông báo chung: thêm 1 thông báo mẫu, đang tắt."
