"""The Streamlit app itself: everything but its files. Whoever imports this waits for Streamlit to be loaded."""

from __future__ import annotations

import os
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from streamlit import delta_generator
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.pages_manager import PagesManager

from afterword.bursts import in_one_go
from afterword.domain.errors import StoreUnavailable
from afterword.flushing import FLUSHING, OnceOnDisk
from afterword.room_routes import routes_to
from afterword.telling import Teller
from afterword.thrift import spare
from afterword.visitors import rooms_are_offered

SCRIPT = Path(__file__).resolve().parents[1] / "app.py"

# Streamlit takes a folder called pages for its older kind of apps until the script was run once, and would
# show the first visitor who comes by a page's own address that page without its frame.
PagesManager.uses_pages_directory = False

spare()
in_one_go()

# Streamlit reads what every installed package says of itself, to find components among them: a tenth of a second
# of each start, and none of them has any. Ours lie in this project.
manifest_scanner.scan_component_manifests = lambda max_workers=None: []  # noqa: ARG005 - Streamlit's own

# With its first element Streamlit looks for a reason to warn whoever has not started it by `streamlit run`, by
# way of the source of every loaded module: 70 ms of the first visitor's.
delta_generator._use_warning_has_been_displayed = True


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


def make_app() -> st.App:
    """The app, and the addresses of rooms where somebody may open some."""
    routes = routes_to(teller) if rooms_are_offered(os.environ) else []
    FLUSHING.is_waited_for = True  # by OnceOnDisk
    return st.App(SCRIPT, routes=routes, middleware=[Middleware(OnceOnDisk)], on_script_error=say_sorry)


def base_path() -> str:
    """What all of the app's addresses begin with, without a slash at either end."""
    return (st.get_option("server.baseUrlPath") or "").strip("/")
