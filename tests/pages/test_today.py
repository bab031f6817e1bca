"""Today, and the first run: three facts make a plan, and everything on a card can be taken back."""

from dataclasses import replace
from datetime import date, datetime, time

import pytest

from afterword.domain.model import Application, Channel, Entry, EntryKind, Promise, Result, ThanksBy
from afterword.domain.promises import Answer
from afterword.ui import keys
from afterword.ui.edit import Stage
from afterword.ui.typed import as_typed
from tests.desk.cast import ADA, FERNBRIDGE, NOW, PANEL, at, with_round
from tests.pages.conftest import FIRST_RUN

# Thanked the day before, so that nothing is to be done.
YESTERDAY = at("2026-11-02 15:00")
QUIET = replace(with_round(ended_at=YESTERDAY), log=(Entry(id="e1", kind=EntryKind.THANK_YOU, at=YESTERDAY),))
THANKED = replace(FERNBRIDGE, log=(Entry(id="e1", kind=EntryKind.THANK_YOU, at=NOW, channel=Channel.EMAIL),))
MANY = 60
CHART = "What is active"


def filled_in(visit, company="Fernbridge", said=Answer.NEXT_WEEK):
    """A first visit with the three facts filled in."""
    return visit().fill("Company", company).fill("When did they say", said)


# The first run


def test_the_first_run_asks_three_facts_and_says_what_for(visit):
    first = visit()
    assert first.title == FIRST_RUN
    assert first.labels[:5] == [
        "The invitation (.ics)",
        "Company",
        "The interview",
        "When did it end? (time in America/New_York)",
        "When did they say you would hear?",
    ]
    assert first.offers("Show my plan")
    assert first.offers("Look around with samples")
    assert "Nothing reminds you while Afterword is closed." in first.text


def test_a_visitor_from_nobody_knows_where_is_a_guest_and_is_told(visit):
    assert "You are a guest here." in visit().text


def test_the_end_of_the_interview_is_offered_as_now_where_the_visitor_is(visit):
    assert visit().holds("When did it end?") == datetime(2026, 11, 3, 16, 10)  # noqa: DTZ001 - as a form shows it


def test_three_facts_make_a_plan(visit):
    planned = filled_in(visit).press("Show my plan")
    assert planned.title == "Today"
    assert "Saved. This is your plan." in planned.successes
    assert planned.headers == ["Email your thanks", CHART]
    assert "One application to see to: one is due." in planned.text
    assert "Quiet until Sun 15 Nov: do not chase before that." in planned.text
    (kept,) = planned.kept()
    assert (kept.company, kept.zone) == ("Fernbridge", "America/New_York")
    assert kept.rounds[0].promise == Promise(asked=True, reply_by=date(2026, 11, 13))
    assert kept.rounds[0].ended_at.isoformat() == "2026-11-03T16:10:00-05:00"


@pytest.mark.parametrize(
    ("answer", "reply_by"),
    [
        (Answer.A_DAY, date(2026, 11, 4)),
        (Answer.THIS_WEEK, date(2026, 11, 6)),
        (Answer.NEXT_WEEK, date(2026, 11, 13)),
        (Answer.TWO_WEEKS, date(2026, 11, 17)),
        (Answer.NOBODY_SAID, None),
    ],
)
def test_each_answer_is_kept_with_its_date(visit, answer, reply_by):
    (kept,) = filled_in(visit, said=answer).press("Show my plan").kept()
    assert kept.rounds[0].promise == Promise(asked=True, reply_by=reply_by)


def test_each_answer_shows_the_date_it_becomes_before_it_is_chosen(visit):
    options = visit().labelled("When did they say").options
    assert options[:4] == [
        "In a day (Wed 4 Nov)",
        "This week (Fri 6 Nov)",
        "Next week (Fri 13 Nov)",
        "In two weeks (Tue 17 Nov)",
    ]


def test_the_promise_may_stay_unanswered(visit):
    (kept,) = visit().fill("Company", "Fernbridge").press("Show my plan").kept()
    assert kept.rounds[0].promise is None


def test_a_chosen_date_is_kept(visit):
    first = filled_in(visit, said=Answer.ON_A_DATE).fill("Which date?", date(2026, 11, 20))
    (kept,) = first.press("Show my plan").kept()
    assert kept.rounds[0].promise.reply_by == date(2026, 11, 20)


def test_an_interview_ahead_is_asked_by_start_and_length(visit):
    ahead = filled_in(visit, said=None).fill("The interview", Stage.AHEAD)
    ahead.fill("When does it start?", datetime.combine(date(2026, 11, 5), time(14)))
    ahead.fill("How long will it take?", 90).press("Show my plan")
    assert ahead.kept()[0].rounds[0].ended_at == at("2026-11-05 15:30")
    assert "Interview ahead" in ahead.text
    assert ahead.headers == ["Ask when and how you will hear", CHART]


def test_what_else_is_known_can_be_said_at_once(visit):
    first = filled_in(visit)
    for key, value in {
        "Role": " Analyst ",
        "What is this interview called?": "Panel",
        "Whom did you meet?": "Ada Okafor, ada@f.example\nLuis Prado",
        "Who is your contact there?": "Jo Lind, +1 212 555 0117",
        "How will you say thanks?": ThanksBy.POST,
        "Their country": "US",
    }.items():
        first.fill(key, value)
    (kept,) = first.press("Show my plan").kept()
    assert (kept.role, kept.country, kept.contact.phone) == ("Analyst", "US", "+1 212 555 0117")
    assert (kept.rounds[0].label, kept.rounds[0].thanks_by) == ("Panel", ThanksBy.POST)
    assert [person.name for person in kept.rounds[0].interviewers] == ["Ada Okafor", "Luis Prado"]
    assert first.headers == [
        "Post a thank-you note to Ada Okafor",
        "Post a thank-you note to Luis Prado",
        CHART,
    ]


def test_an_empty_company_is_refused_at_its_field_and_nothing_is_kept(visit):
    refused = visit().press("Show my plan")
    assert refused.errors == ["Company must not be empty."]
    assert refused.kept() == []
    assert "Saved" not in refused.fill("Company", "Fernbridge").text
    assert refused.errors == []
    assert len(refused.press("Show my plan").kept()) == 1


def test_a_date_before_the_interview_is_refused_and_what_was_typed_stays(visit):
    refused = filled_in(visit, said=Answer.ON_A_DATE).fill("Which date?", date(2026, 11, 1))
    refused.press("Show my plan")
    assert "The date they named 2026-11-01 is before the interview on 2026-11-03." in refused.errors
    assert (refused.holds("Company"), refused.holds("Which date?")) == ("Fernbridge", date(2026, 11, 1))
    assert refused.kept() == []


def test_several_mistakes_are_told_at_once_each_at_its_field(visit):
    refused = (
        visit().fill("Company", "x" * 201).fill("What is this interview called?", " ").press("Show my plan")
    )
    assert refused.errors == [
        "Company is 201 characters long; at most 200 can be kept.",
        "The interview's name must not be empty.",
    ]


def test_another_interview_starts_with_an_empty_form(visit):
    second = filled_in(visit).press("Show my plan").press("Add an application")
    assert second.holds("Company") == ""
    second.fill("Company", "Tidewater").press("Show my plan")
    assert [application.company for application in second.kept()] == ["Fernbridge", "Tidewater"]
    assert second.offers("Add an application")


# Samples


def test_samples_can_be_looked_at_and_left_again_and_are_never_kept(visit):
    samples = visit().press("Look around with samples")
    assert samples.title == "Today"
    assert "These are samples to look around in." in samples.text
    assert "Orrin Health" in samples.text
    assert samples.kept() == []
    samples.press("Leave the samples")
    assert samples.title == FIRST_RUN
    assert "Orrin Health" not in samples.text


def test_what_is_done_in_the_samples_is_gone_with_them(visit):
    samples = visit().press("Look around with samples")
    samples.press("I've thanked Mei Tan")
    assert "Thanked by email today at 16:10." in samples.successes
    samples.press("Leave the samples").press("Look around with samples")
    assert samples.offers("I've thanked Mei Tan")


# A card


def test_a_thank_you_is_ticked_undone_and_ticked_again(visit):
    today = visit(FERNBRIDGE).press("I've thanked Ada Okafor")
    assert today.successes == ["Thanked by email today at 16:10."]
    assert not today.offers("I've thanked Ada Okafor")
    today.press("Undo: Ada Okafor")
    assert today.successes == []
    today.press("I've thanked Ada Okafor")
    log = today.application().log
    assert [entry.withdrawn_at is None for entry in log] == [False, True]


def test_a_logged_thank_you_is_changed_in_place(visit):
    today = visit(FERNBRIDGE)
    today.press("I've thanked Ada Okafor")
    today.press("Change: Ada Okafor")
    (entry,) = today.application().log
    assert today.labelled("How?").value == Channel.EMAIL
    today.labelled("When was it?").set_value(datetime(2026, 11, 3, 15, 30))  # noqa: DTZ001
    today.labelled("How?").set_value(Channel.PHONE)
    today.press("Save the change")
    assert today.successes == ["Thanked by phone today at 15:30."]
    (changed,) = today.application().log
    assert (changed.at, changed.channel, changed.to) == (at("2026-11-03 15:30"), Channel.PHONE, entry.to)
    assert not today.offers("Save the change")


def test_a_change_to_the_future_is_refused_at_its_field(visit):
    today = visit(FERNBRIDGE)
    today.press("I've thanked Ada Okafor")
    today.press("Change: Ada Okafor")
    before = today.application().log
    today.labelled("When was it?").set_value(datetime(2026, 11, 4, 9, 0))  # noqa: DTZ001
    today.press("Save the change")
    assert today.errors == ["The time lies in the future; say when it was done."]
    assert today.application().log == before


def test_of_two_people_each_has_a_button_of_their_own(visit):
    two = with_round(interviewers=(ADA, replace(ADA, name="Luis Prado")))
    today = visit(two)
    today.press("I've thanked Luis Prado")
    assert today.offers("I've thanked Ada Okafor")
    assert today.offers("Undo: Luis Prado")


def test_every_step_says_why_with_its_sources_and_their_grounds(visit):
    today = visit(FERNBRIDGE)
    assert ":green-badge[From the article]" not in today.text  # sent once it is asked for
    step = today.plan().next
    text = today.open(keys.why("a0", step.id)).text
    assert "**Send a thank-you email straight away**" in text
    assert ":green-badge[From the article]" in text
    assert ":blue-badge[Outside guidance]" in text


def test_a_note_by_post_comes_with_what_is_thought_of_it(visit):
    today = visit(with_round(thanks_by=ThanksBy.POST))
    assert "Opinions differ on notes by post" in [expander.label for expander in today.at.expander]


@pytest.mark.parametrize(
    "name", ["*B* _i_", "[x](y)", ":red[z]", "$m$ `c`", "<b>&amp;", "# H", "a | b", "~~s~~"]
)
def test_odd_names_are_escaped_wherever_they_stand(visit, name):
    odd = replace(FERNBRIDGE, company=name, role=name, rounds=with_round(interviewers=()).rounds)
    today = visit(odd)
    assert f"**{as_typed(name)}** · {as_typed(name)}" in today.markdown
    assert today.offers(f"I've thanked {name}"), today.labels
    assert today.application().company == name


# Other days


def test_on_the_day_after_the_date_the_check_in_opens(visit, on_day):
    assert "Quiet until Sun 8 Nov" in visit(THANKED).text
    on_day("2026-11-09T09:00:00-05:00")
    opened = visit(THANKED)
    assert opened.headers == ["Check in with Jo Lind by email", CHART]
    assert "Any day up to tomorrow." in opened.text
    assert "They said you would hear by Fri 6 Nov, and that has passed." in opened.text


def test_two_days_later_the_check_in_is_overdue(visit, on_day):
    on_day("2026-11-11T00:00:00-05:00")
    overdue = visit(THANKED)
    assert "One application to see to: one is overdue." in overdue.text
    assert "This was due yesterday. Late is still worth doing." in overdue.text
    overdue.press("I've checked in with Jo Lind")
    assert "Checked in by email today at 00:00." in overdue.successes
    assert overdue.application().log[-1].kind == EntryKind.CHECK_IN


def test_when_it_is_time_to_move_on_one_click_closes_and_one_takes_it_back(visit, on_day):
    checked = tuple(
        Entry(kind=EntryKind.CHECK_IN, at=at(moment)) for moment in ("2026-11-09 10:00", "2026-11-18 10:00")
    )
    on_day("2026-11-30T09:00:00-05:00")
    today = visit(replace(THANKED, log=(*THANKED.log, *checked)))
    today.press("Mark Fernbridge “no answer”")
    assert today.application().outcome.result == Result.NO_ANSWER
    assert "Closed without an answer, today." in today.text
    today.press("Undo what I noted")
    assert today.application().outcome is None
    assert today.offers("Mark Fernbridge “no answer”")


# Several applications


def test_what_is_due_stands_first_as_cards_and_the_rest_below_as_lines(visit):
    quiet = replace(QUIET, company="Quiet & Co")
    today = visit(quiet, FERNBRIDGE)
    assert [label for label in today.labels if label.startswith("Correct")] == ["Correct Fernbridge"]
    assert today.headers == ["Email your thanks to Ada Okafor", "Nothing to do now", CHART]
    assert [link.label for link in today.at.page_link] == [
        "Write the thank-you to Ada Okafor",
        f"Open {as_typed('Quiet & Co')}",
        "See all 2 on the timeline",
    ]


def test_sixty_applications_show_three_cards_and_a_button_for_more(visit):
    many = [replace(FERNBRIDGE, id=f"b{number:02}", company=f"C{number:02}") for number in range(MANY)]
    today = visit(*many)

    def cards():
        return [label for label in today.labels if label.startswith("Correct")]

    assert "60 applications to see to: 60 are due. Begin with C00." in today.text
    assert cards() == [f"Correct C{number:02}" for number in range(3)]
    today.press("Show 10 more of 60")
    assert cards() == [f"Correct C{number:02}" for number in range(13)]
    assert today.offers("Show 10 more of 60")


def test_sixty_quiet_applications_show_three_lines_and_a_button_for_more(visit):
    many = [replace(QUIET, id=f"b{number:02}", company=f"C{number:02}") for number in range(MANY)]
    today = visit(*many)
    assert len(today.at.page_link) == 3 + 1  # and the way to the timeline
    today.press("Show 10 more of 60")
    assert len(today.at.page_link) == 13 + 1


def test_the_last_of_many_are_shown_by_a_button_that_counts_them_and_then_goes(visit):
    many = [replace(FERNBRIDGE, id=f"b{number:02}") for number in range(6)]
    today = visit(*many)
    assert not today.press("Show 3 more of 6").offers("Show")


def test_a_card_stays_where_it_is_until_the_page_is_left(visit):
    names = [f"C{number:02}" for number in range(5)]
    today = visit(*(replace(FERNBRIDGE, id=f"b{name}", company=name) for name in names))

    def cards():
        return [label.removeprefix("Correct ") for label in today.labels if label.startswith("Correct")]

    today.at.button(key=keys.tick("bC00", today.plan("bC00").next.id)).click()
    today.run()
    assert cards() == ["C00", "C01", "C02"]
    assert today.successes == ["Thanked by email today at 16:10."]
    today.go_to("applications").go_to("today")
    assert cards() == ["C01", "C02", "C03"]


def test_an_application_without_any_interview_has_a_line(visit):
    today = visit(Application(company="Fernbridge"))
    assert "No interview yet" in today.text
    assert "Nothing is due today." in today.text


def test_the_cast_is_due_today(visit):
    assert PANEL.ended_at < NOW
    assert "Due today." in visit(FERNBRIDGE).text
