"""The Streamlit script: page settings, navigation, and the frame around every page."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from afterword.ui import frame

ROOT = Path(__file__).resolve().parent
PAGES = ROOT / "pages"
MARK = ROOT / "afterword" / "ui" / "mark.svg"  # our own file: an icon by name would be fetched from elsewhere

# Each page: its script, its title, its icon, and what it is for.
NAMED = (
    ("today", "Today", "today", "What to do today about each interview, by when and why."),
    ("applications", "Applications", "work", "All of them: search, open, add, close."),
    ("timeline", "Timeline", "view_timeline", "Where every application stands, on one chart."),
    ("guide", "Guide", "menu_book", "Three short pages: why follow up, email or phone, and when."),
    ("about_you", "About you", "person", "Your name, where you are, and whose public holidays count."),
    ("data", "Your data", "inventory_2", "What is kept and where; a backup, a calendar file, erasing."),
)
WIDE = "Timeline"

st.set_page_config(page_title="Afterword", page_icon=str(MARK))
page = st.navigation(
    [
        *(
            st.Page(
                PAGES / f"{name}.py",
                title=title,
                icon=f":material/{icon}:",
                default=name == "today",
                help=told,
            )
            for name, title, icon, told in NAMED
        ),
        st.Page(PAGES / "application.py", title="Application", visibility="hidden"),
        st.Page(PAGES / "spreadsheet.py", title="Bring in a spreadsheet", visibility="hidden"),
    ],
    position="top",
)

st.set_page_config(layout="wide" if page.title == WIDE else "centered")
frame.above()
if frame.is_ready():
    page.run()
frame.below()
