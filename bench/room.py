"""Measures a workshop with 200 members on their phones: how soon a tap is confirmed, and a move on every screen."""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from afterword.content import load_handbook
from afterword.domain.workshop import ASKS, choices_of
from bench.roomful import Leader, Member, joining, leading
from bench.serving import served

KEY = "QUIET-OTTER-7K3M"
AGENDA = "forty-five"
JOIN_WITHIN = 60.0  # seconds
EVERY = 20.0  # seconds, in which each member answers once
LOOK = 3.0  # seconds that a leader waits before they move on
PATIENCE = 60.0


@dataclass
class Held:
    """A workshop that is held, and what was found: times in seconds."""

    address: str
    file: Path
    count: int
    members: list[Member] = field(default_factory=list)
    joined: list[float] = field(default_factory=list)
    confirmed: list[float] = field(default_factory=list)
    shown: list[float] = field(default_factory=list)
    moves: int = 0
    wrong: list[str] = field(default_factory=list)

    async def hold(self, minutes: float, join_within: float) -> None:
        """Have everybody join, then ask, answer, reveal and move on until the time is over."""
        over = asyncio.Event()
        async with leading(self.address, KEY, "After the interview, in 45") as leader:
            lives = [
                asyncio.create_task(self.live(leader.code, join_within * number / self.count, over))
                for number in range(self.count)
            ]
            while len(self.members) < self.count:
                await asyncio.sleep(0.1)
                check(lives)
            until = time.monotonic() + minutes * 60
            while time.monotonic() < until:
                await self.block(leader)
            over.set()
            await asyncio.gather(*lives)

    async def live(self, code: str, wait: float, over: asyncio.Event) -> None:
        """One member from coming to going."""
        await asyncio.sleep(wait)
        came = time.perf_counter()
        async with joining(self.address, code) as member:
            self.joined.append(time.perf_counter() - came)
            self.members.append(member)
            await over.wait()

    async def block(self, leader: Leader) -> None:
        """One block: everybody answers its question, its result is shown, and the room moves on."""
        block = load_handbook().agendas[AGENDA].block(self.at(leader.room))
        if block.kind in ASKS:
            chosen = await asyncio.gather(*(self.answer(member) for member in self.members))
            self.compare(leader.room, block.id, Counter(chosen))
            await self.move(leader, "Show the result")
        await asyncio.sleep(LOOK)
        if block.id == load_handbook().agendas[AGENDA].blocks[-1].id:
            await self.move(leader, "1. ")
            await self.move(leader, "Drop the answers and ask again")
        else:
            await self.move(leader, "Next")
            if "The result is shown" in {s.label for s in leader.visitor.page.shown.values()}:
                await self.move(leader, "Drop the answers and ask again")

    async def answer(self, member: Member) -> str:
        """Tap an option at some moment of the next seconds; which one it was."""
        await asyncio.sleep(random.uniform(0, EVERY))  # noqa: S311 - spreads the taps
        option = random.choice(member.options)  # noqa: S311
        self.confirmed.append(await member.answer(option))
        return option

    async def move(self, leader: Leader, button: str) -> None:
        """An act of the leader, and when it was on every screen."""
        begun = time.perf_counter()
        await leader.visitor.click(button)
        leader.note()
        turn = leader.turn
        async with asyncio.timeout(PATIENCE):
            seen = await asyncio.gather(*(member.at(turn) for member in self.members))
        self.shown += [when - begun for when in seen]
        self.moves += 1

    def at(self, room: str) -> str:
        """The block at which the room is."""
        return str(self.asked("select block from rooms where id = ?", room)[0][0])

    def compare(self, room: str, block: str, chosen: Counter[str]) -> None:
        """Note what is kept otherwise than it was tapped."""
        handbook = load_handbook()
        words = {
            choice.id: choice.words
            for choice in choices_of(handbook.agendas[AGENDA].block(block), handbook.scenarios)
        }
        rows = self.asked("select choice from answers where room = ? and block = ?", room, block)
        kept = Counter(words[choice] for (choice,) in rows)
        if kept != chosen:
            self.wrong.append(f"{block}: kept {kept}, tapped {chosen}")

    def asked(self, question: str, *values: str) -> list[tuple[str, ...]]:
        """What the rooms' file says."""
        with closing(sqlite3.connect(f"file:{self.file}?mode=ro", uri=True)) as connection:
            return connection.execute(question, values).fetchall()


def check(lives: Sequence[asyncio.Task[None]]) -> None:
    """Raise what made a member fail."""
    for life in lives:
        if life.done():
            life.result()


def percentile(values: Sequence[float], of: int) -> float:
    """The value that so many of a hundred do not exceed."""
    return statistics.quantiles(values, n=100, method="inclusive")[of - 1]


def used(process: int) -> tuple[float, int]:
    """The seconds of work of a process so far, and the most memory it had, in megabytes."""
    parts = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
    status = Path(f"/proc/{process}/status").read_text("utf-8")
    most = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))
    return (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK"), most // 1024


def measured(count: int, minutes: float, join_within: float, module: str = "server") -> str:
    """The report on a workshop with so many members, for so many minutes."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "rooms.sqlite3"
        settings = {"AFTERWORD_ROOM": "1", "AFTERWORD_LEADER_KEY": KEY, "AFTERWORD_ROOMS": str(file)}
        with served(module, Path(folder) / "server", **settings) as server:
            server.wait()
            held = Held(server.address, file, count)
            before, begun = used(server.process.pid)[0], time.monotonic()
            own = time.process_time()
            asyncio.run(held.hold(minutes, join_within))
            work, memory = used(server.process.pid)
            seconds = time.monotonic() - begun
            own = time.process_time() - own
            return "\n".join(
                (
                    *(line(name, times) for name, times in rows(held)),
                    f"{held.moves} moves, {len(held.confirmed)} answers, {len(held.wrong)} questions kept otherwise",
                    *held.wrong,
                    f"server: {work - before:.1f} s of work in {seconds:.0f} s, {memory} MB at most; clients: {own:.1f} s",
                    server.log.read_text("utf-8"),
                )
            )


def rows(held: Held) -> tuple[tuple[str, list[float]], ...]:
    """What was measured, by its name."""
    return (
        ("From coming to being a member", held.joined),
        ("From a tap to its confirmation", held.confirmed),
        ("From the leader's move to a screen", held.shown),
    )


def line(name: str, times: Sequence[float]) -> str:
    """One row of the report."""
    if not times:
        return f"{name}: nothing"
    return f"{name}: median {statistics.median(times):.2f} s, 95 % {percentile(times, 95):.2f} s, most {max(times):.2f} s"


def main(argv: Sequence[str] | None = None) -> int:
    """Hold it and print what was found; the result is the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=200)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--join-within", type=float, default=JOIN_WITHIN)
    parser.add_argument("--module", default="server")
    args = parser.parse_args(argv)
    sys.stdout.write(measured(args.members, args.minutes, args.join_within, args.module) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
