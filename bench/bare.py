"""The least that Streamlit can show and react to: what it takes is Streamlit's own share."""

from __future__ import annotations

import streamlit as st

st.title("Clicked" if st.session_state.get("click") or st.session_state.get("tick") else "Bare")
st.checkbox("Tick", key="tick")
st.button("Click", key="click")
