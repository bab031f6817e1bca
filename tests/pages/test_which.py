"""Which should I use? The questions, the answer as they are answered, and an application made of them."""

from datetime import date

import pytest

from afterword.domain.model import PromisedChannel
from afterword.domain.promises import Answer
from afterword.domain.which import Reach, Since
from afterword.ui import keys, which, words
from tests.desk.cast import HANDBOOK

CHANNEL = "Did they say how they would reach you?"
REACH = "What do you have to reach them by?"
SINCE = "When was the interview?"
SAID = "Did they give a date?"


def choose(page, question, options, answer):
    """Choose an answer by what stands there."""
    page.labelled(question).set_value(list(options).index(answer))
    return page.run()


def save(page, **fields):
    """Fill the form beneath the answer and send it."""
    for label, value in fields.items():
        page.labelled(label).set_value(value)
    return page.press("Save and show its plan")


@pytest.fixture
def asked(visit):
    return visit().go_to("guide", page="which")


def test_nothing_is_answered_before_it_is_known_when_the_interview_was(asked):
    assert asked.title == "Which should I use?"
    assert "Say how long ago the interview was, and the answer appears here." in asked.text
    choose(asked, CHANNEL, which.CHANNELS, PromisedChannel.PHONE)
    assert asked.successes == []
    assert not asked.offers("Save and show its plan")


def test_one_answer_is_enough_for_a_first_answer_that_says_it_may_change(asked):
    choose(asked, SINCE, which.SINCE, Since.TODAY)
    assert asked.successes == ["**Email your thanks.** Due today."]
    assert "Three questions are open, so this may still change." in asked.text


def test_the_answer_changes_as_the_questions_are_answered(asked):
    choose(asked, SINCE, which.SINCE, Since.TODAY)
    choose(asked, REACH, which.REACH, Reach.PHONE)
    assert asked.successes == ["**Call them to say thanks.** Tomorrow."]
    choose(asked, CHANNEL, which.CHANNELS, None)
    choose(asked, SAID, which.SAID, Answer.NEXT_WEEK)
    assert "may still change" not in asked.text
    assert "Until Sun 15 Nov: keep quiet." in asked.text
    assert "Mon 16 Nov to Tue 17 Nov: Check in with your contact by phone." in asked.text


def test_the_answer_gives_the_rules_its_sources_and_the_pages_of_the_guide(asked):
    choose(asked, SINCE, which.SINCE, Since.TODAY)
    for name in ("email-at-once", "any-channel-counts"):
        rule = HANDBOOK.rules[name]
        assert rule.said(date(2026, 11, 3)) in asked.text
        assert rule.because in asked.text
        assert all(words.source_line(HANDBOOK.sources[cite]) in asked.markdown for cite in rule.cites)
    links = [link.proto.query_string for link in asked.at.get("page_link")]
    assert links[:2] == ["page=timing", "page=email-or-phone"]


def test_a_date_shows_the_day_that_it_becomes(asked):
    choose(asked, SINCE, which.SINCE, Since.YESTERDAY)
    assert asked.labelled(SAID).options[3] == "The week after (Fri 13 Nov)"


def test_an_exact_day_and_an_exact_date_can_be_chosen(asked):
    choose(asked, SINCE, which.SINCE, Since.ON_A_DAY)
    asked.fill("Which day?", date(2026, 10, 30))
    choose(asked, SAID, which.SAID, Answer.ON_A_DATE)
    asked.fill("Which date?", date(2026, 11, 2))
    assert asked.successes == [
        "**Email your thanks.** This was due Fri 30 Oct. Late is still worth doing."
    ] or ("Check in" in asked.successes[0])
    assert "Save this as an application" in [one.value for one in asked.at.subheader]


def test_a_date_before_the_interview_is_refused_in_words_and_the_answers_stay(asked):
    choose(asked, SINCE, which.SINCE, Since.TODAY)
    choose(asked, SAID, which.SAID, Answer.ON_A_DATE)
    asked.fill("Which date?", date(2026, 10, 1))
    assert asked.errors == ["The date they gave 2026-10-01 is before the interview on 2026-11-03."]
    assert asked.holds(SINCE) == list(which.SINCE).index(Since.TODAY)
    assert asked.successes == []


def test_what_was_answered_is_saved_as_an_application_with_the_same_plan(asked):
    choose(asked, CHANNEL, which.CHANNELS, PromisedChannel.PHONE)
    choose(asked, REACH, which.REACH, Reach.BOTH)
    choose(asked, SINCE, which.SINCE, Since.YESTERDAY)
    choose(asked, SAID, which.SAID, Answer.NEXT_WEEK)
    answer = asked.successes[0]
    save(asked, **{"Company": " Tidewater ", "Their phone number": "+1 212 555 0100"})
    assert asked.title == "Tidewater"
    assert "Saved. This is your plan." in asked.successes
    (kept,) = asked.kept()
    assert (kept.company, kept.contact.phone, kept.contact.email) == ("Tidewater", "+1 212 555 0100", None)
    assert kept.rounds[0].ended_at == date(2026, 11, 2)
    assert kept.rounds[0].promise.reply_by == date(2026, 11, 13)
    step = asked.plan(str(kept.id)).next
    assert answer.startswith(f"**{words.step_title(step)}.**")


def test_without_a_company_nothing_is_saved_and_the_page_says_so(asked):
    choose(asked, SINCE, which.SINCE, Since.TODAY)
    asked.press("Save and show its plan")
    assert asked.errors == ["Company must not be empty."]
    assert asked.kept() == []
    assert asked.successes == ["**Email your thanks.** Due today."]


def test_a_plan_to_call_needs_the_number_and_says_so(asked):
    choose(asked, SINCE, which.SINCE, Since.TODAY)
    choose(asked, REACH, which.REACH, Reach.PHONE)
    save(asked, Company="Tidewater")
    assert asked.errors == ["The phone number is needed: without it the plan would name another channel."]
    assert asked.kept() == []
    save(asked, **{"Company": "Tidewater", "Their phone number": "+1 212 555 0100"})
    assert asked.title == "Tidewater"


def test_a_plan_to_write_that_a_lone_number_would_turn_into_a_call_asks_for_the_address(asked):
    choose(asked, SINCE, which.SINCE, Since.TODAY)
    choose(asked, REACH, which.REACH, Reach.BOTH)
    save(asked, **{"Company": "Tidewater", "Their phone number": "+1 212 555 0100"})
    assert asked.errors == ["The email address is needed: without it the plan would name another channel."]
    assert asked.kept() == []
    save(asked, **{"Company": "Tidewater", "Their email address": "jobs@tidewater.example"})
    assert asked.title == "Tidewater"


def test_with_both_and_nothing_typed_it_can_all_wait(asked):
    choose(asked, SINCE, which.SINCE, Since.TODAY)
    choose(asked, REACH, which.REACH, Reach.BOTH)
    save(asked, Company="Tidewater")
    assert asked.title == "Tidewater"


def test_before_an_interview_whose_answer_is_dated_there_is_nothing_to_do(asked):
    choose(asked, SINCE, which.SINCE, Since.AHEAD)
    assert asked.successes[0].startswith("**Ask when and how you will hear.**")
    choose(asked, SAID, which.SAID, Answer.NEXT_WEEK)
    assert asked.successes[0].startswith("**Nothing to do before the interview is over.**")
    assert "Email your thanks." in asked.text


def test_among_samples_nothing_is_saved(visit):
    page = visit().press("Look around with samples").go_to("guide", page="which")
    choose(page, SINCE, which.SINCE, Since.TODAY)
    assert page.successes == ["**Email your thanks.** Due today."]
    assert not page.offers("Save and show its plan")


def test_keys_are_letters_digits_and_hyphens(asked):
    choose(asked, SINCE, which.SINCE, Since.ON_A_DAY)
    found = [node.key for node in (*asked.at.radio, *asked.at.date_input, *asked.at.text_input)]
    assert len(found) >= 6
    assert all(key.replace("-", "").isalnum() for key in found)
    assert keys.field(which.FORM, "since") in found
