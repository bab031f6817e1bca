"""Timeline: where every application stands, on one chart."""

from __future__ import annotations

import streamlit as st

from afterword.ui import numbers, timeline, wiring

st.title("Timeline", anchor=False)
if wiring.desk().has_any():
    timeline.whole()
    numbers.part(wiring.desk())
else:
    st.markdown("Nothing to draw yet: the timeline begins with your first interview.")
    st.page_link("pages/applications.py", label="Add an application", icon=":material/add:")
