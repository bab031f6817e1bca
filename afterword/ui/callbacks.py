"""The edge of what buttons do: what goes wrong there is said in a sentence on the page."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import streamlit as st

from afterword.domain.errors import (
    AfterwordError,
    InvalidApplication,
    SomebodyWasFirst,
    UnknownApplication,
    UnknownEntry,
)
from afterword.ui import keys
from afterword.ui.typed import as_typed

P = ParamSpec("P")

SENTENCES = {
    UnknownApplication: "This application is no longer here; it may have been deleted in another window.",
    UnknownEntry: "What you wanted to take back is no longer in the log.",
    SomebodyWasFirst: "This was changed in another window at the same moment. Look again, then try again.",
}


def spoken(callback: Callable[P, None]) -> Callable[P, None]:
    """The callback, with a sentence in place of an exception of ours."""

    @wraps(callback)
    def with_words(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            callback(*args, **kwargs)
        except AfterwordError as error:
            say(sentence_for(error))

    return with_words


def sentence_for(error: AfterwordError) -> str:
    """What a person can make of an exception."""
    if isinstance(error, InvalidApplication):
        return " ".join(as_typed(f"{problem}.") for problem in error.problems)
    return SENTENCES.get(type(error), str(error))


def say(sentence: str) -> None:
    """Have a sentence stand over the page once."""
    st.session_state[keys.SAID] = sentence


def what_is_said() -> None:
    """Show the sentence that waits, if one does."""
    sentence = st.session_state.pop(keys.SAID, None)
    if sentence:
        st.warning(sentence, icon=":material/info:")
