"""The addresses of the book of work."""

from pyramid.config import Configurator

from portal.desk.workbook import contexts

ROOT = "/can-bo/so-viec"
FORM = "{form:pdf|xlsx}"
YEAR = r"{year:\d{4}}"


def work(config: Configurator) -> None:
    """All books at a glance, one book, one entry."""
    add, book, targets = config.add_route, f"{ROOT}/{{book:[a-z-]+}}", f"{ROOT}/{{book:muc-tieu}}"
    one, of_book, of_entry = f"{book}/{{id:\\d+}}", contexts.book, contexts.entry
    add("desk.work", ROOT)
    add("desk.work.targets", f"{targets}/ket-qua", factory=of_book)
    add("desk.work.targets.file", f"{targets}/ket-qua-{YEAR}.{FORM}", factory=of_book)
    add("desk.work.new", f"{book}/moi", factory=of_book)
    add("desk.work.compare", f"{book}/so-sanh", factory=of_book)
    add("desk.work.compare.file", f"{book}/so-sanh-{YEAR}.{FORM}", factory=of_book)
    add("desk.work.book.file", f"{book}/nam-{YEAR}.{FORM}", factory=of_book)
    add("desk.work.book", book, factory=of_book)
    add("desk.work.entry.pdf", f"{one}.pdf", factory=of_entry)
    add("desk.work.remark", f"{one}/ghi-them", factory=of_entry)
    add("desk.work.edit", f"{one}/sua", factory=of_entry)
    add("desk.work.file", f"{one}/tep/{{file}}", factory=of_entry)
    add("desk.work.file.drop", f"{one}/tep/{{file}}/bo", factory=of_entry)
    add("desk.work.entry", one, factory=of_entry)
