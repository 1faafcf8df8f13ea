"""Why a paper is asked for, as the applicant reads it beside the file field."""

from dataclasses import replace

import pytest

from content.dossiers.papers import PaperToGive
from portal.apply.papers import why_needed

PAPER = PaperToGive(
    slot="paper:1",
    name="Giấy chứng sinh",
    is_obligatory=True,
    originals=1,
    copies=None,
    form_name=None,
    case=None,
    to_show=False,
    answered_by=None,
)


@pytest.mark.parametrize(
    ("case", "begins"),
    [
        (None, "Mọi hồ sơ của thủ tục này đều cần."),
        # The words only head a list: no case of the applicant's.
        ("Giấy tờ phải nộp", "Mọi hồ sơ của thủ tục này đều cần."),
        ("Trẻ bị bỏ rơi", "Cần vì hồ sơ thuộc trường hợp: Trẻ bị bỏ rơi."),
    ],
)
def test_a_heading_is_no_case(case: str | None, begins: str) -> None:
    told = why_needed(replace(PAPER, case=case))
    assert told == f"{begins} Bản giấy gồm 1 bản chính."
