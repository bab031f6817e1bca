"""Applications: all of them, to search, to open, to add and to close."""

from __future__ import annotations

import streamlit as st

from afterword.ui import browse, deleted, paper, welcome, wiring, words

desk = wiring.desk()

st.title("Applications", anchor=False)
deleted.just_deleted(desk)
if desk.has_any():
    browse.every_application()
    welcome.another(desk, "pages/application.py")
    paper.of_all(desk)
else:
    st.markdown("Nothing is here yet. Add the first one: three facts are enough.")
    welcome.another(desk, "pages/application.py", at_once=True)
    st.page_link("pages/spreadsheet.py", label="Or bring in a spreadsheet", icon=":material/table_view:")
deleted.bin(desk)
st.markdown(words.NO_REMINDERS)
