"""A worked example as a drawn timeline, with the same facts in words: both from what the plan says of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import streamlit as st

from afterword.domain.handbook import Handbook
from afterword.domain.model import Application
from afterword.domain.step import StepChannel
from afterword.domain.story import Stage, StageKind, stages
from afterword.domain.workdays import Workdays
from afterword.ui import viewport, words
from afterword.ui.chart import Rows
from afterword.ui.forms_kept import form

ROW, BAR, TOP = 46, 14, 28
FORM = "worked"
WEEK = 7
NAMES = {
    StageKind.INTERVIEW: "Interview",
    StageKind.THANK_YOU: "Say thanks",
    StageKind.QUIET: "Quiet period",
    StageKind.PROMISED: "The date they named",
    StageKind.CHECK_IN: "Check in",
    StageKind.SECOND_CHECK_IN: "Check in once more",
    StageKind.MOVE_ON: "Move on",
}
SHAPES = {StageKind.INTERVIEW: "circle", StageKind.PROMISED: "diamond", StageKind.MOVE_ON: "square"}
LAYERS = ("shade", "weeks", "dates", "quiet", "window", "marks", "names")


def part(example: Application, handbook: Handbook) -> None:
    """The drawing, and beneath it the same as a table."""
    shown, theme = stages(example, handbook, Workdays(example.country)), viewport.theme()
    days = reach(shown)[1]
    st.header("A worked example", anchor=False)
    st.vega_lite_chart(
        filled(theme, days, rows_of(shown)),
        width="stretch",
        height="content",
        theme=None,
        key="worked-example",
        alt=told(shown),
    )
    st.markdown(table(shown, None if viewport.is_narrow() else handbook))
    st.markdown("Each step is done on its first day here, and nobody answers. An answer ends the wait.")


def told(shown: Sequence[Stage]) -> str:
    """The drawing in one sentence."""
    return f"A timeline of a worked example. {'; '.join(f'{name(s)}: {when(s)}' for s in shown)}."


def table(shown: Sequence[Stage], handbook: Handbook | None) -> str:
    """The same facts as a table: what, when, and by which rule; on a phone, without the handbook, the first two."""
    head = ("What", "When", *(("By the rule",) if handbook else ()))
    rows = [(name(s), when(s), *((ground(s, handbook),) if handbook else ())) for s in shown]
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, ["-"] * len(head), *rows))


def name(stage: Stage) -> str:
    """What a stretch is for, with the channel where it has one."""
    by = {StepChannel.EMAIL: " by email", StepChannel.PHONE: " by phone", StepChannel.POST: " by post"}
    channel = stage.step.channel if stage.step and stage.kind != StageKind.QUIET else None
    return f"{NAMES[stage.kind]}{by[channel] if channel else ''}"


def when(stage: Stage) -> str:
    """Its days."""
    begins, ends = words.plain_day(stage.begins, stage.begins), words.plain_day(stage.ends, stage.begins)
    return begins if begins == ends else f"{begins} to {ends}"


def ground(stage: Stage, handbook: Handbook) -> str:
    """The title of the rule that sets its days; what they told the person rests on no rule."""
    return handbook.rules[stage.step.reason].title if stage.step else "Given"


def reach(shown: Sequence[Stage]) -> tuple[date, int]:
    """The first day drawn, and how many there are: one before, two after, so that nothing sticks to an edge."""
    begins = min(stage.begins for stage in shown) - timedelta(days=1)
    return begins, (max(stage.ends for stage in shown) - begins).days + 3


def rows_of(shown: Sequence[Stage]) -> Rows:
    """What fills the layers: days since the first one drawn, and pixels down."""
    begins, days = reach(shown)
    every = [begins + timedelta(days=n) for n in range(days)]
    bottom = TOP + ROW * len(shown)
    rows: Rows = {layer: [] for layer in LAYERS}
    for n, day in enumerate(every):
        if day.weekday() >= 5:
            rows["shade"].append({"x": n, "x2": n + 1, "y": TOP, "y2": bottom})
        if day.weekday() == 0:
            rows["weeks"].append({"x": n, "x2": n, "y": TOP, "y2": bottom})
            rows["dates"].append({"x": n, "y": TOP / 2, "text": f"{day.day} {day:%b}"})
    for n, stage in enumerate(shown):
        add_stage(rows, stage, (stage.begins - begins).days, (stage.ends - begins).days, TOP + ROW * n)
    return rows


def add_stage(rows: Rows, stage: Stage, first: int, last: int, top: int) -> None:
    """One stretch: its name with its days, and beneath them a bar or a mark."""
    rows["names"].append({"y": top + 13, "text": f"{name(stage)}: {when(stage)}"})
    middle = top + 33
    if stage.kind in SHAPES:
        rows["marks"].append({"x": first + 0.5, "y": middle, "shape": SHAPES[stage.kind]})
    else:
        layer = "quiet" if stage.kind == StageKind.QUIET else "window"
        rows[layer].append({"x": first, "x2": last + 1, "y": middle - BAR / 2, "y2": middle + BAR / 2})


def filled(theme: str, days: int, rows: Rows) -> dict[str, Any]:
    """The form with its rows. The form itself stays as it is."""
    spec = form(FORM, theme, days)
    layers = [
        {**layer, "data": {"values": rows[of]}} for of, layer in zip(LAYERS, spec["layer"], strict=True)
    ]
    return {**spec, "layer": layers, "height": TOP + ROW * len(rows["names"])}
