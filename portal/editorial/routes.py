"""Every address of the editors: name, pattern, what it stands for. One function for each area."""

from pyramid.config import Configurator

from content.calendar.models import CalendarEntry
from content.exchange.documents import DraftHandOff
from content.exchange.models import ExchangeArrival, ExchangeLink, ExchangeMessage
from content.news.sections import Section
from content.newsletter.models import Issue
from content.outbox import OutboxJob
from content.procedures.models import Procedure
from content.processes.models import ProcessVersion
from content.signing.models import Certificate
from portal import contexts
from portal.editorial.authority_routes import (
    authority,
    enquiries,
    library,
    polls,
    search,
    suggestions,
    terms,
)
from portal.editorial.forms.context import form_context
from portal.editorial.translations.context import KINDS, original


def shared(config: Configurator) -> None:
    """What all writing screens use."""
    add = config.add_route
    subject, factory = "{subject:[a-z_]+:[a-z0-9-]+}", contexts.subject
    add("editorial.autosave", f"/bien-tap/tu-luu/{subject}", factory=factory)
    add("editorial.autosave.drop", f"/bien-tap/tu-luu/{subject}/bo", factory=factory)
    add("editorial.lock.take", f"/bien-tap/khoa/{subject}", factory=factory)


def articles(config: Configurator) -> None:
    """News and pages, which go the same way."""
    add = config.add_route
    for kind, base, factory in (
        ("article", "/bien-tap/tin", contexts.editorial_article),
        ("page", "/bien-tap/trang", contexts.editorial_page),
    ):
        add(f"editorial.{kind}s", base)
        add(f"editorial.{kind}.new", f"{base}/moi")
        if kind == "article":
            add("editorial.article.pick", f"{base}/chon")
        one = rf"{base}/{{id:\d+}}"
        add(f"editorial.{kind}.edit", one, factory=factory)
        for act, path in WRITTEN_ACTS:
            add(f"editorial.{kind}.{act}", f"{one}/{path}", factory=factory)


WRITTEN_ACTS = (
    ("preview", "xem-truoc"),
    ("send", "gui-duyet"),
    ("return", "tra-lai"),
    ("comment", "y-kien"),
    ("publish", "cong-bo"),
    ("reschedule", "doi-gio"),
    ("withdraw", "go"),
    ("delete", "xoa"),
    ("history", "lich-su"),
    ("restore", "khoi-phuc"),
    ("copy.publish", "ban-sua/cong-bo"),
    ("copy.drop", "ban-sua/bo"),
)


def processes(config: Configurator) -> None:
    """Internal processes: by procedure, and their versions."""
    add, base = config.add_route, "/can-bo/quy-trinh"
    add("editorial.processes", base)
    factory = contexts.row(Procedure, "procedure")
    add("editorial.process", f"{base}/{{id:\\d+}}", factory=factory)
    add("editorial.process.begin", f"{base}/{{id:\\d+}}/soan", factory=factory)
    one, factory = f"{base}/ban/{{id:\\d+}}", contexts.row(ProcessVersion, "process")
    add("editorial.process.version", one, factory=factory)
    add("editorial.process.version.publish", f"{one}/ban-hanh", factory=factory)
    add("editorial.process.version.discard", f"{one}/bo", factory=factory)
    add("editorial.process.version.compare", f"{one}/so-sanh", factory=factory)
    add("editorial.process.version.pdf", f"{one}.pdf", factory=factory)


def certificates(config: Configurator) -> None:
    """The register of certificates."""
    add, base = config.add_route, "/bien-tap/chung-thu-so"
    add("editorial.certificates", base)
    add("editorial.certificates.file", f"{base}.xlsx")
    add("editorial.certificate.new", f"{base}/moi")
    revoke, factory = f"{base}/{{id:\\d+}}/thu-hoi", contexts.row(Certificate, "certificate")
    add("editorial.certificate.revoke", revoke, factory=factory)


def working_time(config: Configurator) -> None:
    """Days off, hours of work and how dossiers are handled, for administrators."""
    add, base = config.add_route, "/quan-tri/lich-lam-viec"
    entry = contexts.row(CalendarEntry, "calendar_entry")
    add("editorial.calendar", base)
    add("editorial.calendar.new", f"{base}/them")
    add("editorial.calendar.kept", f"{base}/ho-so")
    add("editorial.calendar.year", rf"{base}/nam/{{year:\d{{4}}}}")
    add("editorial.calendar.decide", rf"{base}/nam/{{year:\d{{4}}}}/quyet-dinh")
    add("editorial.calendar.entry", rf"{base}/{{id:\d+}}", factory=entry)
    add("editorial.calendar.remove", rf"{base}/{{id:\d+}}/bo", factory=entry)
    one, base = r"/quan-tri/cach-xu-ly/{id:\d+}", "/quan-tri/cach-xu-ly"
    add("editorial.handling", base)
    add("editorial.handling.rule", one, factory=contexts.editorial_procedure)
    add("editorial.handling.drop", f"{one}/bo", factory=contexts.editorial_procedure)
    chain, task = f"{one}/lien-thong", rf"{one}/lien-thong/viec/{{task:\d+}}"
    add("editorial.chain", chain, factory=contexts.editorial_procedure)
    add("editorial.chain.use", f"{chain}/dung", factory=contexts.editorial_procedure)
    add("editorial.chain.task.new", f"{chain}/viec", factory=contexts.editorial_procedure)
    add("editorial.chain.task", task, factory=contexts.editorial_procedure)
    add("editorial.chain.task.drop", f"{task}/bo", factory=contexts.editorial_procedure)
    add("editorial.chain.task.move", f"{task}/doi-cho", factory=contexts.editorial_procedure)
    add("editorial.mailboxes", "/quan-tri/hop-thu-cong-vu")
    add("editorial.mailbox", r"/quan-tri/hop-thu-cong-vu/{id:\d+}", factory=contexts.official)
    places, place = "/quan-tri/noi-tiep-nhan", r"/quan-tri/noi-tiep-nhan/{id:\d+}"
    add("editorial.reception_places", places)
    add("editorial.reception_place", place, factory=contexts.editorial_procedure)
    add("editorial.reception_place.drop", f"{place}/bo", factory=contexts.editorial_procedure)
    add("editorial.hours", "/quan-tri/gio-lam-viec")
    hours = "/quan-tri/gio-lam-viec/{slug}"
    add("editorial.hours.agency", hours, factory=contexts.agency)
    add("editorial.hours.ahead", f"{hours}/tu-ngay", factory=contexts.agency)
    add("editorial.hours.withdraw", f"{hours}/bo", factory=contexts.agency)


def accounts(config: Configurator) -> None:
    """Accounts of officials, kept by administrators."""
    add, base, one = config.add_route, "/quan-tri/tai-khoan", r"/quan-tri/tai-khoan/{id:\d+}"
    add("editorial.accounts", base)
    add("editorial.accounts.new", f"{base}/moi")
    for name, path in (
        ("editorial.account", one),
        ("editorial.account.facts", f"{one}/sua"),
        ("editorial.account.posts", f"{one}/giao-viec"),
        ("editorial.account.leave", rf"{one}/thoi-viec/{{post:\d+}}"),
        ("editorial.account.move", f"{one}/chuyen-don-vi"),
        ("editorial.account.invite", f"{one}/loi-moi"),
        ("editorial.account.sign_out", f"{one}/dang-xuat"),
        ("editorial.account.close", f"{one}/khoa"),
        ("editorial.account.reopen", f"{one}/mo-lai"),
    ):
        add(name, path, factory=contexts.official)


def exchange(config: Configurator) -> None:
    """The queues of the exchange with other systems."""
    add, base = config.add_route, "/quan-tri/trao-doi"
    add("editorial.exchange", base)
    add("editorial.exchange.all", f"{base}/gui-lai")
    for act, path, kind, name in (
        ("again", "gui-lai", ExchangeMessage, "message"),
        ("take", "nhan-lai", ExchangeArrival, "arrival"),
        ("draft", "van-ban", DraftHandOff, "draft"),
        ("confirm", "xac-nhan", ExchangeLink, "link"),
        ("job", "viec", OutboxJob, "job"),
    ):
        factory = contexts.row(kind, name)
        add(f"editorial.exchange.{act}", f"{base}/{path}/{{id:\\d+}}", factory=factory)


def decisions(config: Configurator) -> None:
    """Publication decisions, where they are posted, packs for the board."""
    add = config.add_route
    base, draft = "/bien-tap/quyet-dinh", "/bien-tap/quyet-dinh/{id:\\d+}"
    add("editorial.decisions", base)
    add("editorial.decision.new", f"{base}/moi")
    add("editorial.postings", f"{base}/niem-yet")
    add("editorial.postings.export", f"{base}/niem-yet/{{slug}}.xlsx", factory=contexts.agency)
    add("editorial.packs", f"{base}/bo-niem-yet")
    add("editorial.links", "/bien-tap/lien-ket-hong")
    add("editorial.links.check", "/bien-tap/lien-ket-hong/kiem-tra")
    add(
        "editorial.pack.file",
        rf"{base}/bo-niem-yet/{{id:\d+}}/tep",
        factory=contexts.posting_pack,
    )
    add("editorial.decision", draft, factory=contexts.prepared_decision)
    for word, path in (
        ("edit", "sua"),
        ("add", "them"),
        ("drop", "bo"),
        ("upload", "tep"),
        ("publish", "cong-bo"),
        ("discard", "xoa"),
    ):
        route = f"editorial.decision.{word}"
        add(route, f"{draft}/{path}", factory=contexts.prepared_decision)
    signed = rf"{base}/da-ky/{{id:\d+}}"
    add("editorial.signed", signed, factory=contexts.decision)
    add("editorial.signed.entered", f"{signed}/nhap-csdl", factory=contexts.decision)


def procedures(config: Configurator) -> None:
    """Editing procedures, readers' remarks, finders."""
    add = config.add_route
    add("editorial.procedures", "/bien-tap/thu-tuc")
    add("editorial.procedures.gaps", "/bien-tap/thu-tuc/con-thieu")
    add("editorial.procedures.review", "/bien-tap/thu-tuc/hen-kiem-tra")
    add("editorial.procedure.new", "/bien-tap/thu-tuc/moi")
    one, factory = "/bien-tap/thu-tuc/{id:\\d+}", contexts.editorial_procedure
    add("editorial.procedure", one, factory=factory)
    add("editorial.procedure.open", f"{one}/soan", factory=factory)
    add("editorial.procedure.section", f"{one}/soan/{{section}}", factory=factory)
    add("editorial.procedure.preview", f"{one}/xem-truoc", factory=factory)
    add("editorial.procedure.compare", f"{one}/so-sanh", factory=factory)
    add("editorial.procedure.send", f"{one}/gui", factory=factory)
    add("editorial.procedure.take_back", f"{one}/rut", factory=factory)
    add("editorial.procedure.discard", f"{one}/bo", factory=factory)
    add("editorial.procedure.restore", f"{one}/khoi-phuc/{{number:\\d+}}", factory=factory)
    add("editorial.procedure.checked", f"{one}/da-kiem-tra", factory=factory)
    add("editorial.procedure.filing", f"{one}/noi-nop", factory=factory)
    file = f"{one}/tep-mau/{{key:[0-9a-f]{{16}}}}"
    add("editorial.procedure.form_file", file, factory=factory)
    add("editorial.procedure.form_file.bytes", f"{file}/tep", factory=factory)
    add("editorial.procedure.remark", f"{one}/gop-y/{{remark:\\d+}}", factory=factory)
    add("editorial.finders", "/bien-tap/bo-cau-hoi")
    finder = "/bien-tap/bo-cau-hoi/{id:\\d+}"
    add("editorial.finder.new", "/bien-tap/bo-cau-hoi/moi")
    add("editorial.finder", finder, factory=contexts.editorial_finder)
    for act, path in (("show", "hien"), ("move", "thu-tu"), ("delete", "xoa")):
        add(f"editorial.finder.{act}", f"{finder}/{path}", factory=contexts.editorial_finder)
    question = f"{finder}/cau-hoi/{{key:\\d+|moi}}"
    add("editorial.finder.question", question, factory=contexts.editorial_finder)
    add("editorial.finder.question.drop", f"{question}/bo", factory=contexts.editorial_finder)
    add("editorial.finder.question.move", f"{question}/thu-tu", factory=contexts.editorial_finder)


def imports(config: Configurator) -> None:
    """Import and export of procedures, the queue of differences, changes of many at once."""
    add = config.add_route
    base = "/bien-tap/nhap-xuat"
    add("editorial.imports", base)
    add("editorial.export", f"{base}/thu-tuc.{{ending:xlsx|json|jsonl}}")
    add("editorial.differences", f"{base}/khac-biet")
    add("editorial.bulk", f"{base}/sua-hang-loat")
    add("editorial.form_files", f"{base}/tep-bieu-mau")
    add("editorial.import", rf"{base}/{{id:\d+}}", factory=contexts.import_run)
    add("editorial.import.take", rf"{base}/{{id:\d+}}/ghi", factory=contexts.import_run)


def forms(config: Configurator) -> None:
    """The form builder."""
    add = config.add_route
    add("editorial.forms", "/bien-tap/bieu-mau")
    add("editorial.forms.new", "/bien-tap/bieu-mau/moi")
    add("editorial.forms.take_in", "/bien-tap/bieu-mau/nhap-tep")
    one, factory = "/bien-tap/bieu-mau/{key:[a-z0-9-]+}", form_context
    named = "{id:[a-z0-9_]+}"
    add("editorial.form", one, factory=factory)
    add("editorial.form.about", f"{one}/thong-tin", factory=factory)
    add("editorial.form.section", f"{one}/buoc/{named}", factory=factory)
    add("editorial.form.section.when", f"{one}/buoc/{named}/dieu-kien", factory=factory)
    add("editorial.form.question", f"{one}/cau-hoi/{named}", factory=factory)
    add("editorial.form.question.when", f"{one}/cau-hoi/{named}/dieu-kien", factory=factory)
    add("editorial.form.fees", f"{one}/phi", factory=factory)
    add("editorial.form.fee", f"{one}/phi/{{index:[0-9]+}}", factory=factory)
    add("editorial.form.fee.when", f"{one}/phi/{{index:[0-9]+}}/dieu-kien", factory=factory)
    add("editorial.form.try", f"{one}/xem-thu", factory=factory)
    add("editorial.form.tests", f"{one}/cau-tra-loi-mau", factory=factory)
    add("editorial.form.versions", f"{one}/phien-ban", factory=factory)
    add("editorial.form.move", f"{one}/chuyen-nhap", factory=factory)
    add("editorial.form.publish", f"{one}/cong-bo", factory=factory)
    add("editorial.form.publish.now", f"{one}/cong-bo/ngay", factory=factory)
    add("editorial.form.discard", f"{one}/bo", factory=factory)
    add("editorial.form.bindings", f"{one}/thu-tuc", factory=factory)
    file = "{file:dinh-nghia\\.json|to-trong\\.(?:pdf|docx)|to-mau\\.(?:pdf|docx)}"
    add("editorial.form.file", f"{one}/tai-ve/{file}", factory=factory)


def media(config: Configurator) -> None:
    """The media library."""
    add = config.add_route
    base, one, folder = "/bien-tap/thu-vien", "/bien-tap/thu-vien/{id:\\d+}", "{id:\\d+}"
    add("editorial.media", base)
    add("editorial.media.upload", f"{base}/tai-len")
    add("editorial.media.pick", f"{base}/chon")
    add("editorial.media.json", f"{base}/danh-sach.json")
    add("editorial.media.folders", f"{base}/thu-muc")
    folder_factory, factory = contexts.media_folder, contexts.medium
    add("editorial.media.folder", f"{base}/thu-muc/{folder}", factory=folder_factory)
    add("editorial.media.folder.delete", f"{base}/thu-muc/{folder}/xoa", factory=folder_factory)
    add("editorial.medium", one, factory=factory)
    add("editorial.medium.replace", f"{one}/thay", factory=factory)
    add("editorial.medium.delete", f"{one}/xoa", factory=factory)


def site(config: Configurator) -> None:
    """What stands around pages: banners, menus, the home page, who publishes."""
    add = config.add_route
    add("editorial.identity", "/bien-tap/nhan-dien")
    for many, one, path, factory in (
        ("banners", "banner", "thong-bao-chung", contexts.banner),
        ("menus", "menu", "trinh-don", contexts.menu_item),
        ("blocks", "block", "trang-dau", contexts.home_block),
    ):
        base, single = f"/bien-tap/{path}", rf"/bien-tap/{path}/{{id:\d+}}"
        add(f"editorial.{many}", base)
        add(f"editorial.{one}.new", f"{base}/moi")
        add(f"editorial.{one}", single, factory=factory)
        add(f"editorial.{one}.delete", f"{single}/xoa", factory=factory)
        if one != "banner":
            add(f"editorial.{many}.begin", f"{base}/bat-dau")
            add(f"editorial.{one}.move", f"{single}/thu-tu", factory=factory)


def comments(config: Configurator) -> None:
    """Comments of readers."""
    config.add_route("editorial.comments", "/bien-tap/binh-luan")
    config.add_route("editorial.comments.decide", "/bien-tap/binh-luan/quyet")


def sections(config: Configurator) -> None:
    """Sections of the news."""
    add, base, section = config.add_route, "/bien-tap/chuyen-muc", contexts.row(Section, "section")
    add("editorial.sections", base)
    add("editorial.section.new", f"{base}/moi")
    add("editorial.section", rf"{base}/{{id:\d+}}", factory=section)
    for act, path in (("move", "thu-tu"), ("delete", "xoa")):
        add(f"editorial.section.{act}", rf"{base}/{{id:\d+}}/{path}", factory=section)


def newsletter(config: Configurator) -> None:
    """Issues of the newsletter."""
    add, base, issue = config.add_route, "/bien-tap/ban-tin", contexts.row(Issue, "issue")
    add("editorial.newsletter", base)
    add("editorial.issue.new", f"{base}/moi")
    add("editorial.issue", rf"{base}/{{id:\d+}}", factory=issue)
    for act, path in (("preview", "xem-truoc"), ("send", "gui"), ("delete", "xoa")):
        add(f"editorial.issue.{act}", rf"{base}/{{id:\d+}}/{path}", factory=issue)


def comfort(config: Configurator) -> None:
    """What makes the work lighter: the dashboard, search in drafts, help, the bin."""
    add = config.add_route
    add("editorial.home", "/bien-tap")
    add("editorial.find", "/bien-tap/tim")
    add("editorial.due", "/bien-tap/den-han")
    kinds = "article|page|legal_document|enquiry"
    add("editorial.review", f"/bien-tap/xem-lai/{{kind:{kinds}}}/{{id:\\d+}}")
    manual = "/bien-tap/huong-dan"
    add("editorial.manual", manual)
    add("editorial.manual.picture", f"{manual}/hinh/{{name:[a-z0-9-]+\\.(?:png|webp|jpg)}}")
    add("editorial.manual.chapter", f"{manual}/{{chapter:[a-z0-9-]+}}")
    add("editorial.trash", "/bien-tap/thung-rac")
    add("editorial.trash.restore", "/bien-tap/thung-rac/lay-lai")


def translations(config: Configurator) -> None:
    """What is said in English beside its original."""
    add, base = config.add_route, "/bien-tap/ban-dich"
    add("editorial.translations", base)
    one = rf"{base}/{{kind:{'|'.join(KINDS)}}}/{{id:\d+}}"
    add("editorial.translation", one, factory=original)
    add("editorial.translation.history", f"{one}/lich-su", factory=original)
    add("editorial.translation.restore", f"{one}/khoi-phuc", factory=original)
    add("editorial.translation.publish", f"{one}/cong-bo", factory=original)
    add("editorial.translation.withdraw", f"{one}/go", factory=original)


#: The areas in their order; an owner of screens adds a function and its name here.
AREAS = (
    shared,
    articles,
    certificates,
    processes,
    working_time,
    accounts,
    exchange,
    decisions,
    procedures,
    imports,
    forms,
    media,
    site,
    comments,
    sections,
    newsletter,
    authority,
    suggestions,
    polls,
    comfort,
    library,
    enquiries,
    terms,
    search,
    translations,
)


def editors(config: Configurator) -> None:
    """All of them."""
    for area in AREAS:
        area(config)
