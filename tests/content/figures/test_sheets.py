"""Every report is shown, printed and written."""

import csv
import io
import zipfile
from datetime import UTC, datetime

import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from content.figures import reports
from content.figures.paper import ReportPaper
from content.figures.sheets import write_csv, write_xlsx
from content.figures.tables import Column, Kind, Row, Style, Table
from content.letters.render import Letters
from content.letters.values import Office
from tests.content.dossiers_service.world import World
from tests.content.figures.asking import ask


def test_every_report_is_shown_written_and_printed(world: World) -> None:
    made_ = [one.make(ask(world)) for one in reports.ALL]
    assert [one.key for one in made_[1:]] == [one.slug for one in reports.ALL[1:]]
    for table in made_:
        assert all(len(row.cells) == len(table.columns) for row in table.rows), table.key
        assert sum(many for _title, many in table.heads) == len(table.columns)
        lines = list(csv.reader(io.StringIO(write_csv(table))))
        assert len(lines) == len(table.rows) + 1
    content = write_xlsx(made_, office="=1+1", printed="Lập hôm nay")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert all(b"<f>" not in archive.read(name) for name in archive.namelist())
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert len(book.sheet_names) == len(made_)
    first = book.get_sheet_by_index(0).to_python()
    assert first[0][0] == "=1+1"
    (total,) = [row for row in first if row[1] == "Tổng cộng"]
    assert total[2:7] == [6, 2, 3, 1, 4]
    paper = ReportPaper(
        office=Office(name="Trung tâm", place="Sơn Hà"),
        tables=made_[:3],
        made_at=datetime(2026, 11, 23, tzinfo=UTC),
    )
    assert Letters().make(paper).startswith(b"%PDF")


@pytest.mark.parametrize("many", [1, 2, 20, 21, 22, 23, 24, 25, 26])
def test_signatures_never_stand_alone_on_a_page(many: int) -> None:
    rows = [Row((f"Dòng {number}", number)) for number in range(many - 1)]
    rows.append(Row(("Tổng cộng", many), Style.TOTAL))
    columns = (Column("Tên cột", width=3), Column("Số", Kind.COUNT))
    table = Table("k", "Biểu", columns, tuple(rows))
    at = datetime(2026, 11, 23, tzinfo=UTC)
    office = Office(name="Trung tâm", place="Sơn Hà")
    made_ = Letters().make(ReportPaper(office=office, tables=[table], made_at=at))
    pages = [one.extract_text() for one in PdfReader(io.BytesIO(made_)).pages]
    assert all("Tên cột" in one for one in pages)
    assert "Tổng cộng" in pages[-1]
    assert "NGƯỜI LẬP BIỂU" in pages[-1]
    assert sum(one.count("Tên cột") for one in pages) == len(pages), "one head on each page"
