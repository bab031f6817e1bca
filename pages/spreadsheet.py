"""A spreadsheet brought in: chosen, understood, asked about, looked at, taken up and taken back."""

from __future__ import annotations

import streamlit as st

from afterword.ui import table_in, wiring
from afterword.ui.wiring import Mode

desk = wiring.desk()

st.title("Bring in a spreadsheet", anchor=False)
if wiring.mode() == Mode.SAMPLES:
    st.info("You are looking at samples. Leave them first, and your spreadsheet goes to what is yours.")
else:
    table_in.just_done(desk)
    st.markdown(
        "One row is one application. You see what each column is taken for, answer what is doubtful, "
        "and look at all of it before anything is kept. Nothing is guessed, and nothing is sent anywhere."
    )
    table_in.flow(desk)
st.page_link("pages/data.py", label="Back to your data")
