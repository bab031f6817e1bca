"""The rules' numbers are dated data: the day asks, the number in force answers."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from afterword.content import load_handbook
from afterword.domain.errors import AfterwordError
from afterword.domain.handbook import Handbook, Parameter, Rule
from afterword.domain.model import Application, Promise, Round, StepKind, ThanksBy
from afterword.domain.plan import make_plan
from afterword.domain.workdays import Workdays

HANDBOOK = load_handbook()
SPRING, SUMMER = date(2026, 3, 1), date(2026, 6, 1)


def number(value, valid_from, name="opens_after"):
    return Parameter(name=name, unit="working days", value=value, valid_from=valid_from)


def rule(*parameters, words="Wait until working day {opens_after}."):
    return Rule(id="wait", title="Wait", words=words, because="So.", cites=("A1",), parameters=parameters)


def handbook_with(id, *parameters):
    """The real handbook with one rule's numbers joined by others."""
    changed = replace(HANDBOOK.rules[id], parameters=(*HANDBOOK.rules[id].parameters, *parameters))
    return replace(HANDBOOK, rules={**HANDBOOK.rules, id: changed})


def check_in_of(application, now, handbook):
    steps = make_plan(application, now, handbook, Workdays()).steps
    return next(step for step in steps if step.kind == StepKind.CHECK_IN)


@pytest.mark.parametrize(
    ("day", "value"),
    [(SPRING, 5), (date(2026, 5, 31), 5), (SUMMER, 8), (date(2030, 1, 1), 8)],
)
@pytest.mark.parametrize("turned", [False, True])
def test_the_number_in_force_is_the_latest_that_is_valid_on_the_day(day, value, turned):
    numbers = [number(5, SPRING), number(8, SUMMER)]
    assert rule(*(reversed(numbers) if turned else numbers)).number("opens_after", day) == value


def test_before_the_first_date_the_first_number_holds():
    assert rule(number(8, SUMMER), number(5, SPRING)).number("opens_after", date(2020, 2, 28)) == 5


def test_a_number_that_the_rule_does_not_have_is_never_in_force():
    with pytest.raises(AfterwordError, match="due_after"):
        rule(number(5, SPRING)).number("due_after", SUMMER)


def test_the_handbook_finds_a_number_by_rule_and_name():
    book = Handbook(rules={"wait": rule(number(5, SPRING))}, sources={})
    assert book.number("wait", "opens_after", SUMMER) == 5


def test_a_rules_words_carry_the_number_of_the_day():
    said = rule(number(5, SPRING), number(8, SUMMER)).said
    assert said(SPRING) == "Wait until working day 5."
    assert said(SUMMER) == "Wait until working day 8."


def test_a_rules_words_carry_each_of_its_numbers():
    two = rule(number(5, SPRING), number(7, SPRING, "due_after"), words="{opens_after} to {due_after}")
    assert two.said(SPRING) == "5 to 7"


def test_words_without_numbers_are_said_as_they_stand():
    assert rule(words="Say thanks.").said(SPRING) == "Say thanks."


@pytest.mark.parametrize("id", HANDBOOK.rules)
def test_every_real_rule_can_be_said_today(id):
    said = HANDBOOK.rules[id].said(date(2026, 11, 3))
    assert said
    assert "{" not in said


def test_a_new_number_moves_a_step_from_its_day_on_and_not_before():
    later = handbook_with("no-date-wait", number(10, SUMMER), number(12, SUMMER, "due_after"))
    application = Application(company="F", rounds=(Round(label="A", ended_at=date(2026, 5, 29)),))
    before = check_in_of(application, datetime(2026, 5, 31, 12, tzinfo=UTC), later)
    after = check_in_of(application, datetime(2026, 6, 1, 12, tzinfo=UTC), later)
    assert (before.opens, before.due) == (date(2026, 6, 5), date(2026, 6, 9))
    assert (after.opens, after.due) == (date(2026, 6, 12), date(2026, 6, 16))


def test_the_day_that_selects_a_number_is_the_day_in_the_applications_zone():
    later = handbook_with("no-date-wait", number(10, SUMMER), number(12, SUMMER, "due_after"))
    now = datetime(2026, 5, 31, 20, tzinfo=UTC)  # already the first of June in Tokyo
    round = Round(label="A", ended_at=date(2026, 5, 29))
    here, there = (
        Application(company="F", rounds=(round,)),
        Application(company="F", zone="Asia/Tokyo", rounds=(round,)),
    )
    assert check_in_of(here, now, later).opens == date(2026, 6, 5)
    assert check_in_of(there, now, later).opens == date(2026, 6, 12)


def test_a_check_in_moved_past_its_due_day_by_the_thanks_is_due_the_day_it_opens():
    patient = handbook_with("call-next-day", number(4, SPRING))
    told = Promise(reply_by=date(2026, 6, 8))
    round = Round(label="A", ended_at=date(2026, 6, 8), thanks_by=ThanksBy.PHONE, promise=told)
    step = check_in_of(
        Application(company="F", rounds=(round,)), datetime(2026, 6, 8, 18, tzinfo=UTC), patient
    )
    # The call is due on Friday the 12th, the date alone would open on the 9th and be due on the 10th.
    assert (step.opens, step.due, step.reason) == (date(2026, 6, 15), date(2026, 6, 15), "thanks-first")
