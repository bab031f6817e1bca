"""What a room answered: the chart, and the same as text; for a situation with the reason for every answer."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from afterword.domain.handbook import Handbook
from afterword.domain.scenario import Scenario
from afterword.domain.workshop import Block, Tally
from afterword.ui import practice, room_chart, viewport, words
from afterword.ui.room_chart import Bar, Size
from afterword.ui.typed import as_typed


def scenario_of(block: Block, handbook: Handbook) -> Scenario | None:
    """The situation that a block asks about, None where it asks about none."""
    return next((one for one in handbook.scenarios if one.id == block.scenario), None)


def question_of(block: Block, handbook: Handbook) -> str:
    """What a block asks."""
    scenario = scenario_of(block, handbook)
    return scenario.question if scenario else block.question or ""


def chart(tally: Tally, scenario: Scenario | None, size: Size | None = None) -> None:
    """The bars; of a situation the right one is marked by a tick and in words, where it is given."""
    right = {option.id for option in scenario.options if option.right} if scenario else set()
    bars = tuple(Bar(choice.words, count, choice.id in right) for choice, count in tally.counts)
    size = size or (room_chart.PHONE if viewport.is_narrow() else room_chart.DESK)
    st.vega_lite_chart(
        room_chart.filled(size, viewport.theme(), bars),
        width="stretch",
        height="content",
        theme=None,
        key=f"result-{tally.block}",
        alt=told(tally),
    )


def told(tally: Tally) -> str:
    """The chart in one sentence."""
    each = (f"{choice.words}: {count}" for choice, count in tally.counts)
    return f"What the room answered, {tally.answered} in all. {'; '.join(each)}."


def counts(tally: Tally) -> str:
    """The same as a list."""
    return "\n".join(
        f"- **{room_chart.counted(count, tally.answered)}** {as_typed(choice.words)}"
        for choice, count in tally.counts
    )


def whole(block: Block, tally: Tally, handbook: Handbook, mine: str | None = None) -> None:
    """The result as it is shown to the room: chart, counts, reasons, and on whose word; `mine` is one's own answer."""
    scenario = scenario_of(block, handbook)
    answered = f"{tally.answered} answered." if tally.answered else "Nobody has answered."
    if scenario is None:
        yours = next((choice.words for choice, _ in tally.counts if choice.id == mine), None)
        st.markdown(f"{answered} Your answer: **{as_typed(yours)}**" if yours else answered)
        chart(tally, None)
        st.markdown(counts(tally))
        if block.after:
            st.markdown(block.after)
        on_whose_word(block.cites, handbook)
        return
    chosen = scenario.option(mine or "")
    if chosen is not None:
        verdict = "Your answer is right." if chosen.right else "Your answer is not the right one."
        st.markdown(f"{answered} **{verdict}**")
    else:
        st.markdown(answered)
    chart(tally, scenario)
    st.markdown("\n\n".join(reasons(scenario, tally, mine)))
    on_whose_word(scenario.cites, handbook)


def reasons(scenario: Scenario, tally: Tally, mine: str | None) -> Iterable[str]:
    """For every option how often it was chosen, whether it is right, and why."""
    times = {choice.id: count for choice, count in tally.counts}
    chosen = scenario.option(mine or "")
    for option in scenario.options:
        count = room_chart.counted(times.get(option.id, 0), tally.answered)
        yield f"{practice.reason(option, chosen)}  \nChosen by **{count}**."


def on_whose_word(cites: Iterable[str], handbook: Handbook) -> None:
    """The sources, one click away; nothing where there are none."""
    lines = [f"- {words.source_line(handbook.sources[cite])}" for cite in cites]
    if lines:
        with st.expander("On whose word this rests"):
            st.markdown("\n".join(lines))
