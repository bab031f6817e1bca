"""The charts' forms as they are kept: drawn once by drawing.py, read once a process, set to a window's days."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

KEPT = Path(__file__).with_name("forms.json")


def name(which: str, theme: str) -> str:
    """What the form of a chart in a theme is kept under."""
    return f"{which} {theme}"


@lru_cache(maxsize=32)
def form(which: str, theme: str, days: int) -> dict[str, Any]:
    """The specification without rows, for a window of that many days. Nobody may change it."""
    drawn = kept()[name(which, theme)]
    return {**drawn, "layer": [for_days(layer, days) for layer in drawn["layer"]]}


@lru_cache(maxsize=1)
def kept() -> dict[str, dict[str, Any]]:
    """Every form, for a window of one day."""
    read: dict[str, dict[str, Any]] = json.loads(KEPT.read_text("utf-8"))
    return read


def for_days(layer: dict[str, Any], days: int) -> dict[str, Any]:
    """A layer whose axis of time, where it has one, is so many days long."""
    across = layer["encoding"].get("x", {})
    if "scale" not in across:
        return layer
    wide = {**across, "scale": {**across["scale"], "domain": [0, days]}}
    return {**layer, "encoding": {**layer["encoding"], "x": wide}}
