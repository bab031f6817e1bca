"""A workshop on paper, for when the network fails: what to lead it by and what to hand out, all in one ZIP."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from afterword.domain.handbook import GuidePage, Handbook
from afterword.domain.model import Promise
from afterword.domain.scenario import Scenario
from afterword.domain.workshop import ASKS, Agenda, Block, BlockKind
from afterword.formats.handout import as_day, guide_handout, heading
from afterword.formats.paper import Handout, Paper, Part, pdf

ZIP = "application/zip"
ALWAYS = "two-minutes"  # the page of the guide that is handed out at every workshop
KINDS = {
    BlockKind.GUIDE: "page of the guide",
    BlockKind.POLL: "vote",
    BlockKind.SCENARIO: "scenario",
    BlockKind.PLAN: "own plan",
    BlockKind.DISCUSSION: "talk",
    BlockKind.BREAK: "break",
}
ON_PAPER = (
    "Without a network: hand out the questions and the plan to fill in at the beginning. Vote by a show of hands, "
    "letter by letter, with eyes closed if the answers are to stay one's own. Hand out the answers at the end."
)
PLAN_LINES = (
    "Company",
    "Day of the interview",
    "Whom I met, names spelled right",
    "The day they named",
    "How they will tell me",
)
PLAN_STEPS = ("Ask when and how I will hear", "Say thanks", "Check in", "Check in once more", "Move on")


def handouts(
    agenda: Agenda, handbook: Handbook, paper: Paper, made: datetime, all_scenarios: bool = False
) -> bytes:
    """The ZIP of every handout of an agenda as PDF; with `all_scenarios` also those of practice that it leaves out."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as files:
        for number, (name, handout) in enumerate(
            every_handout(agenda, handbook, made, all_scenarios), start=1
        ):
            entry = zipfile.ZipInfo(f"{number}-{name}.pdf", made.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            files.writestr(entry, pdf(handout, paper))
    return data.getvalue()


def every_handout(
    agenda: Agenda, handbook: Handbook, made: datetime, all_scenarios: bool = False
) -> Iterator[tuple[str, Handout]]:
    """Each handout with the plain name of its file, in the order in which they are needed."""
    scenarios = {scenario.id: scenario for scenario in handbook.scenarios}
    asked = asking(agenda)
    yield "leader-notes", leader_notes(agenda, handbook, made)
    yield "questions", questions(agenda, asked, scenarios, made)
    yield "plan-to-fill-in", blank_plan(made)
    for page in pages_of(agenda, handbook):
        yield f"guide-{page.id}", guide_handout(page, handbook, made)
    yield "checklist", blank_checklist(handbook, made)
    yield "answers", answers(agenda, asked, handbook, made)
    if all_scenarios:
        every = handbook.scenarios
        parts = [without_answer(n, scenario) for n, scenario in enumerate(every, start=1)]
        yield "all-scenarios", Handout("Situations to practise on", parts, made)
        parts = [with_answer(n, scenario, handbook) for n, scenario in enumerate(every, start=1)]
        yield "all-answers", Handout("Situations to practise on: the answers", parts, made)


def asking(agenda: Agenda) -> list[Block]:
    """The blocks of an agenda that ask something, as they are numbered on paper."""
    return [block for block in agenda.blocks if block.kind in ASKS]


def pages_of(agenda: Agenda, handbook: Handbook) -> list[GuidePage]:
    """The pages of the guide that an agenda shows, and the one for the wall."""
    named = {block.page for block in agenda.blocks} | {ALWAYS}
    return [page for page in handbook.guide if page.id in named]


# For the leader


def leader_notes(agenda: Agenda, handbook: Handbook, made: datetime) -> Handout:
    """What to do and to say, block by block, with the minute at which each begins."""
    numbers = {block.id: number for number, block in enumerate(asking(agenda), start=1)}
    times, parts, begins = [], [], 0
    for block in agenda.blocks:
        times.append([clock(begins), block.title, KINDS[block.kind], f"{block.minutes} min"])
        parts.append(block_notes(block, clock(begins), numbers.get(block.id)))
        begins += block.minutes
    headings = ["Begins at", "Part", "What it is", "Takes"]
    whole: list[Part] = [
        {"kind": "text", "text": agenda.words},
        {"kind": "facts", "headings": headings, "widths": [1, 4, 2, 1], "rows": times},
        {"kind": "text", "text": ON_PAPER},
        *parts,
        heading("On whose word"),
        {"kind": "small", "text": titles(cited(agenda), handbook)},
    ]
    return Handout(f"{agenda.title}: for the leader", whole, made)


def block_notes(block: Block, begins: str, number: int | None) -> Part:
    """What members read in a block, its number on the sheet of questions, and the leader's notes to it."""
    read = [("They read", block.words)] if block.words else []
    after = [("After the result", block.after)] if block.after else []
    paper = [("On paper", f"Question {number}.")] if number else []
    rows = [{"label": label, "text": text} for label, text in (*read, *paper, *notes(block), *after)]
    return {"kind": "labelled", "title": f"{begins}  {block.title}", "rows": rows}


def notes(block: Block) -> Iterator[tuple[str, str]]:
    """The leader's notes, each with what it is for."""
    for paragraph in block.notes.strip().split("\n\n"):
        label, _, text = paragraph.strip().removeprefix("**").partition(":**")
        yield label, " ".join(text.split())


def clock(minutes: int) -> str:
    """So many minutes after the beginning, as a clock shows them."""
    return f"{minutes // 60}:{minutes % 60:02}"


def cited(agenda: Agenda) -> list[str]:
    """What an agenda and its blocks cite, each once."""
    return list(dict.fromkeys((*agenda.cites, *(cite for block in agenda.blocks for cite in block.cites))))


def titles(cites: Iterable[str], handbook: Handbook) -> str:
    """Sources by their titles, in one line."""
    return "; ".join(handbook.sources[cite].title.rstrip(".") for cite in cites) + "."


# To hand out


def questions(
    agenda: Agenda, asked: Iterable[Block], scenarios: Mapping[str, Scenario], made: datetime
) -> Handout:
    """The votes and scenarios of an agenda, in their order, without a word on what is right."""
    parts = [
        vote(n, block) if block.scenario is None else without_answer(n, scenarios[block.scenario])
        for n, block in enumerate(asked, start=1)
    ]
    return Handout(f"{agenda.title}: questions", parts, made)


def answers(agenda: Agenda, asked: Iterable[Block], handbook: Handbook, made: datetime) -> Handout:
    """The same with what is right and why, and with what is said after each vote."""
    scenarios = {scenario.id: scenario for scenario in handbook.scenarios}
    parts = [
        {**vote(n, block), "after": block.after, "sources": titles(block.cites, handbook)}
        if block.scenario is None
        else with_answer(n, scenarios[block.scenario], handbook)
        for n, block in enumerate(asked, start=1)
    ]
    return Handout(f"{agenda.title}: answers", parts, made)


def vote(number: int, block: Block) -> Part:
    """A poll, in which no answer is right."""
    options = [{"text": choice.words} for choice in block.options]
    return question(number, block.title, block.words, "", block.question or "", options)


def without_answer(number: int, scenario: Scenario) -> Part:
    """A scenario with its options."""
    options = [{"text": option.words} for option in scenario.options]
    return question(number, scenario.title, scenario.situation, facts(scenario), scenario.question, options)


def with_answer(number: int, scenario: Scenario, handbook: Handbook) -> Part:
    """A scenario with the reason of every option."""
    options = [
        {"text": option.words, "why": option.why, "right": option.right} for option in scenario.options
    ]
    whole = question(number, scenario.title, scenario.situation, facts(scenario), scenario.question, options)
    return {**whole, "sources": titles(scenario.cites, handbook)}


def question(
    number: int, title: str, situation: str, facts: str, asked: str, options: list[dict[str, Any]]
) -> Part:
    """One question, which stays on one page."""
    return {
        "kind": "question",
        "title": f"{number}. {title}",
        "situation": situation,
        "facts": facts,
        "question": asked,
        "options": options,
    }


def facts(scenario: Scenario) -> str:
    """The days that a scenario's question turns on."""
    rounds = (
        f"{round.label}: {weekday(round.ended_at)}.{promised(round.promise)}"
        for round in scenario.application.rounds
    )
    return " ".join((f"Now it is {weekday(scenario.now)} at {scenario.now:%H:%M}.", *rounds))


def promised(promise: Promise | None) -> str:
    """The day that they named, if any."""
    return f" They named {weekday(promise.reply_by)}." if promise and promise.reply_by else ""


def weekday(when: date) -> str:
    """A day in full: Tuesday 10 November."""
    day = as_day(when)
    return f"{day:%A} {day.day} {day:%B}"


def blank_plan(made: datetime) -> Handout:
    """A plan to fill in by hand."""
    parts: list[Part] = [
        heading("The interview"),
        {"kind": "blanks", "names": list(PLAN_LINES)},
        heading("My next steps"),
        {"kind": "form", "headings": ["Step", "Day", "By email or phone"], "names": list(PLAN_STEPS)},
        heading("My first sentence"),
        {"kind": "lines"},
    ]
    return Handout("My plan after the interview", parts, made)


def blank_checklist(handbook: Handbook, made: datetime) -> Handout:
    """The whole checklist with every box empty."""
    parts: list[Part] = []
    for phase in handbook.phases:
        rows = [{"ticked": False, "text": item.words} for item in phase.items]
        parts += [heading(phase.title), {"kind": "ticks", "rows": rows}]
    return Handout("Checklist", parts, made)
