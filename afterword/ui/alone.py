"""Parts that are drawn alone: they end by having drawn what of the frame has something to tell the browser."""

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
    """End a part: where it is drawn alone, have the frame tell the browser what it was not told yet."""
    if not st.session_state.get(keys.whole(part)):
        shelf.draw(shelf.frame_parts())
