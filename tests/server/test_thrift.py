"""What Streamlit is spared: theme and settings are read once, and places on the page are copied cheaply."""

import subprocess
import sys
from copy import deepcopy
from inspect import signature

import pytest
from streamlit.cursor import LockedCursor, RunningCursor
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.Empty_pb2 import Empty
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import app_session
from streamlit.runtime.app_session import AppSession

from afterword.thrift import COLLECT, copied, offers_nothing, read_once, settled

SECTIONS = (
    "theme",
    "theme.light",
    "theme.dark",
    "theme.sidebar",
    "theme.light.sidebar",
    "theme.dark.sidebar",
)


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
    assert callable(app_session._populate_config_msg)
    assert callable(AppSession._compute_skills_nudge_state)


def test_a_process_that_spares_it_all_says_so():
    names = "gc.get_threshold(), Cursor.__deepcopy__.__name__"
    told = subprocess.run(
        [sys.executable, "-c", f"import gc; from afterword.thrift import *; spare(); print({names})"],
        check=True,
        capture_output=True,
        text=True,
    )
    assert told.stdout.strip() == f"{COLLECT} copied"


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


def test_settings_that_were_read_once_are_told_as_if_they_were_read_each_time():
    fill = app_session._populate_config_msg
    once = settled(fill)
    told = [ForwardMsg() for _ in range(3)]
    once(told[0].new_session.config)
    once(told[1].new_session.config)
    fill(told[2].new_session.config)
    assert told[0] == told[1] == told[2]


def test_nobody_is_offered_what_is_for_whoever_writes_apps():
    usual = AppSession._compute_skills_nudge_state
    assert signature(usual).parameters.keys() == {"self"}
    told = ForwardMsg()
    told.new_session.initialize.recommend_skills_install, reason = offers_nothing(None)
    assert not told.new_session.initialize.recommend_skills_install
    assert reason == ""
