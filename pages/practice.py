"""Practice: one situation at a time, an answer, and at once the reason for every option."""

from __future__ import annotations

import streamlit as st

from afterword.ui import practice

st.title("Practice", anchor=False)
practice.part()
