"""Typed text is kept; locks are shown and taken over."""

from typing import Any

import pytest

from tests.support.officer import Officer
from tests.support.site import Site

KEEP = "/bien-tap/tu-luu/article:7"


def token(one: Officer) -> str:
    return str(one.go("/bien-tap/tin/moi").forms["f"]["csrf_token"].value)


def keep(one: Officer, fields: Any, address: str = KEEP, **options: Any) -> Any:
    headers = {"X-CSRF-Token": token(one)}
    return one.client.post_json(address, {"fields": fields}, headers=headers, **options)


def test_what_is_typed_is_kept_and_the_other_is_told(site: Site) -> None:
    one, two = Officer(site, "bientap@example.vn"), Officer(site, "truongbientap@example.vn")
    assert keep(one, {"title": "Họp"}).json == {"saved_at": "10:00", "holder": None}
    assert keep(two, {"title": "Họp"}).json["holder"] == "Bùi Thị Biên"
    take = {"csrf_token": token(two), "ve": "/bien-tap/tin/moi"}
    answer = two.client.post("/bien-tap/khoa/article:7", take, status=303)
    assert answer.location.endswith("/bien-tap/tin/moi")
    assert keep(one, {"title": "Họp"}).json["holder"] == "Đặng Văn Tập"


@pytest.mark.parametrize("fields", [None, [], "x", {"title": 3}, {"a": {"b": "c"}}])
def test_what_is_no_form_is_refused(site: Site, fields: Any) -> None:
    keep(Officer(site, "bientap@example.vn"), fields, status=400)


def test_too_long_a_name_and_too_much_text_are_refused(site: Site) -> None:
    one = Officer(site, "bientap@example.vn")
    keep(one, {"x": "y"}, f"/bien-tap/tu-luu/article:{'7' * 200}", status=404)
    keep(one, {"x": "y" * 500_000}, status=429)


def test_officers_of_the_desk_keep_nothing_here(site: Site) -> None:
    one = Officer(site)
    headers = {"X-CSRF-Token": one.client.cookies["xac_thuc_bieu_mau"]}
    one.client.post_json(KEEP, {"fields": {}}, headers=headers, status=403)
