"""Which should I use? Whatever is answered, the answer is the plan's own next step."""

from datetime import date, datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest

from afterword.content import load_handbook
from afterword.domain.model import PromisedChannel, StepKind, ThanksBy
from afterword.domain.plan import make_plan
from afterword.domain.problems import problems_of
from afterword.domain.promises import Answer
from afterword.domain.step import StepChannel
from afterword.domain.story import if_silent
from afterword.domain.which import Answers, Reach, Since, day_of, draft, rules_behind
from afterword.domain.workdays import Workdays

HANDBOOK = load_handbook()
NEW_YORK = ZoneInfo("America/New_York")
THURSDAY = datetime(2026, 11, 5, 16, 30, tzinfo=NEW_YORK)
SUNDAY = datetime(2026, 11, 8, 9, tzinfo=NEW_YORK)
US = Workdays("US")
SAID = [None, *(answer for answer in Answer if answer != Answer.DID_NOT_ASK)]
EVERY = [
    Answers(channel=channel, reach=reach, since=since, said=said, day=date(2026, 10, 30), reply_by=by)
    for channel, reach, since, said in product([None, *PromisedChannel], [None, *Reach], [None, *Since], SAID)
    for by in ([date(2026, 11, 4), date(2026, 11, 20)] if said == Answer.ON_A_DATE else [None])
]


def plan_for(answers, now=THURSDAY):
    return make_plan(draft(answers, now, US), now, HANDBOOK, US, "America/New_York")


@pytest.mark.parametrize("now", [THURSDAY, SUNDAY], ids=["Thursday", "Sunday"])
def test_all_answers_together_lead_to_the_plans_next_step_and_none_to_nothing(now):
    told = 0
    for answers in EVERY:
        drafted = draft(answers, now, US)
        if answers.since is None:
            assert drafted is None
            continue
        if problems_of(drafted, "America/New_York"):
            assert answers.said == Answer.ON_A_DATE  # a date chosen by hand, before the interview
            continue
        steps = list(if_silent(drafted, now, HANDBOOK, US, "America/New_York"))
        following = make_plan(drafted, now, HANDBOOK, US, "America/New_York").next
        assert steps
        assert steps[0] == following or (following is None and answers.since == Since.AHEAD)
        assert all(rule in HANDBOOK.rules for rule in rules_behind(following))
        told += 1
    assert told > 1000


@pytest.mark.parametrize(
    ("since", "day"),
    [
        (Since.TODAY, date(2026, 11, 5)),
        (Since.YESTERDAY, date(2026, 11, 4)),
        (Since.SOME_DAYS, date(2026, 11, 2)),
        (Since.A_WEEK, date(2026, 10, 29)),
        (Since.TWO_WEEKS, date(2026, 10, 22)),
        (Since.A_MONTH, date(2026, 10, 8)),
        (Since.ON_A_DAY, date(2026, 10, 30)),
        (Since.AHEAD, date(2026, 11, 6)),
    ],
)
def test_an_answer_becomes_a_day(since, day):
    answers = Answers(since=since, day=date(2026, 10, 30))
    assert day_of(answers, THURSDAY.date(), US) == day


def test_about_some_days_ago_was_a_working_day_and_yesterday_was_yesterday():
    tuesday = date(2026, 11, 10)
    assert day_of(Answers(since=Since.SOME_DAYS), tuesday, US) == date(2026, 11, 6)
    assert day_of(Answers(since=Since.YESTERDAY), date(2026, 11, 9), US) == date(2026, 11, 8)


def test_nobody_knows_a_day_before_it_is_said():
    assert day_of(Answers(), THURSDAY.date(), US) is None
    assert day_of(Answers(since=Since.ON_A_DAY), THURSDAY.date(), US) is None


def test_thanks_are_due_at_once_by_email_after_an_interview_of_today():
    step = plan_for(Answers(since=Since.TODAY)).next
    assert (step.kind, step.channel, step.due) == (StepKind.THANK_YOU, StepChannel.EMAIL, THURSDAY.date())


def test_with_only_a_phone_number_thanks_are_a_call_of_the_next_working_day():
    step = plan_for(Answers(since=Since.TODAY, reach=Reach.PHONE)).next
    assert (step.kind, step.channel, step.opens) == (
        StepKind.THANK_YOU,
        StepChannel.PHONE,
        date(2026, 11, 6),
    )
    assert (
        draft(Answers(since=Since.TODAY, reach=Reach.BOTH), THURSDAY, US).rounds[0].thanks_by
        == ThanksBy.EMAIL
    )


def test_the_channel_they_named_is_that_of_the_check_in():
    named = Answers(
        channel=PromisedChannel.PHONE, reach=Reach.BOTH, since=Since.A_MONTH, said=Answer.ON_A_DATE
    )
    step = plan_for(Answers(**{**fields(named), "reply_by": date(2026, 11, 4)})).next
    assert (step.kind, step.channel) == (StepKind.CHECK_IN, StepChannel.PHONE)
    assert rules_behind(step) == ("check-in-after-promise", "use-their-channel")


def fields(answers):
    return {name: getattr(answers, name) for name in ("channel", "reach", "since", "said", "day")}


def test_an_interview_of_today_is_over_whatever_the_hour():
    morning = datetime.combine(THURSDAY.date(), datetime.min.time(), NEW_YORK) + timedelta(hours=8)
    assert plan_for(Answers(since=Since.TODAY), morning).next.kind == StepKind.THANK_YOU


def test_before_an_interview_there_is_something_to_ask_unless_a_date_is_known():
    assert plan_for(Answers(since=Since.AHEAD, said=Answer.NOBODY_SAID)).next.kind == StepKind.ASK
    assert plan_for(Answers(since=Since.AHEAD, said=Answer.NEXT_WEEK)).next is None
