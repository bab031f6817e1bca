"""A card an application: what to do, by when, why, and the buttons that say it is done."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from afterword.desk import Desk
from afterword.domain.case import OpenCase
from afterword.domain.model import Entry, Outcome, Result, StepKind
from afterword.domain.step import State, Step
from afterword.ui import both, focus, guide, headings, keys, rivals, shelf, wiring, words, write_list
from afterword.ui.callbacks import say, spoken
from afterword.ui.change import change_form
from afterword.ui.edit import correct_form
from afterword.ui.hear import heard_form, heard_line
from afterword.ui.statuses import look_of
from afterword.ui.typed import in_label

FORMS = {"hear": heard_form, "correct": correct_form}


def card(
    case: OpenCase, desk: Desk, *, just_added: bool = False, draw: Callable[[Step], None] | None = None
) -> None:
    """One application: its steps for now, what comes after, and what can be said about it.

    `draw` is how a step is drawn under its title where each is a part of its own.
    """
    with st.container(border=True, key=keys.part(case.id, "card")):
        head(case)
        if just_added:
            st.success("Saved. This is your plan.", icon=":material/check:")
        for step in shelf.shown_steps(case):
            step_title(step)
            if draw:
                draw(step)
            else:
                step_body(step, case, desk)
        later(case)
        actions(case, desk)


def head(case: OpenCase) -> None:
    """Where the application stands, and whose it is."""
    st.markdown(f"{look_of(case).badge} &nbsp; {words.company_line(case.application)}")


def later(case: OpenCase) -> None:
    """What comes after what can be done now."""
    line = words.later_line(case)
    if line:
        st.markdown(line)
    if "post-looks-dated" in case.plan.advisories:
        advisory("post-looks-dated", case)


def step_title(step: Step) -> None:
    """What there is to do."""
    headings.second(words.step_title(step))


def step_body(step: Step, case: OpenCase, desk: Desk) -> None:
    """By when and why a step is to be done, or what was done about it."""
    if step.state == State.DONE and step.entry is not None:
        done_part(step, step.entry, case, desk)
        return
    rule = wiring.words().handbook.rules[step.reason]
    st.markdown(f"**{words.when_line(step, case)}** {words.fact_line(step, case) or rule.because}")
    reach = words.reach_line(step, case)
    if reach:
        st.markdown(reach)
    with st.container(horizontal=True, vertical_alignment="center"):
        if step.kind == StepKind.ANSWER_OFFER:
            answer_buttons(case, desk)
        else:
            st.button(
                words.step_label(step, case.application),
                key=keys.tick(case.id, step.id),
                type="primary",
                on_click=do_step,
                args=(desk, case.id, step),
            )
        write_list.link(case, step)
        why(step, case)


@spoken
def do_step(desk: Desk, case: str, step: Step) -> None:
    """Say that a step is done; moving on closes the application as one without an answer.

    Where the hand is the focus keeper sees for itself: its undo stands in the place of what was pressed.
    """
    if step.kind == StepKind.MOVE_ON:
        close(desk, case, Result.NO_ANSWER)
        return
    entry = desk.tick(case, step.id)
    if entry is None:
        say("That step has changed meanwhile, so nothing was logged. The plan below is the newest.")
        shelf.redraw(case)
        return
    st.session_state.setdefault(keys.DONE_HERE, {})[entry.id] = case
    shelf.redraw(case, shelf.step_part(step), desk.left)


def answer_buttons(case: OpenCase, desk: Desk) -> None:
    """The two answers to an offer."""
    company = in_label(case.application.company)
    for result, label in ((Result.ACCEPTED, "I accepted"), (Result.DECLINED, "I declined")):
        st.button(
            f"{label} the offer from {company}",
            key=keys.part(case.id, result.value),
            type="primary" if result == Result.ACCEPTED else "secondary",
            on_click=close,
            args=(desk, case.id, result),
        )


@spoken
def close(desk: Desk, case: str, result: Result) -> None:
    """Say what came of it, in a way that can be taken back."""
    heard = desk.close(case, Outcome(result=result, at=desk.now()))
    st.session_state[keys.part(case, "heard")] = heard
    st.session_state[keys.part(case, "news")] = words.RESULTS[result]
    focus.move_to(keys.part(case, "take-back"))
    shelf.redraw(case)


def done_part(step: Step, entry: Entry, case: OpenCase, desk: Desk) -> None:
    """What was done, with a way to change it and to take it back."""
    st.success(words.done_line(entry, case), icon=":material/check:")
    about = in_label(step.to.name) if step.to else in_label(case.application.company)
    if step.kind == StepKind.ASK:
        st.markdown(f"What did they say? Enter the date and the channel with “Correct {about}”.")
    with st.container(horizontal=True):
        st.button(
            f"Undo: {about}",
            key=keys.undo(case.id, step.id),
            icon=":material/undo:",
            on_click=undo_step,
            args=(desk, case.id, step),
        )
        st.button(
            f"Change: {about}",
            key=keys.change(case.id, step.id),
            icon=":material/edit:",
            on_click=toggle,
            args=(case.id, entry.id, shelf.step_part(step)),
        )
    if st.session_state.get(keys.opened(case.id)) == entry.id:
        change_form(entry, case, desk, keys.change(case.id, step.id))


@spoken
def undo_step(desk: Desk, case: str, step: Step) -> None:
    """Take back what was logged for a step."""
    desk.untick(case, step.id)
    shelf.redraw(case, shelf.step_part(step), desk.left)


def toggle(case: str, what: str, part: str, *, enter: bool = False) -> None:
    """Open one form of an application, or close it again, in the part of its page where it stands.

    `enter` puts the hand into the form that was opened; the focus keeper does so for the buttons of a card.
    """
    key = keys.opened(case)
    st.session_state[key] = None if st.session_state.get(key) == what else what
    both.forget(case)  # a form opened again starts from the newest
    if st.session_state[key] and enter:
        focus.move_to(keys.part(case, "form"))
    shelf.redraw_part(case, part)


def why(step: Step, case: OpenCase) -> None:
    """The rule in words, what its sources say, and on whose word each part rests; sent once it is opened."""
    label, key = words.why_label(step, case.application), keys.why(case.id, step.id)
    with st.popover(label, key=key, on_change="rerun") as opened:
        if opened.open:
            reason(step.reason, case)


def reason(rule_id: str, case: OpenCase) -> None:
    """One rule with its numbers of today, its grounds, and the page of the guide that tells more."""
    handbook = wiring.words().handbook
    rule = handbook.rules[rule_id]
    sources = (f"- {words.source_line(handbook.sources[cite])}" for cite in rule.cites)
    parts = (f"**{rule.title}**", rule.said(case.today), rule.disagree or "", "\n".join(sources))
    st.markdown("\n\n".join(part for part in parts if part))
    if rule.guide is not None:
        guide.link_to(rule.guide)


def advisory(rule_id: str, case: OpenCase) -> None:
    """Something to know that asks for no step."""
    with st.expander(wiring.words().handbook.rules[rule_id].title, key=keys.part(case.id, rule_id)):
        reason(rule_id, case)


def actions(case: OpenCase, desk: Desk) -> None:
    """What can be said about an application at any time, and the form that stands open."""
    heard_line(case, desk)
    rivals.question(case, desk)
    company = in_label(case.application.company)
    with st.container(horizontal=True):
        for name, label, icon in (
            ("hear", f"I heard from {company}", ":material/mark_email_unread:"),
            ("correct", f"Correct {company}", ":material/edit:"),
        ):
            st.button(
                label,
                key=keys.part(case.id, name),
                icon=icon,
                on_click=toggle,
                args=(case.id, name, shelf.ACTIONS),
            )
        if case.application.outcome is not None:
            st.button(
                words.reopen_label(case.application.outcome, company),
                key=keys.part(case.id, "reopen"),
                icon=":material/undo:",
                on_click=reopen,
                args=(desk, case.id),
            )
    standing = st.session_state.get(keys.opened(case.id))
    if standing in FORMS:
        with st.container(key=keys.part(case.id, "form")):
            FORMS[standing](case, desk)


@spoken
def reopen(desk: Desk, case: str) -> None:
    """Take the outcome back, so that the plan goes on."""
    desk.reopen(case)
    for name in ("heard", "news"):
        st.session_state.pop(keys.part(case, name), None)
    focus.move_to(keys.part(case, "hear"))
    shelf.redraw(case)
