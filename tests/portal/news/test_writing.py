"""Editors write, the head of the board publishes, readers see it."""

import pytest

from tests.portal.news.articles import write
from tests.support.signing_in import editor, form_of
from tests.support.site import Site


def test_an_article_goes_from_draft_to_readers_and_back(site: Site) -> None:
    preview = write(editor(site)).follow()
    assert "Bản nháp" in preview.text
    assert "<h2>Vì sao</h2>" in preview.text
    address = preview.request.path
    assert not [form for form in preview.forms.values() if form.action.endswith("cong-bo")]

    chief = editor(site, "truongbientap@example.vn")
    shown = chief.get(address)
    publish = next(form for form in shown.forms.values() if form.action.endswith("cong-bo"))
    published = publish.submit(status=303).follow()
    assert "Bài viết đã được công bố" in published.text
    reader = site.client()
    public = "/tin-tuc/hien-dai-hoa/mot-cua-mo-them-quay-chieu-thu-nam"
    assert "quầy số 3 nhận hồ sơ" in reader.get(public).text
    publish.submit(status=303)

    withdraw = next(form for form in published.forms.values() if form.action.endswith("/go"))
    withdraw.submit(status=303)
    reader.get(public, status=404)


def test_an_editor_alone_cannot_publish(site: Site) -> None:
    client = editor(site)
    preview = write(client).follow()
    token = form_of(client.get("/bien-tap/tin/moi"), "body")["csrf_token"].value
    path = preview.request.path.replace("xem-truoc", "cong-bo")
    client.post(path, {"csrf_token": token}, status=403)


def test_what_is_missing_is_said_and_there_is_no_button(site: Site) -> None:
    chief = editor(site, "truongbientap@example.vn")
    preview = write(chief, lead="", body="").follow()
    assert "thiếu sa-pô, nội dung" in " ".join(preview.html.text.split())
    assert not [form for form in preview.forms.values() if form.action.endswith("cong-bo")]


def test_the_second_of_two_editors_is_told_and_loses_nothing(site: Site) -> None:
    one, two = editor(site), editor(site, "truongbientap@example.vn")
    address = write(one).follow().request.path.replace("/xem-truoc", "")
    first, second = form_of(one.get(address), "body"), form_of(two.get(address), "body")
    first["lead"] = "Người thứ nhất."
    first.submit(status=303)
    second["lead"] = "Người thứ hai."
    refused = second.submit(status=422)
    assert "Người khác vừa lưu bài này" in refused.text
    assert "Bùi Thị Biên" in refused.text
    assert "Cả hai cùng sửa một chỗ" in refused.text
    merged = form_of(refused, "body")
    assert merged["lead"].value.split("\n") == ["Người thứ nhất.", "Người thứ hai."]
    merged["lead"] = "Người thứ nhất. Người thứ hai."
    assert "Người thứ nhất. Người thứ hai." in merged.submit(status=303).follow().text


@pytest.mark.parametrize(
    "evil",
    [
        "<script>alert(1)</script>",
        "[bấm](javascript:alert(1))",
        '<img src=x onerror="alert(1)">',
        '[a](https://e.vn/"onmouseover="alert(1))',
    ],
)
def test_code_in_a_text_stays_text(site: Site, evil: str) -> None:
    preview = write(editor(site), body=evil, lead=evil, title=f"Tên {evil}"[:250]).follow()
    article = preview.html.select_one("article")
    assert not article.select("script, img, [onmouseover], [onerror]")
    assert not [link for link in article.select("a") if not link["href"].startswith("https://")]


def test_strangers_and_officers_do_not_edit(site: Site) -> None:
    site.client().get("/bien-tap", status=303)
    officer = editor(site, "motcua@example.vn")
    officer.get("/bien-tap", status=403)
    officer.get("/bien-tap/tin/moi", status=403)
