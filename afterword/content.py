"""content/ to Handbook: every word of guidance and every number, checked as a whole."""

from __future__ import annotations

import contextlib
import json
import re
import shutil
import string
import tempfile
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ConfigDict, TypeAdapter, ValidationError

from afterword.domain.errors import BrokenContent, Problem
from afterword.domain.handbook import GuidePage, Handbook, Item, Parameter, Phase, Rule, Source
from afterword.formats.validation import problems_in

CONTENT = Path(__file__).resolve().parent.parent / "content"
FENCE = "+++"
MARK = re.compile(r"\[([A-Za-z][\w-]*)\](?!\()")

# The numbers that the rules' functions ask for: a rule without its number could not be applied.
NUMBERS = {
    "ask-when-and-how": (),
    "email-at-once": ("overdue_after",),
    "call-next-day": ("opens_after",),
    "one-each": (),
    "any-channel-counts": (),
    "thanks-lapse": ("after",),
    "latest-round": ("bare_date_hour",),
    "check-in-after-promise": ("opens_after", "due_after"),
    "no-date-wait": ("opens_after", "due_after"),
    "thanks-first": ("after",),
    "use-their-channel": (),
    "second-check-in": ("opens_after", "due_after"),
    "reply-resets": (),
    "move-on": ("after", "given_up_after"),
    "tell-about-offer": ("days_before",),
    "answer-offer": ("due_after",),
    "thank-after-no": ("until_after",),
    "outcome-ends": (),
    "skipped": ("after",),
    "post-looks-dated": (),
}

for part in (Source, Parameter, Rule, Item, Phase, GuidePage):
    setattr(part, "__pydantic_config__", ConfigDict(extra="forbid"))  # noqa: B010 - mypy knows no such attribute


@dataclass(frozen=True, slots=True)
class Loaded:
    """What could be read of one file, and what was wrong with it."""

    parts: tuple[Any, ...]
    problems: tuple[Problem, ...]


def load_handbook(folder: Path = CONTENT) -> Handbook:
    """The handbook under `folder`. Raises BrokenContent with every problem and its place."""
    sources = load_list(folder / "sources.toml", "source", TypeAdapter(list[Source]))
    rules = load_list(folder / "rules.toml", "rule", TypeAdapter(list[Rule]), one_rule)
    phases = load_list(folder / "checklist.toml", "phase", TypeAdapter(list[Phase]), one_phase)
    guide = load_guide(folder / "guide")
    handbook = Handbook(
        rules={rule.id: rule for rule in rules.parts},
        sources={source.id: source for source in sources.parts},
        phases=phases.parts,
        guide=tuple(sorted(guide.parts, key=lambda page: page.order)),
    )
    problems = [p for loaded in (sources, rules, phases, guide) for p in loaded.problems]
    readable = not problems
    problems.extend(p for check in (disagreements(handbook) if readable else ()) for p in check)
    if problems:
        raise BrokenContent(tuple(problems))
    return handbook


@dataclass(frozen=True, slots=True)
class HandbookInUse:
    """The handbook that Afterword works with; `problems` are those of newer words that cannot be used."""

    handbook: Handbook
    problems: tuple[Problem, ...] = ()


def handbook_in_use(keep: Path | None, folder: Path = CONTENT) -> HandbookInUse:
    """The words under `folder`, or the last good ones, of which a copy is kept in the folder `keep` if given.

    Raises BrokenContent where the words are broken and there are no good ones that can still be read.
    """
    try:
        handbook = load_handbook(folder)
    except BrokenContent as error:
        last_good = readable(keep)
        if last_good is None:
            raise
        return HandbookInUse(last_good, error.problems)
    if keep is not None:
        with contextlib.suppress(OSError):  # a full disk must not keep good words from being used
            keep_copy(folder, keep)
    return HandbookInUse(handbook)


def readable(keep: Path | None) -> Handbook | None:
    """The handbook kept aside, None where there is none that this Afterword can read."""
    if keep is None or not keep.is_dir():
        return None
    try:
        return load_handbook(keep)
    except BrokenContent:
        return None


def keep_copy(folder: Path, keep: Path) -> None:
    """Copy good words aside: whole beside the old copy first, so that a copy is never half there."""
    fresh = Path(tempfile.mkdtemp(prefix=f"{keep.name}-", dir=keep.parent))
    old = fresh / "old"
    try:
        shutil.copytree(folder, fresh / "new")
        with contextlib.suppress(FileNotFoundError):
            keep.rename(old)
        (fresh / "new").rename(keep)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


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


def one_rule(table: dict[str, Any]) -> dict[str, Any]:
    """A rule's table with its `parameter` tables under the name that the domain uses."""
    return renamed(table, "parameter", "parameters")


def one_phase(table: dict[str, Any]) -> dict[str, Any]:
    """A phase's table with its `item` tables under the name that the domain uses."""
    return renamed(table, "item", "items")


def renamed(table: dict[str, Any], old: str, new: str) -> dict[str, Any]:
    """The table with one key renamed; files say `[[rule.parameter]]`, one at a time."""
    return {new if key == old else key: value for key, value in table.items()}


def twice(name: str, parts: Iterable[Any]) -> Iterator[Problem]:
    """Ids that stand twice in one file."""
    seen: set[str] = set()
    for part in parts:
        if part.id in seen:
            yield Problem(name, f"the id {part.id} stands twice")
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
    try:
        before, _, rest = path.read_text("utf-8").partition(FENCE)
        front, fence, text = rest.partition(FENCE)
        if before.strip() or not fence:
            raise BrokenContent(
                (Problem(place, f"must begin with its settings between two lines of {FENCE}"),)
            )
        fields = tomllib.loads(front)
        whole = json.dumps({**fields, "text": text.strip()}, default=str)
        return TypeAdapter(GuidePage).validate_json(whole, strict=True)
    except ValidationError as error:
        found = problems_in(error)
        raise BrokenContent(tuple(Problem(f"{place}: {p.path}", p.sentence) for p in found)) from None
    except (OSError, ValueError) as error:
        raise BrokenContent((Problem(place, f"cannot be read: {error}"),)) from None


def disagreements(handbook: Handbook) -> Iterator[Iterator[Problem]]:
    """Where files contradict each other or the code that applies the rules."""
    yield rules_and_code(handbook)
    yield unresolved_cites(handbook)
    yield braces(handbook)
    yield guide_links(handbook)


def rules_and_code(handbook: Handbook) -> Iterator[Problem]:
    """Rules that nothing applies, rules without words, numbers that are missing."""
    for rule in sorted(NUMBERS.keys() ^ handbook.rules.keys()):
        what = "has no words here" if rule in NUMBERS else "is applied nowhere"
        yield Problem("rules.toml", f"the rule {rule} {what}")
    for rule, names in NUMBERS.items():
        known = {p.name for p in handbook.rules[rule].parameters} if rule in handbook.rules else set(names)
        for name in sorted(known ^ set(names)):
            what = "is missing" if name in names else "is used nowhere"
            yield Problem("rules.toml", f"{rule}: the number {name} {what}")


def unresolved_cites(handbook: Handbook) -> Iterator[Problem]:
    """Citations of sources that are not there, and advice on nobody's word."""
    for place, cites in every_cite(handbook):
        for cite in cites:
            if cite not in handbook.sources:
                yield Problem(place, f"cites {cite}, which is not in sources.toml")
    for rule in handbook.rules.values():
        if not rule.cites:
            yield Problem(f"rules.toml: {rule.id}", "rests on no source; name one under cites")


def every_cite(handbook: Handbook) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each place that cites, with what it cites."""
    for rule in handbook.rules.values():
        yield f"rules.toml: {rule.id}", rule.cites
        for parameter in rule.parameters:
            yield f"rules.toml: {rule.id}.{parameter.name}", parameter.cites
    for item in (item for phase in handbook.phases for item in phase.items):
        yield f"checklist.toml: {item.id}", item.cites
    for page in handbook.guide:
        yield f"guide: {page.id}", page.cites


def braces(handbook: Handbook) -> Iterator[Problem]:
    """Numbers in a rule's words that the rule does not have."""
    for rule in handbook.rules.values():
        names = {p.name for p in rule.parameters}
        for text in (rule.words, rule.because, rule.disagree or ""):
            yield from brace_problems(text, names if text is rule.words else set(), rule)


def brace_problems(text: str, names: set[str], rule: Rule) -> Iterator[Problem]:
    """What is wrong with the braces of one text, which may hold only these names."""
    place = f"rules.toml: {rule.id}"
    try:
        parts = list(string.Formatter().parse(text))
    except ValueError:
        yield Problem(place, "has a brace without its partner; write {name}, or {{ for a brace itself")
        return
    for _, name, form, conversion in parts:
        if name is not None and (name not in names or form or conversion):
            yield Problem(place, f"{{{name}}} stands for no number of the words")


def guide_links(handbook: Handbook) -> Iterator[Problem]:
    """Guide pages and rules that are named but not there, and marks in the prose that the page does not cite."""
    pages = {page.id for page in handbook.guide}
    for item in (item for phase in handbook.phases for item in phase.items):
        if item.rule is not None and item.rule not in handbook.rules:
            yield Problem(f"checklist.toml: {item.id}", f"names the rule {item.rule}, which is not there")
    for item in (item for phase in handbook.phases for item in phase.items):
        if item.guide is not None and item.guide not in pages:
            yield Problem(
                f"checklist.toml: {item.id}", f"links to the guide page {item.guide}, which is not there"
            )
    for page in handbook.guide:
        for mark in sorted(set(MARK.findall(page.text)) - set(page.cites)):
            yield Problem(f"guide: {page.id}", f"[{mark}] is not among the page's cites")
