"""Today: what to do now about each interview, by when and why."""

from __future__ import annotations

import streamlit as st

from afterword.ui import cards, keys, lists, timeline, welcome, wiring, words

desk = wiring.desk()
today = desk.today()

if today.cases:
    st.title("Today", anchor=False)
    st.markdown(words.summary(today))

    saved = st.session_state.pop(keys.SAVED, None)
    shown, others = lists.split(today, st.session_state.get(keys.ADDED))
    for case in lists.first_of(shown, "cards"):
        cards.card(case, desk, just_added=case.id == saved)
    lists.more_button(shown, "cards")
    lists.other_applications(others)

    timeline.active(today, desk)
    welcome.another(desk)
    st.markdown(words.NO_REMINDERS)
else:
    welcome.first_run(desk)
