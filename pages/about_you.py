"""About you: the name in your messages, where you are, and whose public holidays count."""

from __future__ import annotations

import streamlit as st

from afterword.ui import about, wiring

st.title("About you", anchor=False)
st.markdown("All of this can stay empty. It fills your messages and sets the days that count.")
about.form(wiring.desk())
