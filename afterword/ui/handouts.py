"""A workshop on paper, for when the network fails."""

from __future__ import annotations

from functools import partial

import streamlit as st

from afterword.formats.workshop_paper import ZIP, handouts
from afterword.ui import files, keys, paper, wiring
from afterword.ui.typed import in_label


def of_agendas() -> None:
    """Everything on paper for each agenda, made when it is asked for."""
    desk = wiring.desk()
    st.header("On paper, for when the network fails", anchor=False)
    st.markdown(
        "The leader's notes, the pages of the guide, the questions with and without answers, the checklist."
    )
    size = paper.size(desk, "handouts")
    for agenda in wiring.words().handbook.agendas.values():
        made = partial(handouts, agenda, wiring.words().handbook, size, desk.today_here())
        label, name = f"Handouts: {in_label(agenda.title)} (ZIP)", f"afterword-{agenda.id}.zip"
        files.button(label, made, name, ZIP, keys.part(agenda.id, "handouts"))
