"""A plan of one's own in the midst of a workshop: three facts or the sample, then the plan, and ways to take it along."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import streamlit as st

from afterword.desk import Desk
from afterword.domain.case import OpenCase
from afterword.formats import handout
from afterword.formats.paper import PDF, pdf, usual_paper
from afterword.samples import Days, thanks_due
from afterword.ui import cards, diary, edit, files, focus, keys, wiring
from afterword.ui.callbacks import spoken

WRITES = keys.opened("own-plan")
OWN, SAMPLE, PAPER = (keys.part("own-plan", name) for name in ("own", "sample", "paper"))


def part() -> None:
    """The plan where there is one, else the two ways to one: the form is drawn only for those who ask for it."""
    desk = wiring.desk()
    cases = desk.today().cases
    if not cases:
        begin(desk)
        return
    case = next((one for one in cases if one.id == st.session_state.get(keys.ADDED)), cases[0])
    cards.card(case, desk, just_added=case.id == st.session_state.pop(keys.SAVED, None))
    take_along(case, desk)
    if len(cases) > 1:
        st.page_link("pages/today.py", label=f"All {len(cases)} applications")


def is_being_written() -> bool:
    """Whether the form stands open: it stays when the room goes on, so that nothing typed is lost."""
    return bool(st.session_state.get(WRITES)) and not wiring.desk().has_any()


def begin(desk: Desk) -> None:
    """An interview of one's own, or the sample."""
    if st.session_state.get(WRITES):
        edit.new_form(desk)
        return
    with st.container(horizontal=True):
        st.button("Use an interview of my own", key=OWN, type="primary", on_click=write)
        st.button("Use the sample", key=SAMPLE, on_click=take_sample)


def write() -> None:
    """Open the form."""
    st.session_state[WRITES] = True
    focus.move_to(keys.field(f"new-{st.session_state.get(keys.FORM_NUMBER, 0)}", "company"))


@spoken
def take_sample() -> None:
    """Take up an interview that ended an hour ago, at a company that does not exist."""
    sample = thanks_due(Days(wiring.clock().now(), wiring.zone_here()))
    case = wiring.desk().add(replace(sample, company=f"{sample.company} (a sample)"))
    st.session_state[keys.ADDED] = st.session_state[keys.SAVED] = case.id
    focus.move_to(keys.part(case.id, "card"))


def take_along(case: OpenCase, desk: Desk) -> None:
    """The plan as a calendar file, as a page to print, and as the file that Afterword reads elsewhere."""
    st.header("Take it along", anchor=False)
    made = partial(diary.of_everything, desk)
    with st.container(horizontal=True):
        files.button("Calendar file", made, "afterword.ics", diary.CALENDAR, keys.part("own-plan", "ics"))
        files.button("Your plan (PDF)", partial(on_paper, case.id, desk), "afterword-plan.pdf", PDF, PAPER)
        files.button(
            "Data file", desk.backup, "afterword.json", "application/json", keys.part("own-plan", "data")
        )
    st.markdown("The data file opens at home: in Afterword, on the page Your data, under “Bring it back”.")


def on_paper(case_id: str, desk: Desk) -> bytes:
    """The plan on one page, as it stands when it is asked for."""
    return pdf(handout.plan(desk.open(case_id), wiring.words().handbook), usual_paper(desk.you().country))
