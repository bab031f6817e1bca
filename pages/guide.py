"""The guide: a list of short pages, or the one that the address names."""

from __future__ import annotations

import streamlit as st

from afterword.ui import guide, paper, wiring

handbook = wiring.words().handbook
page = guide.page_named(handbook.guide, st.query_params.get("page"))

if page is None:
    st.title("Guide", anchor=False)
    st.markdown("Short pages on what to do after an interview. Each says on whose word it rests.")
    guide.contents(handbook.guide)
else:
    st.title(page.title, anchor=False)
    guide.page_part(page, handbook)
    paper.of_page(page, handbook)
    guide.way_on(page, handbook.guide)
