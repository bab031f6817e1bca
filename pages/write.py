"""Write: the message that a step asks for, or a list of all that are due."""

from __future__ import annotations

import streamlit as st

from afterword.domain.errors import UnknownApplication
from afterword.ui import wiring, words, write, write_list, writing
from afterword.ui.typed import as_typed

desk = wiring.desk()
case_id = st.query_params.get("id")
step_id, message_id = st.query_params.get("step"), st.query_params.get("message")

if case_id is None:
    st.title("Write", anchor=False)
    st.markdown("Messages from your own notes, looked over before you send them yourself.")
    write_list.part(desk.today())
else:
    try:
        found = writing.begun(desk, desk.open(case_id), step_id, message_id)
    except UnknownApplication:
        found = None
    if found is None:
        st.title("Nothing to write here", anchor=False)
        st.markdown(
            "The step may be over, or the application deleted, or it belongs to somebody else. "
            "The page Write lists what is due."
        )
        st.page_link("pages/write.py", label="See what is due")
    else:
        step = found.step
        st.title(words.step_title(step) if step else as_typed(found.message.title), anchor=False)
        write.above(found)
        write.part(case_id, step_id, message_id)
