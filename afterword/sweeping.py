"""Erasing rooms whose time has come, as long as the server runs."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress

from afterword.domain.errors import StoreUnavailable

BETWEEN_SWEEPS = 300  # seconds


async def sweep_on(sweep: Callable[[], int]) -> None:
    """Sweep for ever; what cannot be erased now is due at the next time too."""
    while True:
        with suppress(StoreUnavailable):
            await asyncio.to_thread(sweep)
        await asyncio.sleep(BETWEEN_SWEEPS)
