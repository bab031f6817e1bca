"""The line to a room: its part of the page is drawn again when there is news, and its time is counted down."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from afterword.domain.workshop import Agenda, Room, block_ends_at
from afterword.ui import keys, wiring
from afterword.ui.scripts import fetched

# The clock is seen, and read on request; what a screen reader says by itself are new blocks and the last minute.
HTML = (
    '<div class="row"><span class="clock" role="timer" aria-label="Time for this block"></span> <span class="beside"></span></div>'
    '<span class="now aside" role="status"></span><span class="aloud aside" role="status"></span>'
)
CSS = """
.row { font-family: var(--st-font); color: var(--st-text-color); font-size: 1.05rem; min-height: 1.6rem;
  font-variant-numeric: tabular-nums }
.row[hidden] { display: none }
.row.large { font-size: 1.9rem; min-height: 2.4rem }
.clock { font-weight: 600; margin-right: 0.75em }
.aside { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
"""

_component = st.components.v2.component("afterword_room", html=HTML, css=CSS, js=fetched("room.js"))


def listen(
    room: Room,
    agenda: Agenda,
    drawn: str | None = None,
    *,
    counts: bool = True,
    over: bool = False,
    large: bool = False,
    beside: str = "",
    heard: Callable[[str], None] | None = None,
) -> None:
    """Have the fragment that this stands in drawn again once the room has other news than what is `drawn`.

    Without `drawn` the room's moves alone are news. `counts` is whether the block's time is shown, `over` whether it is
    counted on once it is up, `beside` what stands next to it. `heard` is called with the news before anything is drawn.
    """
    left = (block_ends_at(room, agenda) - wiring.clock().now()).total_seconds()
    data = {
        "room": room.id,
        "moves": drawn is None,
        "drawn": str(room.turn) if drawn is None else drawn,
        "left": round(left) if counts else None,
        "over": over,
        "large": large,
        "beside": beside,
        "title": agenda.block(room.block).title,
    }
    key = f"line-{room.id[-keys.TAIL :]}"

    def tell() -> None:
        """Pass the news on."""
        if heard is not None:
            heard(str(st.session_state[key].news))

    _component(key=key, data=data, height="content", on_news_change=tell)
