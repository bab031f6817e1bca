"""The sentence above the chart and the table beneath it say what the plans say."""

import re
from dataclasses import replace
from datetime import UTC
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afterword.desk import Desk
from afterword.domain.case import urgency
from afterword.domain.model import Application, EntryKind, Outcome, Result, StepKind
from afterword.domain.step import TO_DO, Status
from afterword.store.memory import MemoryRepository
from afterword.ui import wiring
from afterword.ui.statuses import LOOKS, RESULT_LOOKS, look_of
from afterword.ui.timeline import SAID, sentence, table
from tests.browser.test_bad_input import ODD_NAMES
from tests.desk.cast import ADA, ALICE, FERNBRIDGE, HANDBOOK, NOW, PANEL, SetClock, at, desk_of, entry
from tests.domain.strategies import (
    DAYS,
    OWN_COUNTRIES,
    OWN_ZONES,
    USERS_ZONES,
    WHO_CONTACT,
    YES,
    entries,
    moment_of,
    outcomes,
    rival_offers,
    rounds,
    times,
)

NUMBERS = {
    name: number
    for number, name in enumerate(
        ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
    )
}
RANKS = (Status.OVERDUE, Status.DUE, Status.QUIET, Status.AWAITING_REPLY, Status.UPCOMING, Status.NEW)
ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])|[\u2060\u2068\u2069]")


@pytest.fixture(autouse=True, scope="module")
def words_at_hand():
    """The handbook, without a folder in which it is kept."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wiring, "words", lambda: SimpleNamespace(handbook=HANDBOOK))
        yield


def as_read(markdown):
    """What a reader sees of it: escapes and invisible marks taken back."""
    return ESCAPED.sub(r"\1", markdown)


def today_of(*applications, moment=NOW):
    desk = desk_of(ALICE, clock=SetClock(moment))
    for application in applications:
        desk.add(application)
    return desk.today()


def number(word):
    word = word.lower()
    return NUMBERS[word] if word in NUMBERS else int(word)


def counts_in(said):
    """What a sentence claims: how many there are, and how many of each status."""
    whole, parts = re.fullmatch(r"(\w+) applications?: (.*?)\. ?.*", said, re.DOTALL).groups()
    claims = re.split(", | and ", parts)
    names = {name: status for status, name in SAID.items()}
    found = {names[claim.partition(" ")[2]]: number(claim.partition(" ")[0]) for claim in claims}
    assert len(found) == len(claims)
    return number(whole), found


# Any store


@st.composite
def applications(draw, day, users_zone, number):
    """One of several that lie close together in time."""
    own_zone = draw(OWN_ZONES)
    zone = ZoneInfo(own_zone or users_zone)
    labels = draw(st.lists(st.sampled_from(("Screen", "Panel", "Final")), unique=True, max_size=2))
    kept = tuple(draw(rounds(label, day, zone)) for label in labels)
    return Application(
        id=f"a{number}",
        company=draw(st.sampled_from(("Fernbridge", "Tidewater", *ODD_NAMES))),
        role=draw(st.sampled_from((None, "Data analyst", *ODD_NAMES))),
        zone=own_zone,
        country=draw(OWN_COUNTRIES),
        contact=draw(WHO_CONTACT),
        rounds=kept,
        log=tuple(draw(st.lists(entries(day, zone, labels), max_size=3))),
        rival_offer=draw(rival_offers(day, zone)) if draw(YES) and draw(YES) else None,
        outcome=draw(outcomes(day, zone)) if draw(YES) and draw(YES) else None,
    )


@st.composite
def stores(draw):
    """The desk of somebody with up to a dozen applications, as it stands at one moment."""
    users_zone, day = draw(USERS_ZONES), draw(DAYS)
    now = moment_of(draw(times(day, ZoneInfo(users_zone))), ZoneInfo(users_zone)).astimezone(UTC)
    repository = MemoryRepository()
    several = draw(st.sampled_from((1, 2, 3, 12)))
    some = [draw(applications(day, users_zone, n)) for n in range(min(several, 3))]
    for n in range(several):  # many are alike but for their ids: only their number matters
        repository.add(ALICE, replace(some[n % len(some)], id=f"a{n}"), now)
    return Desk(ALICE, repository, SetClock(now), HANDBOOK, users_zone)


@settings(deadline=None, max_examples=500)
@given(stores())
def test_sentence_and_table_agree_with_the_plans_of_any_store(desk):
    today = desk.today()
    cases = today.cases
    each = {status: sum(case.plan.status == status for case in cases) for status in Status}
    said = sentence(today)
    assert counts_in(said) == (len(cases), {status: count for status, count in each.items() if count})
    first = cases[0]
    if first.plan.status in {Status.OVERDUE, Status.DUE}:
        assert as_read(said).endswith(f"Begin with {' '.join(first.application.company.split())}.")

    rows = table(cases).reset_index().to_dict("records")
    assert len(rows) == len(cases) == len(desk.today().cases)
    for row, case in zip(rows, cases, strict=True):
        agrees(row, case)
    ranks = [RANKS.index(c.plan.status) if c.plan.status in RANKS else len(RANKS) for c in cases]
    assert ranks == sorted(ranks)
    days = [
        (rank, (c.plan.next.due if c.plan.next.state in TO_DO else c.plan.next.opens))
        for rank, c in zip(ranks, cases, strict=True)
        if c.plan.next
    ]
    assert days == sorted(days)
    assert list(cases) == sorted(cases, key=lambda case: urgency(case, today.day))


def agrees(row, case):
    """Whether a row says what that application's plan says."""
    plan, look = case.plan, look_of(case)
    assert as_read(row["Company"]) == case.application.company
    assert as_read(row["Role"]) == (case.application.role or "")
    assert row["Status"].split(maxsplit=1) == [look.shape, look.words]
    outcome = case.application.outcome
    assert look in {LOOKS[plan.status], *([RESULT_LOOKS[outcome.result]] if outcome else [])}
    assert plan.status != Status.CLOSED or look is RESULT_LOOKS[outcome.result]
    assert bool(row["Quiet until"]) == (plan.quiet_until is not None)
    if plan.next is None:
        assert (row["Next step"], row["When"], row["Why"]) == ("Nothing for now", "", "")
        return
    assert row["Why"] == HANDBOOK.rules[plan.next.reason].title
    assert row["When"]
    if plan.next.to is not None and plan.next.kind != StepKind.ANSWER_OFFER:
        assert plan.next.to.name in as_read(row["Next step"])


# A store by hand


def test_the_sentence_counts_each_status_and_says_where_to_begin():
    late = replace(
        FERNBRIDGE, company="Late", rounds=(replace(PANEL, ended_at=at("2026-10-20 15:00"), promise=None),)
    )
    closed = replace(FERNBRIDGE, outcome=Outcome(result=Result.WITHDRAWN, at=NOW))
    new = replace(FERNBRIDGE, rounds=())
    said = sentence(today_of(FERNBRIDGE, closed, new, new, late))
    assert said == (
        "Five applications: one overdue, one due, two without an interview yet and one closed. Begin with Late."
    )


def test_one_application_alone_is_one_application():
    assert sentence(today_of(FERNBRIDGE)) == "One application: one due. Begin with Fernbridge."
    assert (
        sentence(today_of(replace(FERNBRIDGE, rounds=()))) == "One application: one without an interview yet."
    )


def test_where_nothing_is_due_the_sentence_says_what_comes_next_and_when():
    thanked = replace(FERNBRIDGE, log=(entry(EntryKind.THANK_YOU, NOW, to="Ada Okafor"),))
    said = sentence(today_of(thanked))
    assert said == "One application: one in the quiet period. Next: Fernbridge, Mon 9 Nov."


def test_many_applications_are_counted_in_figures():
    today = today_of(*[replace(FERNBRIDGE, company=f"Company {n}") for n in range(60)])
    assert sentence(today).startswith("60 applications: 60 due. Begin with Company ")
    assert len(table(today.cases)) == 60


def test_a_row_says_who_how_what_when_and_why():
    (row,) = table(today_of(FERNBRIDGE).cases).reset_index().to_dict("records")
    assert row["Company"] == "Fernbridge"
    assert row["Role"] == "Data analyst"
    assert row["Status"].split() == ["●", "Due"]
    assert row["Next step"] == "Email your thanks to Ada Okafor"
    assert row["When"] == "Due today."
    assert row["Why"] == HANDBOOK.rules["email-at-once"].title
    assert row["Quiet until"] == "Sun 8 Nov"


def test_companies_of_one_name_have_a_row_each():
    rows = table(today_of(*[replace(FERNBRIDGE, role=role) for role in ("A", "B", None)]).cases)
    assert list(rows.index) == ["Fernbridge"] * 3
    assert sorted(rows["Role"]) == ["", "A", "B"]


@pytest.mark.parametrize("name", [*ODD_NAMES, "x" * 200, "| a | b |", "‮gnp.exe", "\\"])
def test_an_odd_name_stands_in_sentence_and_table_as_typed(name):
    person = replace(PANEL, interviewers=(replace(ADA, name=name),))
    today = today_of(replace(FERNBRIDGE, company=name, role=name, rounds=(person,)))
    (row,) = table(today.cases).reset_index().to_dict("records")
    assert as_read(row["Company"]) == as_read(row["Role"]) == as_read(name)
    assert as_read(name) in as_read(row["Next step"])
    assert as_read(sentence(today)) == f"One application: one due. Begin with {as_read(name)}."
    assert counts_in(sentence(today)) == (1, {Status.DUE: 1})
