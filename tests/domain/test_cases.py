"""Worked cases of the plan: each says what is known, the moment, and what the plan must say."""

import json
import tomllib
from datetime import datetime
from pathlib import Path

import pytest

from afterword.content import load_handbook
from afterword.domain.model import EntryKind, Result, StepKind
from afterword.domain.plan import make_plan
from afterword.domain.step import State, Status
from afterword.domain.workdays import Workdays
from afterword.formats.application_json import parse_application
from afterword.formats.plan_json import plan_as_json

CASES = tomllib.loads(Path(__file__).with_name("cases.toml").read_text("utf-8"))["case"]
HANDBOOK = load_handbook()

# These rules say whom, how and what counts; no step owes them its dates or its end.
SPEAK_THROUGH_OTHERS = {"one-each", "any-channel-counts", "use-their-channel", "reply-resets"}


def plan_of(case):
    zone = case.get("zone", "UTC")
    application = parse_application(json.dumps(case["application"]), zone)
    workdays = Workdays(application.country or case.get("country"))
    return plan_as_json(make_plan(application, datetime.fromisoformat(case["now"]), HANDBOOK, workdays, zone))


def without_none(expected):
    """What is expected, with null where the case says "none"."""
    if isinstance(expected, dict):
        return {key: without_none(value) for key, value in expected.items()}
    return None if expected == "none" else expected


def agrees(step, expected):
    return step is not None and expected.items() <= step.items()


def promised_steps(case):
    """The steps that a case names, under `next` and under `steps`."""
    expect = case["expect"]
    named = expect["next"] if isinstance(expect.get("next"), dict) else {}
    return [named, *expect.get("steps", [])]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_plan_says_what_the_case_expects(case):
    plan, expect = plan_of(case), case["expect"]
    for key in ("status", "quiet_until", "advisories"):
        if key in expect:
            assert plan[key] == without_none(expect[key]), key
    if "next" in expect:
        expected = without_none(expect["next"])
        assert plan["next"] is None if expected is None else agrees(plan["next"], expected), plan["next"]
    for expected in map(without_none, expect.get("steps", [])):
        assert any(agrees(step, expected) for step in plan["steps"]), (expected, plan["steps"])
    kinds = [step["kind"] for step in plan["steps"]]
    assert kinds == expect.get("kinds", kinds)
    assert not set(kinds) & set(expect.get("absent", []))


def test_every_case_has_a_name_of_its_own_and_expects_something():
    assert len({case["name"] for case in CASES}) == len(CASES) >= 85
    assert all(case["expect"] for case in CASES)


def test_no_case_expects_a_key_that_nothing_looks_at():
    known = {"status", "quiet_until", "advisories", "next", "steps", "kinds", "absent"}
    assert {key for case in CASES for key in case["expect"]} <= known


def test_every_rule_gives_a_reason_an_end_or_an_advisory_in_some_case():
    told = {
        step.get(key) for case in CASES for step in promised_steps(case) for key in ("reason", "ended_by")
    }
    advised = {rule for case in CASES for rule in case["expect"].get("advisories", [])}
    assert (told | advised) - {None, "none"} == HANDBOOK.rules.keys() - SPEAK_THROUGH_OTHERS


def test_every_state_kind_and_status_occurs_in_some_case():
    steps = [step for case in CASES for step in promised_steps(case)]
    assert {step.get("state") for step in steps} >= set(State)
    assert {step.get("kind") for step in steps} >= set(StepKind)
    assert {case["expect"].get("status") for case in CASES} >= set(Status)


def test_every_kind_of_entry_and_every_outcome_occurs_in_some_case():
    entries = [entry for case in CASES for entry in case["application"].get("log", [])]
    outcomes = [case["application"]["outcome"] for case in CASES if "outcome" in case["application"]]
    assert {entry["kind"] for entry in entries} == set(EntryKind)
    assert {outcome["result"] for outcome in outcomes} == set(Result)


def test_the_cases_are_set_in_five_zones_and_five_countries():
    applications = [case["application"] for case in CASES]
    assert len({a["zone"] for a in applications if "zone" in a}) >= 5
    assert len({a["country"] for a in applications if "country" in a}) >= 5
