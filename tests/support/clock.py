"""A clock that stands still until it is moved."""

from datetime import UTC, datetime, timedelta


class StoppedClock:
    """Callable like the real one."""

    def __init__(self, now: datetime = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)) -> None:
        self.now = now

    def __call__(self) -> datetime:
        """The instant it shows; 10:00 in Việt Nam on Monday 23/11/2026 to begin with."""
        return self.now

    def move(self, **step: float) -> None:
        """Let time pass: ``clock.move(days=1)``."""
        self.now += timedelta(**step)
