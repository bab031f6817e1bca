"""What a review finds in a message, with the place and the words it is about; and what it leaves alone."""

from dataclasses import replace
from datetime import date

import pytest

from afterword.domain.draft import Answers
from afterword.domain.handbook import MessageChannel, Occasion
from afterword.domain.review import About, Earlier, Place, Text, review, stops
from tests.desk.cast import HANDBOOK

TODAY = date(2026, 11, 3)
ABOUT = About(
    occasion=Occasion.THANKS,
    channel=MessageChannel.EMAIL,
    company="Fernbridge",
    role="Data analyst",
    to="Ada Okafor",
    strangers=("Luis Prado", "Mei Tan"),
    you="Alice Ashby",
    answers=Answers(
        talked="the move to a new ledger",
        concern="Four years of SQL at Tidewater",
        correct="I led six people, not two",
    ),
)
GOOD = Text(
    subject="Thank you for the interview: Data analyst",
    body=(
        "Dear Ada Okafor,\n\nThank you for talking with me today about the Data analyst job at Fernbridge, and "
        "above all about the move to a new ledger.\n\nI said that I led two people. It was six.\n\nYou asked about "
        "databases: I have four years of SQL behind me.\n\nI would like this job because it is close to what I do "
        "now. If you need anything else, please let me know.\n\nKind regards\nAlice Ashby"
    ),
)
CHECK_IN = replace(
    ABOUT, occasion=Occasion.CHECK_IN, answers=Answers(), promised=date(2026, 11, 6), strangers=()
)
ASKING = Text(
    subject="A question about the Data analyst job",
    body=(
        "Dear Ada Okafor,\n\nThank you for the interview for the Data analyst job. You named Friday 6 November to me. "
        "May I ask how things stand?\n\nAlice Ashby"
    ),
)
CALL = replace(ABOUT, channel=MessageChannel.PHONE, answers=Answers(talked="the new ledger"))
SPOKEN = Text(
    body=(
        "Hello Ada Okafor, this is Alice Ashby. Thank you for telling me about the new ledger and the Data analyst "
        "job. I would like it. By when do you expect to decide? Thank you."
    )
)


def found(text, about=ABOUT):
    """What is found, each with its place and the words it is about."""
    return [(f.check, f.place, f.excerpt) for f in review(text, about, HANDBOOK.checks, TODAY)]


def ids(text, about=ABOUT):
    return [check for check, _, _ in found(text, about)]


def changed(old, new, text=GOOD):
    assert old in text.body
    return replace(text, body=text.body.replace(old, new))


@pytest.mark.parametrize(("text", "about"), [(GOOD, ABOUT), (ASKING, CHECK_IN), (SPOKEN, CALL)])
def test_a_good_message_is_left_alone(text, about):
    assert found(text, about) == []


# What stops


@pytest.mark.parametrize(
    "left",
    ["⟦your full name⟧", "⟦⟧", "{{ name }}", "{% if x %}", "[Your Name]", "[company]", "<name>", "XXXX"],
)
@pytest.mark.parametrize("place", Place)
def test_a_blank_that_is_left_stops_wherever_it_stands(left, place):
    text = replace(GOOD, **{place: f"{getattr(GOOD, place) or ''} {left}"})
    findings = review(text, ABOUT, HANDBOOK.checks, TODAY)
    assert ("blank-left", place, left) in found(text)
    assert stops(findings, HANDBOOK.checks)


@pytest.mark.parametrize("typed", ["[sic]", "[1]", "a < b > c", "mix", "Malcolm X", "{x}"])
def test_other_brackets_are_no_blanks(typed):
    assert "blank-left" not in ids(changed("Fernbridge", typed))


def test_what_the_person_calls_the_role_is_no_blank_whatever_it_looks_like():
    about = replace(ABOUT, role="Lead [the UK]")
    text = changed("Data analyst", "Lead [the UK]")
    assert "blank-left" not in ids(text, about)


@pytest.mark.parametrize("name", ["Luis Prado", "luis  prado", "LUIS\nPRADO"])
def test_the_name_of_another_interviewer_stops(name):
    assert ("another-name", Place.BODY, "Luis Prado") in found(changed("at Fernbridge", f"with {name}"))


def test_it_stops_in_the_subject_too():
    text = replace(GOOD, subject="Thank you, Mei Tan: Data analyst")
    assert ("another-name", Place.SUBJECT, "Mei Tan") in found(text)


@pytest.mark.parametrize("greeting", ["Dear Luis", "Hello Prado", "Dear Luis Prado"])
def test_a_greeting_to_another_interviewer_stops_and_their_own_name_is_missed(greeting):
    assert ids(changed("Dear Ada Okafor", greeting))[:2] == ["another-name", "name-missing"]


def test_somebody_who_was_talked_about_may_be_named():
    about = replace(ABOUT, answers=replace(ABOUT.answers, talked="the ledger that Luis Prado built"))
    text = changed("the move to a new ledger", "the ledger, which Luis Prado built")
    assert ids(text, about) == []


def test_a_name_shared_with_the_company_or_with_oneself_is_no_stranger():
    about = replace(ABOUT, strangers=("Ada Lind", "Fern Bridge", "Alice Ashby"), company="Fern Bridge")
    assert ids(changed("Fernbridge", "Fern Bridge"), about) == []


@pytest.mark.parametrize("greeting", ["Dear Ada", "Hello Ms Okafor", "Dear ADA OKAFOR"])
def test_a_part_of_their_name_in_the_greeting_is_enough(greeting):
    assert ids(changed("Dear Ada Okafor", greeting)) == []


@pytest.mark.parametrize("greeting", ["Dear all", "Dear Adam Okonkwo", "Hello"])
def test_a_wrong_or_missing_name_stops(greeting):
    assert ("name-missing", Place.BODY, "Ada Okafor") in found(changed("Dear Ada Okafor", greeting))


def test_nobody_recorded_means_that_nobodys_name_is_missed():
    assert ids(changed("Dear Ada Okafor", "Dear all"), replace(ABOUT, to=None)) == []


def test_what_stops_is_told_first():
    text = replace(GOOD, subject="Hello", body=f"{GOOD.body} ⟦x⟧!!!")
    assert ids(text)[0] == "blank-left"


# What is advised


def test_the_length_of_a_thank_you_is_from_60_to_200_words():
    body = "Dear Ada Okafor thank you for the Data analyst talk about the ledger I would like it Alice Ashby six SQL "
    for count, told in ((59, True), (60, False), (200, False), (201, True)):
        padded = " ".join([*body.split(), *["so"] * (count - len(body.split()))])
        assert ("length" in ids(replace(GOOD, body=padded))) == told, count


@pytest.mark.parametrize(
    ("old", "new", "check"),
    [
        ("the Data analyst job", "the job", "role-missing"),
        ("Alice Ashby", "Alice", "your-name-missing"),
        ("I would like this job because it is", "The work is", "interest-missing"),
        ("above all about the move to a new ledger", "above all about your plans", "no-detail"),
        ("It was six.", "That was so.", "correction-open"),
    ],
)
def test_what_is_missing_is_told(old, new, check):
    text = changed(old, new)
    text = (
        changed("I said that I led two people.", "As I told you.", text) if check.startswith("corr") else text
    )
    assert ids(text) == [check]


def test_a_concern_that_was_noted_and_is_not_answered_is_told_with_what_was_noted():
    text = changed("databases: I have four years of SQL behind me", "many things and I was glad of it")
    assert found(text) == [("concern-open", Place.BODY, "Four years of SQL at Tidewater")]


def test_thanks_must_come_near_the_start():
    text = changed("Thank you for talking", "It was good of you to be talking")
    assert ids(text) == ["thanks-late"]


def test_a_subject_wants_thanks_and_the_role():
    assert found(replace(GOOD, subject="Our talk")) == [
        ("subject-without-thanks", Place.SUBJECT, "Our talk"),
        ("subject-without-role", Place.SUBJECT, "Our talk"),
    ]


def test_the_same_text_to_two_people_is_told_and_another_text_is_not():
    to_luis = Earlier(to="Luis Prado", body=GOOD.body.replace("Ada Okafor", "Luis Prado"))
    other = Earlier(
        to="Mei Tan", body=GOOD.body.replace("the move to a new ledger", "how you train new people")
    )
    other = replace(other, body=other.body.replace("It was six.", "I lead six people on two sites by now."))
    assert found(GOOD, replace(ABOUT, earlier=(to_luis, other))) == [("same-text", Place.BODY, "Luis Prado")]


def test_one_exclamation_mark_and_one_emoji_pass_and_piles_do_not():
    assert ids(replace(GOOD, body=GOOD.body + "! 🎉")) == []
    assert found(replace(GOOD, body=GOOD.body + "!!!!! 🎉🎉"))[-2:] == [
        ("too-loud", Place.BODY, "5 exclamation marks"),
        ("emoji", Place.BODY, "2 emoji"),
    ]


def test_nothing_noted_is_told_once_no_blank_asks_for_it():
    about = replace(ABOUT, answers=Answers())
    assert ids(GOOD, about) == ["nothing-noted"]
    assert "nothing-noted" not in ids(replace(GOOD, body=GOOD.body + "⟦x⟧"), about)


# Check-ins and calls


@pytest.mark.parametrize("said", ["Friday", "6 November", "November 6th", "the 6th"])
def test_a_check_in_names_the_day_they_gave_in_some_way(said):
    assert ids(changed("Friday 6 November", said, ASKING), CHECK_IN) == []
    assert ids(changed("Friday 6 November", "a day", ASKING), CHECK_IN) == ["date-missing"]


@pytest.mark.parametrize(
    "blame",
    [
        "I still have not heard from you",
        "I still haven’t heard",
        "You promised to write",
        "Am I being ignored",
    ],
)
def test_a_check_in_blames_nobody(blame):
    text = changed("May I ask", f"{blame}. May I ask", ASKING)
    assert found(text, CHECK_IN) == [("blames", Place.BODY, f"{blame}.")]


@pytest.mark.parametrize("question", ["Did I get the job?", "So: have I got the post?", "Am I hired?"])
def test_a_call_never_asks_for_the_result(question):
    text = changed("By when", f"{question} By when", SPOKEN)
    assert found(text, CALL) == [("asks-for-the-result", Place.BODY, question)]


def test_a_call_gives_thanks_and_asks_about_timing():
    text = changed("By when do you expect to decide? Thank you.", "", SPOKEN)
    assert ids(changed("Thank you for telling", "You told", text), CALL) == [
        "timing-missing",
        "thanks-missing",
    ]


def test_a_check_in_may_be_short_and_not_long():
    assert "too-long" in ids(replace(ASKING, body=ASKING.body + " so" * 150), CHECK_IN)


@pytest.mark.parametrize(
    "text", [Text(body=""), Text(body="\x00\u2028", subject=""), Text(body="👩‍🚀" * 500)]
)
@pytest.mark.parametrize("about", [ABOUT, CHECK_IN, CALL, replace(ABOUT, to="🎉", you=" ", role="  ")])
def test_any_text_is_looked_over(text, about):
    assert review(text, about, HANDBOOK.checks, TODAY)
