"""Where the files under content/ contradict each other, or the code that applies their rules."""

from __future__ import annotations

import string
from collections.abc import Iterator

from afterword.content.marks import MARK
from afterword.content.messages import check_problems, message_problems
from afterword.content.practice import cites_of_practice, practice_problems
from afterword.content.workshops import cites_of_workshops, workshop_problems
from afterword.domain.errors import Problem
from afterword.domain.handbook import Handbook, Rule

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


def disagreements(handbook: Handbook) -> Iterator[Iterator[Problem]]:
    """Where files contradict each other or the code that applies the rules."""
    yield rules_and_code(handbook)
    yield unresolved_cites(handbook)
    yield braces(handbook)
    yield guide_links(handbook)
    yield practice_problems(handbook)
    yield message_problems(handbook)
    yield check_problems(handbook)
    yield workshop_problems(handbook)


def rules_and_code(handbook: Handbook) -> Iterator[Problem]:
    """Rules that nothing applies, rules without words, numbers that are missing."""
    for rule in sorted(NUMBERS.keys() ^ handbook.rules.keys()):
        what = "has no words here" if rule in NUMBERS else "is applied nowhere"
        yield Problem("rules.toml", f"the rule {rule} {what}", at=f'"{rule}"')
    for rule, names in NUMBERS.items():
        known = {p.name for p in handbook.rules[rule].parameters} if rule in handbook.rules else set(names)
        for name in sorted(known ^ set(names)):
            what = "is missing" if name in names else "is used nowhere"
            yield Problem(f"rules.toml: {rule}", f"the number {name} {what}", at=f'"{name}"')


def unresolved_cites(handbook: Handbook) -> Iterator[Problem]:
    """Citations of sources that are not there, and advice on nobody's word."""
    for place, cites in every_cite(handbook):
        for cite in cites:
            if cite not in handbook.sources:
                yield Problem(place, f"cites {cite}, which is not in sources.toml", at=f'"{cite}"')
    said = [(f"rules.toml: {rule.id}", rule.cites) for rule in handbook.rules.values()]
    said += [(f"review.toml: {check.id}", check.cites) for check in handbook.checks.values()]
    said += [(f"messages: {message.id}", message.cites) for message in handbook.messages.values()]
    for place, cites in said:
        if not cites:
            yield Problem(place, "rests on no source; name one under cites", at="cites")


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
    yield from cites_of_practice(handbook)
    yield from cites_of_workshops(handbook)
    for message in handbook.messages.values():
        yield f"messages: {message.id}", message.cites
    for check in handbook.checks.values():
        yield f"review.toml: {check.id}", check.cites
        for parameter in check.parameters:
            yield f"review.toml: {check.id}.{parameter.name}", parameter.cites


def braces(handbook: Handbook) -> Iterator[Problem]:
    """Numbers in the words of a rule or a check that it does not have."""
    of_rules = ((rule, "rules.toml") for rule in handbook.rules.values())
    of_checks = ((check, "review.toml") for check in handbook.checks.values())
    for rule, file in (*of_rules, *of_checks):
        names = {p.name for p in rule.parameters}
        for text in (rule.words, rule.because, rule.disagree or ""):
            yield from brace_problems(text, names if text is rule.words else set(), f"{file}: {rule.id}")


def brace_problems(text: str, names: set[str], place: str) -> Iterator[Problem]:
    """What is wrong with the braces of one text, which may hold only these names."""
    try:
        parts = list(string.Formatter().parse(text))
    except ValueError:
        yield Problem(place, "has a brace without its partner; write {name}, or {{ for a brace itself")
        return
    for _, name, form, conversion in parts:
        if name is not None and (name not in names or form or conversion):
            yield Problem(place, f"{{{name}}} stands for no number of the words", at=f"{{{name}")


def guide_links(handbook: Handbook) -> Iterator[Problem]:
    """Guide pages and rules that are named but not there, and marks in the prose that the page does not cite."""
    pages = {page.id for page in handbook.guide}
    for rule in handbook.rules.values():
        yield from rule_links(rule, pages)
    for item in (item for phase in handbook.phases for item in phase.items):
        if item.rule is not None and item.rule not in handbook.rules:
            sentence = f"names the rule {item.rule}, which is not there"
            yield Problem(f"checklist.toml: {item.id}", sentence, at=f'"{item.rule}"')
    for item in (item for phase in handbook.phases for item in phase.items):
        yield from page_links(f"checklist.toml: {item.id}", item.guide, pages)
    for page in handbook.guide:
        for mark in sorted(set(MARK.findall(page.text)) - set(page.cites)):
            yield Problem(f"guide: {page.id}", f"[{mark}] is not among the page's cites", at=f"[{mark}]")


def rule_links(rule: Rule, pages: set[str]) -> Iterator[Problem]:
    """A rule without a page of the guide, to which its steps could lead, or with one that is not there."""
    if rule.guide is None:
        yield Problem(f"rules.toml: {rule.id}", "names no page of the guide; name one under guide")
    yield from page_links(f"rules.toml: {rule.id}", rule.guide, pages)


def page_links(place: str, page: str | None, pages: set[str]) -> Iterator[Problem]:
    """A link to a page of the guide that is not there."""
    if page is not None and page not in pages:
        yield Problem(place, f"links to the guide page {page}, which is not there", at=f'"{page}"')
