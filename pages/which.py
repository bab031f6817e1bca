"""Which should I use? A few quick answers, and what to do now, by which channel, when and why."""

from __future__ import annotations

import streamlit as st

from afterword.ui import which

st.title("Which should I use?", anchor=False)
st.markdown("Email or a call, and when? Answer what you know; the rest can stay open.")
which.helper()
st.page_link("pages/guide.py", label="All pages of the guide")
