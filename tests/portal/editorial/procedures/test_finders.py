"""Finders written by two editors, put in order, thrown away, and held to what is in force."""

from typing import Any

from sqlalchemy import select

from content.procedures.finders import Finder, lost_results, problems_of, questions_of
from content.procedures.kinds import Status
from content.procedures.models import Procedure
from tests.portal.editorial.decisions import desk
from tests.support.officer import Officer
from tests.support.site import Site

HOME = "/bien-tap/bo-cau-hoi"


def first_question(officer: Officer) -> Any:
    officer.go(HOME)
    page = officer.page.click(href=r"/bo-cau-hoi/\d+$", index=0)
    link = page.html.select_one("#cau-hoi ~ ol a")["href"]
    officer.go(link)
    return officer.page


def test_the_second_on_one_question_is_told_and_both_wordings_are_kept(site: Site) -> None:
    one, two = Officer(site, desk.WRITER), Officer(site, desk.CHIEF)
    first, second = first_question(one).forms["f"], first_question(two).forms["f"]
    first["options.0.words"] = "Câu trả lời của người thứ nhất"
    second["hint"] = "Giải thích của người thứ hai"
    first.submit("gui", status=303)
    told = second.submit("gui", status=422)
    assert "Bùi Thị Biên" in told.text
    merged = told.forms["f"]
    assert merged["options.0.words"].value == "Câu trả lời của người thứ nhất"
    assert merged["hint"].value == "Giải thích của người thứ hai"
    assert "Câu trả lời của người thứ nhất" in merged.submit("gui", status=303).follow().text


def test_finders_and_their_questions_are_put_in_order_and_into_the_bin(site: Site) -> None:
    chief = Officer(site, desk.CHIEF)

    def titles() -> list[str]:
        return [one.get_text() for one in chief.go(HOME).html.select("tbody th a")]

    before = titles()
    down = next(one for one in chief.page.forms.values() if one.action.endswith("/thu-tu"))
    down.submit(status=303)
    after = titles()
    assert after == [before[1], before[0], *before[2:]]
    chief.page = chief.page.click(after[0])
    keys = [link["href"] for link in chief.page.html.select("#cau-hoi ~ ol > li > p a")]
    move = next(one for one in chief.page.forms.values() if "/cau-hoi/" in one.action
                and one.action.endswith("/thu-tu"))  # fmt: skip
    moved = move.submit(status=303).follow()
    found = [link["href"] for link in moved.html.select("#cau-hoi ~ ol > li > p a")]
    assert found == [keys[1], keys[0], *keys[2:]]
    gone = next(one for one in moved.forms.values() if one.action.endswith("/xoa"))
    assert "thùng rác" in gone.submit(status=303).follow().text
    assert after[0] not in titles()
    assert after[0] in chief.go("/bien-tap/thung-rac").text


def test_a_result_that_is_not_in_force_keeps_a_finder_hidden(site: Site) -> None:
    with site.database.writing_sessions.begin() as session:
        finder = session.scalars(select(Finder).order_by(Finder.position)).first()
        assert finder is not None
        questions = questions_of(finder)
        assert [*problems_of(questions), *lost_results(session, questions)] == []
        option = next(o for q in questions for o in q.options if o.results)
        wanted = option.results[0]
        query = select(Procedure).where(
            Procedure.code == wanted.code, Procedure.level == wanted.level
        )
        session.scalars(query).one().status = Status.ABOLISHED
        session.flush()
        assert {one.code for one in lost_results(session, questions)} == {"result_gone"}
        finder.is_public = False
        number = finder.id
    chief = Officer(site, desk.CHIEF)
    page = chief.go(f"{HOME}/{number}")
    assert "không còn áp dụng ở cấp đã ghi" in page.text
    assert not [one for one in page.forms.values() if one.action.endswith("/hien")]
