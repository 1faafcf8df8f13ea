"""Commands about procedures: import and export."""

import argparse
import json
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from content.procedures import importing
from content.procedures.decisions import PublicationDecision
from content.procedures.difference import Difference
from content.procedures.files import Where, exported, problem_line, read_file, record_number
from content.procedures.importing import Change, Plan, PlannedRow
from content.procedures.kinds import Filing
from content.procedures.merging import runs
from content.procedures.merging.completing import complete
from content.procedures.merging.models import MAX_FILE_NAME, ImportRun, RunState, Source
from content.procedures.standing import today
from portal.cli.program import CommandFailed, Program

SHOWN_VALUE = 120
NATIONAL_WORDS = {
    "queued": "đưa vào hàng chờ",
    "gone": "không còn trong tệp",
    "proposed": "chỉ bên kia đổi",
    "conflict": "hai bên cùng đổi",
    "new": "thủ tục mới",
    "unchanged": "giữ nguyên",
}
SHOWN_DIFFERENCES = 200


def add_commands(commands: Any) -> None:
    """Add this module's commands."""
    imports = commands.add_parser(
        "import-procedures", help="import (.json list, .jsonl lines, .xlsx)"
    )
    imports.add_argument("file", type=Path)
    imports.add_argument("--dry-run", action="store_true", help="show the difference only")
    imports.add_argument("--publish", action="store_true", help="adopt them by a decision")
    imports.add_argument("--decision", help="number of that decision, such as 663/QĐ-UBND")
    imports.add_argument("--signed", type=date.fromisoformat, help="day it was signed: 2026-11-23")
    imports.add_argument(
        "--national", action="store_true", help="compare with ours and queue the differences"
    )
    imports.add_argument(
        "--whole", action="store_true", help="with --national: the file is the whole catalogue"
    )
    imports.set_defaults(run=run_import)
    exports = commands.add_parser(
        "export-procedures", help="export (.json list, .jsonl lines, .xlsx)"
    )
    exports.add_argument("file", type=Path)
    exports.set_defaults(run=run_export)


def run_import(program: Program, args: argparse.Namespace) -> int:
    """Import; nothing is written if any record is refused, or if an editor is at one."""
    if args.national:
        return run_national(program, args)
    given, where = read_file(args.file.read_bytes())
    with program.writing() as session:
        planned = importing.plan(session, complete(session, given, Source.OWN))
        report(planned, where)
        if not planned.is_sound:
            raise CommandFailed(f"{planned.counts['rejected']} bản ghi bị từ chối; chưa ghi gì")
        _refuse_held(importing.held(session, planned))
        if args.dry_run:
            return 0
        filing = Filing(program.settings.filing_default)
        written = importing.apply(
            session, planned, now=program.now, filing=filing, progress=show_progress
        )
        if args.publish and written:
            session.flush()  # entries of the decision point at the new versions
            importing.adopt(session, make_decision(program, args), written, now=program.now)
    return 0


def _refuse_held(rows: list[PlannedRow]) -> None:
    """Editors' work is never overwritten from here."""
    if not rows:
        return
    for row in rows:
        print(f"đang được biên tập: {row.code or ''} {row.name[:80]} (cấp {row.level})")
    raise CommandFailed(
        f"{len(rows)} thủ tục có bản nháp hoặc bản chờ công bố của người biên tập; chưa ghi gì. "
        "Dùng --national để đưa khác biệt vào hàng chờ so sánh."
    )


def run_national(program: Program, args: argparse.Namespace) -> int:
    """Compare a file with ours in three ways; differences wait for editors."""
    data = args.file.read_bytes()
    # A dry run is a run whose transaction ends with nothing.
    with program.reading() if args.dry_run else program.writing() as session:
        run = ImportRun(
            source=Source.NATIONAL,
            state=RunState.CHECKING,
            file_name=args.file.name[:MAX_FILE_NAME],
            report={"whole": True} if args.whole else {},
            done=0,
            total=0,
            created_at=program.now,
        )
        session.add(run)
        session.flush()  # differences name the run
        judged = runs.judge(session, data, Source.NATIONAL)
        runs.look(session, run, judged)
        for line in judged.problems:
            print(line, file=sys.stderr)
        if judged.problems:
            raise CommandFailed(f"{len(judged.problems)} chỗ sai; chưa ghi gì")
        if args.dry_run:
            counts = run.report["counts"]
        else:
            runs.take(session, run, judged.records, now=program.now)
            runs.finish(session, run, judged.records, program.now)
            counts = run.report["result"]
    print(", ".join(f"{NATIONAL_WORDS[name]} {count}" for name, count in counts.items()))
    return 0


def make_decision(program: Program, args: argparse.Namespace) -> PublicationDecision:
    """The decision by which this authority adopts what was imported."""
    day = args.signed or today(program.now)
    return PublicationDecision(
        number=args.decision or f"nhập liệu {day:%d/%m/%Y}",
        signed_on=day,
        agency=program.settings.site.authority,
        is_sample=program.settings.site.sample,
    )


def report(planned: Plan, where: Where = record_number) -> None:
    """What would happen to each row, and the sums."""
    for row in planned.rows:
        name = " ".join(part for part in (row.code, row.name[:80]) if part)
        for problem in row.problems:
            print(problem_line(row.number, problem, where), file=sys.stderr)
        if row.unknown_keys:
            print(f"bản ghi {row.number}: khóa lạ {', '.join(row.unknown_keys)}", file=sys.stderr)
        if row.change is Change.CHANGED:
            print(f"đổi: {name} (cấp {row.level})")
            for one in row.differences[:SHOWN_DIFFERENCES]:
                print(f"  {difference_line(one)}")
    report_repairs(planned.rows)
    words = {"added": "thêm", "changed": "đổi", "unchanged": "giữ nguyên", "rejected": "từ chối"}
    print(", ".join(f"{words[key]} {count}" for key, count in planned.counts.items()))


def report_repairs(rows: tuple[PlannedRow, ...]) -> None:
    """How records were read otherwise than written; one line a rule, with its records."""
    new = [row for row in rows if row.change in {Change.ADDED, Change.CHANGED}]
    rules = Counter(repair.code for row in new for repair in row.repairs)
    for code, count in sorted(rules.items()):
        of_rule = [row for row in new if any(one.code == code for one in row.repairs)]
        keys = ", ".join(row.code or row.name[:30] for row in of_rule[:8])
        more = " …" if len(of_rule) > 8 else ""
        print(f"sửa khi đọc: {code}: {count} chỗ ({keys}{more})")


def difference_line(one: Difference) -> str:
    """``fee[1].amount: 8000 → 10000``."""
    return f"{one.path}: {_short(one.old)} → {_short(one.new)}"


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= SHOWN_VALUE else text[:SHOWN_VALUE] + "…"


def show_progress(done: int, of: int) -> None:
    """On a terminal only."""
    if sys.stderr.isatty():
        print(f"\r{done}/{of}", end="\n" if done == of else "", file=sys.stderr, flush=True)


def run_export(program: Program, args: argparse.Namespace) -> int:
    """Export all readable procedures; written aside and renamed, so never half a file."""
    if args.file.is_dir():
        raise CommandFailed(f"{args.file}: là thư mục, không phải tệp")
    if not args.file.parent.is_dir():
        raise CommandFailed(f"{args.file.parent}: không có thư mục này")
    aside = args.file.with_name(f".{args.file.name}.part")
    with program.reading() as session, aside.open("wb") as out:
        out.writelines(exported(session, args.file.suffix.lower()))
    aside.replace(args.file)
    print(f"Đã xuất ra {args.file}.")
    return 0
