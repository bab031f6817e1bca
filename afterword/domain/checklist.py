"""The checklist of one application: every item by phase, with the step or the entry that ticks it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from afterword.domain.handbook import Item, Phase
from afterword.domain.model import Application, Entry, EntryKind
from afterword.domain.step import TO_DO, Plan, State, Status, Step

MARK = "checklist:"


class Standing(StrEnum):
    """Where a line of the checklist stands."""

    TICKED = "ticked"
    TO_DO = "to_do"
    NOT_YET = "not_yet"
    OVER = "over"
    DOES_NOT_APPLY = "does_not_apply"


@dataclass(frozen=True, slots=True)
class Line:
    """One line: an item, with its step where it has one, and the entry that ticked it."""

    item: Item
    standing: Standing
    step: Step | None = None
    entry: Entry | None = None


@dataclass(frozen=True, slots=True)
class PhaseLines:
    """The lines of one phase."""

    phase: Phase
    lines: tuple[Line, ...]

    @property
    def done(self) -> int:
        """How many of its lines are ticked."""
        return sum(line.standing == Standing.TICKED for line in self.lines)

    @property
    def counted(self) -> int:
        """How many lines there are to tick, those that do not apply left out."""
        apart = {Standing.DOES_NOT_APPLY, Standing.OVER}
        return sum(line.standing not in apart for line in self.lines)


def checklist(phases: Iterable[Phase], application: Application, plan: Plan) -> tuple[PhaseLines, ...]:
    """Every phase with its lines: an item of a step once for each such step of the plan. Grounds: A2."""
    every = tuple(phases)
    claimed = frozenset(item.rule for phase in every for item in phase.items if item.rule)
    return tuple(
        PhaseLines(
            phase, tuple(line for i in phase.items for line in lines_of(i, application, plan, claimed))
        )
        for phase in every
    )


def phases_now(phases: tuple[PhaseLines, ...], plan: Plan) -> tuple[PhaseLines, ...]:
    """The phases to look at now: with a step to do, else the one before that of the next step.

    Where there is no next step it is the first before any interview, and the last once an outcome is known.
    """
    due = tuple(phase for phase in phases if any(is_due(line) for line in phase.lines))
    if due or not phases:
        return due
    if plan.next is None:
        return (phases[-1 if plan.status == Status.CLOSED else 0],)
    ahead = (
        place for place, phase in enumerate(phases) if any(line.step == plan.next for line in phase.lines)
    )
    return (phases[max(0, next(ahead, len(phases)) - 1)],)


def is_due(line: Line) -> bool:
    """Whether a line stands for a step that is to be done now."""
    return line.step is not None and line.standing == Standing.TO_DO


def lines_of(item: Item, application: Application, plan: Plan, claimed: frozenset[str]) -> tuple[Line, ...]:
    """The lines of one item: its own tick, or one for each of its steps."""
    if item.step is None:
        entry = own_tick(item, application)
        return (Line(item, Standing.TICKED if entry else Standing.TO_DO, entry=entry),)
    steps = (step for step in plan.steps if belongs(step, item, claimed))
    found = tuple(Line(item, standing_of(step), step, step.entry) for step in steps)
    return found or (Line(item, Standing.DOES_NOT_APPLY),)


def belongs(step: Step, item: Item, claimed: frozenset[str]) -> bool:
    """Whether a step is one of the item's: of its kind and rule, or of a rule that no other item claims."""
    if step.kind != item.step:
        return False
    return step.reason == item.rule if item.rule else step.reason not in claimed


def standing_of(step: Step) -> Standing:
    """Where a line stands by its step."""
    if step.state == State.DONE:
        return Standing.TICKED
    if step.state in TO_DO:
        return Standing.TO_DO
    return Standing.OVER if step.state in {State.MISSED, State.CANCELLED} else Standing.NOT_YET


def own_tick(item: Item, application: Application) -> Entry | None:
    """The latest entry that ticked an item without a step, None where none counts."""
    ticks = [e for e in application.log if e.withdrawn_at is None and item_ticked(e) == item.id]
    return max(ticks, key=lambda e: e.at, default=None)


def tick_of(item: Item, at: datetime) -> Entry:
    """The entry that ticks an item without a step."""
    return Entry(kind=EntryKind.NOTE, at=at, text=f"{MARK}{item.id}")


def item_ticked(entry: Entry) -> str | None:
    """The id of the item that an entry ticks, None for any other entry."""
    if entry.kind != EntryKind.NOTE or entry.text is None or not entry.text.startswith(MARK):
        return None
    return entry.text.removeprefix(MARK)
