"""What the parts of an application's page show, so that after a click only what has changed is drawn again."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

import streamlit as st

from afterword.desk import Desk
from afterword.domain.case import OpenCase, done_today
from afterword.domain.checklist import Line, PhaseLines, checklist
from afterword.domain.handbook import Item
from afterword.domain.step import State, Step
from afterword.ui import focus, keeper, keys, wiring, words

NOW = "now"
HEAD, LATER, ACTIONS = f"{NOW}/head", f"{NOW}/later", f"{NOW}/actions"
PLAN = "plan"
LANE = "lane"
HISTORY = "history"
INTERVIEWS = "interviews"
ENDING = "ending"
DIARY = "diary"


@dataclass
class Shelf:
    """One visit to an application's page: what each part has drawn last, and a reading of it that parts share.

    While `everything` is drawn all parts share it, afterwards those in `waiting` that were asked to draw it.
    """

    case_id: str
    read: OpenCase | None = None
    everything: bool = False
    waiting: set[str] = field(default_factory=set)
    drawn: dict[str, Hashable] = field(default_factory=dict)
    described: tuple[OpenCase, dict[str, Hashable]] | None = None

    def take(self, part: str) -> OpenCase:
        """The application as it is now, for a part to draw. Raises UnknownApplication."""
        case = (
            self.read
            if self.everything or part in self.waiting or any(is_within(part, w) for w in self.waiting)
            else None
        )
        case = case or wiring.desk().open(self.case_id)
        self.waiting.discard(part)
        self.drawn[part] = self.contents(case).get(part)
        return case

    def contents(self, case: OpenCase) -> dict[str, Hashable]:
        """What each part depends on, worked out once a reading."""
        if self.described is None or self.described[0] is not case:
            self.described = (case, contents(case))
        return self.described[1]


def contents(case: OpenCase) -> dict[str, Hashable]:
    """What each part of the page depends on: two equal ones look the same."""
    log, today, bare = case.application.log, case.today, replace(case.application, log=())
    shown = shown_steps(case)
    found: dict[str, Hashable] = {
        NOW: tuple(step.id for step in shown),
        HEAD: (case.plan.status, case.application.outcome, words.company_line(bare)),
        LATER: (words.later_line(case), case.plan.advisories),
        ACTIONS: bare,
        INTERVIEWS: (bare, today),
        DIARY: (case.plan, bare) if is_open(case.id, DIARY) else None,
        LANE: (wiring.desk().lane(case), today),
        ENDING: (case.application.outcome, today),
        PLAN: (case.plan, today) if is_open(case.id, PLAN) else None,
        HISTORY: (log, today) if is_open(case.id, HISTORY) else None,
    }
    found |= {step_part(step): (step, words.fact_line(step, case), today) for step in shown}
    for phase in checklist(wiring.words().handbook.phases, case.application, case.plan):
        found[progress_part(phase)] = (phase.done, phase.counted)
        for item in phase.phase.items:
            lines = [line for line in phase.lines if line.item == item]
            found[item_part(item)] = tuple(line_part(line) for line in lines)
            found |= {line_part(line): (line, case.plan.date_in_force, today) for line in lines}
    return found


def is_open(case_id: str, part: str) -> bool:
    """Whether a part that is sent only once it is opened stands open."""
    return bool(st.session_state.get(keys.part(case_id, part)))


def shown_steps(case: OpenCase) -> tuple[Step, ...]:
    """What can be done now, and what was done here or today, each in its place."""
    return tuple(s for s in case.plan.steps if s in case.to_do or was_done_now(s, case))


def was_done_now(step: Step, case: OpenCase) -> bool:
    """Whether a step was done today or in this session, so that it can still be changed in place."""
    if step.state != State.DONE or step.entry is None:
        return False
    return done_today(step, case) or step.entry.id in st.session_state.get(keys.DONE_HERE, {})


def step_part(step: Step) -> str:
    """The name of the part that a step has on the card."""
    return f"{NOW}/{step.id}"


def progress_part(phase: PhaseLines) -> str:
    """The name of the part that says how far a phase has come."""
    return f"progress-{phase.phase.id}"


def item_part(item: Item) -> str:
    """The name of an item's part, with all its lines."""
    return f"item-{item.id}"


def line_part(line: Line) -> str:
    """The name of a line's part."""
    return f"{item_part(line.item)}/{line.step.id if line.step else 'own'}"


def is_within(part: str, other: str) -> bool:
    """Whether a part lies within another, which draws it when it is drawn itself."""
    return part.startswith(f"{other}/")


@contextmanager
def visit(case: OpenCase) -> Iterator[Shelf]:
    """While the whole page is drawn its parts share one reading of the application; afterwards each reads anew."""
    shelf = Shelf(case.id, read=case, everything=True)
    st.session_state[keys.SHELF] = shelf
    try:
        yield shelf
    finally:
        shelf.everything = False


def leave() -> None:
    """Forget which application's page was open."""
    st.session_state.pop(keys.SHELF, None)


def redraw(desk: Desk, case_id: str, *also: str) -> None:
    """End a callback: have drawn again what no longer shows what is kept, and nothing else.

    `also` names parts to draw whatever they show. On any other page the usual rerun follows.
    """
    shelf: Shelf | None = st.session_state.get(keys.SHELF)
    if shelf is None or shelf.case_id != case_id:
        return
    if keys.SAID in st.session_state:
        st.rerun()
    shelf.read = desk.open(case_id)
    now = shelf.contents(shelf.read)
    changed = [part for part, shown in shelf.drawn.items() if part in also or shown != now.get(part)]
    outermost = [part for part in changed if not any(is_within(part, other) for other in changed)]
    shelf.drawn = {part: shown for part, shown in shelf.drawn.items() if part in now}
    shelf.waiting = set(outermost)
    draw([*outermost, *frame_parts()])


def frame_parts() -> list[str]:
    """The parts of the frame that have something to tell the browser."""
    wanted = {focus.PART: focus.is_wanted(), keeper.PART: keeper.is_behind()}
    return [part for part, is_wanted in wanted.items() if is_wanted]


def draw(parts: list[str]) -> None:
    """Have these parts drawn in place of what a callback would have drawn, if there are any."""
    if parts:
        st.rerun(parts)


def redraw_part(case_id: str, part: str) -> None:
    """End a callback that opened or closed something: draw that part of the page again, and nothing else."""
    shelf: Shelf | None = st.session_state.get(keys.SHELF)
    if shelf is not None and shelf.case_id == case_id:
        draw([part, *frame_parts()])
