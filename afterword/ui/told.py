"""What happened, told in sentences."""

from __future__ import annotations

from datetime import datetime

from afterword.domain.case import OpenCase
from afterword.domain.checklist import item_ticked
from afterword.domain.facts import end_of as placed_end
from afterword.domain.facts import people_of, zone_named
from afterword.domain.model import Entry, EntryKind, Outcome, Promise, Round, RoundKind, StepKind
from afterword.ui import wiring, words
from afterword.ui.typed import LONGEST_IN_A_LABEL, as_typed, in_label

KINDS = {
    RoundKind.PHONE_SCREEN: "Phone screen",
    RoundKind.VIDEO: "Video call",
    RoundKind.ON_SITE: "On site",
    RoundKind.PANEL: "Panel",
    RoundKind.ASSESSMENT: "Assessment",
}
STEPS = {
    StepKind.ASK: "asking when and how you will hear",
    StepKind.THANK_YOU: "the thank-you",
    StepKind.CHECK_IN: "the check-in",
    StepKind.MOVE_ON: "moving on",
    StepKind.TELL_THEM: "telling them about your other offer",
    StepKind.ANSWER_OFFER: "the answer to the offer",
}


def entry(one: Entry, case: OpenCase) -> str:
    """A log entry: when, and what was done or heard; struck through where it was taken back."""
    when = moment(one.at, case)
    sentence = f"{when[:1].upper()}{when[1:]}: {what(one, case)}"
    if one.withdrawn_at is None:
        return sentence
    return f"~~{sentence}~~ Taken back {moment(one.withdrawn_at, case)}."


def what(one: Entry, case: OpenCase) -> str:
    """What was done or heard."""
    by = f" {words.CHANNELS[one.channel]}" if one.channel else ""
    who = name_of(one, case)
    whom = as_typed(who) if who else "them"
    done = {
        EntryKind.THANK_YOU: f"thanked {whom}{by}",
        EntryKind.CHECK_IN: f"checked in with {whom}{by}",
        EntryKind.ASK: f"asked when and how you will hear{by}",
        EntryKind.TELL_THEM: f"told {whom} about your other offer{by}",
        EntryKind.REPLY: f"heard from {whom}{by}{promised(one.promise, case)}",
        EntryKind.SKIP: f"skipped {STEPS[one.step] if one.step else 'a step'}{f' for {whom}' if who else ''}",
        EntryKind.NOTE: noted(one),
    }
    more = f" ({as_typed(beginning(one))})" if one.text and one.kind != EntryKind.NOTE else ""
    return done[one.kind] if one.kind == EntryKind.NOTE else f"{done[one.kind]}{more}."


def noted(one: Entry) -> str:
    """A note's own words, or the item of the checklist that it ticks."""
    ticked = item_ticked(one)
    if ticked is None:
        return f"{'wrote' if is_message(one) else 'noted'} “{as_typed(beginning(one))}”"
    items = (item for phase in wiring.words().handbook.phases for item in phase.items)
    title = next((item.words for item in items if item.id == ticked), ticked)
    return f"ticked “{title}”"


def is_message(one: Entry) -> bool:
    """Whether an entry holds a whole message that went out, or the script of a call."""
    return one.channel is not None and "\n\n" in (one.text or "")


def beginning(one: Entry) -> str:
    """An entry's text; of a whole message its first line, which is its subject."""
    text = one.text or ""
    return f"{text.partition(chr(10))[0]} …" if is_message(one) else text


def promised(promise: Promise | None, case: OpenCase) -> str:
    """What they said about when and how the person will hear."""
    if promise is None or not promise.says_something:
        return ""
    by = f" by {words.day(promise.reply_by, case.today)}" if promise.reply_by else ""
    how = f" ({CHANNEL_NAMED[promise.channel.value]})" if promise.channel else ""
    return f", who will answer{by}{how}" if by or how else ", who named no date"


CHANNEL_NAMED = {"email": "by email", "phone": "by phone", "other": "another way"}


def name_of(one: Entry, case: OpenCase) -> str | None:
    """The name of whom an entry was to."""
    names = {person.id: person.name for person in people_of(case.application) if person.id}
    return names.get(one.to or "", one.to)


def about(one: Entry, case: OpenCase) -> str:
    """What a button about an entry calls it."""
    at = case.there(one.at)
    what_it_was = plain_kind(one, case)
    return in_label(
        f"{what_it_was[: LONGEST_IN_A_LABEL - 30]}, {words.plain_day(at.date(), case.today)} {at:%H:%M}"
    )


def plain_kind(one: Entry, case: OpenCase) -> str:
    """What an entry is, in two or three words, as typed."""
    who = name_of(one, case)
    names = {
        EntryKind.THANK_YOU: f"thanks to {who}" if who else "thanks",
        EntryKind.CHECK_IN: "check-in",
        EntryKind.ASK: "question",
        EntryKind.TELL_THEM: "news of the offer",
        EntryKind.REPLY: "reply",
        EntryKind.SKIP: "skip",
        EntryKind.NOTE: "tick" if item_ticked(one) else "note",
    }
    return names[one.kind]


def interview(round: Round, case: OpenCase) -> str:
    """An interview that is over."""
    when = moment(end_of(round, case), case)
    return f"{when[:1].upper()}{when[1:]}: {as_typed(round.label)} ended."


def end_of(round: Round, case: OpenCase) -> datetime:
    """When an interview ended, where the application is."""
    hour = wiring.words().handbook.number("latest-round", "bare_date_hour", case.today)
    return placed_end(round, zone_named(str(case.now.tzinfo)), hour)


def outcome(one: Outcome, case: OpenCase) -> str:
    """How it ended."""
    result = words.RESULTS[one.result]
    by = f", to be answered by {words.day(one.answer_by, case.today)}" if one.answer_by else ""
    when = moment(one.at, case)
    return f"{when[:1].upper()}{when[1:]}: {result[:1].lower()}{result[1:]}{by}."


def moment(at: datetime, case: OpenCase) -> str:
    """A moment: today at 16:10, Mon 9 Nov at 09:00."""
    there = case.there(at)
    return f"{words.day(there.date(), case.today)} at {there:%H:%M}"
