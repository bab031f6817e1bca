"""What uvicorn serves: Streamlit's files at once, and the app with its headers as soon as it is loaded."""

from __future__ import annotations

import gc

gc.disable()  # until all that stays is loaded, see afterword/starting.py

import os

from afterword.assets import Assets
from afterword.headers import SafeHeaders
from afterword.packets import InOnePacket
from afterword.starting import OnceLoaded, Whole, loaded
from afterword.visitors import VisitorCookie, rooms_are_offered

# Only start.py knows what address uvicorn is bound to; without it nobody is taken for the owner.
os.environ["AFTERWORD_BOUND"] = os.environ.get("AFTERWORD_BOUND") or "unknown"

whole = Whole()
files = Assets(OnceLoaded(whole), lambda: whole.base, lambda: not loaded.is_set())
app = InOnePacket(SafeHeaders(VisitorCookie(files) if rooms_are_offered(os.environ) else files))
