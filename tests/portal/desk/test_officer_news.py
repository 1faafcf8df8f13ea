"""Mails that tell officers of work: grouped, switched off, only at official addresses; and the
survey that is offered at the return."""

import dataclasses
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from content.dossiers import officer_news
from content.dossiers.models import Dossier
from content.dossiers.officer_news import OfficerNews
from content.dossiers.states import Status
from content.outbox import OutboxJob
from content.people.models import Account
from portal.cli.working import tell_officers
from portal.mail import FolderMailer, MailHandler, is_official
from portal.setting_values import https_or_nothing
from tests.portal.mail_values import MAIL_VALUES, MAILS
from tests.support.clocked import clocked
from tests.support.dossiers import Filed, account, file_all, writing
from tests.support.handling import hand_over, in_progress
from tests.support.officer import Officer
from tests.support.site import Site, open_site, sample_settings

SPECIALIST, CITIZEN = "chuyenvien@example.vn", "congdan@example.vn"
SURVEY = "https://khaosat.sonha.example.vn/hai-long"


def mails(site: Site) -> list[dict[str, Any]]:
    with site.database.sessions() as session:
        jobs = session.scalars(
            select(OutboxJob).where(OutboxJob.kind == "mail").order_by(OutboxJob.id)
        )
        return [one.payload for one in jobs if one.payload["template"] == "officer_news"]


def write_to_desk(site: Site, code: str, text: str) -> None:
    citizen = Officer(site, CITIZEN)
    form = citizen.go(f"/tai-khoan/ho-so/{code}/tin-nhan").forms["f"]
    form["text"] = text
    form.submit(status=303)


def switch(site: Site) -> str:
    """The head turns the mails on or off; what their page says then."""
    head = Officer(site, "truongphong@example.vn")
    head.go("/tai-khoan")
    head.page = head.form("/thu-bao-viec").submit(status=303).follow()
    return head.text


def test_many_dossiers_at_once_make_one_mail(site: Site) -> None:
    codes = file_all(site, *(Filed(f"Trần Thứ {number}") for number in range(3)))
    with writing(site) as session:
        for one in session.scalars(select(Dossier)):
            officer_news.tell_person(
                session, one, account(session, SPECIALIST), officer_news.News.GIVEN, site.clock()
            )
    with clocked(site) as program:
        assert tell_officers(program) == 3
    (told,) = mails(site)
    paths = [one["path"] for one in told["values"]["dossiers"]]
    assert paths == [f"/can-bo/ho-so/{code}" for code in codes]


def test_an_officer_hears_of_a_dossier_once_in_a_quarter_of_an_hour(site: Site) -> None:
    code = file_all(site)[0]
    desk = Officer(site)
    desk.dossier(code)
    desk.accept()
    desk.page = desk.page.click("Chuyển xử lý")
    form = desk.page.forms["f"]
    form["to"] = next(v for v, _c, words in form["to"].options if "Phạm Văn Phòng" in words)
    form.submit(status=303)
    with site.database.sessions() as session:
        dossier = session.scalars(select(Dossier).where(Dossier.lookup_code == code)).one()
        number, name = dossier.code, dossier.applicant_name
    with clocked(site) as program:
        assert tell_officers(program) == 1
        (told,) = mails(site)
        assert told["to"] == "truongphong@example.vn"
        assert [one["number"] for one in told["values"]["dossiers"]] == [number]
        assert name not in str(told)
        # Two more pieces of news wait and leave as one mail; nothing is told twice.
        write_to_desk(site, code, "Tôi muốn hỏi thêm.")
        write_to_desk(site, code, "Tôi xin gửi lại câu hỏi.")
        assert tell_officers(program) == 0
        site.clock.move(minutes=16)
        assert tell_officers(program) == 2
        assert tell_officers(program) == 0
        (again,) = mails(site)[1]["values"]["dossiers"]
        assert again["news"] == ["Người nộp vừa gửi tin nhắn."]
        assert "Tôi" not in str(mails(site)[1]["values"])
        # Switched off, nothing is even noted.
        assert "đang tắt thư báo việc" in switch(site)
        write_to_desk(site, code, "Còn ai không?")
        site.clock.move(minutes=16)
        assert tell_officers(program) == 0
        assert "Ông/bà nhận thư khi" in switch(site)
        write_to_desk(site, code, "Cảm ơn.")
        # What nobody could tell for a day is no news any more.
        site.clock.move(days=2)
        assert tell_officers(program) == 1
        assert len(mails(site)) == 2
    assert "Thư báo việc" not in Officer(site, CITIZEN).go("/tai-khoan").text


def test_who_has_no_official_mailbox_gets_no_mail_and_is_listed(
    sample: Path, tmp_path: Path, clock: Any
) -> None:
    mail = dataclasses.replace(sample_settings(tmp_path).mail, official=("sonha.gov.vn",))
    with open_site(sample, tmp_path, clock, mail=mail) as site:
        code = in_progress(site)
        write_to_desk(site, code, "Tôi muốn hỏi thêm.")
        with writing(site) as session:
            assert officer_news.waiting(session) == 1
            assert officer_news.send(session, clock(), lambda to: is_official(mail, to)) == 1
        assert mails(site) == []
        me = Officer(site, SPECIALIST)
        assert "không phải hộp thư công vụ" in me.go("/tai-khoan").text
        me.go("/quan-tri/hop-thu-cong-vu", status=403)
        keeper = Officer(site, "quantri@example.vn")
        keeper.go("/quan-tri/hop-thu-cong-vu")
        assert "sonha.gov.vn" in keeper.text
        assert "Cần làm: cấp hộp thư công vụ" in keeper.text
        keeper.page = keeper.page.click("Lê Thị Chuyên")
        form = keeper.page.forms["f"]
        for wrong, why in (
            ("chuyen@gmail.com", "không thuộc tên miền"),
            ("chuyen", "chưa đúng"),
        ):
            form["email"] = wrong
            keeper.page = form.submit(status=422)
            assert why in keeper.text
            form = keeper.page.forms["f"]
        form["email"] = "chuyenlt@sonha.gov.vn"
        keeper.page = form.submit(status=303).follow()
        assert "Lê Thị Chuyên" not in keeper.text
        assert "/dang-nhap" in me.go("/can-bo", status=303).location
        write_to_desk(site, code, "Tôi hỏi lần nữa.")
        clock.move(minutes=16)
        with writing(site) as session:
            assert officer_news.send(session, clock(), lambda to: is_official(mail, to)) == 1
            officer_news.forget(session, clock())
        assert [one["to"] for one in mails(site)] == ["chuyenlt@sonha.gov.vn"]
        with site.database.sessions() as session:
            citizen = session.scalars(select(Account).where(Account.email == CITIZEN)).one()
            assert len(list(session.scalars(select(OfficerNews)))) == 2
        keeper.go(f"/quan-tri/hop-thu-cong-vu/{citizen.id}", status=404)


def test_a_survey_is_offered_when_the_result_was_returned(
    sample: Path, tmp_path: Path, clock: Any
) -> None:
    settings = sample_settings(tmp_path)
    asks = dataclasses.replace(settings.site, survey_url=SURVEY)
    with open_site(sample, tmp_path, clock, site=asks) as site:
        code = file_all(site, Filed())[0]
        citizen = Officer(site, CITIZEN)
        assert SURVEY not in citizen.go(f"/tai-khoan/ho-so/{code}").text
        desk = Officer(site)
        desk.dossier(code)
        desk.accept()
        hand_over(site, code)
        with writing(site) as session:
            dossier = session.scalars(select(Dossier).where(Dossier.lookup_code == code)).one()
            dossier.status = Status.RETURNED
        page = citizen.go(f"/tai-khoan/ho-so/{code}")
        (link,) = [one for one in page.html.select("main a") if one["href"] == SURVEY]
        assert link.get_text(strip=True) == "Trả lời khảo sát"
    values = MAIL_VALUES["result_returned"] | {"stored": True}
    for site_settings, there in ((asks, True), (settings.site, False)):
        told = dataclasses.replace(settings, site=site_settings)
        handler = MailHandler(FolderMailer(tmp_path / "mail"), told, MAILS)
        assert (SURVEY in handler.render("result_returned", values)) is there
        assert ("hài lòng" in handler.render("result_returned", values)) is there


@pytest.mark.parametrize(
    "wrong", ["http://khaosat.vn", "khaosat.vn", "https://", "javascript:alert(1)", "https://a b"]
)
def test_only_https_addresses_are_surveys(wrong: str) -> None:
    assert https_or_nothing("  ") == ""
    assert https_or_nothing(f" {SURVEY} ") == SURVEY
    with pytest.raises(ValueError, match="https"):
        https_or_nothing(wrong)
