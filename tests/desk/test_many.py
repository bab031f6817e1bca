"""Several applications at once: closed, told of an offer from somewhere else, and found by words."""

from dataclasses import replace
from datetime import UTC, date

import pytest

from afterword.domain.errors import InvalidApplication, UnknownApplication
from afterword.domain.model import (
    Application,
    Contact,
    Entry,
    EntryKind,
    Outcome,
    Result,
    RivalOffer,
    Round,
    StepKind,
)
from afterword.domain.step import Status
from tests.desk.cast import ADA, BOB, CHARLIE, FERNBRIDGE, NOW, PANEL, SetClock, at, desk_of, step_of

OFFER = RivalOffer(deadline=date(2026, 11, 20), at=NOW.astimezone(UTC))
AHEAD = Round(label="Screen", ended_at=at("2026-11-12 11:00"))


@pytest.fixture
def three(desk):
    """Alice's applications at three companies."""
    return [desk.add(replace(FERNBRIDGE, company=name)) for name in ("Fernbridge", "Tidewater", "Harbour")]


def ids(cases):
    return [case.id for case in cases]


def outcomes(desk, cases):
    found = [desk.open(case.id).application.outcome for case in cases]
    return [outcome and outcome.result for outcome in found]


# Closed at once


def test_several_are_closed_at_once_and_the_others_stay_open(desk, three):
    closed = desk.close_all(ids(three[:2]), Result.NO_ANSWER)
    assert [heard.application_id for heard in closed] == ids(three[:2])
    assert outcomes(desk, three) == [Result.NO_ANSWER, Result.NO_ANSWER, None]
    assert {desk.open(case.id).application.outcome.at for case in three[:2]} == {NOW}
    assert [desk.open(case.id).plan.status == Status.CLOSED for case in three] == [True, True, False]


def test_one_that_is_closed_already_keeps_its_outcome(desk, three):
    desk.close(three[0].id, Outcome(result=Result.REJECTED, at=NOW))
    before = desk.open(three[0].id)
    closed = desk.close_all(ids(three), Result.WITHDRAWN)
    assert [heard.application_id for heard in closed] == ids(three[1:])
    assert desk.open(three[0].id) == before
    assert outcomes(desk, three) == [Result.REJECTED, Result.WITHDRAWN, Result.WITHDRAWN]


def test_one_that_is_gone_is_passed_over(desk, three):
    desk.delete(three[1].id)
    closed = desk.close_all(["no such application", *ids(three)], Result.NO_ANSWER)
    assert [heard.application_id for heard in closed] == [three[0].id, three[2].id]
    assert desk.restore(three[1].id).application.outcome is None


def test_one_that_is_named_twice_is_closed_once(desk, three):
    assert len(desk.close_all([three[0].id, three[0].id], Result.NO_ANSWER)) == 1


def test_one_with_an_offer_is_still_open_and_is_closed(desk, three):
    offer = Outcome(result=Result.OFFER, at=NOW)
    desk.close(three[0].id, offer)
    (closed,) = desk.close_all([three[0].id], Result.DECLINED)
    assert outcomes(desk, three) == [Result.DECLINED, None, None]
    desk.take_back(closed)
    assert desk.open(three[0].id).application.outcome == offer


def test_each_that_was_closed_can_be_taken_back_by_itself(desk, three):
    closed = desk.close_all(ids(three), Result.NO_ANSWER)
    desk.take_back(closed[1])
    assert outcomes(desk, three) == [Result.NO_ANSWER, None, Result.NO_ANSWER]
    for heard in closed:
        desk.take_back(heard)
    assert [desk.open(case.id).application for case in three] == [case.application for case in three]


def test_closing_none_closes_none(desk, three):
    assert desk.close_all([], Result.NO_ANSWER) == ()
    assert desk.close_all(["no such application"], Result.NO_ANSWER) == ()
    assert outcomes(desk, three) == [None, None, None]


def test_charlie_closes_none_of_alices(desk, three, repository):
    charlies = desk_of(CHARLIE, repository, SetClock())
    assert charlies.close_all(ids(three), Result.REJECTED) == ()
    assert outcomes(desk, three) == [None, None, None]


# An outcome taken back


def test_taking_an_outcome_back_leaves_a_newer_one_alone(desk, case):
    first = desk.close(case.id, Outcome(result=Result.NO_ANSWER, at=NOW))
    desk.close(case.id, Outcome(result=Result.REJECTED, at=NOW))
    desk.take_back(first)
    assert desk.open(case.id).application.outcome == Outcome(result=Result.REJECTED, at=NOW)


def test_taking_an_outcome_back_leaves_alone_that_it_was_reopened(desk, case):
    first = desk.close(case.id, Outcome(result=Result.OFFER, at=NOW))
    second = desk.close(case.id, Outcome(result=Result.ACCEPTED, at=NOW))
    desk.reopen(case.id)
    for heard in (second, first):
        desk.take_back(heard)
    assert desk.open(case.id).application == case.application


def test_an_outcome_from_the_future_is_refused(desk, case, clock):
    with pytest.raises(InvalidApplication) as caught:
        desk.close(case.id, Outcome(result=Result.REJECTED, at=at("2026-11-03 16:11")))
    assert [problem.path for problem in caught.value.problems] == ["outcome.at"]
    assert desk.open(case.id) == case
    clock.set("2026-11-03 16:11")
    desk.close(case.id, Outcome(result=Result.REJECTED, at=at("2026-11-03 16:11")))
    assert desk.open(case.id).plan.status == Status.CLOSED


# An offer from somewhere else


def test_others_are_told_of_an_offer_and_their_plans_say_so(desk, three):
    told = desk.tell_others(ids(three[1:]), OFFER)
    assert [heard.application_id for heard in told] == ids(three[1:])
    assert [desk.open(case.id).application.rival_offer for case in three] == [None, OFFER, OFFER]
    steps = [[s for s in desk.open(case.id).to_do if s.kind == StepKind.TELL_THEM] for case in three]
    assert [len(found) for found in steps] == [0, 1, 1]


def test_that_others_were_told_can_be_taken_back(desk, three):
    told = desk.tell_others(ids(three), OFFER)
    for heard in told[1:]:
        desk.take_back(heard)
    found = [desk.open(case.id) for case in three]
    assert [case.application.rival_offer for case in found] == [OFFER, None, None]
    assert [(c.application, c.plan) for c in found[1:]] == [(c.application, c.plan) for c in three[1:]]


def test_taking_an_offer_back_restores_the_one_before_it_and_leaves_a_newer_one_alone(desk, case):
    newer, newest = (replace(OFFER, deadline=date(2026, 11, day)) for day in (23, 24))
    first = desk.note_rival(case.id, OFFER)
    second = desk.note_rival(case.id, newer)
    desk.take_back(second)
    assert desk.open(case.id).application.rival_offer == OFFER
    desk.note_rival(case.id, newest)
    desk.take_back(first)
    assert desk.open(case.id).application.rival_offer == newest


def test_taking_an_offer_back_leaves_outcome_interviews_and_log_alone(desk, case):
    told = desk.note_rival(case.id, OFFER)
    desk.tick(case.id, step_of(desk.open(case.id), StepKind.TELL_THEM).id)
    desk.close(case.id, Outcome(result=Result.OFFER, at=NOW))
    before = desk.open(case.id).application
    desk.take_back(told)
    assert desk.open(case.id).application == replace(before, rival_offer=None)


def test_an_offer_with_something_wrong_is_refused_and_nobody_is_told(desk, three):
    with pytest.raises(InvalidApplication) as caught:
        desk.tell_others(ids(three), RivalOffer(deadline=date(1926, 11, 20)))
    assert [problem.path for problem in caught.value.problems] == ["rival_offer.deadline"]
    assert [desk.open(case.id) for case in three] == three


def test_charlie_tells_nobody_for_alice(desk, three, repository):
    charlies = desk_of(CHARLIE, repository, SetClock())
    assert charlies.tell_others(ids(three), OFFER) == ()
    for act in (
        lambda: charlies.note_rival(three[0].id, OFFER),
        lambda: charlies.take_back(desk.note_rival(three[0].id, OFFER)),
    ):
        with pytest.raises(UnknownApplication):
            act()
    assert [desk.open(case.id).application.rival_offer for case in three] == [OFFER, None, None]
    assert charlies.waiting_beside(three[0].id) == ()


def test_only_those_that_wait_and_know_of_no_offer_are_waiting_beside(desk, case, repository):
    thanked = (Entry(kind=EntryKind.THANK_YOU, at=at("2026-11-03 15:30")),)
    waiting = {
        "due": desk.add(replace(FERNBRIDGE, company="Due")),
        "quiet": desk.add(replace(FERNBRIDGE, company="Quiet", log=thanked)),
        "ahead": desk.add(replace(FERNBRIDGE, company="Ahead", rounds=(AHEAD,))),
    }
    desk.add(Application(company="New"))
    desk.add(replace(FERNBRIDGE, company="Told", rival_offer=OFFER))
    desk.add(replace(FERNBRIDGE, company="Offer", outcome=Outcome(result=Result.OFFER, at=NOW)))
    desk.add(replace(FERNBRIDGE, company="Closed", outcome=Outcome(result=Result.REJECTED, at=NOW)))
    desk.delete(desk.add(replace(FERNBRIDGE, company="Deleted")).id)
    desk_of(BOB, repository, SetClock()).add(replace(FERNBRIDGE, company="Bob's"))
    found = desk.waiting_beside(case.id)
    assert {one.id for one in found} == {one.id for one in waiting.values()}
    assert {one.id for one in desk.waiting_beside(waiting["due"].id)} == {
        case.id,
        waiting["quiet"].id,
        waiting["ahead"].id,
    }


def test_those_who_were_told_wait_beside_no_more_until_that_is_taken_back(desk, three):
    told = desk.tell_others(ids(three[1:2]), OFFER)
    assert ids(desk.waiting_beside(three[0].id)) == [three[2].id]
    desk.take_back(told[0])
    assert sorted(ids(desk.waiting_beside(three[0].id))) == sorted(ids(three[1:]))


# Found by words


def test_today_shows_only_those_in_which_every_word_is_found(desk):
    fern = desk.add(FERNBRIDGE)
    panel = replace(PANEL, interviewers=(replace(ADA, email=None),))
    lind = Contact(name="Zo\u00eb Lind")
    tide = desk.add(Application(company="Tidewater", role="Data engineer", contact=lind, rounds=(panel,)))
    both = {fern.id, tide.id}
    for words in ("", "  ", "data", "data ada lind", "DATA pan"):
        assert {case.id for case in desk.today(words).cases} == both
    assert ids(desk.today("ANALYST fern").cases) == [fern.id]
    assert ids(desk.today("zoe\u0308").cases) == [tide.id]
    assert desk.today("fern engineer").cases == ()


def test_what_is_found_is_in_the_order_of_the_day_and_with_its_plan(desk, three, clock):
    desk.tick(three[0].id, step_of(three[0]).id)
    clock.set("2026-11-05 10:00")
    whole = desk.today()
    assert [case.application.company for case in whole.cases] == ["Harbour", "Tidewater", "Fernbridge"]
    assert desk.today("analyst panel") == whole
    assert desk.today("tidewater").cases == whole.cases[1:2]
    assert desk.today("no such word").day == whole.day


def test_words_find_nothing_that_was_deleted_and_nothing_of_alice_for_charlie(desk, three, repository):
    desk.delete(three[1].id)
    assert desk.today("tidewater").cases == ()
    assert len(desk.today("harbour").cases) == 1
    assert desk_of(CHARLIE, repository, SetClock()).today("harbour").cases == ()
