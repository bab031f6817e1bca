"""Practice at a desk: answered, brought back on its day where the owner is, begun anew and taken back."""

import pytest

from afterword.domain.errors import UnknownScenario
from afterword.domain.you import You
from afterword.store.guest import GuestRepository
from tests.desk.cast import ALICE, CHARLIE, HANDBOOK, Meanwhile, desk_of

FIRST, SECOND = HANDBOOK.scenarios[:2]


def choose(desk, scenario, right, **more):
    option = next(option for option in scenario.options if option.right == right)
    return desk.answer(scenario.id, option.id, **more)


def days(desk):
    return [(one.scenario.id, one.day.isoformat()) for one in desk.practice().returning]


def test_a_wrong_answer_comes_back_on_its_day_and_a_right_one_does_not(desk, clock):
    choose(desk, FIRST, False)
    choose(desk, SECOND, True)
    assert days(desk) == [(FIRST.id, "2026-11-04")]
    assert desk.practice().next not in {FIRST, SECOND}
    clock.set("2026-11-04 09:00")
    assert desk.practice().next == FIRST
    choose(desk, FIRST, True)
    assert days(desk) == [(FIRST.id, "2026-11-07")]


def test_the_owners_own_zone_says_which_day_it_is(desk, clock):
    desk.introduce(You(zone="Asia/Tokyo"))
    clock.set("2026-11-03 23:00")  # already the fourth in Tokyo
    choose(desk, FIRST, False)
    assert days(desk) == [(FIRST.id, "2026-11-05")]


def test_pressed_twice_it_answers_once(desk, repository):
    choose(desk, FIRST, False, answer_id="a")
    choose(desk, FIRST, True, answer_id="a")
    (kept,) = repository.answers(ALICE)
    assert not FIRST.option(kept.option).right


def test_pressed_at_the_same_moment_in_two_windows_it_answers_once(repository, clock):
    other = desk_of(ALICE, repository, clock)
    meanwhile = Meanwhile(repository, "keep_answer", lambda: choose(other, FIRST, False, answer_id="a"))
    choose(desk_of(ALICE, meanwhile, clock), FIRST, False, answer_id="a")
    assert len(repository.answers(ALICE)) == 1


def test_begun_anew_everything_is_unseen_until_that_is_taken_back(desk, clock):
    choose(desk, FIRST, False)
    before = desk.practice()
    clock.set("2026-11-03 17:00")
    marker = desk.practise_anew()
    assert (desk.practice().seen, desk.practice().next) == (0, FIRST)
    desk.practise_on(marker)
    assert desk.practice() == before


@pytest.mark.parametrize("named", [("gone", "friday"), (FIRST.id, "gone"), ("", "")])
def test_what_is_no_scenario_or_no_option_is_refused_and_nothing_is_kept(desk, repository, named):
    with pytest.raises(UnknownScenario):
        desk.answer(*named)
    assert repository.answers(ALICE) == ()


def test_charlie_never_sees_what_alice_answered(desk, repository, clock):
    choose(desk, FIRST, False)
    charlie = desk_of(CHARLIE, repository, clock)
    assert charlie.practice().seen == 0
    charlie.practise_anew()
    assert desk.practice().seen == 1


def test_the_facts_of_a_scenario_lie_on_the_desk_at_its_own_moment_and_are_nobodys(desk):
    case = desk.case_of(FIRST)
    assert (case.now, case.application) == (FIRST.now, FIRST.application)
    assert not desk.has_any()


def test_a_guests_answers_go_along_in_a_backup():
    guest = desk_of("me", GuestRepository())
    choose(guest, FIRST, False)
    elsewhere = desk_of("me", GuestRepository())
    assert elsewhere.restore_backup(guest.backup()).practice
    assert elsewhere.practice() == guest.practice()
