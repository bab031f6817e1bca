"""What a run tells a browser goes out in one go once the run has ended, in its order, and nothing of it is lost."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from starlette.types import Message, Receive, Scope, Send
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from afterword.bursts import BEGINS, InOneGo
from tests.server.loop import in_a_loop

Say = Callable[[Message], Awaitable[None]]
AGAIN, DONE, WHOLE = (
    ForwardMsg.FINISHED_EARLY_FOR_RERUN,
    ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY,
    ForwardMsg.FINISHED_SUCCESSFULLY,
)


def status() -> ForwardMsg:
    news = ForwardMsg()
    news.session_status_changed.script_is_running = True
    return news


def begun() -> ForwardMsg:
    news = ForwardMsg()
    news.new_session.main_script_path = "one"
    return news


def drawn(words: str) -> ForwardMsg:
    news = ForwardMsg()
    news.delta.new_element.markdown.body = words
    return news


def ended(how: ForwardMsg.ScriptFinishedStatus.ValueType = DONE) -> ForwardMsg:
    return ForwardMsg(script_finished=how)


class Browser:
    """What a browser is sent, in groups: a new one after each time that the server was asked to say something."""

    def __init__(self) -> None:
        self.heard: list[Message] = []
        self.something = asyncio.Event()

    async def hear(self, message: Message) -> None:
        self.heard.append(message)
        self.something.set()

    def kinds(self) -> list[str | None]:
        """The kinds of what was heard."""
        return [ForwardMsg.FromString(one["bytes"]).WhichOneof("type") for one in self.heard]


def told(run: Callable[[Say, Browser], Awaitable[None]], kind: str = "websocket") -> Browser:
    """What a browser has heard of a server that says what it says in `run`."""

    async def both() -> Browser:
        browser = Browser()

        async def server(_scope: Scope, _receive: Receive, send: Send) -> None:
            await run(send, browser)

        async def nothing() -> Message:
            return {"type": "websocket.receive"}

        await InOneGo(server)({"type": kind}, nothing, browser.hear)
        return browser

    return in_a_loop(both())


async def say(send: Say, *all_news: ForwardMsg) -> None:
    for news in all_news:
        await send({"type": "websocket.send", "bytes": news.SerializeToString()})


def test_nothing_is_heard_of_a_run_until_it_has_ended() -> None:
    async def run(send: Say, browser: Browser) -> None:
        await say(send, status(), begun(), drawn("one"), drawn("two"))
        assert browser.heard == []
        await say(send, ended())

    assert told(run).kinds() == ["session_status_changed", "new_session", "delta", "delta", "script_finished"]


def test_a_run_that_gives_way_to_another_before_it_has_drawn_anything_is_not_heard_of() -> None:
    async def run(send: Say, browser: Browser) -> None:
        await say(send, status(), begun(), status(), ended(AGAIN), begun(), drawn("one"))
        assert browser.heard == []
        await say(send, ended(WHOLE))

    assert told(run).kinds() == ["new_session", "delta", "script_finished"]


def test_what_a_run_has_drawn_before_another_replaces_it_comes_with_that_one() -> None:
    async def run(send: Say, browser: Browser) -> None:
        await say(send, begun(), drawn("one"), ended(AGAIN), begun())
        assert browser.heard == []
        await say(send, ended(WHOLE))

    assert told(run).kinds() == ["new_session", "delta", "script_finished", "new_session", "script_finished"]


def test_the_end_of_a_run_that_was_heard_of_is_heard_too() -> None:
    async def run(send: Say, browser: Browser) -> None:
        await say(send, begun())
        await browser.something.wait()
        await say(send, ended(AGAIN), begun(), ended())

    assert told(run).kinds() == ["new_session", "script_finished", "new_session", "script_finished"]


def test_what_belongs_to_no_run_is_heard_at_once() -> None:
    async def run(send: Say, browser: Browser) -> None:
        await say(send, drawn("one"))
        assert browser.kinds() == ["delta"]
        await say(send, begun(), ended(), drawn("two"))
        assert browser.kinds() == ["delta", "new_session", "script_finished", "delta"]

    assert len(told(run).heard) == 4


def test_a_long_run_is_heard_while_it_goes_on() -> None:
    async def run(send: Say, browser: Browser) -> None:
        await say(send, begun(), drawn("one"))
        await browser.something.wait()
        await say(send, drawn("two"))
        assert browser.kinds() == ["new_session", "delta", "delta"]
        await say(send, ended())

    assert len(told(run).heard) == 4


def test_the_end_of_a_connection_takes_what_was_kept_along_and_comes_last() -> None:
    async def run(send: Say, _: Browser) -> None:
        await say(send, begun(), drawn("one"))
        await send({"type": "websocket.close", "code": 1000})

    assert [one["type"] for one in told(run).heard] == ["websocket.send", "websocket.send", "websocket.close"]


def test_a_connection_is_accepted_at_once() -> None:
    async def run(send: Say, browser: Browser) -> None:
        await send({"type": "websocket.accept"})
        assert [one["type"] for one in browser.heard] == ["websocket.accept"]

    assert len(told(run).heard) == 1


def test_what_is_no_websocket_passes_as_it_is() -> None:
    async def run(send: Say, browser: Browser) -> None:
        await send({"type": "http.response.body", "body": b"whole"})
        assert browser.heard == [{"type": "http.response.body", "body": b"whole"}]

    assert len(told(run, "http").heard) == 1


@pytest.mark.parametrize("slow", [True, False], ids=["a slow line", "a quick one"])
def test_nothing_overtakes_what_is_under_way(slow: bool) -> None:
    async def both() -> list[str]:
        heard: list[str] = []
        gate = asyncio.Event()

        async def hear(message: Message) -> None:
            if slow and not heard:
                await gate.wait()
            heard.append(ForwardMsg.FromString(message["bytes"]).delta.new_element.markdown.body)

        async def server(_scope: Scope, _receive: Receive, send: Send) -> None:
            first = asyncio.create_task(say(send, begun(), drawn("one"), ended()))
            await asyncio.sleep(0)
            second = asyncio.create_task(say(send, drawn("two")))
            await asyncio.sleep(0)
            gate.set()
            await asyncio.gather(first, second)

        async def nothing() -> Message:
            return {"type": "websocket.receive"}

        await InOneGo(server)({"type": "websocket"}, nothing, hear)
        return heard

    assert [words for words in in_a_loop(both()) if words] == ["one", "two"]


def test_streamlit_still_says_that_a_run_begins_that_it_ends_and_that_another_follows() -> None:
    kinds = {field.name for field in ForwardMsg.DESCRIPTOR.oneofs_by_name["type"].fields}
    assert BEGINS | {"script_finished"} <= kinds
    assert {AGAIN, DONE, WHOLE} <= set(ForwardMsg.ScriptFinishedStatus.values())
