"""Parts that are drawn alone, with parts of other pages in them: the frame still tells the browser what is new."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from afterword.ui import keys, shelf


@contextmanager
def whole(part: str) -> Iterator[None]:
    """While the whole page is drawn the frame follows by itself."""
    st.session_state[keys.whole(part)] = True
    try:
        yield
    finally:
        st.session_state[keys.whole(part)] = False


def tell_frame(part: str) -> None:
    """End a part: where it was drawn alone and the frame has something to tell the browser, draw the whole page."""
    if not st.session_state.get(keys.whole(part)) and shelf.frame_parts():
        st.rerun()
