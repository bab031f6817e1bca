"""What goes into a message: facts, a visible blank where one is missing, and never anything made up."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afterword.domain.case import OpenCase
from afterword.domain.draft import Answers, Length
from afterword.domain.drafting import (
    BLANK,
    Setting,
    about,
    messages_for,
    one_line,
    other_messages,
    phrase,
    recipient,
    sentence,
    template_of,
    values,
)
from afterword.domain.handbook import Addressee, Occasion
from afterword.domain.model import EntryKind, Interviewer, Outcome, Promise, Result, RivalOffer, ThanksBy
from afterword.domain.review import Text, review, stops
from afterword.domain.step import StepChannel
from afterword.domain.workdays import Workdays
from afterword.domain.you import You
from afterword.formats.draft import rendered
from tests.desk.cast import ADA, ALICE, FERNBRIDGE, HANDBOOK, PANEL, SetClock, at, desk_of, entry, with_round
from tests.domain.strategies import situations

ALICE_ASHBY = You(name="Alice Ashby", phone="+1 212 555 0100")
MESSAGES, BLANKS, CHECKS = HANDBOOK.messages, HANDBOOK.blanks, HANDBOOK.checks
LUIS = Interviewer(name="Luis Prado", email="luis@fernbridge.example", notes="the night shift in Leeds")
FILLED = {
    "name": "Robin Vale",
    "role": "Night porter",
    "day": "on Friday 6 November",
    "talked": "the rota for December",
    "why": "the house is near my home",
}
WORDS = st.sampled_from([None, "Data analyst", "Head of Q&A {x} <b>", "Ärztin (m/w/d)", "50% lead; acting"])
ANSWERS = st.builds(
    Answers,
    talked=st.sampled_from([None, "", "The move to a new ledger.", "Two lines\nof notes; and & more"]),
    remember=st.sampled_from([None, "I finish what I begin"]),
    correct=st.sampled_from([None, "I said three years, and it is five!"]),
    concern=st.sampled_from([None, "I have used SQL for four years."]),
    why=st.sampled_from([None, "it is close to what I do now"]),
)
YOU = st.sampled_from([You(), ALICE_ASHBY, You(name="Zoë O'Hara-Núñez")])


def case_of(application=FERNBRIDGE, moment="2026-11-03 16:10"):
    clock = SetClock()
    clock.set(moment)
    return desk_of(ALICE, clock=clock).add(application)


def written(setting, length):
    """A message as the page offers it."""
    filled, message = values(setting, BLANKS), setting.message
    return Text(
        body=rendered(template_of(message, length), filled),
        subject=message.subject and rendered(message.subject, filled),
        voicemail=message.voicemail and rendered(message.voicemail, filled),
    )


def filled_in(text, setting):
    """The same with something put into each blank, as a person would."""
    whom = recipient(setting)

    def fill(match):
        name = next(blank.id for blank in BLANKS.values() if blank.words == match[0][1:-1])
        return whom.name if name == "name" and whom else FILLED.get(name, "something of my own")

    parts = {name: getattr(text, name) for name in ("body", "subject", "voicemail")}
    return Text(**{name: part and BLANK.sub(fill, part) for name, part in parts.items()})


def case_in(situation):
    workdays = Workdays(situation.application.country or situation.country)
    return OpenCase(
        replace(situation.application, id="a1"),
        1,
        situation.plan(),
        situation.now.astimezone(situation.there),
        workdays,
    )


def settings_of(case, you, answers):
    """Every message that fits a step of the application, or none of them."""
    for step in case.plan.steps:
        for message in messages_for(step, case, MESSAGES):
            yield Setting(case=case, you=you, message=message, step=step, answers=answers)
    for message in MESSAGES.values():
        yield Setting(case=case, you=you, message=message, answers=answers)


@settings(max_examples=200, deadline=None)
@given(situations(), WORDS, YOU, ANSWERS)
def test_any_draft_is_whole_names_the_right_person_and_passes_its_own_review_once_it_is_filled_in(
    situation, role, you, answers
):
    case = case_in(situation.changed(role=role))
    for setting in settings_of(case, you, answers):
        whom = recipient(setting)
        for length in Length:
            text = written(setting, length)
            whole = "\n".join(part for part in (text.subject, text.body, text.voicemail) if part)
            assert not re.search(r"\{\{|\{%|%\}|\bNone\b|Undefined", whole)
            assert "  " not in whole
            assert (one_line(whom.name) if whom else "⟦their name⟧") in text.body
            assert (role or "⟦the role⟧") in whole
            assert (you.name or "⟦your full name⟧") in text.body
            found = review(filled_in(text, setting), about(setting), CHECKS, case.today)
            assert not stops(found, CHECKS), (found, text.body)


@pytest.mark.parametrize("message", MESSAGES.values(), ids=lambda message: message.id)
@pytest.mark.parametrize("length", Length)
def test_a_message_with_every_fact_and_answer_passes_without_any_advice(message, length):
    promise = Promise(asked=True, reply_by=at("2026-11-06 00:00").date())
    people = (replace(ADA, notes="the move to a new ledger"),)
    round = replace(PANEL, interviewers=people, promise=promise, notes="the move to a new ledger")
    log = (entry(EntryKind.REPLY, at("2026-11-03 15:30"), promise=promise),)
    rival, offer = (
        RivalOffer(deadline=promise.reply_by),
        Outcome(result=Result.OFFER, at=at("2026-11-03 16:00")),
    )
    case = case_of(replace(FERNBRIDGE, rounds=(round,), log=log, rival_offer=rival, outcome=offer))
    thanks = next(step for step in case.plan.steps if step.kind == "thank_you")
    answers = Answers(why="it is close to what I do now", concern="I have used SQL for four years")
    setting = Setting(
        case=case,
        you=ALICE_ASHBY,
        message=message,
        step=thanks if message.occasion == Occasion.THANKS else None,
        answers=answers,
    )
    assert review(written(setting, length), about(setting), CHECKS, case.today) == ()


# Thanks, one for each


def thanks_to(people, message="thank-you-email", you=ALICE_ASHBY, **changes):
    """A thank-you to each of these people."""
    case = case_of(with_round(interviewers=people, **changes))
    steps = [step for step in case.plan.steps if step.kind == "thank_you"]
    return [Setting(case=case, you=you, message=MESSAGES[message], step=step) for step in steps]


def test_each_interviewers_thank_you_has_what_was_noted_of_the_talk_with_them():
    ada, luis = (written(s, Length.SHORT).body for s in thanks_to((replace(ADA, notes="The ledger."), LUIS)))
    assert "Dear Ada Okafor" in ada
    assert "above all about the ledger." in ada
    assert "Dear Luis Prado" in luis
    assert "above all about the night shift in Leeds." in luis


def test_without_notes_a_blank_says_what_is_missing_and_nothing_is_made_up():
    (setting,) = thanks_to((ADA,), you=You())
    text = written(setting, Length.LONG)
    assert set(BLANK.findall(text.body)) == {
        "⟦what you talked about⟧",
        "⟦why you want the job⟧",
        "⟦your full name⟧",
    }
    assert "put right" not in text.body


def test_an_answer_goes_before_the_notes_and_an_emptied_one_leaves_a_blank():
    (setting,) = thanks_to((replace(ADA, notes="She seemed tired"),))
    own = replace(setting, answers=Answers(talked="The rota"))
    assert "about the rota." in written(own, Length.SHORT).body
    emptied = replace(setting, answers=Answers(talked=""))
    assert "about ⟦what you talked about⟧." in written(emptied, Length.SHORT).body


def test_a_panel_note_goes_to_the_contact_names_everybody_and_takes_no_notes_on_one_person():
    setting = thanks_to((replace(ADA, notes="Private"), LUIS), "panel-note", notes="the tour")[0]
    text = written(setting, Length.LONG).body
    assert text.startswith("Dear Jo Lind")
    assert "(Ada Okafor and Luis Prado)" in text
    assert "about the tour." in text
    assert "Private" not in text


# Which message


def test_a_steps_channel_chooses_between_a_letter_and_a_call():
    (by_mail,) = thanks_to((ADA,), thanks_by=ThanksBy.EMAIL)
    (by_phone,) = thanks_to((replace(ADA, phone="+1 212 555 0101"),), thanks_by=ThanksBy.PHONE)
    (by_post,) = thanks_to((ADA,), thanks_by=ThanksBy.POST)
    assert by_phone.step.channel == StepChannel.PHONE
    first = [messages_for(s.step, s.case, MESSAGES)[0].id for s in (by_mail, by_phone, by_post)]
    assert first == ["thank-you-email", "thank-you-call", "thank-you-email"]


def test_thanks_offer_the_question_for_the_date_where_none_was_given():
    (given_one,) = thanks_to((ADA,))
    (given_none,) = thanks_to((ADA,), promise=None)
    ids = [[m.id for m in messages_for(s.step, s.case, MESSAGES)] for s in (given_one, given_none)]
    assert ids[0] == ["thank-you-email", "panel-note", "thank-you-call"]
    assert ids[1] == [*ids[0], "ask-for-the-date"]


def test_a_check_in_is_the_first_or_the_second_and_names_the_day_they_gave():
    thanked = entry(EntryKind.THANK_YOU, at("2026-11-03 16:00"), to="Ada Okafor")
    once = replace(FERNBRIDGE, log=(thanked, entry(EntryKind.CHECK_IN, at("2026-11-09 10:00"))))
    case = case_of(once, "2026-11-17 10:00")
    first, second = (step for step in case.plan.steps if step.kind == "check_in")
    assert messages_for(first, case, MESSAGES)[0].id == "check-in-email"
    message = messages_for(second, case, MESSAGES)[0]
    assert message.id == "second-check-in-email"
    text = written(Setting(case=case, you=ALICE_ASHBY, message=message, step=second), Length.SHORT)
    assert "I was in touch on Monday 9 November" in text.body
    assert "The day you named to me was Friday 6 November." in text.body


def test_a_no_and_an_offer_have_messages_of_their_own_and_moving_on_has_none():
    rejected = Outcome(result=Result.REJECTED, at=at("2026-11-03 16:00"))
    case = case_of(replace(FERNBRIDGE, outcome=rejected))
    after = next(step for step in case.plan.steps if step.reason == "thank-after-no")
    assert [m.id for m in messages_for(after, case, MESSAGES)] == ["after-a-no"]
    offered = case_of(replace(FERNBRIDGE, outcome=replace(rejected, result=Result.OFFER)))
    assert [m.id for m in messages_for(offered.plan.next, offered, MESSAGES)] == [
        "answer-to-an-offer-email",
        "answer-to-an-offer-call",
    ]
    late = case_of(FERNBRIDGE, "2026-12-20 10:00")
    moving_on = next(step for step in late.plan.steps if step.kind == "move_on")
    assert messages_for(moving_on, late, MESSAGES) == ()


def test_a_reply_can_be_answered_and_an_interview_that_is_over_can_be_asked_about():
    assert [m.id for m in other_messages(case_of(), MESSAGES)] == ["ask-for-the-date"]
    reply = entry(
        EntryKind.REPLY, at("2026-11-03 16:00"), promise=Promise(reply_by=at("2026-11-20 00:00").date())
    )
    case = case_of(replace(FERNBRIDGE, log=(reply,)))
    assert [m.id for m in other_messages(case, MESSAGES)] == ["ask-for-the-date", "new-date"]
    text = written(Setting(case=case, you=ALICE_ASHBY, message=MESSAGES["new-date"]), Length.SHORT)
    assert "I have noted Friday 20 November." in text.body
    assert other_messages(case_of(replace(FERNBRIDGE, rounds=())), MESSAGES) == ()


@pytest.mark.parametrize(
    ("promise", "moment"),
    [(None, "2026-11-04 10:00"), (Promise(reply_by=at("2026-11-20 00:00").date()), "2026-11-23 10:00")],
)
def test_a_new_date_is_answered_only_where_they_named_one_that_is_still_to_come(promise, moment):
    reply = entry(EntryKind.REPLY, at("2026-11-03 16:00"), promise=promise)
    case = case_of(replace(FERNBRIDGE, log=(reply,)), moment)
    assert [m.id for m in other_messages(case, MESSAGES)] == ["ask-for-the-date"]


def test_the_day_of_a_check_in_without_an_offset_is_the_day_where_they_are():
    night = entry(EntryKind.CHECK_IN, at("2026-11-09 01:00").replace(tzinfo=None))
    case = case_of(replace(FERNBRIDGE, log=(night,)), "2026-11-17 10:00")
    second = case.plan.steps[-1]
    setting = Setting(case=case, you=ALICE_ASHBY, message=MESSAGES["second-check-in-email"], step=second)
    assert "I was in touch on Monday 9 November" in written(setting, Length.SHORT).body


def test_a_day_of_another_year_has_its_year():
    case = case_of(replace(FERNBRIDGE, rival_offer=RivalOffer(deadline=at("2027-01-04 00:00").date())))
    setting = Setting(case=case, you=ALICE_ASHBY, message=MESSAGES["another-offer-email"])
    assert "by Monday 4 January 2027." in written(setting, Length.SHORT).body


# How answers are used


@pytest.mark.parametrize(
    ("answer", "as_phrase", "as_sentence"),
    [
        ("The ledger.", "the ledger", "The ledger."),
        ("SQL and more", "SQL and more", "SQL and more."),
        ("A", "A", "A."),
        ("  two\n lines! ", "two lines", "two lines!"),
        ("is it enough?", "is it enough?", "is it enough?"),
        ("\x00\u2028", "", ""),
        ("", "", ""),
    ],
)
def test_an_answer_becomes_the_end_of_a_sentence_or_a_whole_one(answer, as_phrase, as_sentence):
    assert (phrase(answer), sentence(answer)) == (as_phrase, as_sentence)


def test_what_somebody_typed_is_never_taken_for_a_template():
    case = case_of(replace(FERNBRIDGE, role="{{ you }} {% raw %}"))
    setting = Setting(case=case, you=ALICE_ASHBY, message=MESSAGES["check-in-email"])
    assert "the {{ you }} {% raw %} job" in written(setting, Length.SHORT).body


def test_only_messages_to_be_passed_on_go_to_the_contact():
    assert [m.id for m in MESSAGES.values() if m.to == Addressee.CONTACT] == ["panel-note"]
