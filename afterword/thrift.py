"""What Streamlit does anew with every answer to a click, and could do once, or not as often."""

from __future__ import annotations

import gc
from collections.abc import Callable
from copy import deepcopy
from functools import cache
from typing import Any

from streamlit.cursor import Cursor, SparseList
from streamlit.proto.NewSession_pb2 import Config, CustomThemeConfig
from streamlit.runtime import app_session

# Python's own 700, 10 and 10 have a hundred sessions looked through whole every three seconds, for 0.13 s each time.
COLLECT = (5_000, 10, 20)
Fill = Callable[..., None]


def spare() -> None:
    """Have this process do so. The names are Streamlit's own, and a test says so should one go."""
    gc.set_threshold(*COLLECT)
    app_session._populate_theme_msg = read_once(app_session._populate_theme_msg)
    app_session._populate_config_msg = settled(app_session._populate_config_msg)
    app_session.AppSession._compute_skills_nudge_state = offers_nothing  # type: ignore[assignment]
    Cursor.__deepcopy__ = copied  # type: ignore[attr-defined]


def read_once(fill: Fill) -> Fill:
    """What fills a message with a section of the theme, which stands in a file that is read at the start.

    A run otherwise goes through all of Streamlit's options six times, which takes as long as six lines of text.
    """

    @cache
    def filled(section: str) -> CustomThemeConfig:
        theme = CustomThemeConfig()
        fill(theme, section)
        return theme

    def fill_again(message: CustomThemeConfig, section: str = "theme") -> None:
        theme = filled(section)
        if theme.ByteSize():  # else the message would say that there is such a section
            message.MergeFrom(theme)

    return fill_again


def settled(fill: Fill) -> Fill:
    """What fills a message with the settings, which stand in a file that is read at the start."""

    @cache
    def filled() -> Config:
        settings = Config()
        fill(settings)
        return settings

    return lambda message: message.MergeFrom(filled())


def offers_nothing(_: app_session.AppSession) -> tuple[bool, str]:
    """That no run offers whoever writes apps to install something for that."""
    return False, ""


def copied(cursor: Cursor, memo: dict[int, Any]) -> Cursor:
    """A copy of a place on the page, which shares nothing with it that changes.

    Each run of each part copies the places around it; the usual way goes through every number in them.
    """
    made = object.__new__(type(cursor))
    vars(made).update(vars(cursor))
    passing = cursor.transient_elements
    made._transient_elements = deepcopy(passing, memo) if len(passing) else SparseList()
    return made
