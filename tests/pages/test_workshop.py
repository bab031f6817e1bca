"""Leading a room: Alice opens it, moves it, and ends it; Bob, who is in it, cannot."""

import pytest

from afterword.content import load_handbook
from tests.hall.rooms import KEY
from tests.pages import rooms
from tests.pages.rooms import Member, Opened

HANDBOOK = load_handbook()
AGENDA = HANDBOOK.agendas[rooms.AGENDA]
FIRST, SECOND = AGENDA.blocks[:2]


@pytest.fixture(autouse=True)
def at_a_workshop(monkeypatch, tmp_path):
    rooms.start(monkeypatch, tmp_path)


@pytest.fixture
def alices():
    return Opened()


def opening(key=KEY):
    page = Member("alice").at_page("workshop").type("Leader's key", key)
    return page.press("Open a room")


def test_every_agenda_is_offered_with_its_minutes_and_its_blocks():
    page = Member("alice").at_page("workshop")
    assert page.title == "Lead a workshop"
    assert page.labelled("Agenda").options == [agenda.title for agenda in HANDBOOK.agendas.values()]
    for agenda in HANDBOOK.agendas.values():
        for block in agenda.blocks:
            assert f"1. {block.title}: " in page.text
    handouts = [button.proto.label for button in page.at.get("download_button")]
    assert handouts == [f"Handouts: {agenda.title} (ZIP)" for agenda in HANDBOOK.agendas.values()]


def test_the_key_opens_a_room_and_the_leaders_link_is_shown_once():
    page = opening()
    assert page.title == AGENDA.title
    room, secret = page.at.query_params["room"], page.at.query_params["leader"]
    link = f"http://192.168.1.7:8501/workshop?room={room}&leader={secret}"
    assert [code.value for code in page.at.code] == [link]
    page.press("I have kept it")
    assert list(page.at.code) == []
    assert list(Member("alice").at_page("workshop", room=room, leader=secret).at.code) == []


def test_a_wrong_key_opens_nothing_and_stays_in_the_field():
    page = opening("not the key")
    assert page.errors == [
        "This is not the leader's key. It stands in the terminal that started the workshop."
    ]
    assert page.holds("Leader's key") == "not the key"


def test_it_is_said_that_others_in_the_network_can_read_along(alices):
    for page in (Member("alice").at_page("workshop"), alices.leader()):
        assert "Over plain HTTP, whoever is in the same network can read what is sent" in page.text


def test_the_leader_sees_the_block_its_notes_and_who_came(alices):
    page = alices.leader()
    assert page.headers == [FIRST.title]
    assert f"Block 1 of {len(AGENDA.blocks)}" in page.text
    assert FIRST.notes in page.markdown
    assert "Nobody has joined yet. **0** answered." in page.text
    Member("bob").join(alices.code).choose(FIRST.options[0].words)
    page.run()
    assert "**1** joined. **1** answered." in page.text
    assert f"- **1 (100 %)** {FIRST.options[0].words}" in page.text


def test_the_first_button_of_the_page_goes_on_and_back_comes_back(alices):
    page = alices.leader()
    assert page.labels[0] == f"Next: {SECOND.title}"
    assert page.press(f"Next: {SECOND.title}").headers == [SECOND.title]
    assert page.press(f"Back: {FIRST.title}").headers == [FIRST.title]
    assert page.labelled("This is the first block").disabled


def test_any_block_can_be_gone_to_and_at_the_last_there_is_no_next(alices):
    page = alices.leader()
    last = AGENDA.blocks[-1]
    page.at.menu_button[0].click_index(len(AGENDA.blocks) - 1)
    page.run()
    assert page.headers[0] == last.title
    assert page.labelled("This is the last block").disabled


def test_more_minutes_are_added_to_the_block(alices):
    page = alices.leader().press("2 more minutes").press("5 more minutes")
    assert not page.errors
    assert alices.hall.room(alices.id).more == 7


def test_a_result_is_shown_once_and_asked_again_only_when_that_is_confirmed(alices):
    Member("bob").join(alices.code).choose(FIRST.options[0].words)
    page = alices.leader().press("Show the result")
    assert page.labelled("The result is shown").disabled
    page.press("Ask again")
    assert "Every answer to this question is dropped" in page.text
    assert alices.counts(FIRST.id) == {FIRST.options[0].id: 1}
    page.press("Cancel")
    assert alices.counts(FIRST.id) == {FIRST.options[0].id: 1}
    page.press("Ask again").press("Drop the answers and ask again")
    assert alices.counts(FIRST.id) == {}
    assert not page.labelled("Show the result").disabled


def test_everybody_goes_at_their_own_pace_and_together_again(alices):
    page = alices.leader().press("Let everybody go at their own pace")
    assert alices.hall.room(alices.id).self_paced
    page.press("Together again")
    assert not alices.hall.room(alices.id).self_paced


def test_an_alias_is_taken_away_and_its_member_is_given_another(alices):
    bob = Member("bob").join(alices.code)
    before = alices.hall.members(alices.id)[0].alias
    page = alices.leader().open("who-lead-live")
    assert before in page.text
    page.at.menu_button[1].click_index(0)
    page.run()
    after = alices.hall.members(alices.id)[0].alias
    assert after != before
    assert f"Here you are **{after}**." in bob.run().text


def test_the_end_is_confirmed_then_the_summary_can_be_kept_and_the_room_deleted(alices):
    for name in "abcdef":
        member = Member(name).join(alices.code)
        member.choose(FIRST.options[0].words)
    page = alices.leader().press("End the workshop")
    assert alices.hall.room(alices.id).ended_at is None
    page.press("End it for everybody")
    assert page.title == "The workshop is over"
    assert f"- **6** {FIRST.options[0].words}" in page.text
    assert f"- **fewer than 5** {FIRST.options[1].words}" in page.text
    assert "is erased on Wed 4 Nov at 16:10." in page.text
    files = [button.proto.label for button in page.at.get("download_button")]
    assert files == ["Summary (CSV)", "Summary (PDF)"]
    page.press("Delete now")
    assert "This erases the room: its code, its aliases, every answer" in page.text
    assert alices.hall.room(alices.id) is not None
    page.press("Delete it all now")
    assert page.title == "The room is erased"
    assert alices.hall.room(alices.id) is None


def test_bob_cannot_lead_by_changing_the_address(alices):
    bob = Member("bob").join(alices.code)
    for secret in ("", "guessed", alices.code, alices.id):
        bob.at_page("workshop", room=alices.id, leader=secret)
        assert bob.title == "Lead a workshop"
        assert bob.errors == [
            "This is not a leader's link, so it leads no room. Open the one you kept, or open another room."
        ]
        assert not bob.offers("Next")
    assert alices.hall.room(alices.id).block == FIRST.id


def test_the_leader_of_one_room_cannot_lead_another(alices):
    charlies = Opened()
    page = Member("charlie").at_page("workshop", room=alices.id, leader=charlies.secret)
    assert not page.offers("Next")


def test_the_screen_has_the_block_no_control_and_no_secret(alices):
    page = Member("nobody").at_page("workshop", screen=alices.code)
    assert page.title == FIRST.title
    assert page.labels == []
    assert alices.secret not in str(page.at.main)


def test_the_screen_shows_a_result_only_after_the_reveal(alices):
    Member("bob").join(alices.code).choose(FIRST.options[0].words)
    page = Member("nobody").at_page("workshop", screen=alices.code)
    assert not page.at.get("vega_lite_chart")
    alices.do("reveal", FIRST.id)
    assert len(page.run().at.get("vega_lite_chart")) == 1
    alices.do("end")
    assert page.run().title == "No room to show"


@pytest.mark.parametrize("page", ["join", "workshop"])
def test_where_no_room_can_be_opened_there_are_no_such_pages(monkeypatch, tmp_path, page, visit):
    rooms.start(monkeypatch, tmp_path, AFTERWORD_ROOM="", AFTERWORD_LEADER_KEY="")
    with pytest.raises(ValueError, match="Could not find a navigation page"):
        visit().go_to(page)


@pytest.mark.parametrize("page", ["applications", "timeline", "about_you", "application", "spreadsheet"])
def test_what_stands_in_no_workshops_menu_is_there_for_the_pages_that_link_to_it(page):
    assert Member("bob").at_page(page).title
