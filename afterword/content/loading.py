"""Every file under content/ to one Handbook, checked as a whole."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from afterword.content.checks import disagreements
from afterword.content.compiled import CONTENT
from afterword.content.files import load_guide, load_list, renamed
from afterword.content.messages import load_messages
from afterword.content.practice import FILE as PRACTICE
from afterword.content.practice import load_practice
from afterword.content.workshops import ALIASES_FILE, load_agendas, load_aliases
from afterword.content.workshops import FOLDER as WORKSHOPS
from afterword.domain.errors import BrokenContent
from afterword.domain.handbook import Blank, Check, Handbook, Phase, Rule, Source
from afterword.domain.workshop import Aliases


def load_handbook(folder: Path = CONTENT) -> Handbook:
    """The handbook under `folder`. Raises BrokenContent with every problem and its place."""
    sources = load_list(folder / "sources.toml", "source", TypeAdapter(list[Source]))
    rules = load_list(folder / "rules.toml", "rule", TypeAdapter(list[Rule]), one_rule)
    phases = load_list(folder / "checklist.toml", "phase", TypeAdapter(list[Phase]), one_phase)
    guide = load_guide(folder / "guide")
    practice = load_practice(folder / PRACTICE)
    messages = load_messages(folder / "messages")
    blanks = load_list(folder / "blanks.toml", "blank", TypeAdapter(list[Blank]))
    checks = load_list(folder / "review.toml", "check", TypeAdapter(list[Check]), one_rule)
    agendas = load_agendas(folder / WORKSHOPS)
    aliases = load_aliases(folder / ALIASES_FILE)
    handbook = Handbook(
        rules={rule.id: rule for rule in rules.parts},
        sources={source.id: source for source in sources.parts},
        phases=phases.parts,
        guide=tuple(sorted(guide.parts, key=lambda page: page.order)),
        scenarios=practice.scenarios,
        returns=practice.returns,
        messages={message.id: message for message in messages.parts},
        blanks={blank.id: blank for blank in blanks.parts},
        checks={check.id: check for check in checks.parts},
        agendas={agenda.id: agenda for agenda in agendas.parts},
        aliases=next(iter(aliases.parts), Aliases()),
    )
    every = (sources, rules, phases, guide, practice, messages, blanks, checks, agendas, aliases)
    problems = [p for loaded in every for p in loaded.problems]
    readable = not problems
    problems.extend(p for check in (disagreements(handbook) if readable else ()) for p in check)
    if problems:
        raise BrokenContent(tuple(problems))
    return handbook


def one_rule(table: dict[str, Any]) -> dict[str, Any]:
    """A rule's table with its `parameter` tables under the name that the domain uses."""
    return renamed(table, "parameter", "parameters")


def one_phase(table: dict[str, Any]) -> dict[str, Any]:
    """A phase's table with its `item` tables under the name that the domain uses."""
    return renamed(table, "item", "items")
