"""Questions and answers: what is kept of whom, what may be published, when it is erased."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from content.audit import AuditEntry
from content.enquiries import reads
from content.enquiries.forgetting import forget
from content.enquiries.models import MAX_SLUG, Enquiry, EnquiryState
from content.enquiries.service import EnquiryService
from content.enquiries.wording import Wording, heading, short_name, wording_of
from content.errors import Conflict, Invalid, InvalidTransition, NotFound
from content.news.models import BodyFormat
from content.outbox import OutboxJob
from content.writing import revisions, trash
from tests.support.clock import StoppedClock

TEXT = "Thứ Bảy có nhận hồ sơ không? Ngày thường tôi đi làm."
ANSWER = Wording("Thứ Bảy có nhận hồ sơ không?", body="Có, buổi sáng.", topic="Giờ làm việc")


@pytest.fixture
def service(any_session: Session, clock: StoppedClock) -> EnquiryService:
    return EnquiryService(any_session, clock())


def ask(service: EnquiryService, text: str = TEXT, **given: Any) -> Enquiry:
    usual = {"name": "Nguyễn Thị Mẫu", "email": "mau@example.vn", "consent": True}
    enquiry = service.ask(text, **{**usual, "may_publish": True, **given})
    service.session.flush()  # saving asks for its revision
    return enquiry


def answered(service: EnquiryService, **given: Any) -> Enquiry:
    enquiry = ask(service, **given)
    service.save(enquiry, ANSWER, revision=enquiry.revision, actor_id=None)
    service.answer(enquiry, revision=enquiry.revision, actor_id=None)
    return enquiry


def entry(service: EnquiryService, title: str = "Nộp ở đâu?", **given: Any) -> Enquiry:
    wording = Wording(title, **{"body": "Tại quầy.", **given})
    return service.save(service.entry(), wording, revision=0, actor_id=None)


def test_an_answer_goes_out_by_mail_and_is_published_without_who_asked(
    service: EnquiryService,
) -> None:
    enquiry = answered(service)
    mail = service.session.scalars(select(OutboxJob).where(OutboxJob.kind == "mail")).one()
    assert mail.payload["to"] == "mau@example.vn"
    assert mail.payload["values"] == {"question": TEXT, "answer": "Có, buổi sáng."}
    service.publish(enquiry, by=None)
    service.session.flush()  # readers ask the database
    found = reads.public(service.session, "thu-bay-co-nhan-ho-so-khong")
    assert found.shown_name == "N.T.M."
    assert reads.search(service.session, reads.Asked(words="BUOI sang")).items == [enquiry]
    kept = revisions.history(service.session, enquiry.subject)
    lines = service.session.scalars(select(AuditEntry)).all()
    said = repr([one.snapshot for one in kept]) + repr([vars(one) for one in lines])
    assert "Mẫu" not in said
    assert "example.vn" not in said


def test_a_whole_name_is_shown_with_consent_only(service: EnquiryService) -> None:
    enquiry = answered(service, may_show_name=True)
    service.publish(enquiry, by=None)
    assert enquiry.shown_name == "Nguyễn Thị Mẫu"
    unwilling = answered(service, may_publish=False, may_show_name=True)
    assert not unwilling.may_show_name
    with pytest.raises(InvalidTransition, match="no_consent"):
        service.publish(unwilling, by=None)


def test_what_has_no_answer_is_neither_sent_nor_published(service: EnquiryService) -> None:
    enquiry = ask(service)
    with pytest.raises(InvalidTransition, match="not_answered"):
        service.publish(enquiry, by=None)
    with pytest.raises(Invalid, match="answer_missing"):
        service.answer(enquiry, revision=enquiry.revision, actor_id=None)
    empty = entry(service, body="<p> </p>", body_format=BodyFormat.HTML)
    with pytest.raises(Invalid, match="answer_missing"):
        service.publish(empty, by=None)
    shown = entry(service)
    service.publish(shown, by=None)
    with pytest.raises(Invalid, match="answer_missing"):
        service.save(shown, Wording("Nộp?"), revision=shown.revision, actor_id=None)


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"text": " \u200b "}, {"text": "required"}),
        ({"text": "x" * 4001}, {"text": "too_long"}),
        ({"text": "www.a.vn http://b.vn"}, {"text": "too_many_links"}),
        ({"text": "x", "name": "http://ban-hang.vn"}, {"text": "too_many_links"}),
        ({"text": "x", "consent": False}, {"consent": "consent"}),
        ({"text": "x", "phone": "9" * 41}, {"phone": "too_long"}),
    ],
)
def test_what_cannot_be_kept_is_refused(
    service: EnquiryService, given: dict[str, Any], problem: dict[str, str]
) -> None:
    with pytest.raises(Invalid) as refused:
        ask(service, **given)
    assert refused.value.problems == problem


def test_a_question_is_refused_with_a_reason_and_never_twice_at_once(
    service: EnquiryService,
) -> None:
    enquiry = ask(service)
    opened_at = enquiry.revision
    with pytest.raises(Invalid, match="required"):
        service.refuse(enquiry, " ", revision=opened_at, actor_id=None)
    assert service.refuse(enquiry, "Đây là tố cáo.", revision=opened_at, actor_id=None)
    service.session.flush()  # counts a revision
    with pytest.raises(Conflict):
        service.refuse(enquiry, "Khác.", revision=opened_at, actor_id=None)
    with pytest.raises(InvalidTransition):
        service.refuse(entry(service), "Không.", revision=1, actor_id=None)


def test_a_question_is_late_after_the_days_and_no_more_once_it_is_decided(
    service: EnquiryService,
) -> None:
    enquiry, session, now = ask(service), service.session, service.now
    for days, late in ((10, 0), (11, 1)):
        at = now + timedelta(days=days)
        assert reads.waiting(session, at, 10) == reads.Waiting(1, late)
        assert reads.is_late(enquiry, at, 10) is bool(late)
    service.refuse(enquiry, "Không rõ.", revision=enquiry.revision, actor_id=None)
    session.flush()  # the count asks the database
    assert reads.waiting(session, now + timedelta(days=99), 10) == reads.Waiting(0, 0)


def test_who_asked_is_erased_after_the_days_and_what_was_refused_goes_whole(
    service: EnquiryService,
) -> None:
    session, now = service.session, service.now
    shown, silent, refused = answered(service, may_show_name=True), ask(service), ask(service)
    service.save(shown, ANSWER, revision=shown.revision, actor_id=None)
    service.publish(shown, by=None)
    service.refuse(refused, "Không rõ.", revision=refused.revision, actor_id=None)
    written = entry(service)
    session.flush()  # erasing asks the database
    assert forget(session, now + timedelta(days=365), 365) == 0
    assert forget(session, now + timedelta(days=366), 365) == 3
    session.flush()  # the deletion as well
    assert (shown.name, shown.email, shown.asked) == ("", "", "")
    assert shown.shown_name == "Nguyễn Thị Mẫu"
    assert [one.number for one in revisions.history(session, shown.subject)] == [2]
    assert (silent.name, silent.state) == ("", EnquiryState.WAITING)
    left = session.scalars(select(Enquiry.id).order_by(Enquiry.id)).all()
    assert left == [shown.id, silent.id, written.id]
    assert forget(session, now + timedelta(days=367), 365) == 0


def test_a_revision_is_said_again_and_the_address_stays(service: EnquiryService) -> None:
    enquiry = entry(service)
    service.publish(enquiry, by=None)
    other = Wording("Nộp hồ sơ ở đâu?", body="<p onclick='x'>Tại <b>xã</b>.</p>")
    other = Wording(**{**vars(other), "body_format": BodyFormat.HTML})
    service.save(enquiry, other, revision=enquiry.revision, actor_id=None)
    assert enquiry.body == "<p>Tại <strong>xã</strong>.</p>"
    service.restore(enquiry, 1, actor_id=None)
    assert wording_of(enquiry) == Wording("Nộp ở đâu?", body="Tại quầy.")
    assert enquiry.slug == "nop-o-dau"
    with pytest.raises(NotFound):
        service.restore(enquiry, 9, actor_id=None)


def test_two_of_one_wording_get_two_addresses(service: EnquiryService) -> None:
    both = [entry(service, "Nộp " * 60) for _ in range(2)]
    for one in both:
        service.publish(one, by=None)
        service.session.flush()  # the next looks for free addresses
    slugs = [one.slug or "" for one in both]
    assert slugs[1] == f"{slugs[0]}-2"
    assert max(map(len, slugs)) <= MAX_SLUG


def test_the_bin_gives_it_back_unpublished(service: EnquiryService) -> None:
    enquiry = entry(service)
    service.publish(enquiry, by=None)
    service.delete(enquiry, by=None)
    service.session.flush()  # readers ask the database
    with pytest.raises(NotFound):
        reads.public(service.session, "nop-o-dau")
    trash.restore(service.session, enquiry, None, service.now)
    assert enquiry.published_at is None
    with pytest.raises(InvalidTransition):
        service.withdraw(enquiry, by=None)


def test_an_unknown_procedure_is_refused(service: EnquiryService) -> None:
    for codes, code in ((("9.999999",), "unknown_procedure"), (("x",) * 21, "too_many_procedures")):
        with pytest.raises(Invalid, match=code):
            entry(service, procedures=codes)


@given(st.text(max_size=400))
def test_a_heading_is_short_and_never_cut_within_a_letter(words: str) -> None:
    found = heading(words)
    assert len(found) <= 120
    assert words.startswith(found.removesuffix("…"))


@given(st.text(max_size=60))
def test_a_short_name_gives_letters_only(name: str) -> None:
    assert all(len(part) <= 3 for part in short_name(name).split(".") if part)
