"""What uvicorn serves for the tests of bursts."""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from afterword.bursts import in_one_go
from afterword.flushing import OnceOnDisk
from afterword.packets import InOnePacket

in_one_go()
app = InOnePacket(st.App(Path(__file__).with_name("telling.py"), middleware=[Middleware(OnceOnDisk)]))
