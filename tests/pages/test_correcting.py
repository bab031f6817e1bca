"""Correcting what was entered, and saying what was heard."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from afterword.domain.model import (
    Channel,
    Entry,
    EntryKind,
    Interviewer,
    Outcome,
    Promise,
    PromisedChannel,
    Result,
    Round,
)
from afterword.domain.promises import Answer
from afterword.store.repository import OWNER
from afterword.ui.hear import News
from tests.desk.cast import ADA, FERNBRIDGE, NOW, PANEL, at, with_round

THANKED = Entry(id="e1", kind=EntryKind.THANK_YOU, at=NOW, channel=Channel.EMAIL)
QUIET = replace(FERNBRIDGE, log=(THANKED,))
SCREEN = Round(
    label="Screen", ended_at=at("2026-10-20 10:00"), interviewers=(Interviewer(name="Luis Prado"),)
)
TWO_ROUNDS = replace(FERNBRIDGE, rounds=(SCREEN, PANEL))


def opened(visit, application, button="Correct"):
    """A visit with the form open that this button of the card opens."""
    return visit(application).go_to("application", id="a0").press(f"{button} Fernbridge")


def heard(visit, news, application=QUIET):
    """A visit in which that was chosen as heard."""
    return opened(visit, application, "I heard from").fill("What did you hear from", news)


# Correcting


def test_the_form_shows_what_is_known(visit):
    form = opened(visit, FERNBRIDGE)
    shown = {
        "Company": "Fernbridge",
        "What is this interview called?": "Panel",
        "Role": "Data analyst",
        "Whom did you meet?": "Ada Okafor, ada@fernbridge.example",
        "Who is your contact there?": "Jo Lind, jobs@fernbridge.example, +1 212 555 0117",
    }
    assert {label: form.holds(label) for label in shown} == shown
    assert form.holds("When did they say") == Answer.ON_A_DATE
    assert form.holds("Which date?") == date(2026, 11, 6)
    assert form.holds("Their country") == "US"


def test_saving_without_a_change_changes_nothing(visit):
    form = opened(visit, FERNBRIDGE)
    before = form.application()
    form.press("Save and plan anew")
    after = form.application()
    assert replace(after, rounds=()) == replace(before, rounds=())
    assert after.rounds[0] == replace(before.rounds[0], thanks_by=after.rounds[0].thanks_by)


def test_a_corrected_promise_moves_every_date(visit):
    form = opened(visit, FERNBRIDGE)
    assert "Quiet until Sun 8 Nov" in form.text
    form.fill("When did they say", Answer.TWO_WEEKS).press("Save and plan anew")
    assert "Quiet until Tue 17 Nov" in form.text
    assert form.application().rounds[0].promise == replace(PANEL.promise, reply_by=date(2026, 11, 17))
    assert not form.offers("Save and plan anew")


def test_a_corrected_end_is_kept_in_the_applications_zone(visit):
    form = opened(visit, replace(FERNBRIDGE, zone="Asia/Tokyo"))
    assert form.holds("When did it end?") == datetime(2026, 11, 4, 5, 0)  # noqa: DTZ001 - as a form shows it
    form.fill("When did it end?", datetime(2026, 11, 4, 4, 0)).press("Save and plan anew")  # noqa: DTZ001
    assert form.application().rounds[0].ended_at == at("2026-11-03 14:00")


def test_a_round_of_which_only_the_day_is_known_keeps_it(visit):
    form = opened(visit, with_round(ended_at=date(2026, 11, 2), promise=None))
    form.fill("Role", "Planner").press("Save and plan anew")
    assert form.application().rounds[0].ended_at == date(2026, 11, 2)


def test_people_who_stay_keep_their_ids_and_their_thanks(visit):
    form = opened(visit, FERNBRIDGE)
    form.press("I've thanked Ada Okafor")
    before = form.application().rounds[0].interviewers[0]
    form.fill("Whom did you meet?", "Mei Tan\nAda Okafor, new@f.example").press("Save and plan anew")
    mei, ada = form.application().rounds[0].interviewers
    assert (ada.id, ada.email) == (before.id, "new@f.example")
    assert mei.id
    assert mei.id != ada.id
    assert "Email your thanks to Mei Tan" in form.headers
    assert "Thanked by email today at 16:10." in form.successes


def test_a_correction_with_something_wrong_is_refused_and_keeps_the_form_open(visit):
    form = opened(visit, FERNBRIDGE)
    form.fill("Company", "").press("Save and plan anew")
    assert form.errors == ["Company must not be empty."]
    assert form.application().company == "Fernbridge"
    form.fill("Company", "Tidewater").press("Save and plan anew")
    assert (form.title, form.errors) == ("Tidewater", [])


def test_of_several_interviews_the_latest_is_offered_for_correction(visit):
    form = opened(visit, TWO_ROUNDS)
    assert form.holds("What is this interview called?") == "Panel"
    assert form.holds("Whom did you meet?") == "Ada Okafor, ada@fernbridge.example"


def test_of_several_interviews_the_one_that_was_corrected_changes(visit):
    form = opened(visit, TWO_ROUNDS)
    form.fill("What is this interview called?", "Panel interview").press("Save and plan anew")
    assert [round.label for round in form.application().rounds] == ["Screen", "Panel interview"]


def test_another_interview_can_be_chosen_and_corrected_and_the_others_stay(visit):
    form = opened(visit, TWO_ROUNDS)
    panel = form.application().rounds[1]
    form.labelled("Which interview?").select_index(1)
    form.run()
    assert form.holds("What is this interview called?") == "Screen"
    assert form.holds("Whom did you meet?") == "Luis Prado"
    form.fill("What is this interview called?", "Phone screen").press("Save and plan anew")
    screen, after = form.application().rounds
    assert (screen.label, screen.ended_at) == ("Phone screen", SCREEN.ended_at)
    assert after == panel


def test_of_two_interviews_of_one_name_either_can_be_chosen(visit):
    twice = replace(
        FERNBRIDGE, rounds=(replace(SCREEN, label="Interview"), replace(PANEL, label="Interview"))
    )
    assert len(set(opened(visit, twice).labelled("Which interview?").options)) == 2


def test_a_correction_that_somebody_else_overtook_is_kept_with_the_other_and_it_is_said(visit):
    form = opened(visit, FERNBRIDGE)
    form.labelled("Role").set_value("Planner")
    form.repository.replace(OWNER, replace(form.application(), notes="edited elsewhere"), 1, NOW)
    form.press("Save and plan anew")
    assert "Your change and the other one are both kept." in form.text
    assert (form.application().role, form.application().notes) == ("Planner", "edited elsewhere")
    assert (form.errors, form.offers("Save and plan anew")) == ([], False)


@pytest.mark.parametrize(
    ("way", "kept", "left_out"),
    [("Mine: Planner", "Planner", "Lead"), ("The other window's: Lead", "Lead", "Planner")],
)
def test_a_correction_of_what_somebody_else_corrected_too_is_asked_about_before_anything_is_kept(
    visit, way, kept, left_out
):
    form = opened(visit, FERNBRIDGE)
    form.labelled("Role").set_value("Planner")
    form.repository.replace(OWNER, replace(form.application(), role="Lead"), 1, NOW)
    form.press("Save and plan anew")
    assert "Another window changed the same thing while this form was open." in form.text
    assert form.application().role == "Lead"
    assert form.labelled("The role").options == ["Mine: Planner", "The other window's: Lead"]
    form.labelled("The role").set_value(way)
    form.press("Save what I chose")
    assert form.application().role == kept
    (note,) = form.application().log
    assert note.text == f"Two windows changed this at once: The role. Not kept: {left_out}"
    assert not form.offers("Save what I chose")


@pytest.mark.parametrize("country", ["UK", "us"])
def test_a_country_written_in_another_way_stays(visit, country):
    form = opened(visit, replace(FERNBRIDGE, country=country))
    form.fill("Role", "Planner").press("Save and plan anew")
    assert (form.application().country or "").upper() in {country.upper(), "GB"}


def test_a_promise_that_was_not_touched_stays_as_it_was(visit):
    named = Promise(channel=PromisedChannel.PHONE)
    form = opened(visit, with_round(promise=named))
    form.fill("Role", "Planner").press("Save and plan anew")
    assert form.application().rounds[0].promise == named


# Hearing


def test_nothing_is_offered_before_one_says_what_it_was(visit):
    form = opened(visit, QUIET, "I heard from")
    assert form.at.radio(key="hear-a0-1-1-news").options == [str(news) for news in News]
    assert not form.offers("Save and plan anew")


def test_a_courtesy_is_logged_as_a_reply(visit):
    page = heard(visit, News.COURTESY)
    page.fill("How?", Channel.PHONE).press("Save and plan anew")
    reply = page.application().log[-1]
    assert (reply.kind, reply.channel, reply.promise) == (EntryKind.REPLY, Channel.PHONE, None)
    assert "Noted: only a courtesy. The plan is new." in page.successes


def test_a_new_date_moves_the_check_in(visit):
    page = heard(visit, News.NEW_DATE)
    page.fill("When will you hear, they say?", date(2026, 11, 20)).press("Save and plan anew")
    assert page.application().log[-1].promise == Promise(asked=True, reply_by=date(2026, 11, 20))
    assert "Quiet until Sun 22 Nov" in page.text


def test_a_new_date_in_the_past_is_refused_at_its_field(visit):
    page = heard(visit, News.NEW_DATE)
    page.fill("When will you hear, they say?", date(2026, 11, 2)).press("Save and plan anew")
    assert page.errors == ["The date they named 2026-11-02 is before the reply on 2026-11-03."]
    assert page.application().log == QUIET.log


def test_another_interview_is_added_and_asked_about(visit):
    page = heard(visit, News.INTERVIEW)
    page.fill("What is it called?", "Final").fill("When does it start?", datetime(2026, 11, 12, 10, 0))  # noqa: DTZ001
    page.press("Save and plan anew")
    assert [round.label for round in page.application().rounds] == ["Panel", "Final"]
    assert page.application().rounds[1].ended_at == at("2026-11-12 11:00")
    assert "Ask when and how you will hear" in page.headers


def test_another_interview_without_a_name_is_refused_and_its_reply_does_not_count(visit):
    page = heard(visit, News.INTERVIEW)
    page.fill("What is it called?", " ").press("Save and plan anew")
    assert len(page.application().rounds) == 1
    assert [entry.id for entry in page.application().log if entry.withdrawn_at is None] == ["e1"]


def test_another_interview_without_a_name_is_refused_in_words(visit):
    page = heard(visit, News.INTERVIEW)
    page.fill("What is it called?", " ").press("Save and plan anew")
    assert page.errors == ["Its name must not be empty."]


def test_an_offer_asks_for_an_answer(visit):
    page = heard(visit, News.OFFER)
    page.fill("By when do they want", date(2026, 11, 9)).press("Save and plan anew")
    assert page.application().outcome.answer_by == date(2026, 11, 9)
    assert "Answer the offer, by email" in page.headers
    page.press("I accepted the offer from Fernbridge")
    assert page.application().outcome.result == Result.ACCEPTED
    assert "You accepted their offer, today." in page.text
    page.press("Undo what I noted")
    assert page.application().outcome.result == Result.OFFER


def test_an_offer_without_a_day_is_to_be_answered_on_the_next_working_day(visit):
    page = heard(visit, News.OFFER)
    page.press("Save and plan anew")
    assert page.application().outcome == Outcome(result=Result.OFFER, at=page.application().outcome.at)
    assert "Any day up to tomorrow." in page.text


def test_a_no_is_met_kindly_and_leaves_one_thank_you(visit):
    page = heard(visit, News.NO)
    assert "it is no measure of you" in page.text
    page.press("Save and plan anew")
    assert page.application().outcome.result == Result.REJECTED
    assert "Thank Jo Lind all the same, by email" in page.headers


@pytest.mark.parametrize("news", list(News))
def test_whatever_was_heard_can_be_taken_back(visit, news):
    page = heard(visit, news)
    before = page.application()
    page.press("Save and plan anew")
    assert page.application() != before
    page.press("Undo what I noted")
    after = page.application()
    kept = tuple(entry for entry in after.log if entry.withdrawn_at is None)
    assert replace(after, log=kept) == before
    assert not page.offers("Undo what I noted")


@pytest.mark.parametrize("news", list(News))
def test_what_will_be_heard_tomorrow_is_refused(visit, news):
    page = heard(visit, news)
    before = page.application()
    page.fill("When did you hear?", datetime(2026, 11, 4, 9, 0)).press("Save and plan anew")  # noqa: DTZ001
    assert page.application() == before
    assert any("future" in error for error in page.errors)


def test_another_interview_can_be_taken_back_after_its_question_was_ticked(visit):
    page = heard(visit, News.INTERVIEW)
    page.press("Save and plan anew")
    page.press("I've asked Fernbridge")
    page.press("Undo what I noted")
    assert [round.label for round in page.application().rounds] == ["Panel"]


def test_a_closed_application_can_be_reopened(visit):
    closed = replace(QUIET, outcome=Outcome(result=Result.REJECTED, at=NOW))
    page = visit(closed).go_to("application", id="a0")
    assert ":gray-badge[✕ They said no]" in page.text
    page.press("Reopen Fernbridge")
    assert page.application().outcome is None
    assert "Quiet until Sun 8 Nov" in page.text


def test_the_cast_is_quiet_once_thanked(visit):
    assert ADA.email
    assert ":blue-badge[○ Quiet period]" in visit(QUIET).text
