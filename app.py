"""The Streamlit script: page settings, navigation, and the frame around every page."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from afterword.ui import frame, menu

PAGES = Path(__file__).resolve().parent / "pages"

# Its icon is in afterword/assets.py: named here, it would have Streamlit import numpy for it.
st.set_page_config(page_title="Afterword")
position = "hidden" if frame.is_a_screen() else "top"
page = st.navigation(list(menu.pages(PAGES)), position=position)

st.set_page_config(layout="wide" if page.title in menu.WIDE else "centered")
frame.above(page.url_path)
if frame.is_ready():
    page.run()
frame.below()
