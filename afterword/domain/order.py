"""Applications in the order of their urgency, as it changes and as it stood, however many there are.

They lie in rows of some hundreds. What stood at a moment shares its rows with what stands later, but for the one
in which something has changed: to copy ten thousand of them takes longer than everything else that a tick asks for.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, chain
from operator import itemgetter
from typing import overload

from afterword.domain.case import OpenCase, Urgency

ROW = 256  # applications, at most twice as many
DRAWERS = 64  # of names, each with some of them

Row = tuple[OpenCase, ...]


class Standing(Sequence[OpenCase]):
    """Applications in an order that stays as it is."""

    __slots__ = ("_ends", "_rows")

    def __init__(self, rows: Iterable[Row] = ()) -> None:
        self._rows = tuple(row for row in rows if row)
        self._ends = list(accumulate(map(len, self._rows)))

    def __len__(self) -> int:
        """How many there are."""
        return self._ends[-1] if self._ends else 0

    @overload
    def __getitem__(self, place: int) -> OpenCase: ...
    @overload
    def __getitem__(self, place: slice) -> Standing: ...
    def __getitem__(self, place: int | slice) -> OpenCase | Standing:
        """The one at that place, or those between two places. Raises IndexError."""
        if isinstance(place, slice):
            return self._between(place)
        found, within = self._row_of(range(len(self))[place])
        return self._rows[found][within]

    def __iter__(self) -> Iterator[OpenCase]:
        """One after the other."""
        return chain.from_iterable(self._rows)

    def __eq__(self, other: object) -> bool:
        """Whether the same applications stand there in the same order."""
        if not isinstance(other, Standing):
            return NotImplemented
        return self._rows == other._rows or (len(self) == len(other) and tuple(self) == tuple(other))

    def __hash__(self) -> int:
        """The same for what is equal."""
        return hash(tuple(self))

    def with_one(self, place: int, case: OpenCase) -> Standing:
        """The same with one more at that place."""
        if place == len(self):
            return Standing((*self._rows, (case,)))
        found, within = self._row_of(place)
        row = self._rows[found]
        return self._with_row(found, (*row[:within], case, *row[within:]))

    def without_one(self, place: int) -> Standing:
        """The same without the one at that place."""
        found, within = self._row_of(place)
        row = self._rows[found]
        return self._with_row(found, row[:within] + row[within + 1 :])

    def _with_row(self, found: int, row: Row) -> Standing:
        return Standing((*self._rows[:found], row, *self._rows[found + 1 :]))

    def _row_of(self, place: int) -> tuple[int, int]:
        """The row that a place lies in, and where it lies there."""
        found = bisect_right(self._ends, place)
        return found, place - (self._ends[found - 1] if found else 0)

    def _between(self, place: slice) -> Standing:
        begin, end, step = place.indices(len(self))
        if step != 1:
            return Standing([tuple(self)[place]])
        pieces = zip((0, *self._ends), self._rows, strict=False)
        # A whole row that is cut from its beginning to its end is the same tuple, not a copy.
        return Standing(row[max(begin - at, 0) : max(end - at, 0)] for at, row in pieces)


class Order:
    """Applications in the order of their urgency on one day, one put in or taken out at a time."""

    def __init__(self, cases: Iterable[tuple[Urgency, OpenCase]]) -> None:
        """Begin with these, each after its urgency."""
        ranked = sorted(cases, key=itemgetter(0))
        parts = [ranked[at : at + ROW] for at in range(0, len(ranked), ROW)]
        self._keys = [[key for key, _ in part] for part in parts]
        self._rows: list[Row] = [tuple(case for _, case in part) for part in parts]

    def standing(self) -> Standing:
        """What stands there now, as it will stay."""
        return Standing(self._rows)

    def put(self, key: Urgency, case: OpenCase) -> None:
        """Put in an application with that urgency."""
        if not self._rows:
            self._keys, self._rows = [[key]], [(case,)]
            return
        found, within = self._place_of(key)
        row = self._rows[found]
        self._keys[found].insert(within, key)
        self._rows[found] = (*row[:within], case, *row[within:])
        if len(row) >= 2 * ROW:
            self._split(found)

    def take(self, key: Urgency) -> None:
        """Take out the application with that urgency."""
        found, within = self._place_of(key)
        row = self._rows[found]
        del self._keys[found][within]
        self._rows[found] = row[:within] + row[within + 1 :]
        if not self._rows[found]:
            del self._keys[found], self._rows[found]

    def _place_of(self, key: Urgency) -> tuple[int, int]:
        """The row in which an urgency stands or would stand, and where in it."""
        found = max(bisect_right(self._keys, key, key=itemgetter(0)) - 1, 0)
        return found, bisect_left(self._keys[found], key)

    def _split(self, found: int) -> None:
        keys, row = self._keys[found], self._rows[found]
        self._keys[found : found + 1] = [keys[:ROW], keys[ROW:]]
        self._rows[found : found + 1] = [row[:ROW], row[ROW:]]


class Named(Mapping[str, OpenCase]):
    """Applications by their ids, as they stay: a change makes another, which shares all drawers but one with it."""

    __slots__ = ("_drawers",)

    def __init__(self, drawers: Sequence[Mapping[str, OpenCase]] = ()) -> None:
        self._drawers = tuple(drawers) or ({},) * DRAWERS

    @classmethod
    def of(cls, cases: Iterable[OpenCase]) -> Named:
        """These, each by its id; of two with one id the later."""
        drawers: list[dict[str, OpenCase]] = [{} for _ in range(DRAWERS)]
        for case in cases:
            drawers[drawer_of(case.id)][case.id] = case
        return cls(drawers)

    def __getitem__(self, id: str) -> OpenCase:
        """The one of that id. Raises KeyError."""
        return self._drawers[drawer_of(id)][id]

    def __iter__(self) -> Iterator[str]:
        """Each id, in no order."""
        return chain.from_iterable(self._drawers)

    def __len__(self) -> int:
        """How many there are."""
        return sum(map(len, self._drawers))

    def with_one(self, case: OpenCase) -> Named:
        """The same with one more, in the place of another of its id."""
        return self._with_drawer(case.id, {**self._drawers[drawer_of(case.id)], case.id: case})

    def without_one(self, id: str) -> Named:
        """The same without the one of that id, if it is there."""
        return self._with_drawer(id, {k: v for k, v in self._drawers[drawer_of(id)].items() if k != id})

    def _with_drawer(self, id: str, drawer: Mapping[str, OpenCase]) -> Named:
        place = drawer_of(id)
        return Named((*self._drawers[:place], drawer, *self._drawers[place + 1 :]))


def drawer_of(id: str) -> int:
    """The drawer that an id lies in, within this process."""
    return hash(id) % DRAWERS
