"""Commands: what they promise, how they refuse."""

import io
import json
import os
import socket
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from content.agencies.models import Agency
from content.dossiers.models import Dossier
from content.people.delegations import Delegation
from portal.cli import main, parser
from tests.support.dossiers import COMMUNE, account, agency, file_all, writing
from tests.support.site import Site, run_command, write_ini

GOOD = {
    "slug": "bai-nhap",
    "title": "Bài nhập",
    "section": "the-che",
    "published_at": "2026-11-01T08:00:00+07:00",
    "body_html": "<p onclick='x()'>Chữ <b>đậm</b></p><script>1</script>",
}


def lines(*records: object) -> str:
    return "\n".join(json.dumps(one, ensure_ascii=False) for one in records)


def test_news_are_imported_once(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    file = site.folder / "news.jsonl"
    file.write_text(lines(GOOD), "utf-8")
    assert site.run("import-news", str(file)) == 0
    assert capsys.readouterr().out.strip() == "thêm 1, đổi 0, giữ nguyên 0"
    assert site.run("import-news", str(file)) == 0
    assert capsys.readouterr().out.strip() == "thêm 0, đổi 0, giữ nguyên 1"
    page = site.client().get("/tin-tuc/the-che/bai-nhap")
    assert not page.html.select("article script, article [onclick]")


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ({"slug": "Sai Chỗ"}, "slug không hợp lệ"),
        ({"section": "khong-co"}, "không có chuyên mục"),
        ({"published_at": "hôm qua"}, "published_at"),
        ({"published_at": "2026-11-01T08:00:00"}, "múi giờ"),
        ({"body_text": "hai nội dung"}, "đúng một trong"),
        ({"la": 1}, "trường lạ: la"),
        ({"title": ""}, "thiếu title"),
    ],
)
def test_a_bad_line_is_named_and_nothing_written(
    site: Site, capsys: pytest.CaptureFixture[str], bad: dict[str, object], said: str
) -> None:
    file = site.folder / "news.jsonl"
    file.write_text(lines(GOOD | {"slug": "tot"}, GOOD | bad), "utf-8")
    assert site.run("import-news", str(file)) == 1
    error = capsys.readouterr().err
    assert "dòng 2" in error
    assert said in error
    site.client().get("/tin-tuc/the-che/tot", status=404)


@pytest.mark.parametrize("content", [b"\xff\xfe", b"{", b"[]", b"null"])
def test_a_file_that_is_no_news_is_refused(site: Site, content: bytes) -> None:
    file = site.folder / "news.jsonl"
    file.write_bytes(content)
    assert site.run("import-news", str(file)) == 1


def test_a_missing_file_is_one_clear_line(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    assert site.run("import-procedures", str(site.folder / "none.json")) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_verify_is_clean_and_finds_what_is_off(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    site.run("worker", "--once")
    capsys.readouterr()
    assert site.run("verify") == 0, capsys.readouterr().out
    with site.database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE article SET title = 'khác' WHERE id = 1")
    assert site.run("verify") == 1
    said = capsys.readouterr()
    assert "article:1" in said.out
    assert said.err.count("\n") == 1


def test_due_explains_itself(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    assert site.run("due", "2026-11-23T10:00", "5", "working_day", "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["due_date"] == "2026-12-01"
    assert sum(day["counted"] for day in answer["ledger"]) == 5
    assert site.run("due", "hôm nay", "5", "working_day") == 1


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("due", "hôm nay", "5", "working_day"), "RECEIVED_AT is no moment"),
        (("due", "2026-11-23", "năm", "working_day"), "LIMIT is no number"),
        (("due", "2026-11-23", "0", "day"), "LIMIT must be more than zero"),
        (("due", "2026-11-23", "1.5", "month"), "LIMIT must be a whole number"),
        (("due", "9999-12-31", "5", "day"), "too far from today"),
        (("form", "export", "khong-co"), "no such form"),
        (("user", "add", "khong phai thu", "--role", "citizen"), "not an e-mail address"),
        (("user", "add", "moi@example.vn", "--role", "citizen"), "use --password-stdin"),
        (("export-procedures", "."), ".: là thư mục"),
        (("export-procedures", "khong-co/x.json"), "khong-co: không có thư mục này"),
    ],
)
def test_a_refusal_is_one_clear_line(
    site: Site, capsys: pytest.CaptureFixture[str], command: tuple[str, ...], said: str
) -> None:
    assert site.run(*command) == 1
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("sqlite:///{folder}/leer.sqlite3", "run `portal init` first"),
        ("postgresql+psycopg://nobody:x@127.0.0.1:1/none", "the database does not answer"),
    ],
)
@pytest.mark.parametrize("command", [("verify",), ("export-procedures", "out.json"), ("seed",)])
def test_a_database_that_is_not_ready_is_one_clear_line(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    url: str,
    said: str,
    command: tuple[str, ...],
) -> None:
    monkeypatch.chdir(tmp_path)
    ini = write_ini(tmp_path)
    here = f"sqlite:///{tmp_path}/portal.sqlite3"
    text = ini.read_text("utf-8").replace(here, url.format(folder=tmp_path))
    ini.write_text(text, "utf-8")
    assert main(["-c", str(ini), *command]) == 1
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1


def test_a_weak_password_is_refused_in_words(
    site: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("abc\n"))
    assert site.run("user", "password", "congdan@example.vn", "--password-stdin") == 1
    assert "at least 10 characters" in capsys.readouterr().err


def test_an_account_is_added_with_a_password_from_a_pipe(
    site: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("một mật khẩu dài\n"))
    added = site.run("user", "add", "moi@example.vn", "--role", "one_stop", "--password-stdin")
    assert added == 0
    assert "Cán bộ một cửa" in capsys.readouterr().out


def test_an_officer_moves_to_another_agency_without_dossiers(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    def move(here: str, there: str) -> int:
        return site.run("user", "move", "motcua@example.vn", "--from", here, "--to", there)

    code = file_all(site)[0]
    with writing(site) as session:
        me = account(session, "motcua@example.vn")
        (post,) = me.memberships
        here = session.get_one(Agency, post.agency_id).slug
        dossier = session.scalars(select(Dossier).where(Dossier.lookup_code == code)).one()
        dossier.holder_id, dossier.unit_id = me.id, post.agency_id
        days = {"starts_on": date(2026, 11, 1), "ends_on": date(2026, 12, 31)}
        said = Delegation(**days, role=post.role, made_by_id=me.id, made_at=site.clock())
        said.absent_id, said.agency_id = me.id, post.agency_id
        said.substitute_id = account(session, "chuyenvien@example.vn").id
        session.add(said)
    assert move(here, here) == move("khong-co", here) == move(COMMUNE, here) == 1
    capsys.readouterr()
    assert move(here, COMMUNE) == 1
    assert "still holds 1 open dossiers" in capsys.readouterr().err
    with writing(site) as session:
        session.get_one(Dossier, dossier.id).holder_id = None
    assert move(here, COMMUNE) == 0
    assert "Cán bộ một cửa" in capsys.readouterr().out
    with site.database.sessions() as session:
        (now,) = account(session, "motcua@example.vn").memberships
        assert (now.agency_id, now.role) == (agency(session, COMMUNE).id, post.role)
        assert session.scalars(select(Delegation)).one().ended_at is not None


def test_every_command_has_help(capsys: pytest.CaptureFixture[str]) -> None:
    [commands] = [one for one in parser()._actions if one.dest == "command"]
    for name in commands.choices or ():
        with pytest.raises(SystemExit) as stopped:
            main([name, "--help"])
        assert stopped.value.code == 0
    with pytest.raises(SystemExit) as stopped:
        main(["khong-co-lenh-nay"])
    assert stopped.value.code == 2
    capsys.readouterr()


def test_an_address_that_is_taken_is_one_clear_line(site: Site) -> None:
    ini = site.folder / "site.ini"
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]
        ended = subprocess.run(
            [sys.executable, "-m", "portal", "-c", str(ini), "serve", "--no-worker"],
            env=os.environ | {"PORT": str(taken)},
            capture_output=True,
            text=True,
            check=False,
        )
    assert ended.returncode == 1
    assert f"127.0.0.1:{taken}: another program listens there" in ended.stderr
    assert ended.stderr.count("\n") == 1


def test_a_server_that_loaded_the_sample_begins_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What loading took stays with the process that did it."""
    begun: list[list[str]] = []

    def execute(_path: str, command: list[str]) -> None:
        begun.append(command[1:])
        raise SystemExit(0)

    monkeypatch.setattr("os.execv", execute)
    monkeypatch.setattr("portal.cli.site.run_prepare", lambda *_said: None)
    with pytest.raises(SystemExit):
        run_command(tmp_path, "serve", "--prepare", "--no-worker")
    ini = str(tmp_path / "site.ini")
    assert begun == [["-m", "portal", "-c", ini, "serve", "--no-worker"]]


def test_production_refuses_sample_accounts(
    site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from portal.cli.program import CommandFailed, Program
    from portal.cli.server import check_database

    with Program(str(site.folder / "site.ini")) as program:
        import dataclasses

        real = dataclasses.replace(program.settings, development=False)
        program.__dict__["settings"] = real
        with pytest.raises(CommandFailed, match="13 sample accounts"):
            check_database(program)


def test_a_new_site_gets_its_agencies_and_then_its_officers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import io

    def run(*words: str) -> int:
        monkeypatch.setattr("sys.stdin", io.StringIO("một mật khẩu dài\n"))
        return run_command(tmp_path, *words)

    officer = ("user", "add", "a@example.vn", "--role", "one_stop", "--password-stdin")
    assert run("init") == 0
    assert run(*officer) == 1
    centre = ("agency", "add", "trung-tam", "Trung tâm", "--code", "H98.01")
    assert run(*centre, "--kind", "province_centre") == 0
    assert run(*centre, "--kind", "province_centre") == 1
    commune = ("agency", "add", "xa-a", "Xã A", "--code", "H98.02", "--kind", "commune_centre")
    assert run(*commune, "--parent", "khong-co") == 1
    assert run(*commune, "--parent", "trung-tam") == 0
    assert run(*officer) == 0
    capsys.readouterr()
