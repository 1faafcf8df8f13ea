"""A backup is whole though the site goes on, and comes back as it was."""

import io
import json
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select

from content.agencies.models import Agency, AgencyKind
from content.files import FileService
from content.files.model import StoredFile
from content.schema import newest_revisions
from portal.cli import main
from portal.cli.program import Program
from portal.database import Database
from tests.support.clock import StoppedClock
from tests.support.site import Site, write_ini


def ini_of(database: Database, folder: Path) -> Path:
    """Settings of a site whose database this is, and whose files lie in ``folder``."""
    folder.mkdir(exist_ok=True)
    ini = write_ini(folder)
    url = database.engine.url.render_as_string(hide_password=False)
    text = ini.read_text("utf-8").replace(f"sqlite:///{folder}/portal.sqlite3", url)
    ini.write_text(text, "utf-8")
    return ini


def run(ini: Path, *command: str) -> int:
    return main(["-c", str(ini), *command])


def keep(program: Program, text: str, clock: StoppedClock) -> None:
    with program.writing() as session:
        FileService(session, program.file_store).keep(
            io.BytesIO(text.encode()), name="a.txt", media_type="text/plain", now=clock()
        )


def test_a_backup_made_while_people_file_is_whole_and_comes_back(
    any_database: Database, tmp_path: Path, clock: StoppedClock, capsys: pytest.CaptureFixture[str]
) -> None:
    ini, copy = ini_of(any_database, tmp_path / "site"), tmp_path / "copy"
    with any_database.engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32))")
        (newest,) = newest_revisions()
        connection.exec_driver_sql(f"INSERT INTO alembic_version VALUES ('{newest}')")
    # A restore wants the database for itself.
    any_database.engine.dispose()
    with Program(str(ini)) as program:
        for number in range(20):
            keep(program, f"trước {number}", clock)
        stop = threading.Event()

        def go_on() -> None:
            number = 0
            while not stop.is_set():
                number += 1
                keep(program, f"trong lúc sao lưu {number}", clock)

        filing = threading.Thread(target=go_on)
        filing.start()
        try:
            assert run(ini, "backup", str(copy)) == 0
        finally:
            stop.set()
            filing.join()
        checked = ["sha256sum", "--check", "--quiet", "SHA256SUMS"]
        assert subprocess.run(checked, cwd=copy, check=False).returncode == 0
        keep(program, "sau đó", clock)
        with program.writing() as session:
            session.add(Agency(slug="sau", name="Sau", code="H98.77", kind=AgencyKind.COMMUNE))
    capsys.readouterr()
    assert run(ini, "restore", str(copy)) == 1
    assert "--replace" in capsys.readouterr().err
    assert run(ini, "restore", str(copy), "--replace") == 0
    with Program(str(ini)) as program, program.reading() as session:
        assert list(FileService(session, program.file_store).damaged()) == []
        found = session.scalar(select(func.count(StoredFile.id)))
        assert found == json.loads((copy / "backup.json").read_text("utf-8"))["files"] >= 20
        assert session.scalars(select(Agency).where(Agency.slug == "sau")).first() is None


def test_a_whole_site_comes_back_elsewhere(site: Site, tmp_path: Path) -> None:
    copy, there = tmp_path / "copy", tmp_path / "there"
    assert site.run("backup", str(copy)) == 0
    assert copy.stat().st_mode & 0o077 == 0
    there.mkdir()
    ini = write_ini(there)
    assert run(ini, "restore", str(copy)) == 0
    assert run(ini, "verify") == 0


def test_what_is_no_backup_or_a_damaged_one_changes_nothing(
    site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def refused(*command: str) -> str:
        assert site.run(*command) == 1
        return capsys.readouterr().err

    copy = tmp_path / "copy"
    assert "backup.json" in refused("restore", str(tmp_path / "none"))
    assert site.run("backup", str(copy)) == 0
    assert "không trống" in refused("backup", str(copy))
    facts = copy / "backup.json"
    said = facts.read_text("utf-8")
    facts.write_text(said.replace('"sqlite"', '"postgresql"'), "utf-8")
    assert "cấu hình đang dùng sqlite" in refused("restore", str(copy), "--replace")
    facts.write_text(said.replace('"schema": "', '"schema": "9'), "utf-8")
    assert "mới hơn" in refused("restore", str(copy), "--replace")
    facts.write_text(said, "utf-8")
    assert "stop the portal" in refused_while_open(site, refused, copy)
    with (copy / "portal.sqlite3").open("r+b") as file:
        file.seek(5000)
        file.write(b"x" * 100)
    assert "bản sao hỏng ở 1 chỗ" in refused("restore", str(copy), "--replace")
    assert site.client().get("/thu-tuc/1.001193").status_int == 200


def refused_while_open(site: Site, refused: Callable[..., str], copy: Path) -> str:
    with site.database.engine.connect() as connection:
        connection.exec_driver_sql("SELECT 1")
        return refused("restore", str(copy), "--replace")


def test_a_lost_file_is_named_and_the_rest_is_kept(
    site: Site, tmp_path: Path, clock: StoppedClock, capsys: pytest.CaptureFixture[str]
) -> None:
    with Program(str(site.folder / "site.ini")) as program:
        keep(program, "còn", clock)
        keep(program, "mất", clock)
        with program.reading() as session:
            lost = session.scalars(select(StoredFile).order_by(StoredFile.id.desc())).first()
        assert lost is not None
        program.file_store.delete(lost.key)
    copy = tmp_path / "copy"
    assert site.run("backup", str(copy)) == 1
    assert lost.key in capsys.readouterr().err
    assert json.loads((copy / "backup.json").read_text("utf-8"))["damaged"] == [lost.key]
