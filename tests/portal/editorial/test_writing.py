"""Typed text is kept; locks are shown and taken over."""

from typing import Any

import pytest

from tests.portal.editorial.articles.written import written
from tests.portal.editors import fill, words
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


@pytest.mark.parametrize("kept_first", [True, False], ids=["kept-then-saved", "saved-then-kept"])
def test_what_was_kept_is_merged_with_what_another_saved(site: Site, *, kept_first: bool) -> None:
    one, two = Officer(site, "bientap@example.vn"), Officer(site, "truongbientap@example.vn")
    address = written(one).removesuffix("/xem-truoc")
    form = one.go(address).forms["f"]
    url = f"/bien-tap/tu-luu/article:{address.rpartition('/')[2]}"
    # What the script sends: all but the token and the revision.
    sent = form.submit_fields()
    fields = {name: value for name, value in sent if name not in ("csrf_token", "revision")}
    fields["lead"] = "Sa-pô đang viết dở."

    def save() -> None:
        site.clock.move(seconds=5)
        fill(two, address, body="Người kia lưu.")

    if not kept_first:
        save()
    site.clock.move(seconds=5)
    keep(one, fields, url)
    if kept_first:
        save()
    assert "Có một bản đang viết dở" in words(one.go(address))
    assert ("đã có lần lưu khác" in words(one.page)) == kept_first
    clash = one.go(f"{address}?khoi-phuc=1").forms["f"].submit(status=422)
    assert "Đặng Văn Tập" in words(clash)
    merged = clash.forms["f"]
    assert (merged["lead"].value, merged["body"].value) == ("Sa-pô đang viết dở.", "Người kia lưu.")
    assert "Người kia lưu." in words(merged.submit(status=303).follow())
