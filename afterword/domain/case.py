"""An application as it lies on the desk: with its plan for one moment."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from afterword.domain.facts import placed, zone_named
from afterword.domain.model import Application, folded
from afterword.domain.step import TO_DO, Plan, Status, Step
from afterword.domain.workdays import Workdays


@dataclass(frozen=True, slots=True)
class OpenCase:
    """An application on the desk, with the version an edit starts from and its plan for now."""

    application: Application
    version: int
    plan: Plan
    now: datetime
    workdays: Workdays = field(default_factory=Workdays)

    @property
    def today(self) -> date:
        """The date in the application's zone at the moment of the plan."""
        return self.now.date()

    def there(self, when: datetime) -> datetime:
        """A time in the application's zone; one without an offset is there already."""
        return placed(when, zone_named(str(self.now.tzinfo)))

    @property
    def id(self) -> str:
        """The application's id."""
        return str(self.application.id)

    @property
    def to_do(self) -> tuple[Step, ...]:
        """The steps that can be done now."""
        return tuple(step for step in self.plan.steps if step.state in TO_DO)


@dataclass(frozen=True, slots=True)
class Today:
    """Every application of the owner at one moment, most urgent first."""

    day: date
    cases: tuple[OpenCase, ...]


def step_of(case: OpenCase, step_id: str) -> Step | None:
    """The step of the plan with that id."""
    return next((step for step in case.plan.steps if step.id == step_id), None)


def urgency(case: OpenCase, today: date) -> tuple[object, ...]:
    """Sorts the most urgent first: what is overdue, then due by its day, then what opens next, closed last."""
    status, step = case.plan.status, case.plan.next
    ranks = (Status.OVERDUE, Status.DUE, Status.QUIET, Status.AWAITING_REPLY, Status.UPCOMING, Status.NEW)
    rank = ranks.index(status) if status in ranks else len(ranks)
    day = (step.due if step.state in TO_DO else step.opens) if step else today
    return rank, day, folded(case.application.company), case.id
