"""The worker's program on a clock that stands still."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from portal.cli.program import Program
from tests.support.clock import StoppedClock
from tests.support.site import Site, write_ini


class Clocked(Program):
    """The worker's program on the site's clock."""

    clock: StoppedClock

    @property
    def now(self) -> datetime:
        """What the site's clock shows."""
        return self.clock()


@contextmanager
def clocked(site: Site) -> Iterator[Program]:
    with Clocked(str(write_ini(site.folder))) as program:
        program.clock = site.clock
        yield program
