"""The guide: a list of short pages, or the one that the address names; one of them asks and answers."""

from __future__ import annotations

import streamlit as st

from afterword.ui import guide, paper, which, wiring

handbook = wiring.words().handbook
name = st.query_params.get("page")
page = guide.page_named(handbook.guide, name)

if name == guide.WHICH:
    st.title("Which should I use?", anchor=False)
    st.markdown("Email or a call, and when? Answer what you know; the rest can stay open.")
    which.helper()
    guide.way_back()
elif page is None:
    st.title("Guide", anchor=False)
    st.markdown("Short pages on what to do after an interview. Each says on whose word it rests.")
    guide.helper_link()
    guide.contents(handbook.guide)
else:
    st.title(page.title, anchor=False)
    guide.page_part(page, handbook)
    paper.of_page(page, handbook)
    guide.way_on(page, handbook.guide)
