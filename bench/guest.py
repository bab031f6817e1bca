"""Guests without a browser: they answer for the browser that keeps what they have entered."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

from afterword.store.guest import CASE, text_of
from afterword.store.repository import Kept
from bench.client import Answer, Client
from bench.stock import samples

KEEPER = "afterword_keeper"
USUAL = 5  # applications a guest


def kept_texts(count: int = USUAL) -> dict[str, str]:
    """So many applications as a browser keeps them. The first is an interview with two to be thanked."""
    several = (replace(one, company=one.company.rsplit(" ", 1)[0]) for one in islice(samples(), count))
    return {f"{CASE}{one.id}": text_of(Kept(one, 1), None) for one in several}


async def open_as_guest(visitor: Client, texts: dict[str, str]) -> Answer:
    """Open a page as a guest whose browser keeps these; what it took once the browser has answered."""
    await visitor.open()
    return await visitor.component(KEEPER).trigger("kept", {"texts": texts, "ends_after": 0})
