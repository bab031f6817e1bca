"""What stands on each handout: the plan of one application, its checklist, a page of the guide, the timeline."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from afterword.domain.case import OpenCase
from afterword.domain.checklist import Standing, checklist
from afterword.domain.handbook import GuidePage, Handbook
from afterword.domain.lane import Lane, MarkKind, SpanKind
from afterword.domain.model import Contact
from afterword.domain.step import State, Step
from afterword.formats.flat import step_words
from afterword.formats.paper import Handout, Part

LONGEST, MOST_STEPS, MOST_PEOPLE, MOST_DAYS = 60, 6, 4, 5  # what a page has room for
CITED = re.compile(r"\s?\[([\w-]+)\]")
LETTERS = {
    MarkKind.INTERVIEW: ("I", "interview"),
    MarkKind.THANK_YOU: ("T", "thank-you"),
    MarkKind.PROMISED: ("P", "the day they named"),
    MarkKind.CHECK_IN: ("C", "check-in"),
    MarkKind.REPLY: ("R", "reply"),
    MarkKind.OUTCOME: ("O", "outcome"),
}
SPANS = {SpanKind.QUIET: "quiet", SpanKind.WINDOW: "check in"}
LEGEND = "Striped: quiet, do not chase. Grey: check in. Dashed: today. "
TICKS = 5


# The plan of one application


def plan(case: OpenCase, handbook: Handbook) -> Handout:
    """One page: what to do, by when and why, the days that count, an outline for a call, and lines to write on."""
    application = case.application
    parts = [
        *what_to_do(case, handbook),
        *days_that_count(case),
        *whom(case),
        heading("For a call"),
        {"kind": "outline", "items": call_outline(case)},
        heading("Notes"),
        {"kind": "lines"},
    ]
    name = (
        f"{short(application.company)}, {short(application.role)}"
        if application.role
        else short(application.company)
    )
    return Handout(f"What to do next: {name}", parts, case.now)


def what_to_do(case: OpenCase, handbook: Handbook) -> Iterator[Part]:
    """The steps that are not over, the most pressing first, then what is done."""
    over = {State.MISSED, State.CANCELLED}
    steps = sorted(
        (s for s in case.plan.steps if s.state not in over), key=lambda s: (s.state == State.DONE, s.due)
    )
    yield heading("What to do")
    if not steps:
        yield {"kind": "text", "text": "Nothing is to be done at the moment."}
        return
    rows = [step_row(step, handbook, case.today) for step in steps[:MOST_STEPS]]
    yield {"kind": "steps", "rows": rows}
    if len(steps) > MOST_STEPS:
        yield {"kind": "small", "text": more(len(steps) - MOST_STEPS)}


def step_row(step: Step, handbook: Handbook, today: date) -> dict[str, Any]:
    """A step as a row."""
    days = (
        day(step.due, today)
        if step.opens >= step.due
        else f"{day(step.opens, today)} to {day(step.due, today)}"
    )
    what = step_words(step)
    return {
        "ticked": step.state == State.DONE,
        "what": short(f"{what[:1].upper()}{what[1:]}"),
        "when": days,
        "why": handbook.rules[step.reason].because,
    }


def days_that_count(case: OpenCase) -> Iterator[Part]:
    """The interviews, and by when they said to answer."""
    lines = [f"{short(r.label)}: {day(as_day(r.ended_at), case.today)}" for r in case.application.rounds]
    if case.plan.date_in_force:
        lines.append(f"They said you would hear by {day(case.plan.date_in_force, case.today)}.")
    if lines:
        yield heading("Days that count")
        left = [more(len(lines) - MOST_DAYS)] if len(lines) > MOST_DAYS else []
        yield {"kind": "list", "items": [*left, *lines[-MOST_DAYS:]]}


def whom(case: OpenCase) -> Iterator[Part]:
    """The contact and the people met, with how to reach them."""
    contact = case.application.contact
    met = [person for round in reversed(case.application.rounds) for person in round.interviewers]
    people = list(dict.fromkeys(reach(person) for person in ([contact] if contact else []) + met))
    if people:
        yield heading("Whom")
        left = [more(len(people) - MOST_PEOPLE)] if len(people) > MOST_PEOPLE else []
        yield {"kind": "list", "items": [*people[:MOST_PEOPLE], *left]}


def reach(person: Contact) -> str:
    """A person with what is known of how to reach them."""
    return short(", ".join(part for part in (person.name, person.email, person.phone) if part), 100)


def call_outline(case: OpenCase) -> list[str]:
    """What to say in a call, one point after another, with what is known of it."""
    rounds = case.application.rounds
    which = (
        f"the interview “{short(rounds[-1].label)}” on {day(as_day(rounds[-1].ended_at), case.today)}"
        if rounds
        else "the job"
    )
    return [
        "Say your name, and ask whether this is a good moment.",
        f"Say that it is about {which}.",
        "Thank them, and name one thing from the talk that you liked.",
        "Ask when you will hear, and by which channel. Write both down.",
        "Thank them once more, and let them go.",
    ]


# The checklist


def checklist_handout(case: OpenCase, handbook: Handbook) -> Handout:
    """The checklist of one application, a box an item, ticked where it is done."""
    parts: list[Part] = []
    for phase in checklist(handbook.phases, case.application, case.plan):
        lines = [line for line in phase.lines if line.standing != Standing.DOES_NOT_APPLY]
        rows = [
            {
                "ticked": line.standing == Standing.TICKED,
                "text": line.item.words
                + (f" ({short(line.step.to.name)})" if line.step and line.step.to else ""),
            }
            for line in lines
        ]
        if rows:
            parts += [heading(phase.phase.title), {"kind": "ticks", "rows": rows}]
    return Handout(f"Checklist: {short(case.application.company)}", parts, case.now)


# A page of the guide


def guide_handout(page: GuidePage, handbook: Handbook, made: datetime) -> Handout:
    """A page of the guide, with whose word it rests on at its end."""
    cites = list(dict.fromkeys((*CITED.findall(page.text), *page.cites)))
    known = {cite: number for number, cite in enumerate((c for c in cites if c in handbook.sources), start=1)}
    body = CITED.sub(lambda found: f" [{known[found[1]]}]" if found[1] in known else found[0], page.text)
    sources = "; ".join(f"[{number}] {handbook.sources[cite].title}" for cite, number in known.items())
    parts = [
        *blocks(body),
        *([heading("On whose word"), {"kind": "small", "text": sources}] if sources else []),
    ]
    return Handout(page.title, parts, made)


def blocks(markdown: str) -> Iterator[Part]:
    """The paragraphs, headings, lists, tables and quotations of a page; the guide uses no other marks but bold."""
    for block in re.split(r"\n\s*\n", markdown.strip()):
        text = block.replace("**", "").strip()
        if text.startswith("#"):
            yield heading(text.lstrip("# "))
        elif text.startswith(("- ", "* ")):
            yield {"kind": "list", "items": [line[2:].strip() for line in re.split(r"\n(?=[-*] )", text)]}
        elif text.startswith("|"):
            yield table(text)
        elif text.startswith("> "):
            yield {
                "kind": "text",
                "text": " ".join(line.removeprefix(">").strip() for line in text.splitlines()),
            }
        elif re.match(r"1[.)] ", text):
            yield {"kind": "outline", "items": [re.sub(r"^\d+[.)] ", "", line) for line in text.splitlines()]}
        else:
            yield {"kind": "text", "text": " ".join(text.split())}


def table(text: str) -> Part:
    """A table of a page: its first row the headings, its second only a line."""
    headings, _, *rows = ([cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines())
    return {"kind": "facts", "headings": headings, "widths": [1] + [2] * (len(headings) - 1), "rows": rows}


# The timeline


def timeline(cases: Iterable[tuple[OpenCase, Lane]], today: date, made: datetime) -> Handout:
    """Every application's lane as a drawing, and the same facts as a table."""
    drawn = [(case, lane) for case, lane in cases if lane.days]
    if not drawn:
        return Handout("Timeline", [{"kind": "text", "text": "There is nothing to draw yet."}], made)
    rows = [
        [short(case.application.company), short(case.application.role or ""), told(lane, today)]
        for case, lane in drawn
    ]
    facts = {"kind": "facts", "headings": ["Company", "Role", "Days"], "widths": [2, 2, 5], "rows": rows}
    return Handout("Timeline", [drawing(drawn, today), heading("The same in words"), facts], made)


def drawing(drawn: list[tuple[OpenCase, Lane]], today: date) -> Part:
    """The lanes over one stretch of days, of which places are parts of the whole."""
    every = [one for _, lane in drawn for one in lane.days] + [today]
    begins, ends = min(every) - timedelta(days=1), max(every) + timedelta(days=2)
    whole = (ends - begins).days
    letters = "; ".join(f"{letter}: {name}" for letter, name in LETTERS.values())
    return {
        "kind": "timeline",
        "told": f"The lanes of {len(drawn)} applications from {begins:%d %B %Y} to {ends:%d %B %Y}; the table beneath says the same.",
        "ticks": [
            {"at": n / TICKS, "text": short_day(begins + timedelta(days=whole * n // TICKS))}
            for n in range(TICKS)
        ],
        "today": ((today - begins).days + 0.5) / whole,
        "lanes": [
            drawn_lane(case.application.company, lane, lambda day, part: ((day - begins).days + part) / whole)
            for case, lane in drawn
        ],
        "legend": f"{LEGEND}{letters}.",
    }


def drawn_lane(company: str, lane: Lane, at: Callable[[date, float], float]) -> Part:
    """One lane; `at` is where some part of a day lies."""
    spans = [
        {"kind": s.kind.value, "at": at(s.begins, 0), "wide": at(s.ends, 1) - at(s.begins, 0)}
        for s in lane.spans
    ]
    marks = [{"at": at(m.day, 0.5), "place": m.place, "letter": LETTERS[m.kind][0]} for m in lane.marks]
    return {"name": short(company, 40), "spans": spans, "marks": marks}


def told(lane: Lane, today: date) -> str:
    """A lane in words."""
    spans = [f"{SPANS[s.kind]} {day(s.begins, today)} to {day(s.ends, today)}" for s in lane.spans]
    return "; ".join((*spans, *(f"{LETTERS[m.kind][1]} {day(m.day, today)}" for m in lane.marks)))


# Small words


def more(number: int) -> str:
    """What is said of that for which a page has no room."""
    return f"And {number:,} more, in Afterword."


def heading(text: str) -> Part:
    """A heading within a handout."""
    return {"kind": "heading", "text": text}


def as_day(when: date) -> date:
    """The day of an interview, of which the hour may be known."""
    return date(when.year, when.month, when.day)


def day(when: date, today: date) -> str:
    """A day for paper, which is read later: Tue 3 Nov, with its year where it is another one."""
    year = f" {when.year}" if when.year != today.year else ""
    return f"{when:%a} {when.day} {when:%b}{year}"


def short_day(when: date) -> str:
    """A day under a drawing."""
    return f"{when.day} {when:%b}"


def short(text: str | None, longest: int = LONGEST) -> str:
    """A text that fits on a line."""
    line = " ".join((text or "").split())
    return line if len(line) <= longest else f"{line[: longest - 1]}…"
