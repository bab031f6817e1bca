"""The first second of a process: Streamlit's files go out while everything else is still loaded, Streamlit included.

A browser needs about as long to read them as the loading takes, so that the two hide each other.
"""

from __future__ import annotations

import asyncio
import gc
import signal
import sys
import traceback
from contextlib import AbstractAsyncContextManager, AsyncExitStack, suppress

from starlette.types import ASGIApp, Receive, Scope, Send

from afterword.headers import header

A_MOMENT = 1  # seconds, in which the first page comes first
SHORT_TURNS = 0.0005  # seconds; in Python's usual 5 ms turns each file would wait for the loading ten times
begun, loaded = asyncio.Event(), asyncio.Event()  # Streamlit is there; and all that a page needs
# What Streamlit's script in the browser asks for before it opens a session.
BEFORE_A_SESSION = ("/_stcore/health", "/_stcore/host-config")


class Whole:
    """The Streamlit app, which is loaded once the server runs; `base` is where it begins, known from then on."""

    _app: ASGIApp

    def __init__(self) -> None:
        self.base = ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; begin and end with the server."""
        if scope["type"] != "lifespan":
            await self._app(scope, receive, send)
            return
        await receive()
        async with AsyncExitStack() as life:
            task = asyncio.create_task(self._work(life))
            await send({"type": "lifespan.startup.complete"})
            await receive()
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        await send({"type": "lifespan.shutdown.complete"})

    async def _work(self, life: AsyncExitStack) -> None:
        """Load, then erase the rooms whose time has come, as long as the server runs."""
        await self.load(life)
        if not loaded.is_set():
            return
        await asyncio.sleep(A_MOMENT)
        from afterword.sweeping import sweep_on
        from afterword.ui import wiring

        if wiring.rooms_are_kept():
            await sweep_on(lambda: wiring.hall().sweep())

    async def load(self, life: AsyncExitStack) -> None:
        """Load in another thread. Where that fails nothing can be shown, and the process ends with the reason."""
        usual = sys.getswitchinterval()
        sys.setswitchinterval(SHORT_TURNS)
        try:
            self._app, life_of_app, self.base = await asyncio.to_thread(load_streamlit)
            await life.enter_async_context(life_of_app)
            begun.set()
            await asyncio.to_thread(load_pages)
        except Exception:
            traceback.print_exc()
            signal.raise_signal(signal.SIGTERM)
        else:
            loaded.set()
        finally:
            sys.setswitchinterval(usual)


def load_streamlit() -> tuple[ASGIApp, AbstractAsyncContextManager[None], str]:
    """The app, what to enter for it to begin, and where its addresses begin."""
    from afterword.streamlit_app import base_path, make_app

    app = make_app()
    return app, app.lifespan()(app), base_path()


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
    """Lets whatever is no file of Streamlit's wait until all is loaded: sessions, and the word that all is well.

    Only what a page asks for before its session need not wait for more than Streamlit.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, when it may."""
        if scope["type"] != "lifespan":
            await (begun if is_before_a_session(scope) else loaded).wait()
        await self.app(scope, receive, send)


def is_before_a_session(scope: Scope) -> bool:
    """Whether a page asks, as browsers say: to others the word that all is well means that all is loaded."""
    by_page = header(scope, b"sec-fetch-site") == "same-origin"
    return scope["type"] == "http" and by_page and scope["path"].endswith(BEFORE_A_SESSION)
