"""content/practice.toml to scenarios, or every problem in it with its place."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import ConfigDict, TypeAdapter, ValidationError

from afterword.content.files import renamed, twice
from afterword.domain.errors import InvalidApplication, Problem
from afterword.domain.handbook import RETURNS, Handbook, Parameter
from afterword.domain.practice import worked_out
from afterword.domain.scenario import NAMES, WAIT, Asks, Option, Scenario
from afterword.formats.application_json import parse_application
from afterword.formats.validation import problems_in

FILE = "practice.toml"
NAMED = ("return", "scenario")
FEWEST_OPTIONS, MOST_OPTIONS = 3, 4

for part in (Option, Scenario):
    setattr(part, "__pydantic_config__", ConfigDict(extra="forbid"))  # noqa: B010 - mypy knows no such attribute
RETURN_LIST, SCENARIO_LIST = TypeAdapter(list[Parameter]), TypeAdapter(list[Scenario])


@dataclass(frozen=True, slots=True)
class LoadedPractice:
    """What could be read of the file, and what was wrong with it."""

    scenarios: tuple[Scenario, ...]
    returns: tuple[Parameter, ...]
    problems: tuple[Problem, ...]


def load_practice(path: Path) -> LoadedPractice:
    """The scenarios of one file, and the numbers of days after which they come back."""
    try:
        whole = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return LoadedPractice((), (), (Problem(path.name, f"cannot be read: {error}"),))
    found = list(shape_problems(whole))
    if found:
        return LoadedPractice((), (), tuple(found))
    returns = validated(whole.get("return", []), RETURN_LIST, "return", found)
    tables = [renamed(table, "option", "options") for table in whole.get("scenario", [])]
    found.extend(problem for n, table in enumerate(tables) for problem in fact_problems(table, n))
    scenarios = validated(tables, SCENARIO_LIST, "scenario", found)
    found.extend(twice(FILE, scenarios))
    found.extend(problem for scenario in scenarios for problem in twice(place_of(scenario), scenario.options))
    return LoadedPractice(tuple(scenarios), tuple(returns), tuple(found))


def shape_problems(whole: dict[str, Any]) -> Iterator[Problem]:
    """Tables of another name, or that do not stand in double brackets."""
    for name in sorted(whole.keys() - set(NAMED)):
        yield Problem(FILE, f"{name} is not known here; write [[return]] or [[scenario]]")
    for name in NAMED:
        tables = whole.get(name, [])
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            yield Problem(FILE, f"{name} must stand in double brackets: [[{name}]]")


def validated(
    tables: list[dict[str, Any]], adapter: TypeAdapter[list[Any]], name: str, found: list[Problem]
) -> list[Any]:
    """The tables as parts of the domain. What is wrong with them goes to `found`, but for facts told already."""
    try:
        return adapter.validate_json(as_json(tables), strict=True)
    except ValidationError as error:
        every = (Problem(f"{FILE}: {name}{p.path}", p.sentence) for p in problems_in(error))
        told = {problem.path for problem in found}
        found.extend(problem for problem in every if problem.path not in told)
        return []


def fact_problems(table: dict[str, Any], number: int) -> Iterator[Problem]:
    """What is wrong with the facts of one scenario, read as the shell reads an application."""
    place = f"{FILE}: scenario[{number}].application"
    if "application" not in table:
        return
    try:
        parse_application(as_json(table["application"]))
    except InvalidApplication as error:
        yield from (Problem(f"{place}.{p.path}".removesuffix("."), p.sentence) for p in error.problems)


def as_json(value: Any) -> str:
    """A value of TOML as JSON text, days and times as they are written there."""
    return json.dumps(value, default=lambda moment: moment.isoformat())


def place_of(scenario: Scenario) -> str:
    """Where a scenario stands."""
    return f"{FILE}: {scenario.id}"


# Where it contradicts the rest


def practice_problems(handbook: Handbook) -> Iterator[Problem]:
    """Scenarios that contradict themselves or the rest of the content; numbers that are missing."""
    known = {parameter.name for parameter in handbook.returns}
    for name in sorted(known ^ set(RETURNS)):
        what = "is missing" if name in RETURNS else "is used nowhere"
        yield Problem(FILE, f"the number of days until the {name} return {what}")
    pages = {page.id for page in handbook.guide}
    for scenario in handbook.scenarios:
        if scenario.guide is not None and scenario.guide not in pages:
            sentence = f"links to the guide page {scenario.guide}, which is not there"
            yield Problem(place_of(scenario), sentence, at=f'"{scenario.guide}"')
        yield from (Problem(place_of(scenario), sentence) for sentence in faults(scenario))


def plan_problems(handbook: Handbook) -> Iterator[Problem]:
    """Scenarios of a sound handbook whose right option is not what the plan says.

    The check and the tests ask for it, and not each start: the holidays of many countries take their time.
    """
    for scenario in handbook.scenarios:
        for option in (option for option in scenario.options if option.right):
            for name in option.names:
                value, said = getattr(option, name), worked_out(scenario, name, handbook)
                if value != said:
                    sentence = f"its right option has {name} = {value}, and the plan says {shown(said)}"
                    yield Problem(place_of(scenario), sentence, at=f'"{scenario.guide}"')


def cites_of_practice(handbook: Handbook) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each place of practice that cites, with what it cites."""
    for parameter in handbook.returns:
        yield f"{FILE}: {parameter.name} return", parameter.cites
    for scenario in handbook.scenarios:
        yield place_of(scenario), scenario.cites


def faults(scenario: Scenario) -> Iterator[str]:
    """What is wrong with one scenario, in sentences."""
    if not scenario.cites:
        yield "rests on no source; name one under cites"
    if scenario.now.tzinfo is None:
        yield "its now needs an offset, such as 2026-11-03T15:00:00-05:00"
    if not FEWEST_OPTIONS <= len(scenario.options) <= MOST_OPTIONS:
        yield f"has {len(scenario.options)} options; it needs {FEWEST_OPTIONS} or {MOST_OPTIONS}"
    right = [option for option in scenario.options if option.right]
    if len(right) != 1:
        yield f"has {len(right)} right options; exactly one must say right = true"
        return
    yield from naming_faults(scenario, right[0])


def naming_faults(scenario: Scenario, right: Option) -> Iterator[str]:
    """Options that name what the scenario does not ask for, and wrong ones that name the same as the right one."""
    may, named = NAMES[scenario.asks], {option.names for option in scenario.options}
    if named != ({()} if scenario.asks == Asks.JUDGEMENT else {right.names}) or not fits(right, may):
        yield f"asks for a {scenario.asks}, so each option names {' or '.join(may) or 'nothing more'}, all the same"
        return
    for name in right.names:
        if [getattr(option, name) for option in scenario.options].count(getattr(right, name)) > 1:
            yield f"a wrong option has the same {name} as the right one"


def fits(option: Option, may: tuple[str, ...]) -> bool:
    """Whether an option names exactly one of what it may name; nothing where it may name nothing."""
    return len(option.names) == min(1, len(may)) and set(option.names) <= set(may)


def shown(value: date | str | None) -> str:
    """What a plan says, as it is written in the file."""
    return "that there is no such step" if value is None else "to wait" if value == WAIT else str(value)
