"""What a run tells a browser goes out in one go once the run has ended, in its order, and nothing of it is lost."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.runtime import Runtime
from streamlit.runtime.scriptrunner import ScriptRunnerEvent
from streamlit.runtime.scriptrunner_utils.run_descriptor import RunDescriptor
from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext
from streamlit.runtime.session_manager import SessionManager

from afterword import bursts
from afterword.bursts import ENDS, Told
from bench.client import Client, visiting
from bench.serving import Server, served
from bench.wire import connecting
from tests.server.loop import in_a_loop

STARTED, STOPPED = ScriptRunnerEvent.SCRIPT_STARTED, ScriptRunnerEvent.SCRIPT_STOPPED_WITH_SUCCESS
DREW, GAVE_WAY = ScriptRunnerEvent.ENQUEUE_FORWARD_MSG, ScriptRunnerEvent.SCRIPT_STOPPED_FOR_RERUN
SHUT = ScriptRunnerEvent.SHUTDOWN
NUMBERS = range(20)

# With a real server, and a visitor who speaks its protocol


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with served("tests.server.telling_server", tmp_path_factory.mktemp("telling")) as serving:
        serving.wait()
        yield serving


@pytest.fixture(params=["tests.server.telling_server", "tests.server.hurried_server"])
def one_or_the_other(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Server]:
    """A server that waits for the end of a run, and one that has no patience."""
    with served(request.param, tmp_path) as serving:
        serving.wait()
        yield serving


def visit(server: Server, do: Callable[[Client], Awaitable[Any]], query: str = "") -> Any:
    """What comes of a visit."""

    async def both() -> Any:
        async with visiting(f"{server.address}/?{query}", bears_errors=True) as visitor:
            await visitor.open()
            return await do(visitor)

    return in_a_loop(both())


async def clicked(visitor: Client, label: str, until: str) -> tuple[int, str]:
    """Click, and wait until the page says something: how many runs were heard of meanwhile, and all it says then."""
    taken: list[str | None] = []
    take = visitor.page.take

    def noted(message: ForwardMsg) -> None:
        taken.append(message.WhichOneof("type"))
        take(message)

    visitor.page.take = noted  # type: ignore[method-assign]
    clicking = asyncio.create_task(visitor.click(label))
    await visitor.wait_for(until)
    clicking.cancel()
    visitor.page.take = take  # type: ignore[method-assign]
    return taken.count("new_session"), visitor.page.text


@pytest.mark.parametrize(
    ("label", "until", "here", "there"),
    [
        ("Only here", "here was drawn 2 times", 2, 1),
        ("There", "in one run", 2, 2),
        ("Both", "in one run", 2, 2),
        ("From outside", "in another run", 1, 2),
    ],
)
def test_a_callback_has_parts_drawn_and_a_browser_hears_of_one_run(
    server: Server, label: str, until: str, here: int, there: int
) -> None:
    """From a click in a part that run is the callback's own, from one outside of all parts another one."""
    runs, text = visit(server, lambda visitor: clicked(visitor, label, until))
    assert runs == 1
    assert f"here was drawn {here} times" in text
    assert f"there was drawn {there} times" in text


def test_a_run_that_fails_says_so_and_the_next_one_is_heard(server: Server) -> None:
    async def click(visitor: Client) -> tuple[list[str], str]:
        await visitor.click("Fail")
        errors = list(visitor.page.errors)
        await visitor.click("Only here")
        return errors, visitor.page.text

    errors, text = visit(server, click)
    assert errors
    assert "here was drawn 3 times" in text


def test_many_clicks_at_once_are_all_answered_and_nothing_of_them_is_lost(one_or_the_other: Server) -> None:
    odd = f"Odd ones: {[number for number in NUMBERS if number % 2]}"
    pressed = [f"{number} was pressed 1 times" for number in NUMBERS]

    async def click(visitor: Client) -> list[str]:
        buttons = [visitor.page.widget("button", f"Number {number}") for number in NUMBERS]
        for button in buttons:  # and nobody waits for an answer
            state = WidgetState(id=button.content.id, trigger_value=True)
            await visitor._wire.send(BackMsg(rerun_script=visitor._state(button.fragment, state)))
        with suppress(TimeoutError):  # what is missing then is told below
            for words in (*pressed, odd):
                await visitor.wait_for(words, 20)
        return visitor.page.text.splitlines()

    for _ in range(5):
        lines = visit(one_or_the_other, click)
        assert [line for line in lines if " was pressed " in line] == pressed
        assert [line for line in lines if line.startswith("Odd ones")] == [odd]


def test_a_browser_is_told_which_parts_a_run_draws(server: Server) -> None:
    """It clears what these parts no longer hold, and nothing else."""

    async def both() -> tuple[int, set[str]]:
        async with visiting(server.address) as visitor:
            await visitor.open()
            taken: list[ForwardMsg] = []
            take = visitor.page.take
            visitor.page.take = lambda message: (taken.append(message), take(message))[1]  # type: ignore[method-assign]
            await visitor.click("Both")
            drawn = {one.delta.fragment_id for one in taken if one.WhichOneof("type") == "delta"}
            for kind in ("new_session", "script_finished"):  # it clears by what the latter says
                (said,) = (one for one in taken if one.WhichOneof("type") == kind)
                assert set(said.metadata.run.fragment_ids) == drawn
            return len(taken), drawn

    assert len(in_a_loop(both())[1]) == 2


def test_an_answer_comes_in_one_packet_and_begins_with_a_knock(server: Server) -> None:
    """A browser that gets the first message alone draws for it, and then again for the others."""

    async def click(visitor: Client) -> tuple[int, list[str | None]]:
        packets: list[bytes] = []
        line = visitor._wire._connection
        take = line.data_received
        line.data_received = lambda data: (packets.append(data), take(data))[1]  # type: ignore[method-assign]
        heard: list[str | None] = []
        receive = line.recv

        async def noted(*_: Any, **__: Any) -> Any:
            raw = await receive(decode=False)
            heard.append(ForwardMsg.FromString(raw).WhichOneof("type"))
            return raw

        line.recv = noted  # type: ignore[method-assign]
        await visitor.click("Both")  # while the last call of the usual recv still waits
        packets.clear()
        heard.clear()
        await visitor.click("Both")
        return len(packets), heard

    packets, heard = visit(server, click)
    assert packets == 1
    assert heard[0] == "heartbeat_ack"
    assert len(heard) > 8


def test_an_answer_of_thousands_of_messages_arrives_whole_and_the_next_one_after_it(server: Server) -> None:
    """A connection is given up where more than 500 wait for it."""

    async def click(visitor: Client) -> list[str]:
        await visitor.click("Thousands")
        await visitor.click("Only here")
        return [line for line in visitor.page.text.splitlines() if line.startswith("Line ")]

    assert visit(server, click) == [f"Line {number}" for number in range(3000)]


def test_a_long_run_is_heard_while_it_goes_on(server: Server, tmp_path: Path) -> None:
    gate = tmp_path / "gate"

    async def both() -> list[str]:
        async with visiting(f"{server.address}/?gate={gate}") as visitor:
            await visitor.open()
            button = visitor.page.widget("button", "Slowly")
            state = WidgetState(id=button.content.id, trigger_value=True)
        async with connecting(server.address, {}) as line:

            async def until(words: str) -> list[str]:
                heard: list[str] = []
                while words not in heard:
                    message = ForwardMsg.FromString(await line.recv(decode=False))
                    markdown = message.delta.new_element.markdown.body
                    heard.append(markdown or message.WhichOneof("type") or "")
                return heard

            await line.send(
                BackMsg(rerun_script=ClientState(query_string=f"gate={gate}")).SerializeToString()
            )
            await until("script_finished")
            click = ClientState(
                query_string=f"gate={gate}",
                fragment_id=button.fragment,
                widget_states=WidgetStates(widgets=[state]),
            )
            await line.send(BackMsg(rerun_script=click).SerializeToString())
            before = await until("It goes on")
            gate.touch()
            return before + await until("script_finished")

    heard = in_a_loop(both())
    assert heard.index("new_session") < heard.index("It goes on") < heard.index("It has ended")


# What is kept of a session


class Session:
    """A session that writes down what its runs told, and what it was asked to do soon."""

    def __init__(self) -> None:
        self.heard: list[ScriptRunnerEvent] = []
        self.soon: list[Callable[[], None]] = []
        self._message_enqueued_callback: object = "the loop's"
        self._scriptrunner: object = None
        self.breaks: ScriptRunnerEvent | None = None

    def _call_soon_on_event_loop(self, do: Callable[[], None]) -> None:
        self.soon.append(do)

    def _handle_scriptrunner_event_on_event_loop(
        self, _: object, event: ScriptRunnerEvent, **__: object
    ) -> None:
        assert self._message_enqueued_callback is None
        if event == self.breaks:
            raise ZeroDivisionError
        self.heard.append(event)

    def turn(self) -> None:
        """Do what was to be done soon."""
        going, self.soon = self.soon, []
        for do in going:
            do()


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> Session:
    monkeypatch.setattr(Told, "send", lambda *_: None)
    return Session()


def tell(told: Told, session: Any, *events: ScriptRunnerEvent) -> None:
    for event in events:
        told.take(session, None, event)


def in_loop(do: Callable[[], Any]) -> Any:
    async def done() -> Any:
        return do()

    return in_a_loop(done())


def test_the_loop_is_woken_once_for_what_a_run_drew(session: Any) -> None:
    told = Told()
    told.waits = True
    tell(told, session, STARTED, DREW, DREW, DREW)
    assert session.soon == []
    tell(told, session, STOPPED, SHUT)
    assert len(session.soon) == 1
    session.turn()
    assert session.heard == [STARTED, DREW, DREW, DREW, STOPPED, SHUT]
    assert session._message_enqueued_callback == "the loop's"


def test_a_run_that_gave_way_before_it_drew_anything_is_not_heard_of(session: Any) -> None:
    told = Told()
    told.waits = True
    tell(told, session, STARTED, GAVE_WAY, STARTED, DREW, STOPPED)
    session.turn()
    assert session.heard == [STARTED, DREW, STOPPED]


def test_what_a_run_drew_before_another_took_its_place_is_heard_with_that_one(session: Any) -> None:
    told = Told()
    told.waits = True
    tell(told, session, STARTED, DREW, GAVE_WAY, STARTED)
    assert session.soon == []
    tell(told, session, STOPPED)
    session.turn()
    assert session.heard == [STARTED, DREW, GAVE_WAY, STARTED, STOPPED]


def test_after_a_while_all_is_heard_as_it_comes_and_the_next_run_is_waited_for_again(session: Any) -> None:
    def both() -> None:
        told = Told()
        told.waits = True
        tell(told, session, STARTED, DREW)
        told.lose_patience(session)
        assert session.heard == [STARTED, DREW]
        tell(told, session, DREW)
        session.turn()
        tell(told, session, GAVE_WAY)
        session.turn()
        assert session.heard == [STARTED, DREW, DREW, GAVE_WAY]
        tell(told, session, STARTED, DREW)
        session.turn()  # which sets how long it is waited for
        assert told.late is not None
        assert session.heard[4:] == []
        tell(told, session, STOPPED)
        session.turn()
        assert session.heard[4:] == [STARTED, DREW, STOPPED]
        assert told.late is None

    in_loop(both)


def test_what_nobody_could_hear_takes_nothing_else_along(
    session: Any, caplog: pytest.LogCaptureFixture
) -> None:
    told = Told()
    told.waits, session.breaks = True, DREW
    tell(told, session, STARTED, DREW, STOPPED, SHUT)
    session.turn()
    assert session.heard == [STARTED, STOPPED, SHUT]
    assert "ZeroDivisionError" in caplog.text


def test_the_end_of_a_runner_that_has_another_in_its_place_ends_no_waiting(session: Any) -> None:
    told = Told()
    told.waits, session._scriptrunner = True, "the newer one"
    tell(told, session, SHUT)
    assert told.waits
    told.take(session, "the newer one", STOPPED)  # type: ignore[arg-type]
    assert not told.waits


def test_a_run_asked_for_by_another_thread_than_the_loops_is_begun_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A developer's file watcher does so."""
    begun: list[object] = []
    monkeypatch.setattr(AppSession, "_create_scriptrunner", lambda _, data: begun.append(data))
    monkeypatch.setattr(AppSession, "_on_scriptrunner_event", None)
    bursts.in_one_go()
    watched = Session()
    watched.id = "1"  # type: ignore[attr-defined]
    AppSession._create_scriptrunner(watched, "data")  # type: ignore[arg-type]
    assert begun == ["data"]
    told = bursts.told_in(watched)  # type: ignore[arg-type]
    assert told.waits
    in_loop(watched.turn)
    assert told.late is not None


def test_what_belongs_to_no_run_is_heard_at_once(session: Any) -> None:
    told = Told()
    tell(told, session, DREW)
    session.turn()
    assert session.heard == [DREW]


def begin(told: Told, session: Any, number: str) -> list[str]:
    """Tell that a run begins that is to draw a part; the list of what it draws."""
    drawn = ["a"]
    told.take(
        session, None, STARTED, fragment_ids_this_run=drawn, run_descriptor=RunDescriptor(number, ("a",))
    )
    return drawn


def parts_told(told: Told, session: Any, number: str) -> tuple[str, ...]:
    """Which parts are told of when a run that began with drawing one ends."""
    told.take(session, None, STOPPED, run_descriptor=RunDescriptor(number, ("a",)))
    run: RunDescriptor = told.kept[-1][2]["run_descriptor"]
    return run.fragment_ids


def test_a_run_can_draw_other_parts_than_it_began_with(session: Any) -> None:
    told = Told()
    told.waits = True
    drawn = begin(told, session, "1")
    assert told.draw(drawn, ["b", "c"])
    assert drawn == ["b", "c"]
    assert told.kept[0][2]["run_descriptor"] == RunDescriptor("1", ("b", "c"))
    assert parts_told(told, session, "1") == ("b", "c")
    assert parts_told(told, session, "2") == ("a",)


def test_a_run_that_was_heard_of_can_still_draw_others_and_says_so_when_it_ends(session: Any) -> None:
    """Or what was clicked in the same moment would not be drawn, where it takes long until a callback is run."""
    told = Told()
    told.waits = True
    drawn = begin(told, session, "1")
    in_loop(lambda: told.let_go(session))
    assert told.draw(drawn, ["b"])
    assert drawn == ["b"]
    assert parts_told(told, session, "1") == ("b",)


def test_a_run_that_is_over_draws_no_others(session: Any) -> None:
    told = Told()
    told.waits = True
    drawn = begin(told, session, "1")
    tell(told, session, STOPPED)
    begin(told, session, "2")
    assert not told.draw(drawn, ["b"])
    assert drawn == ["a"]


def test_nothing_is_lost_while_the_loop_and_a_run_are_both_at_it(session: Any) -> None:
    told = Told()
    events = [STARTED, *[DREW] * 50, STOPPED] * 200

    def run() -> None:
        tell(told, session, *events)

    running = Thread(target=run)
    running.start()
    while running.is_alive():
        told.let_go(session)
    told.let_go(session)
    assert session.heard == events


# What is Streamlit's own


def test_streamlit_still_has_the_names_that_are_used() -> None:
    names: dict[type, tuple[str, ...]] = {
        AppSession: (
            "_call_soon_on_event_loop",
            "_create_scriptrunner",
            "_handle_scriptrunner_event_on_event_loop",
            "_on_scriptrunner_event",
            "flush_browser_queue",
            "on_flushed_messages_sent",
        ),
        Runtime: ("_send_message", "disconnect_session"),
        SessionManager: ("get_active_session_info",),
    }
    assert [
        name for kind, those in names.items() for name in those if not callable(getattr(kind, name))
    ] == []
    fields = ScriptRunContext.__dataclass_fields__
    assert {"fragment_ids_this_run", "fragment_storage", "session_id"} <= fields.keys()
    assert set(ScriptRunnerEvent) - ENDS == {STARTED, DREW, GAVE_WAY}
