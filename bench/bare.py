"""The least that Streamlit can show and react to: what it takes is Streamlit's own share."""

from __future__ import annotations

import streamlit as st

st.title("Bare")
st.checkbox("Tick")
st.button("Click")
