"""What Streamlit does anew with every answer to a click, and could do once, or not as often."""

from __future__ import annotations

import gc
from collections.abc import Callable
from copy import deepcopy
from functools import cache
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.cursor import Cursor, SparseList
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session, runtime

FEW = 20  # open sessions, of which each is answered without any wait
WAIT_FOR_EACH = 0.0001  # seconds; a look at a session that has nothing to send takes about a hundredth of it
# Python's own 700, 10 and 10 have a hundred sessions looked through whole every three seconds, for 0.13 s each time.
COLLECT = (5_000, 10, 20)
Fill = Callable[..., None]


def spare() -> None:
    """Have this process do so. The names are Streamlit's own, and a test says so should one go."""
    gc.set_threshold(*COLLECT)
    wait_between_rounds(0)
    app_session._populate_theme_msg = read_once(app_session._populate_theme_msg)
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


def copied(cursor: Cursor, memo: dict[int, Any]) -> Cursor:
    """A copy of a place on the page, which shares nothing with it that changes.

    Each run of each part copies the places around it; the usual way goes through every number in them.
    """
    made = object.__new__(type(cursor))
    vars(made).update(vars(cursor))
    passing = cursor.transient_elements
    made._transient_elements = deepcopy(passing, memo) if len(passing) else SparseList()
    return made


class Pace:
    """Has Streamlit's loop wait longer between two rounds the more sessions are open.

    With each message it looks at every session, so that with two hundred a guest's click costs a fifth more.
    Where there are few a round costs nothing, and an answer is sent as soon as it is there.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._open = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and count it for as long as it lasts where it is a session's stream."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        self._count(1)
        try:
            await self.app(scope, receive, send)
        finally:
            self._count(-1)

    def _count(self, more: int) -> None:
        self._open += more
        wait_between_rounds(self._open)


def wait_between_rounds(sessions: int) -> None:
    """Set how long the loop waits after it has sent what there was: not at all while few sessions are open.

    Streamlit's own 5 ms hold back an answer that is longer than its first message.
    """
    found = 0 if sessions <= FEW else sessions * WAIT_FOR_EACH
    runtime.MESSAGE_FLUSH_INTERVAL_SECS = found  # type: ignore[attr-defined]
