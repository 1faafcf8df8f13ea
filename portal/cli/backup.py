"""Commands: backup, restore. Database and files together, with digests, while serving.

A backup is a folder: the database's copy, ``files/`` as in the store, ``SHA256SUMS`` (which
``sha256sum -c`` reads) and, written last, ``backup.json``. A folder without it is none.
The settings are not in it: they hold secrets.
"""

import argparse
import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from content.files import DiskStore
from content.files.model import StoredFile
from content.files.store import CHUNK
from content.schema import is_current, revisions
from portal.cli.database_copies import aside, copies_of
from portal.cli.index import run_reindex
from portal.cli.program import CommandFailed, Program

FACTS, SUMS, FILES = "backup.json", "SHA256SUMS", "files"
FORMAT = 1
SHOWN = 10


def add_commands(commands: Any) -> None:
    """Add this module's commands."""
    backup = commands.add_parser("backup", help="one consistent copy of database and files")
    backup.add_argument("folder", type=Path, help="a new or empty folder")
    backup.set_defaults(run=run_backup)
    restore = commands.add_parser("restore", help="make a backup the site's database and files")
    restore.add_argument("folder", type=Path, help="what `backup` wrote")
    restore.add_argument(
        "--replace", action="store_true", help="also over data that are there; files move aside"
    )
    restore.set_defaults(run=run_restore)


def run_backup(program: Program, args: argparse.Namespace) -> int:
    """Files, database, files that came meanwhile: each row of the copy has its bytes.

    What is damaged already is named, and the exit code is 1; the backup is made all the same.
    """
    if not is_current(program.database.engine):
        raise CommandFailed("the schema is not current: run `portal init` first")
    folder: Path = args.folder
    if folder.exists() and any(folder.iterdir()):
        raise CommandFailed(f"{folder}: thư mục không trống; chọn thư mục mới")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # it holds what people filed
    (folder / FILES).mkdir(exist_ok=True)
    copies = copies_of(program.database.engine)
    with program.database.engine.connect() as live:
        for key, _digest in _rows(live):
            _copy(program.file_store, key, folder)
    sums: dict[str, str] = {}
    damaged: list[str] = []
    with copies.save(folder / copies.file) as seen:
        sums[copies.file] = _digest_of(folder / copies.file)
        for key, digest in _rows(seen):
            found = _copy(program.file_store, key, folder)
            if found:
                sums[_place(key)] = found
            if found != digest:
                damaged.append(key)
        version = seen.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one()
    lines = "".join(f"{digest}  {place}\n" for place, digest in sums.items())
    (folder / SUMS).write_text(lines, "utf-8")
    facts = {
        "format": FORMAT,
        "made_at": program.now.isoformat(),
        "kind": copies.kind,
        "schema": version,
        "files": len(sums) - 1,
        "damaged": damaged,
    }
    (folder / FACTS).write_text(json.dumps(facts, indent=1) + "\n", "utf-8")
    print(f"Đã sao lưu cơ sở dữ liệu và {len(sums) - 1} tệp vào {folder}.")
    if damaged:
        raise CommandFailed(
            f"{len(damaged)} tệp đã mất hoặc hỏng từ trước: {', '.join(damaged[:SHOWN])}"
        )
    return 0


def run_restore(program: Program, args: argparse.Namespace) -> int:
    """Look at all of the backup first; then the database, then the files, then the index."""
    folder: Path = args.folder
    facts = _facts(folder)
    copies = copies_of(program.database.engine)
    _may_be_used(facts, copies.kind)
    places = _checked(folder)
    store = program.settings.blob_dir
    has_files = any(store.glob("??/*"))
    if (has_files or not copies.is_empty()) and not args.replace:
        raise CommandFailed("đã có dữ liệu ở đây; dừng cổng rồi thêm --replace")
    program.database.engine.dispose()
    before = [copies.put_back(folder / copies.file, program.now)]
    if has_files:
        before.append(aside(store, program.now))
    DiskStore(store)
    for place in places:
        if place.startswith(f"{FILES}/"):
            target = store.parent / place
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(folder / place, target)
    print(f"Đã khôi phục cơ sở dữ liệu và {len(places) - 1} tệp của {facts['made_at']}.")
    for path in filter(None, before):
        print(f"Dữ liệu trước đó còn ở {path}.")
    if is_current(program.database.engine):
        return run_reindex(program, args)
    print("Lược đồ cũ hơn chương trình: chạy `portal init`, rồi `portal reindex`.")
    return 0


def _may_be_used(facts: dict[str, Any], kind: str) -> None:
    if facts["kind"] != kind:
        raise CommandFailed(f"bản sao của {facts['kind']}, cấu hình đang dùng {kind}")
    if facts["schema"] not in revisions():
        raise CommandFailed(f"bản sao của phiên bản mới hơn (lược đồ {facts['schema']})")


def _rows(connection: Connection) -> list[tuple[str, str]]:
    found = connection.execute(select(StoredFile.key, StoredFile.sha256).order_by(StoredFile.id))
    return [(key, digest) for key, digest in found.all()]


def _place(key: str) -> str:
    """Where a file lies in a backup, and below the data folder."""
    return f"{FILES}/{key[:2]}/{key}"


def _copy(store: DiskStore, key: str, folder: Path) -> str | None:
    """Copy one file, unless it is there; its digest, or ``None`` if its bytes are lost."""
    target = folder / _place(key)
    if not target.exists():
        try:
            source = store.open(key)
        except FileNotFoundError:
            return None
        target.parent.mkdir(exist_ok=True)
        with source, target.open("wb") as out:
            shutil.copyfileobj(source, out, CHUNK)
    return _digest_of(target)


def _digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _facts(folder: Path) -> dict[str, Any]:
    try:
        facts = json.loads((folder / FACTS).read_text("utf-8"))
        is_ours = facts["format"] == FORMAT and {"kind", "schema", "made_at"} <= set(facts)
    except (OSError, ValueError, KeyError, TypeError):
        is_ours = False
    if not is_ours:
        raise CommandFailed(f"{folder}: không phải bản sao lưu đầy đủ (thiếu {FACTS})")
    return dict(facts)


def _checked(folder: Path) -> list[str]:
    """All places of a backup, after each was compared with its digest."""
    lines = (folder / SUMS).read_text("utf-8").splitlines()
    said = [(place, digest) for digest, _, place in (line.partition("  ") for line in lines)]
    bad = [
        place
        for place, digest in said
        if ".." in place or not (folder / place).is_file() or _digest_of(folder / place) != digest
    ]
    if bad:
        raise CommandFailed(f"bản sao hỏng ở {len(bad)} chỗ, chưa đổi gì: {', '.join(bad[:SHOWN])}")
    return [place for place, _ in said]
