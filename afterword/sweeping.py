"""Erasing rooms whose time has come, as long as the server runs."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from afterword.domain.errors import StoreUnavailable

BETWEEN_SWEEPS = 300  # seconds


@asynccontextmanager
async def sweeping(sweep: Callable[[], int]) -> AsyncIterator[None]:
    """Sweep at once and every few minutes, in a thread, until this is left."""
    job = asyncio.create_task(sweep_on(sweep))
    try:
        yield
    finally:
        job.cancel()
        with suppress(asyncio.CancelledError):
            await job


async def sweep_on(sweep: Callable[[], int]) -> None:
    """Sweep for ever; what cannot be erased now is due at the next time too."""
    while True:
        with suppress(StoreUnavailable):
            await asyncio.to_thread(sweep)
        await asyncio.sleep(BETWEEN_SWEEPS)
