"""The chart's form: built by Altair once a kind, theme and size, then only filled with rows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import altair as alt

from afterword.domain.lane import MarkKind
from afterword.ui.statuses import GROUNDS, MARKS, Ground

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


@lru_cache(maxsize=32)
def form(kind: Kind, theme: str, days: int) -> dict[str, Any]:
    """The specification without rows, for a window of that many days. Built once; nobody may change it.

    Altair lifts the selection to the top, where a click on a filled chart would select nothing: it goes back.
    """
    chart: dict[str, Any] = build(kind, theme, days).to_dict(validate=False)
    lifted = chart.pop("params")
    glass = chart["layer"][NAMES.index("lanes")]
    glass["params"] = [{key: value for key, value in param.items() if key != "views"} for param in lifted]
    glass.pop("name", None)
    return chart


def build(kind: Kind, theme: str, days: int) -> alt.LayerChart:
    """The chart without rows: what lies behind first, what is clicked last."""
    ground = GROUNDS[theme]
    parts = {
        "shade": bars(days).encode(fill=alt.Fill("fill:N", scale=None)),
        "quiet": bars(days, cornerRadius=6, fill=ground.quiet, stroke=ground.quiet_edge, strokeWidth=1),
        "window": bars(days, cornerRadius=3, fill=ground.window, stroke=ground.window_edge, strokeWidth=1.5),
        "today": bars(days, fill=ground.today),
        "now": words(days, ground.today, 13, 700),
        "weeks": words(days, ground.soft, 12),
        "heads": edge(ground.ink, 13, -kind.left, kind.left, weight=700),
        "company": edge(ground.ink, 14, -kind.left, kind.left - 14, weight=600),
        "role": edge(ground.soft, 12, -kind.left, kind.left - 14),
        "status": far_edge(kind, 14, weight=600).encode(color=alt.Color("ink:N", scale=None)),
        "next": far_edge(kind, 12, ground.soft),
        "marks": marks(days, ground),
        "lanes": lanes(days),
    }
    layered = alt.layer(*(parts[name] for name in NAMES))
    return layered.properties(
        width="container",
        padding=dict.fromkeys(SIDES, 4),  # the words at both ends are counted in by themselves
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
    ).configure(font=FONT, background="transparent", view=alt.ViewConfig(stroke=None))


def empty() -> alt.Chart:
    """A layer that waits for its rows."""
    return alt.Chart(alt.Data(values=[]))


def across(days: int, field: str = "x") -> alt.X:
    """The axis of time: days since the window begins, drawn without an axis of its own."""
    return alt.X(f"{field}:Q", scale=alt.Scale(domain=[0, days], nice=False, zero=False), axis=None)


def down(field: str = "y") -> alt.Y:
    """Down the page, in pixels."""
    return alt.Y(f"{field}:Q", scale=None, axis=None)


def bars(days: int, **look: Any) -> alt.Chart:
    """Rectangles from one day to another."""
    return empty().mark_rect(**look).encode(across(days), alt.X2("x2"), down(), alt.Y2("y2"))


def words(days: int, ink: str, size: int, weight: int = 400) -> alt.Chart:
    """Words on a day."""
    look = empty().mark_text(fontSize=size, fontWeight=weight, fill=ink, align="center", baseline="middle")
    return look.encode(across(days), down(), alt.Text("text:N"))


def edge(ink: str, size: int, x: int, limit: int, weight: int = 400) -> alt.Chart:
    """Words at the near end of a lane, cut where they would reach into it."""
    look = empty().mark_text(
        fontSize=size, fontWeight=weight, fill=ink, align="left", baseline="middle", limit=limit
    )
    return look.encode(alt.XValue(x), down(), alt.Text("text:N"))


def far_edge(kind: Kind, size: int, ink: str | None = None, weight: int = 400) -> alt.Chart:
    """Words at the far end of a lane."""
    colour = {"fill": ink} if ink else {}
    look = empty().mark_text(
        fontSize=size,
        fontWeight=weight,
        align="left",
        baseline="middle",
        dx=14,
        limit=kind.right - 18,
        **colour,
    )
    return look.encode(alt.XValue("width"), down(), alt.Text("text:N"))


def marks(days: int, ground: Ground) -> alt.Chart:
    """What happened: a shape each."""
    shapes = alt.Scale(domain=list(MarkKind), range=[MARKS[kind][2] for kind in MarkKind])
    look = empty().mark_point(filled=True, fill=ground.ink, stroke=ground.paper, strokeWidth=1.2, opacity=1)
    return look.encode(
        across(days), down(), alt.Shape("kind:N", scale=shapes, legend=None), size=alt.value(105)
    )


def lanes(days: int) -> alt.Chart:
    """A sheet of glass over each lane, that says what it knows and can be clicked."""
    told = [alt.Tooltip(f"{name}:N", title=title) for name, title in TOLD.items()]
    glass = empty().mark_rect(opacity=0, cursor="pointer")
    picked = alt.selection_point(name=SELECTION, fields=["id"], on="click", clear="dblclick")
    encoded = glass.encode(across(days), alt.X2("x2"), down(), alt.Y2("y2"), tooltip=told)
    return encoded.add_params(picked)


TOLD = {
    "application": "Application",
    "state": "Status",
    "step": "Next",
    "when": "When",
    "why": "Why",
    "happened": "So far",
}


def filled(kind: Kind, theme: str, days: int, rows: Rows, height: int) -> dict[str, Any]:
    """The form with its rows. The form itself stays as it is."""
    spec = form(kind, theme, days)
    layers = [
        {**layer, "data": {"values": rows.get(name, [])}}
        for name, layer in zip(NAMES, spec["layer"], strict=True)
    ]
    return {**spec, "layer": layers, "height": height}
