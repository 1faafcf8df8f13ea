"""What a measurement says."""

from dataclasses import dataclass


@dataclass
class Figure:
    """A value with its budget; ``ratio`` is to the bare server where that makes sense."""

    name: str
    value: float
    unit: str
    budget: float | None = None
    ratio: float | None = None

    @property
    def is_met(self) -> bool:
        """Whether the budget, if there is one, is kept."""
        return self.budget is None or self.value <= self.budget


def percentile(values: list[float], share: float) -> float:
    """The value below which ``share`` of all lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
