"""What a page has drawn again by itself: the fragments with `run_every`, each at its interval."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg


class Repeats:
    """The timers of one page; `ask` sends a request for a fragment."""

    def __init__(self, ask: Callable[[str], Awaitable[object]]) -> None:
        self._ask = ask
        self._timers: dict[str, tuple[float, asyncio.Task[None]]] = {}

    def take(self, message: ForwardMsg) -> None:
        """Begin or end timers as a message says; a run of the whole page begins with none."""
        match message.WhichOneof("type"):
            case "new_session" if not message.metadata.run.fragment_ids:
                self.stop()
            case "auto_rerun":
                self._start(message.auto_rerun.fragment_id, message.auto_rerun.interval)
            case "stop_auto_rerun":
                for fragment in message.stop_auto_rerun.fragment_ids:
                    self._end(fragment)

    def stop(self) -> None:
        """End all of them."""
        for fragment in tuple(self._timers):
            self._end(fragment)

    def __len__(self) -> int:
        return len(self._timers)

    def _start(self, fragment: str, seconds: float) -> None:
        if fragment in self._timers and self._timers[fragment][0] == seconds:
            return  # goes on as it was
        self._end(fragment)
        self._timers[fragment] = (seconds, asyncio.create_task(self._repeat(fragment, seconds)))

    def _end(self, fragment: str) -> None:
        if fragment in self._timers:
            self._timers.pop(fragment)[1].cancel()

    async def _repeat(self, fragment: str, seconds: float) -> None:
        while True:
            await asyncio.sleep(seconds)
            await self._ask(fragment)
