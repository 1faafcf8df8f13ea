"""Three sites: the sample with the real catalogue, one made up to 5,000 procedures, and one
with 50,000 articles."""

import json
import shutil
from pathlib import Path

from portal.cli import main as command
from portal.cli.program import Program
from tests.bench.editing import add_articles
from tests.support.site import write_ini

WANTED = 5_000
ARTICLES = 50_000
READY = "ready"


def prepare(folder: Path) -> Path:
    """Build the site once; it is kept until its folder is removed."""
    folder = folder.absolute()
    if is_kept(folder):
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    ini = str(write_ini(folder))
    steps = (
        ["prepare"],
        ["export-procedures", str(folder / "sample.jsonl")],
    )
    for step in steps:
        assert command(["-c", ini, *step]) == 0
    more = variations(folder / "sample.jsonl", WANTED)
    (folder / "more.jsonl").write_text("".join(more), "utf-8")
    importing = ["import-procedures", str(folder / "more.jsonl"), "--publish"]
    assert command(["-c", ini, *importing]) == 0
    assert command(["-c", ini, "reindex"]) == 0
    assert command(["-c", ini, "worker", "--once"]) == 0
    (folder / READY).touch()
    return folder


def prepare_sample(folder: Path) -> Path:
    """The sample alone, with the real catalogue as it is; built once as well."""
    folder = folder.absolute()
    if is_kept(folder):
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    ini = str(write_ini(folder))
    assert command(["-c", ini, "prepare"]) == 0
    assert command(["-c", ini, "export-procedures", str(folder / "more.jsonl")]) == 0
    assert command(["-c", ini, "worker", "--once"]) == 0
    (folder / READY).touch()
    return folder


def prepare_newsroom(folder: Path) -> Path:
    """The sample with 50,000 published articles; built once as well."""
    folder = folder.absolute()
    if is_kept(folder):
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    ini = str(write_ini(folder))
    assert command(["-c", ini, "prepare"]) == 0
    with Program(ini) as program:
        add_articles(program, ARTICLES)
    (folder / READY).touch()
    return folder


def is_kept(folder: Path) -> bool:
    """Whether the site was built before; its schema is then brought to the newest version."""
    if not (folder / READY).exists():
        return False
    return command(["-c", str(folder / "site.ini"), "init"]) == 0


def variations(source: Path, wanted: int) -> list[str]:
    """Records like the real ones, with codes and names of their own."""
    records = [json.loads(line) for line in source.read_text("utf-8").splitlines()]
    lines = []
    for number in range(wanted - len(records)):
        record = dict(records[number % len(records)])
        record["code"] = f"2.{900_000 + number:06d}"
        record.pop("local_code", None)
        record["name"] = f"{record['name']} (khu vực {number // len(records) + 2})"
        record["as_of"] = "2026-07"
        record["level"] = "tỉnh" if record["level"] == "huyện" else record["level"]
        record["levels"] = [record["level"]]
        lines.append(json.dumps(record, ensure_ascii=False) + "\n")
    return lines
