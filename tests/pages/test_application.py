"""One application's page: its interviews and people, its history, how it ended, and who is told of an offer."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from afterword.domain.model import (
    Application,
    Channel,
    Contact,
    Entry,
    EntryKind,
    Interviewer,
    Outcome,
    Result,
    RivalOffer,
    Round,
    RoundKind,
    StepKind,
    ThanksBy,
)
from afterword.store.repository import OWNER
from afterword.ui import shelf
from afterword.ui.ending import ANSWERS
from afterword.ui.typed import as_typed
from tests.desk.cast import ADA, FERNBRIDGE, JO, NOW, PANEL, at, with_round

MEI = Interviewer(name="Mei Tan", phone="+1 212 555 0100")
SCREEN = Round(label="Screen", ended_at=at("2026-10-20 10:00"), interviewers=(MEI,))
OFFERED = replace(FERNBRIDGE, outcome=Outcome(result=Result.OFFER, at=NOW, answer_by=date(2026, 11, 9)))
ODD = (
    "<b>A</b> & *B* _i_ ~~s~~",
    ":red[x] $m$ `c` [l](y) :wave:",
    "שלום עולם (Ltd)",
    "# 1. - x | y",
    "x" * 200,
)


def page_of(visit, *applications):
    """The page of the first of these, with the interviews and people open."""
    return visit(*applications).go_to("application", id="a0").open(shelf.INTERVIEWS)


def told(visit, *applications):
    """The page with the whole history open."""
    return page_of(visit, *applications).open(shelf.HISTORY)


# Interviews


def test_an_interview_is_told_with_its_kind_its_end_its_promise_and_everybody_met(visit):
    met = replace(ADA, title="Head of data", notes="Likes *sailing*")
    page = page_of(visit, with_round(kind=RoundKind.ON_SITE, interviewers=(met, MEI), notes="Long day"))
    assert "On site. Ended today at 15:00. They said you would hear by Fri 6 Nov by email." in page.text
    assert (
        "- Ada Okafor · Head of data · ada\u2060@fernbridge.example  \n_Notes:_ Likes *sailing*" in page.text
    )
    assert "- Mei Tan · +1 212 555 0100" in page.text
    assert "_Notes:_ Long day" in page.text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"ended_at": at("2026-11-05 15:00"), "promise": None}, "Ends Thu 5 Nov at 15:00."),
        ({"ended_at": date(2026, 11, 2), "promise": None}, "Ended yesterday at 17:00."),
        ({"interviewers": ()}, "Nobody is written down yet."),
    ],
)
def test_what_is_not_known_of_an_interview_is_not_made_up(visit, changes, said):
    assert said in page_of(visit, with_round(**changes)).text


def test_the_form_of_an_interview_shows_what_is_known_and_saving_it_changes_nothing(visit):
    known = with_round(kind=RoundKind.PANEL, thanks_by=ThanksBy.POST, notes="Long day")
    page = page_of(visit, known)
    before = page.application()
    page.press("Edit or move Panel")
    assert page.holds("What is this interview called?") == "Panel"
    assert page.holds("What kind is it?") == RoundKind.PANEL
    assert page.holds("When did it end?") == datetime(2026, 11, 3, 15, 0)  # noqa: DTZ001 - as a form shows it
    assert page.holds("How will you say thanks?") == ThanksBy.POST
    assert page.holds("Notes on this interview") == "Long day"
    assert (page.holds("Name"), page.holds("Email")) == ("Ada Okafor", "ada@fernbridge.example")
    page.press("Save and plan anew")
    assert page.application() == before
    assert not page.offers("Save and plan anew")


def test_a_form_that_is_cancelled_changes_nothing_and_forgets_what_was_typed(visit):
    page = page_of(visit, FERNBRIDGE)
    before = page.application()
    page.press("Edit or move Panel").fill("What is this interview called?", "Talk").press("Cancel")
    assert page.application() == before
    assert not page.offers("Save and plan anew")


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("What is this interview called?", " ", "The interview's name must not be empty."),
        (
            "What is this interview called?",
            "x" * 201,
            "The interview's name is 201 characters long; at most 200 can be kept.",
        ),
        ("Name", "", "A person's name must not be empty."),
        ("Email", "e" * 201, "An email address is 201 characters long; at most 200 can be kept."),
        ("Notes on this interview", "x" * 20_001, "20,001 characters long; at most 20,000 can be kept."),
    ],
)
def test_what_cannot_be_kept_of_an_interview_is_refused_at_its_field_and_stays(visit, field, value, error):
    page = page_of(visit, FERNBRIDGE)
    before = page.application()
    page.press("Edit or move Panel").fill(field, value).press("Save and plan anew")
    (refused,) = page.errors
    assert refused.endswith(error)
    assert page.holds(field) == value
    assert page.application() == before


def test_a_promise_before_the_new_day_of_an_interview_is_refused(visit):
    page = page_of(visit, FERNBRIDGE).press("Edit or move Panel")
    page.fill("Which date?", date(2026, 11, 2)).press("Save and plan anew")
    assert page.errors == ["The date they named 2026-11-02 is before the interview on 2026-11-03."]


def test_people_who_change_places_keep_their_ids_and_thanks(visit):
    page = page_of(visit, with_round(interviewers=(ADA, MEI))).press("I've thanked Ada Okafor")
    ada, mei = page.application().rounds[0].interviewers
    page.press("Edit or move Panel").press("Move Mei Tan up")
    assert not page.offers("Move Mei Tan up")
    page.press("Save and plan anew")
    assert page.application().rounds[0].interviewers == (mei, ada)
    assert "Thanked by email today at 16:10." in page.successes


def test_a_new_interview_stands_where_its_time_puts_it(visit):
    page = page_of(visit, replace(FERNBRIDGE, rounds=(SCREEN, PANEL)))
    page.press("Add an interview at Fernbridge").fill("What is this interview called?", "Task")
    page.fill("When did it end?", datetime(2026, 10, 27, 9, 0)).press("Save and plan anew")  # noqa: DTZ001
    assert [round.label for round in page.application().rounds] == ["Screen", "Task", "Panel"]
    assert page.application().rounds[1].ended_at == at("2026-10-27 09:00")
    ends = [node.label for node in page.at.button if node.label.startswith("Move ")]
    assert ends == ["Move Screen down", "Move Task up", "Move Task down", "Move Panel up"]


def test_an_interview_that_is_removed_takes_its_ticks_back_and_its_undo_brings_both(visit):
    page = page_of(visit, FERNBRIDGE).press("I've thanked Ada Okafor")
    before = page.application()
    page.press("Remove Panel")
    assert "Panel was removed. What was logged for it is taken back." in page.successes
    assert "Add its first interview to get a plan." in page.text
    assert page.application().rounds == ()
    assert page.application().log[0].withdrawn_at is not None
    page.press("Undo: bring Panel back")
    assert page.application() == before
    assert "Thanked by email today at 16:10." in page.successes


def test_notes_are_offered_only_where_somebody_was_met(visit):
    assert not page_of(visit, with_round(interviewers=())).offers("Notes on Panel")


def test_the_same_form_pressed_twice_is_closed_again(visit):
    page = page_of(visit, FERNBRIDGE).press("Notes on Panel")
    assert page.offers("Save the notes")
    assert not page.press("Notes on Panel").offers("Save the notes")


def test_a_second_form_takes_the_place_of_the_first(visit):
    page = page_of(visit, FERNBRIDGE).press("Notes on Panel").press("Edit job and contact")
    assert page.offers("Save and plan anew")
    assert not page.offers("Save the notes")


# The job and its contact


def test_everything_known_of_the_job_stands_in_its_form_and_saving_it_changes_nothing(visit):
    known = replace(
        FERNBRIDGE,
        location="Oslo",
        source="A friend",
        link="https://fernbridge.example/jobs/1",
        notes="Long commute",
        contact=replace(JO, title="Recruiter", notes="Prefers email"),
        rival_offer=RivalOffer(deadline=date(2026, 11, 20), at=NOW),
    )
    page = page_of(visit, known)
    before = page.application()
    assert "[The posting](https://fernbridge.example/jobs/1)" in page.text
    assert "Contact: Jo Lind · Recruiter · jobs\u2060@fernbridge.example · +1 212 555 0117" in page.text
    assert "You have an offer from another company, to be answered by Fri 20 Nov." in page.text
    assert "_Notes:_ Long commute" in page.text
    page.press("Edit job and contact")
    shown = {"Role": "Data analyst", "Place": "Oslo", "Where did you find it?": "A friend", "Name": "Jo Lind"}
    assert {label: page.holds(label) for label in shown} == shown
    page.press("Save and plan anew")
    assert page.application() == before


def test_a_contact_whose_fields_are_emptied_is_gone(visit):
    page = page_of(visit, FERNBRIDGE).press("Edit job and contact")
    page.fill("Name", "").press("Save and plan anew")
    assert page.errors == ["A person's name must not be empty."]
    page.fill("Email", "").fill("Phone", "").press("Save and plan anew")
    assert page.application().contact is None
    assert "No contact is written down yet." in page.text


def test_an_offer_from_elsewhere_is_told_and_taken_back_in_the_form(visit):
    page = page_of(visit, FERNBRIDGE).press("Edit job and contact")
    page.fill("I have an offer from another company", True)
    page.fill("By when do they want an answer?", date(2026, 11, 20)).press("Save and plan anew")
    assert page.application().rival_offer.deadline == date(2026, 11, 20)
    assert "Tell Jo Lind about your other offer, by email" in page.headers
    page.press("Edit job and contact").fill("I have an offer from another company", False)
    page.press("Save and plan anew")
    assert page.application().rival_offer is None


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "https://x.example/a b", "https://x.example/(a)", "jobs.example"]
)
def test_what_is_no_address_of_the_web_is_shown_as_text(visit, link):
    page = page_of(visit, replace(FERNBRIDGE, link=link))
    assert as_typed(link) in page.markdown
    assert "](" not in page.text


# How to reach somebody


def test_where_no_address_is_known_the_step_says_how_to_get_one(visit):
    page = page_of(visit, with_round(interviewers=(replace(ADA, email=None),)))
    assert (
        "No email address for Ada Okafor is written down yet. Look in the invitation, ask Jo Lind, "
        in page.text
    )
    page.press("Edit or move Panel").fill("Email", "ada@f.example").press("Save and plan anew")
    assert "is written down yet" not in page.text


def test_where_an_address_is_known_nothing_is_said_of_it(visit):
    assert "written down yet" not in page_of(visit, FERNBRIDGE).text


# History


def test_with_nothing_logged_the_history_tells_the_interview(visit):
    page = told(visit, FERNBRIDGE)
    assert "One line." in page.text
    assert "Today at 15:00: Panel ended." in page.text


def test_everything_that_happened_is_told_the_latest_first(visit):
    log = (
        Entry(
            id="e1",
            kind=EntryKind.THANK_YOU,
            at=at("2026-11-03 15:30"),
            channel=Channel.EMAIL,
            to="Ada Okafor",
        ),
        Entry(id="e2", kind=EntryKind.REPLY, at=at("2026-11-03 16:00"), channel=Channel.PHONE),
        Entry(id="e3", kind=EntryKind.NOTE, at=at("2026-11-01 09:00"), text="Prepared *well*"),
    )
    outcome = Outcome(result=Result.REJECTED, at=at("2026-11-03 16:05"))
    page = told(visit, replace(FERNBRIDGE, log=log, outcome=outcome))
    lines = (
        "Today at 16:05: they said no.",
        "Today at 16:00: heard from them by phone.",
        "Today at 15:30: thanked Ada Okafor by email.",
        "Today at 15:00: Panel ended.",
        "Sun 1 Nov at 09:00: noted “Prepared *well*”",
    )
    history = page.text.partition("5 lines, the latest first.")[2]
    places = [history.index(line) for line in lines]
    assert places == sorted(places)


def test_a_tick_of_ones_own_is_told_by_its_words_and_can_only_be_taken_back(visit):
    page = page_of(visit, FERNBRIDGE)
    page.at.checkbox(key=next(b.key for b in page.at.checkbox if b.label.startswith("Keep a copy"))).check()
    page.run().open(shelf.HISTORY)
    assert "ticked “Keep a copy of the job posting”" in page.text
    assert not page.offers("Change: tick")
    page.press("Take back: tick")
    assert (
        "~~Today at 16:10: ticked “Keep a copy of the job posting”~~ Taken back today at 16:10." in page.text
    )
    assert not next(b.value for b in page.at.checkbox if b.label.startswith("Keep a copy"))


def test_a_thank_you_taken_back_in_the_history_is_to_be_done_again_and_can_be_put_back(visit):
    page = told(visit, FERNBRIDGE).press("I've thanked Ada Okafor")
    page.press("Take back: thanks to Ada Okafor")
    assert page.offers("I've thanked Ada Okafor")
    assert page.plan().next.kind == StepKind.THANK_YOU
    page.press("Put back: thanks to Ada Okafor")
    assert not page.offers("I've thanked Ada Okafor")
    assert [entry.withdrawn_at for entry in page.application().log] == [None]


def test_a_long_history_shows_ten_lines_and_a_button_for_more(visit):
    log = tuple(
        Entry(id=f"e{n:02}", kind=EntryKind.NOTE, at=NOW - timedelta(hours=n), text=f"Note {n}")
        for n in range(24)
    )
    page = told(visit, replace(FERNBRIDGE, log=log))
    assert "25 lines, the latest first." in page.text
    assert page.text.count("noted “") == 9
    page.press("Show 10 more of 25").press("Show 5 more of 25")
    assert page.text.count("noted “") == 24
    assert not page.offers("Show")


def test_a_note_is_kept_with_its_time(visit):
    page = told(visit, FERNBRIDGE).press("Add a note about Fernbridge")
    page.labelled("Your note").set_value(" They will move to Oslo ")
    page.labelled("When was it?").set_value(datetime(2026, 11, 2, 9, 0))  # noqa: DTZ001 - as a form gives it
    page.press("Save the note")
    (entry,) = page.application().log
    assert (entry.kind, entry.text, entry.at) == (
        EntryKind.NOTE,
        "They will move to Oslo",
        at("2026-11-02 09:00"),
    )
    assert page.offers("Add a note about Fernbridge")


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("Your note", "  ", "Your note must not be empty."),
        ("Your note", "x" * 20_001, "Your note is 20,001 characters long; at most 20,000 can be kept."),
        ("When was it?", datetime(2026, 11, 4, 9, 0), "The time lies in the future; say when it was done."),  # noqa: DTZ001
    ],
)
def test_a_note_that_cannot_be_kept_is_refused_at_its_field(visit, field, value, error):
    page = told(visit, FERNBRIDGE).press("Add a note about Fernbridge")
    page.labelled("Your note").set_value("A note")
    page.labelled(field).set_value(value)
    page.press("Save the note")
    assert page.errors == [error]
    assert page.application().log == ()


# How it ended


@pytest.mark.parametrize("result", list(Result))
def test_each_way_to_end_is_kept_told_and_undone(visit, result):
    page = told(visit, FERNBRIDGE)
    before = page.application()
    assert "It is still open." in page.text
    page.press("Say how it ended").fill("How did it end", result).press("Save how it ended")
    assert page.application().outcome.result == result
    assert "It is still open." not in page.text
    assert page.offers("Change how it ended: Fernbridge")
    assert page.text.count("Today at 16:10: ") >= 2  # where it ended, and in the history
    page.press("Undo what I noted")
    assert page.application() == before
    assert "It is still open." in page.text


def test_nothing_is_saved_before_one_says_how_it_ended(visit):
    page = page_of(visit, FERNBRIDGE).press("Say how it ended")
    assert page.labelled("How did it end with Fernbridge?").options == list(ANSWERS.values())
    assert page.holds("How did it end with Fernbridge?") is None
    assert not page.offers("Save how it ended")


def test_an_end_of_another_day_is_kept_with_its_moment_and_changed(visit):
    page = page_of(visit, FERNBRIDGE).press("Say how it ended").fill("How did it end", Result.OFFER)
    page.fill("When was that?", datetime(2026, 11, 3, 15, 30))  # noqa: DTZ001 - as a form gives it
    page.fill("By when do they want an answer?", date(2026, 11, 9)).press("Save how it ended")
    assert page.application().outcome == Outcome(
        result=Result.OFFER, at=at("2026-11-03 15:30"), answer_by=date(2026, 11, 9)
    )
    assert "Today at 15:30: they made an offer, to be answered by Mon 9 Nov." in page.text
    page.press("Change how it ended")
    assert page.holds("How did it end") == Result.OFFER
    assert page.holds("By when do they want an answer?") == date(2026, 11, 9)
    page.fill("How did it end", Result.DECLINED).press("Save how it ended")
    assert page.application().outcome == Outcome(result=Result.DECLINED, at=at("2026-11-03 15:30"))


def test_an_end_in_the_future_is_refused_at_its_field(visit):
    page = page_of(visit, FERNBRIDGE).press("Say how it ended").fill("How did it end", Result.WITHDRAWN)
    page.fill("When was that?", datetime(2026, 11, 4, 9, 0)).press("Save how it ended")  # noqa: DTZ001
    assert page.errors == ["The time lies in the future; say when it was heard."]
    assert page.application().outcome is None


# An offer, and the others


def test_whom_to_tell_is_shown_as_typed_since_what_is_chosen_is_no_markdown(visit):
    page = page_of(visit, OFFERED, replace(FERNBRIDGE, company="Calder & *Sons*"))
    assert page.labelled("Whom do you want to tell?").options == ["Calder & *Sons*"]


def test_with_an_offer_the_others_that_wait_may_be_told(visit):
    page = page_of(
        visit, OFFERED, replace(FERNBRIDGE, company="Tidewater"), replace(FERNBRIDGE, company="Zoo")
    )
    assert "**You have an offer, and 2 others still wait.**" in page.text
    assert page.holds("Whom do you want to tell?") == ["a1", "a2"]
    page.labelled("Whom do you want to tell?").set_value(["a1"])
    page.press("Add “tell them” to their plans")
    assert "Added to the plan of Tidewater." in page.successes
    assert page.application("a1").rival_offer == RivalOffer(deadline=date(2026, 11, 9), at=NOW)
    assert StepKind.TELL_THEM in {step.kind for step in page.plan("a1").steps}
    assert page.application("a2").rival_offer is None
    page.press("Undo: tell them")
    assert page.application("a1").rival_offer is None
    assert page.offers("Add “tell them” to their plans")


def test_one_other_is_counted_as_one(visit):
    page = page_of(visit, OFFERED, replace(FERNBRIDGE, company="Tidewater"))
    assert "You have an offer, and one other application still waits." in page.text


def test_nobody_has_to_be_told(visit):
    page = page_of(visit, OFFERED, replace(FERNBRIDGE, company="Tidewater")).press("Tell nobody")
    assert "still waits" not in page.text
    assert page.application("a1").rival_offer is None


@pytest.mark.parametrize(
    "other",
    [
        None,
        replace(FERNBRIDGE, outcome=Outcome(result=Result.REJECTED, at=NOW)),
        replace(FERNBRIDGE, outcome=Outcome(result=Result.OFFER, at=NOW)),
        replace(FERNBRIDGE, rival_offer=RivalOffer()),
        Application(company="Tidewater"),
    ],
    ids=["nobody", "closed", "offered too", "told already", "no interview yet"],
)
def test_where_nobody_waits_nothing_is_asked(visit, other):
    page = page_of(visit, OFFERED, *([other] if other else []))
    assert "still wait" not in page.text
    assert not page.offers("Whom do you want to tell?")


@pytest.mark.parametrize("result", [result for result in Result if result != Result.OFFER])
def test_without_an_offer_nothing_is_asked(visit, result):
    ended = replace(FERNBRIDGE, outcome=Outcome(result=result, at=NOW))
    assert not page_of(visit, ended, replace(FERNBRIDGE, company="Tidewater")).offers("Whom do you want")


# Without an interview


def test_one_without_an_interview_has_a_page_on_which_the_first_one_is_added(visit):
    page = page_of(visit, Application(company="Fernbridge", zone="America/New_York"))
    assert "Add its first interview to get a plan." in page.text
    page.press("Add an interview at Fernbridge")
    assert page.holds("What is this interview called?") == "Interview"
    page.press("Save and plan anew")
    assert len(page.application().rounds) == 1
    assert "Email your thanks" in page.headers


# Names


@pytest.mark.parametrize("name", ODD)
def test_odd_names_stand_on_the_page_and_in_the_history_as_typed(visit, name):
    person = replace(ADA, name=name, title=name, notes=name)
    log = (
        Entry(id="e1", kind=EntryKind.NOTE, at=NOW, text=name),
        Entry(id="e2", kind=EntryKind.THANK_YOU, at=NOW, channel=Channel.EMAIL, to=name),
    )
    odd = replace(
        with_round(label=name, notes=name, interviewers=(person,)),
        company=name,
        role=name,
        notes=name,
        contact=Contact(name=name, notes=name),
        log=log,
    )
    page = told(visit, odd)
    shown = as_typed(name)
    assert page.title == shown
    for line in (
        f"**{shown}** · {shown}",
        f"Contact: {shown}",
        f"- {shown} · {shown} · ada",
        f"_Notes:_ {shown}",
        f"noted “{shown}”",
        f"thanked {shown} by email.",
        f"{shown} ended.",
    ):
        assert line in page.markdown
    assert f"### {shown}" in [words.value for words in page.at.markdown]


# Another window


def test_an_application_deleted_in_another_window_has_no_page_any_more(visit):
    page = page_of(visit, FERNBRIDGE).press("Edit or move Panel")
    page.repository.delete(OWNER, "a0", NOW)
    page.press("Save and plan anew")
    assert page.title == "No such application"
