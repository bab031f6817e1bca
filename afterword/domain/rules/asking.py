"""Before an interview ends: ask when, and how, you will hear."""

from __future__ import annotations

from afterword.domain.facts import Facts, PlacedEntry, PlacedRound
from afterword.domain.model import EntryKind, StepKind
from afterword.domain.step import State, Step, step_id

RULE = "ask-when-and-how"


def ask_when_and_how(facts: Facts) -> tuple[Step, ...]:
    """A step for each round ahead: open at once, due on the day it ends, never overdue. Grounds: A5, A6, A7."""
    asked = {round_asked_about(entry, facts): entry for entry in facts.of_kind(EntryKind.ASK)}
    return tuple(ask_step(round, facts, asked.get(round)) for round in facts.rounds_ahead)


def ask_step(round: PlacedRound, facts: Facts, asked: PlacedEntry | None) -> Step:
    """The step to ask in that round; a promise says that it was asked."""
    promise = round.round.promise
    done = asked is not None or (promise is not None and promise.says_something)
    return Step(
        id=step_id(StepKind.ASK, round.reference),
        kind=StepKind.ASK,
        round=round.round,
        opens=facts.today,
        due=round.day,
        state=State.DONE if done else State.OPEN,
        reason=RULE,
        entry=asked.entry if asked else None,
    )


def round_asked_about(entry: PlacedEntry, facts: Facts) -> PlacedRound | None:
    """The round an `ask` was about: the one it names, else the next to end after it."""
    if entry.entry.round is not None:
        return facts.round_meant(entry)
    return next((r for r in facts.rounds if r.ended_at > entry.at), None)
