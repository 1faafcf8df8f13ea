"""Telling the editors that a page is wrong or incomplete."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from content.errors import Invalid, TooMany
from content.procedures.models import Procedure
from content.procedures.remarks import MAX_A_DAY, MAX_REMARK, Remark, RemarkKind, leave
from tests.content.procedures.conftest import NOW, adopted, record
from tests.support.site import Site

PAGE = "/thu-tuc/1.001193"


@pytest.fixture
def procedure(session) -> Procedure:
    (version,) = adopted(session, record())
    return version.procedure


def remarks(site: Site) -> list[Remark]:
    with site.database.sessions() as session:
        return list(session.scalars(select(Remark)))


def test_a_reader_tells_and_is_thanked(site: Site):
    client = site.client()
    link = client.get(PAGE).html.find("a", string="Báo thông tin sai hoặc thiếu")
    form = client.get(link["href"]).forms["f"]
    form["kind"] = "wrong"
    form["text"] = "Lệ phí <b>đã đổi</b>"
    thanks = form.submit("gui").follow()
    assert "Đã nhận góp ý" in thanks.text
    (kept,) = remarks(site)
    assert (kept.kind, kept.text, kept.contact) == (
        RemarkKind.WRONG,
        "Lệ phí <b>đã đổi</b>",
        None,
    )
    assert kept.version_number == 1


def test_an_empty_remark_is_refused_beside_its_fields(site: Site):
    refused = site.client().get(f"{PAGE}/bao-sai").forms["f"].submit("gui", status=422)
    assert refused.html.title.text.startswith("Lỗi: ")
    assert len(refused.html.select(".error-summary a")) == 2
    assert remarks(site) == []


def test_a_remark_without_the_token_of_its_form_is_refused(site: Site):
    site.client().post(f"{PAGE}/bao-sai", {"kind": "wrong", "text": "x"}, status=400)
    assert remarks(site) == []


def test_a_remark_about_nothing_is_not_found(site: Site):
    site.client().get("/thu-tuc/9.999999/bao-sai", status=404)


def test_a_remark_is_kept_clean(session, procedure):
    given = leave(
        session, procedure, RemarkKind.MISSING, " thiê\u0301u\u200b \r\n\r\n mẫu ", now=NOW
    )
    assert given.text == "thiếu\n\nmẫu"
    assert leave(session, procedure, RemarkKind.MISSING, "x", contact="  ", now=NOW).contact is None


@pytest.mark.parametrize("text", ["", " \u200b ", "x" * (MAX_REMARK + 1)])
def test_a_remark_without_words_or_without_end_is_refused(session, procedure, text):
    with pytest.raises(Invalid) as refused:
        leave(session, procedure, RemarkKind.WRONG, text, now=NOW)
    assert set(refused.value.problems) == {"text"}


def test_a_contact_without_end_is_refused(session, procedure):
    with pytest.raises(Invalid) as refused:
        leave(session, procedure, RemarkKind.WRONG, "sai", contact="x" * 300, now=NOW)
    assert set(refused.value.problems) == {"contact"}


def test_a_flood_is_stopped_for_a_day(session, procedure):
    for _ in range(MAX_A_DAY):
        leave(session, procedure, RemarkKind.WRONG, "sai", now=NOW)
    with pytest.raises(TooMany):
        leave(session, procedure, RemarkKind.WRONG, "sai", now=NOW)
    assert leave(session, procedure, RemarkKind.WRONG, "sai", now=NOW + timedelta(days=2))
