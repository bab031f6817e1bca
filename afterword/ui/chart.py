"""The charts' form, which Altair drew beforehand (see drawing.py), filled with rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from afterword.ui.forms_kept import form

ROW = 46
TOP = 44
BAR = 16
FONT = '"Source Sans", "Source Sans 3", sans-serif'
SELECTION = "lane"
SIDES = ("left", "right", "top", "bottom")
Rows = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Kind:
    """One of the charts: how much room the words at both ends of a lane have, in pixels."""

    name: str
    left: int
    right: int


TIMELINE = Kind("timeline", 172, 262)
TODAY = Kind("today", 136, 200)
KINDS = (TIMELINE, TODAY)
NAMES = (
    "shade",
    "quiet",
    "window",
    "today",
    "now",
    "weeks",
    "heads",
    "company",
    "role",
    "status",
    "next",
    "marks",
    "lanes",
)


def filled(kind: Kind, theme: str, days: int, rows: Rows, height: int) -> dict[str, Any]:
    """The form with its rows. The form itself stays as it is."""
    spec = form(kind.name, theme, days)
    layers = [
        {**layer, "data": {"values": rows.get(name, [])}}
        for name, layer in zip(NAMES, spec["layer"], strict=True)
    ]
    return {**spec, "layer": layers, "height": height}
