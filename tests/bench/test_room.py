"""Measuring a workshop: a small one, so that it is seen to run."""

import re

import pytest

from bench import room
from bench.asked import Asked
from bench.figure import Figure


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """What was found, by what follows the size of the room."""
    figures = room.measure(Asked(tmp_path_factory.mktemp("bench"), quick=True))
    return {re.sub(r"^A workshop of \d+: ", "", figure.name): figure for figure in figures}


def test_no_answer_is_lost_or_doubled(found):
    answers = found["answers lost or doubled"]
    assert answers.value == 0
    assert answers.met
    assert answers.count >= 4


def test_each_move_is_waited_for_on_each_screen(found):
    assert found["from the leader's move to a screen, p95"].count % 4 == 0


def test_every_member_is_counted_once(found):
    assert found["coming in, p95"].count == 4


def test_what_the_server_took_is_told(found):
    assert found["the most memory"].value > 50
    assert 0 < found["the server's share of a core"].value < 2


def test_times_are_told_by_the_one_that_95_of_100_do_not_exceed():
    assert room.figure("a", [second / 100 for second in range(1, 101)]) == Figure(
        "a", "ms", 950, None, count=100, p95=950
    )
