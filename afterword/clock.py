"""The one place that reads the time."""

from __future__ import annotations

import math
import os
import time
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Something that tells the present moment."""

    def now(self) -> datetime:
        """The present moment, aware."""


class WrongClock(Exception):
    """AFTERWORD_NOW is no time; the message is a sentence that says so and what to do."""


class SystemClock:
    """The clock of the computer Afterword runs on."""

    def now(self) -> datetime:
        """The present moment in UTC."""
        return datetime.now(UTC)


class ShiftedClock:
    """A clock that was set to a moment when it was made and runs on from there."""

    def __init__(self, start: datetime) -> None:
        self._start = start.astimezone(UTC)
        self._made = time.monotonic()

    def now(self) -> datetime:
        """The moment it was set to, plus the time that has passed since."""
        return self._start + timedelta(seconds=time.monotonic() - self._made)


def process_clock() -> Clock:
    """The computer's clock, or one set to AFTERWORD_NOW: for pictures and tests that need a certain day.

    Raises WrongClock.
    """
    named = os.environ.get("AFTERWORD_NOW")
    if not named:
        return SystemClock()
    try:
        return ShiftedClock(datetime.fromisoformat(named))
    except (ValueError, OverflowError):  # the latter for year 1 in a zone ahead of UTC
        said = f"AFTERWORD_NOW: {named} is not a time such as 2026-11-03T15:00:00-05:00"
        raise WrongClock(f"{said}; correct it or unset it") from None


def seconds_until(stamp: float) -> int:
    """How many seconds of this computer's clock it takes until a Unix time: whole ones, and at least one."""
    return max(1, math.ceil(stamp - time.time()))
