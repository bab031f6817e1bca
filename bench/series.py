"""The answers to one request made time after time, and the processor time that each took of its server."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass, field

from bench.client import Answer
from bench.figure import Values
from bench.process import cpu_seconds
from bench.serving import Server

# Seconds after an answer in which its server ends what it left to do; more than what a delayed
# acknowledgement holds back, which would be taken for the next answer's time.
PAUSE = 0.06


@dataclass
class Series:
    """What was found so far."""

    answers: list[Answer] = field(default_factory=list)
    cpu: list[float | None] = field(default_factory=list)

    async def note(self, server: Server, asked: Awaitable[Answer]) -> None:
        """Ask, wait a moment, and keep what the answer cost."""
        before = cpu_seconds(server.process.pid)
        self.answers.append(await asked)
        await asyncio.sleep(PAUSE)
        after = cpu_seconds(server.process.pid)
        self.cpu.append(None if before is None or after is None else (after - before) * 1000)

    @property
    def ms(self) -> Values:
        """The times in milliseconds."""
        return Values([answer.ms for answer in self.answers], self.cpu)

    @property
    def wire(self) -> Values:
        """Kilobytes that came over the line."""
        return Values([answer.wire / 1024 for answer in self.answers])

    @property
    def down(self) -> Values:
        """Kilobytes of the messages down before the connection compresses them."""
        return Values([answer.down / 1024 for answer in self.answers])
