"""One file under content/ to its parts, or every problem in it with its place."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ConfigDict, TypeAdapter, ValidationError

from afterword.domain.errors import BrokenContent, Problem
from afterword.domain.handbook import GuidePage, Item, Parameter, Phase, Rule, Source
from afterword.domain.problems import problems_of
from afterword.formats.application_json import PARTS
from afterword.formats.validation import problems_in

FENCE = "+++"

for part in (Source, Parameter, Rule, Item, Phase, GuidePage, *PARTS):
    setattr(part, "__pydantic_config__", ConfigDict(extra="forbid"))  # noqa: B010 - mypy knows no such attribute
GUIDE_PAGE = TypeAdapter(GuidePage)  # made once: it takes as long as reading ten pages


@dataclass(frozen=True, slots=True)
class Loaded:
    """What could be read of one file, and what was wrong with it."""

    parts: tuple[Any, ...]
    problems: tuple[Problem, ...]


def load_list(
    path: Path, name: str, adapter: TypeAdapter[Any], shaped: Callable[[Any], Any] = lambda part: part
) -> Loaded:
    """The tables called `name` of one TOML file."""
    try:
        whole = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return Loaded((), (Problem(path.name, f"cannot be read: {error}"),))
    tables, unknown = whole.get(name, []), sorted(whole.keys() - {name})
    if unknown:
        return Loaded((), (Problem(path.name, f"{unknown[0]} is not known here; write [[{name}]]"),))
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        return Loaded((), (Problem(path.name, f"{name} must stand in double brackets: [[{name}]]"),))
    try:
        # As JSON, so that strictly read numbers are numbers, and dates are dates all the same.
        parts = adapter.validate_json(json.dumps([shaped(t) for t in tables], default=str), strict=True)
    except ValidationError as error:
        found = problems_in(error)
        return Loaded((), tuple(Problem(f"{path.name}: {name}{p.path}", p.sentence) for p in found))
    return Loaded(tuple(parts), tuple(twice(path.name, parts)))


def renamed(table: dict[str, Any], old: str, new: str) -> dict[str, Any]:
    """The table with one key renamed; files say `[[rule.parameter]]`, one at a time."""
    return {new if key == old else key: value for key, value in table.items()}


def twice(name: str, parts: Iterable[Any]) -> Iterator[Problem]:
    """Ids that stand twice in one file."""
    seen: set[str] = set()
    for part in parts:
        if part.id in seen:
            yield Problem(name, f"the id {part.id} stands twice", at=f'id = "{part.id}"')
        seen.add(part.id)


def load_guide(folder: Path) -> Loaded:
    """The guide's pages, one a Markdown file with its front matter."""
    pages: list[GuidePage] = []
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.md")):
        try:
            pages.append(guide_page(path))
        except BrokenContent as error:
            problems.extend(error.problems)
    problems.extend(twice("guide", pages))
    return Loaded(tuple(pages), tuple(problems))


def guide_page(path: Path) -> GuidePage:
    """One page of the guide. Raises BrokenContent."""
    place = f"guide/{path.name}"
    page: GuidePage = page_in(path, place, GUIDE_PAGE, lambda text: {"text": text.strip()})
    found = example_problems(page)
    if found:
        raise BrokenContent(tuple(Problem(f"{place}: example.{p.path}", p.sentence) for p in found))
    return page


def page_in(path: Path, place: str, adapter: TypeAdapter[Any], texts: Callable[[str], dict[str, str]]) -> Any:
    """A Markdown file with its settings between two fences; `texts` names what follows. Raises BrokenContent."""
    try:
        before, _, rest = path.read_text("utf-8").partition(FENCE)
        front, fence, text = rest.partition(FENCE)
        if before.strip() or not fence:
            raise BrokenContent(
                (Problem(place, f"must begin with its settings between two lines of {FENCE}"),)
            )
        whole = json.dumps({**tomllib.loads(front), **texts(text)}, default=str)
        return adapter.validate_json(whole, strict=True)
    except ValidationError as error:
        found = problems_in(error)
        raise BrokenContent(tuple(Problem(f"{place}: {p.path}", p.sentence) for p in found)) from None
    except (OSError, ValueError) as error:
        raise BrokenContent((Problem(place, f"cannot be read: {error}"),)) from None


def example_problems(page: GuidePage) -> tuple[Problem, ...]:
    """What is wrong with the application that a page shows as an example."""
    if page.example is None:
        return ()
    if not page.example.rounds:
        return (Problem("rounds", "is missing; an example needs an interview"),)
    return problems_of(page.example)
