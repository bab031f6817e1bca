"""A workshop with 200 members on their phones: how soon a tap is confirmed, and a move is on every screen."""

from __future__ import annotations

import asyncio
import random
import sqlite3
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
from bench.asked import Asked
from bench.figure import Figure, p95
from bench.process import cpu_seconds
from bench.roomful import Leader, Member, joining, leading
from bench.serving import Server, served

KEY = "QUIET-OTTER-7K3M"
AGENDA = "forty-five"
A_ROOM, MINUTES = 200, 5.0
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
    every: float = EVERY
    look: float = LOOK
    members: list[Member] = field(default_factory=list)
    joined: list[float] = field(default_factory=list)
    confirmed: list[float] = field(default_factory=list)
    shown: list[float] = field(default_factory=list)
    wrong: int = 0

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
        await asyncio.sleep(self.look)
        if block.id == load_handbook().agendas[AGENDA].blocks[-1].id:
            await self.move(leader, "1. ")
            await self.move(leader, "Drop the answers and ask again")
        else:
            await self.move(leader, "Next")
            if "The result is shown" in {s.label for s in leader.visitor.page.shown.values()}:
                await self.move(leader, "Drop the answers and ask again")

    async def answer(self, member: Member) -> str:
        """Tap an option at some moment of the next seconds; which one it was."""
        await asyncio.sleep(random.uniform(0, self.every))  # noqa: S311 - spreads the taps
        option = random.choice(member.options)  # noqa: S311
        self.confirmed.append(await member.answer(option))
        return option

    async def move(self, leader: Leader, button: str) -> None:
        """An act of the leader, and when it was on every screen."""
        answer = await leader.visitor.click(button)
        begun = time.perf_counter() - answer.ms / 1000  # when it was sent: what the room told may come first
        leader.note()
        turn = leader.turn
        async with asyncio.timeout(PATIENCE):
            seen = await asyncio.gather(*(member.at(turn) for member in self.members))
        self.shown += [when - begun for when in seen]

    def at(self, room: str) -> str:
        """The block at which the room is."""
        return str(self.asked("select block from rooms where id = ?", room)[0][0])

    def compare(self, room: str, block: str, chosen: Counter[str]) -> None:
        """Count what is kept and was not tapped, and what was tapped and is not kept."""
        handbook = load_handbook()
        words = {
            choice.id: choice.words
            for choice in choices_of(handbook.agendas[AGENDA].block(block), handbook.scenarios)
        }
        rows = self.asked("select choice from answers where room = ? and block = ?", room, block)
        kept = Counter(words[choice] for (choice,) in rows)
        self.wrong += ((kept - chosen) + (chosen - kept)).total()

    def asked(self, question: str, *values: str) -> list[tuple[str, ...]]:
        """What the rooms' file says."""
        with closing(sqlite3.connect(f"file:{self.file}?mode=ro", uri=True)) as connection:
            return connection.execute(question, values).fetchall()


def check(lives: Sequence[asyncio.Task[None]]) -> None:
    """Raise what made a member fail."""
    for life in lives:
        if life.done():
            life.result()


def most_megabytes(pid: int) -> float:
    """The most memory that a process has held so far. Raises OSError where the system does not tell."""
    lines = Path(f"/proc/{pid}/status").read_text("ascii", "replace").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:"))


def measure(asked: Asked) -> list[Figure]:
    """A workshop of 200 for five minutes: a tap, a move, what was kept otherwise, memory and work of the server."""
    size, minutes, within = (4, 0.01, 1.0) if asked.quick else (A_ROOM, MINUTES, JOIN_WITHIN)
    file = asked.folder / "room" / "rooms.sqlite3"
    settings = {"AFTERWORD_ROOM": "1", "AFTERWORD_LEADER_KEY": KEY, "AFTERWORD_ROOMS": str(file)}
    with served("server", file.parent, **settings) as server:
        server.wait()
        held = Held(server.address, file, size, *((1.0, 0.1) if asked.quick else (EVERY, LOOK)))
        before, begun = cpu_seconds(server.process.pid) or 0.0, time.monotonic()
        asyncio.run(held.hold(minutes, within))
        work = (cpu_seconds(server.process.pid) or 0.0) - before
        return [*figures(held), *costs(server, work / (time.monotonic() - begun), size)]


def figures(held: Held) -> list[Figure]:
    """What its members found."""
    of = f"A workshop of {held.count}:"
    return [
        figure(f"{of} coming in, p95", held.joined),
        figure(f"{of} from a tap to its confirmation, p95", held.confirmed, 1000),
        figure(f"{of} from the leader's move to a screen, p95", held.shown, 2000),
        Figure(f"{of} answers lost or doubled", "", held.wrong, 0, count=len(held.confirmed)),
    ]


def figure(name: str, seconds: Sequence[float], goal: float | None = None) -> Figure:
    """Times, of which the one counts that 95 of 100 do not exceed."""
    ms = [second * 1000 for second in seconds]
    return Figure(name, "ms", p95(ms), goal, count=len(ms), p95=p95(ms))


def costs(server: Server, share: float, size: int) -> list[Figure]:
    """What it took of the server."""
    of = f"A workshop of {size}:"
    return [
        Figure(f"{of} the most memory", "MB", most_megabytes(server.process.pid), 3072),
        Figure(f"{of} the server's share of a core", "", share),
    ]


def main() -> None:
    """Hold a workshop and print what was found; `--quick` only to see that it runs."""
    with tempfile.TemporaryDirectory() as folder:
        for found in measure(Asked(Path(folder), quick="--quick" in sys.argv)):
            sys.stdout.write(f"{found.name}: {found.value:.2f} {found.unit}, of {found.count}\n")


if __name__ == "__main__":
    main()
