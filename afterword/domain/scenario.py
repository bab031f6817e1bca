"""One situation to practise on: the facts, a question, what could be answered, and why each answer is right or wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from afterword.domain.model import Application, StepKind
from afterword.domain.step import StepChannel


class Asks(StrEnum):
    """What kind of answer a scenario wants. All but a judgement can be worked out from its facts."""

    DATE = "date"
    CHANNEL = "channel"
    STEP = "step"
    JUDGEMENT = "judgement"


# What an option may name: the first and the last day of a step, its channel, the kind of the next one.
Named = Literal["opens", "due", "channel", "kind"]
NAMES: dict[Asks, tuple[Named, ...]] = {
    Asks.DATE: ("opens", "due"),
    Asks.CHANNEL: ("channel",),
    Asks.STEP: ("kind",),
    Asks.JUDGEMENT: (),
}
WAIT: Literal["wait"] = "wait"
NextKind = StepKind | Literal["wait"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One answer and the reason why it is right or wrong. `kind` is what to do next, `wait` for nothing yet."""

    id: str
    words: str
    why: str
    right: bool = False
    opens: date | None = None
    due: date | None = None
    channel: StepChannel | None = None
    kind: NextKind | None = None

    @property
    def names(self) -> tuple[Named, ...]:
        """What it names, so that it can be compared with a plan."""
        every: tuple[Named, ...] = ("opens", "due", "channel", "kind")
        return tuple(name for name in every if getattr(self, name) is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """One situation at the moment `now`. `of` is the kind of step asked about, None for the plan's next one."""

    id: str
    title: str
    situation: str
    question: str
    now: datetime
    asks: Asks
    cites: tuple[str, ...]
    application: Application
    options: tuple[Option, ...]
    of: StepKind | None = None
    guide: str | None = None

    def option(self, id: str) -> Option | None:
        """The option of that id, None where there is none."""
        return next((option for option in self.options if option.id == id), None)
