"""The bare app as many apps are: with pandas and Altair imported."""

from __future__ import annotations

import altair  # noqa: F401
import pandas  # noqa: F401
import streamlit as st

st.title("Clicked" if st.session_state.get("click") or st.session_state.get("tick") else "Bare")
st.checkbox("Tick", key="tick")
st.button("Click", key="click")
