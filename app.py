"""The Streamlit script: page settings, navigation, and the frame around every page."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from afterword.ui import frame, menu

ROOT = Path(__file__).resolve().parent
MARK = ROOT / "afterword" / "ui" / "mark.svg"  # our own file: an icon by name would be fetched from elsewhere

st.set_page_config(page_title="Afterword", page_icon=str(MARK))
position = "hidden" if frame.is_a_screen() else "top"
page = st.navigation(list(menu.pages(ROOT / "pages")), position=position)

st.set_page_config(layout="wide" if page.title in menu.WIDE else "centered")
frame.above(page.url_path)
if frame.is_ready():
    page.run()
frame.below()
