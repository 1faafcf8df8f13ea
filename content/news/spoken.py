"""An article for the loudspeaker: plain text that a speaker, or a machine, reads out.

Abbreviations are spelled, dates and hours are said; what stands in tables is left as words.
"""

import re

from content.news.bodies import to_html
from content.news.models import Article, BodyFormat
from content.text import clean
from content.words import local

#: What officials write short, and how it is said.
ABBREVIATIONS = {
    "UBND": "Ủy ban nhân dân",
    "HĐND": "Hội đồng nhân dân",
    "UBMTTQ": "Ủy ban Mặt trận Tổ quốc",
    "TTHC": "thủ tục hành chính",
    "CCHC": "cải cách hành chính",
    "DVC": "dịch vụ công",
    "CCCD": "căn cước công dân",
    "CMND": "chứng minh nhân dân",
    "BHXH": "bảo hiểm xã hội",
    "BHYT": "bảo hiểm y tế",
    "GPLX": "giấy phép lái xe",
    "QSDĐ": "quyền sử dụng đất",
    "TP.": "thành phố ",
    "Tp.": "thành phố ",
    "TX.": "thị xã ",
    "v.v.": "vân vân",
    "THCS": "trung học cơ sở",
    "THPT": "trung học phổ thông",
    "CNTT": "công nghệ thông tin",
    "KT-XH": "kinh tế, xã hội",
}
#: Who issued a document, by the end of its symbol: ``61/2018/NĐ-CP``.
ISSUERS = {
    "CP": "Chính phủ",
    "TTg": "Thủ tướng Chính phủ",
    "UBND": "Ủy ban nhân dân",
    "HĐND": "Hội đồng nhân dân",
}
_SYMBOL = re.compile(r"\b(?:số )?(\d{1,5})/(\d{4})/[A-ZĐ]{1,4}-(CP|TTg|UBND|HĐND)\b")
_SHORT = re.compile(
    r"(?<![\w-])(?:"
    + "|".join(re.escape(one) for one in sorted(ABBREVIATIONS, key=len, reverse=True))
    + r")(?![\w-])(?<!\.)|(?<!\w)(?:TP\.|Tp\.|TX\.|v\.v\.)\s*"
)
_DAY = re.compile(r"(?:\b([Nn])gày )?\b(\d{1,2})/(\d{1,2})/(\d{4})\b")
_SHORT_DAY = re.compile(r"\b([Nn])gày (\d{1,2})/(\d{1,2})\b(?!/)")
_HOUR = re.compile(r"\b([01]?\d|2[0-3])(?::|h|g)([0-5]\d)\b")
_FULL_HOUR = re.compile(r"\b([01]?\d|2[0-3])h\b")


def spoken(article: Article) -> str:
    """Title, lead and text, a paragraph a line, as they are said."""
    parts = [article.title, article.lead, *_paragraphs(article.body, article.body_format)]
    if article.published_at is not None:
        day = local(article.published_at)
        parts.insert(1, f"Tin ngày {day.day} tháng {day.month} năm {day.year}.")
    return "\n\n".join(say(part) for part in parts if part.strip()) + "\n"


def say(text: str) -> str:
    """One piece of text as it is said."""
    text = _SYMBOL.sub(lambda m: f"số {m[1]} năm {m[2]} của {ISSUERS[m[3]]}", text)
    text = _DAY.sub(lambda m: f"{m[1] or 'n'}gày {int(m[2])} tháng {int(m[3])} năm {m[4]}", text)
    text = _SHORT_DAY.sub(lambda m: f"{m[1]}gày {int(m[2])} tháng {int(m[3])}", text)
    text = _HOUR.sub(_clock, text)
    text = _FULL_HOUR.sub(lambda m: f"{int(m[1])} giờ", text)
    text = _SHORT.sub(lambda m: ABBREVIATIONS[m[0].strip()], text)
    return clean(text.replace("%", " phần trăm").replace(" - ", ", "))


def _clock(match: re.Match[str]) -> str:
    minutes = int(match[2])
    return f"{int(match[1])} giờ" + (f" {minutes} phút" if minutes else "")


def _paragraphs(body: str, form: BodyFormat) -> list[str]:
    html = to_html(body, form)
    broken = re.sub(r"</(?:p|h[234]|li|tr|caption|figcaption)>|<br>", "\n", html)
    spaced = re.sub(r"</t[hd]>", ", ", broken)
    words = re.sub(r"<[^>]*>", "", spaced)
    for entity, char in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#x27;", "'")):
        words = words.replace(entity, char)
    return [line for line in words.replace("&amp;", "&").split("\n") if line.strip()]
