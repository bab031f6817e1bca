"""Practice on the page: one scenario at a time, and after the answer the reason for every option."""

from __future__ import annotations

from datetime import date

import streamlit as st

from afterword.desk import Desk
from afterword.domain.handbook import Handbook
from afterword.domain.practice import Answer, Practice
from afterword.domain.scenario import Option, Scenario
from afterword.ids import new_id
from afterword.ui import facts, focus, guide, keys, shelf, wiring, words
from afterword.ui.callbacks import spoken, what_is_said

PART = "practice"
CHECK, NEXT, KNOWN, WHY, ANEW, ON = (
    keys.part(PART, name) for name in ("check", "next", "known", "why", "anew", "on")
)
NAMED_BY = "scenario"  # in the address
MOST_NAMED = 3  # of those that come back


@st.fragment(key=PART)
def part() -> None:
    """One scenario with its question, or what its answer was worth; drawn anew alone."""
    what_is_said()
    desk, handbook = wiring.desk(), wiring.words().handbook
    practice = desk.practice()
    st.markdown(progress_line(practice))
    begun_anew(desk)
    scenario, chosen = shown(practice, handbook)
    if scenario is None:
        nothing_left(practice, desk)
        return
    situation(scenario, desk)
    if chosen is None:
        question(scenario, desk)
    else:
        feedback(scenario, chosen, practice, handbook)


def shown(practice: Practice, handbook: Handbook) -> tuple[Scenario | None, Option | None]:
    """The scenario on the page, and its option where it was just answered.

    That is the one named by the address, else the one just answered, else the next.
    """
    every = {scenario.id: scenario for scenario in handbook.scenarios}
    answered, option_id = st.session_state.get(keys.ANSWERED, ("", ""))
    named = every.get(st.query_params.get(NAMED_BY, ""))
    scenario = named or every.get(answered, practice.next)
    chosen = scenario.option(option_id) if scenario and scenario.id == answered else None
    return scenario, chosen


def redraw() -> None:
    """End a callback: have the part drawn again, and what of the frame has something to tell the browser."""
    shelf.draw([PART, *shelf.frame_parts()])


def progress_line(practice: Practice) -> str:
    """How many were answered, how many right at first, and what comes back when."""
    if not practice.seen:
        return f"{practice.total} short situations. Answer one, and see why at once."
    right = f"{practice.right} right at first"
    coming = returning_line(practice)
    return f"{practice.seen} of {practice.total} answered, {right}.{f' {coming}' if coming else ''}"


def returning_line(practice: Practice) -> str:
    """How many come back, and on which days; nothing where none does."""
    days = [max(one.day, practice.today) for one in practice.returning]
    if not days:
        return ""
    by_day = {day: days.count(day) for day in sorted(days)}
    named = [f"{words.number(count)} {on_day(day, practice.today)}" for day, count in by_day.items()]
    if len(named) > MOST_NAMED:
        named = [*named[:MOST_NAMED], "the rest later"]
    come = "One comes" if len(days) == 1 else f"{words.number(len(days)).capitalize()} come"
    if len(by_day) == 1:
        return f"{come} back {on_day(days[0], practice.today)}."
    return f"{come} back: {words.listed(named)}."


def on_day(day: date, today: date) -> str:
    """A day in a sentence: today, tomorrow, on Fri 13 Nov."""
    named = words.day(day, today)
    return named if named in {"today", "tomorrow"} else f"on {named}"


# The question


def situation(scenario: Scenario, desk: Desk) -> None:
    """What happened, and the facts as an application has them; they take the focus when a scenario begins."""
    st.header(scenario.title, anchor=False)
    st.markdown(scenario.situation)
    with st.container(key=KNOWN), st.expander("What is known", expanded=True):
        st.markdown("\n".join(f"- {line}" for line in facts.lines(desk.case_of(scenario), scenario.now)))


def question(scenario: Scenario, desk: Desk) -> None:
    """The question and what can be answered, with nothing chosen beforehand."""
    answer_id = new_id(desk.now())  # one for one drawing: the button pressed twice answers once
    with st.form(keys.part(PART, "form"), border=False):
        st.radio(
            scenario.question,
            [option.id for option in scenario.options],
            index=None,
            format_func={option.id: option.words for option in scenario.options}.__getitem__,
            key=field(scenario.id),
        )
        if st.session_state.get(keys.tried(PART)):
            st.error("Choose one of the answers first.")
        args = (desk, scenario.id, answer_id)
        st.form_submit_button("Check my answer", key=CHECK, type="primary", on_click=check, args=args)


def field(scenario_id: str) -> str:
    """The key of the field in which a scenario is answered."""
    return keys.field(PART, scenario_id)


@spoken
def check(desk: Desk, scenario_id: str, answer_id: str) -> None:
    """Keep the answer, and show what it was worth; without one, ask for it."""
    option_id = st.session_state.get(field(scenario_id))
    st.session_state[keys.tried(PART)] = option_id is None
    if option_id is None:
        focus.move_to(field(scenario_id))
    else:
        desk.answer(scenario_id, option_id, answer_id)
        st.session_state[keys.ANSWERED] = (scenario_id, option_id)
        st.session_state.pop(keys.BEGUN_ANEW, None)
        focus.move_to(WHY)
    redraw()


# The answer


def feedback(scenario: Scenario, chosen: Option, practice: Practice, handbook: Handbook) -> None:
    """Whether it was right, on whose word, the reason for every option, and the way on: told in words and by icons."""
    comes = comes_back(scenario, practice)
    if chosen.right:
        st.success(f"**Right.**{comes}", icon=":material/check_circle:")
    else:
        st.error(f"**Not quite.**{comes}", icon=":material/cancel:")
    # Its summary takes the focus: from there one reads on to the next scenario, and a second press does no harm.
    with st.container(key=WHY), st.expander("On whose word this rests"):
        lines = (words.source_line(handbook.sources[cite]) for cite in scenario.cites)
        st.markdown("\n".join(f"- {line}" for line in lines))
    st.subheader(scenario.question, anchor=False)
    for option in scenario.options:
        st.markdown(reason(option, chosen))
    page = guide.page_named(handbook.guide, scenario.guide)
    if page is not None:
        guide.link(page, f"More in the guide: {page.title}")
    st.button("Next scenario", key=NEXT, type="primary", on_click=go_on, args=(scenario.id,))


def comes_back(scenario: Scenario, practice: Practice) -> str:
    """When this one comes back; nothing where it does not."""
    days = [one.day for one in practice.returning if one.scenario.id == scenario.id]
    return f" This one comes back {on_day(days[0], practice.today)}." if days else ""


def reason(option: Option, chosen: Option | None) -> str:
    """One option: in words and by an icon whether it is right, whether it was chosen, and why."""
    mark = (
        ":green[:material/check_circle:] **Right"
        if option.right
        else ":red[:material/cancel:] **Not this one"
    )
    yours = ", your answer" if option is chosen else ""
    return f"{mark}{yours}:** {option.words}  \n{option.why}"


def go_on(scenario_id: str) -> None:
    """Leave what was answered, and the scenario that the address named; when it comes back, nothing is chosen."""
    for key in (keys.ANSWERED, field(scenario_id)):
        st.session_state.pop(key, None)
    st.query_params.pop(NAMED_BY, None)
    focus.move_to(KNOWN)
    redraw()


# Nothing left, and begun anew


def nothing_left(practice: Practice, desk: Desk) -> None:
    """That all are answered, when the next comes back, and a way to go through all again."""
    st.header("Nothing is left for today", anchor=False)
    coming = practice.returning
    comes = f"The next comes back {on_day(coming[0].day, practice.today)}." if coming else "None comes back."
    st.markdown(f"You have answered all {practice.total} situations. {comes}")
    label = "Go through all again"
    st.button(label, key=ANEW, icon=":material/replay:", on_click=practise_anew, args=(desk,))


@spoken
def practise_anew(desk: Desk) -> None:
    """Begin with the first again."""
    st.session_state[keys.BEGUN_ANEW] = desk.practise_anew()
    focus.move_to(ON)
    redraw()


def begun_anew(desk: Desk) -> None:
    """That practice was just begun anew, until something is answered, with a way to take that back."""
    marker: Answer | None = st.session_state.get(keys.BEGUN_ANEW)
    if marker is None:
        return
    st.success("Begun anew. What you answered before counts no more.", icon=":material/replay:")
    label = "Undo: go through all again"
    st.button(label, key=ON, icon=":material/undo:", on_click=practise_on, args=(desk, marker))


@spoken
def practise_on(desk: Desk, marker: Answer) -> None:
    """Let what was answered before count again."""
    desk.practise_on(marker)
    st.session_state.pop(keys.BEGUN_ANEW, None)
    focus.move_to(ANEW)
    redraw()
