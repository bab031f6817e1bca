"""What uvicorn serves: the Streamlit app with its headers, its files compressed, loaded once."""

from __future__ import annotations

import gc

gc.disable()  # until all that stays is loaded, see afterword/starting.py

import os
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.runtime import runtime
from streamlit.runtime.pages_manager import PagesManager

from afterword.assets import Assets
from afterword.domain.errors import StoreUnavailable
from afterword.starting import OnceLoaded, lifespan

# Only start.py knows what address uvicorn is bound to; without it nobody is taken for the owner.
os.environ["AFTERWORD_BOUND"] = os.environ.get("AFTERWORD_BOUND") or "unknown"

# Streamlit takes a folder called pages for its older kind of apps until the script was run once, and would
# show the first visitor who comes by a page's own address that page without its frame.
PagesManager.uses_pages_directory = False

# Streamlit waits 5 ms after each time it has sent something: an answer that takes longer than its first message
# would lie there for as long. See docs/decisions/020-sent-as-it-comes.md.
runtime.MESSAGE_FLUSH_INTERVAL_SECS = 0

HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"x-frame-options", b"SAMEORIGIN"),
)


class SafeHeaders:
    """Adds the headers that keep a browser from guessing types and from framing the app elsewhere."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and the headers with its answer."""

        async def with_headers(message: Message) -> None:
            """Send a message on, with our headers where it carries any."""
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", []), *HEADERS]
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)


def say_sorry(error: Exception) -> bool:
    """Say what a person can do when a page failed; the log has the rest."""
    if isinstance(error, StoreUnavailable):
        st.error(str(error))
        return True
    st.error(
        "Something went wrong on this page. What you saved before is kept. "
        "Load the page again; if it happens again, please report what you did."
    )
    return True


app = st.App(
    str(Path(__file__).resolve().with_name("app.py")),
    lifespan=lifespan,
    middleware=[Middleware(SafeHeaders), Middleware(Assets), Middleware(OnceLoaded)],
    on_script_error=say_sorry,
)
