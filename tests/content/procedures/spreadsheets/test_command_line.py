"""Export, change a cell, import: the same command line as for JSON, by the file's ending."""

import json
from pathlib import Path

import pytest
from sqlalchemy import func, select

from content.procedures.merging.models import Decision, ImportDifference, ImportRun
from tests.portal.editorial.imports.taking import record_of
from tests.support.site import Site


def test_an_export_imported_again_changes_nothing(
    site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "tthc.xlsx"
    assert site.run("export-procedures", str(file)) == 0
    assert file.read_bytes().startswith(b"PK")
    assert site.run("import-procedures", str(file), "--dry-run") == 0
    assert "thêm 0, đổi 0, giữ nguyên" in capsys.readouterr().out


def test_a_broken_spreadsheet_is_refused_by_name(
    site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "tthc.xlsx"
    file.write_bytes(b"PK\x03\x04 broken")
    assert site.run("import-procedures", str(file)) == 1
    assert "bảng tính bị hỏng" in capsys.readouterr().err


def test_the_national_catalogue_is_compared_and_nothing_of_ours_overwritten(
    site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ours = [record_of(site, code) for code in ("1.001193", "1.004222")]
    theirs = [{**one, "result": "Kết quả quốc gia"} for one in ours]

    def told(*records: dict[str, object], options: tuple[str, ...] = ()) -> str:
        file = tmp_path / "quoc-gia.json"
        file.write_text(json.dumps(records, ensure_ascii=False), "utf-8")
        capsys.readouterr()
        assert site.run("import-procedures", str(file), "--national", *options) == 0
        return capsys.readouterr().out.strip()

    def rows() -> tuple[int, int]:
        with site.database.sessions() as session:
            queued = select(func.count()).select_from(ImportDifference)
            waits = queued.where(ImportDifference.state == Decision.OPEN)
            runs = select(func.count()).select_from(ImportRun)
            return session.scalar(runs) or 0, session.scalar(waits) or 0

    assert "chỉ bên kia đổi 2" in told(*theirs, options=("--dry-run",))
    assert rows() == (0, 0)
    assert "đưa vào hàng chờ 2" in told(*theirs)
    assert rows() == (1, 2)
    # The same file again has nothing to say, and ours stands as it stood.
    assert "đưa vào hàng chờ 0" in told(*theirs)
    assert rows() == (2, 2)
    assert [record_of(site, one["code"]) for one in ours] == ours
    # Of a part nothing is missing; of the whole catalogue what it names no more is told once.
    assert "không còn trong tệp" not in told(theirs[0])
    assert "không còn trong tệp 1" in told(theirs[0], options=("--whole",))
    assert "không còn trong tệp 0" in told(theirs[0], options=("--whole",))

    (tmp_path / "hong.json").write_text(json.dumps([{**ours[0], "fee": [{"amount": "x"}]}]))
    assert site.run("import-procedures", str(tmp_path / "hong.json"), "--national") == 1
    assert "chưa ghi gì" in capsys.readouterr().err
