"""What a leader may keep of a workshop: counts alone, and none of a group so small that it tells of a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from afterword.domain.errors import RoomStillOpen
from afterword.domain.scenario import Scenario
from afterword.domain.workshop import ASKS, Agenda, Block, Choice, Room, Tally, choices_of, is_over

SMALLEST = 5  # of a smaller group no count is told: few are easily recognised
STRETCH = 10  # members are told as a stretch of so many numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How often one choice was made; None where fewer than SMALLEST made it, nobody included."""

    choice: Choice
    count: int | None
    right: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question of a workshop and its answers, in the order of its choices."""

    block: str
    title: str
    question: str
    counts: tuple[Counted, ...]

    @property
    def told(self) -> int:
        """The sum of the counts that are told."""
        return sum(counted.count or 0 for counted in self.counts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """A workshop in counts: the day on which it began, from `fewest` to `most` members, and its questions."""

    title: str
    day: date
    made: datetime
    fewest: int
    most: int
    questions: tuple[Question, ...]


def summary_of(
    room: Room,
    agenda: Agenda,
    scenarios: Iterable[Scenario],
    members: int,
    tallies: Iterable[Tally],
    now: datetime,
) -> Summary:
    """The summary of a room that is over, the day being that of the zone of `now`. Raises RoomStillOpen.

    From one room there is one summary: of two, made before and after an answer, the difference would tell it.
    """
    if not is_over(room, now):
        raise RoomStillOpen
    known = {scenario.id: scenario for scenario in scenarios}
    counts = {tally.block: {choice.id: count for choice, count in tally.counts} for tally in tallies}
    asked = [block for block in agenda.blocks if block.kind in ASKS]
    questions = tuple(question_of(block, known, counts.get(block.id, {})) for block in asked)
    fewest = stretch_from(members, max((question.told for question in questions), default=0))
    return Summary(
        title=agenda.title,
        day=room.opened_at.astimezone(now.tzinfo).date(),
        made=now,
        fewest=fewest,
        most=fewest + STRETCH - 1,
        questions=questions,
    )


def question_of(block: Block, scenarios: Mapping[str, Scenario], counts: Mapping[str, int]) -> Question:
    """A block's question with its counts, small ones hidden."""
    scenario = scenarios.get(block.scenario or "")
    right = {option.id for option in (scenario.options if scenario else ()) if option.right}
    return Question(
        block=block.id,
        title=block.title,
        question=scenario.question if scenario else block.question or "",
        counts=tuple(
            Counted(choice=choice, count=large_enough(counts.get(choice.id, 0)), right=choice.id in right)
            for choice in choices_of(block, scenarios.values())
        ),
    )


def large_enough(count: int) -> int | None:
    """The count, None where the group is too small to be told of."""
    return count if count >= SMALLEST else None


def stretch_from(members: int, told: int) -> int:
    """Where the stretch begins in which the number of members lies; `told` is the largest sum of a question's counts.

    Had all members been told exactly, or in stretches that begin anywhere, what is missing to the sum of a question
    could be the very number that is hidden. Stretches that begin at `told` end at least STRETCH - 1 above every sum,
    so that each hidden count may still be any number below SMALLEST.
    """
    return told + (members - told) // STRETCH * STRETCH
