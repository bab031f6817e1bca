"""Names for new things: time-ordered ids, unique without asking anybody."""

from __future__ import annotations

from datetime import datetime

import uuid_utils


def new_id(now: datetime) -> str:
    """A version 7 UUID made at `now`, an aware moment; ids sort by it, to the millisecond."""
    return str(uuid_utils.uuid7(nanoseconds=round(now.timestamp() * 1_000_000) * 1_000))
