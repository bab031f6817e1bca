"""What a plan comes to if nobody answers, and the worked example that is drawn from it."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from afterword.content import load_handbook
from afterword.domain.model import Application, Interviewer, Promise, Round, StepKind, ThanksBy
from afterword.domain.plan import make_plan
from afterword.domain.story import Stage, StageKind, if_silent, stages
from afterword.domain.workdays import Workdays

HANDBOOK = load_handbook()
NEW_YORK = ZoneInfo("America/New_York")
ENDED = datetime(2026, 11, 5, 15, tzinfo=NEW_YORK)  # a Thursday
FRIDAY_WEEK = Promise(asked=True, reply_by=date(2026, 11, 13))
INTERVIEW = Round(label="Interview", ended_at=ENDED, promise=FRIDAY_WEEK)
EXAMPLE = Application(company="Fernbridge", zone="America/New_York", rounds=(INTERVIEW,))
EXAMPLES = [page.example for page in HANDBOOK.guide if page.example]


def story(application, now=ENDED):
    return list(if_silent(application, now, HANDBOOK, Workdays()))


def days(application):
    return {stage.kind: (stage.begins, stage.ends) for stage in stages(application, HANDBOOK, Workdays())}


def test_after_an_interview_come_thanks_two_check_ins_and_the_end():
    assert [(step.kind, step.opens) for step in story(EXAMPLE)] == [
        (StepKind.THANK_YOU, date(2026, 11, 5)),
        (StepKind.CHECK_IN, date(2026, 11, 16)),
        (StepKind.CHECK_IN, date(2026, 11, 23)),
        (StepKind.MOVE_ON, date(2026, 11, 30)),
    ]


def test_a_story_begins_with_the_plans_next_step():
    for later in range(40):
        now = ENDED + timedelta(days=later)
        assert story(EXAMPLE, now)[0] == make_plan(EXAMPLE, now, HANDBOOK, Workdays()).next


def test_before_an_interview_comes_the_question_and_afterwards_the_rest():
    ahead = replace(EXAMPLE, rounds=(replace(INTERVIEW, promise=None),))
    kinds = [step.kind for step in story(ahead, ENDED - timedelta(days=1))]
    assert kinds == [StepKind.ASK, StepKind.THANK_YOU, StepKind.CHECK_IN, StepKind.CHECK_IN, StepKind.MOVE_ON]


def test_each_of_two_people_is_thanked_once():
    people = (Interviewer(name="Ada Okafor"), Interviewer(name="Mei Tan"))
    both = replace(EXAMPLE, rounds=(replace(INTERVIEW, interviewers=people),))
    thanked = [step.to.name for step in story(both) if step.kind == StepKind.THANK_YOU]
    assert thanked == ["Ada Okafor", "Mei Tan"]


def test_an_application_without_an_interview_has_no_story():
    assert story(Application(company="Fernbridge")) == []


def test_the_stages_are_those_that_the_rules_numbers_make():
    assert days(EXAMPLE) == {
        StageKind.INTERVIEW: (date(2026, 11, 5), date(2026, 11, 5)),
        StageKind.THANK_YOU: (date(2026, 11, 5), date(2026, 11, 6)),  # late after 24 hours
        StageKind.QUIET: (date(2026, 11, 5), date(2026, 11, 15)),
        StageKind.PROMISED: (date(2026, 11, 13), date(2026, 11, 13)),
        StageKind.CHECK_IN: (date(2026, 11, 16), date(2026, 11, 17)),
        StageKind.SECOND_CHECK_IN: (date(2026, 11, 23), date(2026, 11, 25)),
        StageKind.MOVE_ON: (date(2026, 11, 30), date(2026, 11, 30)),
    }


def test_a_call_of_thanks_has_the_next_working_day_for_itself():
    by_phone = replace(EXAMPLE, rounds=(replace(INTERVIEW, thanks_by=ThanksBy.PHONE),))
    assert days(by_phone)[StageKind.THANK_YOU] == (date(2026, 11, 6), date(2026, 11, 6))


def test_without_a_date_nothing_stands_where_one_would():
    silent = replace(EXAMPLE, rounds=(replace(INTERVIEW, promise=None),))
    assert StageKind.PROMISED not in days(silent)
    assert days(silent)[StageKind.CHECK_IN] == (date(2026, 11, 12), date(2026, 11, 16))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.company)
def test_a_guide_pages_example_has_every_stage_once_in_order(example):
    found = stages(example, HANDBOOK, Workdays(example.country))
    assert [stage.kind for stage in found] == list(StageKind)
    assert all(stage.begins <= stage.ends for stage in found)


def test_some_page_of_the_guide_has_an_example():
    assert EXAMPLES
    assert Stage(StageKind.INTERVIEW, ENDED.date(), ENDED.date()) in stages(EXAMPLES[0], HANDBOOK, Workdays())
