"""The cookies of a visitor: what the first page sets, and what goes up with everything after it."""

from __future__ import annotations

import http.client
from http.cookies import SimpleCookie
from urllib.parse import urlsplit

TOKEN = "_streamlit_xsrf"  # noqa: S105 - a cookie's name


class Cookies:
    """A visitor's cookies by name, begun with those of a Cookie header."""

    def __init__(self, header: str = "") -> None:
        self._kept: dict[str, str] = {name: morsel.value for name, morsel in SimpleCookie(header).items()}

    def __getitem__(self, name: str) -> str:
        return self._kept.get(name, "")

    @property
    def headers(self) -> dict[str, str]:
        """What goes up: a Cookie header, or none."""
        said = "; ".join(f"{name}={value}" for name, value in self._kept.items())
        return {"Cookie": said} if said else {}

    def fetch(self, address: str) -> None:
        """Get a page, and ask for health, as a browser does; keep the cookies. Raises OSError, HTTPException."""
        parts = urlsplit(address)
        self.send("GET", address)
        self.send("GET", f"{parts.scheme}://{parts.netloc}/_stcore/health")

    def send(
        self, method: str, address: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> int:
        """Ask for an address with the cookies there are, and keep those it sets; the status of the answer."""
        parts = urlsplit(address)
        connection = http.client.HTTPConnection(parts.netloc, timeout=60)
        path = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
        try:
            connection.request(method, path, body, {**self.headers, **(headers or {})})
            answer = connection.getresponse()
            answer.read()
            for line in answer.headers.get_all("Set-Cookie", []):
                self._kept |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
            return answer.status
        finally:
            connection.close()
