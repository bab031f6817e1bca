"""On paper: handouts as PDF, made when they are asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from afterword.desk import Desk
from afterword.domain.case import OpenCase
from afterword.domain.handbook import GuidePage, Handbook
from afterword.formats import handout
from afterword.formats.paper import PDF, Handout, Paper, pdf, usual_paper
from afterword.ui import keys, wiring
from afterword.ui.typed import in_label

SIZES = {Paper.A4: "A4", Paper.US_LETTER: "US Letter"}


def of_application(case: OpenCase, desk: Desk) -> None:
    """The plan of an application on one page, and its checklist; both as it stands when they are asked for."""
    company, handbook = case.application.company, wiring.words().handbook
    with st.popover("On paper", icon=":material/print:"):
        paper = size(desk, "application")
        button(f"One-page plan: {company}", lambda: handout.plan(desk.open(case.id), handbook), paper, "plan")
        button(
            f"Checklist: {company}",
            lambda: handout.checklist_handout(desk.open(case.id), handbook),
            paper,
            "checklist",
        )


def of_all(desk: Desk) -> None:
    """The timeline of every application."""
    with st.popover("On paper", icon=":material/print:"):
        paper = size(desk, "applications")
        button("Timeline", lambda: timeline(desk), paper, "timeline")


def timeline(desk: Desk) -> Handout:
    """The timeline as it stands now."""
    today = desk.today()
    return handout.timeline([(case, desk.lane(case)) for case in today.cases], today.day, desk.today_here())


def of_page(page: GuidePage, handbook: Handbook) -> None:
    """A page of the guide."""
    desk = wiring.desk()
    with st.popover("On paper", icon=":material/print:"):
        paper = size(desk, page.id)
        made = partial(handout.guide_handout, page, handbook, desk.today_here())
        button(page.title, made, paper, page.id)


def size(desk: Desk, where: str) -> Paper:
    """The size of the paper; at first what printers hold in the owner's country."""
    usual = usual_paper(desk.you().country)
    chosen = st.radio(
        "Paper",
        list(SIZES),
        index=list(SIZES).index(usual),
        format_func=SIZES.__getitem__,
        horizontal=True,
        key=keys.part(where, "paper-size"),
    )
    return chosen or usual


def button(label: str, made: Callable[[], Handout], paper: Paper, name: str) -> None:
    """A button that makes a PDF once it is pressed; by then no session can be asked for its desk any more."""
    st.download_button(
        in_label(f"{label} (PDF)"),
        data=lambda: pdf(made(), paper),
        file_name=f"afterword-{name}.pdf",
        mime=PDF,
        on_click="ignore",
        icon=":material/print:",
        key=keys.part(name, "paper"),
    )
