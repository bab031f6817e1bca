"""Streamlit's own files, answered from memory: compressed once a process, or as they are where that saves nothing.

Streamlit sends its scripts as they are, 2.7 MB on a first visit. What a browser asks for in another way than
it loads a page (a part of a file, nothing compressed) is left to Streamlit. Nothing here needs Streamlit to be
loaded, so that a browser has its files while everything else is.
"""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import brotli
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from afterword.headers import header

INDEX = "index.html"
ICON, MARK = "/favicon.png", Path(__file__).resolve().parent / "ui" / "mark.svg"
HASHED = re.compile(r"\.[\w-]{8}\.\w+$")
SMALL = 32 * 1024  # bytes: compressed in half a millisecond, which is less than another thread costs
SMALLEST = 256  # bytes: below it the headers outweigh what is saved
YEAR = 365 * 24 * 60 * 60
TEXTS = {  # the system's own list may be another one
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
}
KINDS = {**TEXTS, ".woff2": "font/woff2"}
AS_IT_IS = "identity"
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
    """Answers what is asked for of Streamlit's files.

    `base` says what their addresses begin with, and `is_busy` whether the process has better to do than to
    compress for somebody at this very computer, where sending takes no time.
    """

    def __init__(self, app: ASGIApp, base: Callable[[], str], is_busy: Callable[[], bool]) -> None:
        self.app = app
        self._base, self._is_busy = base, is_busy
        self._files = files_in(streamlits_files())
        self._packed: dict[tuple[str, str], Packed] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or pass it on."""
        path = path_in(scope, self._base()) if scope["type"] == "http" else ""
        if path not in self._files:
            await self.app(scope, receive, send)
            return
        coding = coding_of(self._files[path], header(scope, b"accept-encoding"))
        if coding is not None and self._is_busy() and is_near(scope):
            coding = AS_IT_IS
        if coding is None or scope["method"] not in {"GET", "HEAD"} or header(scope, b"range"):
            await self.app(scope, receive, varying(send))
            return
        packed = await self._pack(path, coding)
        same = packed.etag in tags_in(header(scope, b"if-none-match"))
        await send({"type": "http.response.start", "status": 304 if same else 200, "headers": packed.headers})
        body = b"" if same or scope["method"] == "HEAD" else packed.body
        await send({"type": "http.response.body", "body": body})

    async def _pack(self, path: str, coding: str) -> Packed:
        """The file in that coding, which is made when it is asked for first: a large one in another thread."""
        file = self._files[path]
        if coding == AS_IT_IS:
            return packed(file, coding)
        if (path, coding) not in self._packed:
            here = file.stat().st_size <= SMALL
            made = packed(file, coding) if here else await asyncio.to_thread(packed, file, coding)
            self._packed[path, coding] = made
        return self._packed[path, coding]


def streamlits_files() -> Path:
    """The folder of Streamlit's files, found without loading Streamlit."""
    found = find_spec("streamlit")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("streamlit")
    return Path(found.origin).with_name("static")


def files_in(folder: Path) -> dict[str, Path]:
    """The files that a browser asks for, by the path they are asked for.

    No other path is ever looked up on the disk, so that none can lead out of the folder.
    """
    found = {
        f"/{path.relative_to(folder).as_posix()}": path for path in folder.rglob("*") if path.suffix in KINDS
    }
    return {**found, "/": folder / INDEX, ICON: MARK}


def path_in(scope: Scope, base: str) -> str:
    """The path that is asked for, from the app's own address on; nothing where it does not begin there."""
    path: str = scope["path"].removeprefix(scope.get("root_path", ""))
    if not base:
        return path
    return path.removeprefix(f"/{base}") if path.startswith(f"/{base}/") else ""


def is_near(scope: Scope) -> bool:
    """Whether a request comes from this very computer."""
    return (scope.get("client") or ("",))[0] in {"127.0.0.1", "::1"}


def coding_of(file: Path, accepted: str) -> str | None:
    """The coding to answer with a file in; None where whoever asks takes none that we have."""
    if file.suffix not in TEXTS or file.stat().st_size < SMALLEST:
        return AS_IT_IS
    return coding_for(accepted)


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
    body = CODINGS[coding](data) if coding in CODINGS else data
    etag = f'"{hashlib.blake2s(data, digest_size=12).hexdigest()}-{coding}"'
    headers = {
        "content-type": KINDS[path.suffix],
        "content-length": str(len(body)),
        "etag": etag,
        "cache-control": f"public, immutable, max-age={YEAR}" if HASHED.search(path.name) else "no-cache",
    }
    if path.suffix in TEXTS:
        headers["vary"] = "Accept-Encoding"
    if coding in CODINGS:
        headers["content-encoding"] = coding
    return Packed(body, tuple((name.encode(), value.encode()) for name, value in headers.items()), etag)


def varying(send: Send) -> Send:
    """The same way to answer, which says that the answer depends on the coding asked for."""

    async def said(message: Message) -> None:
        if message["type"] == "http.response.start":
            from starlette.datastructures import MutableHeaders  # loaded by now, and not at the start

            MutableHeaders(scope=message).add_vary_header("Accept-Encoding")
        await send(message)

    return said
