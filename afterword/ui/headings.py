"""Headings within a page, as Markdown.

Streamlit's own headings work out an address for themselves whenever a browser goes through the page, with each click
several times, also where they are to have none: half a millisecond each. Of Markdown it keeps what it has drawn.
"""

from __future__ import annotations

import streamlit as st


def second(words: str) -> None:
    """A heading under the page's title; the words are Markdown already."""
    st.markdown(f"## {words}", anchors=False)


def third(words: str) -> None:
    """A heading under one of those."""
    st.markdown(f"### {words}", anchors=False)
