"""What is being written in this session: which message, about which step, with which text, and how it is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from afterword.desk import Desk
from afterword.domain.case import OpenCase, step_of
from afterword.domain.draft import Draft, Length, Written, with_text
from afterword.domain.drafting import Setting, about, draft_id, messages_for, recipient, template_of, values
from afterword.domain.errors import InvalidApplication, SomebodyWasFirst
from afterword.domain.handbook import Message, MessageChannel, Occasion
from afterword.domain.model import Contact, StepKind
from afterword.domain.review import Earlier, Finding, Text, review
from afterword.domain.step import Step
from afterword.formats.draft import rendered
from afterword.ui import keys, shelf, wiring
from afterword.ui.callbacks import say, sentence_for

PART = "write"


@dataclass(frozen=True, slots=True)
class Writing:
    """One message as it stands on the page. `choices` are the messages that fit as well."""

    setting: Setting
    draft: Draft
    choices: tuple[Message, ...]
    length: Length
    text: Text

    @property
    def case(self) -> OpenCase:
        """The application it is about."""
        return self.setting.case

    @property
    def step(self) -> Step | None:
        """The step it is about."""
        return self.setting.step

    @property
    def message(self) -> Message:
        """The message chosen."""
        return self.setting.message

    @property
    def is_call(self) -> bool:
        """Whether it is to be spoken."""
        return self.message.channel == MessageChannel.PHONE

    @property
    def whom(self) -> Contact | None:
        """Whom it goes to."""
        return recipient(self.setting)

    @property
    def is_own(self) -> bool:
        """Whether the text is the person's own by now."""
        return self.draft.own(self.message.id, self.length) is not None

    def key(self, name: str) -> str:
        """The key of one of its widgets."""
        return key_of(self.case.id, self.draft.id, name)

    def text_key(self, name: str) -> str:
        """The key of a field that belongs to this message in this length alone."""
        return self.key(f"{self.message.id}-{self.length}-{name}")


def key_of(case_id: str, draft_id: str, name: str) -> str:
    """The key of something on this page, in the session's state too."""
    return keys.part(case_id, f"{PART}-{draft_id}-{name}")


def begun(desk: Desk, case: OpenCase, step_id: str | None, message_id: str | None) -> Writing | None:
    """What is written about a step, or a message about none; None where there is neither."""
    messages = wiring.words().handbook.messages
    step = step_of(case, step_id or "")
    choices = messages_for(step, case, messages) if step else one_of(messages, message_id)
    if not choices:
        return None
    draft = kept(desk, case.id, draft_id(step, choices[0], case))
    message = next((m for m in choices if m.id == draft.message), choices[0])
    setting = Setting(case=case, you=desk.you(), message=message, step=step, answers=draft.answers)
    length = draft.length or Length.SHORT
    return Writing(setting, draft, choices, length, text_of(setting, draft, length))


def one_of(messages: dict[str, Message], message_id: str | None) -> tuple[Message, ...]:
    """The message of that id, as the only choice."""
    return (messages[message_id],) if message_id in messages else ()


def text_of(setting: Setting, draft: Draft, length: Length) -> Text:
    """The person's own text, or the one that is offered."""
    message = setting.message
    own = draft.own(message.id, length)
    if own:
        return Text(body=own.body, subject=own.subject, voicemail=own.voicemail)
    facts = values(setting, wiring.words().handbook.blanks)
    return Text(
        body=rendered(template_of(message, length), facts),
        subject=rendered(message.subject, facts) if message.subject else None,
        voicemail=rendered(message.voicemail, facts) if message.voicemail else None,
    )


def looked_over(writing: Writing, desk: Desk) -> tuple[Finding, ...]:
    """What a review finds in it as it stands."""
    held_against = about(writing.setting, earlier_than(writing, desk))
    return review(writing.text, held_against, wiring.words().handbook.checks, writing.case.today)


def earlier_than(writing: Writing, desk: Desk) -> tuple[Earlier, ...]:
    """What was or will be sent to the others who are thanked."""
    if writing.message.occasion != Occasion.THANKS or writing.is_call:
        return ()
    drafts = {draft.id: draft for draft in desk.drafts(writing.case.id)}
    others = (s for s in writing.case.plan.steps if s.kind == StepKind.THANK_YOU and s.to)
    return tuple(
        Earlier(to=step.to.name if step.to else "", body=text_for(step, writing, drafts.get(step.id)))
        for step in others
        if writing.step and step.id != writing.step.id
    )


def text_for(step: Step, writing: Writing, draft: Draft | None) -> str:
    """The text to somebody else: as it was sent, else as it stands."""
    if step.entry and step.entry.text:
        return step.entry.text.partition("\n\n")[2]
    begun = draft or Draft(id=step.id)
    setting = replace(writing.setting, step=step, answers=begun.answers)
    return text_of(setting, begun, begun.length or writing.length).body


# Kept as it is written


def kept(desk: Desk, case_id: str, draft_id: str) -> Draft:
    """The draft as it is kept, which this session has seen from then on; a new one where there is none."""
    newest = next((d for d in desk.drafts(case_id) if d.id == draft_id), Draft(id=draft_id))
    if clash(case_id, draft_id) is None:
        st.session_state[key_of(case_id, draft_id, "seen")] = newest
    return newest


def keep(desk: Desk, case_id: str, draft_id: str, change: Callable[[Draft], Draft]) -> None:
    """Keep what was changed in the draft that was seen; where another window was first, both are to be shown."""
    seen: Draft = st.session_state[key_of(case_id, draft_id, "seen")]
    mine = change(seen)
    try:
        if mine != seen:
            st.session_state[key_of(case_id, draft_id, "seen")] = desk.keep_draft(case_id, mine)
    except InvalidApplication as error:
        say(sentence_for(error))
        st.rerun()  # the sentence stands over the page; what was typed stays in its field
    except SomebodyWasFirst:
        st.session_state[key_of(case_id, draft_id, "clash")] = mine
    redraw()


def clash(case_id: str, draft_id: str) -> Draft | None:
    """What this window wrote on an older draft, and what could not be kept."""
    found: Draft | None = st.session_state.get(key_of(case_id, draft_id, "clash"))
    return found


def settle(desk: Desk, case_id: str, draft_id: str, *, mine: bool) -> None:
    """Keep this window's draft in the place of the other one's, or let the other one's stand."""
    written = clash(case_id, draft_id)
    st.session_state.pop(key_of(case_id, draft_id, "clash"), None)
    newest = kept(desk, case_id, draft_id)
    if mine and written:
        keep(desk, case_id, draft_id, lambda _: replace(written, version=newest.version))
    redraw()


def keep_text(desk: Desk, writing: Writing) -> None:
    """Keep what the fields hold as the person's own text."""
    own = in_fields(writing)
    keep(desk, writing.case.id, writing.draft.id, lambda draft: with_text(draft, own))


def in_fields(writing: Writing) -> Written:
    """What the fields of the text hold now, which may be newer than what was drawn."""

    def field(name: str) -> Any:
        return st.session_state.get(writing.text_key(name))

    return Written(
        message=writing.message.id,
        length=writing.length,
        body=field("body") or "",
        subject=field("subject"),
        voicemail=field("voicemail"),
    )


def redraw() -> None:
    """End a callback: draw what is written again, and tell a guest's browser."""
    shelf.draw([PART, *shelf.frame_parts()])


def seed(key: str, value: str) -> str:
    """Have the field of that key hold a value that came from elsewhere, without taking the hand out of it."""
    seeded = f"{key}-seeded"
    if key not in st.session_state or st.session_state.get(seeded) != value:
        st.session_state[key] = st.session_state[seeded] = value
    return key
