"""What can be said of a message before it goes out: what stops it, and what is advised. Never whether it is meant.

Every check is one function; its words, numbers and sources are in content/review.toml.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher
from enum import StrEnum

from afterword.domain.draft import Answers
from afterword.domain.handbook import Check, MessageChannel, Occasion

WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
LEFT = re.compile(
    r"⟦[^⟧]*⟧|\{\{.*?\}\}|\{%.*?%\}|<(?:your |their )?(?:name|role|company|date)>|\b[Xx]{3,}\b"
    r"|\[(?:your|their|the|insert|name|role|company|date|interviewer)\b[^\]]*\]",
    re.IGNORECASE,
)
SENTENCE = re.compile(r"[^.!?\n]*[.!?]?")
SHORTEST_TELLING = 4  # letters: shorter words stand in every text
TELL_NOTHING = frozenset(
    [
        "about",
        "above",
        "after",
        "also",
        "because",
        "been",
        "before",
        "could",
        "does",
        "else",
        "from",
        "have",
        "here",
        "into",
        "just",
        "like",
        "more",
        "most",
        "much",
        "only",
        "other",
        "over",
        "really",
        "said",
        "some",
        "such",
        "than",
        "that",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "this",
        "those",
        "very",
        "want",
        "well",
        "were",
        "what",
        "when",
        "where",
        "which",
        "while",
        "will",
        "with",
        "work",
        "would",
        "your",
        "talked",
        "talk",
        "spoke",
        "told",
        "asked",
    ]
)
CHECKING_IN = frozenset({Occasion.CHECK_IN, Occasion.SECOND_CHECK_IN})


class Place(StrEnum):
    """The part of a message in which something was found."""

    SUBJECT = "subject"
    BODY = "body"
    VOICEMAIL = "voicemail"


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A message as it would go out."""

    body: str
    subject: str | None = None
    voicemail: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """What was written to somebody else about the same application."""

    to: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a message is held against. `strangers` are interviewers to whom it does not go."""

    occasion: Occasion
    channel: MessageChannel
    company: str
    to: str | None = None
    strangers: tuple[str, ...] = ()
    you: str | None = None
    role: str | None = None
    answers: Answers = field(default_factory=Answers)
    promised: date | None = None
    earlier: tuple[Earlier, ...] = ()

    @property
    def is_call(self) -> bool:
        """Whether it is spoken."""
        return self.channel == MessageChannel.PHONE

    @property
    def gives_thanks(self) -> bool:
        """Whether it thanks for an interview."""
        return self.occasion == Occasion.THANKS

    @property
    def checks_in(self) -> bool:
        """Whether it asks how things stand."""
        return self.occasion in CHECKING_IN

    @property
    def facts(self) -> tuple[str, ...]:
        """What may stand in the text word for word, whatever it looks like; the longest first."""
        answers = self.answers
        own = (answers.talked, answers.remember, answers.correct, answers.concern, answers.why)
        known = (self.to, self.you, self.role, self.company, *own)
        return tuple(sorted((plain(fact) for fact in known if fact and fact.strip()), key=len, reverse=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing found: by which check, where, the words it is about, and to whom the same was written."""

    check: str
    place: Place
    excerpt: str = ""


Found = Iterator[Finding]


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One check at work: a text, what it is held against, and the check's numbers and words in force."""

    text: Text
    about: About
    check: Check
    on: date

    def number(self, name: str) -> int:
        """The check's number of that name."""
        return self.check.number(name, self.on)

    def found(self, excerpt: str = "", place: Place = Place.BODY) -> Finding:
        """What this check found."""
        return Finding(check=self.check.id, place=place, excerpt=shortened(excerpt))

    def says(self, text: str) -> bool:
        """Whether a text has any of the words that the check goes by."""
        return first_of(self.check.looks_for, text) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """How a check is made: by what function, for which messages, with which numbers, and whether by words."""

    look: Callable[[Look], Found]
    holds_for: Callable[[About], bool]
    numbers: tuple[str, ...] = ()
    by_words: bool = False


def review(text: Text, about: About, checks: Mapping[str, Check], on: date) -> tuple[Finding, ...]:
    """Everything found in a message, what stops it first, in the order of the checks."""
    found = [
        finding
        for id, making in MAKINGS.items()
        if making.holds_for(about)
        for finding in making.look(Look(text=text, about=about, check=checks[id], on=on))
    ]
    return tuple(sorted(found, key=lambda finding: not checks[finding.check].stops))


def stops(findings: Iterable[Finding], checks: Mapping[str, Check]) -> bool:
    """Whether anything found says not to send it yet."""
    return any(checks[finding.check].stops for finding in findings)


# What stops


def blank_left(look: Look) -> Found:
    """A blank or a placeholder that was not filled, unless the person's own words look so."""
    known = " ".join(look.about.facts)
    for place in Place:
        for match in LEFT.finditer(getattr(look.text, place) or ""):
            if match[0].startswith("⟦") or plain(match[0]) not in known:
                yield look.found(match[0], place)


def another_name(look: Look) -> Found:
    """The name of an interviewer to whom it does not go, unless the person noted that they spoke of them."""
    about = look.about
    noted = " ".join(
        plain(a) for a in (about.answers.talked, about.answers.concern, about.answers.correct) if a
    )
    for place in (Place.SUBJECT, Place.BODY, Place.VOICEMAIL):
        text = without(plain(getattr(look.text, place) or ""), about.facts)
        for name in about.strangers:
            whole = plain(name)
            if " " in whole and has(text, whole) and not has(noted, whole):
                yield look.found(name, place)
    yield from wrong_greeting(look)


def wrong_greeting(look: Look) -> Found:
    """A greeting by one of the names of somebody else."""
    mine = {part for fact in (look.about.to, look.about.you) if fact for part in plain(fact).split()}
    greeted = set(WORD.findall(greeting(look.text.body)))
    for name in look.about.strangers:
        parts = {part for part in WORD.findall(name) if len(part) > 1 and part.casefold() not in mine}
        is_told = " " in plain(name) and has(plain(look.text.body), plain(name))
        if parts & greeted and not is_told:
            yield look.found(name)


def name_missing(look: Look) -> Found:
    """No name of the person it goes to: neither the whole one anywhere, nor a part of it in the greeting."""
    to = look.about.to
    if to is None or has(plain(look.text.body), plain(to)):
        return
    parts = {part.casefold() for part in WORD.findall(to) if len(part) > 1}
    if not parts & {word.casefold() for word in WORD.findall(greeting(look.text.body))}:
        yield look.found(to)


# What is advised


def length(look: Look) -> Found:
    """Fewer or more words than advised. Grounds: I."""
    count = len(words(look.text.body))
    if not look.number("at_least") <= count <= look.number("at_most"):
        yield look.found(f"{count} words")


def too_long(look: Look) -> Found:
    """More words than a question needs. Grounds: I."""
    count = len(words(look.text.body))
    if count > look.number("at_most"):
        yield look.found(f"{count} words")


def role_missing(look: Look) -> Found:
    """The role is known and not named. Grounds: A10."""
    if look.about.role and not has(plain(look.text.body), plain(look.about.role)):
        yield look.found(look.about.role)


def thanks_late(look: Look) -> Found:
    """No thanks among the first words. Grounds: A23."""
    start = " ".join(words(look.text.body)[: look.number("within")])
    if not look.says(start):
        yield look.found(start)


def no_detail(look: Look) -> Found:
    """There are notes of the talk, and nothing of them is in it. Grounds: I."""
    if is_left_out(look.about.answers.talked, look):
        yield look.found(look.about.answers.talked or "")


def nothing_noted(look: Look) -> Found:
    """There are no notes of the talk at all. Grounds: I."""
    if not (look.about.answers.talked or "").strip() and not LEFT.search(look.text.body):
        yield look.found()


def correction_open(look: Look) -> Found:
    """Something was to be put right, and is not. Grounds: A23."""
    if is_left_out(look.about.answers.correct, look):
        yield look.found(look.about.answers.correct or "")


def concern_open(look: Look) -> Found:
    """A concern was noted, and is not answered. Grounds: A23."""
    if is_left_out(look.about.answers.concern, look):
        yield look.found(look.about.answers.concern or "")


def interest_missing(look: Look) -> Found:
    """It does not say that the person wants the job. Grounds: A24."""
    if not look.says(look.text.body):
        yield look.found()


def your_name_missing(look: Look) -> Found:
    """The writer's full name is known and not in it. Grounds: A11."""
    if look.about.you and not has(plain(look.text.body), plain(look.about.you)):
        yield look.found(look.about.you)


def subject_without_thanks(look: Look) -> Found:
    """A subject without thanks. Grounds: A11, I."""
    if not look.says(look.text.subject or ""):
        yield look.found(look.text.subject or "", Place.SUBJECT)


def subject_without_role(look: Look) -> Found:
    """A subject without the role, where that is known. Grounds: A10, I."""
    if look.about.role and not has(plain(look.text.subject or ""), plain(look.about.role)):
        yield look.found(look.text.subject or "", Place.SUBJECT)


def same_text(look: Look) -> Found:
    """Nearly the words that somebody else of the application was or will be sent, names aside. Grounds: O."""
    mine = told_apart(look.text.body, (look.about.to,))
    for earlier in look.about.earlier:
        theirs = told_apart(earlier.body, (earlier.to,))
        if SequenceMatcher(None, mine, theirs, autojunk=False).ratio() * 100 >= look.number("alike"):
            yield look.found(earlier.to)


def too_loud(look: Look) -> Found:
    """Many exclamation marks. Grounds: I."""
    text = whole(look.text)
    count = text.count("!") + text.count("！")
    if count > look.number("at_most"):
        yield look.found(f"{count} exclamation marks")


def emoji(look: Look) -> Found:
    """Many emoji. Grounds: I."""
    count = sum(unicodedata.category(sign) == "So" for sign in whole(look.text))
    if count > look.number("at_most"):
        yield look.found(f"{count} emoji")


def date_missing(look: Look) -> Found:
    """They named a day, and it is not in it: neither its number nor its weekday. Grounds: A7."""
    day = look.about.promised
    if day is None:
        return
    found = {word.casefold() for word in words(look.text.body)}
    if not {str(day.day), f"{day:%A}".casefold(), f"{day.day}{ending(day.day)}"} & found:
        yield look.found(f"{day:%A} {day.day} {day:%B}")


def blames(look: Look) -> Found:
    """Words that sound like blame. Grounds: I."""
    yield from words_found(look)


def asks_for_the_result(look: Look) -> Found:
    """A question such as “Did I get the job?”. Grounds: I."""
    yield from words_found(look)


def timing_missing(look: Look) -> Found:
    """No question about timing. Grounds: A5, A7."""
    if not look.says(look.text.body):
        yield look.found()


def thanks_missing(look: Look) -> Found:
    """No thanks in a call. Grounds: A23."""
    if not look.says(look.text.body):
        yield look.found()


def anything(_: About) -> bool:
    """For every message."""
    return True


def mail_of_thanks(about: About) -> bool:
    """For thank-you emails."""
    return about.gives_thanks and not about.is_call


def other_mail(about: About) -> bool:
    """For all other emails."""
    return not about.gives_thanks and not about.is_call


MAKINGS: dict[str, Making] = {
    "blank-left": Making(look=blank_left, holds_for=anything),
    "another-name": Making(look=another_name, holds_for=anything),
    "name-missing": Making(look=name_missing, holds_for=anything),
    "length": Making(look=length, holds_for=mail_of_thanks, numbers=("at_least", "at_most")),
    "too-long": Making(look=too_long, holds_for=other_mail, numbers=("at_most",)),
    "role-missing": Making(look=role_missing, holds_for=anything),
    "thanks-late": Making(look=thanks_late, holds_for=mail_of_thanks, numbers=("within",), by_words=True),
    "no-detail": Making(look=no_detail, holds_for=lambda a: a.gives_thanks),
    "nothing-noted": Making(look=nothing_noted, holds_for=lambda a: a.gives_thanks),
    "correction-open": Making(look=correction_open, holds_for=lambda a: a.gives_thanks),
    "concern-open": Making(look=concern_open, holds_for=lambda a: a.gives_thanks),
    "interest-missing": Making(look=interest_missing, holds_for=lambda a: a.gives_thanks, by_words=True),
    "your-name-missing": Making(look=your_name_missing, holds_for=anything),
    "subject-without-thanks": Making(look=subject_without_thanks, holds_for=mail_of_thanks, by_words=True),
    "subject-without-role": Making(look=subject_without_role, holds_for=lambda a: not a.is_call),
    "same-text": Making(look=same_text, holds_for=mail_of_thanks, numbers=("alike",)),
    "too-loud": Making(look=too_loud, holds_for=anything, numbers=("at_most",)),
    "emoji": Making(look=emoji, holds_for=anything, numbers=("at_most",)),
    "date-missing": Making(look=date_missing, holds_for=lambda a: a.checks_in),
    "blames": Making(look=blames, holds_for=lambda a: not a.gives_thanks, by_words=True),
    "asks-for-the-result": Making(look=asks_for_the_result, holds_for=anything, by_words=True),
    "timing-missing": Making(
        look=timing_missing, holds_for=lambda a: a.checks_in or (a.gives_thanks and a.is_call), by_words=True
    ),
    "thanks-missing": Making(look=thanks_missing, holds_for=lambda a: a.is_call, by_words=True),
}
CHECKS = {id: (making.numbers, making.by_words) for id, making in MAKINGS.items()}


# Looking at words


def words(text: str) -> list[str]:
    """The words of a text."""
    return WORD.findall(text)


def plain(text: str) -> str:
    """A text as it is compared: composed, in one case, each gap one space."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def has(text: str, part: str) -> bool:
    """Whether a text has these words in it, not as a part of longer ones. Both as they are compared."""
    return bool(part) and re.search(rf"(?<!\w){re.escape(part)}(?!\w)", text) is not None


def without(text: str, parts: Iterable[str]) -> str:
    """A text without these parts."""
    for part in parts:
        text = text.replace(part, " … ")
    return text


def greeting(body: str) -> str:
    """The first line, up to its comma."""
    line = next((line for line in body.splitlines() if line.strip()), "")
    return line.partition(",")[0]


def first_of(beginnings: Iterable[str], text: str) -> int | None:
    """Where the first of these begins a word in the text, None where none does."""
    compared = plain(text).replace("’", "'")
    found = (re.search(rf"(?<!\w){re.escape(beginning)}", compared) for beginning in beginnings)
    return min((match.start() for match in found if match), default=None)


def words_found(look: Look) -> Found:
    """Each sentence that has a word of the check in it."""
    for match in SENTENCE.finditer(look.text.body):
        if match[0].strip() and look.says(match[0]):
            yield look.found(match[0].strip())


def is_left_out(noted: str | None, look: Look) -> bool:
    """Whether something was noted, and no telling word of it is in the text."""
    if not (noted or "").strip() or plain(noted or "").strip(" .") in plain(look.text.body):
        return False
    common = telling(" ".join(fact for fact in (look.about.to, look.about.role, look.about.company) if fact))
    wanted = telling(noted or "") - common
    return bool(wanted) and not wanted & telling(look.text.body)


def telling(text: str) -> set[str]:
    """The words that tell one text from another."""
    return {w for w in words(plain(text)) if len(w) >= SHORTEST_TELLING and w not in TELL_NOTHING}


def told_apart(body: str, names: Iterable[str | None]) -> list[str]:
    """The words of a message without the name of whom it is to."""
    parts = {part for name in names if name for part in words(plain(name))}
    return [word for word in words(plain(body)) if word not in parts]


def whole(text: Text) -> str:
    """Everything that would be read."""
    return "\n".join(part for part in (text.subject, text.body, text.voicemail) if part)


def ending(day: int) -> str:
    """The ending of an ordinal number: 1st, 2nd, 3rd, 4th."""
    return "th" if day in range(11, 14) else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


def shortened(text: str) -> str:
    """An excerpt short enough to be read beside the text."""
    line = " ".join(text.split())
    return line if len(line) <= 80 else f"{line[:79]}…"
