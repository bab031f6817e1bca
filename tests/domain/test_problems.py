"""What can be wrong with an application as a whole: each problem with its path and a sentence."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from afterword.domain.model import (
    Application,
    Contact,
    Entry,
    EntryKind,
    Interviewer,
    Outcome,
    Promise,
    Result,
    RivalOffer,
    Round,
    StepKind,
)
from afterword.domain.problems import problems_of, problems_of_entry

NOON = datetime(2026, 6, 9, 12, 0, tzinfo=UTC)
PANEL = Round(label="Panel", id="r1", ended_at=NOON)


def told(**parts):
    """The problems of an application with these parts, each as a line."""
    return [str(problem) for problem in problems_of(Application(**{"company": "Fernbridge", **parts}))]


def log_of(**entry):
    return {"rounds": (PANEL,), "log": (Entry(**{"kind": EntryKind.NOTE, "at": NOON, **entry}),)}


def test_an_application_with_everything_right_has_no_problems():
    assert (
        told(
            zone="Europe/Berlin",
            contact=Contact(name="Jo Lind"),
            rounds=(Round(label="Panel", ended_at=NOON, promise=Promise(reply_by=date(2026, 6, 9))),),
            log=(
                Entry(kind=EntryKind.REPLY, at=NOON, promise=Promise(reply_by=date(2026, 6, 10))),
                Entry(kind=EntryKind.SKIP, at=NOON, step=StepKind.CHECK_IN, round="panel"),
            ),
            rival_offer=RivalOffer(deadline=date(2026, 6, 1), at=date(2026, 6, 20)),
            outcome=Outcome(result=Result.OFFER, at=NOON, answer_by=date(2026, 6, 1)),
        )
        == []
    )


def test_a_promised_date_before_the_interview_is_a_problem():
    early = Round(label="Panel", ended_at=NOON, promise=Promise(reply_by=date(2026, 6, 8)))
    assert told(rounds=(PANEL, early)) == [
        "rounds[1].promise.reply_by: 2026-06-08 is before the interview on 2026-06-09"
    ]


def test_a_promised_date_on_the_day_of_the_interview_is_none():
    assert told(rounds=(Round(label="Panel", ended_at=NOON, promise=Promise(reply_by=NOON.date())),)) == []


def test_the_day_of_the_interview_is_the_day_in_its_zone():
    late = datetime(2026, 6, 9, 20, 0, tzinfo=UTC)  # already the tenth in Tokyo
    round = Round(label="Panel", ended_at=late, promise=Promise(reply_by=date(2026, 6, 9)))
    path = "rounds[0].promise.reply_by: 2026-06-09 is before the interview on 2026-06-10"
    assert told(rounds=(round,)) == []
    assert told(rounds=(round,), zone="Asia/Tokyo") == [path]
    assert [str(p) for p in problems_of(Application(company="F", rounds=(round,)), "Asia/Tokyo")] == [path]


def test_a_promised_date_before_the_reply_that_gave_it_is_a_problem():
    parts = log_of(kind=EntryKind.REPLY, promise=Promise(reply_by=date(2026, 6, 8)))
    assert told(**parts) == ["log[0].promise.reply_by: 2026-06-08 is before the reply on 2026-06-09"]


@pytest.mark.parametrize(
    "kind", [kind for kind in EntryKind if kind not in {EntryKind.REPLY, EntryKind.SKIP}]
)
def test_a_promise_on_anything_but_a_round_or_a_reply_is_a_problem(kind):
    parts = log_of(kind=kind, promise=Promise(asked=True))
    assert told(**parts) == ["log[0].promise: only a round or a reply can carry a promise"]


def test_a_skip_must_say_which_step():
    assert told(**log_of(kind=EntryKind.SKIP)) == [
        "log[0].step: is missing; a skip must name the step that is skipped"
    ]


def test_an_entry_for_a_round_that_is_not_there_is_a_problem():
    assert told(**log_of(round="Final")) == ["log[0].round: there is no round 'Final'"]


@pytest.mark.parametrize("name", ["r1", "Panel", "  pa NEL "])
def test_an_entry_may_name_its_round_by_id_or_label(name):
    assert told(**log_of(round=name)) == []


def test_a_person_whom_nobody_knows_is_no_problem():
    assert told(**log_of(kind=EntryKind.THANK_YOU, to="Somebody else")) == []


def test_a_withdrawn_entry_may_name_a_round_that_was_taken_away_again():
    assert told(**log_of(round="Final", withdrawn_at=NOON)) == []


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "../../etc/passwd", "Europe/Berlin\0", "z" * 150])
def test_a_zone_that_is_none_is_a_problem(zone):
    assert [line.partition(":")[0] for line in told(zone=zone)] == ["zone"]


@pytest.mark.parametrize("country", ["XX", "", "Germany", "🇩🇪"])
def test_a_country_that_is_none_is_a_problem(country):
    assert [line.partition(":")[0] for line in told(country=country)] == ["country"]


def test_a_country_in_small_letters_is_none():
    assert told(country="de") == []


def test_one_wrong_zone_does_not_hide_what_else_is_wrong():
    early = Round(label="Panel", ended_at=NOON, promise=Promise(reply_by=date(2026, 6, 8)))
    wrong = told(zone="Mars/Olympus", rounds=(early,))
    assert [line.partition(":")[0] for line in wrong] == ["zone", "rounds[0].promise.reply_by"]


@pytest.mark.parametrize(
    ("parts", "path"),
    [
        ({"company": " "}, "company"),
        ({"contact": Contact(name="")}, "contact.name"),
        ({"rounds": (Round(label="\t", ended_at=NOON),)}, "rounds[0].label"),
        (
            {"rounds": (Round(label="A", ended_at=NOON, interviewers=(Interviewer(name=""),)),)},
            "rounds[0].interviewers[0].name",
        ),
    ],
)
def test_a_name_that_must_be_there_must_not_be_empty(parts, path):
    assert told(**parts) == [f"{path}: must not be empty"]


@pytest.mark.parametrize(
    ("parts", "path"),
    [
        ({"company": "x" * 201}, "company"),
        ({"role": "x" * 201}, "role"),
        ({"link": "x" * 2_001}, "link"),
        ({"notes": "x" * 20_001}, "notes"),
        (log_of(text="x" * 20_001), "log[0].text"),
    ],
)
def test_a_text_can_be_too_long_to_be_kept(parts, path):
    assert [line.partition(":")[0] for line in told(**parts)] == [path]


def test_notes_may_be_as_long_as_a_long_talk():
    assert told(notes="x" * 20_000, link="x" * 2_000, role="x" * 200) == []


@pytest.mark.parametrize(
    ("parts", "path"),
    [
        ({"rounds": (Round(label="A", ended_at=date(1969, 12, 31)),)}, "rounds[0].ended_at"),
        ({"rounds": (Round(label="A", ended_at=datetime.max.replace(tzinfo=UTC)),)}, "rounds[0].ended_at"),
        (log_of(at=datetime.min.replace(tzinfo=UTC)), "log[0].at"),
        ({"rival_offer": RivalOffer(deadline=date.max)}, "rival_offer.deadline"),
        ({"outcome": Outcome(result=Result.OFFER, at=NOON, answer_by=date.min)}, "outcome.answer_by"),
    ],
)
def test_a_year_in_which_nobody_was_interviewed_is_a_problem(parts, path):
    assert [line.partition(":")[0] for line in told(**parts)] == [path]


def test_everything_that_is_wrong_is_told_at_once_in_the_order_of_the_keys():
    wrong = Application(
        company="",
        zone="Nowhere",
        country="XX",
        rounds=(Round(label="Panel", ended_at=NOON, promise=Promise(reply_by=date(2026, 1, 1))),),
        log=(
            Entry(kind=EntryKind.SKIP, at=NOON, round="Final"),
            Entry(kind=EntryKind.ASK, at=NOON, promise=Promise(asked=True)),
        ),
    )
    assert [problem.path for problem in problems_of(wrong)] == [
        "company",
        "zone",
        "country",
        "rounds[0].promise.reply_by",
        "log[0].step",
        "log[0].round",
        "log[1].promise",
    ]


@pytest.mark.parametrize("zone", [None, "Asia/Tokyo", "Nowhere"])
@pytest.mark.parametrize(
    "entry",
    [
        Entry(kind=EntryKind.NOTE, at=NOON, text="Met Jo.", round="Panel"),
        Entry(kind=EntryKind.SKIP, at=NOON, round="Final"),
        Entry(kind=EntryKind.SKIP, at=NOON, round="Final", withdrawn_at=NOON),
        Entry(kind=EntryKind.ASK, at=NOON, promise=Promise(asked=True)),
        Entry(kind=EntryKind.REPLY, at=NOON, promise=Promise(reply_by=date(2026, 6, 9))),
        Entry(kind=EntryKind.NOTE, at=datetime.min.replace(tzinfo=UTC), to="x" * 201, text="x" * 20_001),
    ],
)
def test_what_is_wrong_with_an_entry_alone_is_what_is_told_of_it_in_the_whole(entry, zone):
    before = (Entry(kind=EntryKind.ASK, at=NOON, promise=Promise(asked=True), id="e1"),)
    application = Application(company="", zone=zone, country="XX", rounds=(PANEL,), log=before)
    whole = problems_of(replace(application, log=(entry,)), "America/New_York")
    alone = tuple(problem for problem in whole if problem.path.startswith("log["))
    assert problems_of_entry(application, entry, "America/New_York") == alone
