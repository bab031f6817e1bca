"""What the parts of a page show, so that after a click only what has changed is drawn again."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Generic, TypeVar

import streamlit as st

from afterword.bursts import drawn_in_this_run
from afterword.desk import Desk
from afterword.domain.case import OpenCase, done_today
from afterword.domain.checklist import Line, PhaseLines, checklist, phases_now
from afterword.domain.handbook import Item
from afterword.domain.model import Application
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
CHECKLIST = "checklist"
PHASES = "phases"
MORE = "more"
FOR_NOW = "for-now"
PAGE = "page"  # what stands outside of all parts


T = TypeVar("T")
Contents = dict[str, Hashable]


@dataclass
class Shelf(Generic[T]):
    """One visit to a page made of parts: what each has drawn last, and a reading of the desk that parts share.

    `case_id` is the application that the page is about, None for the page of them all. While `everything` is
    drawn all parts share the reading, afterwards those in `waiting` that were asked to draw it.
    """

    desk: Desk
    case_id: str | None
    read_anew: Callable[[], T]
    describe: Callable[[T, tuple[T, Contents] | None], Contents]
    read: T | None = None
    everything: bool = False
    waiting: set[str] = field(default_factory=set)
    drawn: Contents = field(default_factory=dict)
    described: tuple[T, Contents] | None = None

    def take(self, part: str) -> T:
        """What is read of the desk as it is now, for a part to draw. Raises UnknownApplication."""
        shared = self.everything or part in self.waiting or is_in_one_of(part, self.waiting)
        reading = self.read if shared and self.read is not None else self.read_anew()
        self.waiting.discard(part)
        self.drawn[part] = self.contents(reading).get(part)
        return reading

    def contents(self, reading: T) -> Contents:
        """What each part depends on, worked out once a reading."""
        if self.described is None or self.described[0] is not reading:
            self.described = (reading, self.describe(reading, self.described))
        return self.described[1]

    def changed(self, reading: T | None = None) -> list[str]:
        """The parts that no longer show what is kept, read anew for all of them unless a write has just told it."""
        self.read = reading or self.read_anew()
        now = self.contents(self.read)
        found = [part for part, shown in self.drawn.items() if shown != now.get(part)]
        self.drawn = {part: shown for part, shown in self.drawn.items() if part in now}
        return found


def contents(case: OpenCase, before: tuple[OpenCase, Contents] | None, desk: Desk) -> Contents:
    """What each part of an application's page depends on: two equal ones look the same.

    After a tick that changed no plan the checklist and the history alone may show something else.
    """
    if before is not None and case.plan is before[0].plan and case.today == before[0].today:
        return {**before[1], **logged_contents(case)}
    return {**planned_contents(case, desk), **logged_contents(case)}


def planned_contents(case: OpenCase, desk: Desk) -> Contents:
    """What the parts that show a plan depend on."""
    today, bare = case.today, replace(case.application, log=())
    return {
        **card_contents(case, bare),
        INTERVIEWS: (bare, today) if is_open(case.id, INTERVIEWS) else None,
        DIARY: (case.plan, bare) if is_open(case.id, DIARY) else None,
        LANE: (desk.lane(case), today),
        ENDING: (case.application.outcome, today),
        PLAN: (case.plan, today) if is_open(case.id, PLAN) else None,
    }


def logged_contents(case: OpenCase) -> Contents:
    """What the parts that show ticks and entries depend on, and the names of all lines, whose places are the page's."""
    today, phases = case.today, checklist(wiring.words().handbook.phases, case.application, case.plan)
    lines = [
        named
        for phase in open_phases(case.id, phases)
        for item in phase.phase.items
        for named in named_lines(phase, item)
    ]
    return {
        HISTORY: (case.application.log, today) if is_open(case.id, HISTORY) else None,
        CHECKLIST: phases,
        **{name: (line, case.plan.date_in_force, today) for name, line in lines},
        PAGE: tuple(name for name, _ in lines),
    }


def open_phases(case_id: str, phases: tuple[PhaseLines, ...]) -> list[PhaseLines]:
    """The phases whose lines are on the page."""
    are_open = standing(case_id, PHASES)
    return [phase for phase in phases if phase.phase.id in are_open]


def open_or_shut(case_id: str, name: str, which: str) -> None:
    """Have one of them stand open, or no longer."""
    before = standing(case_id, name)
    after = [one for one in before if one != which] if which in before else [*before, which]
    st.session_state[keys.part(case_id, name)] = after


def open_what_is_for_now(case: OpenCase) -> None:
    """Have open what there is to look at now, once each time that becomes something else; what is open stays so."""
    phases = checklist(wiring.words().handbook.phases, case.application, case.plan)
    now = [phase.phase.id for phase in phases_now(phases, case.plan)]
    if st.session_state.get(keys.part(case.id, FOR_NOW)) != now:
        st.session_state[keys.part(case.id, FOR_NOW)] = now
        both = dict.fromkeys((*standing(case.id, PHASES), *now))
        st.session_state[keys.part(case.id, PHASES)] = list(both)
    st.session_state.setdefault(keys.part(case.id, MORE), [] if case.application.rounds else [INTERVIEWS])


def card_contents(case: OpenCase, bare: Application) -> Contents:
    """What each part of an application's card depends on; `bare` is the application without its log."""
    shown = shown_steps(case)
    return {
        NOW: tuple((step.id, words.step_title(step)) for step in shown),
        HEAD: (case.plan.status, bare.outcome, words.company_line(bare)),
        LATER: (words.later_line(case), case.plan.advisories),
        ACTIONS: bare,
        **{step_part(step): (step, words.fact_line(step, case), case.today) for step in shown},
    }


def is_open(case_id: str, part: str) -> bool:
    """Whether a part that is sent only once it is opened stands open."""
    return part in standing(case_id, MORE)


def standing(case_id: str, name: str) -> list[str]:
    """What was chosen to stand open: phases of the checklist, or what is looked up now and then."""
    return st.session_state.get(keys.part(case_id, name)) or []


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


def named_lines(phase: PhaseLines, item: Item) -> list[tuple[str, Line]]:
    """The lines of an item with the names of their parts: by place, since a new step takes an old one's line."""
    lines = (line for line in phase.lines if line.item is item)
    return [(f"item-{item.id}-{place}", line) for place, line in enumerate(lines)]


def card_part(case_id: str) -> str:
    """The name of the part that an application's card is on Today."""
    return f"card-{case_id}"


def part_of_card(case_id: str, part: str, drawn: Iterable[str]) -> str:
    """The part of Today in which something of a card was clicked: a step of several has one, the rest is the card."""
    card = card_part(case_id)
    own = f"{card}/{part}"
    return own if own in drawn else card


def is_in_one_of(part: str, others: Iterable[str]) -> bool:
    """Whether a part lies within one of these."""
    return any(is_within(part, other) for other in others)


def is_within(part: str, other: str) -> bool:
    """Whether a part lies within another, which draws it when it is drawn itself."""
    return part.startswith(f"{other}/")


@contextmanager
def visit(case: OpenCase, desk: Desk) -> Iterator[Shelf[OpenCase]]:
    """A visit to an application's page, while all of it is drawn."""
    open_what_is_for_now(case)
    about = Shelf(desk, case.id, partial(desk.open, case.id), partial(contents, desk=desk), read=case)
    with whole(about) as shelf:
        yield shelf


@contextmanager
def whole(shelf: Shelf[T]) -> Iterator[Shelf[T]]:
    """While the whole page is drawn its parts share one reading of the desk; afterwards each reads anew."""
    st.session_state[keys.SHELF] = shelf
    shelf.everything = True
    shelf.take(PAGE)
    try:
        yield shelf
    finally:
        shelf.everything = False


def leave() -> None:
    """Forget which application's page was open."""
    st.session_state.pop(keys.SHELF, None)


def redraw(case_id: str, here: str = "", left: OpenCase | None = None) -> None:
    """End a callback: have drawn again what no longer shows what is kept, and nothing else.

    `here` is the part that was clicked in, which is drawn in any case: where it is the only one, nothing is asked
    for. On a page without parts the usual run follows.
    `left` is how the callback's own write left the application, where the desk knows that.
    """
    shelf = shelf_with(case_id)
    if shelf is None:
        return
    if keys.SAID in st.session_state:
        st.rerun()
    here = here if shelf.case_id else part_of_card(case_id, here, shelf.drawn)
    changed = {*shelf.changed(left if shelf.case_id else None), here} - {""}
    if PAGE in changed:
        st.rerun()
    outermost = [part for part in shelf.drawn if part in changed and not is_in_one_of(part, changed)]
    shelf.waiting = set(outermost)
    wanted = [*outermost, *frame_parts()]
    if wanted != [here]:
        draw(wanted)


def frame_parts() -> list[str]:
    """The parts of the frame that have something to tell the browser."""
    wanted = {focus.PART: focus.is_wanted(), keeper.PART: keeper.is_behind()}
    return [part for part, is_wanted in wanted.items() if is_wanted]


def draw(parts: list[str]) -> None:
    """End a callback: have these parts drawn, if there are any.

    By this very run beside the part that was clicked in, or where that cannot be by another run.
    """
    if parts and not drawn_in_this_run(parts):
        st.rerun(parts)


def redraw_part(case_id: str, part: str) -> None:
    """End a callback that opened or closed something: draw that part of the page again, and nothing else."""
    shelf = shelf_with(case_id)
    if shelf is None:
        return
    if shelf.case_id:
        draw([part, *frame_parts()])
        return
    card, wanted = card_part(case_id), frame_parts()
    if wanted or part_of_card(case_id, part, shelf.drawn) != card:  # else the usual run draws the card
        draw([card, *wanted])


def shelf_with(case_id: str) -> Shelf[Any] | None:
    """The visit to a page with parts that show that application, None where the page is another."""
    shelf: Shelf[Any] | None = st.session_state.get(keys.SHELF)
    if shelf is None:
        return None
    is_shown = case_id == shelf.case_id or (shelf.case_id is None and card_part(case_id) in shelf.drawn)
    return shelf if is_shown else None
