"""Today with very many applications: as much is drawn and planned as with a few."""

from dataclasses import replace

import pytest

from afterword.domain.case import open_case
from afterword.domain.model import Entry, EntryKind
from tests.desk.cast import ADA, FERNBRIDGE, at, with_round

FEW, MANY = 40, 400
YESTERDAY = at("2026-11-02 15:00")
QUIET = replace(
    with_round(ended_at=YESTERDAY, promise=None),
    log=(Entry(id="e1", kind=EntryKind.THANK_YOU, at=YESTERDAY),),
)


@pytest.fixture
def made(monkeypatch):
    """The plans that are made for what is remembered, by their applications' ids."""
    ids = []

    def noted(application, *arguments):
        ids.append(application.id)
        return open_case(application, *arguments)

    monkeypatch.setattr("afterword.memo.open_case", noted)
    return ids


def stock(size):
    """So many applications, half of them with something to do."""
    return [
        replace((FERNBRIDGE, QUIET)[number % 2], company=f"Company {number:03}") for number in range(size)
    ]


def drawn(block):
    """How many elements and containers lie in a part of the page."""
    return 1 + sum(drawn(child) for child in getattr(block, "children", {}).values())


def test_as_much_is_drawn_of_many_as_of_a_few(visit):
    few, many = (visit(*stock(size)) for size in (FEW, MANY))
    assert drawn(few.at.main) == drawn(many.at.main) > 20


def test_a_second_look_plans_nothing(visit, made):
    here = visit(*stock(MANY))
    assert len(made) == MANY
    made.clear()
    here.run()
    assert made == []


def test_a_tick_plans_one_application_for_the_page(visit, made):
    first = replace(with_round(interviewers=(replace(ADA, name="Mei Tan"),)), company="A company")
    here = visit(first, *stock(MANY))
    made.clear()
    here.press("I've thanked Mei Tan")
    assert made == ["a0"]
