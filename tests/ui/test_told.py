"""What happened, told in sentences."""

import time
from dataclasses import replace
from datetime import date, datetime

import pytest
import streamlit as st

from afterword.domain.model import (
    Channel,
    Contact,
    Entry,
    EntryKind,
    Interviewer,
    Outcome,
    Promise,
    PromisedChannel,
    Result,
    Round,
    RoundKind,
    StepKind,
)
from afterword.ui import told, words
from afterword.ui.typed import as_typed
from tests.desk.cast import ADA, ALICE, FERNBRIDGE, HANDBOOK, NOW, PANEL, SetClock, at, desk_of, with_round

ODD = "*A* <b>_b_</b>"
LONG = "x" * 200


@pytest.fixture(autouse=True)
def words_of_this_process(tmp_path, monkeypatch):
    """A process that has just started, with a data folder of its own."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


@pytest.fixture
def clock():
    return SetClock()


@pytest.fixture
def desk(clock):
    return desk_of(ALICE, clock=clock)


@pytest.fixture
def case(desk):
    return desk.add(FERNBRIDGE)


def entry(kind, moment="2026-11-03 15:30", **more):
    return Entry(kind=kind, at=at(moment), **more)


def label(one, case):
    """What a button about an entry calls it, as it is read."""
    return told.about(one, case).replace("\\:", ":")


# Every kind has its sentence


@pytest.mark.parametrize(
    ("kind", "more", "sentence"),
    [
        (EntryKind.THANK_YOU, {"to": "Ada Okafor", "channel": Channel.EMAIL}, "thanked Ada Okafor by email."),
        (EntryKind.THANK_YOU, {}, "thanked them."),
        (EntryKind.THANK_YOU, {"channel": Channel.IN_PERSON}, "thanked them in person."),
        (EntryKind.CHECK_IN, {"to": "Jo Lind", "channel": Channel.PHONE}, "checked in with Jo Lind by phone."),
        (EntryKind.CHECK_IN, {}, "checked in with them."),
        (EntryKind.ASK, {"channel": Channel.IN_PERSON}, "asked when and how you will hear in person."),
        (EntryKind.ASK, {}, "asked when and how you will hear."),
        (EntryKind.TELL_THEM, {"to": "Jo Lind"}, "told Jo Lind about your other offer."),
        (EntryKind.TELL_THEM, {"channel": Channel.POST}, "told them about your other offer by post."),
        (EntryKind.REPLY, {"channel": Channel.OTHER}, "heard from them another way."),
        (EntryKind.REPLY, {"to": "Jo Lind"}, "heard from Jo Lind."),
        (EntryKind.SKIP, {"step": StepKind.THANK_YOU, "to": "Ada Okafor"}, "skipped the thank-you for Ada Okafor."),
        (EntryKind.SKIP, {"step": StepKind.CHECK_IN}, "skipped the check-in."),
        (EntryKind.SKIP, {}, "skipped a step."),
        (EntryKind.NOTE, {"text": "They move"}, "noted “They move”"),
        (EntryKind.NOTE, {}, "noted “”"),
    ],
)  # fmt: skip
def test_an_entry_says_what_was_done_with_whom_and_how(case, kind, more, sentence):
    assert told.what(entry(kind, **more), case) == sentence
    assert told.entry(entry(kind, **more), case) == f"Today at 15:30: {sentence}"


@pytest.mark.parametrize("kind", EntryKind)
def test_every_kind_of_entry_has_a_sentence_and_a_name_on_its_buttons(case, kind):
    one = entry(kind)
    assert told.what(one, case)
    assert label(one, case).endswith(", Tue 3 Nov 15:30")
    assert not label(one, case).startswith(",")


@pytest.mark.parametrize("step", StepKind)
def test_every_step_that_was_skipped_has_words_of_its_own(case, step):
    assert told.what(entry(EntryKind.SKIP, step=step), case) == f"skipped {told.STEPS[step]}."
    assert len(set(told.STEPS.values())) == len(StepKind)


@pytest.mark.parametrize("kind", RoundKind)
def test_every_kind_of_interview_has_words_of_its_own(kind):
    assert told.KINDS[kind]
    assert len(set(told.KINDS.values())) == len(RoundKind)


@pytest.mark.parametrize("channel", PromisedChannel)
def test_every_channel_they_can_name_has_words(channel):
    assert told.CHANNEL_NAMED[channel.value]


@pytest.mark.parametrize("result", Result)
def test_every_way_to_end_is_told_with_its_moment(case, result):
    said = told.outcome(Outcome(result=result, at=at("2026-11-02 09:05")), case)
    assert said.startswith("Yesterday at 09:05: ")
    assert said[len("Yesterday at 09:05: ") :].lower() == f"{words.RESULTS[result].lower()}."


def test_an_offer_is_told_with_the_day_by_which_it_wants_an_answer(case):
    one = Outcome(result=Result.OFFER, at=NOW, answer_by=date(2026, 11, 9))
    assert told.outcome(one, case) == "Today at 16:10: they made an offer, to be answered by Mon 9 Nov."


# What they said


@pytest.mark.parametrize(
    ("promise", "said"),
    [
        (None, ""),
        (Promise(asked=False), ""),
        (Promise(asked=True), ", who named no date"),
        (Promise(asked=True, reply_by=date(2026, 11, 9)), ", who will answer by Mon 9 Nov"),
        (Promise(channel=PromisedChannel.PHONE), ", who will answer (by phone)"),
        (
            Promise(reply_by=date(2026, 11, 4), channel=PromisedChannel.OTHER),
            ", who will answer by tomorrow (another way)",
        ),
    ],
)
def test_a_reply_says_what_they_promised(case, promise, said):
    assert told.what(entry(EntryKind.REPLY, promise=promise), case) == f"heard from them{said}."


# Whom


def test_somebody_is_named_by_the_name_they_have_now(desk):
    person = replace(ADA, id="p1", name="Ada Okafor-Lind")
    case = desk.add(with_round(interviewers=(person,)))
    assert told.what(entry(EntryKind.THANK_YOU, to="p1"), case) == "thanked Ada Okafor-Lind."


def test_the_contact_is_named_too(desk):
    case = desk.add(replace(FERNBRIDGE, contact=Contact(id="c1", name="Jo Lind")))
    assert told.what(entry(EntryKind.CHECK_IN, to="c1"), case) == "checked in with Jo Lind."


def test_somebody_who_is_no_longer_there_is_named_as_the_entry_does(case):
    assert told.what(entry(EntryKind.THANK_YOU, to="Luis Prado"), case) == "thanked Luis Prado."


def test_what_was_typed_is_told_as_typed(desk):
    case = desk.add(with_round(label=ODD, interviewers=(Interviewer(id="p1", name=ODD),)))
    assert told.what(entry(EntryKind.THANK_YOU, to="p1"), case) == f"thanked {as_typed(ODD)}."
    assert told.what(entry(EntryKind.REPLY, text=ODD), case) == f"heard from them ({as_typed(ODD)})."
    assert told.what(entry(EntryKind.NOTE, text=ODD), case) == f"noted “{as_typed(ODD)}”"
    assert told.interview(case.application.rounds[0], case) == f"Today at 15:00: {as_typed(ODD)} ended."
    assert told.about(entry(EntryKind.THANK_YOU, to="p1"), case).startswith(f"thanks to {as_typed(ODD)}, ")


def test_a_long_name_leaves_room_for_the_day_on_a_button(desk):
    case = desk.add(with_round(interviewers=(Interviewer(id="p1", name=LONG),)))
    said = label(entry(EntryKind.THANK_YOU, to="p1"), case)
    assert said.endswith("xxx, Tue 3 Nov 15:30")
    assert len(said) <= 80


# Ticks of one's own


def test_a_tick_of_ones_own_is_told_by_the_words_of_its_item(case):
    item = next(item for phase in HANDBOOK.phases for item in phase.items if item.step is None)
    one = entry(EntryKind.NOTE, text=f"checklist:{item.id}")
    assert told.what(one, case) == f"ticked “{item.words}”"
    assert label(one, case) == "tick, Tue 3 Nov 15:30"


def test_a_tick_of_an_item_that_is_no_longer_on_the_list_is_told_by_its_id(case):
    assert told.what(entry(EntryKind.NOTE, text="checklist:gone"), case) == "ticked “gone”"


# When


def test_what_was_taken_back_is_struck_through_and_says_when(case):
    one = entry(EntryKind.NOTE, text="They move", withdrawn_at=at("2026-11-03 16:00"))
    assert told.entry(one, case) == "~~Today at 15:30: noted “They move”~~ Taken back today at 16:00."


def test_what_happened_is_told_in_the_applications_time(desk):
    case = desk.add(replace(FERNBRIDGE, zone="Asia/Tokyo"))
    assert told.entry(entry(EntryKind.ASK), case) == "Today at 05:30: asked when and how you will hear."
    assert label(entry(EntryKind.ASK), case) == "question, Wed 4 Nov 05:30"


def test_another_year_is_named(case):
    assert told.moment(at("2025-12-31 12:00"), case) == "Wed 31 Dec 2025 at 12:00"


def test_an_interview_of_which_only_the_day_is_known_ends_at_the_hour_the_rules_say(desk):
    case = desk.add(with_round(ended_at=date(2026, 11, 2), promise=None))
    hour = HANDBOOK.number("latest-round", "bare_date_hour", case.today)
    assert told.interview(case.application.rounds[0], case) == f"Yesterday at {hour:02}:00: Panel ended."


def test_the_end_of_an_interview_is_told_where_the_application_is(desk):
    case = desk.add(replace(FERNBRIDGE, zone="Asia/Tokyo"))
    assert told.interview(PANEL, case) == "Today at 05:00: Panel ended."
    assert told.end_of(Round(label="Talk", ended_at=NOW), case) == NOW


def test_a_time_without_an_offset_is_told_where_they_are_and_not_where_the_server_is(desk, monkeypatch):
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    bare = Entry(id="e", kind=EntryKind.NOTE, at=datetime(2026, 11, 3, 15, 30), text="A note")  # noqa: DTZ001 - as a file may have it
    case = desk.add(replace(FERNBRIDGE, zone="America/New_York", log=(bare,)))
    assert case.there(case.application.log[0].at).isoformat() == "2026-11-03T15:30:00-05:00"
    assert told.entry(bare, case).startswith("Today at 15:30: noted")
    monkeypatch.undo()
    time.tzset()
