"""content/workshops/ to agendas and content/aliases.toml to aliases, or every problem in them with its place."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from pydantic import ConfigDict, TypeAdapter, ValidationError

from afterword.content.files import Loaded, renamed, twice
from afterword.domain.errors import Problem
from afterword.domain.handbook import Handbook
from afterword.domain.workshop import MOST_MEMBERS, Agenda, Aliases, Block, BlockKind, Choice
from afterword.formats.validation import problems_in

FOLDER, ALIASES_FILE = "workshops", "aliases.toml"
FEWEST_OPTIONS, MOST_OPTIONS = 2, 6
FEWEST_WORDS = 40  # of either list, so that a full room has more than six aliases for each of its members
ALIAS_WORD = re.compile(r"[A-Z][a-z]{2,9}")
NOTES = ("**Say:**", "**Look for:**", "**Short of time:**")
# What a block of each kind must name; no other kind may.
WANTED = {
    BlockKind.GUIDE: ("page",),
    BlockKind.SCENARIO: ("scenario",),
    BlockKind.POLL: ("question", "options"),
}
CITES_FOR_ITSELF = frozenset({BlockKind.GUIDE, BlockKind.SCENARIO, BlockKind.BREAK})

for part in (Choice, Block, Agenda, Aliases):
    setattr(part, "__pydantic_config__", ConfigDict(extra="forbid"))  # noqa: B010 - mypy knows no such attribute
AGENDA, ALIASES = TypeAdapter(Agenda), TypeAdapter(Aliases)


def load_agendas(folder: Path) -> Loaded:
    """The agendas of a folder, one a file, the longest first."""
    agendas: list[Agenda] = []
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.toml")):
        loaded = load_whole(path, f"{FOLDER}/{path.name}", AGENDA, one_agenda)
        agendas.extend(loaded.parts)
        problems.extend(loaded.problems)
        problems.extend(name_problems(path, loaded.parts))
    return Loaded(tuple(sorted(agendas, key=lambda agenda: -agenda.minutes)), tuple(problems))


def load_aliases(path: Path) -> Loaded:
    """The two lists of words of that file, as one part."""
    return load_whole(path, ALIASES_FILE, ALIASES, lambda table: table)


def load_whole(
    path: Path, place: str, adapter: TypeAdapter[Any], shaped: Callable[[dict[str, Any]], dict[str, Any]]
) -> Loaded:
    """One TOML file as one part of the domain."""
    try:
        whole = shaped(tomllib.loads(path.read_text("utf-8")))
        return Loaded((adapter.validate_json(json.dumps(whole, default=str), strict=True),), ())
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return Loaded((), (Problem(place, f"cannot be read: {error}"),))
    except ValidationError as error:
        return Loaded((), tuple(Problem(f"{place}: {p.path}", p.sentence) for p in problems_in(error)))


def one_agenda(table: dict[str, Any]) -> dict[str, Any]:
    """An agenda's table with its `block` and `option` tables under the names that the domain uses."""
    whole = renamed(table, "block", "blocks")
    blocks = whole.get("blocks")
    if isinstance(blocks, list):
        whole["blocks"] = [renamed(b, "option", "options") if isinstance(b, dict) else b for b in blocks]
    return whole


def name_problems(path: Path, agendas: tuple[Agenda, ...]) -> Iterator[Problem]:
    """An agenda that is called other than its file, by which its problems are found again."""
    for agenda in agendas:
        if agenda.id != path.stem:
            sentence = f"has the id {agenda.id}; it must be the file's name, {path.stem}"
            yield Problem(f"{FOLDER}/{path.name}", sentence, at=f'"{agenda.id}"')


# Where it contradicts itself or the rest


def workshop_problems(handbook: Handbook) -> Iterator[Problem]:
    """Agendas that do not add up, blocks that lack what their kind needs or lead nowhere, aliases that are too few."""
    for agenda in handbook.agendas.values():
        place = f"{FOLDER}/{agenda.id}.toml"
        yield from whole_problems(agenda, place)
        for block in agenda.blocks:
            yield from twice(f"{place}: {block.id}", block.options)
            yield from (Problem(f"{place}: {block.id}", sentence) for sentence in faults(block))
            yield from link_problems(block, handbook, f"{place}: {block.id}")
    yield from alias_problems(handbook.aliases)


def whole_problems(agenda: Agenda, place: str) -> Iterator[Problem]:
    """What is wrong with an agenda as a whole."""
    if not agenda.blocks:
        yield Problem(place, "has no [[block]]")
    if not agenda.cites:
        yield Problem(f"{place}: cites", "names no source on which the agenda rests")
    minutes = sum(block.minutes for block in agenda.blocks)
    if minutes != agenda.minutes:
        yield Problem(f"{place}: minutes", f"is {agenda.minutes}, and the blocks add up to {minutes}")
    yield from twice(place, agenda.blocks)


def faults(block: Block) -> Iterator[str]:
    """What is wrong with one block, in sentences."""
    wanted = WANTED.get(block.kind, ())
    for name in (name for names in WANTED.values() for name in names):
        if bool(getattr(block, name)) != (name in wanted):
            yield f"{name} {'is missing' if name in wanted else f'has no place in a block of kind {block.kind}'}"
    if block.after and block.kind != BlockKind.POLL:
        yield f"after has no place in a block of kind {block.kind}"
    if block.options and not FEWEST_OPTIONS <= len(block.options) <= MOST_OPTIONS:
        yield f"has {len(block.options)} options; it needs {FEWEST_OPTIONS} to {MOST_OPTIONS}"
    if block.minutes < 1:
        yield "minutes must be 1 or more"
    if not block.cites and block.kind not in CITES_FOR_ITSELF:
        yield "rests on no source; name one under cites"
    yield from (f"its notes have no {part}" for part in NOTES if part not in block.notes)


def link_problems(block: Block, handbook: Handbook, place: str) -> Iterator[Problem]:
    """A page of the guide or a scenario that is not there."""
    known = {
        "page": {page.id for page in handbook.guide},
        "scenario": {scenario.id for scenario in handbook.scenarios},
    }
    for name, ids in known.items():
        named = getattr(block, name)
        if named is not None and named not in ids:
            yield Problem(place, f"names the {name} {named}, which is not there", at=f'"{named}"')


def alias_problems(aliases: Aliases) -> Iterator[Problem]:
    """Lists that are too short for a full room, and words that stand twice or are no single plain word."""
    for name, words in (("first", aliases.first), ("second", aliases.second)):
        place = f"{ALIASES_FILE}: {name}"
        if len(words) < FEWEST_WORDS:
            sentence = (
                f"has {len(words)} words; with {MOST_MEMBERS} members in a room it needs {FEWEST_WORDS}"
            )
            yield Problem(place, sentence)
        for word in sorted({word for word in words if words.count(word) > 1}):
            yield Problem(place, f"{word} stands twice", at=f'"{word}"')
        for word in (word for word in words if not ALIAS_WORD.fullmatch(word)):
            yield Problem(place, f"{word} must be one word of 3 to 10 letters with a capital", at=f'"{word}"')


def cites_of_workshops(handbook: Handbook) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each place of the agendas that cites, with what it cites."""
    for agenda in handbook.agendas.values():
        yield f"{FOLDER}/{agenda.id}.toml", agenda.cites
        for block in agenda.blocks:
            yield f"{FOLDER}/{agenda.id}.toml: {block.id}", block.cites
