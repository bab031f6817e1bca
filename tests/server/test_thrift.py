"""What Streamlit is spared: the theme is read once, and its loop waits longer the more sessions are open."""

import asyncio
import subprocess
import sys
from copy import deepcopy

import pytest
from streamlit.cursor import LockedCursor, RunningCursor
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.Empty_pb2 import Empty
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import app_session, runtime

from afterword.thrift import COLLECT, FEW, Pace, copied, read_once, wait_between_rounds
from tests.server.loop import in_a_loop

SECTIONS = (
    "theme",
    "theme.light",
    "theme.dark",
    "theme.sidebar",
    "theme.light.sidebar",
    "theme.dark.sidebar",
)


@pytest.fixture(autouse=True)
def as_it_was(monkeypatch):
    monkeypatch.setattr(runtime, "MESSAGE_FLUSH_INTERVAL_SECS", runtime.MESSAGE_FLUSH_INTERVAL_SECS)


def wait():
    return runtime.MESSAGE_FLUSH_INTERVAL_SECS


def themed(fill):
    """What a run tells the browser of the theme, section by section, as Streamlit asks for it."""
    message = ForwardMsg()
    theme = message.new_session.custom_theme
    parts = (theme, theme.light, theme.dark, theme.sidebar, theme.light.sidebar, theme.dark.sidebar)
    for part, section in zip(parts, SECTIONS, strict=True):
        fill(part) if section == "theme" else fill(part, section)
    return message


def test_streamlit_still_has_the_names_that_are_used():
    assert callable(app_session._populate_theme_msg)
    assert isinstance(runtime.MESSAGE_FLUSH_INTERVAL_SECS, (int, float))


def test_a_process_that_spares_it_all_says_so():
    names = "gc.get_threshold(), runtime.MESSAGE_FLUSH_INTERVAL_SECS, Cursor.__deepcopy__.__name__"
    told = subprocess.run(
        [sys.executable, "-c", f"import gc; from afterword.thrift import *; spare(); print({names})"],
        check=True,
        capture_output=True,
        text=True,
    )
    assert told.stdout.strip() == f"{COLLECT} 0 copied"


def test_a_theme_that_was_read_once_is_told_as_if_it_were_read_each_time():
    fill = app_session._populate_theme_msg
    once = read_once(fill)
    assert themed(once) == themed(once) == themed(fill)


def test_a_section_is_read_once_for_all_runs():
    read = []

    def fill(message, section):
        read.append(section)
        message.base_radius = f"{len(read)}rem"

    once = read_once(fill)
    assert themed(once) == themed(once)
    assert read == list(SECTIONS)


def test_a_section_with_nothing_in_it_is_not_told_of():
    message = themed(read_once(lambda _, __: None))
    assert not message.new_session.HasField("custom_theme")


@pytest.mark.parametrize("passing", [{}, {1: Element(empty=Empty())}])
@pytest.mark.parametrize("kind", [RunningCursor, LockedCursor])
def test_the_copy_of_a_place_is_as_streamlits_and_shares_nothing_that_changes(kind, passing):
    cursor = kind(0, (2, 1))
    for index, element in passing.items():
        cursor.transient_elements[index] = element
    found, usual = copied(cursor, {}), deepcopy(cursor)
    assert type(found) is type(usual) is kind
    assert found.delta_path == usual.delta_path == cursor.delta_path
    assert vars(found).keys() == vars(usual).keys()
    assert dict(found.transient_elements.items()) == dict(usual.transient_elements.items()) == passing
    found.transient_elements[7] = Element()
    found.open_block()
    assert cursor.delta_path == usual.delta_path
    assert 7 not in cursor.transient_elements


def test_a_copied_place_counts_on_by_itself():
    cursor = RunningCursor(0)
    cursor.lock_element()
    found = copied(cursor, {})
    found.lock_element()
    assert (cursor.index, found.index) == (1, 2)


def test_few_sessions_are_answered_without_a_wait_and_many_in_rounds():
    wait_between_rounds(FEW)
    assert wait() == 0
    wait_between_rounds(FEW + 1)
    few = wait()
    wait_between_rounds(200)
    assert 0 < few < wait() < 0.05


def test_each_open_stream_counts_until_it_ends():
    waits = []

    async def app(scope, *_):
        waits.append(wait())
        await scope.get("until", asyncio.sleep)(0)

    async def go():
        ended = asyncio.Event()

        async def until(_):
            await ended.wait()

        pace = Pace(app)
        streams = [
            asyncio.create_task(pace({"type": "websocket", "until": until}, None, None))
            for _ in range(FEW + 1)
        ]
        await asyncio.sleep(0)
        await pace({"type": "http"}, None, None)
        ended.set()
        await asyncio.gather(*streams)
        return wait()

    assert in_a_loop(go()) == 0
    assert waits[:FEW] == [0] * FEW
    assert waits[FEW] == waits[FEW + 1] > 0


def test_a_stream_that_fails_no_longer_counts():
    async def app(*_):
        raise ConnectionResetError

    pace = Pace(app)
    for _ in range(FEW + 1):
        with pytest.raises(ConnectionResetError):
            in_a_loop(pace({"type": "websocket"}, None, None))
    assert wait() == 0
