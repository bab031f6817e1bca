"""What was asked of a measuring: how often, how long, how many."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Asked:
    """`count` rounds of what is quick, `minutes` of what takes long, and a folder to lay things in.

    `quick` asks for the least of everything: to see that it runs, not to measure.
    """

    folder: Path
    count: int = 200
    minutes: float = 20.0
    quick: bool = False

    def rounds(self, count: int | None = None, seconds: float = 300.0) -> Iterator[int]:
        """The numbers of the rounds; none is begun after that time, but one is in any case."""
        until = time.monotonic() + seconds
        for number in range(min(count or self.count, 2) if self.quick else count or self.count):
            if number and time.monotonic() > until:
                return
            yield number
