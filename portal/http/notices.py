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
    PASSWORD_CHOSEN = "da-dat-mat-khau"  # noqa: S105 - a word, no password
    DRAFT_DROPPED = "da-xoa-nhap"
    ACCEPTED = "da-tiep-nhan"
    REFUSED = "da-tu-choi"
    RECEPTION_KEPT = "da-luu-tiep-nhan"
    RECEPTION_DROPPED = "da-bo-tiep-nhan"
    CARD_READ = "da-doc-the"
    VOLUME_OPENED = "da-mo-quyen-so"
    VOLUME_EMPTY = "quyen-so-con-trong"
    REGISTER_CLOSED = "da-khoa-so"
    REGISTER_STAYS = "so-chua-khoa"
    LINE_CANCELLED = "da-huy-dong-so"
    DOSSIER_TRANSFERRED = "da-chuyen-xu-ly"
    DOSSIER_FORWARDED = "da-chuyen-buoc"
    DOSSIER_ASSIGNED = "da-giao-viec"
    DOSSIER_SENT_BACK = "da-tra-lai-buoc"
    DOSSIER_TAKEN = "da-ky-nhan"
    STEP_TAKEN_BACK = "da-rut-lai-buoc"
    STEP_STAYS = "chua-rut-lai-buoc"
    FILTER_KEPT = "da-luu-bo-loc"
    FILTER_GONE = "da-bo-bo-loc"
    FILTER_NAMELESS = "bo-loc-chua-co-ten"
    FILTERS_FULL = "du-bo-loc"
    NOTHING_CHOSEN = "chua-chon-ho-so"
    TOO_MANY_CHOSEN = "chon-nhieu-ho-so-qua"
    DELEGATION_MADE = "da-uy-quyen"
    DELEGATION_ENDED = "da-ket-thuc-uy-quyen"
    LABEL_MADE = "da-them-nhan"
    LABEL_RETIRED = "da-thoi-dung-nhan"
    LABELS_CHANGED = "da-ghi-nhan"
    NOTE_KEPT = "da-ghi-chu"
    MESSAGE_SENT = "da-gui-tin-nhan"
    OPINION_ASKED = "da-hoi-y-kien"
    OPINION_GIVEN = "da-cho-y-kien"
    OPINION_DROPPED = "da-thoi-hoi-y-kien"
    PROCESS_SAVED = "da-luu-quy-trinh"
    PROCESS_PUBLISHED = "da-ban-hanh-quy-trinh"
    PROCESS_DISCARDED = "da-bo-quy-trinh"
    PROCESS_STAYS = "quy-trinh-con-nguyen"
    DOCUMENT_SIGNED = "da-ky-van-ban"
    CHAIN_BEGUN = "da-chuyen-lien-thong"
    CHAIN_TAKEN = "da-ky-nhan-ket-qua"
    PART_RECEIVED = "da-ky-nhan-phan-viec"
    PART_SIGNED_BEFORE = "phan-viec-da-ky-nhan"
    PART_FINISHED = "da-xong-phan-viec"
    CHAIN_SAVED = "da-luu-lien-thong"
    CHAIN_IN_USE = "da-dung-lien-thong"
    CALENDAR_CHANGED = "da-doi-lich"
    CALENDAR_STAYS = "lich-chua-doi"
    CALENDAR_OVERTAKEN = "lich-vua-doi"
    APOLOGIES_PREPARED = "da-chuan-bi-xin-loi"
    APOLOGIES_NONE = "khong-chuan-bi-xin-loi"
    HANDLING_SAVED = "da-luu-cach-xu-ly"
    HOURS_SAVED = "da-luu-gio"
    CERTIFICATE_SAVED = "da-ghi-chung-thu"
    CERTIFICATE_REVOKED = "da-ghi-thu-hoi"
    ARTICLE_SAVED = "da-luu-tin"
    ARTICLE_PUBLISHED = "da-cong-bo-tin"
    ARTICLE_WITHDRAWN = "da-go-tin"
    MEDIUM_SAVED = "da-luu-tep"
    MEDIUM_REPLACED = "da-thay-tep"
    MEDIUM_DELETED = "da-xoa-tep"
    FOLDER_SAVED = "da-luu-thu-muc"
    FOLDER_DELETED = "da-xoa-thu-muc"
    FOLDER_FULL = "thu-muc-con-tep"
    SITE_SAVED = "da-luu-cong"
    SECTION_FULL = "chuyen-muc-con-bai"
    MENU_FULL = "trinh-don-con-dong"
    ARTICLE_SENT = "da-gui-duyet-tin"
    ARTICLE_RETURNED = "da-tra-lai-tin"
    ARTICLE_SCHEDULED = "da-hen-gio-tin"
    ARTICLE_DELETED = "da-xoa-tin"
    ARTICLE_RESTORED = "da-khoi-phuc-tin"
    ARTICLE_STAYS = "bai-chua-doi"
    COPY_KEPT = "da-luu-ban-sua"
    COPY_PUBLISHED = "da-cong-bo-ban-sua"
    COPY_DROPPED = "da-bo-ban-sua"
    COPY_CHANGED = "ban-sua-da-doi"
    DOCUMENT_PUBLISHED = "da-cong-bo-van-ban"
    DOCUMENT_WITHDRAWN = "da-go-van-ban"
    DOCUMENT_FILE_KEPT = "da-nhan-tep-van-ban"
    TRANSLATION_SAVED = "da-luu-ban-dich"
    TRANSLATION_PUBLISHED = "da-cong-bo-ban-dich"
    TRANSLATION_WITHDRAWN = "da-go-ban-dich"
    TRANSLATION_STAYS = "ban-dich-chua-doi"
    COMMENT_KEPT = "da-ghi-y-kien"
    FORM_SAVED = "da-luu-bieu-mau"
    FORM_PUBLISHED = "da-cong-bo-bieu-mau"
    FORM_DISCARDED = "da-bo-ban-soan"
    FORM_BOUND = "da-gan-bieu-mau"
    FORM_MOVING = "dang-chuyen-nhap"
    FORM_TESTED = "da-ghi-cau-tra-loi-mau"
    FINDER_DELETED = "da-bo-bo-cau-hoi"
    REVIEWS_PLANNED = "da-hen-kiem-tra"
    LINKS_ASKED = "dang-kiem-tra-lien-ket"
    PROCEDURE_SAVED = "da-luu-thu-tuc"
    PROCEDURE_SENT = "da-gui-cong-bo"
    PROCEDURE_TAKEN_BACK = "da-rut-ve"
    PROCEDURE_CHECKED = "da-kiem-tra"
    PROCEDURE_FILING = "da-doi-noi-nop"
    REMARK_SETTLED = "da-dong-gop-y"
    FINDER_SAVED = "da-luu-bo-cau-hoi"
    DECISION_SAVED = "da-luu-quyet-dinh"
    DECISION_PUBLISHED = "da-cong-bo-quyet-dinh"
    DECISION_DISCARDED = "da-xoa-quyet-dinh"
    DECISION_ENTERED = "da-ghi-nhap-csdl"
    DECISION_ACKNOWLEDGED = "da-nhan-quyet-dinh"
    PACK_ORDERED = "dang-lam-bo-niem-yet"
    IMPORT_TAKEN = "da-nhap-thu-tuc"
    IMPORT_CHANGED = "thu-tuc-da-doi"
    DIFFERENCES_DECIDED = "da-quyet-khac-biet"
    DIFFERENCES_LEFT = "khac-biet-con-lai"
    BULK_DONE = "da-sua-hang-loat"
    FORM_FILES_KEPT = "da-gan-tep-mau"
    FORM_FILE_DRAFTED = "da-doi-tep-mau"
    TRASH_RESTORED = "da-lay-lai"
    TRASH_GONE = "khong-con-trong-thung-rac"
    TRASH_TAKEN = "cho-cu-da-co-ban-khac"
    ENQUIRY_SAVED = "da-luu-cau-hoi"
    ENQUIRY_ANSWERED = "da-tra-loi-cau-hoi"
    ENQUIRY_REFUSED = "da-tu-choi-cau-hoi"
    ENQUIRY_PUBLISHED = "da-cong-bo-cau-hoi"
    ENQUIRY_WITHDRAWN = "da-go-cau-hoi"
    ENQUIRY_STAYS = "cau-hoi-chua-doi"
    ISSUE_SAVED = "da-luu-ban-tin"
    ISSUE_SENT = "dang-gui-ban-tin"
    COMMENT_DECIDED = "da-quyet-y-kien"
    UNIT_FULL = "don-vi-con-nguoi"
    SUGGESTION_DECIDED = "da-ghi-gop-y"
    RECORD_SAVED = "da-luu-bien-ban"
    RECORD_SEALED = "da-chot-bien-ban"
    RECORD_EARLY = "chua-het-thang"
    RECORD_LETTERS = "thieu-so-thu"
    SUPPLEMENT_ASKED = "da-yeu-cau-bo-sung"
    SUPPLEMENT_TAKEN = "da-nhan-bo-sung"
    SUPPLEMENT_SENT = "da-gui-bo-sung"
    PROPOSAL_SENT = "da-trinh-du-thao"
    PROPOSAL_APPROVED = "da-duyet-du-thao"
    PROPOSAL_REJECTED = "khong-duyet-du-thao"
    PROPOSAL_DROPPED = "da-bo-du-thao"
    PROPOSAL_KEPT = "da-luu-du-thao"
    DOSSIER_STOPPED = "da-dung-ho-so"
    DOSSIER_WITHDRAWN = "da-rut-ho-so"
    FEES_SETTLED = "da-xac-dinh-phi"
    PAYMENT_ASKED = "da-yeu-cau-nop-tien"
    MONEY_TAKEN = "da-thu-tien"
    MONEY_REFUNDED = "da-hoan-phi"
    RESULT_SIGNED = "da-ky-ket-qua"
    RESULT_KEPT = "da-ghi-ket-qua"
    NOT_SOLVED = "da-khong-giai-quyet"
    RESULT_RETURNED = "da-tra-ket-qua"
    POST_LISTED = "da-lap-danh-sach-buu-chinh"
    POST_EMPTY = "khong-co-buu-gui"
    RESULT_POSTED = "da-gui-buu-chinh"
    POST_CAME_BACK = "buu-gui-chuyen-hoan"
    STORED_REUSED = "da-dung-giay-to-trong-kho"
    STORED_REMOVED = "da-bo-khoi-kho"
    WITHDRAWAL_ASKED = "da-de-nghi-rut"
    WITHDRAWAL_TAKEN_BACK = "khong-rut-nua"
    CALL_NOTED = "da-ghi-cuoc-goi"
    LATE_REASON_KEPT = "da-ghi-nguyen-nhan"
    DOSSIER_NOT_LATE = "ho-so-khong-qua-han"
    EXPORT_ORDERED = "dang-xuat-danh-sach"


WORDS = {
    Notice.SIGNED_IN: _("Ông/bà đã đăng nhập."),
    Notice.SIGNED_OUT: _("Ông/bà đã đăng xuất."),
    Notice.SIGNED_UP: _("Tài khoản đã được tạo và ông/bà đã đăng nhập."),
    Notice.SESSION_ENDED: _("Đã kết thúc phiên đăng nhập trên thiết bị đó."),
    Notice.PASSWORD_CHOSEN: _("Đã đặt mật khẩu; ông/bà đăng nhập bằng mật khẩu vừa đặt."),
    Notice.DRAFT_DROPPED: _("Bản nháp đã được xóa."),
    Notice.ACCEPTED: _("Đã tiếp nhận hồ sơ, giấy tiếp nhận và hẹn trả kết quả đã sẵn sàng."),
    Notice.REFUSED: _("Đã ghi từ chối tiếp nhận, phiếu từ chối đã sẵn sàng."),
    Notice.RECEPTION_KEPT: _("Đã lưu; lần tiếp nhận dở nằm ở danh sách “Đang nhập dở”."),
    Notice.RECEPTION_DROPPED: _("Đã bỏ lần tiếp nhận đang nhập dở."),
    Notice.CARD_READ: _("Đã điền theo mã QR của thẻ; ông/bà đối chiếu với người nộp."),
    Notice.VOLUME_OPENED: _("Đã mở quyển sổ mới; số thứ tự chạy tiếp từ dòng sau."),
    Notice.VOLUME_EMPTY: _("Chưa mở quyển mới: quyển hiện tại chưa có dòng nào, hoặc sổ đã khóa."),
    Notice.REGISTER_CLOSED: _("Đã khóa sổ; từ giờ không ghi thêm được vào năm này."),
    Notice.REGISTER_STAYS: _("Chưa khóa: năm chưa hết, sổ chưa có dòng nào, hoặc đã khóa trước."),
    Notice.LINE_CANCELLED: _("Đã hủy dòng; dòng và lý do vẫn nằm trong sổ."),
    Notice.DOSSIER_TRANSFERRED: _("Đã chuyển xử lý; phiếu kiểm soát có thêm một dòng."),
    Notice.DOSSIER_FORWARDED: _("Đã chuyển sang bước tiếp theo."),
    Notice.DOSSIER_ASSIGNED: _("Đã giao hồ sơ cho người khác."),
    Notice.DOSSIER_SENT_BACK: _("Đã trả hồ sơ về bước trước kèm lý do."),
    Notice.DOSSIER_TAKEN: _("Đã ký nhận hồ sơ; giờ nhận được ghi vào phiếu kiểm soát."),
    Notice.STEP_TAKEN_BACK: _("Đã rút lại lần chuyển vừa rồi; hồ sơ trở về ông/bà."),
    Notice.FILTER_KEPT: _("Đã lưu bộ lọc."),
    Notice.FILTER_GONE: _("Đã bỏ bộ lọc."),
    Notice.FILTER_NAMELESS: _("Chưa lưu: ông/bà đặt tên cho bộ lọc, không quá 60 chữ."),
    Notice.FILTERS_FULL: _("Chưa lưu: ông/bà đã có 20 bộ lọc; bỏ bớt một bộ lọc trước."),
    Notice.NOTHING_CHOSEN: _("Ông/bà chưa chọn hồ sơ nào; đánh dấu ở đầu dòng rồi chọn việc."),
    Notice.TOO_MANY_CHOSEN: _("Ông/bà chọn nhiều quá; mỗi lần không quá 500 hồ sơ."),
    Notice.DELEGATION_MADE: _("Đã ghi người làm thay."),
    Notice.DELEGATION_ENDED: _("Đã kết thúc việc làm thay."),
    Notice.LABEL_MADE: _("Đã thêm nhãn."),
    Notice.LABEL_RETIRED: _("Đã thôi dùng nhãn; hồ sơ đã gắn vẫn giữ."),
    Notice.LABELS_CHANGED: _("Đã ghi nhãn của hồ sơ."),
    Notice.NOTE_KEPT: _("Đã ghi chú; người nộp không đọc được."),
    Notice.MESSAGE_SENT: _("Đã gửi tin nhắn."),
    Notice.OPINION_ASKED: _("Đã gửi câu hỏi cho đơn vị."),
    Notice.OPINION_GIVEN: _("Đã gửi ý kiến cho người hỏi."),
    Notice.OPINION_DROPPED: _("Đã thôi hỏi ý kiến."),
    Notice.STEP_STAYS: _(
        "Chưa rút lại được: đã quá thời gian cho phép, bên nhận đã ký nhận, hoặc hồ sơ đã được "
        "xử lý tiếp."
    ),
    Notice.PROCESS_SAVED: _("Đã lưu bản soạn; hồ sơ vẫn theo quy trình đang áp dụng."),
    Notice.PROCESS_PUBLISHED: _(
        "Quy trình đã được ban hành; hồ sơ chuyển xử lý từ ngày áp dụng sẽ theo quy trình này."
    ),
    Notice.PROCESS_DISCARDED: _("Đã bỏ bản soạn; các lần ban hành giữ nguyên."),
    Notice.PROCESS_STAYS: _("Chưa bỏ: bản soạn vừa được người khác lưu hoặc ban hành."),
    Notice.DOCUMENT_SIGNED: _("Đã nhận văn bản đã ký; chữ ký đã được kiểm tra."),
    Notice.CHAIN_BEGUN: _("Đã chuyển liên thông; phiếu bàn giao đã sẵn sàng."),
    Notice.CHAIN_TAKEN: _("Đã ký nhận kết quả từ cơ quan cuối."),
    Notice.PART_RECEIVED: _("Đã ký nhận hồ sơ."),
    Notice.PART_SIGNED_BEFORE: _("Hồ sơ này đã được ký nhận trước đó."),
    Notice.PART_FINISHED: _("Đã ghi xong phần việc; hồ sơ đã được chuyển tiếp."),
    Notice.CHAIN_SAVED: _("Đã lưu quy trình liên thông; đưa vào dùng khi đã đủ các việc."),
    Notice.CHAIN_IN_USE: _("Quy trình liên thông đã được dùng cho hồ sơ chuyển từ bây giờ."),
    Notice.CALENDAR_CHANGED: _("Đã ghi vào lịch; hồ sơ nhận từ bây giờ tính theo lịch mới."),
    Notice.CALENDAR_STAYS: _("Lịch chưa đổi: ngày đã qua, đã bị bỏ, hoặc không còn gì để ghi."),
    Notice.CALENDAR_OVERTAKEN: _(
        "Chưa ghi: người khác vừa đổi lịch. Ông/bà xem lại lịch dưới đây rồi làm lại."
    ),
    Notice.APOLOGIES_PREPARED: _(
        "Đã chuẩn bị dự thảo xin lỗi; người thụ lý ghi lý do, lãnh đạo ký thì ngày hẹn mới đổi."
    ),
    Notice.APOLOGIES_NONE: _(
        "Không có dự thảo nào mới: hồ sơ chưa chuyển xử lý, đã có dự thảo, hoặc không còn kịp."
    ),
    Notice.HANDLING_SAVED: _("Đã lưu cách xử lý; ngày hẹn đã ghi giữ nguyên."),
    Notice.HOURS_SAVED: _("Đã lưu giờ làm việc; ngày hẹn đã ghi giữ nguyên."),
    Notice.CERTIFICATE_SAVED: _("Đã ghi chứng thư số vào sổ."),
    Notice.CERTIFICATE_REVOKED: _("Đã ghi thu hồi; từ nay chữ ký bằng chứng thư này không nhận."),
    Notice.ARTICLE_SAVED: _("Đã lưu bài viết."),
    Notice.ARTICLE_PUBLISHED: _("Bài viết đã được công bố."),
    Notice.ARTICLE_WITHDRAWN: _("Bài viết đã được gỡ."),
    Notice.MEDIUM_SAVED: _("Đã lưu thông tin của tệp."),
    Notice.MEDIUM_REPLACED: _("Đã thay tệp; địa chỉ giữ nguyên, các trang đang dùng hiện tệp mới."),
    Notice.MEDIUM_DELETED: _("Đã bỏ tệp vào thùng rác; trong 30 ngày còn lấy lại được."),
    Notice.FOLDER_SAVED: _("Đã lưu thư mục."),
    Notice.FOLDER_DELETED: _("Đã bỏ thư mục vào thùng rác; trong 30 ngày còn lấy lại được."),
    Notice.FOLDER_FULL: _("Chưa xóa: thư mục còn tệp hoặc thư mục con; hãy chuyển đi trước."),
    Notice.SITE_SAVED: _("Đã lưu; người xem thấy trên cổng ngay từ bây giờ."),
    Notice.SECTION_FULL: _(
        "Chưa xóa: chuyên mục còn bài (kể cả trong thùng rác) hoặc còn chuyên mục con."
    ),
    Notice.MENU_FULL: _("Chưa xóa: dưới dòng này còn dòng khác; hãy xóa hoặc chuyển chúng trước."),
    Notice.ARTICLE_SENT: _("Đã gửi duyệt."),
    Notice.ARTICLE_RETURNED: _("Đã trả lại cho người viết."),
    Notice.ARTICLE_SCHEDULED: _("Đã hẹn giờ công bố."),
    Notice.ARTICLE_DELETED: _("Đã bỏ vào thùng rác; trong 30 ngày còn khôi phục được."),
    Notice.ARTICLE_RESTORED: _("Đã khôi phục nội dung của lần lưu đó."),
    Notice.ARTICLE_STAYS: _(
        "Chưa khôi phục: lần lưu đó thiếu phần bạn đọc cần, chỗ của trang không còn, hoặc đang có "
        "bản sửa chờ công bố."
    ),
    Notice.COPY_KEPT: _(
        "Đã lưu bản sửa. Bạn đọc vẫn thấy bản cũ cho đến khi người khác trong ban biên tập công bố "
        "bản sửa."
    ),
    Notice.COPY_PUBLISHED: _("Đã công bố bản sửa; bạn đọc thấy ngay từ bây giờ."),
    Notice.COPY_DROPPED: _("Đã bỏ bản sửa; bản đang công bố giữ nguyên."),
    Notice.COPY_CHANGED: _("Bản sửa vừa được người khác lưu, công bố hoặc bỏ; ông/bà xem lại."),
    Notice.TRANSLATION_SAVED: _("Đã lưu bản dịch."),
    Notice.TRANSLATION_PUBLISHED: _("Đã công bố bản tiếng Anh."),
    Notice.TRANSLATION_WITHDRAWN: _("Đã gỡ bản tiếng Anh; bản gốc giữ nguyên."),
    Notice.TRANSLATION_STAYS: _("Chưa khôi phục: lần lưu đó thiếu phần người đọc cần."),
    Notice.COMMENT_KEPT: _("Đã ghi ý kiến."),
    Notice.FORM_SAVED: _("Đã lưu bản đang soạn; người dân chưa thấy thay đổi."),
    Notice.FORM_PUBLISHED: _("Đã công bố phiên bản mới của biểu mẫu."),
    Notice.FORM_DISCARDED: _("Đã bỏ bản đang soạn; phiên bản đã công bố giữ nguyên."),
    Notice.FORM_BOUND: _("Đã cập nhật thủ tục dùng biểu mẫu."),
    Notice.FORM_MOVING: _("Đang chuyển các bản nháp; kết quả hiện ở trang này."),
    Notice.FORM_TESTED: _("Đã cập nhật câu trả lời mẫu."),
    Notice.FINDER_DELETED: _("Đã bỏ bộ câu hỏi vào thùng rác; lấy lại được trong 30 ngày."),
    Notice.REVIEWS_PLANNED: _("Đã đặt hạn kiểm tra."),
    Notice.LINKS_ASKED: _("Cổng bắt đầu kiểm tra; kết quả hiện dần ở trang này."),
    Notice.PROCEDURE_SAVED: _("Đã lưu vào bản nháp; trang công khai chưa đổi."),
    Notice.PROCEDURE_SENT: _("Đã gửi bản nháp để đưa vào quyết định công bố."),
    Notice.PROCEDURE_TAKEN_BACK: _("Đã rút về thành bản nháp; ông/bà sửa tiếp được."),
    Notice.PROCEDURE_CHECKED: _("Đã ghi lần kiểm tra và ngày kiểm tra lại."),
    Notice.PROCEDURE_FILING: _("Đã đổi nơi nộp hồ sơ; trang công khai đổi ngay."),
    Notice.REMARK_SETTLED: _("Đã đóng góp ý."),
    Notice.FINDER_SAVED: _("Đã lưu bộ câu hỏi."),
    Notice.DECISION_SAVED: _("Đã lưu quyết định."),
    Notice.DECISION_PUBLISHED: _("Quyết định đã được công bố; các cơ quan liên quan được báo."),
    Notice.DECISION_DISCARDED: _("Đã xóa quyết định đang soạn."),
    Notice.DECISION_ENTERED: _("Đã ghi ngày nhập vào Cơ sở dữ liệu quốc gia."),
    Notice.DECISION_ACKNOWLEDGED: _("Đã ghi nhận: đã nhận, đã niêm yết."),
    Notice.PACK_ORDERED: _("Đang làm bộ niêm yết; xem tiến độ ở danh sách dưới đây."),
    Notice.IMPORT_TAKEN: _("Đã nhập xong."),
    Notice.IMPORT_CHANGED: _(
        "Có người vừa sửa thủ tục sau lần xem trước. Chưa ghi gì; ông/bà vui lòng xem lại."
    ),
    Notice.DIFFERENCES_DECIDED: _("Đã ghi quyết định về các khác biệt."),
    Notice.DIFFERENCES_LEFT: _(
        "Một số khác biệt chưa ghi được: bản của ta vừa được sửa, hoặc thủ tục đang chờ quyết "
        "định công bố. Chúng vẫn ở dưới đây."
    ),
    Notice.BULK_DONE: _("Đã ghi vào các bản nháp."),
    Notice.UNIT_FULL: _(
        "Chưa xóa: đơn vị còn người hoặc còn đơn vị trực thuộc; hãy chuyển đi trước."
    ),
    Notice.SUGGESTION_DECIDED: _("Đã ghi."),
    Notice.RECORD_SAVED: _("Đã lưu vào biên bản."),
    Notice.RECORD_SEALED: _("Đã chốt biên bản; từ giờ không sửa được nữa."),
    Notice.RECORD_EARLY: _("Chưa chốt: tháng này chưa hết, còn có thể có góp ý mới."),
    Notice.SUPPLEMENT_ASKED: _("Đã gửi yêu cầu bổ sung cho người nộp; hồ sơ chờ bổ sung."),
    Notice.SUPPLEMENT_TAKEN: _("Đã ghi nhận bổ sung; hồ sơ trở lại bước đang làm."),
    Notice.SUPPLEMENT_SENT: _("Đã gửi giấy tờ, nội dung bổ sung. Cơ quan xem tiếp hồ sơ."),
    Notice.PROPOSAL_SENT: _("Đã trình lãnh đạo duyệt."),
    Notice.PROPOSAL_APPROVED: _("Đã duyệt; người nộp được báo."),
    Notice.PROPOSAL_REJECTED: _("Đã trả lại dự thảo kèm ý kiến."),
    Notice.PROPOSAL_DROPPED: _("Đã bỏ dự thảo."),
    Notice.PROPOSAL_KEPT: _("Đã lưu dự thảo; chưa trình."),
    Notice.DOSSIER_STOPPED: _("Đã dừng giải quyết hồ sơ; người nộp được báo."),
    Notice.DOSSIER_WITHDRAWN: _("Đã ghi việc rút hồ sơ; người nộp được báo."),
    Notice.FEES_SETTLED: _("Đã xác định khoản phí, lệ phí phải nộp."),
    Notice.PAYMENT_ASKED: _("Đã gửi yêu cầu nộp tiền; hồ sơ chờ người nộp."),
    Notice.MONEY_TAKEN: _("Đã ghi thu tiền; biên lai nằm ở mục “Giấy tờ đã lập”."),
    Notice.MONEY_REFUNDED: _("Đã ghi hoàn trả phí, lệ phí; người nộp được báo."),
    Notice.RESULT_SIGNED: _("Đã duyệt kết quả; văn thư cấp số và ghi kết quả."),
    Notice.RESULT_KEPT: _("Đã ghi kết quả; người nộp được báo."),
    Notice.NOT_SOLVED: _("Đã ghi không giải quyết; người nộp được báo lý do."),
    Notice.RESULT_RETURNED: _("Đã trả kết quả; giấy biên nhận nằm ở mục “Giấy tờ đã lập”."),
    Notice.POST_LISTED: _("Đã lập danh sách bàn giao; ông/bà in và ký với bưu chính."),
    Notice.POST_EMPTY: _("Không có bưu gửi nào chờ bàn giao."),
    Notice.RESULT_POSTED: _("Đã ghi gửi bưu chính; người nộp được báo số bưu gửi."),
    Notice.POST_CAME_BACK: _("Đã ghi bưu gửi chuyển hoàn; kết quả chờ ở quầy."),
    Notice.STORED_REUSED: _("Đã lấy giấy tờ từ kho vào hồ sơ."),
    Notice.STORED_REMOVED: _("Đã bỏ giấy tờ khỏi kho."),
    Notice.WITHDRAWAL_ASKED: _("Đã gửi đề nghị rút hồ sơ; nơi tiếp nhận sẽ trả lời ông/bà."),
    Notice.WITHDRAWAL_TAKEN_BACK: _("Đã hủy đề nghị rút; hồ sơ vẫn được giải quyết."),
    Notice.CALL_NOTED: _("Đã ghi cuộc gọi."),
    Notice.LATE_REASON_KEPT: _("Đã ghi nguyên nhân quá hạn."),
    Notice.DOSSIER_NOT_LATE: _("Chưa ghi gì: hồ sơ này không quá hạn."),
    Notice.EXPORT_ORDERED: _("Đang lập danh sách. Khi xong, tệp hiện ở đây để tải về."),
    Notice.RECORD_LETTERS: _("Chưa chốt: số thư trong hòm ít hơn số thư đã chép lại."),
    Notice.DOCUMENT_PUBLISHED: _("Đã công bố văn bản."),
    Notice.DOCUMENT_WITHDRAWN: _("Đã gỡ văn bản; người xem không thấy nữa."),
    Notice.DOCUMENT_FILE_KEPT: _("Đã nhận tệp; cổng đang đọc chữ trong tệp để tìm được."),
    Notice.ENQUIRY_SAVED: _("Đã lưu."),
    Notice.ENQUIRY_ANSWERED: _("Đã ghi câu trả lời; người hỏi để lại thư điện tử thì được gửi."),
    Notice.ENQUIRY_REFUSED: _("Đã ghi lý do không trả lời."),
    Notice.ENQUIRY_PUBLISHED: _("Đã công bố ở mục Hỏi đáp."),
    Notice.ENQUIRY_WITHDRAWN: _("Đã gỡ; người xem không thấy nữa."),
    Notice.ENQUIRY_STAYS: _(
        "Chưa ghi gì: câu hỏi vừa được sửa, đã công bố, hoặc chưa có câu trả lời. Ông/bà xem lại."
    ),
    Notice.ISSUE_SAVED: _("Đã lưu số bản tin; chưa gửi cho ai."),
    Notice.ISSUE_SENT: _("Đang gửi bản tin; số người nhận hiện ở đây khi gửi xong."),
    Notice.COMMENT_DECIDED: _("Đã ghi."),
    Notice.FORM_FILES_KEPT: _("Đã gắn tệp vào biểu mẫu."),
    Notice.FORM_FILE_DRAFTED: _("Đã ghi vào bản nháp; người dân thấy khi bản nháp được công bố."),
    Notice.TRASH_RESTORED: _("Đã lấy lại khỏi thùng rác."),
    Notice.TRASH_GONE: _("Mục này không còn trong thùng rác: đã được lấy lại hoặc đã hết hạn giữ."),
    Notice.TRASH_TAKEN: _(
        "Chưa lấy lại: chỗ cũ đã có mục khác (thủ tục đang có bản nháp khác, hoặc thư mục khác đã "
        "mang tên này). Ông/bà bỏ, công bố hoặc đổi tên mục đó trước."
    ),
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
