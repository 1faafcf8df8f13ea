"""Makes one test of each vector, named as the vector, and names what is pending."""

from collections import Counter
from collections.abc import Callable

import pytest

from tests.vectors.cases import Case


def pytest_pycollect_makeitem(
    collector: pytest.Module, name: str, obj: object
) -> list[pytest.Function] | None:
    if name != "vectors" or not isinstance(obj, list):
        return None
    return [
        pytest.Function.from_parent(collector, name=case.name, callobj=_test(case)) for case in obj
    ]


def _test(case: Case) -> Callable[[], None]:
    def run() -> None:
        case.run()

    return run


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = terminalreporter.stats.get("skipped", [])
    reasons = (str(report.longrepr[2]) for report in skipped if isinstance(report.longrepr, tuple))
    pending = Counter(reason.partition("later: ")[2] for reason in reasons if "later: " in reason)
    if pending:
        terminalreporter.section("domain vectors of later work, pending")
        for group, count in pending.items():
            terminalreporter.line(f"later: {group} ({count})")
