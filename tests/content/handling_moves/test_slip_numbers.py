"""One running number for each symbol, whoever gives it: the act, or the paper when issued."""

from content.agencies.models import Agency, AgencyKind
from content.dossiers.models import Dossier
from content.dossiers.stopping import Stop, StopService
from content.dossiers.supplements import SupplementService, Wanted
from content.dossiers.withdrawals import Settlement, WithdrawalService
from content.letters.issued import IssuedPaper
from content.letters.issuing import reserve
from content.letters.sources import event_orders
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
    # Made late: the dossier belongs to somebody else by now.
    elsewhere = Agency(
        slug="so-y-te", code="H99.02", name="Sở Y tế tỉnh Mẫu", kind=AgencyKind.DEPARTMENT
    )
    office.session.add(elsewhere)
    office.session.flush()
    dossier.competent_agency = elsewhere
    (order,) = event_orders(dossier, dossier.events[-1], SITE)
    assert "Sở Y tế" not in str(order.letter.sheet())
    paper = paper_of_the_end(office, dossier)
    assert paper.agency_id == dossier.events[-1].data["slip"]["agency"]
    assert paper.number_words == dossier.events[-1].data["slip"]["text"]


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
