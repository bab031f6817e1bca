"""Writing one message: the prompts, the text, the review beside it, and the ways to send it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from afterword.desk import Desk
from afterword.domain.draft import Draft, Length, Written, with_text, without_text
from afterword.domain.drafting import answers_with_notes, unknown_of_the_job
from afterword.domain.errors import UnknownApplication
from afterword.domain.handbook import Blank
from afterword.ui import wiring, words, write_review, write_send, writing
from afterword.ui.callbacks import spoken
from afterword.ui.typed import as_typed
from afterword.ui.writing import PART, Writing

LENGTHS = {Length.SHORT: "Short", Length.LONG: "Long"}
GONE = "This was deleted in another window, or the plan has changed. What you wrote is kept while the application is."
LEAST = 90  # pixels


@st.fragment(key=PART)
def part(case_id: str, step_id: str | None, message_id: str | None) -> None:
    """Everything about one message, drawn again when a field is left."""
    desk = wiring.desk()
    try:
        found = writing.begun(desk, desk.open(case_id), step_id, message_id)
    except UnknownApplication:
        found = None
    if found is None:
        st.warning(GONE)
    elif writing.clash(case_id, found.draft.id):
        both(found, desk)
    elif not write_send.was_sent(found, desk):
        prompts(found, desk)
        left, right = st.columns([3, 2], gap="large")
        with left:
            text(found, desk)
        with right:
            findings = writing.looked_over(found, desk)
            write_review.part(found, findings)
        write_send.part(found, findings, desk)


def prompts(found: Writing, desk: Desk) -> None:
    """What only the person can know, asked before there is a text."""
    asked = [b for b in wiring.words().handbook.blanks.values() if b.prompt and is_used(b, found)]
    unknown = unknown_of_the_job(found.setting)
    if not (asked or unknown):
        return
    st.header("What you bring", anchor=False)
    answers = answers_with_notes(found.setting)
    if found.setting.answers.talked is None and answers.talked:
        st.markdown("What you noted of the talk stands here already.")
    where_it_is_said_once(found, unknown)
    for number, blank in enumerate(asked):
        if number % 2 == 0:
            columns = st.columns(2)
        with columns[number % 2]:
            key = writing.seed(found.key(blank.id), getattr(answers, blank.id) or "")
            st.text_area(
                f"{blank.prompt} {blank.hint}",
                key=key,
                height=LEAST,
                on_change=answer,
                args=(desk, found, blank.id),
            )


def where_it_is_said_once(found: Writing, unknown: Sequence[str]) -> None:
    """The ways to what every message needs and nobody wrote down yet."""
    if not found.setting.you.name:
        st.page_link(
            "pages/about_you.py", label="Say your full name once: About you", icon=":material/person:"
        )
    if unknown:
        named = words.listed([wiring.words().handbook.blanks[id].words for id in unknown])
        st.page_link(
            "pages/application.py",
            label=f"Add {named} once",
            icon=":material/edit_note:",
            query_params={"id": found.case.id},
        )


def is_used(blank: Blank, found: Writing) -> bool:
    """Whether the message has a place for it."""
    return blank.id in (*found.message.needs, *found.message.may_use)


@spoken
def answer(desk: Desk, found: Writing, name: str) -> None:
    """Keep the answer to a prompt."""
    said = st.session_state[found.key(name)]

    def change(draft: Draft) -> Draft:
        return replace(draft, answers=replace(draft.answers, **{name: said}))

    writing.keep(desk, found.case.id, found.draft.id, change)


def text(found: Writing, desk: Desk) -> None:
    """Which message in which length, and the fields of its text."""
    st.header("What to say" if found.is_call else "Your message", anchor=False)
    choose(found, desk)
    if found.is_call:
        write_send.number(found)
    if found.text.subject is not None:
        st.text_input(
            "Subject",
            key=field(found, "subject", found.text.subject),
            on_change=keep_text,
            args=(desk, found),
        )
    st.text_area(
        "What to say" if found.is_call else "Message",
        key=field(found, "body", found.text.body),
        height="content",
        on_change=keep_text,
        args=(desk, found),
    )
    if found.text.voicemail is not None:
        st.text_area(
            "If you reach their voicemail",
            key=field(found, "voicemail", found.text.voicemail),
            height="content",
            on_change=keep_text,
            args=(desk, found),
        )
    afresh(found, desk)


def field(found: Writing, name: str, value: str) -> str:
    """The key of a field of the text, which holds what is kept."""
    return writing.seed(found.text_key(name), value)


@spoken
def keep_text(desk: Desk, found: Writing) -> None:
    """Keep the text as the person's own."""
    writing.keep_text(desk, found)


def choose(found: Writing, desk: Desk) -> None:
    """The other messages that fit, and the two lengths."""
    ids = [message.id for message in found.choices]
    titles = {message.id: message.title for message in found.choices}
    if len(ids) > 1:
        key = found.key("message")
        st.session_state[key] = found.message.id
        st.selectbox(
            "Which message?",
            ids,
            key=key,
            format_func=lambda one: titles[one],
            on_change=chosen,
            args=(desk, found, "message"),
        )
    key = found.key("length")
    st.session_state[key] = found.length
    st.radio(
        "How long?",
        list(LENGTHS),
        key=key,
        format_func=lambda length: LENGTHS[length],
        horizontal=True,
        on_change=chosen,
        args=(desk, found, "length"),
    )


@spoken
def chosen(desk: Desk, found: Writing, name: str) -> None:
    """Keep which message, or which length, was chosen; the text of each is kept by itself."""
    value = st.session_state[found.key(name)]
    writing.keep(desk, found.case.id, found.draft.id, lambda draft: replace(draft, **{name: value}))


def afresh(found: Writing, desk: Desk) -> None:
    """A way back to the text that is offered, and one back to one's own."""
    dropped: Written | None = st.session_state.get(found.text_key("dropped"))
    if found.is_own:
        st.markdown("This is your own text now, and it is kept. Your answers above no longer change it.")
        st.button(
            "Begin again from the draft", key=found.text_key("afresh"), on_click=drop, args=(desk, found)
        )
    elif dropped:
        st.button(
            "Bring my own text back",
            key=found.text_key("back"),
            icon=":material/undo:",
            on_click=bring_back,
            args=(desk, found),
        )


@spoken
def drop(desk: Desk, found: Writing) -> None:
    """Drop the person's own text, in a way that can be undone."""
    message, length = found.message.id, found.length
    st.session_state[found.text_key("dropped")] = found.draft.own(message, length)
    writing.keep(desk, found.case.id, found.draft.id, lambda d: without_text(d, message, length))


@spoken
def bring_back(desk: Desk, found: Writing) -> None:
    """Undo that the person's own text was dropped."""
    before: Written = st.session_state.pop(found.text_key("dropped"))
    writing.keep(desk, found.case.id, found.draft.id, lambda draft: with_text(draft, before))


# Two windows


def both(found: Writing, desk: Desk) -> None:
    """What two windows have written, side by side, until one is chosen."""
    mine = writing.clash(found.case.id, found.draft.id)
    st.warning("Another window kept this draft meanwhile. Both are here, and neither is lost: choose.")
    for draft, title, button, is_mine in (
        (mine, "What you wrote here", "Keep what I wrote here", True),
        (found.draft, "What the other window kept", "Keep the other one", False),
    ):
        st.header(title, anchor=False)
        st.code(shown(draft or found.draft, found), language=None, wrap_lines=True)
        st.button(
            button,
            key=found.key("keep-mine" if is_mine else "keep-theirs"),
            on_click=settle,
            args=(desk, found, is_mine),
        )


def shown(draft: Draft, found: Writing) -> str:
    """A draft as it is compared: its text, and the answers behind it."""
    message = next((m for m in found.choices if m.id == draft.message), found.choices[0])
    setting = replace(found.setting, message=message, answers=draft.answers)
    text = writing.text_of(setting, draft, draft.length or Length.SHORT)
    answers = [getattr(draft.answers, b.id) for b in wiring.words().handbook.blanks.values() if b.prompt]
    return "\n\n".join(part for part in (text.subject, text.body, text.voicemail, *answers) if part)


@spoken
def settle(desk: Desk, found: Writing, is_mine: bool) -> None:
    """Keep the one that was chosen."""
    writing.settle(desk, found.case.id, found.draft.id, mine=is_mine)


def above(found: Writing) -> None:
    """Which application it is about, and the way back to it."""
    job = found.case.application
    role = f" · {as_typed(job.role)}" if job.role else ""
    st.markdown(f"**{as_typed(job.company)}**{role}")
