"""The line to a session: what the server sends, told run by run, and the bytes that it took."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol


@dataclass
class Run:
    """What a run of the page, or of some of its fragments, sent: its messages, their size, and when it ended.

    `begun` and `ended` are readings of time.perf_counter in seconds, `down` counts the bytes of the messages
    before the connection compresses them, `wire` those that came over the line by the end of the run since
    the connection was made.
    """

    begun: float = 0.0
    ended: float = 0.0
    down: int = 0
    wire: int = 0
    fragments: frozenset[str] = frozenset()
    status: int = ForwardMsg.FINISHED_SUCCESSFULLY
    messages: list[ForwardMsg] = field(default_factory=list)

    def answers(self, fragment: str, since: float) -> bool:
        """Whether it may be what was asked for then: a fragment, or everything for ""."""
        return self.begun >= since and (not self.fragments or fragment in self.fragments)

    @property
    def is_last(self) -> bool:
        """Whether no other run follows: one that was cut short is followed by another."""
        return self.status != ForwardMsg.FINISHED_EARLY_FOR_RERUN

    def take(self, message: ForwardMsg, size: int, at: float) -> bool:
        """Add a message; whether it was the last one."""
        self.messages.append(message)
        self.down += size
        if message.WhichOneof("type") == "new_session":
            self.begun, self.fragments = at, frozenset(message.metadata.run.fragment_ids)
        if message.WhichOneof("type") != "script_finished":
            return False
        self.ended, self.status = at, message.script_finished
        return True


class Counting(ClientConnection):
    """A connection that counts the bytes it gets, as they come over the line."""

    def __init__(self, *more: Any, **options: Any) -> None:
        super().__init__(*more, **options)
        self.received = 0

    def data_received(self, data: bytes) -> None:
        """Count them, and go on."""
        self.received += len(data)
        super().data_received(data)


class Wire:
    """A connection to one session."""

    def __init__(self, connection: Counting) -> None:
        self._connection = connection

    async def send(self, message: BackMsg) -> int:
        """Send a message up; its size in bytes before it is compressed."""
        raw = message.SerializeToString()
        await self._connection.send(raw)
        return len(raw)

    @property
    def received(self) -> int:
        """The bytes that came over the line so far."""
        return self._connection.received

    async def heard(self) -> AsyncIterator[Run | ForwardMsg]:
        """Each run once it has ended, and a message by itself where it belongs to none; until the line ends."""
        run = Run()
        while True:
            try:
                raw = await self._connection.recv(decode=False)
            except ConnectionClosed:
                return
            at, message = time.perf_counter(), ForwardMsg.FromString(raw)
            if message.WhichOneof("type") in ("file_urls_response", "heartbeat_ack"):
                yield message
            elif run.take(message, len(raw), at):
                run.wire = self.received
                yield run
                run = Run()


def connecting(address: str, headers: dict[str, str], token: str = "") -> connect:
    """A connection to the session's stream, to be entered; compressed as a browser's is."""
    stream = f"ws://{urlsplit(address).netloc}/_stcore/stream"
    protocols = [Subprotocol("streamlit"), Subprotocol(token or "PLACEHOLDER_AUTH_TOKEN")]
    # Only limits and proxies are left out, which a browser has not got either.
    return connect(
        stream,
        subprotocols=protocols,
        additional_headers=headers,
        max_size=None,
        ping_interval=None,
        open_timeout=60,
        proxy=None,
        create_connection=Counting,
    )
