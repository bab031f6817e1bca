"""A bell for each room: threads ring it when something was kept, and whoever waits in the server's loop wakes."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Lock


class Rung:
    """What one who listens has heard since they last forgot it."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._heard, self._at_once = asyncio.Event(), asyncio.Event()

    def forget(self) -> None:
        """Begin to listen anew; done before one looks, so that nothing rung meanwhile is missed."""
        self._heard.clear()
        self._at_once.clear()

    async def wait(self, patience: float, rest: float) -> bool:
        """Return after the next ring, or after so many seconds without any; whether it rang.

        Rings that can wait are answered together, `rest` seconds after the first; one that cannot cuts that short.
        """
        with suppress(TimeoutError):
            async with asyncio.timeout(patience):
                await self._heard.wait()
        if self._heard.is_set():
            with suppress(TimeoutError):
                async with asyncio.timeout(rest):
                    await self._at_once.wait()
        return self._heard.is_set()

    def hear(self, at_once: bool) -> None:
        """Take note of a ring, from whatever thread."""
        with suppress(RuntimeError):  # the server is closing, and its loop with it
            self._loop.call_soon_threadsafe(self._note, at_once)

    def _note(self, at_once: bool) -> None:
        self._heard.set()
        if at_once:
            self._at_once.set()


class Bell:
    """The bells of all rooms."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._listening: defaultdict[str, set[Rung]] = defaultdict(set)

    def ring(self, room_id: str, at_once: bool = False) -> None:
        """Wake whoever listens to a room: at once where its leader moved, soon where others did something."""
        with self._lock:
            listening = tuple(self._listening.get(room_id, ()))
        for rung in listening:
            rung.hear(at_once)

    @contextmanager
    def listening(self, room_id: str) -> Iterator[Rung]:
        """Listen to a room, in the server's loop."""
        rung = Rung()
        with self._lock:
            self._listening[room_id].add(rung)
        try:
            yield rung
        finally:
            with self._lock:
                self._listening[room_id].discard(rung)
                if not self._listening[room_id]:
                    del self._listening[room_id]
