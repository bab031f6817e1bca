"""Finding an application by what one remembers of it."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afterword.domain.model import Application, Contact, Entry, EntryKind, Interviewer, Round
from afterword.domain.search import matches

FERNBRIDGE = Application(
    id="a1",
    company="Fernbridge Ltd",
    role="Data analyst",
    location="New York",
    source="a fair",
    link="https://fernbridge.example/jobs/42",
    notes="They like\nplain words.",
    contact=Contact(name="Jo Lind", title="Recruiter", email="jobs@fernbridge.example", notes="fast"),
    rounds=(
        Round(label="Screen", ended_at=date(2026, 10, 20)),
        Round(
            label="Panel",
            ended_at=date(2026, 11, 3),
            notes="Ask about Straßen and the café.",
            interviewers=(Interviewer(name="Zoë Núñez", title="Head of maps", email="zoe@x.example"),),
        ),
    ),
    log=(Entry(id="e1", kind=EntryKind.NOTE, at=datetime(2026, 11, 3, tzinfo=UTC), text="unwritten"),),
)


@pytest.mark.parametrize(
    "words",
    [
        "Fernbridge",
        "analyst",
        "york",
        "fair",
        "jobs/42",
        "plain",
        "Lind",
        "recruiter",
        "jobs@",
        "fast",
        "screen",
        "PANEL",
        "straßen",
        "maps",
        "zoe@x",
        "Núñez",
    ],
)
def test_everything_that_was_written_down_about_it_is_looked_through(words):
    assert matches(FERNBRIDGE, words)


@pytest.mark.parametrize(
    "words", ["Tidewater", "analysts", "fernbridge tidewater", "unwritten", "a1", "2026"]
)
def test_what_is_not_written_there_is_not_found(words):
    assert not matches(FERNBRIDGE, words)


@pytest.mark.parametrize("words", ["", " ", "\t\n ", "\u00a0"])
def test_no_words_find_everything(words):
    assert matches(FERNBRIDGE, words)
    assert matches(Application(company="Tidewater"), words)


def test_every_word_must_be_there_but_each_may_be_anywhere_and_in_any_order():
    assert matches(FERNBRIDGE, "lind panel data")
    assert matches(FERNBRIDGE, "  data \t lind\npanel ")
    assert not matches(FERNBRIDGE, "lind panel nobody")


def test_a_part_of_a_word_is_enough():
    assert matches(FERNBRIDGE, "ernbri")
    assert matches(FERNBRIDGE, "n")


def test_a_word_is_not_put_together_from_two_things():
    assert not matches(FERNBRIDGE, "ltddata")
    assert not matches(Application(company="ab", role="cd"), "bc")


@pytest.mark.parametrize(
    "words", ["FERNBRIDGE", "zoË", "zoe\u0308", "NÚÑEZ", "nu\u0301n\u0303ez", "STRASSEN", "CAFÉ"]
)
def test_case_and_how_an_accent_was_typed_make_no_difference(words):
    assert matches(FERNBRIDGE, words)


def test_spacing_makes_no_difference():
    assert matches(FERNBRIDGE, "newyork")
    assert matches(replace(FERNBRIDGE, company="Fern  bridge"), "fernbridge")


def test_letters_of_every_script_are_found():
    application = Application(company="שלום עולם", role="شركة النور", notes="\U0001f469\u200d\U0001f680 東京")
    for words in ("עולם", "النور", "\U0001f680", "東京", "京 שלום"):
        assert matches(application, words)


def test_an_application_of_which_little_is_known_is_looked_through_as_well():
    bare = Application(company="Harbour")
    assert matches(bare, "harb")
    assert not matches(bare, "none")


@settings(deadline=None, max_examples=300)
@given(st.text(max_size=30), st.sampled_from(["company", "role", "location", "notes"]))
def test_whatever_was_written_is_found_by_its_words_and_by_the_whole_of_them(text, name):
    application = replace(FERNBRIDGE, **{name: text})
    assert matches(application, text)
    assert all(matches(application, word) for word in text.split())


@settings(deadline=None, max_examples=300)
@given(st.text(max_size=20), st.text(max_size=20))
def test_more_words_never_find_more(one, other):
    if matches(FERNBRIDGE, f"{one} {other}"):
        assert matches(FERNBRIDGE, one)
        assert matches(FERNBRIDGE, other)
