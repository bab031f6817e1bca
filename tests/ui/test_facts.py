"""The facts of a scenario in short lines, whatever an application may hold."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from afterword.domain.case import OpenCase
from afterword.domain.model import EntryKind, Outcome, Result, RivalOffer, ThanksBy
from afterword.domain.plan import make_plan
from afterword.domain.workdays import Workdays
from afterword.ui import facts
from tests.desk.cast import FERNBRIDGE, HANDBOOK, NOW, desk_of, entry, with_round
from tests.store.examples import everything


def lines(application, now=NOW):
    plan = make_plan(application, now, HANDBOOK, Workdays("US"), "America/New_York")
    return facts.lines(OpenCase(application, 1, plan, now), now)


def test_everything_known_stands_there_by_its_date():
    thanked = entry(EntryKind.THANK_YOU, NOW - timedelta(minutes=10), to="Ada Okafor")
    known = replace(
        with_round(thanks_by=ThanksBy.EMAIL, notes="They use *R*."),
        log=(thanked,),
        rival_offer=RivalOffer(deadline=date(2026, 11, 13)),
        outcome=Outcome(result=Result.OFFER, at=NOW, answer_by=date(2026, 11, 9)),
    )
    assert lines(known) == [
        "**Now:** Tuesday 3 November 2026, 16:10",
        "**Where they are:** America/New York; public holidays: United States",
        "**Panel:** ended Tue 3 Nov at 15:00; thanks planned by email",
        "**Met:** Ada Okafor (address)",
        "**They said:** an answer by Fri 6 Nov, by email",
        "**Noted:** They use \\*R\\*.",
        "**Contact:** Jo Lind (address and number)",
        "**Tue 3 Nov at 16:00:** Thanked Ada Okafor by email.",
        "**Other offer:** an answer is wanted by Fri 13 Nov",
        "**Tue 3 Nov at 16:10:** They made an offer; answer wanted by Mon 9 Nov.",
    ]


def test_what_is_not_known_is_left_out_or_said_to_be_unknown():
    bare = replace(FERNBRIDGE, zone=None, country=None, contact=None, rounds=())
    assert lines(bare)[1:] == ["**Where they are:** UTC; public holidays: not known"]


@pytest.mark.parametrize("scenario", HANDBOOK.scenarios, ids=lambda scenario: scenario.id)
def test_a_scenarios_facts_are_told_without_the_days_of_its_reader(scenario):
    told = " ".join(facts.lines(desk_of("me").case_of(scenario), scenario.now))
    assert f"{scenario.now:%A} {scenario.now.day} {scenario.now:%B}" in told
    assert not {"today", "tomorrow", "yesterday"} & set(told.casefold().split())


def test_a_clock_elsewhere_is_said_to_be_ones_own():
    tokyo = next(scenario for scenario in HANDBOOK.scenarios if scenario.id == "job-in-tokyo")
    told = facts.lines(desk_of("me").case_of(tokyo), tokyo.now)
    assert told[0] == "**Now, where you are:** Sunday 14 June 2026, 11:30"
    assert told[2] == "**Daiichi:** ended Thu 4 Jun at 10:00"


def test_an_application_with_everything_filled_in_has_its_facts():
    assert len(lines(everything())) > 8
