"""What the loudspeaker says."""

from datetime import UTC, datetime

import pytest

from content.news.models import Article, BodyFormat
from content.news.spoken import say, spoken


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Ngày 25/04/2018, UBND xã họp.", "Ngày 25 tháng 4 năm 2018, Ủy ban nhân dân xã họp."),
        ("Từ 25/04/2018", "Từ ngày 25 tháng 4 năm 2018"),
        ("lúc 16:00 ngày 02/04", "lúc 16 giờ ngày 2 tháng 4"),
        ("8h30, 9h và 14:05", "8 giờ 30 phút, 9 giờ và 14 giờ 5 phút"),
        ("98,5% TTHC", "98,5 phần trăm thủ tục hành chính"),
        ("thẻ CCCD, BHYT v.v.", "thẻ căn cước công dân, bảo hiểm y tế vân vân"),
        ("tại TP. Hà Giang", "tại thành phố Hà Giang"),
        ("Nghị định 61/2018/NĐ-CP", "Nghị định số 61 năm 2018 của Chính phủ"),
        ("tỷ lệ 1/500", "tỷ lệ 1/500"),
    ],
)
def test_numbers_and_short_forms_are_said(written: str, said: str) -> None:
    assert say(written) == said


def test_an_article_is_read_paragraph_by_paragraph() -> None:
    article = Article(
        section_slug="the-che",
        title="Họp HĐND",
        lead="Kỳ họp bắt đầu lúc 8h.",
        body="<p>Có &lt;3&gt; nội dung.</p>\n<ul><li>Ngân sách</li></ul>",
        body_format=BodyFormat.HTML,
        published_at=datetime(2026, 11, 23, 3, tzinfo=UTC),
    )
    assert spoken(article).split("\n\n") == [
        "Họp Hội đồng nhân dân",
        "Tin ngày 23 tháng 11 năm 2026.",
        "Kỳ họp bắt đầu lúc 8 giờ.",
        "Có <3> nội dung.",
        "Ngân sách\n",
    ]
