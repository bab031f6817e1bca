"""Lead: a room opened and led by its own address, or, by its code, the screen that everybody in it sees."""

from __future__ import annotations

import streamlit as st

from afterword.ui import lead, room_open, screen

code, room_id = st.query_params.get("screen"), st.query_params.get("room")
if code is not None:
    screen.page(code)
elif room_id is not None:
    lead.page(room_id, st.query_params.get("leader", ""))
else:
    room_open.form()
