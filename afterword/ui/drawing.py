"""The charts' forms, built with Altair and kept in forms.json, so that no page has to wait for Altair.

After a change here or in statuses.py: python -m afterword.ui.drawing
"""

from __future__ import annotations

import json
from typing import Any

import altair as alt

from afterword.domain.lane import MarkKind
from afterword.ui import forms_kept, worked
from afterword.ui.chart import FONT, KINDS, NAMES, SELECTION, SIDES, Kind
from afterword.ui.statuses import GROUNDS, MARKS, Ground

TOLD = {
    "application": "Application",
    "state": "Status",
    "step": "Next",
    "when": "When",
    "why": "Why",
    "happened": "So far",
}


def forms() -> dict[str, dict[str, Any]]:
    """Every form there is, for a window of one day, by the name that it is asked for."""
    return {
        forms_kept.name(which, theme): whole(which, theme, days=1)
        for which in (*(kind.name for kind in KINDS), worked.FORM)
        for theme in GROUNDS
    }


def whole(which: str, theme: str, days: int) -> dict[str, Any]:
    """A chart's specification without rows, for a window of that many days."""
    found = next((kind for kind in KINDS if kind.name == which), None)
    return lanes_form(found, theme, days) if found else worked_form(theme, days)


def lanes_form(kind: Kind, theme: str, days: int) -> dict[str, Any]:
    """The chart of lanes.

    Altair lifts the selection to the top, where a click on a filled chart would select nothing: it goes back.
    """
    chart: dict[str, Any] = build(kind, theme, days).to_dict(validate=False)
    lifted = chart.pop("params")
    glass = chart["layer"][NAMES.index("lanes")]
    glass["params"] = [{key: value for key, value in param.items() if key != "views"} for param in lifted]
    glass.pop("name", None)
    return chart


def worked_form(theme: str, days: int) -> dict[str, Any]:
    """The guide's worked example."""
    drawn: dict[str, Any] = build_worked(GROUNDS[theme], days).to_dict(validate=False)
    return drawn


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


def build_worked(ground: Ground, days: int) -> alt.LayerChart:
    """The drawing without rows: what lies behind first."""
    dates = empty().mark_text(fontSize=12, fill=ground.soft, align="left", baseline="middle", dx=2)
    names = empty().mark_text(fontSize=13, fontWeight=600, fill=ground.ink, align="left", baseline="middle")
    marks = empty().mark_point(filled=True, fill=ground.ink, opacity=1, size=130)
    parts = {
        "shade": bars(days, fill=ground.weekend),
        "weeks": empty().mark_rule(stroke=ground.holiday).encode(across(days), down(), alt.Y2("y2")),
        "dates": dates.encode(across(days), down(), alt.Text("text:N")),
        "quiet": bars(days, cornerRadius=5, fill=ground.quiet, stroke=ground.quiet_edge, strokeWidth=1),
        "window": bars(days, cornerRadius=3, fill=ground.window, stroke=ground.window_edge, strokeWidth=1.5),
        "marks": marks.encode(across(days), down(), alt.Shape("shape:N", scale=None)),
        "names": names.encode(alt.XValue(2), down(), alt.Text("text:N")),
    }
    layered = alt.layer(*(parts[layer] for layer in worked.LAYERS)).properties(
        width="container",
        padding=dict.fromkeys(SIDES, 2),
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
    )
    return layered.configure(font=FONT, background="transparent", view=alt.ViewConfig(stroke=None))


if __name__ == "__main__":
    forms_kept.KEPT.write_text(json.dumps(forms(), indent=1, ensure_ascii=False) + "\n", "utf-8")
