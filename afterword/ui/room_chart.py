"""The chart of a room's answers: its form, which Altair drew beforehand (see drawing.py), filled with counts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from textwrap import wrap
from typing import Any

from afterword.ui import forms_kept
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

    @property
    def form(self) -> str:
        """What the chart's form of this size is kept under."""
        return f"room-{self.name}"


PHONE = Size("phone", 15, 14, 14, 42)
DESK = Size("desk", 15, 16, 14, 84)
WALL = Size("wall", 23, 20, 10, 88)
SIZES = (PHONE, DESK, WALL)


@dataclass(frozen=True, slots=True)
class Bar:
    """One answer of the chart: its words, how often it was given, and whether it is shown as the right one."""

    words: str
    count: int
    right: bool = False


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
    spec = forms_kept.kept()[forms_kept.name(size.form, theme)]
    layers = [
        {**layer, "data": {"values": rows[name]}} for name, layer in zip(LAYERS, spec["layer"], strict=True)
    ]
    return {**spec, "layer": layers, "height": max(y - size.gap, 1)}


def counted(count: int, total: int) -> str:
    """A count with its share: 12 (40 %)."""
    return f"{count} ({round(100 * count / total)} %)" if count else "0"
