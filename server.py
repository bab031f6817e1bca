"""What uvicorn serves: the Streamlit app with its headers, its files compressed, loaded once."""

from __future__ import annotations

import gc

gc.disable()  # until all that stays is loaded, see afterword/starting.py

import os
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from streamlit.runtime.pages_manager import PagesManager

from afterword.assets import Assets
from afterword.domain.errors import StoreUnavailable
from afterword.headers import SafeHeaders
from afterword.room_routes import routes_to
from afterword.starting import OnceLoaded, lifespan
from afterword.telling import Teller
from afterword.thrift import Pace, spare
from afterword.visitors import VisitorCookie, rooms_are_offered

# Only start.py knows what address uvicorn is bound to; without it nobody is taken for the owner.
os.environ["AFTERWORD_BOUND"] = os.environ.get("AFTERWORD_BOUND") or "unknown"

# Streamlit takes a folder called pages for its older kind of apps until the script was run once, and would
# show the first visitor who comes by a page's own address that page without its frame.
PagesManager.uses_pages_directory = False

spare()


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


def teller() -> Teller:
    """Who tells browsers what changes in a room."""
    from afterword.ui import wiring

    return wiring.teller()


OFFERED = rooms_are_offered(os.environ)
AROUND = (SafeHeaders, *([VisitorCookie] if OFFERED else []), Assets, OnceLoaded, Pace)
app = st.App(
    str(Path(__file__).resolve().with_name("app.py")),
    lifespan=lifespan,
    middleware=[Middleware(part) for part in AROUND],
    routes=routes_to(teller) if OFFERED else [],
    on_script_error=say_sorry,
)
