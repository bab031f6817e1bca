"""What the visitor's screen is like: narrow as a phone's or not, light or dark."""

from __future__ import annotations

import streamlit as st

from afterword.ui import keys

PHONE = "Mobi"


def is_narrow() -> bool:
    """Whether the window is as narrow as a phone's; by the browser's name until it has said so itself."""
    said: bool | None = st.session_state.get(keys.NARROW)
    return said if said is not None else PHONE in (st.context.headers.get("User-Agent") or "")


def theme() -> str:
    """The theme in which the visitor sees the page: light or dark."""
    return "dark" if st.context.theme.type == "dark" else "light"
