"""Every address: name, pattern, what it stands for. Grouped by audience; the editors' own
stand in ``portal/editorial/routes.py``, those of the book of work in its folder.

Public addresses are Vietnamese without diacritics and stable for ever.
"""

from pyramid.config import Configurator

from content.polls.models import Poll
from portal import contexts, desk_contexts
from portal.desk.workbook.routes import work
from portal.editorial.routes import editors

LEVEL = r"{level:xa|huyen|tinh|khac}"
CODE = r"{code:[^/]+}"


def everyone(config: Configurator) -> None:
    """Catalogue, search, news and pages."""
    add = config.add_route
    add("home", "/")
    add("catalogue.listing", "/thu-tuc")
    add("catalogue.sheet", "/thu-tuc/{code:[^/]+}.pdf", factory=contexts.procedure_to_file)
    add("catalogue.procedure", f"/thu-tuc/{CODE}", factory=contexts.procedure)
    add("catalogue.procedure.level", f"/thu-tuc/{CODE}/cap-{LEVEL}", factory=contexts.procedure)
    add("catalogue.report", f"/thu-tuc/{CODE}/bao-sai", factory=contexts.procedure_to_file)
    add("catalogue.form", f"/thu-tuc/{CODE}/bieu-mau/{{file}}", factory=contexts.procedure)
    add("catalogue.decision", "/quyet-dinh-cong-bo/{id:\\d+}", factory=contexts.decision)
    decision_file = "/quyet-dinh-cong-bo/{id:\\d+}/tep"
    add("catalogue.decision.file", decision_file, factory=contexts.decision)
    add("media.size", "/tep/{key:[0-9a-f]{12}}/{version:[0-9a-f]{12}}/{name}")
    add("media.file", "/tep/{key:[0-9a-f]{12}}/{name}")
    add("catalogue.sectors", "/linh-vuc")
    add("catalogue.life_events", "/su-kien")
    add("catalogue.life_event", "/su-kien/{slug}", factory=contexts.life_event)
    add("catalogue.finder", "/tim-theo-cau-hoi/{slug}", factory=contexts.finder)
    add("catalogue.agencies", "/noi-tiep-nhan")
    add("catalogue.agency", "/co-quan/{slug}", factory=contexts.agency)
    add("search.results", "/tim-kiem")
    add("search.suggest", "/tim-kiem/goi-y")
    add("news.index", "/tin-tuc")
    add("news.feed", "/tin-tuc/feed.xml")
    add("news.tag", "/tin-tuc/the/{tag}")
    add("news.preview", "/xem-thu/{token}")
    add("newsletter.ask", "/ban-tin")
    add("newsletter.asked", "/ban-tin/xem-hop-thu")
    add("newsletter.confirmed", "/ban-tin/da-xac-nhan")
    add("newsletter.left", "/ban-tin/da-thoi-nhan")
    add("newsletter.confirm", "/ban-tin/xac-nhan/{key}")
    add("newsletter.leave", "/ban-tin/thoi-nhan/{key}")
    add("news.section.feed", "/tin-tuc/{section}/feed.xml", factory=contexts.section)
    add("news.section", "/tin-tuc/{section}", factory=contexts.section)
    add("news.spoken", "/tin-tuc/{section}/{slug:[^/]+}.txt", factory=contexts.article)
    comments = "/tin-tuc/{section}/{slug}/y-kien"
    add("news.comments", comments, factory=contexts.article)
    add("news.comments.report", f"{comments}/bao", factory=contexts.article)
    add("news.article", "/tin-tuc/{section}/{slug}", factory=contexts.article)
    add("news.page", "/trang/{slug}", factory=contexts.page)


def english(config: Configurator) -> None:
    """What is published in English: the address of the original below ``/en``."""
    add, root = config.add_route, "/en"
    add("english.home", root)
    add("english.procedure", f"{root}/thu-tuc/{CODE}", factory=contexts.procedure)
    level = f"{root}/thu-tuc/{CODE}/cap-{LEVEL}"
    add("english.procedure.level", level, factory=contexts.procedure)
    add("english.article", f"{root}/tin-tuc/{{section}}/{{slug}}", factory=contexts.article)
    add("english.page", f"{root}/trang/{{slug}}", factory=contexts.page)
    add("english.units", f"{root}/co-cau-to-chuc")
    add("english.guide", f"{root}/khieu-nai-to-cao")
    add("english.documents", f"{root}/van-ban")
    add("english.document", f"{root}/van-ban/{{slug}}", factory=contexts.legal_document)
    add("english.enquiries", f"{root}/hoi-dap")
    add("english.enquiry", f"{root}/hoi-dap/{{slug}}", factory=contexts.enquiry)
    add("english.terms", f"{root}/thuat-ngu")
    add("english.polls", f"{root}/tham-do")
    add("english.poll", f"{root}/tham-do/{{id:\\d+}}", factory=contexts.row(Poll, "poll"))


def authority(config: Configurator) -> None:
    """The authority itself: units, duty, reception of citizens, suggestions."""
    add = config.add_route
    add("catalogue.elsewhere", "/noi-tiep-nhan/ngoai-mot-cua")
    add("authority.units", "/co-cau-to-chuc")
    add("authority.duty", "/lich-truc")
    add("authority.reception.file", "/lich-tiep-cong-dan.ics")
    add("authority.reception", "/lich-tiep-cong-dan")
    add("authority.guide", "/khieu-nai-to-cao")
    add("authority.suggestions", "/gop-y")
    add("authority.suggestion", "/gop-y/tra-loi")
    add("authority.check", "/kiem-tra-van-ban")
    add("authority.polls", "/tham-do")
    add("authority.poll", "/tham-do/{id:\\d+}", factory=contexts.row(Poll, "poll"))


def library(config: Configurator) -> None:
    """Legal documents, questions and answers, the glossary."""
    add, factory = config.add_route, contexts.legal_document
    add("library.documents", "/van-ban")
    add("library.document", "/van-ban/{slug}", factory=factory)
    add("library.file", "/van-ban/{slug}/tep/{file:\\d+}", factory=factory)
    add("library.terms", "/thuat-ngu")
    add("library.enquiries", "/hoi-dap")
    add("library.ask", "/hoi-dap/gui-cau-hoi")
    add("library.asked", "/hoi-dap/da-gui")
    add("library.enquiry", "/hoi-dap/{slug}", factory=contexts.enquiry)


def statistics(config: Configurator) -> None:
    """Public figures and open data."""
    add, root = config.add_route, "/thong-ke"
    add("statistics", root)
    add("statistics.data", f"{root}/du-lieu-mo")
    add("statistics.file", f"{root}/du-lieu-mo/{{name:[a-z-]+}}.{{form:csv|json}}")


def citizens(config: Configurator) -> None:
    """Filling in, filing and following a dossier."""
    add = config.add_route
    draft = f"/nop-ho-so/{CODE}/{{draft}}"
    add("apply.start", f"/nop-ho-so/{CODE}", factory=contexts.procedure_to_file)
    add("apply.print", f"/dien-va-in/{CODE}", factory=contexts.procedure_to_file)
    add("apply.step", f"{draft}/buoc/{{step}}", factory=contexts.open_draft)
    add("apply.papers", f"{draft}/giay-to", factory=contexts.open_draft)
    add("apply.stored", f"{draft}/kho-giay-to", factory=contexts.open_draft)
    add("apply.choose", f"{draft}/noi-nop", factory=contexts.open_draft)
    add("apply.file", f"{draft}/tep/{{file}}", factory=contexts.open_draft)
    add("apply.check", f"{draft}/kiem-tra", factory=contexts.open_draft)
    add("apply.sign_in", f"{draft}/dang-nhap", factory=contexts.open_draft)
    add("apply.version", f"{draft}/phien-ban", factory=contexts.open_draft)
    add("apply.saved", f"{draft}/da-luu", factory=contexts.open_draft)
    add("apply.drop", f"{draft}/xoa", factory=contexts.open_draft)
    add("apply.sheet", f"{draft}/ban-in.pdf", factory=contexts.open_draft)
    add("apply.submit", f"{draft}/gui", factory=contexts.draft)
    add("apply.sent", f"{draft}/da-gui", factory=contexts.draft)
    add("apply.places", "/nop-ho-so-dia-ban")
    add("lookup", "/tra-cuu")
    add("lookup.supply", "/tra-cuu/bo-sung")
    add("lookup.withdraw", "/tra-cuu/rut")
    add("lookup.messages", "/tra-cuu/tin-nhan")
    add("lookup.message_file", "/tra-cuu/tin-nhan/{file}")


def accounts(config: Configurator) -> None:
    """Signing in, and what is one's own."""
    add = config.add_route
    add("accounts.sign_in", "/dang-nhap")
    add("accounts.sign_up", "/dang-ky")
    add("accounts.sign_out", "/dang-xuat")
    add("accounts.invitation", "/loi-moi/{token}")
    add("accounts.home", "/tai-khoan")
    add("accounts.sessions", "/tai-khoan/phien")
    add("accounts.notices", "/tai-khoan/thu-bao-viec")
    add("accounts.sign_as", "/tai-khoan/chuc-danh-ky")
    add("accounts.dossier", "/tai-khoan/ho-so/{number}", factory=contexts.own_dossier)
    add("accounts.letter", "/tai-khoan/ho-so/{number}/{letter}.pdf", factory=contexts.own_dossier)
    add("accounts.supply", "/tai-khoan/ho-so/{number}/bo-sung", factory=contexts.own_dossier)
    talk = "/tai-khoan/ho-so/{number}/tin-nhan"
    add("accounts.messages", talk, factory=contexts.own_dossier)
    add("accounts.message_file", talk + "/{file}", factory=contexts.own_dossier)
    add("accounts.withdraw", "/tai-khoan/ho-so/{number}/rut", factory=contexts.own_dossier)
    result = "/tai-khoan/ho-so/{number}/ket-qua/{file}"
    add("accounts.result", result, factory=contexts.own_dossier)
    add("accounts.store", "/tai-khoan/kho-giay-to")
    add("accounts.stored", "/tai-khoan/kho-giay-to/{file}")
    add("accounts.file", "/tai-khoan/ho-so/{number}/tep/{file}", factory=contexts.own_dossier)


def officers(config: Configurator) -> None:
    """The one-stop desk: its lists, its counter."""
    add = config.add_route
    add("desk.inbox", "/can-bo")
    add("desk.filters", "/can-bo/bo-loc")
    add("desk.filter.forget", "/can-bo/bo-loc/{id:\\d+}/bo")
    add("desk.bulk", "/can-bo/hang-loat")
    add("desk.bulk.result", "/can-bo/hang-loat/{key}")
    add("desk.bulk.pdf", "/can-bo/hang-loat/{key}/giay-tiep-nhan.pdf")
    add("desk.delegations", "/can-bo/uy-quyen")
    add("desk.delegation.end", "/can-bo/uy-quyen/{id:\\d+}/ket-thuc")
    add("desk.labels", "/can-bo/nhan")
    add("desk.label.retire", "/can-bo/nhan/{id:\\d+}/thoi-dung")
    add("desk.steering", "/can-bo/dieu-hanh")
    add("desk.calls", "/can-bo/goi-dien")
    add("desk.cashbook", "/can-bo/thu-phi")
    add("desk.cashbook.xlsx", "/can-bo/thu-phi.xlsx")
    add("desk.postal", "/can-bo/buu-chinh")
    add("desk.postal.batch", "/can-bo/buu-chinh/{id:\\d+}.pdf")
    add("desk.decisions", "/can-bo/cong-bo")
    acknowledge = "/can-bo/cong-bo/{id:\\d+}/{slug}"
    add("desk.decision.acknowledge", acknowledge, factory=desk_contexts.desk_decision)
    reception = "/can-bo/tiep-nhan/{key}"
    add("desk.counter", "/can-bo/tiep-nhan")
    add("desk.counter.typing", reception, factory=desk_contexts.desk_reception)
    add("desk.counter.drop", f"{reception}/bo", factory=desk_contexts.desk_reception)
    add("desk.counter.done", f"{reception}/xong", factory=desk_contexts.desk_reception)


def books(config: Configurator) -> None:
    """The desk's register, its reports, the books of certification."""
    add = config.add_route
    book = "/can-bo/so-theo-doi/{slug}/{year:\\d{4}}"
    add("desk.register", "/can-bo/so-theo-doi")
    add("desk.register.pdf", f"{book}.pdf")
    add("desk.register.xlsx", f"{book}.xlsx")
    add("desk.register.volume", f"{book}/quyen-moi")
    add("desk.register.close", f"{book}/khoa-so")
    add("desk.register.cancel", f"{book}/dong/{{number:\\d+}}/huy")
    reports = "/can-bo/bao-cao"
    add("desk.reports", reports)
    add("desk.reports.list", f"{reports}/ho-so")
    add("desk.reports.order", f"{reports}/ho-so/xuat")
    add("desk.reports.exports", f"{reports}/tep")
    add("desk.reports.export", f"{reports}/tep/{{id:\\d+}}")
    add("desk.report.file", f"{reports}/{{report:[a-z0-9-]+}}.{{form:pdf|xlsx|csv}}")
    add("desk.report", f"{reports}/{{report:[a-z0-9-]+}}")
    add("desk.certify", "/can-bo/chung-thuc")
    certified = desk_contexts.certification_entry
    add("desk.certify.cancel", "/can-bo/chung-thuc/{id:\\d+}/huy", factory=certified)
    add("desk.certify.book", "/can-bo/chung-thuc/so/{slug}/{book}/{year:\\d{4}}.pdf")


DOSSIER_ACTS = (
    ("accept", "tiep-nhan"),
    ("refuse", "tu-choi"),
    ("supplement", "bo-sung"),
    ("supply", "nhan-bo-sung"),
    ("lapse", "qua-han-bo-sung"),
    ("withdraw", "rut"),
    ("stop", "dung"),
    ("apology", "xin-loi"),
    ("fees", "phi-le-phi"),
    ("ask_fee", "yeu-cau-nop-tien"),
    ("take", "thu-tien"),
    ("refund", "hoan-phi"),
    ("propose_result", "trinh-ket-qua"),
    ("complete", "hoan-thanh"),
    ("not_solved", "khong-giai-quyet"),
    ("return", "tra-ket-qua"),
    ("item", "buu-gui/{item:\\d+}"),
    ("result_file", "ket-qua/{file}"),
    ("clock", "thoi-han"),
    ("chain", "lien-thong"),
    ("chain.home", "lien-thong/ky-nhan"),
    ("chain.slip", "lien-thong/phieu/{slip:\\d+}"),
    ("call", "goi-dien"),
    ("transfer", "chuyen-xu-ly"),
    ("forward", "chuyen-buoc"),
    ("send_back", "tra-lai"),
    ("assign", "giao-viec"),
    ("receive", "ky-nhan"),
    ("take_back", "rut-lai"),
    ("set_labels", "nhan"),
    ("note", "ghi-chu"),
    ("message", "tin-nhan"),
    ("message_file", "tin-nhan/{file}"),
    ("ask_opinion", "xin-y-kien"),
    ("withdraw_opinion", "y-kien/{opinion:\\d+}/rut"),
    ("opinion_file", "y-kien/{opinion:\\d+}/tep/{file}"),
    ("control_slip", "phieu-kiem-soat.pdf"),
    ("late", "nguyen-nhan-qua-han"),
    ("draft", "trinh-ky"),
    ("draft_file", "trinh-ky/{draft:\\d+}/tep"),
    ("draft_use", "trinh-ky/{draft:\\d+}/ket-qua"),
    ("proposal", "du-thao/{proposal:\\d+}"),
    ("file", "tep/{file}"),
)


def dossiers(config: Configurator) -> None:
    """One dossier at the desk: its page, its acts, its papers and their signatures."""
    add, one, factory = config.add_route, "/can-bo/ho-so/{number}", desk_contexts.desk_dossier
    add("desk.dossier", one, factory=factory)
    for act, path in DOSSIER_ACTS:
        add(f"desk.{act}", f"{one}/{path}", factory=factory)
    letter = f"{one}/{{letter}}"
    add("desk.letter", f"{letter}.pdf", factory=factory)
    add("desk.letter.print", f"{letter}/in", factory=factory)
    add("desk.sign", f"{letter}/ky-so", factory=factory)
    for act, path in (
        ("file", "tep"),
        ("seal", "dong-dau"),
        ("remote", "tu-xa"),
        ("local", "tren-may"),
    ):
        add(f"desk.sign.{act}", f"{letter}/ky-so/{path}", factory=factory)
    part, own = "/can-bo/lien-thong/{id:\\d+}", desk_contexts.desk_part
    add("desk.parts", "/can-bo/lien-thong")
    add("desk.part", part, factory=own)
    add("desk.part.receive", f"{part}/ky-nhan", factory=own)
    add("desk.part.slip", f"{part}/phieu/{{slip:\\d+}}", factory=own)
    add("desk.part.file", f"{part}/tep/{{file}}", factory=own)
    opinion, asked = "/can-bo/y-kien/{id:\\d+}", desk_contexts.desk_opinion
    add("desk.opinions", "/can-bo/y-kien")
    add("desk.opinion", opinion, factory=asked)
    add("desk.opinion.give_back", f"{opinion}/tra-lai", factory=asked)
    add("desk.opinion.paper", f"{opinion}/giay-to/{{file}}", factory=asked)
    add("desk.opinion.file", f"{opinion}/tra-loi/{{file}}", factory=asked)
    add("desk.hand_off", "/ky-so/{token}")
    add("desk.hand_off.document", "/ky-so/{token}/van-ban")


def programs(config: Configurator) -> None:
    """The API and what machines ask for."""
    add = config.add_route
    add("api.procedures", "/api/v1/procedures")
    add("api.procedure", "/api/v1/procedures/{code}")
    add("api.search", "/api/v1/search")
    add("api.suggest", "/api/v1/search/suggest")
    add("api.dossier", "/api/v1/dossiers/{code}")
    add("api.statistics", "/api/v1/statistics")
    add("api.news", "/api/v1/news")
    add("api.article", "/api/v1/news/{slug}")
    add("api.openapi", "/api/v1/openapi.json")
    add("ops.exchange_file", "/trao-doi/tep/{token}")
    add("ops.health", "/healthz")
    add("ops.ready", "/readyz")
    add("ops.robots", "/robots.txt")
    add("ops.sitemap", "/sitemap.xml")
    add("ops.security", "/.well-known/security.txt")


def includeme(config: Configurator) -> None:
    """All of them; the order within a group decides."""
    for group in (
        everyone,
        english,
        authority,
        library,
        statistics,
        citizens,
        accounts,
        officers,
        books,
        work,
        dossiers,
        editors,
        programs,
    ):
        group(config)
