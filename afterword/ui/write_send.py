"""Sending stays with the person: the ways to take a message along, and the word that it went out."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from afterword.desk import CAN_BE_LOGGED, Desk
from afterword.domain.entries import sent_entry
from afterword.domain.model import Entry, StepKind
from afterword.domain.review import Finding, stops
from afterword.domain.step import TO_DO, State, Step, StepChannel
from afterword.formats.eml import MIME, draft_file
from afterword.formats.reach import mailto_link, tel_link, usable_address
from afterword.ui import copying, focus, keys, wiring, words, writing
from afterword.ui.callbacks import say, spoken
from afterword.ui.typed import as_typed, in_label
from afterword.ui.writing import Writing

CHANGED = "That step has changed meanwhile, so nothing was logged. What you wrote is kept."


def part(found: Writing, findings: tuple[Finding, ...], desk: Desk) -> None:
    """The ways to send it, and the button that logs it."""
    st.header("After the call" if found.is_call else "Send it yourself", anchor=False)
    if stops(findings, wiring.words().handbook.checks):
        st.warning(
            f"Do not {'call' if found.is_call else 'send it'} yet: see what was found above.",
            icon=":material/block:",
        )
    if found.is_call:
        texts = {"Copy the script": found.text.body, "Copy the voicemail": found.text.voicemail or ""}
        copying.buttons(texts, found.text_key("copy"))
    else:
        by_mail(found)
    said(found, desk)


def by_mail(found: Writing) -> None:
    """The clipboard, the person's own mail program, and a file that it opens."""
    whom, subject, body = found.whom, found.text.subject or "", found.text.body
    address = whom.email if whom else None
    st.markdown(to_line(found))
    copying.buttons({"Copy the message": body, "Copy the subject": subject}, found.text_key("copy"))
    link = mailto_link(address, subject, body)
    with st.container(horizontal=True):
        if link:
            st.link_button(
                "Open in my mail program", link, icon=":material/mail:", key=found.text_key("mailto")
            )
        st.download_button(
            "Download as a draft (.eml)",
            data=lambda: draft_file(whom.name if whom else None, address, subject, body),
            file_name="message.eml",
            mime=MIME,
            on_click="ignore",
            icon=":material/download:",
            key=found.text_key("eml"),
        )
    if not link:
        st.markdown(
            "This is too long for a link to your mail program. Copy it, or open the downloaded draft with it."
        )


def to_line(found: Writing) -> str:
    """To which address it goes, or how to get one."""
    whom = found.whom
    address = usable_address(whom.email if whom else None)
    if whom and address:
        return f"To: {as_typed(whom.name)}, {as_typed(address)}"
    return how_to_reach(found, StepChannel.EMAIL) or "No address is known: put it in yourself."


def number(found: Writing) -> None:
    """The number as a link that dials it, over the words to say."""
    whom = found.whom
    link = tel_link(whom.phone if whom else None)
    if whom and link:
        st.link_button(
            f"Call {in_label(whom.name)}: {in_label(whom.phone or '')}",
            link,
            icon=":material/call:",
            key=found.text_key("tel"),
        )
    else:
        reach = how_to_reach(found, StepChannel.PHONE)
        st.markdown(reach or "No number is known: add it to the person, or look it up.")


def how_to_reach(found: Writing, channel: StepChannel) -> str:
    """How to get what this message needs of whom it goes to, whatever the step would need; a letter needs neither."""
    if found.step is None or found.step.channel == StepChannel.POST:
        return ""
    return words.reach_line(replace(found.step, channel=channel, to=found.whom), found.case)


# What the person says about it


def said(found: Writing, desk: Desk) -> None:
    """The button that logs it; nothing is logged without it."""
    step = found.step
    if step and is_answer_to(step, found) and step.state not in CAN_BE_LOGGED:
        st.markdown(f"It is too early for this. {words.when_line(step, found.case)} What you write is kept.")
        return
    st.button(
        said_label(found),
        key=found.key("sent"),
        type="primary",
        icon=":material/check:",
        on_click=log_it,
        args=(desk, found),
    )
    st.markdown("Nothing is logged until you say so. The text is kept in the history.")


def is_answer_to(step: Step, found: Writing) -> bool:
    """Whether sending it does the step."""
    return sent_entry(found.message, step, found.case.now, "").kind.value == step.kind.value


def said_label(found: Writing) -> str:
    """The label of that button; it names whom it went to."""
    whom = in_label(found.whom.name if found.whom else found.case.application.company)
    if found.is_call:
        return f"I called {whom}"
    by_post = found.step is not None and found.step.channel == StepChannel.POST
    return f"I {'posted' if by_post else 'sent'} it to {whom}"


@spoken
def log_it(desk: Desk, found: Writing) -> None:
    """Log it on the person's word, with its text as it stands in the fields."""
    typed = writing.in_fields(found)
    text = "\n\n".join(part for part in (typed.subject, typed.body) if part is not None)
    entry = desk.sent(found.case.id, found.message, found.step.id if found.step else None, text)
    if entry is None:
        say(CHANGED)
        st.rerun()
    st.session_state[found.key("entry")] = entry.id
    st.session_state.setdefault(keys.DONE_HERE, {})[entry.id] = found.case.id
    focus.move_to(found.key("undo"))
    writing.redraw()


def was_sent(found: Writing, desk: Desk) -> bool:
    """Show, where it went out already, what was sent and how to take that back; false where it did not."""
    entry = entry_of(found)
    if entry is None:
        return False
    st.header("Done", anchor=False)
    st.success(f"{words.done_line(entry, found.case)} It stands in the history.", icon=":material/check:")
    whom = in_label(found.whom.name if found.whom else found.case.application.company)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            f"Undo: {whom}",
            key=found.key("undo"),
            icon=":material/undo:",
            on_click=undo,
            args=(desk, found, str(entry.id)),
        )
        if found.step and found.step.kind == StepKind.THANK_YOU and found.step.state in TO_DO:
            st.button("Now the thank-you", key=found.key("on"), on_click=go_on, args=(desk, found))
        st.page_link("pages/today.py", label="Back to Today", icon=":material/today:")
    if entry.text:
        st.code(entry.text, language=None, wrap_lines=True)
    return True


def entry_of(found: Writing) -> Entry | None:
    """The entry that did the step, or that was logged here for a message about none."""
    step = found.step
    if step and step.state == State.DONE and step.entry:
        return step.entry
    here = st.session_state.get(found.key("entry"))
    return next((e for e in found.case.application.log if e.id == here and e.withdrawn_at is None), None)


@spoken
def go_on(desk: Desk, found: Writing) -> None:
    """Go on to the message that does the step, where another one went out first."""
    st.session_state.pop(found.key("entry"), None)
    focus.move_to(found.key("message"))
    writing.keep(desk, found.case.id, found.draft.id, lambda draft: replace(draft, message=None))


@spoken
def undo(desk: Desk, found: Writing, entry_id: str) -> None:
    """Take back that it was sent; the text is there to go on with."""
    desk.withdraw(found.case.id, entry_id)
    focus.move_to(found.key("sent"))
    writing.redraw()
