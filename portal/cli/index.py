"""Commands about search: reindex, search-eval."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from portal.cli.program import CommandFailed, Program

STEP = 200


def add_commands(commands: Any) -> None:
    """Add this module's commands."""
    reindex = commands.add_parser("reindex", help="build a new index beside the old and switch")
    reindex.set_defaults(run=run_reindex)
    evaluation = commands.add_parser("search-eval", help="gold queries: success@1, @3, MRR, misses")
    evaluation.add_argument("file", type=Path)
    evaluation.add_argument("--json", action="store_true")
    evaluation.set_defaults(run=run_evaluation)


def run_reindex(program: Program, _args: argparse.Namespace) -> int:
    """Build anew from the database and switch."""
    from search.indexer import Indexer  # noqa: PLC0415 - imports the search engine
    from search.whoosh_index import WhooshIndex  # noqa: PLC0415

    indexer = Indexer(program.database.sessions, WhooshIndex(program.settings.index_dir))
    print(f"Chỉ mục: {indexer.rebuild(show_progress)} tài liệu.")
    return 0


def is_missing(program: Program) -> bool:
    """Whether the index has to be built before anything can be found."""
    from search.whoosh_index import WhooshIndex  # noqa: PLC0415 - imports the search engine

    return not WhooshIndex(program.settings.index_dir).is_built()


def show_progress(done: int) -> None:
    """On a terminal only."""
    if done % STEP == 0 and sys.stderr.isatty():
        print(f"\r{done} tài liệu", end="", file=sys.stderr, flush=True)


def run_evaluation(program: Program, args: argparse.Namespace) -> int:
    """Ask every gold query of this site's index."""
    from portal.vocabulary import read  # noqa: PLC0415 - imports the search side of words
    from search.evaluation import BadGoldFile, evaluate, read_gold  # noqa: PLC0415
    from search.service import SearchService  # noqa: PLC0415
    from search.whoosh_index import WhooshIndex  # noqa: PLC0415

    try:
        gold = read_gold(args.file)
    except BadGoldFile as error:
        raise CommandFailed(f"{args.file}: {error}") from error
    with program.reading() as session:
        vocabulary = read(session)
    service = SearchService(WhooshIndex(program.settings.index_dir), vocabulary.synonyms)
    report = evaluate(gold, service, program.now)
    if args.json:
        print(json.dumps(report.as_json(), ensure_ascii=False, indent=2))
    else:
        print("\n".join(report.as_lines()))
    return 0
