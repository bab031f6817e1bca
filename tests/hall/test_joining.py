"""What the members of a room do: join by its code, answer once, and see nothing of another room."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from afterword.domain.errors import (
    AnswersClosed,
    RoomEnded,
    RoomFull,
    TooManyTries,
    UnknownBlock,
    UnknownChoice,
    UnknownRoom,
)
from afterword.domain.workshop import MOST_MEMBERS
from tests.hall.rooms import HERE, THERE

WRONG = "ZZZZZZ"


@pytest.fixture
def asked(alices):
    """Alice's room at its first question."""
    alices.do("go_to", "channel")
    return alices


def test_the_code_leads_to_the_room_however_it_is_typed(alices):
    code = alices.code
    for typed in (code, code.lower(), f" {code[:3]}-{code[3:]} "):
        assert alices.hall.room_of(typed, HERE).id == alices.id


def test_a_code_of_a_room_that_has_ended_is_as_unknown_as_any_other(alices):
    alices.do("end")
    with pytest.raises(UnknownRoom) as ended:
        alices.hall.room_of(alices.code, HERE)
    with pytest.raises(UnknownRoom) as unknown:
        alices.hall.room_of(WRONG, HERE)
    assert str(ended.value) == str(unknown.value)


def test_ten_wrong_codes_from_one_address_make_it_wait_even_with_the_right_one(alices):
    for _ in range(10):
        with pytest.raises(UnknownRoom):
            alices.hall.room_of(WRONG, HERE)
    with pytest.raises(TooManyTries) as refused:
        alices.hall.room_of(alices.code, HERE)
    assert 1 <= refused.value.wait <= 60
    assert alices.hall.room_of(alices.code, THERE).id == alices.id


def test_wrong_codes_at_one_moment_are_counted_too(alices):
    def guess(_):
        try:
            alices.hall.room_of(WRONG, HERE)
        except (UnknownRoom, TooManyTries) as refused:
            return type(refused)

    with ThreadPoolExecutor(16) as guesses:
        answers = list(guesses.map(guess, range(40)))
    assert answers.count(UnknownRoom) == 10


def test_the_newer_kind_of_addresses_is_counted_by_network(alices):
    for number in range(10):
        with pytest.raises(UnknownRoom):
            alices.hall.room_of(WRONG, f"2001:db8::{number}")
    with pytest.raises(TooManyTries):
        alices.hall.room_of(WRONG, "2001:db8::ffff:1")
    assert alices.hall.room_of(alices.code, "2001:db8:1::1").id == alices.id


def test_right_codes_do_not_count(alices):
    assert {alices.hall.room_of(alices.code, HERE).id for _ in range(300)} == {alices.id}


def test_the_same_visitor_again_is_the_same_member(alices):
    first, again = alices.joined("bob", "bob")
    assert first == again
    assert alices.hall.member(alices.id, "bob") == first
    assert alices.hall.members(alices.id) == (first,)


def test_a_visitor_who_joins_by_many_tabs_at_once_is_one_member(alices):
    with ThreadPoolExecutor(16) as tabs:
        members = set(tabs.map(lambda _: alices.hall.join(alices.now, "bob").id, range(16)))
    assert len(members) == len(alices.hall.members(alices.id)) == 1


def test_all_who_join_at_once_get_aliases_of_their_own(alices):
    with ThreadPoolExecutor(16) as doors:
        members = list(doors.map(lambda n: alices.hall.join(alices.now, f"visitor {n}"), range(100)))
    assert len({member.alias for member in members}) == len({member.id for member in members}) == 100


def test_a_full_room_takes_nobody_else_but_those_who_are_in_it(alices):
    with ThreadPoolExecutor(16) as doors:
        list(doors.map(lambda n: alices.hall.join(alices.now, f"visitor {n}"), range(MOST_MEMBERS)))
    with pytest.raises(RoomFull):
        alices.joined("bob")
    assert alices.joined("visitor 0")


def test_another_alias_can_be_had_and_is_nobody_elses(alices):
    bob, eve = alices.joined("bob", "eve")
    again = alices.hall.another_alias(alices.id, "bob")
    assert again.id == bob.id
    assert again.alias not in {bob.alias, eve.alias}
    assert alices.hall.member(alices.id, "bob") == again


def test_nobody_joins_or_answers_or_is_renamed_once_the_room_has_ended(asked):
    asked.joined("bob")
    asked.do("end")
    with pytest.raises(RoomEnded):
        asked.joined("eve")
    with pytest.raises(RoomEnded):
        asked.hall.another_alias(asked.id, "bob")
    with pytest.raises(RoomEnded):
        asked.hall.answer(asked.id, "bob", "channel", "email")
    assert asked.joined("bob")


def test_an_answer_counts_once_and_can_be_changed_until_the_reveal(asked):
    asked.joined("bob")
    for choice in ("email", "email", "phone"):
        asked.hall.answer(asked.id, "bob", "channel", choice)
    assert asked.counts("channel") == {"email": 0, "phone": 1}
    assert asked.hall.answer_of(asked.id, "bob", "channel") == "phone"
    asked.do("reveal", "channel")
    with pytest.raises(AnswersClosed):
        asked.hall.answer(asked.id, "bob", "channel", "email")
    assert asked.counts("channel") == {"email": 0, "phone": 1}


def test_one_answer_tapped_in_many_windows_at_once_counts_once(asked):
    asked.joined("bob")
    with ThreadPoolExecutor(16) as windows:
        list(
            windows.map(
                lambda n: asked.hall.answer(asked.id, "bob", "channel", ["email", "phone"][n % 2]), range(40)
            )
        )
    assert sum(asked.counts("channel").values()) == 1


def test_of_a_whole_room_that_answers_at_once_no_answer_is_lost(asked):
    def come_and_answer(number):
        asked.joined(f"visitor {number}")
        asked.hall.answer(asked.id, f"visitor {number}", "channel", "email")

    with ThreadPoolExecutor(32) as room:
        list(room.map(come_and_answer, range(200)))
    assert asked.counts("channel") == {"email": 200, "phone": 0}


def test_a_question_is_answered_while_the_room_is_at_it(asked):
    asked.joined("bob")
    asked.do("go_on")
    with pytest.raises(AnswersClosed):
        asked.hall.answer(asked.id, "bob", "channel", "email")
    asked.do("set_pace", True)
    asked.hall.answer(asked.id, "bob", "channel", "email")
    assert asked.counts("channel") == {"email": 1, "phone": 0}


def test_what_the_question_does_not_offer_is_no_answer(asked):
    asked.joined("bob")
    with pytest.raises(UnknownChoice):
        asked.hall.answer(asked.id, "bob", "channel", "pigeon")
    with pytest.raises(UnknownBlock):
        asked.hall.answer(asked.id, "bob", "nowhere", "email")
    assert sum(asked.counts("channel").values()) == 0


def test_charlie_who_has_not_joined_cannot_answer(asked):
    with pytest.raises(UnknownRoom):
        asked.hall.answer(asked.id, "charlie", "channel", "email")
    assert asked.hall.member(asked.id, "charlie") is None
    assert asked.hall.place(asked.id, "charlie").member is None


def test_two_rooms_at_once_never_see_each_others_answers(asked, open_room):
    bobs = open_room()
    bobs.do("go_to", "channel")
    in_alices, in_bobs = asked.joined("eve")[0], bobs.joined("eve")[0]
    asked.hall.answer(asked.id, "eve", "channel", "email")
    bobs.hall.answer(bobs.id, "eve", "channel", "phone")
    assert asked.counts("channel") == {"email": 1, "phone": 0}
    assert bobs.counts("channel") == {"email": 0, "phone": 1}
    assert in_alices.id != in_bobs.id
    assert asked.hall.answer_of(asked.id, "eve", "channel") == "email"
    bobs.do("delete_now")
    assert asked.counts("channel") == {"email": 1, "phone": 0}


def test_a_members_page_begins_with_the_room_the_member_and_the_answers(asked):
    (bob,) = asked.joined("bob")
    asked.hall.answer(asked.id, "bob", "channel", "phone")
    place = asked.hall.place(asked.id, "bob")
    assert (place.room, place.member, place.answers) == (asked.now, bob, {"channel": "phone"})
    assert asked.hall.place("nowhere", "bob") is None
