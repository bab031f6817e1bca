"""The Streamlit script: page settings, navigation, and the frame around every page."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import streamlit as st

from afterword.ui import frame, menu

PAGES = Path(__file__).resolve().parent / "pages"

position = "hidden" if frame.is_a_screen() else "top"
page = st.navigation(list(menu.pages(PAGES)), position=position)

# Its icon is in afterword/assets.py: named here, it would have Streamlit import numpy for it.
layout: Literal["wide", "centered"] = "wide" if page.title in menu.WIDE else "centered"
st.set_page_config(page_title=f"{page.title} · Afterword", layout=layout)
frame.above(page.url_path)
if frame.is_ready():
    page.run()
frame.below()
