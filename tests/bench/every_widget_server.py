"""What uvicorn serves for the visitor's tests."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class Baker:
    """Sets a cookie with every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def baking(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [
                    *message["headers"],
                    (b"set-cookie", b"flavour=ginger; HttpOnly; Path=/"),
                ]
            await send(message)

        await self.app(scope, receive, baking if scope["type"] == "http" else send)


app = st.App(str(Path(__file__).resolve().with_name("every_widget.py")), middleware=[Middleware(Baker)])
