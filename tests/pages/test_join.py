"""Joining a room and going along with it: Alice leads, Bob joins, Charlie is in another room."""

import pytest

from afterword.content import load_handbook
from afterword.domain.errors import UnknownRoom
from afterword.store.repository import OWNER
from afterword.ui import room_result
from tests.hall.rooms import THERE
from tests.pages import rooms
from tests.pages.rooms import Member, Opened

HANDBOOK = load_handbook()
AGENDA = HANDBOOK.agendas[rooms.AGENDA]
POLL, SECOND, GUIDE = AGENDA.blocks[:3]
SCENARIO = next(block for block in AGENDA.blocks if block.kind == "scenario")
PLAN = next(block for block in AGENDA.blocks if block.kind == "plan")
TALK = next(block for block in AGENDA.blocks if block.kind in {"discussion", "break"})
IN = "Your answer is in. You can change it until the result is shown."


@pytest.fixture(autouse=True)
def at_a_workshop(monkeypatch, tmp_path):
    rooms.start(monkeypatch, tmp_path)


@pytest.fixture
def alices():
    return Opened()


@pytest.fixture
def bob(alices):
    return Member("bob").join(alices.code)


def moved(bob, alices, block):
    alices.do("go_to", block.id)
    return bob.run()


def test_the_first_page_of_a_workshop_is_the_door_with_the_field_for_the_code():
    page = Member("bob").run()
    assert page.title == "Join the workshop"
    assert page.holds("Join code") == ""
    assert page.offers("Join")


def test_the_address_in_the_qr_code_joins_at_once_and_then_names_the_room(alices, bob):
    assert bob.title == POLL.title
    assert bob.at.query_params == {"room": alices.id}
    [member] = alices.hall.members(alices.id)
    assert f"Here you are **{member.alias}**." in bob.text


def test_a_code_is_read_however_it_was_typed(alices):
    page = Member("bob").run().type("Join code", f" {alices.code[:3].lower()} {alices.code[3:]} ")
    assert page.press("Join").title == POLL.title


def test_a_wrong_code_is_said_and_stays_in_the_field(alices):
    page = Member("bob").run().type("Join code", "BBBBBB").press("Join")
    assert page.errors == ["No open room has this code. Look at the screen in front and type it again."]
    assert page.holds("Join code") == "BBBBBB"
    page.type("Join code", alices.code).press("Join")
    assert (page.title, page.errors) == (POLL.title, [])


def test_without_a_code_one_is_asked_for():
    assert Member("bob").run().press("Join").errors == ["Type the join code first."]


def test_after_ten_wrong_codes_one_is_asked_to_wait(alices):
    page = Member("bob").run()
    for _ in range(10):
        with pytest.raises(UnknownRoom):
            alices.hall.room_of("BBBBBB", THERE)
    page.type("Join code", alices.code).press("Join")
    assert "Too many wrong tries from here." in page.errors[0]
    assert page.holds("Join code") == alices.code


def test_a_room_that_is_full_or_over_lets_nobody_in(alices):
    for number in range(250):
        alices.hall.join(alices.room, f"visitor {number}")
    page = Member("bob").join(alices.code)
    assert page.errors == ["This room is full. Tell whoever leads it: a second room can be opened."]
    alices.do("end")
    assert "No open room has this code." in Member("bob").join(alices.code).errors[0]


def test_who_only_knows_the_address_of_a_room_stands_before_its_door(alices):
    page = Member("charlie").at_page("join", room=alices.id)
    assert page.title == "Join the workshop"
    assert POLL.question not in page.text


def test_another_alias_is_given_and_none_can_be_typed(alices, bob):
    before = alices.hall.members(alices.id)[0].alias
    bob.press("Take another name")
    after = alices.hall.members(alices.id)[0].alias
    assert after != before
    assert f"Here you are **{after}**." in bob.text
    assert list(bob.at.text_input) == []


def test_an_answer_counts_at_once_and_can_be_changed(alices, bob):
    assert bob.headers == [POLL.question]
    assert bob.chosen is None
    bob.choose(POLL.options[0].words)
    assert bob.successes == [IN]
    bob.choose(POLL.options[1].words)
    assert bob.successes == [IN]
    assert alices.counts(POLL.id) == {POLL.options[1].id: 1}


def test_a_reload_and_a_late_arrival_land_where_the_room_is_with_ones_answer(alices, bob):
    alices.do("go_on")
    bob.run().choose(SECOND.options[2].words)
    reloaded = Member("bob").at_page("join", room=alices.id)
    assert (reloaded.title, reloaded.chosen) == (SECOND.title, SECOND.options[2].id)
    assert reloaded.successes == [IN]
    assert Member("dora").join(alices.code).title == SECOND.title


def test_after_the_reveal_the_result_stands_there_and_nothing_can_be_answered(alices, bob):
    bob.choose(POLL.options[1].words)
    alices.do("reveal", POLL.id)
    bob.run()
    assert not list(bob.at.radio)
    assert f"1 answered. Your answer: **{POLL.options[1].words}**" in bob.text
    assert f"- **1 (100 %)** {POLL.options[1].words}" in bob.text
    assert f"- **0** {POLL.options[0].words}" in bob.text
    assert POLL.after in bob.text


def test_a_situations_result_has_the_reason_for_every_answer_and_its_sources(alices, bob):
    moved(bob, alices, SCENARIO)
    scenario = room_result.scenario_of(SCENARIO, HANDBOOK)
    assert scenario.situation in bob.text
    wrong = next(option for option in scenario.options if not option.right)
    bob.choose(wrong.words)
    assert all(option.why not in bob.text for option in scenario.options)
    alices.do("reveal", SCENARIO.id)
    bob.run()
    assert "1 answered. **Your answer is not the right one.**" in bob.text
    assert all(option.why in bob.text for option in scenario.options)
    assert f"**Not this one, your answer:** {wrong.words}" in bob.text
    assert "On whose word this rests" in [expander.label for expander in bob.at.expander]


def test_an_answer_that_comes_after_the_reveal_is_not_taken_and_that_is_said(alices, bob):
    field = bob.at.radio[0]
    alices.do("reveal", POLL.id)
    field.set_value(POLL.options[0].words)
    bob.run()
    assert "This question is closed, so your answer was not taken." in bob.text
    assert alices.counts(POLL.id) == {}


def test_asked_again_nothing_is_chosen_and_everybody_can_answer_anew(alices, bob):
    bob.choose(POLL.options[1].words)
    alices.do("reveal", POLL.id)
    alices.do("ask_again", POLL.id)
    bob.run()
    assert (bob.chosen, bob.successes) == (None, [])
    assert bob.choose(POLL.options[1].words).successes == [IN]
    assert alices.counts(POLL.id) == {POLL.options[1].id: 1}


def test_a_page_of_the_guide_stands_there_in_its_own_words(alices, bob):
    moved(bob, alices, GUIDE)
    page = next(page for page in HANDBOOK.guide if page.id == GUIDE.page)
    assert bob.title == GUIDE.title
    assert page.text.splitlines()[0].removeprefix("## ") in bob.markdown


def test_talk_and_breaks_have_their_words(alices, bob):
    moved(bob, alices, TALK)
    assert bob.title == TALK.title
    assert TALK.words in bob.text


def test_a_plan_of_ones_own_is_made_on_the_spot_and_stays_after_the_end(alices, bob):
    moved(bob, alices, PLAN)
    bob.press("Use an interview of my own").fill("Company", "Fernbridge").press("Show my plan")
    assert [one.company for one in bob.kept()] == ["Fernbridge"]
    files = {"Calendar file", "Your plan (PDF)", "Data file"}
    assert files <= {button.proto.label for button in bob.at.get("download_button")}
    alices.do("end")
    bob.run()
    assert bob.title == "The workshop is over"
    assert "Fernbridge" in bob.text
    assert files <= {button.proto.label for button in bob.at.get("download_button")}


def test_what_stands_in_the_form_stays_when_the_room_goes_on(alices, bob):
    moved(bob, alices, PLAN).press("Use an interview of my own").fill("Company", "Fernbridge")
    alices.do("go_on")
    bob.run()
    assert bob.title != PLAN.title
    assert bob.holds("Company") == "Fernbridge"
    bob.press("Show my plan")
    assert [one.company for one in bob.kept()] == ["Fernbridge"]
    assert not bob.offers("Company")


def test_who_has_no_interview_takes_the_sample(alices, bob):
    moved(bob, alices, PLAN).press("Use the sample")
    assert [one.company for one in bob.kept()] == ["Tidewater (a sample)"]
    assert bob.repository.all(OWNER)


def test_at_ones_own_pace_one_walks_alone_until_all_go_together_again(alices, bob):
    alices.do("set_pace", True)
    bob.run()
    assert f"Block 1 of {len(AGENDA.blocks)}, at your own pace." in bob.text
    assert bob.press(f"Next: {SECOND.title}").title == SECOND.title
    bob.choose(SECOND.options[0].words)
    assert alices.counts(SECOND.id) == {SECOND.options[0].id: 1}
    assert bob.press(f"Back: {POLL.title}").title == POLL.title
    bob.press(f"Next: {SECOND.title}")
    alices.do("set_pace", False)
    assert bob.run().title == POLL.title


def test_charlie_in_another_room_never_sees_what_alices_room_answered(alices, bob):
    charlies = Opened()
    charlie = Member("charlie").join(charlies.code)
    bob.choose(POLL.options[0].words)
    for opened in (alices, charlies):
        opened.do("reveal", POLL.id)
    assert "Nobody has answered." in charlie.run().text
    assert f"- **0** {POLL.options[0].words}" in charlie.text
    assert charlies.counts(POLL.id) == {}


def test_after_delete_now_one_is_told_so_and_can_join_another_room(alices, bob):
    alices.do("end")
    alices.do("delete_now")
    bob.run()
    assert bob.title == "The workshop is over"
    assert "The room and its answers are erased." in bob.text
    assert bob.press("Join another workshop").title == "Join the workshop"
