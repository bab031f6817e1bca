"""What goes into a message: the facts, a visible blank for each that is missing, and which message fits a step."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from afterword.domain.case import OpenCase
from afterword.domain.draft import Answers, Length
from afterword.domain.facts import end_of, placed, zone_named
from afterword.domain.handbook import Addressee, Blank, Message, MessageChannel, Occasion
from afterword.domain.model import Contact, EntryKind, Round, StepKind, same_name
from afterword.domain.review import About, Earlier
from afterword.domain.step import Step, StepChannel
from afterword.domain.you import You

OPENS, CLOSES = "⟦", "⟧"  # nobody types these by chance, and everybody sees them
BLANK = re.compile(f"{OPENS}[^{OPENS}{CLOSES}]*{CLOSES}")
PHRASES, SENTENCES = ("talked", "why"), ("remember", "correct", "concern")
FACTS = frozenset(
    {"name", "you", "phone", "role", "company", "day", "ahead", "people", "promised", "again", "first_sent"}
    | {"new_date", "deadline", "answer_by", *PHRASES, *SENTENCES}
)
OF_THE_JOB = frozenset({"name", "role"})  # what a person writes down on the application's page
LITTLE_WORDS = frozenset(
    [
        "A",
        "An",
        "The",
        "How",
        "What",
        "Why",
        "When",
        "Where",
        "Whether",
        "Their",
        "Our",
        "My",
        "Your",
        "His",
        "Her",
        "Its",
        "That",
        "This",
        "These",
        "Those",
    ]
)
NOON = 12  # any hour will do where only the day counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a message is written from: the application, who writes, the step if there is one, the answers."""

    case: OpenCase
    you: You
    message: Message
    step: Step | None = None
    answers: Answers = field(default_factory=Answers)


# Which message


def occasion_of(step: Step, case: OpenCase) -> Occasion | None:
    """What a step is an occasion for; None for moving on, of which nobody has to be told."""
    if step.kind == StepKind.THANK_YOU:
        return Occasion.AFTER_NO if step.reason == "thank-after-no" else Occasion.THANKS
    if step.kind == StepKind.CHECK_IN:
        first = next(s for s in case.plan.steps if s.kind == StepKind.CHECK_IN)
        return Occasion.CHECK_IN if step.id == first.id else Occasion.SECOND_CHECK_IN
    plain = {StepKind.ASK: Occasion.ASK, StepKind.TELL_THEM: Occasion.TELL_THEM}
    plain |= {StepKind.ANSWER_OFFER: Occasion.ANSWER_OFFER}
    return plain.get(step.kind)


def messages_for(step: Step, case: OpenCase, messages: Mapping[str, Message]) -> tuple[Message, ...]:
    """The messages that fit a step, the likeliest first: by its channel, a written one for a note by post.

    Thanks may also carry the question that nobody has answered yet. Grounds: A5, A22.
    """
    occasion = occasion_of(step, case)
    spoken = step.channel == StepChannel.PHONE
    fitting = [m for m in messages.values() if m.occasion == occasion]
    fitting.sort(key=lambda m: (m.channel == MessageChannel.PHONE) != spoken)
    if occasion == Occasion.THANKS and not (
        step.round and step.round.promise and step.round.promise.reply_by
    ):
        fitting += [m for m in messages.values() if m.occasion == Occasion.ASK]
    return tuple(fitting)


def other_messages(case: OpenCase, messages: Mapping[str, Message]) -> tuple[Message, ...]:
    """The messages that fit an application as it stands, whatever its plan asks for."""
    occasions = set()
    if latest_round(case):
        occasions.add(Occasion.ASK)
    day = new_date(case)
    if day and day == case.plan.date_in_force and day >= case.today:
        occasions.add(Occasion.NEW_DATE)
    return tuple(m for m in messages.values() if m.occasion in occasions)


def draft_id(step: Step | None, message: Message, case: OpenCase) -> str:
    """By what id a draft is kept: its step's, else its message's.

    A reply begins a new wait, in which a check-in is a new one though its step has the same id; so is what is
    written about no step. A text with the day they named before must not stand there as one's own.
    """
    if step and step.kind != StepKind.CHECK_IN:
        return step.id
    replies = sum(e.kind == EntryKind.REPLY and e.withdrawn_at is None for e in case.application.log)
    own = step.id if step else message.id
    return f"{own}-{replies}" if replies else own


def template_of(message: Message, length: Length) -> str:
    """The template of its body in one length."""
    return message.short if length == Length.SHORT else message.long


# What goes in


def values(setting: Setting, blanks: Mapping[str, Blank]) -> dict[str, str]:
    """A value for each placeholder: the fact; a blank where a needed one is missing; else nothing."""
    facts = facts_of(setting)
    needed = {name: facts[name] or blank(blanks[name].words) for name in setting.message.needs}
    return needed | {name: facts[name] or "" for name in setting.message.may_use}


def blank(words: str) -> str:
    """What stands in a message where a fact is missing, never to be overlooked."""
    return f"{OPENS}{words}{CLOSES}"


def facts_of(setting: Setting) -> dict[str, str | None]:
    """Every fact that messages know, each in one line; None where it is not known."""
    case, you = setting.case, setting.you
    application, round = case.application, round_of(setting)
    whom = recipient(setting)
    rival, outcome = application.rival_offer, application.outcome
    known = {
        "name": whom.name if whom else None,
        "you": you.name,
        "phone": you.phone,
        "role": application.role,
        "company": application.company,
        "day": f"on {said(day_of(round, case), case.today)}" if round else None,
        "ahead": "yes" if setting.step and setting.step.kind == StepKind.ASK else None,
        "people": listed(p.name for p in others_of(round, whom)),
        "promised": said(promised_in(setting), case.today),
        "again": "again" if was_thanked(case) else None,
        "first_sent": first_sent(case),
        "new_date": said(new_date(case), case.today),
        "deadline": said(rival.deadline if rival else None, case.today),
        "answer_by": said(outcome.answer_by if outcome else None, case.today),
    }
    return {name: one_line(value) if value else None for name, value in known.items()} | answered(setting)


def unknown_of_the_job(setting: Setting) -> tuple[str, ...]:
    """What a message needs that stands on the application's page, by ids of blanks, where it is not known."""
    facts = facts_of(setting)
    return tuple(name for name in setting.message.needs if name in OF_THE_JOB and not facts[name])


def answered(setting: Setting) -> dict[str, str | None]:
    """The answers to the prompts as the messages use them: as the rest of a sentence, or as a whole one."""
    answers = answers_with_notes(setting)
    return {name: phrase(getattr(answers, name) or "") or None for name in PHRASES} | {
        name: sentence(getattr(answers, name) or "") or None for name in SENTENCES
    }


def answers_with_notes(setting: Setting) -> Answers:
    """The answers; what was noted of the talk stands in for the first where it was not answered."""
    if setting.answers.talked is not None:
        return setting.answers
    return replace(setting.answers, talked=notes_of(setting))


def notes_of(setting: Setting) -> str | None:
    """What was noted right after the interview: of the person thanked, or of the whole panel."""
    if setting.message.occasion != Occasion.THANKS or setting.step is None:
        return None
    if setting.message.to == Addressee.CONTACT:
        return setting.step.round.notes if setting.step.round else None
    return setting.step.to.notes if setting.step.to else None


def recipient(setting: Setting) -> Contact | None:
    """Whom the message goes to."""
    contact, step = setting.case.application.contact, setting.step
    if setting.message.to == Addressee.CONTACT and contact:
        return contact
    if step and step.to:
        return step.to
    planned = (s.to for s in setting.case.plan.steps if s.kind == StepKind.CHECK_IN and s.to)
    round = round_of(setting)
    met = round.interviewers[0] if round and round.interviewers else None
    return None if step and step.kind == StepKind.THANK_YOU else next(planned, None) or contact or met


def round_of(setting: Setting) -> Round | None:
    """The interview that the message is about: the step's, else the latest that has ended."""
    return setting.step.round if setting.step and setting.step.round else latest_round(setting.case)


def latest_round(case: OpenCase) -> Round | None:
    """The interview that ended last."""
    zone = zone_named(str(case.now.tzinfo))
    over = [(end_of(round, zone, NOON), round) for round in case.application.rounds]
    return max(
        ((end, round) for end, round in over if end <= case.now),
        key=lambda pair: pair[0],
        default=(None, None),
    )[1]


def day_of(round: Round, case: OpenCase) -> date:
    """The day of an interview, where the application is."""
    return end_of(round, zone_named(str(case.now.tzinfo)), NOON).date()


def others_of(round: Round | None, whom: Contact | None) -> tuple[Contact, ...]:
    """Everybody else who took part."""
    met = round.interviewers if round else ()
    return tuple(p for p in met if whom is None or not same_name(p.name, whom.name))


def promised_in(setting: Setting) -> date | None:
    """The day they named: in the interview that is thanked for, else the one in force. Grounds: A7."""
    if setting.message.occasion != Occasion.THANKS:
        return setting.case.plan.date_in_force
    round = round_of(setting)
    return round.promise.reply_by if round and round.promise else None


def was_thanked(case: OpenCase) -> bool:
    """Whether a thank-you was logged."""
    return any(e.kind == EntryKind.THANK_YOU and e.withdrawn_at is None for e in case.application.log)


def first_sent(case: OpenCase) -> str | None:
    """The day of the check-in that was made in this wait."""
    made = [s.entry for s in case.plan.steps if s.kind == StepKind.CHECK_IN and s.entry]
    there = zone_named(str(case.now.tzinfo))
    return f"on {said(placed(made[0].at, there).date(), case.today)}" if made else None


def new_date(case: OpenCase) -> date | None:
    """The day that their latest reply named."""
    replies = [e for e in case.application.log if e.kind == EntryKind.REPLY and e.withdrawn_at is None]
    promise = replies[-1].promise if replies else None
    return promise.reply_by if promise else None


# How it is said


def said(day: date | None, today: date) -> str | None:
    """A day as a letter has it: Friday 6 November, with the year where it is another."""
    if day is None:
        return None
    year = "" if day.year == today.year else f" {day.year}"
    return f"{day:%A} {day.day} {day:%B}{year}"


def listed(names: Iterable[str]) -> str | None:
    """Names as a list: Ada Okafor, Luis Prado and Mei Tan."""
    parts = [one_line(name) for name in names]
    return f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else "".join(parts) or None


def one_line(text: str) -> str:
    """A text in one line, without signs that no letter has."""
    kept = ("\n" if unicodedata.category(sign) in {"Cc", "Cs", "Zl", "Zp"} else sign for sign in text)
    return " ".join("".join(kept).split())


def phrase(text: str) -> str:
    """An answer as the end of a sentence: without its own full stop, and begun small where it can be."""
    line = one_line(text).strip(" .;,!")
    first, space, rest = line.partition(" ")
    return f"{first.lower()}{space}{rest}" if first in LITTLE_WORDS and space else line


def sentence(text: str) -> str:
    """An answer as a sentence of its own, with its full stop."""
    line = one_line(text)
    return line if not line or line.endswith((".", "!", "?", "…")) else f"{line}."


# What it is looked over by


def about(setting: Setting, earlier: tuple[Earlier, ...] = ()) -> About:
    """What a review has to know; `earlier` are texts to others of the same application."""
    application, whom, answers = setting.case.application, recipient(setting), answers_with_notes(setting)
    panel = setting.message.to == Addressee.CONTACT
    everybody = tuple(p.name for r in application.rounds for p in r.interviewers)
    addressed = tuple(p.name for p in others_of(round_of(setting), whom)) if panel else ()
    return About(
        occasion=setting.message.occasion,
        channel=setting.message.channel,
        to=whom.name if whom else None,
        strangers=tuple(n for n in everybody if not is_among(n, (*addressed, whom.name if whom else ""))),
        you=setting.you.name,
        role=application.role,
        company=application.company,
        answers=answers,
        promised=promised_in(setting),
        earlier=earlier,
    )


def is_among(name: str, names: Iterable[str]) -> bool:
    """Whether somebody of that name is among them."""
    return any(same_name(name, other) for other in names)
