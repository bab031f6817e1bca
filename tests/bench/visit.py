"""A visit from first request to last, in a loop of its own."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from bench.client import visiting
from bench.stock import ZONE


def visit(address, *actions, **options):
    """Open a page and do these things on it, each a function of the visitor; the page, and what each cost."""

    async def go():
        async with visiting(address, ZONE, **options) as visitor:
            costs = [await visitor.open()]
            costs += [await action(visitor) for action in actions]
            return visitor.page, costs

    # A browser's test before this one leaves its loop in this thread.
    with ThreadPoolExecutor(1) as elsewhere:
        return elsewhere.submit(asyncio.run, go()).result()
