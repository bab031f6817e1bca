"""Answers that reach a browser in one go, so that it draws the page once for each.

A browser draws the whole page again for the news that a run has begun, and once more for what the run has drawn.
Where both come together it does both at once. See docs/decisions/023-an-answer-in-one-go.md.
"""

from __future__ import annotations

import asyncio

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from afterword.flushing import FLUSHING

PATIENCE = 0.05  # seconds after which what is there of a longer run goes out, and the rest of it as it comes
BEGINS = frozenset({"session_status_changed", "new_session"})


class InOneGo:
    """Keeps what a run tells a browser until the run has ended, unless that takes long."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; what a websocket is sent goes through a burst of its own."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        burst = Burst(send)
        try:
            await self.app(scope, receive, burst.take)
        finally:
            burst.stop()


class Burst:
    """What one browser has not been sent yet, in its order, and how much of it says only that a run begins."""

    def __init__(self, send: Send) -> None:
        self.send = send
        self.kept: list[Message] = []
        self.beginnings = 0
        self.late: asyncio.TimerHandle | None = None
        self.letting_go: asyncio.Task[None] | None = None
        self.sending = asyncio.Lock()

    async def take(self, message: Message) -> None:
        """Keep a message of a run that began a moment ago, or send it with all that were kept before it.

        A run that gave way to another before it drew anything is as if it had not been.
        """
        said = message.get("bytes") if message["type"] == "websocket.send" else None
        news = ForwardMsg.FromString(said) if said else None
        if news is not None and gives_way(news) and self.kept and self.beginnings == len(self.kept):
            self.kept, self.beginnings = [], 0
            return
        self.kept.append(message)
        self.beginnings += news is not None and begins(news)
        if news is None or has_ended(news) or not (self.late or begins(news)):
            await self.let_go()
        elif self.late is None:
            self.late = asyncio.get_running_loop().call_later(PATIENCE, self.let_go_soon)

    async def let_go(self) -> None:
        """Send what was kept, once the disk has what it tells of."""
        self.stop_waiting()
        await FLUSHING.done()
        async with self.sending:  # else what comes meanwhile could overtake what is under way
            going, self.kept, self.beginnings = self.kept, [], 0
            for message in going:
                await self.send(message)

    def let_go_soon(self) -> None:
        """Send what was kept although the run goes on."""
        self.letting_go = asyncio.ensure_future(self.let_go())

    def stop(self) -> None:
        """Send nothing more: the browser is gone."""
        self.stop_waiting()
        if self.letting_go is not None:
            self.letting_go.cancel()

    def stop_waiting(self) -> None:
        """Expect the end of no run any more."""
        if self.late is not None:
            self.late.cancel()
            self.late = None


def begins(news: ForwardMsg) -> bool:
    """Whether this is the first word of a run."""
    return news.WhichOneof("type") in BEGINS


def has_ended(news: ForwardMsg) -> bool:
    """Whether this is the last word of a run, and no other one follows in its place."""
    return news.WhichOneof("type") == "script_finished" and not gives_way(news)


def gives_way(news: ForwardMsg) -> bool:
    """Whether a run ends here because another one is to take its place."""
    is_last = news.WhichOneof("type") == "script_finished"
    return is_last and news.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN
