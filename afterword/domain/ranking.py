"""Applications in the order of their urgency, kept so as they come and go, however many there are."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import overload

from afterword.domain.case import OpenCase, at_moment, is_at_hand, urgency
from afterword.domain.order import Named, Order, Standing
from afterword.domain.step import STILL_AHEAD, Status

NOT_ACTIVE = (Status.NEW, Status.CLOSED)  # the last two in the order of urgency


class Cases(Sequence[OpenCase]):
    """Applications as they lie on the desk at `now`; each is put there when it is looked at.

    A plan may have been made earlier, as long as it still holds.
    """

    def __init__(self, planned: Standing, now: datetime) -> None:
        self._planned = planned
        self._now = now

    def __len__(self) -> int:
        """How many there are."""
        return len(self._planned)

    @overload
    def __getitem__(self, place: int) -> OpenCase: ...
    @overload
    def __getitem__(self, place: slice) -> Cases: ...
    def __getitem__(self, place: int | slice) -> OpenCase | Cases:
        """The one at that place, or those between two places."""
        if isinstance(place, slice):
            return Cases(self._planned[place], self._now)
        return at_moment(self._planned[place], self._now)

    def __iter__(self) -> Iterator[OpenCase]:
        """One after the other."""
        return (at_moment(case, self._now) for case in self._planned)

    def __eq__(self, other: object) -> bool:
        """Whether the same applications stand there in the same order."""
        if isinstance(other, Cases) and self._now == other._now and self._planned == other._planned:
            return True
        return isinstance(other, Sequence) and len(self) == len(other) and tuple(self) == tuple(other)

    def with_more(self, more: Collection[OpenCase], today: date) -> Cases:
        """The same with these among them, in the order of urgency."""
        order, planned = partial(urgency, today=today), self._planned
        for case in more:
            planned = planned.with_one(bisect_left(planned, order(case), key=order), case)
        return Cases(planned, self._now)

    def without(self, less: Collection[OpenCase], today: date) -> Cases:
        """The same without these, which are among them."""
        order, planned = partial(urgency, today=today), self._planned
        for case in less:
            planned = planned.without_one(bisect_left(planned, order(case), key=order))
        return Cases(planned, self._now)

    def led_by(self, first: OpenCase, today: date) -> Cases:
        """The same with one of them before the others."""
        others = self.without((first,), today)
        return Cases(others._planned.with_one(0, first), self._now)


@dataclass(frozen=True, slots=True)
class Ranked:
    """Applications with their plans, most urgent first, and what is counted about them.

    `at_hand` are those with something to do now or done today, `at_rest` the others.
    """

    everything: Standing = field(default_factory=Standing)
    at_hand: Standing = field(default_factory=Standing)
    at_rest: Standing = field(default_factory=Standing)
    by_id: Mapping[str, OpenCase] = field(default_factory=Named)
    counts: Mapping[Status, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Today:
    """Every application of the owner at one moment, most urgent first; `day` is the date where the owner is."""

    day: date
    now: datetime
    ranked: Ranked

    @property
    def cases(self) -> Cases:
        """All of them."""
        return Cases(self.ranked.everything, self.now)

    @property
    def active(self) -> Cases:
        """Those that had an interview or have one ahead, and are not closed."""
        last = sum(self.count(status) for status in NOT_ACTIVE)
        return self.cases[: len(self.ranked.everything) - last]

    def find(self, id: str) -> OpenCase | None:
        """The application of that id, None where it is not among them."""
        case = self.ranked.by_id.get(id)
        return at_moment(case, self.now) if case is not None else None

    def count(self, status: Status) -> int:
        """How many stand so."""
        return self.ranked.counts.get(status, 0)

    def apart(
        self, doubtful: Iterable[str], too: Callable[[OpenCase], bool], first: str | None = None
    ) -> tuple[Cases, Cases]:
        """The applications at hand, the one with the id `first` before all, and the others.

        Of those whose ids are doubtful, `too` says which are at hand though they would be at rest.
        """
        known = (self.find(id) for id in doubtful)
        more = [case for case in known if case is not None and not is_at_hand(case) and too(case)]
        hand, rest = Cases(self.ranked.at_hand, self.now), Cases(self.ranked.at_rest, self.now)
        if more:
            hand, rest = hand.with_more(more, self.day), rest.without(more, self.day)
        leader = self.ranked.by_id.get(first or "")
        return (hand.led_by(leader, self.day) if leader else hand), rest

    def where(self, wanted: Callable[[OpenCase], bool]) -> Today:
        """Only those that are wanted."""
        return Today(self.day, self.now, Ranking(self.day, filter(wanted, self.ranked.everything)).ranked())

    def first_ahead(self) -> OpenCase | None:
        """The application whose next step is the first to open of those that cannot be done yet."""
        planned = ((case.plan.next, case) for case in self.ranked.everything)
        ahead = ((step.opens, case) for step, case in planned if step and step.state in STILL_AHEAD)
        found = min(ahead, key=lambda pair: pair[0], default=None)
        return at_moment(found[1], self.now) if found else None


class Ranking:
    """Every application of an owner by urgency on one day, as it changes."""

    def __init__(self, day: date, cases: Iterable[OpenCase] = ()) -> None:
        self.day = day
        self._cases = Named.of(cases)
        ranked = [(urgency(case, day), case) for case in self._cases.values()]
        self._everything = Order(ranked)
        self._at_hand = Order(one for one in ranked if is_at_hand(one[1]))
        self._at_rest = Order(one for one in ranked if not is_at_hand(one[1]))
        self._counts = Counter(case.plan.status for case in self._cases.values())

    def __len__(self) -> int:
        """How many there are."""
        return len(self._cases)

    def __iter__(self) -> Iterator[OpenCase]:
        """Each of them, in no order."""
        return iter(self._cases.values())

    def get(self, id: str) -> OpenCase | None:
        """One of them, None where it is not there."""
        return self._cases.get(id)

    def put(self, case: OpenCase) -> None:
        """Let an application stand as it is now, whether it was there before or not."""
        self.drop(case.id)
        key, self._cases = urgency(case, self.day), self._cases.with_one(case)
        self._everything.put(key, case)
        self._half(case).put(key, case)
        self._counts[case.plan.status] += 1

    def drop(self, id: str) -> None:
        """Leave an application out, if it is there."""
        case = self._cases.get(id)
        if case is None:
            return
        key, self._cases = urgency(case, self.day), self._cases.without_one(id)
        self._everything.take(key)
        self._half(case).take(key)
        self._counts[case.plan.status] -= 1

    def ranked(self) -> Ranked:
        """What stands there now, as it will stay."""
        return Ranked(
            everything=self._everything.standing(),
            at_hand=self._at_hand.standing(),
            at_rest=self._at_rest.standing(),
            by_id=self._cases,
            counts=dict(self._counts),
        )

    def _half(self, case: OpenCase) -> Order:
        return self._at_hand if is_at_hand(case) else self._at_rest
