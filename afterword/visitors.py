"""As whom a server with rooms knows a browser: by a random cookie that no script can read, for a day."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from afterword.headers import header

COOKIE = "afterword_visitor"
TOKEN = re.compile(r"[\w-]{32}", re.ASCII)
A_DAY = 24 * 60 * 60  # seconds; nothing of a room outlives it


def rooms_are_offered(environment: Mapping[str, str]) -> bool:
    """Whether somebody may open rooms on this server: it was started with a leader's key."""
    return bool(environment.get("AFTERWORD_LEADER_KEY"))


def new_token() -> str:
    """A name for a browser that nobody can foresee."""
    return secrets.token_urlsafe(24)


def is_token(text: str | None) -> bool:
    """Whether that is a name for a browser as new_token makes it."""
    return text is not None and TOKEN.fullmatch(text) is not None


class VisitorCookie:
    """Gives a browser its cookie with the page itself, before its session begins."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and a cookie with the page where the browser has none."""
        if scope["type"] != "http" or has_token(scope):
            await self.app(scope, receive, send)
            return

        async def with_cookie(message: Message) -> None:
            """Send a message on, with a cookie where a page begins."""
            is_start = message["type"] == "http.response.start"
            if is_start and header(message, b"content-type").startswith("text/html"):
                cookie = (b"set-cookie", cookie_for(scope).encode())
                message["headers"] = [*message["headers"], cookie]
            await send(message)

        await self.app(scope, receive, with_cookie)


def has_token(scope: Scope) -> bool:
    """Whether a request comes with a cookie of ours."""
    pairs = (part.partition("=") for part in header(scope, b"cookie").split(";"))
    return is_token({name.strip(): value.strip() for name, _, value in pairs}.get(COOKIE))


def cookie_for(scope: Scope) -> str:
    """A new cookie in the words of its header; sent over https alone where the page came so."""
    over_https = "https" in {scope.get("scheme"), header(scope, b"x-forwarded-proto")}
    words = f"{COOKIE}={new_token()}; Path=/; Max-Age={A_DAY}; HttpOnly; SameSite=Lax"
    return f"{words}; Secure" if over_https else words
