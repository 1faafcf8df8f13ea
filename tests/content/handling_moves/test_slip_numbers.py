"""One running number for each symbol, whoever gives it: the act, or the paper when issued."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from content.agencies.models import Agency
from content.dossiers.desks import receives
from content.dossiers.models import Dossier
from content.dossiers.slip_numbers import deciding_agency
from content.dossiers.stopping import Stop, StopService
from content.dossiers.supplements import SupplementService, Wanted
from content.dossiers.withdrawals import Settlement, WithdrawalService
from content.errors import Invalid
from content.letters.issued import IssuedPaper
from content.letters.issuing import reserve
from content.letters.sources import event_orders
from content.people.signing_as import sign_as
from tests.content.dossiers_service.papers import SITE
from tests.content.dossiers_service.world import HOME_PAPER
from tests.content.handling_moves.office import Office
from tests.support.clock import StoppedClock

REASON = "Không còn căn cứ để giải quyết."


def paper_of_the_end(office: Office, dossier: Dossier) -> IssuedPaper:
    """The paper that the last line of the log leaves, with its number."""
    (order,) = event_orders(dossier, dossier.events[-1], SITE)
    return office.session.get_one(IssuedPaper, reserve(office.session, order, SITE).paper_id)


def test_stops_and_withdrawals_share_one_row_of_numbers(
    office: Office, clock: StoppedClock
) -> None:
    first, second, third = (office.in_progress(clock()) for _ in range(3))
    office.service(StopService, clock()).stop(first, office.leader, Stop(REASON, "", "", ""))
    withdrawing = office.service(WithdrawalService, clock())
    withdrawing.withdraw(second, office.desk, "Tôi chuyển đi nơi khác.", "counter", Settlement())
    numbered = paper_of_the_end(office, second)
    office.service(StopService, clock()).stop(third, office.leader, Stop(REASON, "", "", ""))
    papers = [paper_of_the_end(office, first), numbered, paper_of_the_end(office, third)]
    assert [one.number for one in papers] == [1, 2, 3]
    assert len({(one.agency_id, one.symbol, one.year) for one in papers}) == 1


def test_the_paper_is_filed_where_its_number_was_given(office: Office, clock: StoppedClock) -> None:
    dossier = office.in_progress(clock())
    office.service(StopService, clock()).stop(dossier, office.leader, Stop(REASON, "", "", ""))
    paper = paper_of_the_end(office, dossier)
    assert paper.agency_id == dossier.events[-1].data["slip"]["agency"]
    assert paper.number_words == dossier.events[-1].data["slip"]["text"]


def test_the_letter_stays_that_of_its_agency_when_the_dossier_goes_on(
    office: Office, clock: StoppedClock
) -> None:
    """A number given by one agency is no number of the agency that has the dossier next."""
    first, second = office.in_progress(clock()), office.in_progress(clock())
    other = office.session.scalars(select(Agency).where(Agency.id != first.agency_id)).first()
    assert other is not None
    second.competent_agency = other
    office.session.flush()
    for one in (first, second):
        office.service(StopService, clock()).stop(one, office.leader, Stop(REASON, "", "", ""))
    before = first.events[-1].data["slip"]
    first.competent_agency = other
    office.session.flush()
    papers = [paper_of_the_end(office, one) for one in (first, second)]
    assert [one.number_words for one in papers] == ["01/TB-DHS", "01/TB-DHS"]
    assert [one.agency_id for one in papers] == [before["agency"], other.id]
    (order,) = event_orders(first, first.events[-1], SITE)
    assert order.letter.office.name != other.name


def test_a_letter_names_the_desk_of_the_commune_under_the_authority(
    office: Office, clock: StoppedClock
) -> None:
    """Where a desk decides itself; the authority's own desk writes in the authority's name."""
    dossier = office.in_progress(clock())
    issuer = deciding_agency(dossier)
    assert receives(issuer)
    office.service(StopService, clock()).stop(dossier, office.leader, Stop(REASON, "", "", ""))
    heads = []
    for desk, authority in (
        ("Trung tâm Phục vụ hành chính công xã Mẫu", "Ủy ban nhân dân tỉnh Mẫu"),
        ("Trung tâm Phục vụ hành chính công xã Mẫu", "Ủy ban nhân dân xã Mẫu"),
        ("Trung tâm Phục vụ hành chính công", "Ủy ban nhân dân tỉnh Mẫu"),
    ):
        issuer.name = desk
        site = replace(SITE, authority=authority)
        heads.append(
            event_orders(dossier, dossier.events[-1], site)[0].letter.sheet()["head"]["name"]
        )
    assert heads == [
        "Trung tâm Phục vụ hành chính công xã Mẫu",
        "Ủy ban nhân dân xã Mẫu",
        "Ủy ban nhân dân tỉnh Mẫu",
    ]


def test_the_letter_names_in_what_capacity_it_was_signed(
    office: Office, clock: StoppedClock
) -> None:
    """As the leader signed then, whatever their title is later (NĐ 30/2020)."""
    first, second = office.in_progress(clock()), office.in_progress(clock())
    said = Stop(REASON, "", "", "")
    office.service(StopService, clock()).stop(first, office.leader, said)
    with pytest.raises(Invalid) as refused:
        sign_as(office.session, office.leader, clock(), " ", "KT. Chủ tịch")
    assert refused.value.problems == {"title": "missing"}
    sign_as(office.session, office.leader, clock(), "Phó Chủ tịch", "KT. Chủ tịch")
    office.service(StopService, clock()).stop(second, office.leader, said)
    sign_as(office.session, office.leader, clock(), "Chủ tịch", "")
    signers = [
        event_orders(one, one.events[-1], SITE)[0].letter.sheet()["signer"]
        for one in (first, second)
    ]
    name = office.leader.name
    assert signers == [
        {"capacity": "", "title": "Thủ trưởng cơ quan", "name": name},
        {"capacity": "KT. Chủ tịch", "title": "Phó Chủ tịch", "name": name},
    ]


def test_the_supplement_slip_says_what_was_asked(office: Office, clock: StoppedClock) -> None:
    dossier = office.submitted(clock())
    wanted = Wanted({HOME_PAPER: "bản chụp bị mờ"}, "Giấy tờ chưa đọc được.")
    office.service(SupplementService, clock()).ask(dossier, office.desk, wanted)
    (order,) = event_orders(dossier, dossier.events[-1], SITE)
    sheet = order.letter.sheet()
    asked = dossier.events[-1].data["items"]
    assert sheet["missing"] == [{"name": asked[0]["name"], "remark": "bản chụp bị mờ"}]
    assert sheet["reason"] == "Giấy tờ chưa đọc được."
    assert sheet["number"] == "Số: 01/HDHS"


def test_the_stop_notice_says_what_goes_back(office: Office, clock: StoppedClock) -> None:
    dossier = office.in_progress(clock())
    said = Stop(REASON, "Điều 5", "Trả lại bản chính sổ đỏ", "Hoàn trả 10.000 đồng")
    office.service(StopService, clock()).stop(dossier, office.leader, said)
    (order,) = event_orders(dossier, dossier.events[-1], SITE)
    sheet = order.letter.sheet()
    assert sheet["papers_back"] == "Trả lại bản chính sổ đỏ"
    assert sheet["money_back"] == "Hoàn trả 10.000 đồng"
    assert sheet["legal_basis"] == "Điều 5"
