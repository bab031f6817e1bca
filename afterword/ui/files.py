"""Files that are made once they are asked for, while the page stays as it is."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st


def button(label: str, data: Callable[[], bytes], name: str, mime: str, key: str) -> None:
    """A button that makes a file once it is pressed; nothing runs after it, so that no run can take the file away."""
    st.download_button(
        label,
        data=data,
        file_name=name,
        mime=mime,
        on_click="ignore",
        icon=":material/download:",
        key=key,
    )
