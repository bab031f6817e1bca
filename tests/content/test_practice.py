"""The scenarios under content/: the real ones agree with the plan, and planted faults are found, each with its place."""

import re
from collections import Counter

import pytest

from afterword.content import load_handbook, plan_problems
from afterword.domain.practice import worked_out
from afterword.domain.scenario import NAMES, Asks
from tests.content.test_content import HANDBOOK, TODAY, append, faults, folder, plant, sentences, words

__all__ = ["folder"]  # the fixture
SCENARIOS = HANDBOOK.scenarios
FILE = "practice.toml"
each = pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.id)
AREAS = {  # what practice has to cover, by the grounds of its scenarios
    "A5 A6 A7 A14 A16 A17 A18 A19 A20 A22 A23 A24 A13 A11",
    "I-next-working-day I-local-days I-call-known-numbers I-emails-wait-too I-reply-resets I-latest-round",
    "I-answer-offer I-skipped I-move-on I-call-words I-check-in-words",
    "topresume iowa-state gwu washu-law duke-2021 kalikajaros do2learn nace-2023 indeed-2023",
}


def right_of(scenario):
    (right,) = (option for option in scenario.options if option.right)
    return right


# The real ones


def test_there_are_more_than_thirty_and_every_area_is_covered():
    assert len(SCENARIOS) >= 32
    cited = {cite for scenario in SCENARIOS for cite in scenario.cites}
    assert {cite for area in AREAS for cite in area.split()} <= cited
    assert {scenario.asks for scenario in SCENARIOS} == set(Asks)


@each
def test_the_right_option_is_what_the_plan_says_and_the_others_are_not(scenario):
    right = right_of(scenario)
    assert len(right.names) == (scenario.asks != Asks.JUDGEMENT)
    for name in right.names:
        assert name in NAMES[scenario.asks]
        assert worked_out(scenario, name, HANDBOOK) == getattr(right, name)
        values = [getattr(option, name) for option in scenario.options]
        assert None not in values
        assert len(set(values)) == len(values)


@each
def test_a_scenario_is_short_and_every_option_says_why(scenario):
    assert 2 <= len(sentences(scenario.situation)) <= 4
    assert scenario.question.endswith("?")
    assert 3 <= len(scenario.options) <= 4
    texts = [scenario.situation, scenario.question]
    texts += [text for option in scenario.options for text in (option.words, option.why)]
    for sentence in (s for text in texts for s in sentences(text)):
        assert 0 < len(words(sentence)) <= 25, sentence


@each
def test_a_day_that_an_option_names_is_told_by_its_day_of_the_week(scenario):
    for option in scenario.options:
        for name in {"opens", "due"} & set(option.names):
            assert f"{getattr(option, name):%A}" in option.words
            numbers = re.findall(r"\b\d{1,2}\b", option.words)
            assert numbers in ([], [str(getattr(option, name).day)])


def test_the_right_answer_stands_in_every_place_about_as_often():
    places = Counter(
        [option.right for option in s.options].index(True) for s in SCENARIOS if len(s.options) == 4
    )
    assert set(places) == {0, 1, 2, 3}
    assert max(places.values()) - min(places.values()) <= 2


def test_a_survey_figure_stands_beside_its_year():
    for option in (option for scenario in SCENARIOS for option in scenario.options):
        for sentence in sentences(option.why):
            if re.search(r"\d%|\d\.\d days", sentence):
                assert re.search(r"\b20\d\d\b", sentence), sentence


def test_what_was_answered_wrong_comes_back_after_one_three_and_seven_days():
    assert HANDBOOK.returns_on(TODAY) == (1, 3, 7)


# Planted faults


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (
            'cites = ["A5", "A7"]',
            'cites = ["A5", "A77"]',
            "last-minutes: cites A77, which is not in sources.toml",
        ),
        ('cites = ["A5", "A7"]', "cites = []", "last-minutes: rests on no source; name one under cites"),
        (
            'guide = "ask"',
            'guide = "tuning"',
            "last-minutes: links to the guide page tuning, which is not there",
        ),
        ("right = true\n", "", "last-minutes: has 0 right options; exactly one must say right = true"),
        (
            'kind = "thank_you"\n',
            'kind = "thank_you"\nright = true\n',
            "last-minutes: has 2 right options; exactly one must say right = true",
        ),
        ('id = "how-to-ask"', 'id = "last-minutes"', "the id last-minutes stands twice"),
        ('id = "nothing"', 'id = "thanks"', "last-minutes: the id thanks stands twice"),
        (
            'asks = "step"',
            'asks = "date"',
            "last-minutes: asks for a date, so each option names opens or due, all the same",
        ),
        (
            'kind = "check_in"\n',
            "",
            "last-minutes: asks for a step, so each option names kind, all the same",
        ),
        (
            'asks = "judgement"\n',
            'asks = "step"\n',
            "how-to-ask: asks for a step, so each option names kind, all the same",
        ),
        (
            'kind = "thank_you"',
            'kind = "ask"',
            "last-minutes: a wrong option has the same kind as the right one",
        ),
        (
            "now = 2026-11-05T14:50:00-05:00",
            "now = 2026-11-05T14:50:00",
            "last-minutes: its now needs an offset, such as 2026-11-03T15:00:00-05:00",
        ),
        ('name = "third"', 'name = "fourth"', "the number of days until the third return is missing"),
        (
            'cites = ["latimier-2021"]',
            'cites = ["latimer"]',
            "first return: cites latimer, which is not in sources.toml",
        ),
        ("\n[[return]]", "\n[[returns]]", "returns is not known here; write [[return]] or [[scenario]]"),
        ('asks = "step"', 'asks = "step"\nmood = "kind"', "scenario[0].mood: is not a known key"),
        ('why = "The interview is', 'reason = "The interview is', "scenario[0].options[1].why: is missing"),
        ('company = "Brindle Bakery", ', "", "scenario[0].application.company: is missing"),
        (
            'zone = "America/New_York", country = "US", rounds = [{ label = "Interview", kind',
            'zone = "Mars", country = "US", rounds = [{ label = "Interview", kind',
            "scenario[0].application.zone: ",
        ),
    ],
)
def test_a_fault_is_found_with_its_place(folder, old, new, line):
    plant(folder, FILE, old, new)
    assert any(found.startswith(f"{FILE}: {line}") for found in faults(folder)), faults(folder)


def test_two_options_are_too_few(folder):
    path = folder / FILE
    text = path.read_text("utf-8")
    head, first, second, rest = re.split(r"(?=\[\[scenario\.option\]\])", text, maxsplit=3)
    tail = rest[rest.index("[[scenario]]") :]
    path.write_text(head + first + second + tail, "utf-8")
    assert faults(folder) == [f"{FILE}: last-minutes: has 2 options; it needs 3 or 4"]


def disagreements(folder):
    """Where the scenarios under that folder and the plan disagree, each as a line."""
    return [str(problem) for problem in plan_problems(load_handbook(folder))]


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (
            "due = 2026-11-10\nright",
            "due = 2026-11-09\nright",
            "email-when: its right option has due = 2026-11-09, and the plan says 2026-11-10",
        ),
        (
            'of = "thank_you"',
            'of = "tell_them"',
            "email-when: its right option has due = 2026-11-10, and the plan says that there is no such step",
        ),
        (
            'result = "rejected"',
            'result = "declined"',
            "a-no: its right option has kind = thank_you, and the plan says to wait",
        ),
    ],
)
def test_a_scenario_that_disagrees_with_the_plan_is_found(folder, old, new, line):
    plant(folder, FILE, old, new)
    assert disagreements(folder) == [f"{FILE}: {line}"]


def test_a_number_of_a_rule_that_moves_scenarios_is_found(folder):
    number = 'name = "opens_after"\nunit = "working days"\nvalue = '
    plant(folder, "rules.toml", f"{number}5", f"{number}4")
    assert (
        f"{FILE}: no-date: its right option has opens = 2026-11-10, and the plan says 2026-11-09"
        in disagreements(folder)
    )


def test_the_real_ones_agree_with_the_plan():
    assert list(plan_problems(HANDBOOK)) == []


@pytest.mark.parametrize("spoil", ["this = is = not TOML", "scenario = 7"])
def test_a_broken_file_is_told_with_the_faults_of_the_others(folder, spoil):
    append(folder, FILE, spoil)
    append(folder, "sources.toml", "this = is = not TOML")
    assert [line.partition(":")[0] for line in faults(folder)] == ["sources.toml", FILE]


def test_a_file_that_is_not_there_is_found(folder):
    (folder / FILE).unlink()
    (line,) = faults(folder)
    assert line.startswith(f"{FILE}: cannot be read: ")
