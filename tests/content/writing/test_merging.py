"""Merging what two people wrote."""

from hypothesis import given, settings
from hypothesis import strategies as st

from content.writing.merging import merge_text

TEXT = st.lists(st.sampled_from(["a", "b", "c d", "e f g", ""]), max_size=6).map("\n".join)
BASE = "Thu lệ phí 8.000 đồng.\nNộp tại Bộ phận Một cửa.\nTrả trong ngày.\n"


def test_changes_at_different_places_are_both_kept() -> None:
    mine = BASE.replace("8.000", "10.000")
    theirs = BASE.replace("trong ngày", "sau 2 ngày")
    merged, clashes = merge_text(BASE, mine, theirs)
    assert merged == mine.replace("trong ngày", "sau 2 ngày")
    assert clashes == []


def test_different_words_of_one_line_are_both_kept() -> None:
    merged, clashes = merge_text(
        "Thu phí tám nghìn đồng.", "Thu lệ phí tám nghìn đồng.", "Thu phí tám nghìn đồng một bản."
    )
    assert (merged, clashes) == ("Thu lệ phí tám nghìn đồng một bản.", [])


def test_a_clash_keeps_both_and_names_them() -> None:
    merged, (clash,) = merge_text(
        BASE, BASE.replace("8.000", "9.000"), BASE.replace("8.000", "10.000")
    )
    assert "9.000" in merged
    assert "10.000" in merged
    assert ("9.000" in clash.mine, "10.000" in clash.theirs, "8.000" in clash.base) == (True,) * 3


@given(TEXT, TEXT)
@settings(max_examples=100)
def test_what_one_alone_changed_is_taken(base: str, changed: str) -> None:
    assert merge_text(base, changed, base) == (changed, [])
    assert merge_text(base, base, changed) == (changed, [])
    assert merge_text(base, changed, changed) == (changed, [])


@given(TEXT, TEXT, TEXT)
@settings(max_examples=150)
def test_no_word_that_somebody_added_is_lost(base: str, mine: str, theirs: str) -> None:
    merged, _ = merge_text(base, mine, theirs)
    added = (set(mine.split()) | set(theirs.split())) - set(base.split())
    assert added <= set(merged.split())
