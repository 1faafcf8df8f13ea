"""Commands that bring an older system's lists in: units, accounts, open dossiers.

All or nothing; every bad row is named with its column, in words.
"""

import argparse
import csv
import sys
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import select

from content.agencies import bringing_in as units
from content.agencies.models import Agency
from content.calendar.store import load_calendar
from content.dossiers import incoming
from content.dossiers.bringing_in import BringingIn
from content.dossiers.owner_secret import OwnerSecrets
from content.dossiers.reference import Scheme
from content.dossiers.rules import FilingRules
from content.people import bringing_in as accounts
from content.procedures.form_bindings import StoredForms
from content.procedures.spreadsheets.tables import TableProblem, TableRow, read_table
from portal.cli.program import CommandFailed, Program

SHOWN = 200
_FILE_WORDS = {
    "spreadsheet_too_big": "bảng tính quá lớn",
    "not_a_spreadsheet": "không phải bảng tính .xlsx",
    "broken_spreadsheet": "bảng tính bị hỏng",
    "empty_file": "bảng tính không có dòng nào",
    "column_missing": "thiếu cột “{title}”",
    "column_unknown": "cột lạ “{title}”",
    "column_twice": "cột “{title}” có hai lần",
}
_WORDS = {
    "required": "chưa ghi",
    "unknown": "không có trong hệ thống",
    "taken": "đã có",
    "twice": "có hai lần trong tệp",
    "differs": "khác dòng trước của cùng thư điện tử",
    "too_long": "dài quá",
    "bad_code": "không đúng dạng mã hồ sơ",
    "bad_day": "không phải ngày, giờ; ví dụ đúng: 27/10/2026 09:32",
    "bad_number": "không phải số nguyên dương",
    "bad_slug": "chỉ gồm chữ thường không dấu, số, gạch nối",
    "bad_email": "không đúng dạng thư điện tử",
    "day_out_of_range": "ở tương lai hoặc trước năm 2000",
    "born_out_of_range": "ở tương lai hoặc trước năm 1900",
    "before_receipt": "trước lúc tiếp nhận",
    "too_late": "sau lúc tiếp nhận quá mười năm",
    "not_open": "chỉ nhận tình trạng 2, 4 hoặc 9",
    "does_not_receive": "không phải nơi tiếp nhận hồ sơ",
    "register_closed": "sổ của năm đó đã khóa",
}


def add_commands(commands: Any) -> None:
    """Add this module's commands."""
    for name, run, words in (
        ("import-units", run_units, "agencies from a spreadsheet"),
        ("import-accounts", run_accounts, "officials' accounts from a spreadsheet"),
        ("import-dossiers", run_dossiers, "open dossiers of an older system from a spreadsheet"),
    ):
        command = commands.add_parser(name, help=words)
        command.add_argument("file", type=Path)
        command.add_argument("--dry-run", action="store_true", help="say what would be done")
        if run is run_accounts:
            command.add_argument("--links", type=Path, help="write the invitations to this file")
        command.set_defaults(run=run)


def run_units(program: Program, args: argparse.Namespace) -> int:
    """Add and change agencies."""
    rows = _rows(args.file, units.TITLES, units.REQUIRED)
    with program.writing() as session:
        made = units.plan(session, rows)
        _refuse(made.problems, units.TITLES)
        if not args.dry_run:
            units.write(session, made)
    added, changed = len(made.added), len(made.changed)
    print(f"thêm {added}, đổi {changed}, giữ nguyên {made.unchanged}{_tried(args)}")
    return 0


def run_accounts(program: Program, args: argparse.Namespace) -> int:
    """Make accounts; each person chooses the password behind a link that is good once."""
    from portal.security.passwords import Argon2Hasher  # noqa: PLC0415 - allocates 64 MiB

    rows = _rows(args.file, accounts.TITLES, accounts.REQUIRED)
    with program.writing() as session:
        known = {
            key: one.id for one in session.scalars(select(Agency)) for key in (one.code, one.slug)
        }
        made = accounts.plan(session, rows, known)
        _refuse(made.problems, accounts.TITLES)
        links: list[tuple[str, str, str]] = []
        if not args.dry_run:
            written = accounts.write(session, made, Argon2Hasher(), program.now)
            base = program.settings.site.base_url
            links = [(one.email, one.name, f"{base}/loi-moi/{token}") for one, token in written]
            _hand_out(links, args.links)
    print(f"thêm {len(made.people)} tài khoản{_tried(args)}")
    return 0


def run_dossiers(program: Program, args: argparse.Namespace) -> int:
    """Bring dossiers in, with code, receipt and promised date unchanged."""
    rows = _rows(args.file, incoming.TITLES, incoming.REQUIRED)
    settings = program.settings
    with program.writing() as session:
        rules = FilingRules(
            forms=StoredForms(session),
            calendar=load_calendar(session),
            secrets=OwnerSecrets(settings.secret),
            follow_url=lambda code: f"{settings.site.base_url}/tra-cuu?ma={code}",
            code_scheme=Scheme(settings.dossier_code_scheme),
        )
        reader = incoming.Reader(session, program.now)
        good = reader.read(rows)
        found = [(one.row, one.key, one.code, one.value) for one in reader.problems]
        _refuse(found, incoming.TITLES)
        if not args.dry_run:
            BringingIn(session, program.now, rules).write(good)
    print(f"chuyển vào {len(good)} hồ sơ{_tried(args)}")
    return 0


def _rows(file: Path, titles: Mapping[str, str], required: Collection[str]) -> list[TableRow]:
    try:
        return read_table(file.read_bytes(), titles, required)
    except TableProblem as problem:
        words = _FILE_WORDS.get(problem.code, problem.code).format(title=problem.title)
        raise CommandFailed(f"{file}: {words}") from None


def _refuse(problems: Iterable[tuple[int, str, str, str]], titles: Mapping[str, str]) -> None:
    """Name every bad row, then refuse: nothing has been written."""
    columns = {key: title for title, key in titles.items()}
    found = list(problems)
    for row, key, code, value in found[:SHOWN]:
        said = f" (“{value}”)" if value else ""
        column = columns.get(key, key)
        print(f"dòng {row}, cột “{column}”: {_WORDS.get(code, code)}{said}", file=sys.stderr)
    if found:
        rows = len({row for row, *_ in found})
        raise CommandFailed(f"chưa ghi gì: {len(found)} chỗ chưa đúng ở {rows} dòng")


def _hand_out(links: list[tuple[str, str, str]], file: Path | None) -> None:
    """The links, readable by the administrator alone; else on the terminal."""
    if file is None:
        for email, _name, link in links:
            print(f"{email}\t{link}")
        return
    file.touch(mode=0o600)
    file.chmod(0o600)  # before there is anything in it, also where the file was there already
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["Thư điện tử", "Họ tên", "Liên kết đặt mật khẩu (7 ngày, dùng một lần)"])
        writer.writerows(links)


def _tried(args: argparse.Namespace) -> str:
    return " (chạy thử, chưa ghi gì)" if args.dry_run else ""
