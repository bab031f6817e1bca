"""What was planned a moment ago, in this process's memory alone: only what changed since is read and planned again.

A plan is still a function of what is kept and of the moment. Nothing here outlives the process, and nothing is
believed for longer than it holds: each plan names the moment until which it does.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from heapq import heapify, heappop, heappush
from threading import Lock

from afterword.domain.case import OpenCase, open_case
from afterword.domain.facts import zone_named
from afterword.domain.handbook import Handbook
from afterword.domain.model import Application
from afterword.domain.ranking import Ranked, Ranking, Today
from afterword.domain.workdays import Workdays
from afterword.domain.you import You
from afterword.store.repository import News, Repository

MOST_OWNERS = 64
MOST_APPLICATIONS = 30_000  # of all owners together; whoever has more is planned anew each time


@dataclass(frozen=True, slots=True)
class Grounds:
    """What an owner's plans rest on besides the applications, and the moment they are asked for."""

    handbook: Handbook
    you: You
    now: datetime

    @property
    def day(self) -> date:
        """The date where the owner is, by which applications are ranked."""
        return self.now.astimezone(zone_named(self.you.zone or "UTC")).date()

    def plan(self, application: Application, version: int) -> OpenCase:
        """An application with its plan on these grounds."""
        return open_case(application, version, self.now, self.handbook, self.you)

    def follow(self, before: Grounds | None) -> bool:
        """Whether plans made before may count: by the same handbook, and by a clock that was not set back."""
        return before is not None and self.handbook is before.handbook and before.now <= self.now

    def bear(self, case: OpenCase) -> bool:
        """Whether a plan made before would be the same now."""
        zone, country = case.application.zone or self.you.zone, case.application.country or self.you.country
        same_place = str(case.now.tzinfo) == (zone or "UTC") and case.workdays == Workdays(country)
        return same_place and self.now < case.plan.holds_until

    def are_still(self, before: Grounds | None) -> bool:
        """Whether only time has gone by, and no day."""
        if before is None or not self.follow(before):
            return False
        mine, theirs = ((one.you.zone, one.you.country, one.day) for one in (self, before))
        return mine == theirs


@dataclass(slots=True)
class Planned:
    """One owner's applications as they were planned last. `until` says how far they were read, None where not."""

    lock: Lock = field(default_factory=Lock)
    until: object = None
    grounds: Grounds | None = None
    ranking: Ranking = field(default_factory=lambda: Ranking(date.min))
    ends: list[tuple[datetime, str]] = field(default_factory=list)
    ranked: Ranked | None = None

    def take_in(self, news: News, grounds: Grounds) -> Today:
        """What stands there at the moment of these grounds, after the news."""
        self.until = None  # should anything fail half-way, everything is read anew
        if news.everything or not grounds.are_still(self.grounds):
            self.begin(grounds.day, list(self.everything(news, grounds)))
        else:
            self.go_on(news, grounds)
        self.until, self.grounds = news.until, grounds
        self.ranked = self.ranked or self.ranking.ranked()
        return Today(grounds.day, grounds.now, self.ranked)

    def everything(self, news: News, grounds: Grounds) -> Iterator[OpenCase]:
        """Every application, planned again where that may make a difference."""
        newer = {str(one.application.id) for one in news.kept}
        yield from (grounds.plan(one.application, one.version) for one in news.kept)
        if news.everything:
            return
        may_count = grounds.follow(self.grounds)
        for case in self.ranking:
            if case.id not in newer and case.id not in news.gone:
                counts = may_count and grounds.bear(case)
                yield case if counts else grounds.plan(case.application, case.version)

    def begin(self, day: date, cases: list[OpenCase]) -> None:
        """Rank them all."""
        self.ranking, self.ranked = Ranking(day, cases), None
        self.ends = [(case.plan.holds_until, case.id) for case in cases]
        heapify(self.ends)

    def go_on(self, news: News, grounds: Grounds) -> None:
        """Plan what is new, and what no longer holds."""
        for id in news.gone:
            self.ranking.drop(id)
        again = {case.id: (case.application, case.version) for case in self.ended(grounds.now)}
        again |= {str(one.application.id): (one.application, one.version) for one in news.kept}
        for application, version in again.values():
            case = grounds.plan(application, version)
            self.ranking.put(case)
            heappush(self.ends, (case.plan.holds_until, case.id))
        if again or news.gone:
            self.ranked = None

    def ended(self, now: datetime) -> list[OpenCase]:
        """The applications whose plans no longer hold."""
        found = {}
        while self.ends and self.ends[0][0] <= now:
            case = self.ranking.get(heappop(self.ends)[1])
            if case is not None and case.plan.holds_until <= now:
                found[case.id] = case
        return list(found.values())


class Memo:
    """What is planned of one store, for a number of its owners; whoever asks is told of their own alone."""

    def __init__(
        self, repository: Repository, owners: int = MOST_OWNERS, applications: int = MOST_APPLICATIONS
    ) -> None:
        self.repository = repository
        self._most_owners, self._most_applications = owners, applications
        self._lock = Lock()
        self._planned: OrderedDict[str, Planned] = OrderedDict()

    def today(self, owner: str, now: datetime, handbook: Handbook, zone: str) -> tuple[You, Today]:
        """What the owner said about themselves, and their applications with plans; `zone` where they named none."""
        planned = self._of(owner)
        with planned.lock:  # two windows of one owner plan once
            news = self.repository.news(owner, planned.until)
            you = replace(news.you, zone=news.you.zone or zone)
            found = planned.take_in(news, Grounds(handbook, you, now))
        self._keep_bounds()
        return you, found

    def known(self) -> dict[str, int]:
        """How many applications are remembered of each owner."""
        with self._lock:
            return {owner: len(planned.ranking) for owner, planned in self._planned.items()}

    def _of(self, owner: str) -> Planned:
        """What is known of an owner, who has come last now."""
        with self._lock:
            planned = self._planned.setdefault(owner, Planned())
            self._planned.move_to_end(owner)
            return planned

    def _keep_bounds(self) -> None:
        """Forget whoever has not come for longest, until there are neither too many owners nor applications."""
        with self._lock:
            count = sum(len(planned.ranking) for planned in self._planned.values())
            while len(self._planned) > self._most_owners or count > self._most_applications:
                count -= len(self._planned.popitem(last=False)[1].ranking)
