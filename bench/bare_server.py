"""What uvicorn serves for comparison: the bare app, with the same .streamlit settings and nothing around it."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

app = st.App(str(Path(__file__).resolve().with_name("bare.py")))
