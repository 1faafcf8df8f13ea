"""Who stands at the counter."""

from content.dossiers import counter_form as ask

PERSON = {
    ask.NAME: "Nguyễn Thị Hoa",
    ask.IDENTITY: "001164012345",
    ask.BORN: "1964-03-05",
    "tn_dien_thoai": "0912345678",
    ask.ADDRESS: "Thôn 3, xã An Bình",
    ask.COMPLETE: [ask.ALL],
}
