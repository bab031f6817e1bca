"""Streamlit's own files, compressed once a process and answered from memory.

Streamlit sends its scripts as they are, 2.7 MB on a first visit. What a browser asks for in another way than
it loads a page (a part of a file, nothing compressed) is left to Streamlit.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import brotli
import streamlit as st
from anyio import to_thread
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import file_util

INDEX = "index.html"
ICON, MARK = "/favicon.png", Path(__file__).resolve().parent / "ui" / "mark.svg"
HASHED = re.compile(r"\.[\w-]{8}\.\w+$")
SMALL = 32 * 1024  # bytes: compressed in half a millisecond, which is less than another thread costs
SMALLEST = 256  # bytes: below it the headers outweigh what is saved
YEAR = 365 * 24 * 60 * 60
KINDS = {  # the system's own list may be another one
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
}
# Quality 5 takes a tenth of a second for a whole first visit, 11 four seconds for a twelfth fewer bytes.
CODINGS: Mapping[str, Callable[[bytes], bytes]] = {
    "br": lambda data: brotli.compress(data, quality=5),
    "gzip": lambda data: gzip.compress(data, 9, mtime=0),
}


@dataclass(frozen=True, slots=True)
class Packed:
    """A file as it goes out: its bytes, and the headers that go with them."""

    body: bytes
    headers: tuple[tuple[bytes, bytes], ...]
    etag: str


class Assets:
    """Answers what is asked for of Streamlit's files that are text, where the browser takes it compressed."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._files = files_in(Path(file_util.get_static_dir()))
        self._packed: dict[tuple[str, str], Packed] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or pass it on."""
        path = path_in(scope) if scope["type"] == "http" else ""
        if path not in self._files:
            await self.app(scope, receive, send)
            return
        asked = Headers(scope=scope)
        coding = coding_for(asked.get("accept-encoding", ""))
        if coding is None or scope["method"] not in {"GET", "HEAD"} or "range" in asked:
            await self.app(scope, receive, varying(send))
            return
        packed = await self._pack(path, coding)
        same = packed.etag in tags_in(asked.get("if-none-match", ""))
        await send({"type": "http.response.start", "status": 304 if same else 200, "headers": packed.headers})
        body = b"" if same or scope["method"] == "HEAD" else packed.body
        await send({"type": "http.response.body", "body": body})

    async def _pack(self, path: str, coding: str) -> Packed:
        """The file in that coding, which is made when it is asked for first: a large one in another thread."""
        if (path, coding) not in self._packed:
            file = self._files[path]
            here = file.stat().st_size <= SMALL
            made = packed(file, coding) if here else await to_thread.run_sync(packed, file, coding)
            self._packed[path, coding] = made
        return self._packed[path, coding]


def files_in(folder: Path) -> dict[str, Path]:
    """The files that are worth compressing, by the path they are asked for.

    No other path is ever looked up on the disk, so that none can lead out of the folder.
    """
    found = {
        f"/{path.relative_to(folder).as_posix()}": path
        for path in folder.rglob("*")
        if path.suffix in KINDS and path.stat().st_size >= SMALLEST
    }
    return {**found, "/": folder / INDEX, ICON: MARK}


def path_in(scope: Scope) -> str:
    """The path that is asked for, from the app's own address on; nothing where it does not begin there."""
    base = (st.get_option("server.baseUrlPath") or "").strip("/")
    path: str = scope["path"].removeprefix(scope.get("root_path", ""))
    if not base:
        return path
    return path.removeprefix(f"/{base}") if path.startswith(f"/{base}/") else ""


def coding_for(accepted: str) -> str | None:
    """The coding to answer in, by an Accept-Encoding header; None for the file as it is."""
    wanted = dict(weighed(part) for part in accepted.lower().split(","))
    of = {name: wanted.get(name, wanted.get("*", 0.0)) for name in CODINGS}
    best = max(of, key=lambda name: of[name])
    return best if of[best] > 0 and of[best] >= wanted.get("identity", 0.0) else None


def weighed(part: str) -> tuple[str, float]:
    """A coding and how much it is wanted, from 0 for never to 1."""
    name, _, weight = part.partition(";")
    try:
        return name.strip(), float(weight.strip().removeprefix("q=") or 1)
    except ValueError:
        return name.strip(), 0.0


def tags_in(header: str) -> frozenset[str]:
    """The tags of an If-None-Match header, weak ones too."""
    return frozenset(part.strip().removeprefix("W/") for part in header.split(","))


def packed(path: Path, coding: str) -> Packed:
    """A file in a coding. Where its name changes with what is in it, it need never be asked for again."""
    data = path.read_bytes()
    body = CODINGS[coding](data)
    etag = f'"{hashlib.blake2s(data, digest_size=12).hexdigest()}-{coding}"'
    headers = {
        "content-type": KINDS[path.suffix],
        "content-length": str(len(body)),
        "content-encoding": coding,
        "vary": "Accept-Encoding",
        "etag": etag,
        "cache-control": f"public, immutable, max-age={YEAR}" if HASHED.search(path.name) else "no-cache",
    }
    return Packed(body, tuple((name.encode(), value.encode()) for name, value in headers.items()), etag)


def varying(send: Send) -> Send:
    """The same way to answer, which says that the answer depends on the coding asked for."""

    async def said(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).add_vary_header("Accept-Encoding")
        await send(message)

    return said
