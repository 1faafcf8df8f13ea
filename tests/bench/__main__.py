"""The benchmark's table."""

import json
import sys
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

from tests.bench.figures import Figure
from tests.bench.measures import measure
from tests.bench.reports import on_postgresql, on_sqlite, prepare_dossiers
from tests.bench.site import prepare, prepare_newsroom, prepare_sample

FOLDER = Path("var/bench")


def row(figure: Figure) -> str:
    """One line of the table."""
    ratio = f"{figure.ratio:.1f} ×" if figure.ratio is not None else ""
    verdict = "đạt" if figure.is_met else "VƯỢT" if figure.budget is not None else ""
    budget = f"≤ {figure.budget:g} {figure.unit}" if figure.budget is not None else ""
    value = f"{figure.value:.2f} {figure.unit}"
    return f"{figure.name:<44}{budget:>14}{value:>14}{ratio:>10}  {verdict}"


def main() -> int:
    """Measure and print; exit 1 if a budget is not met."""
    site, sample = prepare(FOLDER / "site"), prepare_sample(FOLDER / "sample")
    newsroom = prepare_newsroom(FOLDER / "newsroom")
    dossiers = prepare_dossiers(FOLDER / "dossiers")
    print(f"{'':<44}{'budget':>14}{'figure':>14}{'ratio':>10}  verdict")
    figures = []
    parts = (
        measure(site, sample, newsroom),
        on_sqlite(dossiers),
        on_postgresql(FOLDER / "postgresql"),
    )
    for figure in chain(*parts):
        figures.append(figure)
        print(row(figure), flush=True)
    FOLDER.mkdir(parents=True, exist_ok=True)
    now = datetime.now(UTC)
    target = FOLDER / f"{now:%Y%m%dT%H%M%SZ}.json"
    target.write_text(json.dumps([vars(one) for one in figures], ensure_ascii=False, indent=1))
    print(f"\n{target}")
    return 0 if all(one.is_met for one in figures if one.budget is not None) else 1


if __name__ == "__main__":
    sys.exit(main())
