"""What is asked about a spreadsheet on its page."""

from afterword.domain.table import Doubt
from afterword.ui.table_in import SHOWN, in_sight

EVERY = [Doubt(f"{n}-0", n, "Interview", "soon", "which day is it?", ("note",)) for n in range(SHOWN + 5)]


def test_every_doubt_comes_into_sight_as_those_before_it_are_answered():
    assert in_sight(EVERY, len(EVERY)) == EVERY[:SHOWN]
    assert in_sight(EVERY, len(EVERY) - 1) == EVERY[: SHOWN + 1]
    assert in_sight(EVERY, SHOWN) == EVERY
