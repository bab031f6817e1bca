"""The Streamlit script: page settings, navigation, and the frame around every page."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from afterword.ui import frame, wiring

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
HIDDEN = (("application", "Application", None), ("spreadsheet", "Bring in a spreadsheet", None))
JOIN = ("join", "Join", "The workshop: where the room is, and your answers.")
LEAD = ("workshop", "Lead", None)
AT_A_WORKSHOP = ("join", "today", "write", "guide", "practice", "data")
WIDE = ("Timeline", "Write", "Lead")

# Where nobody can open a room its pages do not exist: what an ordinary click sends stays as small as it was.
rooms = (JOIN, LEAD) if wiring.rooms_are_open() else ()
if wiring.is_for_a_workshop():
    listed, menu = (*rooms, *NAMED, *HIDDEN), AT_A_WORKSHOP
else:
    listed, menu = (*NAMED, *rooms, *HIDDEN), tuple(name for name, *_ in (*NAMED, JOIN))

# Its icon is in afterword/assets.py: named here, it would have Streamlit import numpy for it.
st.set_page_config(page_title="Afterword")
page = st.navigation(
    [
        st.Page(
            PAGES / f"{name}.py",
            title=title,
            default=name == listed[0][0],
            url_path="start"
            if name == listed[0][0] == "join"
            else None,  # its own is kept for the page below
            help=told,
            visibility="visible" if name in menu else "hidden",
        )
        for name, title, told in listed
    ]
    # The first page has no address but /, and codes lead to /join wherever rooms are open.
    + [st.Page(PAGES / "join.py", title="Join", url_path="join", visibility="hidden")]
    * wiring.is_for_a_workshop(),
    position="hidden" if frame.is_a_screen() else "top",
)

st.set_page_config(layout="wide" if page.title in WIDE else "centered")
frame.above(page.url_path)
if frame.is_ready():
    page.run()
frame.below()
