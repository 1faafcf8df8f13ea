"""Export, change a cell, import: the same command line as for JSON, by the file's ending."""

from pathlib import Path

import pytest

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
