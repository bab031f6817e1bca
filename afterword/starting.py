"""The first second of a process: Streamlit's files go out while everything that a page needs is still loaded.

A browser needs about as long to read them as the loading takes, so that the two hide each other.
"""

from __future__ import annotations

import asyncio
import gc
import signal
import sys
import traceback
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.types import ASGIApp, Receive, Scope, Send

from afterword.sweeping import sweep_on

SHORT_TURNS = 0.0005  # seconds; in Python's usual 5 ms turns each file would wait for the loading ten times
loaded = asyncio.Event()


@asynccontextmanager
async def lifespan(_: object) -> AsyncIterator[None]:
    """Begin to load, and serve at once."""
    task = asyncio.create_task(work())
    yield
    task.cancel()


async def work() -> None:
    """Load, then erase the rooms whose time has come, as long as the server runs."""
    await load()
    from afterword.ui import wiring

    if loaded.is_set() and wiring.rooms_are_kept():
        await sweep_on(lambda: wiring.hall().sweep())


async def load() -> None:
    """Load in another thread. Where that fails nothing can be shown, and the process ends with the reason."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(SHORT_TURNS)
    try:
        await asyncio.to_thread(load_pages)
    except Exception:
        traceback.print_exc()
        signal.raise_signal(signal.SIGTERM)
    else:
        loaded.set()
    finally:
        sys.setswitchinterval(usual)


def load_pages() -> None:
    """Import and load what a first page needs, then take it out of the collector's sight.

    The collector looks through everything again and again while ever more is loaded, and there is next to
    nothing to collect: server.py switches it off until here.
    """
    from afterword.ui import wiring  # the caches in it must not be made before the runtime is there

    wiring.warm()
    gc.freeze()
    gc.enable()


class OnceLoaded:
    """Lets whatever is no file of Streamlit's wait until all is loaded: sessions, and the word that all is well."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, when it may."""
        if scope["type"] != "lifespan":
            await loaded.wait()
        await self.app(scope, receive, send)
