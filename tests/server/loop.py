"""A loop of its own: a browser's test that ran before leaves its loop in the tests' thread."""

import asyncio
from concurrent.futures import ThreadPoolExecutor


def in_a_loop(work):
    """What comes of an asynchronous work that is done to its end."""
    with ThreadPoolExecutor(1) as elsewhere:
        return elsewhere.submit(asyncio.run, work).result()
