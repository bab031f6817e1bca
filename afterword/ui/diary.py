"""Steps taken along into a calendar: as files, and as links that add one step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date, datetime

import streamlit as st

from afterword.desk import Desk
from afterword.domain.case import OpenCase
from afterword.domain.errors import StoreUnavailable, UnknownApplication
from afterword.domain.step import STILL_AHEAD, TO_DO, Step
from afterword.formats.calendar_links import google_link, outlook_link
from afterword.formats.events import Event, event_of, events_of
from afterword.formats.noted import Noted, carried_on, raised, remembered
from afterword.ui import keys, wiring, words
from afterword.ui.typed import in_label

CALENDAR = "text/calendar"


class Said:
    """The words of a step in a calendar: plain, and with dates that hold on any day."""

    def title(self, step: Step) -> str:
        """What to do, in a few words."""
        return words.unmarked(words.step_title(step))

    def when(self, step: Step) -> str:
        """From which day and by which day."""
        until = f", by {dated(step.due)}" if step.due != step.opens else ""
        return f"{dated(step.opens)}{until}."

    def why(self, step: Step) -> str:
        """The rule that set the days, and why there is one."""
        rule = wiring.words().handbook.rules[step.reason]
        return f"{rule.title}. {rule.because}"


def dated(day: date) -> str:
    """A day with its year."""
    return f"{day:%a} {day.day} {day:%b} {day.year}"


def of_everything(desk: Desk) -> bytes:
    """A calendar file with every step of every application, and what takes out the events of those that are gone."""
    last = desk.noted()
    each = {case.id: carried_on(of_case(case), last.pop(case.id, ())) for case in desk.today().cases}
    each |= {id: carried_on((), notes) for id, notes in last.items()}
    remember(desk, {id: remembered((), events) for id, events in each.items()})
    return file_of((event for events in each.values() for event in events), desk.now())


def of_one(case_id: str, desk: Desk) -> bytes:
    """A calendar file with every step of one application as it stands now; of one that is gone, what takes it out."""
    last = desk.noted().get(case_id, ())
    try:
        events = carried_on(of_case(desk.open(case_id)), last)
    except UnknownApplication:
        events = carried_on((), last)
    remember(desk, {case_id: remembered(last, events)})
    return file_of(events, desk.now())


def of_step(step: Step, case: OpenCase, desk: Desk) -> bytes:
    """A calendar file with one step alone."""
    last = {one.uid: one for one in desk.noted().get(case.id, ())}
    found = event_of(step, case.application, case.version, Said(), str(case.now.tzinfo))
    event = raised(found, last.get(found.uid))
    remember(desk, {case.id: remembered(last.values(), [event])})
    return file_of([event], desk.now())


def file_of(events: Iterable[Event], now: datetime) -> bytes:
    """The events as a calendar file."""
    from afterword.formats.ics import calendar_file  # with a large library, which no page needs to be drawn

    return calendar_file(events, now)


def remember(desk: Desk, said: Mapping[str, tuple[Noted, ...]]) -> None:
    """Note what a file says; a store that cannot be written keeps nobody from the file."""
    with suppress(StoreUnavailable):
        desk.note(said)


def of_case(case: OpenCase) -> tuple[Event, ...]:
    """The events of one application, as its plan alone has them."""
    return events_of(case.application, case.plan, case.version, Said(), str(case.now.tzinfo))


def part(case: OpenCase) -> None:
    """One application's steps as a file, and each step that is still to come as a row of links."""
    desk = wiring.desk()
    company = in_label(case.application.company)
    st.markdown("Import the file again after a change: it moves what has moved, and takes out what is done.")
    st.download_button(
        f"Calendar file: {company}",
        data=lambda: of_one(case.id, desk),
        file_name="afterword.ics",
        mime=CALENDAR,
        on_click="ignore",
        icon=":material/event:",
        key=keys.part(case.id, "ics"),
    )
    for step in case.plan.steps:
        if step.state in TO_DO | STILL_AHEAD:
            one_step(step, case, desk)


def one_step(step: Step, case: OpenCase, desk: Desk) -> None:
    """One step: its day, a file of its own, and the links that add it."""
    title = words.step_title(step)
    event = event_of(step, case.application, case.version, Said(), str(case.now.tzinfo))
    st.markdown(f"**{title}** {Said().when(step)}")
    with st.container(horizontal=True):
        st.download_button(
            f"File: {in_label(words.unmarked(title))}",
            data=lambda: of_step(step, case, desk),
            file_name="afterword-step.ics",
            mime=CALENDAR,
            on_click="ignore",
            key=keys.part(case.id, f"ics-{step.id}"),
        )
        st.link_button(f"Google: {in_label(words.unmarked(title))}", google_link(event))
        st.link_button(f"Outlook: {in_label(words.unmarked(title))}", outlook_link(event))
