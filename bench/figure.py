"""One figure of the table: what was found, what it is compared with, and what was to be reached."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure by its name.

    With `bare`, what the bare app takes for the like, the goal is for the ratio of both; else for the value.
    `cpu` and `bare_cpu` are the server's processor time for the same, in milliseconds. `p95` is the smallest
    value that 95 of 100 do not exceed, `count` how many values the median is of.
    """

    name: str
    unit: str
    value: float
    goal: float | None = None
    bare: float | None = None
    count: int = 1
    p95: float | None = None
    cpu: float | None = None
    bare_cpu: float | None = None
    at_least: bool = False

    @property
    def ratio(self) -> float | None:
        """How many times the bare app's value it is."""
        return self.value / self.bare if self.bare else None

    @property
    def met(self) -> bool | None:
        """Whether the goal is reached; None where there is none."""
        if self.goal is None:
            return None
        judged = self.value if self.ratio is None else self.ratio
        return judged >= self.goal if self.at_least else judged <= self.goal

    def as_json(self) -> dict[str, object]:
        """The figure for other programs."""
        told = {"name": self.name, "value": self.value, "bare": self.bare, "ratio": self.ratio}
        told |= {"goal": self.goal, "met": self.met, "unit": self.unit, "count": self.count}
        return told | {"p95": self.p95, "cpu": self.cpu, "bare_cpu": self.bare_cpu}


def p95(values: Sequence[float]) -> float:
    """The smallest value that 95 of 100 do not exceed."""
    return sorted(values)[math.ceil(0.95 * len(values)) - 1]


def mean(values: Sequence[float | None]) -> float | None:
    """The mean of those that are known."""
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


@dataclass(frozen=True, slots=True)
class Values:
    """What was found for one thing, time after time: milliseconds or the like, and processor time beside it."""

    found: Sequence[float]
    cpu: Sequence[float | None] = ()

    def figure(self, name: str, unit: str, goal: float | None = None, bare: Values | None = None) -> Figure:
        """The figure that they make, set beside what the bare app took."""
        return Figure(
            name,
            unit,
            median(self.found),
            goal,
            median(bare.found) if bare else None,
            len(self.found),
            p95(self.found),
            mean(self.cpu),
            mean(bare.cpu) if bare else None,
        )
