"""The words and numbers of the rules, as data: what the rules say, on whose word, and since when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from afterword.domain.errors import NoNumberInForce
from afterword.domain.model import Application, StepKind
from afterword.domain.scenario import Scenario
from afterword.domain.workshop import Agenda, Aliases

# The returns of a scenario that was answered wrong, each after so many days; named so in content/practice.toml.
RETURNS = ("first", "second", "third")
MOST_LOOKED_UP = 2_000  # numbers of rules, each of one day


class Ground(StrEnum):
    """On whose word a piece of advice rests."""

    ARTICLE = "A"
    OUTSIDE = "O"
    INFERENCE = "I"


class Part(StrEnum):
    """Which part of the guide a page belongs to, in the order in which they are listed."""

    BASICS = "basics"
    WAIT = "wait"
    TURNS = "turns"
    DETAILS = "details"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Somebody's word: a claim of the article, outside guidance, or an inference of our own."""

    id: str
    kind: Ground
    title: str
    paragraph: int | None = None
    year: int | None = None
    url: str | None = None
    read_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One number of a rule, valid from a date until a later one of the same name."""

    name: str
    unit: str
    value: int
    valid_from: date
    cites: tuple[str, ...] = ()


def number_in_force(parameters: Iterable[Parameter], name: str, on: date, whose: str) -> int:
    """The number of that name in force on that day; before all dates the first one. Raises NoNumberInForce."""
    dated = sorted((p for p in parameters if p.name == name), key=lambda p: p.valid_from)
    if not dated:
        raise NoNumberInForce(f"{whose}: {name}")
    return next((p for p in reversed(dated) if p.valid_from <= on), dated[0]).value


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule in words a person understands. `words` may name the rule's own numbers in braces.

    `guide` is the page of the guide that tells more of it.
    """

    id: str
    title: str
    words: str
    because: str
    cites: tuple[str, ...]
    disagree: str | None = None
    guide: str | None = None
    parameters: tuple[Parameter, ...] = ()

    def number(self, name: str, on: date) -> int:
        """The number in force on that day, in the parameter's unit; before all dates the first one.

        Raises NoNumberInForce where the rule has no number of that name.
        """
        return number_in_force(self.parameters, name, on, self.id)

    def said(self, on: date) -> str:
        """The rule's words with the numbers of that day in them."""
        names = {p.name for p in self.parameters}
        return self.words.format(**{name: self.number(name, on) for name in names})


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing on the checklist, tied to a kind of step where it has one, or to the steps of one rule."""

    id: str
    words: str
    cites: tuple[str, ...] = ()
    step: StepKind | None = None
    rule: str | None = None
    guide: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """One stretch of the weeks around an interview, with its checklist."""

    id: str
    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GuidePage:
    """One short page of guidance; `text` is Markdown with source ids in square brackets.

    `example` is an application whose dates the page shows as a drawn timeline; `helper` says whether the page
    leads to the questions of "Which should I use?".
    """

    id: str
    title: str
    order: int
    cites: tuple[str, ...]
    text: str
    part: Part = Part.BASICS
    example: Application | None = None
    helper: bool = False


class Occasion(StrEnum):
    """What a message is written for."""

    THANKS = "thanks"
    ASK = "ask"
    CHECK_IN = "check_in"
    SECOND_CHECK_IN = "second_check_in"
    NEW_DATE = "new_date"
    AFTER_NO = "after_no"
    TELL_THEM = "tell_them"
    ANSWER_OFFER = "answer_offer"


class MessageChannel(StrEnum):
    """Whether a message is written or spoken."""

    EMAIL = "email"
    PHONE = "phone"


class Addressee(StrEnum):
    """To whom a message goes: the step's person, or the contact, who passes it on."""

    STEP = "step"
    CONTACT = "contact"


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message to send or a script for a call, in two lengths. Its texts are templates.

    What it `needs` becomes a blank where it is not known; what it `may_use` is left out then. Emails have a
    subject, calls have words for a voicemail.
    """

    id: str
    title: str
    order: int
    occasion: Occasion
    channel: MessageChannel
    needs: tuple[str, ...]
    may_use: tuple[str, ...]
    cites: tuple[str, ...]
    short: str
    long: str
    subject: str | None = None
    voicemail: str | None = None
    to: Addressee = Addressee.STEP


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """One thing a message is filled with: what stands there while it is not known, and how to ask for it."""

    id: str
    words: str
    prompt: str | None = None
    hint: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Check(Rule):
    """One thing a message is looked over for. `looks_for` are the beginnings of words it goes by."""

    stops: bool = False
    looks_for: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Handbook:
    """Everything under content/: rules, sources, checklist, guide, scenarios, messages and their checks, workshops.

    `returns` are the numbers of days after which a scenario answered wrong comes back.
    """

    rules: dict[str, Rule]
    sources: dict[str, Source]
    phases: tuple[Phase, ...] = ()
    guide: tuple[GuidePage, ...] = field(default=())
    scenarios: tuple[Scenario, ...] = ()
    returns: tuple[Parameter, ...] = ()
    messages: dict[str, Message] = field(default_factory=dict)
    blanks: dict[str, Blank] = field(default_factory=dict)
    checks: dict[str, Check] = field(default_factory=dict)
    agendas: dict[str, Agenda] = field(default_factory=dict)
    aliases: Aliases = field(default_factory=Aliases)
    looked_up: dict[tuple[str, str, date], int] = field(default_factory=dict, compare=False, repr=False)

    def number(self, rule: str, name: str, on: date) -> int:
        """The number of a rule in force on that day, looked up once for all plans. Raises NoNumberInForce."""
        found = self.looked_up.get((rule, name, on))
        if found is None:
            if len(self.looked_up) >= MOST_LOOKED_UP:
                self.looked_up.clear()
            found = self.looked_up[rule, name, on] = self.rules[rule].number(name, on)
        return found

    def returns_on(self, day: date) -> tuple[int, ...]:
        """The days until each return of a scenario that was answered wrong, by the numbers of that day.

        Raises NoNumberInForce.
        """
        return tuple(number_in_force(self.returns, name, day, "practice") for name in RETURNS)
