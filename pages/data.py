"""Your data: what is kept, where, for how long and who can see it; to take along, to bring back, to erase."""

from __future__ import annotations

import streamlit as st

from afterword.ui import belongings, wiring
from afterword.ui.wiring import Mode

desk = wiring.desk()

st.title("Your data", anchor=False)
belongings.what_is_kept()
if wiring.mode() == Mode.SAMPLES:
    st.info(
        "You are looking at samples. Leave them first, and what is yours is here to take along and to erase."
    )
else:
    belongings.take_along(desk)
    belongings.bring_back(desk)
    belongings.erase(desk)
