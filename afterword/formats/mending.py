"""What can be read of data with faults in it, so that one fault does not hide the others."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from typing import Any

# What stands for a required value that is missing or unreadable; none of these is a problem in itself.
PLACEHOLDERS: dict[str, Any] = {
    "company": "?",
    "label": "?",
    "name": "?",
    "ended_at": "1970-01-01",
    "kind": "reply",
    "at": "1970-01-01T00:00:00Z",
    "result": "withdrawn",
}
MEMBERS: dict[str, tuple[str, ...]] = {
    "rounds": ("label", "ended_at"),
    "interviewers": ("name",),
    "log": ("kind", "at"),
}


def mended(data: Any, faults: Iterable[list[int | str]]) -> Any:
    """A copy of the data with a placeholder or nothing at each fault's place; None where that is hopeless."""
    whole = copy.deepcopy(data)
    if not isinstance(whole, dict):
        return None
    for place in faults:
        mend(whole, place)
    return whole


def mend(whole: Any, place: list[int | str]) -> None:
    """Put a placeholder at one place, or take away what stands there."""
    holder = whole
    for part in place[:-1]:
        try:
            holder = holder[part]
        except (KeyError, IndexError, TypeError):
            return
    last = place[-1]
    if isinstance(last, int) and isinstance(holder, list):
        needed = MEMBERS.get(str(place[-2]), ())
        holder[last] = {name: PLACEHOLDERS[name] for name in needed}
    elif isinstance(holder, dict):
        put(holder, str(last), place)


def put(holder: dict[str, Any], name: str, place: list[int | str]) -> None:
    """A placeholder where the value is required there, else nothing."""
    optional = (name == "at" and "rival_offer" in place) or (name == "kind" and "rounds" in place)
    if name in PLACEHOLDERS and not optional:
        holder[name] = PLACEHOLDERS[name]
    else:
        holder.pop(name, None)
