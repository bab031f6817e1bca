"""The words on screen for steps, days, states and grounds."""

import re
from dataclasses import replace
from datetime import date, datetime

import pytest

from afterword.domain.handbook import Ground, Source
from afterword.domain.model import (
    Application,
    Channel,
    Contact,
    Entry,
    EntryKind,
    Interviewer,
    Outcome,
    Promise,
    PromisedChannel,
    Result,
    RivalOffer,
    StepKind,
    ThanksBy,
)
from afterword.domain.promises import Answer
from afterword.domain.step import State, Status
from afterword.ui import change, edit, ending, hear, lists, words
from afterword.ui.forms import covers, text
from afterword.ui.statuses import LOOKS
from tests.desk.cast import (
    ADA,
    ALICE,
    FERNBRIDGE,
    HANDBOOK,
    JO,
    NOW,
    SetClock,
    at,
    desk_of,
    step_of,
    with_round,
)

TUESDAY = date(2026, 11, 3)
BADGE = re.compile(r":(\w+)-badge\[(\S+) (\w[^\]]+)\]")


@pytest.fixture
def clock():
    return SetClock()


@pytest.fixture
def desk(clock):
    return desk_of(ALICE, clock=clock)


def thanked(moment=NOW):
    return Entry(kind=EntryKind.THANK_YOU, at=moment, channel=Channel.EMAIL)


# Every value has its words


@pytest.mark.parametrize(
    ("badges", "values"),
    [({status: look.badge for status, look in LOOKS.items()}, Status), (lists.STATES, State)],
)
def test_every_status_and_state_has_words_a_shape_and_a_colour_and_no_two_look_alike(badges, values):
    assert set(badges) == set(values)
    parts = [BADGE.fullmatch(badge).groups() for badge in badges.values()]
    assert len({said for _, _, said in parts}) == len(parts)
    assert len({shape for _, shape, _ in parts}) == len(parts)
    assert not any(shape.isalnum() for _, shape, _ in parts)


@pytest.mark.parametrize(
    ("table", "values"),
    [
        (words.GROUNDS, Ground),
        (words.RESULTS, Result),
        (words.CHANNELS, Channel),
        (change.CHANNELS, Channel),
        (edit.SAID, Answer),
        (edit.THANKS, ThanksBy),
        (edit.NAMED, [None, *PromisedChannel]),
        (hear.FIELDS, hear.News),
        (ending.ANSWERS, Result),
    ],
)
def test_every_value_has_words_of_its_own(table, values):
    assert list(table) == list(values)
    assert len(set(table.values())) == len(table)


# Days


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (TUESDAY, "today"),
        (date(2026, 11, 4), "tomorrow"),
        (date(2026, 11, 2), "yesterday"),
        (date(2026, 11, 5), "Thu 5 Nov"),
        (date(2026, 11, 1), "Sun 1 Nov"),
        (date(2026, 11, 20), "Fri 20 Nov"),
        (date(2026, 1, 9), "Fri 9 Jan"),
        (date(2027, 1, 1), "Fri 1 Jan 2027"),
        (date(2025, 12, 31), "Wed 31 Dec 2025"),
    ],
)
def test_a_day_is_said_as_people_say_it(when, said):
    assert words.day(when, TUESDAY) == said


def test_tomorrow_is_tomorrow_even_in_another_year():
    assert words.day(date(2027, 1, 1), date(2026, 12, 31)) == "tomorrow"


def test_a_moment_of_today_is_today():
    assert words.day(datetime(2026, 11, 3, 9, 0), TUESDAY) == "today"  # noqa: DTZ001 - as a form gives it


# Steps


def test_an_open_step_says_by_when(desk):
    case = desk.add(FERNBRIDGE)
    assert words.when_line(step_of(case), case) == "Due today."


def test_a_step_with_days_left_says_until_when(desk, clock):
    case = desk.add(replace(FERNBRIDGE, log=(thanked(),)))
    clock.set("2026-11-09 09:00")
    case = desk.open(case.id)
    assert words.when_line(step_of(case, StepKind.CHECK_IN), case) == "Any day up to tomorrow."
    clock.set("2026-11-10 09:00")
    case = desk.open(case.id)
    assert words.when_line(step_of(case, StepKind.CHECK_IN), case) == "Due today."


def test_an_overdue_step_says_that_late_is_still_worth_it(desk, clock):
    case = desk.add(FERNBRIDGE)
    clock.set("2026-11-04 16:00")
    case = desk.open(case.id)
    assert words.when_line(step_of(case), case) == "This was due yesterday. Late is still worth doing."


def test_a_question_says_when_the_interview_ends(desk):
    case = desk.add(with_round(ended_at=at("2026-11-05 15:00"), promise=None))
    assert words.when_line(step_of(case, StepKind.ASK), case) == "The interview ends Thu 5 Nov."


def test_a_withheld_step_says_from_when(desk):
    case = desk.add(FERNBRIDGE)
    assert words.when_line(step_of(case, StepKind.CHECK_IN), case) == "From Mon 9 Nov, by Tue 10 Nov."


def test_a_call_that_waits_over_a_weekend_says_on_which_day(desk, clock):
    clock.set("2026-11-06 16:00")
    case = desk.add(with_round(ended_at=at("2026-11-06 15:00"), thanks_by=ThanksBy.PHONE))
    assert words.when_line(step_of(case), case) == "On Mon 9 Nov."


def test_a_call_that_waits_for_the_next_day_says_tomorrow(desk):
    case = desk.add(with_round(thanks_by=ThanksBy.PHONE))
    assert words.when_line(step_of(case), case) == "Tomorrow."


@pytest.mark.parametrize(
    ("changes", "title"),
    [
        ({}, "Email your thanks to Ada Okafor"),
        ({"interviewers": ()}, "Email your thanks"),
        ({"thanks_by": ThanksBy.PHONE}, "Call Ada Okafor to say thanks"),
        ({"thanks_by": ThanksBy.PHONE, "interviewers": ()}, "Call them to say thanks"),
        ({"thanks_by": ThanksBy.POST}, "Post a thank-you note to Ada Okafor"),
        ({"thanks_by": ThanksBy.POST, "interviewers": ()}, "Post a thank-you note"),
        ({"interviewers": (Interviewer(name="*A* [da]"),)}, "Email your thanks to \\*A\\* \\[da\\]"),
    ],
)
def test_a_thank_you_is_named_by_channel_and_person(desk, changes, title):
    case = desk.add(with_round(**changes))
    assert words.step_title(step_of(case)) == title


def test_every_other_kind_of_step_has_a_title_that_names_whom_and_how(desk):
    told = desk.add(replace(FERNBRIDGE, rival_offer=RivalOffer(deadline=date(2026, 11, 20))))
    offered = desk.add(replace(FERNBRIDGE, outcome=Outcome(result=Result.OFFER, at=NOW)))
    refused = desk.add(replace(FERNBRIDGE, outcome=Outcome(result=Result.REJECTED, at=NOW)))
    ahead = desk.add(with_round(ended_at=at("2026-11-05 15:00"), promise=None))
    assert [
        words.step_title(step)
        for step in (
            step_of(told, StepKind.CHECK_IN),
            step_of(told, StepKind.TELL_THEM),
            step_of(offered, StepKind.ANSWER_OFFER),
            refused.plan.next,
            step_of(ahead, StepKind.ASK),
        )
    ] == [
        "Check in with Jo Lind by email",
        "Tell Jo Lind about your other offer, by email",
        "Answer the offer, by email",
        "Thank Jo Lind all the same, by email",
        "Ask when and how you will hear",
    ]


def test_labels_name_the_person_or_else_the_company_and_are_cut_where_too_long(desk):
    long = "x" * 200
    case = desk.add(
        replace(FERNBRIDGE, company=long, contact=None, rounds=with_round(interviewers=()).rounds)
    )
    step = step_of(case)
    assert words.step_label(step, case.application) == f"I've thanked {'x' * 79}…"
    assert words.why_label(step, case.application) == f"Why thank {'x' * 79}… now?"
    named = desk.add(FERNBRIDGE)
    assert words.step_label(step_of(named), named.application) == "I've thanked Ada Okafor"
    check_in = step_of(named, StepKind.CHECK_IN)
    assert words.why_label(check_in, named.application) == "Why check in with Jo Lind then?"


def test_a_check_in_tells_the_date_that_passed(desk, clock):
    case = desk.add(replace(FERNBRIDGE, log=(thanked(),)))
    clock.set("2026-11-09 09:00")
    case = desk.open(case.id)
    line = words.fact_line(step_of(case, StepKind.CHECK_IN), case)
    assert line == "They said you would hear by Fri 6 Nov, and that has passed."


def test_telling_them_names_the_deadline(desk):
    case = desk.add(replace(FERNBRIDGE, rival_offer=RivalOffer(deadline=date(2026, 11, 20))))
    line = words.fact_line(step_of(case, StepKind.TELL_THEM), case)
    assert line == "Your other offer waits until Fri 20 Nov."


# How to reach somebody

NO_EMAIL = replace(ADA, email=None)
CALL = {"thanks_by": ThanksBy.PHONE}
GET_ONE = "Look in the invitation, ask {}, or see the company's own page."


@pytest.mark.parametrize(
    ("changes", "contact", "said"),
    [
        (
            {"interviewers": (NO_EMAIL,)},
            JO,
            "No email address for Ada Okafor is written down yet. ask Jo Lind",
        ),
        (
            {"interviewers": (NO_EMAIL,)},
            None,
            "No email address for Ada Okafor is written down yet. ask the coordinator",
        ),
        (
            {"interviewers": (NO_EMAIL,)},
            Contact(name="Jo Lind"),
            "No email address for Ada Okafor is written down yet. ask the coordinator",
        ),
        (
            {"interviewers": (ADA,), **CALL},
            JO,
            "No phone number for Ada Okafor is written down yet. ask Jo Lind",
        ),
        ({"interviewers": ()}, None, "No email address is written down yet. ask the coordinator"),
        (
            {"interviewers": (replace(NO_EMAIL, name="*A*"),)},
            replace(JO, name="_J_"),
            "No email address for \\*A\\* is written down yet. ask \\_J\\_",
        ),
    ],
)
def test_where_no_address_is_known_a_step_says_how_to_get_one(desk, changes, contact, said):
    case = desk.add(replace(with_round(**changes), contact=contact))
    missing, _, whom = said.rpartition(" ask ")
    assert words.reach_line(step_of(case), case) == f"{missing} {GET_ONE.format(whom)}"


@pytest.mark.parametrize(
    "changes",
    [
        {"interviewers": (ADA,)},
        {"interviewers": (replace(ADA, email=None, phone="+1 212 555 0100"),), **CALL},
        {"interviewers": (NO_EMAIL,), "thanks_by": ThanksBy.POST},
    ],
    ids=["an email address", "a phone number", "a note by post"],
)
def test_where_it_is_known_or_not_needed_nothing_is_said(desk, changes):
    case = desk.add(with_round(**changes))
    assert words.reach_line(step_of(case), case) == ""


def test_the_contact_who_cannot_be_reached_is_not_asked_for_their_own_address(desk, clock):
    jo = Contact(name="Jo Lind", phone="+1 212 555 0117")
    case = desk.add(replace(with_round(interviewers=()), contact=jo, log=(thanked(),)))
    clock.set("2026-11-09 09:00")
    case = desk.open(case.id)
    line = words.reach_line(step_of(case, StepKind.CHECK_IN), case)
    assert line == f"No email address for Jo Lind is written down yet. {GET_ONE.format('the coordinator')}"


# The next step in a list


def test_the_next_step_says_by_when_and_how_many_more_there_are(desk, clock):
    one = desk.add(FERNBRIDGE)
    assert words.next_line(one) == "Email your thanks to Ada Okafor. Due today."
    people = tuple(replace(ADA, name=name) for name in ("Ada Okafor", "Mei Tan", "Luis Prado"))
    three = desk.add(with_round(interviewers=people))
    assert words.next_line(three) == "Email your thanks to Ada Okafor. Due today. And two more."
    clock.set("2026-11-05 10:00")
    late = desk.open(one.id)
    assert words.next_line(late) == "Email your thanks to Ada Okafor. It was due Tue 3 Nov."


def test_with_no_step_to_do_the_next_line_says_where_it_stands(desk):
    quiet = desk.add(replace(FERNBRIDGE, log=(thanked(),)))
    assert words.next_line(quiet) == words.ahead_line(quiet.plan, quiet)
    assert words.next_line(desk.add(Application(company="Quay"))) == "Add its first interview to get a plan."


# What comes after


def test_the_quiet_period_and_the_check_in_after_it_are_said(desk):
    case = desk.add(FERNBRIDGE)
    assert words.ahead_line(case.plan, case) == (
        "Quiet until Sun 8 Nov: do not chase before that. "
        "Check in with Jo Lind by email from Mon 9 Nov, by Tue 10 Nov if you have heard nothing."
    )


def test_what_comes_after_stands_in_the_order_of_time(desk):
    luis = Interviewer(name="Luis Prado", phone="+1 212 555 0143")
    case = desk.add(with_round(interviewers=(ADA, luis), thanks_by=ThanksBy.PHONE))
    line = words.ahead_line(case.plan, case)
    assert line.index("Call Luis Prado") < line.index("Check in with Jo Lind")
    assert "from tomorrow." in line


def test_with_nothing_ahead_nothing_is_said(desk):
    case = desk.add(Application(company="Fernbridge"))
    assert words.ahead_line(case.plan, case) == ""
    assert words.status_line(case) == "Add its first interview to get a plan."


def test_a_closed_application_says_how_it_ended_and_when(desk):
    for result, said in words.RESULTS.items():
        if result != Result.OFFER:
            case = desk.add(replace(FERNBRIDGE, outcome=Outcome(result=result, at=at("2026-11-02 22:00"))))
            assert words.status_line(case) == f"{said}, yesterday."


# What was done


@pytest.mark.parametrize(
    ("kind", "channel", "moment", "line"),
    [
        (EntryKind.THANK_YOU, Channel.EMAIL, "2026-11-03 16:10", "Thanked by email today at 16:10."),
        (EntryKind.THANK_YOU, Channel.IN_PERSON, "2026-11-02 09:05", "Thanked in person yesterday at 09:05."),
        (EntryKind.CHECK_IN, Channel.PHONE, "2026-10-30 23:59", "Checked in by phone Fri 30 Oct at 23:59."),
        (EntryKind.ASK, None, "2026-11-03 00:00", "Asked today at 00:00."),
        (
            EntryKind.TELL_THEM,
            Channel.POST,
            "2025-12-31 12:00",
            "Told them by post Wed 31 Dec 2025 at 12:00.",
        ),
        (EntryKind.NOTE, Channel.OTHER, "2026-11-03 12:00", "Done another way today at 12:00."),
    ],
)
def test_what_was_done_is_said_with_how_and_when(desk, kind, channel, moment, line):
    case = desk.add(FERNBRIDGE)
    done = Entry(kind=kind, at=at(moment), channel=channel)
    assert words.done_line(done, case) == line


def test_what_was_done_is_told_in_the_applications_time(desk):
    case = desk.add(replace(FERNBRIDGE, zone="Asia/Tokyo"))
    assert words.done_line(thanked(), case) == "Thanked by email today at 06:10."


# The day as a whole


def test_with_nothing_entered_the_summary_says_so(desk):
    assert words.summary(desk.today()) == "Nothing is entered yet."


def test_with_nothing_due_the_summary_names_the_next_day(desk):
    desk.add(replace(FERNBRIDGE, log=(thanked(),)))
    assert words.summary(desk.today()) == "Nothing is due today. Next: Fernbridge, Mon 9 Nov."
    desk.add(
        replace(with_round(promise=Promise(reply_by=date(2026, 11, 5))), company="A & B", log=(thanked(),))
    )
    assert words.summary(desk.today()) == "Nothing is due today. Next: A \\& B, Fri 6 Nov."


def test_with_nothing_due_and_nothing_ahead_the_summary_says_only_that(desk):
    desk.add(replace(FERNBRIDGE, outcome=Outcome(result=Result.WITHDRAWN, at=NOW)))
    assert words.summary(desk.today()) == "Nothing is due today."


def test_with_one_due_the_summary_counts_one(desk):
    desk.add(FERNBRIDGE)
    assert words.summary(desk.today()) == "One application to see to: one is due."


def test_with_two_due_the_summary_counts_both_and_says_where_to_begin(desk):
    desk.add(replace(FERNBRIDGE, company="Tidewater *"))
    desk.add(replace(FERNBRIDGE, company="Zoo"))
    assert words.summary(desk.today()) == (
        "Two applications to see to: two are due. Begin with Tidewater \\*."
    )


def test_what_is_overdue_is_counted_first_and_begun_with(desk, clock):
    desk.add(replace(FERNBRIDGE, company="Zoo"))
    clock.set("2026-11-05 10:00")
    desk.add(with_round(ended_at=at("2026-11-05 09:00")))
    assert words.summary(desk.today()) == (
        "Two applications to see to: one is overdue and one is due. Begin with Zoo."
    )


@pytest.mark.parametrize(("count", "said"), [(0, "no"), (1, "one"), (10, "ten"), (11, "11"), (60, "60")])
def test_small_numbers_are_said_in_words(count, said):
    assert words.number(count) == said


# Sources


def test_a_claim_of_the_article_names_its_paragraph():
    source = Source(id="A1", kind=Ground.ARTICLE, title="Say thanks", paragraph=3)
    assert words.source_line(source) == ":green-badge[From the article] Say thanks, paragraph 3."


def test_outside_guidance_names_its_year_once_and_links_to_its_page():
    source = Source(id="x", kind=Ground.OUTSIDE, title="Poll", year=2017, url="https://x.example/poll")
    line = ":blue-badge[Outside guidance] Poll (2017). [Read it](https://x.example/poll)"
    assert words.source_line(source) == line
    assert "(2017)" not in words.source_line(replace(source, title="Poll of 2017"))


@pytest.mark.parametrize("url", [None, "x.example", "https://x.example"])
def test_a_source_without_a_page_of_its_own_has_no_link(url):
    source = Source(id="x", kind=Ground.INFERENCE, title="Ours", url=url)
    assert words.source_line(source) == ":gray-badge[Our own inference] Ours."


@pytest.mark.parametrize("source", HANDBOOK.sources.values(), ids=lambda source: source.id)
def test_every_source_has_a_line_that_links_only_to_whole_addresses(source):
    line = words.source_line(source)
    assert line.startswith(words.GROUNDS[source.kind])
    assert all(link.startswith("https://") for link in re.findall(r"\]\(([^)]*)\)", line))


# Forms


@pytest.mark.parametrize(
    ("place", "path", "covered"),
    [
        ("company", "company", True),
        ("contact", "contact.name", True),
        ("rounds.ended_at", "rounds[0].ended_at", True),
        ("rounds.interviewers", "rounds[12].interviewers[3].name", True),
        ("rounds.promise.reply_by", "rounds[0].promise.reply_by", True),
        ("log.at", "log[0].at", True),
        ("rounds[0].label", "rounds[1].label", True),
        ("contact", "contacts", False),
        ("company", "company_name", False),
        ("rounds.promise.reply_by", "rounds[0].promise", False),
        ("zone", "", False),
        ("name", "contact.name", False),
    ],
)
def test_a_field_covers_the_problems_of_its_part_of_the_data(place, path, covered):
    assert covers(place, path) is covered


@pytest.mark.parametrize(
    ("typed", "kept"), [(None, None), ("", None), ("  \n", None), ("x", "x"), (" x y ", "x y")]
)
def test_what_was_typed_is_kept_without_the_spaces_around_it(typed, kept):
    assert text(typed) == kept
