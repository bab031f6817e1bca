"""Today: what to do now about each interview, by when and why."""

from __future__ import annotations

import streamlit as st

from afterword.ui import agenda, welcome, wiring, words

desk = wiring.desk()
today = desk.today()

if today.cases:
    st.title("Today", anchor=False)
    with agenda.visit(today, desk) as seen:
        agenda.summary(seen)
        agenda.to_do(seen, today)
        agenda.nothing_to_do(seen, today)
        agenda.chart(seen, today)
    welcome.another(desk)
    st.markdown(words.NO_REMINDERS)
else:
    welcome.first_run(desk)
