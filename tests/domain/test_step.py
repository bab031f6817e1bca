"""A step's id: stable, so that a tick, a calendar event and an undo mean the same thing."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from afterword.content import load_handbook
from afterword.domain.model import Application, Contact, Entry, EntryKind, Interviewer, Round, StepKind
from afterword.domain.plan import make_plan
from afterword.domain.step import step_id
from afterword.domain.workdays import Workdays

HANDBOOK = load_handbook()
ENDED = datetime(2026, 6, 9, 10, 0, tzinfo=UTC)
NOW = datetime(2026, 6, 9, 12, 0, tzinfo=UTC)
ADA, LUIS = Interviewer(name="Ada Okafor"), Interviewer(name="Luis Prado")
PANEL = Round(label="Panel", ended_at=ENDED, interviewers=(ADA, LUIS))
APPLICATION = Application(company="Fernbridge", rounds=(PANEL,))


def ids_of(application, now=NOW):
    return [step.id for step in make_plan(application, now, HANDBOOK, Workdays()).steps]


def test_ids_are_the_same_in_every_plan_of_the_same_application():
    assert ids_of(APPLICATION) == ids_of(APPLICATION)
    assert ids_of(APPLICATION) == ids_of(APPLICATION, NOW + timedelta(days=1))


def test_ids_do_not_depend_on_the_process_that_made_them():
    assert step_id(StepKind.THANK_YOU, "Panel", ADA) == "thank_you-1efd407b472981c5"


def test_ids_stay_the_same_when_other_rounds_are_added():
    earlier = Round(label="Screen", ended_at=ENDED - timedelta(days=7), interviewers=(ADA,))
    ahead = Round(label="Final", ended_at=ENDED + timedelta(days=7))
    more = replace(APPLICATION, rounds=(earlier, PANEL, ahead))
    assert set(ids_of(APPLICATION)) < set(ids_of(more))


def test_ids_stay_the_same_when_dates_are_corrected():
    corrected = replace(PANEL, ended_at=ENDED - timedelta(hours=3))
    assert ids_of(replace(APPLICATION, rounds=(corrected,))) == ids_of(APPLICATION)


def test_ids_stay_the_same_when_the_step_is_done():
    thanked = Entry(kind=EntryKind.THANK_YOU, at=NOW)
    assert ids_of(replace(APPLICATION, log=(thanked,))) == ids_of(APPLICATION)


def test_ids_stay_the_same_when_somebody_with_an_id_is_renamed():
    known = replace(PANEL, id="r1", interviewers=(replace(ADA, id="p1"),))
    renamed = replace(known, label="The panel", interviewers=(Interviewer(id="p1", name="Ada O."),))
    before, after = (replace(APPLICATION, rounds=(round,)) for round in (known, renamed))
    assert ids_of(before) == ids_of(after)


@pytest.mark.parametrize(
    "other",
    [
        step_id(StepKind.CHECK_IN, PANEL, ADA),
        step_id(StepKind.THANK_YOU, replace(PANEL, label="Final"), ADA),
        step_id(StepKind.THANK_YOU, replace(PANEL, id="r2"), ADA),
        step_id(StepKind.THANK_YOU, None, ADA),
        step_id(StepKind.THANK_YOU, PANEL, LUIS),
        step_id(StepKind.THANK_YOU, PANEL, None),
        step_id(StepKind.THANK_YOU, PANEL, ADA, 2),
    ],
    ids=["kind", "label", "round's id", "no round", "person", "nobody", "ordinal"],
)
def test_ids_differ_by_kind_round_person_and_ordinal(other):
    assert other != step_id(StepKind.THANK_YOU, PANEL, ADA)


def test_people_of_one_name_are_told_apart_by_their_ids():
    one, other = Contact(id="p1", name="Kim Lee"), Contact(id="p2", name="Kim Lee")
    assert step_id(StepKind.THANK_YOU, PANEL, one) != step_id(StepKind.THANK_YOU, PANEL, other)


def test_people_of_one_name_without_ids_have_a_step_each():
    twins = replace(PANEL, interviewers=(Interviewer(name="Kim Lee"), Interviewer(name="Kim Lee")))
    ids = ids_of(replace(APPLICATION, rounds=(twins,)))
    assert len(set(ids)) == len(ids) == 3


def test_a_round_and_a_person_do_not_run_into_each_other():
    ann, anna = Contact(name="a Nowak"), Contact(name="Nowak")
    first, second = replace(PANEL, label="Ann"), replace(PANEL, label="Anna ")
    assert step_id(StepKind.THANK_YOU, first, ann) != step_id(StepKind.THANK_YOU, second, anna)


def test_the_two_check_ins_of_a_wait_have_ids_of_their_own():
    made = Entry(kind=EntryKind.CHECK_IN, at=NOW)
    plan = make_plan(replace(APPLICATION, log=(made,)), NOW, HANDBOOK, Workdays())
    first, second = (step.id for step in plan.steps if step.kind == StepKind.CHECK_IN)
    assert first != second


def test_ids_differ_where_labels_and_names_repeat():
    morning = Round(label="Interview", ended_at=ENDED - timedelta(hours=2), interviewers=(ADA, ADA))
    noon = Round(label="Interview", ended_at=ENDED, interviewers=(ADA,))
    ids = ids_of(replace(APPLICATION, rounds=(morning, noon)))
    assert len(ids) == len(set(ids)) == 4


def test_a_skip_by_id_means_one_of_two_namesakes():
    kims = (Interviewer(id="p1", name="Kim Lee"), Interviewer(id="p2", name="Kim Lee"))
    skip = Entry(kind=EntryKind.SKIP, step=StepKind.THANK_YOU, to="p1", at=NOW)
    met = replace(PANEL, interviewers=kims)
    plan = make_plan(replace(APPLICATION, rounds=(met,), log=(skip,)), NOW, HANDBOOK, Workdays())
    states = [step.state.value for step in plan.steps if step.kind == StepKind.THANK_YOU]
    assert states == ["cancelled", "open"]
