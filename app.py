"""The Streamlit script: page settings, navigation, and the frame around every page."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from afterword.ui import frame

ROOT = Path(__file__).resolve().parent
PAGES = ROOT / "pages"

# Each page: its script, its title, and what it is for. No icons: Streamlit repeats the list with every click.
NAMED = (
    ("today", "Today", "What to do today about each interview, by when and why."),
    ("applications", "Applications", "All of them: search, open, add, close."),
    ("write", "Write", "The thank-you, the check-in, the call: from your own notes, and looked over."),
    ("timeline", "Timeline", "Where every application stands, on one chart."),
    ("guide", "Guide", "Short pages: what to do, when, by which channel, and why."),
    ("practice", "Practice", "Short situations to answer, with the reason for every option."),
    ("about_you", "About you", "Your name, where you are, and whose public holidays count."),
    ("data", "Your data", "What is kept and where; a backup, a calendar file, erasing."),
)
WIDE = ("Timeline", "Write")

# Its icon is in afterword/assets.py: named here, it would have Streamlit import numpy for it.
st.set_page_config(page_title="Afterword")
page = st.navigation(
    [
        *(
            st.Page(
                PAGES / f"{name}.py",
                title=title,
                default=name == "today",
                help=told,
            )
            for name, title, told in NAMED
        ),
        st.Page(PAGES / "application.py", title="Application", visibility="hidden"),
        st.Page(PAGES / "spreadsheet.py", title="Bring in a spreadsheet", visibility="hidden"),
    ],
    position="top",
)

st.set_page_config(layout="wide" if page.title in WIDE else "centered")
frame.above(page.url_path)
if frame.is_ready():
    page.run()
frame.below()
