"""What the codes of notices say to people."""

from portal.http.notice_codes import Notice
from portal.i18n import _

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
    Notice.OPINION_ASKED: _("Đã gửi yêu cầu góp ý; đơn vị được hỏi thấy ở mục Ý kiến."),
    Notice.OPINION_GIVEN: _("Đã gửi ý kiến cho đơn vị hỏi."),
    Notice.OPINION_DROPPED: _("Đã rút yêu cầu góp ý; đơn vị kia không đọc giấy tờ được nữa."),
    Notice.OPINION_GIVEN_BACK: _("Đã trả lại yêu cầu góp ý kèm lý do."),
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
    Notice.NOT_NOW: _(
        "Việc vừa mở không làm được lúc này: hồ sơ đã sang bước khác, hoặc là việc của người khác. "
        "Việc ông/bà làm được ghi ở khung “Việc có thể làm bây giờ”."
    ),
    Notice.SIGN_AS_KEPT: _("Đã lưu chức danh khi ký."),
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
    Notice.RECEPTION_PLACE_SAVED: _("Đã lưu nơi tiếp nhận; trang thủ tục hiện nơi này."),
    Notice.FORM_TAKEN_BACK: _("Đã hoàn tác. Bấm lần nữa thì thay đổi đó trở lại."),
    Notice.ACCOUNT_OPENED: _(
        "Đã tạo tài khoản. Cần làm tiếp: lập liên kết đặt mật khẩu và gửi cho người dùng."
    ),
    Notice.ACCOUNT_SAVED: _("Đã lưu."),
    Notice.ACCOUNT_MOVED: _("Đã chuyển đơn vị; phần việc giữ nguyên ở đơn vị mới."),
    Notice.ACCOUNT_CLOSED: _("Đã khóa tài khoản; mọi máy đã bị đăng xuất."),
    Notice.ACCOUNT_REOPENED: _("Đã mở lại tài khoản; mật khẩu cũ dùng được."),
    Notice.ACCOUNT_SIGNED_OUT: _("Đã đăng xuất mọi máy của tài khoản này."),
    Notice.ROLE_GIVEN: _("Đã giao việc."),
    Notice.ROLE_LEFT: _("Đã thôi phần việc đó."),
    Notice.ROLE_STAYS: _(
        "Chưa thôi việc: người này còn giữ hồ sơ đang giải quyết ở đơn vị đó. Cần làm trước: lãnh "
        "đạo đơn vị giao các hồ sơ cho người khác."
    ),
    Notice.OWN_ACCOUNT: _(
        "Ông/bà không tự khóa tài khoản hay bỏ quyền quản trị của mình; hãy nhờ quản trị khác."
    ),
    Notice.MAILBOX_SAVED: _("Đã đổi địa chỉ; cán bộ đăng nhập bằng địa chỉ mới, mật khẩu cũ."),
    Notice.NOTICES_SET: _("Đã lưu cách nhận thư báo việc."),
    Notice.HANDLING_SAVED: _("Đã lưu cách xử lý; ngày hẹn đã ghi giữ nguyên."),
    Notice.HOURS_SAVED: _("Đã lưu giờ làm việc; ngày hẹn đã ghi giữ nguyên."),
    Notice.HOURS_ANNOUNCED: _(
        "Đã hẹn giờ làm việc mới; đến ngày ấy cổng tự dùng giờ mới, ngày hẹn đã ghi giữ nguyên."
    ),
    Notice.HOURS_WITHDRAWN: _("Đã bỏ giờ làm việc hẹn trước; giờ đang dùng giữ nguyên."),
    Notice.HOURS_STAY: _("Không còn giờ hẹn trước cho ngày ấy: đã bỏ, hoặc đã đến ngày áp dụng."),
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
    Notice.SITE_BEGUN: _("Đã lấy các mục sẵn có; ông/bà sửa và xếp lại ở dưới."),
    Notice.SITE_SAVED: _("Đã lưu; người xem thấy trên cổng ngay từ bây giờ."),
    Notice.SECTION_FULL: _(
        "Chưa xóa: chuyên mục còn bài (kể cả trong thùng rác) hoặc còn chuyên mục con."
    ),
    Notice.MENU_FULL: _("Chưa xóa: dưới dòng này còn dòng khác; hãy xóa hoặc chuyển chúng trước."),
    Notice.ARTICLE_SENT: _("Đã gửi duyệt."),
    Notice.ARTICLE_RETURNED: _("Đã trả lại cho người viết."),
    Notice.ARTICLE_SCHEDULED: _("Đã hẹn giờ công bố."),
    Notice.ARTICLE_RESCHEDULED: _("Đã đổi giờ công bố và giờ gỡ."),
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
    Notice.WORK_KEPT: _("Đã ghi vào sổ việc."),
    Notice.WORK_FILE_DROPPED: _("Đã bỏ tệp; nhật ký giữ tên tệp."),
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
    Notice.EXCHANGE_AGAIN: _("Đang gửi lại; kết quả hiện ở trang này trong ít phút."),
    Notice.EXCHANGE_CONFIRMED: _("Từ nay cổng này xác nhận trạng thái; thông điệp đang được gửi."),
    Notice.DRAFT_HANDED_OVER: _("Đã đưa dự thảo vào hàng gửi sang hệ thống quản lý văn bản."),
}

#: What did not happen, and why: not said in the colour of what was done.
NOT_DONE = frozenset(
    {
        Notice.APOLOGIES_NONE,
        Notice.ARTICLE_STAYS,
        Notice.CALENDAR_OVERTAKEN,
        Notice.DOSSIER_NOT_LATE,
        Notice.ENQUIRY_STAYS,
        Notice.FILTERS_FULL,
        Notice.FILTER_NAMELESS,
        Notice.FOLDER_FULL,
        Notice.MENU_FULL,
        Notice.NOT_NOW,
        Notice.OWN_ACCOUNT,
        Notice.POST_EMPTY,
        Notice.ROLE_STAYS,
        Notice.PROCESS_STAYS,
        Notice.RECORD_EARLY,
        Notice.RECORD_LETTERS,
        Notice.REGISTER_STAYS,
        Notice.SECTION_FULL,
        Notice.STEP_STAYS,
        Notice.TRANSLATION_STAYS,
        Notice.TRASH_GONE,
        Notice.TRASH_TAKEN,
        Notice.UNIT_FULL,
        Notice.VOLUME_EMPTY,
    }
)
