"""The headers that every answer of the server carries."""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"x-frame-options", b"SAMEORIGIN"),
)


def header(carrier: Scope | Message, name: bytes) -> str:
    """The value of a request's or an answer's header, nothing where there is none; the name in lower case."""
    found = (value for key, value in carrier.get("headers", ()) if key.lower() == name)
    return str(next(found, b"").decode("latin-1"))


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
