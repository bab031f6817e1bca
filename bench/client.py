"""A visitor without a browser, who speaks Streamlit's websocket protocol and measures every answer.

    async with visiting("http://127.0.0.1:8501/join?code=ABCDEF") as visitor:
        await visitor.open()
        await visitor.type("Code", "ABCDEF")
        await visitor.click("Join")
        await visitor.wait_for("You are in")

What comes unasked (a fragment with run_every, what a callback draws again) is taken in while nothing is asked.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import SplitResult, urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState, ContextInfo
from streamlit.proto.Common_pb2 import FileUploaderState, FileURLs, FileURLsRequest, UploadedFileInfo
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from bench.cookies import TOKEN, Cookies
from bench.page import Page, Shown
from bench.repeats import Repeats
from bench.widgets import CHOSEN_FROM, ENTERED, PRESSED, TYPED, UNFOLDED, Value, options_of
from bench.wire import Run, Wire, connecting

PATIENCE = 120  # seconds for one answer
BOUNDARY = "afterword-bench"
EVENTS = "$$STREAMLIT_INTERNAL_KEY_{id}__events"  # where a component's words go up that are said only once


class PageFailed(Exception):
    """The page shows an error, so that its speed means nothing."""


class NoSuchPage(PageFailed):
    """The app has no page of that name."""


class Gone(Exception):
    """The server ended the connection."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one request cost; a request is always one message up.

    `ms` is the time in milliseconds from sending it to the end of the last run that it caused. `messages`
    counts the messages down, `down` and `up` are the bytes of the messages before the connection compresses
    them, `wire` those that came over the line. `runs` is how many runs it took: two where a callback asks for
    other parts than the usual ones. What was only entered into a form costs nothing.
    """

    ms: float
    messages: int
    down: int
    up: int
    runs: int
    wire: int = 0


NOTHING = Answer(0, 0, 0, 0, 0)


@dataclass
class Asked:
    """A request that waits for its end, and the runs that it caused so far."""

    fragment: str
    since: float
    runs: list[Run] = field(default_factory=list)
    done: asyncio.Event = field(default_factory=asyncio.Event)

    def hear(self, run: Run) -> None:
        """Take a run that ended, if it belongs to this request."""
        if self.runs or run.answers(self.fragment, self.since):
            self.runs.append(run)
            if run.is_last:
                self.done.set()


class Component:
    """A component on the page, and what its script says to the server."""

    def __init__(self, client: Client, shown: Shown) -> None:
        self._client, self._shown = client, shown

    @property
    def data(self) -> Any:
        """What the server gives to the script."""
        return json.loads(self._shown.content.json or "null")

    async def set(self, key: str, value: object) -> Answer:
        """What the script's setStateValue does."""
        return await self._client.set_state(self._shown, key, value)

    async def trigger(self, event: str, value: object) -> Answer:
        """What the script's setTriggerValue does: said once, and not kept."""
        said = json.dumps([{"event": event, "value": value}])
        state = WidgetState(id=EVENTS.format(id=self._shown.content.id), json_trigger_value=said)
        return await self._client.ask(self._shown.fragment, state)


class Client:
    """One visitor of one page, in a session of its own."""

    def __init__(self, address: str, wire: Wire, zone: str, cookies: Cookies, bears_errors: bool) -> None:
        self.page = Page(query=urlsplit(address).query)
        self.cookies = cookies
        self._address: SplitResult = urlsplit(address)
        self._wire = wire
        self._bears_errors = bears_errors
        self._context = ContextInfo(timezone=zone, locale="en-GB", url=address, color_scheme="light")
        self.repeats = Repeats(self._repeat)
        self._asked: Asked | None = None
        self._turn = asyncio.Lock()
        self._news = asyncio.Condition()
        self._urls: asyncio.Queue[FileURLs] = asyncio.Queue()
        self._is_gone = False

    # What a person does

    async def open(self) -> Answer:
        """Have the page of the address drawn for the first time."""
        return await self.ask()

    async def rerun(self) -> Answer:
        """Have the whole page drawn again."""
        return await self.ask()

    async def go(self, path: str, query: str = "") -> Answer:
        """Go to another page of the app in the same session. Raises NoSuchPage."""
        if path not in self.page.scripts:
            raise NoSuchPage(f"{path} is none of {sorted(self.page.scripts)}")
        self.page.script, self.page.query = self.page.scripts[path], query
        return await self.ask()

    async def click(self, label: str) -> Answer:
        """Click the first button whose label begins so; a form's sends the form. Raises LookupError."""
        button = self.page.widget(PRESSED, label)
        if button.form:
            self.page.send_form(button.form)
        return await self.ask(button.fragment, WidgetState(id=button.content.id, trigger_value=True))

    async def tick(self, label: str, ticked: bool = True) -> Answer:
        """Tick the first checkbox or toggle whose label begins so, or take the tick out. Raises LookupError."""
        return await self.enter_value(self.page.widget("checkbox", label), ticked)

    async def type(self, label: str, text: str) -> Answer:
        """Leave that text in the first field whose label begins so. Raises LookupError."""
        return await self.enter_value(self.page.widget(TYPED, label), text)

    async def choose(self, label: str, *options: str) -> Answer:
        """Choose options by how they begin, in a radio, a select box, pills or the like. Raises LookupError."""
        widget = self.page.widget(CHOSEN_FROM, label)
        return await self.enter_value(widget, options_of(widget.kind, widget.content, options))

    async def enter(self, label: str, value: Value) -> Answer:
        """Leave a day, a moment, a time, a number or a page's number there, as the browser says it.

        Days are ["2026/11/05"], moments ["2026-11-05T16:30"], times "16:30". Raises LookupError.
        """
        return await self.enter_value(self.page.widget(ENTERED, label), value)

    async def unfold(self, label: str, opened: bool = True) -> Answer:
        """Open an expander or a popover that the server hears of, or close it. Raises LookupError."""
        return await self.enter_value(self.page.widget(UNFOLDED, label), opened)

    async def select(self, alt: str, **selection: object) -> Answer:
        """Choose points of the first chart whose sentence begins so, each by its selection's name."""
        return await self.enter_value(
            self.page.widget("vega_lite_chart", alt), json.dumps({"selection": selection})
        )

    async def upload(self, label: str, name: str, content: bytes) -> Answer:
        """Put a file into the first uploader whose label begins so. Raises LookupError, OSError."""
        uploader = self.page.widget("file_uploader", label)
        request = FileURLsRequest(request_id="1", file_names=[name], session_id=self.page.session)
        await self._wire.send(BackMsg(file_urls_request=request))
        async with asyncio.timeout(PATIENCE):
            urls = await self._urls.get()
        await asyncio.to_thread(self._put, urls.upload_url, name, content)
        info = UploadedFileInfo(name=name, size=len(content), file_id=urls.file_id, file_urls=urls)
        return await self.enter_value(uploader, FileUploaderState(uploaded_file_info=[info]))

    def component(self, name: str) -> Component:
        """The component of that name or key. Raises LookupError."""
        return Component(self, self.page.component(name))

    async def wait_for(self, text: str, seconds: float = PATIENCE) -> None:
        """Return once the page says that, asked or not. Raises TimeoutError, and Gone where nothing comes any more."""
        async with asyncio.timeout(seconds), self._news:
            while text not in self.page.text:
                if self._is_gone:
                    raise Gone(self._address.geturl())
                await self._news.wait()

    # How it goes up and comes down

    async def enter_value(self, widget: Shown, value: Value) -> Answer:
        """Give a widget a value; one in a form waits for its button, which costs nothing."""
        return await self.ask(widget.fragment) if self.page.enter(widget, value) else NOTHING

    async def set_state(self, component: Shown, key: str, value: object) -> Answer:
        """Give a component's state another value under that key."""
        before = self.page.values.get(component.content.id)
        state = json.loads(before) if isinstance(before, str) else {}
        return await self.enter_value(component, json.dumps({**state, key: value}))

    async def ask(self, fragment: str = "", *pressed: WidgetState) -> Answer:
        """Send a request and wait for its end. Raises PageFailed, NoSuchPage, Gone, TimeoutError."""
        async with self._turn:
            message = BackMsg(rerun_script=self._state(fragment, *pressed))
            before, asked = self._wire.received, Asked(fragment, time.perf_counter())
            self._asked = asked
            up = await self._wire.send(message)
            try:
                async with asyncio.timeout(PATIENCE):
                    await asked.done.wait()
            finally:
                self._asked = None
            self._check(asked.runs)
            return answered(asked, up, before)

    async def listen(self) -> None:
        """Take in what comes, until the line ends."""
        async for heard in self._wire.heard():
            if isinstance(heard, Run):
                await self._take(heard)
            else:
                for urls in heard.file_urls_response.file_urls:
                    self._urls.put_nowait(urls)
        self._is_gone = True
        if self._asked is not None:
            self._asked.done.set()
        async with self._news:
            self._news.notify_all()

    async def _take(self, run: Run) -> None:
        for message in run.messages:
            self.page.take(message)
            self.repeats.take(message)
        if self._asked is not None:
            self._asked.hear(run)
        async with self._news:
            self._news.notify_all()

    async def _repeat(self, fragment: str) -> None:
        """Ask for a fragment as its timer does, without waiting for the answer."""
        await self._wire.send(BackMsg(rerun_script=self._state(fragment, is_by_itself=True)))

    def _state(self, fragment: str, *pressed: WidgetState, is_by_itself: bool = False) -> ClientState:
        """A request: for a fragment, or for everything. Only the first one goes by the page's name."""
        return ClientState(
            query_string=self.page.query,
            page_name="" if self.page.script else self._address.path.strip("/"),
            page_script_hash=self.page.script,
            fragment_id=fragment,
            is_auto_rerun=is_by_itself,
            widget_states=self.page.states(*pressed),
            cached_message_hashes=self.page.hashes,
            context_info=self._context,
        )

    def _check(self, runs: list[Run]) -> None:
        address = self._address.geturl()
        if not runs or not runs[-1].is_last:
            raise Gone(address)
        if runs[-1].status == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
            raise PageFailed(f"{address} cannot be compiled")
        if not self.page.is_there:
            raise NoSuchPage(f"{address} is no page of this app")
        if self.page.errors and not self._bears_errors:
            raise PageFailed(f"{address} shows: {'; '.join(self.page.errors)}")

    def _put(self, path: str, name: str, content: bytes) -> None:
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"; filename="{name}"\r\n\r\n'
        body = head.encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()
        headers = {
            "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
            "X-Xsrftoken": self.cookies[TOKEN],
        }
        address = f"{self._address.scheme}://{self._address.netloc}{path}"
        status = self.cookies.send("PUT", address, body, headers)
        if status >= 300:
            raise OSError(f"{address} was answered with {status}")


def answered(asked: Asked, up: int, before: int) -> Answer:
    """What a request cost that came to its end."""
    runs = asked.runs
    return Answer(
        ms=(runs[-1].ended - asked.since) * 1000,
        messages=sum(len(run.messages) for run in runs),
        down=sum(run.down for run in runs),
        up=up,
        runs=len(runs),
        wire=runs[-1].wire - before,
    )


@asynccontextmanager
async def visiting(
    address: str, zone: str = "UTC", cookie: str = "", bears_errors: bool = False
) -> AsyncIterator[Client]:
    """A visitor at a page's address, its query included, in that time zone; connected, but nothing is asked yet.

    The page is fetched first for the cookies that it sets, beside those of `cookie`, a Cookie header. With
    `bears_errors` a page that says something in red is no failure.
    """
    cookies = Cookies(cookie)
    await asyncio.to_thread(cookies.fetch, address)
    async with connecting(address, cookies.headers, cookies[TOKEN]) as connection:
        client = Client(address, Wire(connection), zone, cookies, bears_errors)
        listening = asyncio.create_task(client.listen())
        try:
            yield client
        finally:
            client.repeats.stop()
            listening.cancel()
            with suppress(asyncio.CancelledError):
                await listening
