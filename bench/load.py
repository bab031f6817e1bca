"""A crowd of guests on Today, each with an action every two seconds: a process of its own beside the server.

`python -m bench.load ADDRESS` lets more and more of them in until an answer takes too long, and prints one line
of JSON for each size of the crowd.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import random
import sys
import time
from contextlib import AsyncExitStack, suppress
from dataclasses import asdict, dataclass, field

from bench.client import Client, Gone, PageFailed, visiting
from bench.figure import p95
from bench.guest import kept_texts, open_as_guest
from bench.stock import ZONE
from bench.ticks import THANKED, UNDO

INTERVAL = 2.0  # seconds from one action of a guest to the next
LIMIT_MS = 500.0
A_STEP, MOST = 25, 500
AT_ONCE = 4  # of those who come in at the same time
SETTLING = 2.0  # seconds after they came in


@dataclass(frozen=True, slots=True)
class Held:
    """How a crowd was answered: how many guests, how many answers, their 95th percentile, how many failed."""

    sessions: int
    answers: int
    p95: float
    failed: int

    @property
    def is_well(self) -> bool:
        """Whether everybody was answered in time."""
        return self.failed == 0 and self.p95 <= LIMIT_MS


@dataclass
class Crowd:
    """The guests that are in."""

    address: str
    stack: AsyncExitStack
    guests: list[asyncio.Task[None]] = field(default_factory=list)
    found: list[float] = field(default_factory=list)
    failed: int = 0

    async def grow(self, size: int) -> None:
        """Let guests in until there are so many, a few at a time."""
        gate = asyncio.Semaphore(AT_ONCE)
        coming = [self._let_in(gate) for _ in range(size - len(self.guests))]
        for visitor in await asyncio.gather(*coming):
            self.guests.append(asyncio.create_task(self._act(visitor)))

    async def watch(self, seconds: float) -> Held:
        """How they are answered in so many seconds."""
        await asyncio.sleep(SETTLING)
        self.found, self.failed = [], 0
        await asyncio.sleep(seconds)
        return Held(len(self.guests), len(self.found), p95(self.found or [float("inf")]), self.failed)

    async def _let_in(self, gate: asyncio.Semaphore) -> Client:
        async with gate:
            visitor = await self.stack.enter_async_context(visiting(self.address, ZONE))
            await open_as_guest(visitor, kept_texts())
            return visitor

    async def _act(self, visitor: Client) -> None:
        """Say that somebody was thanked, take it back, and so on; whoever is answered late goes on at once."""
        await asyncio.sleep(random.random() * INTERVAL)  # noqa: S311 - nobody guesses anything from it
        turn = 0
        while True:
            began = time.monotonic()
            try:
                self.found.append((await visitor.click((THANKED, UNDO)[turn % 2])).ms)
            except (LookupError, PageFailed, Gone, TimeoutError):
                self.failed += 1
            turn += 1
            await asyncio.sleep(max(0.0, began + INTERVAL - time.monotonic()))

    async def leave(self) -> None:
        """Have all of them go."""
        for guest in self.guests:
            guest.cancel()
        for guest in self.guests:
            with suppress(asyncio.CancelledError):
                await guest


async def fill(address: str, sizes: range, seconds: float) -> None:
    """Let in ever more, until the answers come too late, and say how each size was answered."""
    async with AsyncExitStack() as stack:
        crowd = Crowd(address, stack)
        for size in sizes:
            await crowd.grow(size)
            held = await crowd.watch(seconds)
            print(json.dumps(asdict(held)), flush=True)  # noqa: T201 - what it is for
            if not held.is_well:
                break
        await crowd.leave()


def main() -> int:
    """Fill a server; the result is the exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench.load", description=__doc__)
    parser.add_argument("address")
    parser.add_argument("--first", type=int, default=50)
    parser.add_argument("--step", type=int, default=A_STEP)
    parser.add_argument("--most", type=int, default=MOST)
    parser.add_argument("--seconds", type=float, default=12.0)
    asked = parser.parse_args()
    gc.freeze()
    asyncio.run(fill(asked.address, range(asked.first, asked.most + 1, asked.step), asked.seconds))
    return 0


if __name__ == "__main__":
    sys.exit(main())
