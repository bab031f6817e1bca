"""What the parts of an application are called where two edits are set side by side, and their values in words."""

from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime

import pytest

from afterword.domain.merging import merged
from afterword.domain.model import (
    Application,
    Contact,
    Interviewer,
    Outcome,
    Promise,
    PromisedChannel,
    Result,
    RivalOffer,
    Round,
    RoundKind,
    ThanksBy,
)
from afterword.ui import named
from tests.desk.cast import at

ADA = Interviewer(id="p1", name="Ada Okafor", email="ada@fernbridge.example")
PANEL = Round(id="r1", label="Panel", ended_at=at("2026-11-03 15:00"), interviewers=(ADA,))
FERNBRIDGE = Application(
    id="a1", company="Fernbridge", rounds=(PANEL,), contact=Contact(id="c1", name="Jo Lind")
)


# What a part is called


@pytest.mark.parametrize(
    ("path", "called"),
    [
        (("company",), "The company"),
        (("role",), "The role"),
        (("notes",), "The notes"),
        (("contact", "email"), "The email address"),
        (("contact",), "The contact"),
        (("rounds", "r1", "label"), "Panel: its name"),
        (("rounds", "r1", "ended_at"), "Panel: when it ended"),
        (("rounds", "r1", "promise", "reply_by"), "Panel: the date they named"),
        (("rounds", "r1", "interviewers", "p1", "email"), "Panel: Ada Okafor: the email address"),
        (("rounds", "r1"), "Panel"),
        (("rounds", "r1", "interviewers", "p1"), "Panel: Ada Okafor"),
        (("outcome", "result"), "The result"),
        (("rival_offer", "deadline"), "The deadline"),
        (("rounds", "gone"), "The application"),
        (("nobody knows",), "The application"),
    ],
)
def test_a_part_is_called_by_what_it_belongs_to_from_the_outside_in(path, called):
    assert named.place(path, FERNBRIDGE) == called


def test_a_part_that_only_one_of_both_knows_has_its_name_from_there():
    other = replace(FERNBRIDGE, rounds=(PANEL, replace(PANEL, id="r2", label="Final talk")))
    assert named.place(("rounds", "r2", "label"), FERNBRIDGE, other) == "Final talk: its name"


def test_every_field_that_can_be_edited_has_a_name():
    kinds = (Application, Contact, Interviewer, Round, Promise, RivalOffer, Outcome)
    editable = {field.name for kind in kinds for field in fields(kind)} - {"id", "log"}
    assert editable <= set(named.NAMES)


# What a value is


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, "nothing"),
        ((), "nothing"),
        ("Planner", "Planner"),
        ("*as typed*", "*as typed*"),
        (True, "yes"),
        (False, "no"),
        (RoundKind.PHONE_SCREEN, "phone screen"),
        (ThanksBy.POST, "post"),
        (date(2026, 11, 9), "2026-11-09"),
        (at("2026-11-03 15:00"), "2026-11-03 15:00"),
        (datetime(2026, 11, 3, 15, 0), "2026-11-03 15:00"),  # noqa: DTZ001 - as a file may hold it
        (Promise(asked=True, reply_by=date(2026, 11, 6), channel=PromisedChannel.EMAIL), None),
        (Outcome(result=Result.NO_ANSWER, at=at("2026-11-03 15:00")), None),
        (PANEL, None),
    ],
)
def test_a_value_is_said_in_words(value, said):
    words = named.value(value)
    assert words == said or (said is None and words)
    assert "_" not in words or "_" in str(value)


def test_a_person_is_told_field_by_field_without_the_id():
    assert named.value(ADA) == "Ada Okafor, email address ada@fernbridge.example"


def test_what_they_said_is_told_field_by_field():
    promise = Promise(asked=True, reply_by=date(2026, 11, 6), channel=PromisedChannel.EMAIL)
    assert named.value(promise) == (
        "whether you asked yes, date they named 2026-11-06, channel they named email"
    )


def test_several_people_are_told_one_after_the_other():
    assert named.value((ADA, Interviewer(id="p2", name="Mei Tan"))) == (
        "Ada Okafor, email address ada@fernbridge.example; Mei Tan"
    )


def test_an_interview_is_told_with_everybody_met_and_no_ids():
    said = named.value(PANEL)
    assert said.startswith("Panel, when it ended 2026-11-03 15:00")
    assert "Ada Okafor" in said
    assert "r1" not in said
    assert "p1" not in said


def test_an_empty_value_in_a_list_of_values_is_said_too():
    assert named.value((None, "x")) == "nothing; x"


# Both together


@pytest.mark.parametrize(
    "edit",
    [
        {"company": "Ferndale"},
        {"role": "Lead"},
        {"contact": Contact(id="c1", name="Jo Lind", email="jo@f.example")},
        {"rounds": (replace(PANEL, label="Talk"),)},
        {"rounds": (replace(PANEL, interviewers=(replace(ADA, email=None),)),)},
        {"rounds": ()},
        {"outcome": Outcome(result=Result.OFFER, at=at("2026-11-03 15:00"))},
    ],
)
def test_whatever_two_windows_can_clash_over_has_a_name_and_two_values_that_differ(edit):
    other = {
        "company": "Fernwood",
        "role": "Head",
        "contact": Contact(id="c1", name="Jo Lind", email="lind@f.example"),
        "rounds": (replace(PANEL, label="Interview", interviewers=(replace(ADA, email="a@f.example"),)),),
        "outcome": Outcome(result=Result.WITHDRAWN, at=at("2026-11-03 15:00")),
    }
    name = next(iter(edit))
    mine, theirs = replace(FERNBRIDGE, **edit), replace(FERNBRIDGE, **{name: other[name]})
    conflicts = merged(FERNBRIDGE, mine, theirs).conflicts
    assert conflicts
    for conflict in conflicts:
        assert named.place(conflict.path, mine, theirs) != "The application"
        assert named.value(conflict.mine) != named.value(conflict.theirs)
        assert not is_dataclass(named.value(conflict.mine))
