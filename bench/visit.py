"""A first visit over a slow line: its bytes, and when its first words are there; beside Streamlit's own server."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Sequence
from contextlib import ExitStack

from playwright.sync_api import Browser, Page

from bench.asked import Asked
from bench.chromium import chromium, new_page
from bench.clicks import rest
from bench.figure import Figure, Values
from bench.proxy import Door, counted
from bench.serving import ROOT, Server, served, served_on_defaults
from bench.stock import stocked

ROUNDS = 5
SLOW = {
    "offline": False,
    "latency": 150,  # milliseconds
    "downloadThroughput": 1_600_000 / 8,  # bytes a second
    "uploadThroughput": 1_600_000 / 8,
}
QUIET = 2_000  # milliseconds without a byte, and the visit has brought what it brings
Visit = tuple[float, float]


def visited(browser: Browser, server: Server) -> Visit:
    """The kilobytes of a first visit to Today, and the seconds until its first words are there."""
    with counted(server) as door, new_page(browser) as page:
        line = page.context.new_cdp_session(page)
        line.send("Network.enable")
        line.send("Network.emulateNetworkConditions", SLOW)
        began = time.perf_counter()
        page.goto(door.address, wait_until="commit")
        page.get_by_role("heading", level=1).wait_for()
        seconds = time.perf_counter() - began
        until_quiet(page, door)
        return door.down / 1024, seconds


def until_quiet(page: Page, door: Door) -> None:
    """Wait until nothing more comes."""
    rest(page)
    before = -1
    while before != door.down:
        before = door.down
        page.wait_for_timeout(QUIET)


def compared(name: str, unit: str, goal: float, both: Sequence[Sequence[float]]) -> Figure:
    """Ours beside Streamlit's own."""
    ours, theirs = both
    return Values(ours).figure(name, unit, goal, Values(theirs))


def measure(asked: Asked) -> list[Figure]:
    """Today with 200 applications from server.py, and the same app from `streamlit run` on its defaults."""
    found: defaultdict[str, list[Visit]] = defaultdict(list)
    with ExitStack() as stack:
        stock = stack.enter_context(stocked(asked.folder / "visited"))
        ours = stack.enter_context(served("server", stock.folder, **stock.settings))
        theirs = stack.enter_context(
            served_on_defaults(ROOT / "app.py", asked.folder / "visited-on-defaults", **stock.settings)
        )
        browser = stack.enter_context(chromium())
        for server in (ours, theirs):
            server.wait()
        for _ in asked.rounds(ROUNDS):
            found["ours"].append(visited(browser, ours))
            found["theirs"].append(visited(browser, theirs))
    bytes_of, times = (
        [[visit[which] for visit in found[name]] for name in ("ours", "theirs")] for which in (0, 1)
    )
    return [
        compared("Bytes of a first visit, beside Streamlit's own server", "KB", 0.4, bytes_of),
        compared("First words at 1.6 Mbit/s and 150 ms, beside Streamlit's own server", "s", 0.45, times),
    ]
