"""Addresses of editors for what the authority publishes beside news and procedures: units
and people, the suggestion box, polls, legal documents, questions, terms, search."""

from pyramid.config import Configurator

from content.enquiries.models import Enquiry
from content.finding.models import PinnedResult, SearchSynonym
from content.library.models import LegalDocument
from content.polls.models import Poll
from content.reception.models import ReceivingPlace, ReceptionRule
from content.staff.models import DutyTurn, StaffMember, Unit
from content.suggestions.models import OpeningRecord, Suggestion
from content.terms.models import Term
from portal import contexts


def authority(config: Configurator) -> None:
    """Units, staff, duty, the reception calendar and its guide."""
    add = config.add_route
    for many, one, path, factory in (
        ("units", "unit", "/bien-tap/co-cau-to-chuc", contexts.row(Unit, "unit")),
        ("members", "member", "/bien-tap/can-bo", contexts.row(StaffMember, "staff_member")),
    ):
        if one == "unit":
            add(f"editorial.{many}", path)
        add(f"editorial.{one}.new", f"{path}/moi")
        single = rf"{path}/{{id:\d+}}"
        add(f"editorial.{one}", single, factory=factory)
        add(f"editorial.{one}.move", f"{single}/thu-tu", factory=factory)
        add(f"editorial.{one}.delete", f"{single}/xoa", factory=factory)
    turn = contexts.row(DutyTurn, "duty_turn")
    add("editorial.duty", "/bien-tap/lich-truc")
    add("editorial.duty.new", "/bien-tap/lich-truc/moi")
    add("editorial.duty.turn", "/bien-tap/lich-truc/{id:\\d+}", factory=turn)
    add("editorial.duty.delete", "/bien-tap/lich-truc/{id:\\d+}/xoa", factory=turn)
    base, rule = "/bien-tap/lich-tiep-cong-dan", contexts.row(ReceptionRule, "reception_rule")
    add("editorial.reception", base)
    add("editorial.reception.new", f"{base}/moi")
    add("editorial.reception.rule", rf"{base}/{{id:\d+}}", factory=rule)
    add("editorial.reception.delete", rf"{base}/{{id:\d+}}/xoa", factory=rule)
    day = rf"{base}/{{id:\d+}}/{{day}}"
    add("editorial.reception.day", day, factory=rule)
    add("editorial.reception.day.undo", f"{day}/bo", factory=rule)
    base, place = "/bien-tap/khieu-nai-to-cao", contexts.row(ReceivingPlace, "receiving_place")
    add("editorial.guide", base)
    add("editorial.guide.part", f"{base}/noi-dung/{{part:[a-z]+}}")
    add("editorial.guide.place.new", f"{base}/noi-nhan/moi")
    add("editorial.guide.place", rf"{base}/noi-nhan/{{id:\d+}}", factory=place)
    add("editorial.guide.place.move", rf"{base}/noi-nhan/{{id:\d+}}/thu-tu", factory=place)
    add("editorial.guide.place.delete", rf"{base}/noi-nhan/{{id:\d+}}/xoa", factory=place)


def suggestions(config: Configurator) -> None:
    """The suggestion box and the records of its openings."""
    add = config.add_route
    base, record = "/bien-tap/gop-y", contexts.row(OpeningRecord, "suggestion_record")
    add("editorial.suggestions", base)
    add("editorial.suggestion.call", f"{base}/cuoc-goi")
    suggestion = contexts.row(Suggestion, "suggestion")
    add("editorial.suggestion", rf"{base}/{{id:\d+}}", factory=suggestion)
    add("editorial.records", f"{base}/bien-ban")
    add("editorial.record.new", f"{base}/bien-ban/moi")
    one = rf"{base}/bien-ban/{{id:\d+}}"
    add("editorial.record", one, factory=record)
    for act, path in (("edit", "sua"), ("letter", "thu"), ("seal", "chot")):
        add(f"editorial.record.{act}", f"{one}/{path}", factory=record)


def polls(config: Configurator) -> None:
    """Polls."""
    add, base, poll = config.add_route, "/bien-tap/tham-do", contexts.row(Poll, "poll")
    add("editorial.polls", base)
    add("editorial.poll.new", f"{base}/moi")
    add("editorial.poll", rf"{base}/{{id:\d+}}", factory=poll)
    add("editorial.poll.delete", rf"{base}/{{id:\d+}}/xoa", factory=poll)


def library(config: Configurator) -> None:
    """Legal documents."""
    add, base = config.add_route, "/bien-tap/van-ban"
    one, factory = rf"{base}/{{id:\d+}}", contexts.row(LegalDocument, "legal_document")
    add("editorial.documents", base)
    add("editorial.document.new", f"{base}/moi")
    add("editorial.document", one, factory=factory)
    add("editorial.document.upload", f"{one}/tep", factory=factory)
    add("editorial.document.file", f"{one}/tep/{{file:\\d+}}", factory=factory)
    add("editorial.document.file.delete", f"{one}/tep/{{file:\\d+}}/xoa", factory=factory)
    for act, path in (("publish", "cong-bo"), ("withdraw", "go"), ("delete", "xoa")):
        add(f"editorial.document.{act}", f"{one}/{path}", factory=factory)


def enquiries(config: Configurator) -> None:
    """Questions and answers."""
    add, base = config.add_route, "/bien-tap/hoi-dap"
    one, factory = rf"{base}/{{id:\d+}}", contexts.row(Enquiry, "enquiry")
    add("editorial.enquiries", base)
    add("editorial.enquiry.new", f"{base}/moi")
    add("editorial.enquiry", one, factory=factory)
    for act, path in (
        ("answer", "tra-loi"),
        ("refuse", "tu-choi"),
        ("publish", "cong-bo"),
        ("withdraw", "go"),
        ("check", "da-kiem-tra"),
        ("delete", "xoa"),
        ("history", "lich-su"),
        ("restore", "khoi-phuc"),
    ):
        add(f"editorial.enquiry.{act}", f"{one}/{path}", factory=factory)


def terms(config: Configurator) -> None:
    """The glossary."""
    add, base, term = config.add_route, "/bien-tap/thuat-ngu", contexts.row(Term, "term")
    add("editorial.terms", base)
    add("editorial.term.new", f"{base}/moi")
    add("editorial.term", rf"{base}/{{id:\d+}}", factory=term)
    add("editorial.term.delete", rf"{base}/{{id:\d+}}/xoa", factory=term)


def search(config: Configurator) -> None:
    """What helps search: synonyms, pinned results, what was looked for in vain."""
    add = config.add_route
    add("editorial.empty_searches", "/bien-tap/tim-khong-ra")
    add("editorial.empty_search.settle", "/bien-tap/tim-khong-ra/xong")
    for many, one, path, factory in (
        ("synonyms", "synonym", "tu-dong-nghia", contexts.row(SearchSynonym, "search_synonym")),
        ("pinned", "pin", "ket-qua-ghim", contexts.row(PinnedResult, "pinned_result")),
    ):
        base, single = f"/bien-tap/{path}", f"/bien-tap/{path}/{{id:\\d+}}"
        add(f"editorial.{many}", base)
        add(f"editorial.{one}.new", f"{base}/moi")
        add(f"editorial.{one}", single, factory=factory)
        add(f"editorial.{one}.delete", f"{single}/xoa", factory=factory)
