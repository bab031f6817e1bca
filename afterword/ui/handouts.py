"""A workshop on paper, for when the network fails."""

from __future__ import annotations


def part() -> None:
    """A button for the handouts."""
