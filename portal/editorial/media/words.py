"""What is said to editors about files: reasons, in plain words with the way out."""

from content.media.kinds import MediumKind
from portal.forms.messages import size_name
from portal.i18n import _

REASONS = {
    "media_svg": _(
        "Ảnh SVG có thể chứa chương trình nên không được nhận; hãy xuất sang PNG rồi tải lên."
    ),
    "media_heic": _(
        "Ảnh HEIC của điện thoại chưa xem được trên nhiều máy; hãy xuất sang JPEG rồi tải lên."
    ),
    "media_picture_type": _(
        "Loại ảnh này không hiện được trên trang; hãy lưu lại thành JPEG hoặc PNG rồi tải lên."
    ),
    "media_unknown": _(
        "Không phải loại tệp thư viện nhận: ảnh JPEG, PNG, GIF, WebP, AVIF; tài liệu PDF, DOCX, "
        "XLSX; âm thanh MP3, M4A, OGG, WAV; video MP4, WebM."
    ),
    "media_other_kind": _("Tệp thay thế phải cùng loại với tệp cũ (ảnh thay ảnh)."),
    "media_many": _("Mỗi lần tải lên nhiều nhất 20 tệp; hãy tải tệp này ở lần sau."),
    "image_pixels": _(
        "Ảnh quá lớn (JPEG nhiều nhất 36 triệu điểm ảnh, loại khác 12 triệu, mỗi chiều 20.000);"
        " hãy thu nhỏ hoặc lưu thành JPEG rồi tải lên."
    ),
    "image_bomb": _("Ảnh này mở ra quá lớn so với tệp nên không được nhận."),
    "image_damaged": _("Ảnh bị hỏng hoặc tải lên chưa hết; hãy mở và lưu lại rồi tải lên."),
    "image_slow": _("Ảnh mất quá nhiều thời gian để xử lý nên không được nhận."),
    "file_empty": _("Tệp không có nội dung."),
    "file_damaged": _("Tệp bị hỏng hoặc tải lên chưa hết; hãy chọn lại."),
    "file_bomb": _("Tệp mở ra quá lớn so với dung lượng nên không được nhận."),
    "file_encrypted": _("Tệp có mật khẩu; người đọc sẽ không mở được."),
    "file_bad_names": _("Tệp chứa đường dẫn không an toàn nên không được nhận."),
    "file_macros": _("Tệp có chứa chương trình (macro) nên không được nhận."),
    "folder_taken": _("Đã có thư mục cùng tên ở chỗ này."),
    "folder_deep": _("Thư mục chỉ lồng nhau nhiều nhất 5 cấp."),
    "folder_unknown": _("Thư mục chứa không còn nữa; hãy chọn thư mục khác."),
    "folder_circle": _("Thư mục không thể nằm trong chính nó hoặc trong thư mục con của nó."),
    "folder_full": _("Thư mục còn tệp hoặc thư mục con; hãy chuyển đi trước khi xóa."),
}
KINDS = [(kind.value, kind.label) for kind in MediumKind]


def reason(code: str, limit: int = 0) -> str:
    """Why a file is not taken."""
    if code == "file_too_large":
        return _("Tệp lớn quá ${limit}; hãy làm nhỏ lại rồi tải lên.", {"limit": size_name(limit)})
    return REASONS[code]
