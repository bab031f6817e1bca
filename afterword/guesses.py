"""Guessing what one was not told: a few wrong tries a minute from one address, then a wait."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from threading import Lock
from typing import TypeVar

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from afterword.clock import seconds_until
from afterword.domain.errors import TooManyTries

T = TypeVar("T")
WRONG_TRIES = RateLimitItemPerMinute(10)
ONE_NETWORK = 64  # bits of an address of the newer kind: whoever has one has all that begin so


class Guesses:
    """The wrong tries of the last minute, in memory alone."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._one_tries = Lock()

    def tried(self, what: str, address: str, look: Callable[[], T | None]) -> T | None:
        """What `look` finds. Where it finds nothing that was a wrong try at `what`, and counts.

        Raises TooManyTries, for right ones too: an answer would tell which they are.
        """
        whose = (what, network_of(address))
        with self._one_tries:
            if not self._limiter.test(WRONG_TRIES, *whose):
                raise TooManyTries(
                    seconds_until(self._limiter.get_window_stats(WRONG_TRIES, *whose).reset_time)
                )
            found = look()
            if found is None:
                self._limiter.hit(WRONG_TRIES, *whose)
        return found


def network_of(address: str) -> str:
    """What stands for an address when its tries are counted; one that cannot be read stands for itself."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if ip.version == 4 or ip.ipv4_mapped:
        return str(getattr(ip, "ipv4_mapped", None) or ip)
    return str(ipaddress.ip_network((ip, ONE_NETWORK), strict=False))
