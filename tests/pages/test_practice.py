"""Practice on its page: an answer, the reasons, what comes back on its day, and everything begun anew."""

from datetime import timedelta

import pytest

from afterword.content import load_handbook
from afterword.domain.practice import Answer
from afterword.store.repository import OWNER
from afterword.ui import practice, words
from tests.desk.cast import CHARLIE, NOW

HANDBOOK = load_handbook()
SCENARIOS = HANDBOOK.scenarios
FIRST, SECOND, THIRD = SCENARIOS[:3]


def option_of(scenario, right):
    return next(option for option in scenario.options if option.right == right)


def answer(page, scenario, right):
    """Choose an answer to the scenario on the page and have it checked."""
    page.labelled(scenario.question).set_value(option_of(scenario, right).id)
    return page.press("Check my answer")


def answered(page, *choices):
    """Answers given yesterday at this hour, as the store has them."""
    for number, (scenario, right) in enumerate(choices):
        at = NOW - timedelta(days=1)
        page.repository.keep_answer(
            OWNER, Answer(id=f"y{number}", at=at, scenario=scenario.id, option=option_of(scenario, right).id)
        )


def test_the_first_situation_stands_there_with_its_facts_and_nothing_chosen(visit):
    page = visit().go_to("practice")
    assert page.title == "Practice"
    assert page.headers == [FIRST.title]
    assert FIRST.situation in page.text
    assert "**Now:** Thursday 5 November 2026, 14:50" in page.text
    assert "**Interview:** ends Thu 5 Nov at 15:00" in page.text
    assert page.holds(FIRST.question) is None
    assert page.labelled(FIRST.question).options == [option.words for option in FIRST.options]
    assert f"{len(SCENARIOS)} short situations." in page.text


def test_a_wrong_answer_is_told_with_the_reason_for_every_option_and_its_grounds(visit):
    page = answer(visit().go_to("practice"), FIRST, False)
    assert page.errors == ["**Not quite.** This one comes back tomorrow."]
    for option in FIRST.options:
        assert option.why in page.text
    wrong = option_of(FIRST, False)
    assert f"**Not this one, your answer:** {wrong.words}" in page.text
    assert f"**Right:** {option_of(FIRST, True).words}" in page.text
    for cite in FIRST.cites:
        assert f"- {words.source_line(HANDBOOK.sources[cite])}" in page.markdown
    assert [link.proto.label for link in page.at.get("page_link")] == [
        "More in the guide: Ask before you leave"
    ]
    assert f"1 of {len(SCENARIOS)} answered, 0 right at first. One comes back tomorrow." in page.text


def test_a_right_answer_is_told_and_the_next_situation_follows(visit):
    page = answer(visit().go_to("practice"), FIRST, True)
    assert page.successes == ["**Right.**"]
    assert not page.errors
    page.press("Next scenario")
    assert page.headers == [SECOND.title]
    assert page.holds(SECOND.question) is None
    assert f"1 of {len(SCENARIOS)} answered, 1 right at first." in page.text


def test_without_a_choice_one_is_asked_for_and_nothing_is_kept(visit):
    page = visit().go_to("practice").press("Check my answer")
    assert page.errors == ["Choose one of the answers first."]
    assert page.repository.answers(OWNER) == ()
    assert answer(page, FIRST, True).errors == []


def test_answered_wrong_it_returns_on_its_day_and_answered_right_it_does_not(visit, on_day):
    page = answer(visit().go_to("practice"), FIRST, False).press("Next scenario")
    answer(page, SECOND, True).press("Next scenario")
    assert page.headers == [THIRD.title]
    on_day("2026-11-04T00:10:00-05:00")
    assert page.run().headers == [FIRST.title]
    assert page.holds(FIRST.question) is None
    answer(page, FIRST, True)
    assert page.successes == ["**Right.** This one comes back on Sat 7 Nov."]
    assert page.press("Next scenario").headers == [THIRD.title]
    on_day("2026-11-06T23:50:00-05:00")
    assert page.run().headers == [THIRD.title]
    on_day("2026-11-07T00:10:00-05:00")
    assert page.run().headers == [FIRST.title]
    answer(page, FIRST, True).press("Next scenario")
    on_day("2026-11-14T08:00:00-05:00")
    answer(page.run(), FIRST, True)
    assert page.successes == ["**Right.**"]
    on_day("2027-11-14T08:00:00-05:00")
    assert page.press("Next scenario").headers == [THIRD.title]


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.id)
def test_every_scenario_has_an_address_and_can_be_answered(visit, scenario):
    page = visit().go_to("practice", scenario=scenario.id)
    assert page.headers == [scenario.title]
    answer(page, scenario, True)
    assert page.successes == ["**Right.**"]
    assert [h.value for h in page.at.subheader] == [scenario.question]
    assert page.press("Next scenario").headers == [next(s for s in SCENARIOS if s != scenario).title]


def test_an_address_of_no_scenario_leads_to_the_next(visit):
    assert visit().go_to("practice", scenario="nowhere").headers == [FIRST.title]


def test_when_all_are_answered_it_says_when_the_next_comes_back_and_all_can_be_gone_through_again(visit):
    page = visit()
    answered(page, *((scenario, scenario != THIRD) for scenario in SCENARIOS))
    page.go_to("practice")
    assert page.headers == [THIRD.title]
    answer(page, THIRD, True).press("Next scenario")
    assert page.headers == ["Nothing is left for today"]
    assert (
        f"You have answered all {len(SCENARIOS)} situations. The next comes back on Fri 6 Nov." in page.text
    )
    page.press("Go through all again")
    assert page.headers == [FIRST.title]
    assert page.successes == ["Begun anew. What you answered before counts no more."]
    page.press("Undo: go through all again")
    assert page.headers == ["Nothing is left for today"]
    page.press("Go through all again")
    assert answer(page, FIRST, True).successes == ["**Right.**"]


def test_looking_around_in_samples_touches_no_answer_of_ones_own(visit):
    page = visit()
    answered(page, (FIRST, True))
    page.press("Look around with samples").go_to("practice")
    assert page.headers == [FIRST.title]
    answer(page, FIRST, False)
    page.press("Leave the samples")
    assert (page.errors, page.headers) == ([], [SECOND.title])
    assert [one.id for one in page.repository.answers(OWNER)] == ["y0"]
    assert f"1 of {len(SCENARIOS)} answered, 1 right at first." in page.text


def test_charlies_answers_in_the_same_store_are_not_counted(visit):
    page = visit()
    wrong = option_of(FIRST, False)
    page.repository.keep_answer(CHARLIE, Answer(id="c", at=NOW, scenario=FIRST.id, option=wrong.id))
    assert f"{len(SCENARIOS)} short situations." in page.go_to("practice").text


def test_a_scenario_that_was_taken_out_meanwhile_is_said_to_be_changed(visit, monkeypatch):
    page = visit().go_to("practice")
    monkeypatch.setattr(practice, "field", lambda _: "elsewhere")
    page.at.session_state["elsewhere"] = "an option that is gone"
    page.press("Check my answer")
    assert "This scenario was changed meanwhile; look again, then answer." in page.text
    assert page.headers == [FIRST.title]


def test_the_line_of_progress_names_the_days_that_come_first(visit):
    page = visit()
    desk_days = {0: SCENARIOS[0], 1: SCENARIOS[1], 2: SCENARIOS[2], 4: SCENARIOS[3]}
    for ago, scenario in desk_days.items():
        wrong = option_of(scenario, False)
        at = NOW - timedelta(days=1) + timedelta(days=ago)
        page.repository.keep_answer(OWNER, Answer(id=f"d{ago}", at=at, scenario=scenario.id, option=wrong.id))
    assert (
        "Four come back: one today, one tomorrow, one on Thu 5 Nov and the rest later."
        in page.go_to("practice").text
    )
