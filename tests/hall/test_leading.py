"""What a leader does with a room, and that nobody else can."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest

from afterword.domain.errors import (
    NotTheLeader,
    RoomEnded,
    RoomStillOpen,
    SomebodyWasFirst,
    TooManyTries,
    UnknownBlock,
    UnknownRoom,
)
from afterword.domain.workshop import CODE_LENGTH, CODE_LETTERS
from afterword.hall import Hall
from tests.hall.rooms import BOOK, HERE, KEY, THERE


def acts_of_a_leader(led, secret):
    """Everything that only a leader may do, with that secret."""
    hall, (bob,) = led.hall, led.joined("bob")
    return (
        lambda: hall.lead(led.id, secret),
        lambda: hall.go_on(led.id, secret),
        lambda: hall.go_back(led.id, secret),
        lambda: hall.go_to(led.id, secret, "case"),
        lambda: hall.reveal(led.id, secret, "channel"),
        lambda: hall.ask_again(led.id, secret, "channel"),
        lambda: hall.extend(led.id, secret, 5),
        lambda: hall.set_pace(led.id, secret, by_members=True),
        lambda: hall.rename(led.id, secret, bob.id),
        lambda: hall.end(led.id, secret),
        lambda: hall.delete_now(led.id, secret),
    )


def test_a_new_room_stands_at_its_first_block_under_a_code_of_six_letters(alices):
    assert alices.now.block == "warm-up"
    assert len(alices.code) == CODE_LENGTH
    assert set(alices.code) <= set(CODE_LETTERS)


@pytest.mark.parametrize("typed", [KEY, KEY.lower(), KEY.replace("-", " "), f" {KEY} "])
def test_the_key_may_be_typed_in_any_way_in_which_it_reads_the_same(hall, typed):
    assert hall.open_room(typed, "small", HERE)


@pytest.mark.parametrize("typed", ["", "-", "quiet-otter", KEY + "X", "ключ"])
def test_another_key_opens_no_room(hall, typed):
    with pytest.raises(NotTheLeader):
        hall.open_room(typed, "small", HERE)


@pytest.mark.parametrize("typed", ["", "-", KEY])
def test_where_no_key_was_made_nobody_opens_a_room(hall, clock, bell, typed):
    without = Hall(hall._rooms, clock, BOOK, "", bell)
    with pytest.raises(NotTheLeader):
        without.open_room(typed, "small", HERE)


def test_ten_wrong_keys_from_one_address_make_it_wait_and_no_other(hall):
    for _ in range(10):
        with pytest.raises(NotTheLeader):
            hall.open_room("WRONG", "small", HERE)
    with pytest.raises(TooManyTries) as refused:
        hall.open_room(KEY, "small", HERE)
    assert 1 <= refused.value.wait <= 60
    assert hall.open_room(KEY, "small", THERE)


def test_a_leader_walks_on_and_back_and_to_any_block(alices):
    assert [alices.do("go_on").block, alices.do("go_on").block] == ["channel", "case"]
    assert alices.do("go_back").block == "channel"
    assert alices.do("go_to", "plan").block == "plan"
    assert alices.do("go_on").block == "plan"
    assert alices.now.block == "plan"


def test_each_act_is_kept_with_a_turn_of_its_own(alices):
    turns = [alices.now.turn]
    for act, *args in (("go_on",), ("reveal", "channel"), ("extend", 3), ("set_pace", True), ("end",)):
        alices.do(act, *args)
        turns.append(alices.now.turn)
    assert turns == list(range(turns[0], turns[0] + 6))
    assert (alices.now.more, alices.now.self_paced, alices.now.revealed) == (3, True, {"channel"})


def test_two_windows_that_both_say_on_move_the_room_by_one_block(alices):
    seen = alices.now.turn
    alices.do("go_on", seen=seen)
    with pytest.raises(SomebodyWasFirst):
        alices.do("go_on", seen=seen)
    assert alices.now.block == "channel"


def test_of_many_windows_at_one_moment_exactly_one_moves_the_room(alices):
    seen = alices.now.turn

    def on(_):
        with suppress(SomebodyWasFirst):
            return alices.do("go_on", seen=seen)

    with ThreadPoolExecutor(16) as windows:
        assert sum(room is not None for room in windows.map(on, range(16))) == 1
    assert alices.now.block == "channel"


def test_no_act_of_many_at_one_moment_is_lost(alices):
    with ThreadPoolExecutor(16) as windows:
        list(windows.map(lambda _: alices.do("extend", 1), range(40)))
    assert alices.now.more == 40


def test_a_block_that_the_agenda_lacks_is_refused_and_nothing_changes(alices):
    before = alices.now
    for act in ("go_to", "reveal", "ask_again"):
        with pytest.raises(UnknownBlock):
            alices.do(act, "nowhere")
    assert alices.now == before


def test_a_member_cannot_lead_by_any_secret_they_could_have(alices, open_room):
    bobs = open_room()
    before = alices.now
    for secret in ("", alices.code, alices.id, bobs.secret, KEY, "bob"):
        for act in acts_of_a_leader(alices, secret):
            with pytest.raises(NotTheLeader):
                act()
    assert alices.now == before


def test_nobody_leads_a_room_that_never_was(hall):
    with pytest.raises(UnknownRoom):
        hall.lead("nowhere", "anything")


def test_nothing_but_erasing_can_be_done_to_a_room_that_has_ended(alices):
    ended = alices.do("end")
    for act, *args in (
        ("go_on",),
        ("go_to", "case"),
        ("reveal", "channel"),
        ("extend", 1),
        ("set_pace", True),
    ):
        with pytest.raises(RoomEnded):
            alices.do(act, *args)
    assert alices.do("end") == ended == alices.now


def test_an_alias_that_is_taken_away_is_replaced_by_one_that_nobody_has(alices):
    bob, eve = alices.joined("bob", "eve")
    alices.do("rename", bob.id)
    again = {member.id: member.alias for member in alices.hall.members(alices.id)}
    assert again[bob.id] not in {bob.alias, eve.alias}
    assert again[eve.id] == eve.alias


def test_asking_again_drops_the_answers_to_that_question_alone(alices):
    alices.joined("bob")
    for block, choice in (
        ("channel", "email"),
        ("case", alices.hall.results(alices.id, "case").counts[0][0].id),
    ):
        alices.do("go_to", block)
        alices.hall.answer(alices.id, "bob", block, choice)
    alices.do("ask_again", "channel")
    assert sum(alices.counts("channel").values()) == 0
    assert sum(alices.counts("case").values()) == 1


def test_the_summary_of_a_room_that_is_over_has_its_counts_and_only_its_leader_gets_it(alices):
    visitors = [f"visitor {number}" for number in range(12)]
    alices.joined(*visitors)
    alices.do("go_to", "channel")
    for visitor in visitors:
        alices.hall.answer(alices.id, visitor, "channel", "phone")
    with pytest.raises(RoomStillOpen):
        alices.do("summary")
    alices.do("end")
    summary = alices.do("summary", zone="America/New_York")
    asked = {
        question.block: {c.choice.id: c.count for c in question.counts} for question in summary.questions
    }
    assert asked["channel"] == {"email": None, "phone": 12}
    assert summary.day.isoformat() == "2026-11-03"
    with pytest.raises(NotTheLeader):
        alices.hall.summary(alices.id, "bob")
