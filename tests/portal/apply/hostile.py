"""Texts that break careless programs, for every field and every query."""

HOSTILE = {
    "long": "ấ" * 10_000,
    "nul": "a\x00b",
    "nfd": "Nguyê\u0303n Thi\u0323 Hoa\u0300",
    "rtl": "\u202eabc\u202c \u200f\u0634\u200b",
    "control": "a\x01\x08\x7f\x9f\ufffe\uffff",
    "sql": "'; DROP TABLE dossier; --",
    "html": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "template": "{{ 7*7 }} ${7*7} #{7*7} %s %(x)s {0}",
    "emoji": "👨‍👩‍👧‍👦" * 50,
    "huge_number": "9" * 400,
    "path": "../../etc/passwd",
    "newlines": "a\r\n\r\nSet-Cookie: x=1\n\n",
    "empty": "",
    "blank": " \u00a0\u3000\t",
}
#: Bytes that are no UTF-8; a lone surrogate comes to a server as these.
UNDECODABLE = (b"\xed\xa0\x80", b"\xff\xfe")
