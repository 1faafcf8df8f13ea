"""What is said once after a redirect: a code in a short-lived cookie, never free text.

Only pages with a session may ask, because their answers are not kept by caches.
"""

from enum import StrEnum

from pyramid.config import Configurator
from pyramid.request import Request
from pyramid.response import Response

from portal.i18n import _

COOKIE = "thong_bao"
LIFE = 60


class Notice(StrEnum):
    """Everything that can be said this way."""

    SIGNED_IN = "da-dang-nhap"
    SIGNED_OUT = "da-dang-xuat"
    SIGNED_UP = "da-dang-ky"
    SESSION_ENDED = "da-ket-thuc-phien"
    DRAFT_DROPPED = "da-xoa-nhap"
    ACCEPTED = "da-tiep-nhan"
    REFUSED = "da-tu-choi"
    ARTICLE_SAVED = "da-luu-tin"
    ARTICLE_PUBLISHED = "da-cong-bo-tin"
    ARTICLE_WITHDRAWN = "da-go-tin"
    MEDIUM_SAVED = "da-luu-tep"
    MEDIUM_REPLACED = "da-thay-tep"
    MEDIUM_DELETED = "da-xoa-tep"
    FOLDER_SAVED = "da-luu-thu-muc"
    FOLDER_DELETED = "da-xoa-thu-muc"
    FOLDER_FULL = "thu-muc-con-tep"


WORDS = {
    Notice.SIGNED_IN: _("Ông/bà đã đăng nhập."),
    Notice.SIGNED_OUT: _("Ông/bà đã đăng xuất."),
    Notice.SIGNED_UP: _("Tài khoản đã được tạo và ông/bà đã đăng nhập."),
    Notice.SESSION_ENDED: _("Đã kết thúc phiên đăng nhập trên thiết bị đó."),
    Notice.DRAFT_DROPPED: _("Bản nháp đã được xóa."),
    Notice.ACCEPTED: _("Đã tiếp nhận hồ sơ, giấy tiếp nhận và hẹn trả kết quả đã sẵn sàng."),
    Notice.REFUSED: _("Đã ghi từ chối tiếp nhận, phiếu từ chối đã sẵn sàng."),
    Notice.ARTICLE_SAVED: _("Đã lưu bài viết."),
    Notice.ARTICLE_PUBLISHED: _("Bài viết đã được công bố."),
    Notice.ARTICLE_WITHDRAWN: _("Bài viết đã được gỡ."),
    Notice.MEDIUM_SAVED: _("Đã lưu thông tin của tệp."),
    Notice.MEDIUM_REPLACED: _("Đã thay tệp; địa chỉ giữ nguyên, các trang đang dùng hiện tệp mới."),
    Notice.MEDIUM_DELETED: _("Đã bỏ tệp vào thùng rác; trong 30 ngày còn lấy lại được."),
    Notice.FOLDER_SAVED: _("Đã lưu thư mục."),
    Notice.FOLDER_DELETED: _("Đã xóa thư mục."),
    Notice.FOLDER_FULL: _("Chưa xóa: thư mục còn tệp hoặc thư mục con; hãy chuyển đi trước."),
}


def say(response: Response, notice: Notice) -> Response:
    """Have the next page say it; returns the response."""
    response.set_cookie(COOKIE, notice.value, max_age=LIFE, httponly=True, samesite="Lax")
    return response


def take_notices(request: Request) -> list[tuple[str, str]]:
    """What is to be said now, as the ``flash`` macro wants it; it is said once."""
    given = request.cookies.get(COOKIE)
    if given not in list(Notice):
        return []
    request.response.delete_cookie(COOKIE)
    return [("ok", request.localizer.translate(WORDS[Notice(given)]))]


def includeme(config: Configurator) -> None:
    """``request.take_notices()`` for layouts of private pages."""
    config.add_request_method(take_notices)
