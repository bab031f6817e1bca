"""What a websocket is sent in one turn of the loop leaves in one packet.

A browser that is at rest begins with the first message it gets, and for several milliseconds is deaf to those that
come a moment later. Those that come in one packet with it are at hand when it begins.
See docs/decisions/023-an-answer-in-one-go.md.
"""

from __future__ import annotations

import asyncio
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send


class Gathering:
    """A transport that writes what it is given in one turn of the loop once that turn has ended."""

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self._given: list[bytes] = []

    def __getattr__(self, name: str) -> Any:
        """Everything else is the transport's own."""
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        """Keep this for the end of the turn."""
        if not self._given:
            asyncio.get_running_loop().call_soon(self.flush)
        self._given.append(data)

    def flush(self) -> None:
        """Write what was given so far."""
        given, self._given = self._given, []
        if given and not self._transport.is_closing():
            self._transport.write(b"".join(given))

    def close(self) -> None:
        """Write what was given, and close."""
        self.flush()
        self._transport.close()


class InOnePacket:
    """Has each websocket's connection gather what it is sent. It stands outermost, next to uvicorn.

    What it reaches for is uvicorn's own; where that is not to be found, each message leaves by itself.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        connection = getattr(send, "__self__", None)
        transport = getattr(connection, "transport", None)
        if scope["type"] == "websocket" and isinstance(transport, asyncio.Transport):
            connection.transport = Gathering(transport)  # type: ignore[union-attr]
        await self.app(scope, receive, send)
