"""A visitor without a browser, who speaks Streamlit's websocket protocol and measures every answer."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState, ContextInfo
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from bench.page import Page, Shown

PATIENCE = 60  # seconds for one answer


class PageFailed(Exception):
    """The page shows an error, so that its speed means nothing."""


class NoSuchPage(PageFailed):
    """The app has no page of that name."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one request cost; a request is always one message up.

    `ms` is the time in milliseconds from sending it to the end of the last run that it caused. `messages`
    counts the messages down, `down` and `up` are the bytes of the messages before the connection compresses
    them. `runs` is how many runs it took: two where a callback asks for other parts than the usual ones.
    """

    ms: float
    messages: int
    down: int
    up: int
    runs: int


class Client:
    """One visitor of one page, in a session of its own."""

    def __init__(self, address: str, connection: ClientConnection, zone: str) -> None:
        self.page = Page()
        self._address: SplitResult = urlsplit(address)
        self._connection = connection
        self._context = ContextInfo(timezone=zone, locale="en-GB", url=address, color_scheme="light")

    async def open(self) -> Answer:
        """Have the page of the address drawn for the first time."""
        return await self._ask(self._state())

    async def rerun(self) -> Answer:
        """Have the whole page drawn again."""
        return await self._ask(self._state())

    async def click(self, label: str) -> Answer:
        """Click the first button whose label begins so. Raises LookupError where there is none."""
        button = self.page.widget("button", label)
        return await self._ask(self._state(button, pressed=button.content.id))

    async def tick(self, label: str, ticked: bool = True) -> Answer:
        """Tick the first checkbox whose label begins so, or take the tick out. Raises LookupError."""
        return await self._choose(self.page.widget("checkbox", label), ticked)

    async def type(self, label: str, text: str) -> Answer:
        """Leave that text in the first one-line field whose label begins so. Raises LookupError."""
        return await self._choose(self.page.widget("text_input", label), text)

    async def _choose(self, widget: Shown, value: bool | str) -> Answer:
        self.page.values[widget.content.id] = value
        return await self._ask(self._state(widget))

    def _state(self, widget: Shown | None = None, pressed: str = "") -> ClientState:
        """A request: for the widget's fragment, or for everything. Only the first one goes by the page's name."""
        return ClientState(
            query_string=self._address.query,
            page_name="" if self.page.script else self._address.path.strip("/"),
            page_script_hash=self.page.script,
            fragment_id=widget.fragment if widget else "",
            widget_states=self.page.states(pressed),
            cached_message_hashes=self.page.hashes,
            context_info=self._context,
        )

    async def _ask(self, state: ClientState) -> Answer:
        """Send a request, wait for its end, and only then look at what came. Raises PageFailed, NoSuchPage."""
        sent = BackMsg(rerun_script=state).SerializeToString()
        started = time.perf_counter()
        await self._connection.send(sent)
        async with asyncio.timeout(PATIENCE):
            sizes, messages = await self._received()
        seconds = time.perf_counter() - started
        for message in messages:
            self.page.take(message)
        self._check(messages[-1])
        runs = sum(message.WhichOneof("type") == "new_session" for message in messages)
        return Answer(seconds * 1000, len(messages), sum(sizes), len(sent), runs)

    async def _received(self) -> tuple[list[int], list[ForwardMsg]]:
        """The messages up to the end of the last run, and their sizes in bytes."""
        sizes: list[int] = []
        messages: list[ForwardMsg] = []
        while not messages or not is_last(messages[-1]):
            received = await self._connection.recv(decode=False)
            sizes.append(len(received))
            messages.append(ForwardMsg.FromString(received))
        return sizes, messages

    def _check(self, end: ForwardMsg) -> None:
        if end.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
            raise PageFailed(f"{self._address.geturl()} cannot be compiled")
        if not self.page.is_there:
            raise NoSuchPage(f"{self._address.geturl()} is no page of this app")
        if self.page.errors:
            raise PageFailed(f"{self._address.geturl()} shows: {'; '.join(self.page.errors)}")


def is_last(message: ForwardMsg) -> bool:
    """Whether a run has ended and no other follows: one that was cut short is followed by another."""
    ended = message.WhichOneof("type") == "script_finished"
    return ended and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN


@asynccontextmanager
async def visiting(address: str, zone: str = "UTC") -> AsyncIterator[Client]:
    """A visitor at a page's address, its query included, in that time zone; connected, but nothing is asked yet."""
    stream = f"ws://{urlsplit(address).netloc}/_stcore/stream"
    # Compressed as a browser's connection is; only limits and proxies are left out.
    async with connect(
        stream, subprotocols=[Subprotocol("streamlit")], max_size=None, ping_interval=None, proxy=None
    ) as connection:
        yield Client(address, connection, zone)
