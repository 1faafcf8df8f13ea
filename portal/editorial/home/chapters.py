"""Which chapter of the manual tells of which screen. An owner of screens adds a word here."""

#: The chapters in the order in which somebody new reads them.
ORDER = (
    *("ban-lam-viec", "tin-bai", "ban-tieng-anh", "y-kien-ban-doc", "thu-vien", "thu-tuc"),
    *("quyet-dinh", "nhap-xuat", "bieu-mau", "van-ban", "hoi-dap", "thuat-ngu", "tim-kiem"),
    *("co-quan", "mot-cua", "cong", "tai-khoan", "chung-thu-so", "thung-rac"),
)
#: The word after "editorial." in the names of routes → the chapter.
CHAPTERS = {
    word: chapter
    for chapter, words in {
        "ban-lam-viec": "home find manual autosave lock due review",
        "tin-bai": "article articles page pages section sections newsletter issue",
        "ban-tieng-anh": "translation translations",
        "y-kien-ban-doc": "comments",
        "thu-vien": "media medium",
        "thu-tuc": "procedure procedures finder finders",
        "quyet-dinh": "decision decisions postings pack packs links signed",
        "nhap-xuat": "import imports export bulk differences form_files",
        "bieu-mau": "form forms",
        "van-ban": "document documents",
        "hoi-dap": "enquiry enquiries",
        "thuat-ngu": "term terms",
        "tim-kiem": "empty_search empty_searches synonym synonyms pin pinned",
        "co-quan": (
            "unit units member duty reception guide poll polls suggestion suggestions record "
            "records"
        ),
        "cong": "banner banners menu menus block blocks identity",
        "mot-cua": (
            "calendar hours handling chain exchange process processes "
            "reception_place reception_places"
        ),
        "tai-khoan": "account accounts mailbox mailboxes",
        "thung-rac": "trash",
        "chung-thu-so": "certificate certificates",
    }.items()
    for word in words.split()
}


def chapter_of(route: str) -> str | None:
    """The chapter of a route's screen, ``None`` where nobody wrote one."""
    area, _dot, rest = route.partition(".")
    return CHAPTERS.get(rest.partition(".")[0]) if area == "editorial" else None
