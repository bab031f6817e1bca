"""How to get in, to be read from afar: the join code in large letters, a QR code, and the address."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urlencode

import segno
import streamlit as st

from afterword.domain.workshop import Room
from afterword.ui import wiring

HTML = """<div class="poster">
  <div class="words"><div class="code" hidden><span class="aside"></span><span class="letters" aria-hidden="true"></span></div>
  <div class="how"></div></div><img class="qr">
</div>"""
CSS = """
.poster { display: flex; flex-wrap: wrap; gap: 0.5rem 1.5rem; align-items: center; justify-content: space-between;
  font-family: var(--st-font); color: var(--st-text-color) }
.words { min-width: 0 }
.code { font-weight: 700; font-size: 2.75rem; line-height: 1.15; white-space: nowrap; letter-spacing: 0.06em;
  position: relative }
.code[hidden] { display: none }
.how { font-size: 1rem; overflow-wrap: anywhere }
.qr { width: 9rem; height: 9rem; image-rendering: pixelated; background: #fff; border-radius: 0.4rem }
.large .code { font-size: 5rem }
.large .how { font-size: 1.9rem }
.large .qr { width: 10rem; height: 10rem }
.low .words { display: flex; flex-wrap: wrap; gap: 0 2rem; align-items: baseline }
.low .code { font-size: 3rem }
.low .qr { width: 5.5rem; height: 5.5rem }
.aside { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
"""
SCRIPT = """
export default function ({ data, parentElement }) {
  const part = name => parentElement.querySelector("." + name)
  part("poster").classList.toggle("large", data.large)
  part("poster").classList.toggle("low", data.low)
  part("code").hidden = !data.code
  part("aside").textContent = data.aloud
  part("letters").textContent = data.code
  part("how").textContent = data.how
  Object.assign(part("qr"), { src: data.picture, alt: data.alt })
}
"""

_component = st.components.v2.component("afterword_poster", html=HTML, css=CSS, js=SCRIPT)


def of_room(room: Room, *, large: bool = False, low: bool = False) -> None:
    """The code of a room, with the picture that lets a phone join it at once; `low` leaves room beneath it."""
    draw(room.code, large=large, low=low)


def of_address() -> None:
    """Where the workshop is, without a code."""
    draw("")


def draw(code: str, *, large: bool = False, low: bool = False) -> None:
    """The poster; what it says is text, and the picture says where it leads."""
    address = f"{wiring.room_address()}/join"
    target = f"{address}?{urlencode({'code': code})}" if code else address
    data = {
        "code": f"{code[:3]} {code[3:]}",
        "aloud": f"Join code: {' '.join(code)}" if code else "",
        "how": address.removeprefix("http://"),
        "picture": picture(target),
        "alt": f"QR code that leads to {target}",
        "large": large,
        "low": low,
    }
    _component(key=f"poster-{code or 'address'}", data=data, height="content")


@lru_cache(maxsize=64)
def picture(target: str) -> str:
    """A QR code as an image in an address of its own; black on white in every theme, so that phones read it."""
    made: str = segno.make(target, error="m").svg_data_uri(scale=4, border=3, dark="#000", light="#fff")
    return made
