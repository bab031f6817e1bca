"""An application as it lies on the desk: with its plan for one moment."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from afterword.domain.facts import placed, zone_named
from afterword.domain.handbook import Handbook
from afterword.domain.model import Application, folded
from afterword.domain.plan import make_plan
from afterword.domain.step import TO_DO, Plan, State, Status, Step
from afterword.domain.workdays import Workdays
from afterword.domain.you import You

Urgency = tuple[int, date, str, str]
RANKS = {
    status: rank
    for rank, status in enumerate(
        (Status.OVERDUE, Status.DUE, Status.QUIET, Status.AWAITING_REPLY, Status.UPCOMING, Status.NEW)
    )
}


@dataclass(frozen=True, slots=True)
class OpenCase:
    """An application on the desk, with the version an edit starts from and its plan for now.

    `as_of` is how far its store had come when it was read, where that counts what is written.
    """

    application: Application
    version: int
    plan: Plan
    now: datetime
    workdays: Workdays = field(default_factory=Workdays)
    as_of: object = field(default=None, compare=False, repr=False)

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


def open_case(
    application: Application,
    version: int,
    now: datetime,
    handbook: Handbook,
    you: You,
    as_of: object = None,
) -> OpenCase:
    """An application with its plan for `now`, an aware moment; your own zone and country stand in for its."""
    zone, workdays = application.zone or you.zone or "UTC", Workdays(application.country or you.country)
    plan = make_plan(application, now, handbook, workdays, zone)
    return OpenCase(application, version, plan, now.astimezone(zone_named(zone)), workdays, as_of)


def at_moment(case: OpenCase, now: datetime) -> OpenCase:
    """The same at a later moment, until which its plan holds."""
    there = now.astimezone(case.now.tzinfo)
    return OpenCase(case.application, case.version, case.plan, there, case.workdays, case.as_of)


def done_today(step: Step, case: OpenCase) -> bool:
    """Whether a step was done on the day of the plan, so that it can still be changed in place."""
    if step.state != State.DONE or step.entry is None:
        return False
    return case.there(step.entry.at).date() == case.today


def is_at_hand(case: OpenCase) -> bool:
    """Whether there is something to do now, or something was done on the day of the plan."""
    return any(step.state in TO_DO or done_today(step, case) for step in case.plan.steps)


def step_of(case: OpenCase, step_id: str) -> Step | None:
    """The step of the plan with that id."""
    return next((step for step in case.plan.steps if step.id == step_id), None)


def urgency(case: OpenCase, today: date) -> Urgency:
    """Sorts the most urgent first: what is overdue, then due by its day, then what opens next, closed last."""
    step = case.plan.next
    day = (step.due if step.state in TO_DO else step.opens) if step else today
    return RANKS.get(case.plan.status, len(RANKS)), day, folded(case.application.company), case.id
