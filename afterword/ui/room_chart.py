"""The chart of a room's answers: built by Altair once a size and theme, then only filled with counts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from textwrap import wrap
from typing import Any

import altair as alt

from afterword.ui.chart import FONT, SIDES, down, empty
from afterword.ui.statuses import GROUNDS

LAYERS = ("tracks", "bars", "words", "counts")
RIGHT = {"light": "#14683F", "dark": "#83DDAE"}
ROOM_FOR_COUNTS = 1.22  # of the longest bar's length, so that its count stands beside it


@dataclass(frozen=True, slots=True)
class Size:
    """How large letters and bars are, in pixels, and how many letters a line of words holds."""

    name: str
    letters: int
    bar: int
    gap: int
    line: int


PHONE = Size("phone", 15, 14, 14, 42)
DESK = Size("desk", 15, 16, 14, 84)
WALL = Size("wall", 23, 20, 10, 88)


@dataclass(frozen=True, slots=True)
class Bar:
    """One answer of the chart: its words, how often it was given, and whether it is shown as the right one."""

    words: str
    count: int
    right: bool = False


@lru_cache(maxsize=8)
def form(size: Size, theme: str) -> dict[str, Any]:
    """The specification without rows. Built once; nobody may change it."""
    ground = GROUNDS[theme]
    x = alt.X("x:Q", scale=alt.Scale(domain=[0, ROOM_FOR_COUNTS], nice=False, zero=False), axis=None)
    parts = {
        "tracks": empty()
        .mark_rect(fill=ground.weekend, cornerRadius=3)
        .encode(x, alt.X2("x2"), down(), alt.Y2("y2")),
        "bars": empty()
        .mark_rect(cornerRadius=3)
        .encode(x, alt.X2("x2"), down(), alt.Y2("y2"), fill=alt.Fill("fill:N", scale=None)),
        "words": empty()
        .mark_text(**letters(size, ground.ink), lineBreak="\n", lineHeight=line_height(size), baseline="top")
        .encode(alt.XValue(0), down(), alt.Text("text:N")),
        "counts": empty()
        .mark_text(**letters(size, ground.ink), fontWeight=700, dx=8, baseline="middle")
        .encode(x, down(), alt.Text("text:N")),
    }
    layered = alt.layer(*(parts[name] for name in LAYERS)).properties(
        width="container",
        padding=dict.fromkeys(SIDES, 2),
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
    )
    chart: dict[str, Any] = layered.configure(
        font=FONT, background="transparent", view=alt.ViewConfig(stroke=None)
    ).to_dict(validate=False)
    return chart


def letters(size: Size, ink: str) -> dict[str, Any]:
    """How words look."""
    return {"fontSize": size.letters, "fill": ink, "align": "left"}


def line_height(size: Size) -> int:
    """From one line of words to the next, in pixels."""
    return round(size.letters * 1.25)


@lru_cache(maxsize=64)
def filled(size: Size, theme: str, bars: tuple[Bar, ...]) -> dict[str, Any]:
    """The form with its rows: a finished specification, the same for everybody who sees these counts."""
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in LAYERS}
    most = max((bar.count for bar in bars), default=0) or 1
    total = sum(bar.count for bar in bars)
    y = 0
    for bar in bars:
        lines = wrap(f"✔ {bar.words}" if bar.right else bar.words, size.line)
        top = y + len(lines) * line_height(size) + 3
        share, box = bar.count / most, {"y": top, "y2": top + size.bar}
        rows["words"].append({"y": y, "text": "\n".join(lines)})
        rows["tracks"].append({"x": 0, "x2": 1, **box})
        colour = RIGHT[theme] if bar.right else GROUNDS[theme].today
        rows["bars"].append({"x": 0, "x2": share, "fill": colour, **box})
        rows["counts"].append({"x": share, "y": top + size.bar / 2, "text": counted(bar.count, total)})
        y = top + size.bar + size.gap
    spec = form(size, theme)
    layers = [
        {**layer, "data": {"values": rows[name]}} for name, layer in zip(LAYERS, spec["layer"], strict=True)
    ]
    return {**spec, "layer": layers, "height": max(y - size.gap, 1)}


def counted(count: int, total: int) -> str:
    """A count with its share: 12 (40 %)."""
    return f"{count} ({round(100 * count / total)} %)" if count else "0"
