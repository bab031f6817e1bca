"""What was committed reaches the disk beside the drawing of the answer, and the answer waits for it.

Until the disk has taken a commit in, a power cut can undo it: nobody may be told of it before. It takes as long as
drawing the answer does, and needs no processor. See docs/decisions/025-a-tick-is-made-on-what-was-read.md.
"""

from __future__ import annotations

import asyncio
import os
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # only who serves has it loaded
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

BINARY = getattr(os, "O_BINARY", 0)  # Windows has files that are text


class Flushing:
    """Has the disk take in one file after another, in a thread of its own."""

    def __init__(self) -> None:
        self.is_waited_for = False
        self._beside = ThreadPoolExecutor(1, thread_name_prefix="flushing")
        self._last: Future[None] | None = None

    def begin(self, file: str) -> None:
        """Have the disk take in what was written to a file by now."""
        self._last = self._beside.submit(flush_after, self._last, file)

    async def done(self) -> None:
        """Return once the disk has everything. Raises OSError, once, if it has not taken it."""
        last = self._last
        if last is None:
            return
        try:
            await asyncio.shield(asyncio.wrap_future(last))  # others wait for it as well
        finally:
            if last.done() and self._last is last:
                self._last = None


FLUSHING = Flushing()  # of this process; whoever serves it says that answers wait


def flush_after(before: Future[None] | None, file: str) -> None:
    """Flush a file, and tell also of the failure of the one before, which nobody has asked for yet.

    A disk that took nothing in once may say of the same file the next time that it has all of it.
    """
    flush(file)
    if before is not None:
        before.result()


def flush(file: str) -> None:
    """Return once the disk has a file; one that is gone was taken over into another, which the disk has."""
    with suppress(FileNotFoundError):
        opened = os.open(file, os.O_RDWR | BINARY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


class OnceOnDisk:
    """Says nothing to a browser before the disk has what it tells of."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; what a websocket is sent waits for the disk."""
        said = partial(self.say, send) if scope["type"] == "websocket" else send
        await self.app(scope, receive, said)

    async def say(self, send: Send, message: Message) -> None:
        """Send a message once the disk has everything."""
        await FLUSHING.done()
        await send(message)
