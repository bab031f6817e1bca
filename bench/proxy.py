"""A door before a server that counts the bytes that go out through it, as they are on the line."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from bench.serving import HOST, Server

A_PIECE = 65_536


class Door:
    """The door itself; `down` counts the bytes from the server to its visitors."""

    def __init__(self, server: Server) -> None:
        self.down = 0
        self.address = ""
        self._inside = server.port

    async def let_through(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, both ways, until one side ends it."""
        with suppress(OSError, asyncio.CancelledError):  # what is open when the door is shut
            inward, outward = await asyncio.open_connection(HOST, self._inside)
            up = asyncio.create_task(self._pump(reader, outward, counted=False))
            await self._pump(inward, writer, counted=True)
            up.cancel()

    async def _pump(
        self, source: asyncio.StreamReader, target: asyncio.StreamWriter, *, counted: bool
    ) -> None:
        with suppress(OSError):
            while piece := await source.read(A_PIECE):
                self.down += len(piece) if counted else 0
                target.write(piece)
                await target.drain()
        with suppress(OSError):
            target.close()


@contextmanager
def counted(server: Server) -> Iterator[Door]:
    """A door before that server, in a thread of its own, shut with the block."""
    door, opened = Door(server), threading.Event()
    shut: list[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = []

    async def stay_open() -> None:
        shut.append((asyncio.get_running_loop(), asyncio.Event()))
        listening = await asyncio.start_server(door.let_through, HOST, 0)
        door.address = f"http://{HOST}:{listening.sockets[0].getsockname()[1]}"
        opened.set()
        await shut[0][1].wait()
        listening.close()

    thread = threading.Thread(target=lambda: asyncio.run(stay_open()))
    thread.start()
    try:
        opened.wait()
        yield door
    finally:
        loop, event = shut[0]
        loop.call_soon_threadsafe(event.set)
        thread.join()
