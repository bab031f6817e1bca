"""Takes the README's pictures, or with a folder named those of every page: `python3 start.py pictures [FOLDER]`.

A server of its own serves the samples on a fixed day, so that the same words give the same pictures.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from afterword.samples import sample_applications  # noqa: E402 - the project is not installed, only checked out
from afterword.store.database import open_database  # noqa: E402
from afterword.store.repository import OWNER  # noqa: E402
from afterword.store.sql import SqlRepository  # noqa: E402

DAY = "2026-11-05T16:30:00-05:00"
ZONE = "America/New_York"
PAGES = {
    "today": "/",
    "applications": "/applications",
    "application": "/application?id={first}",
    "write": "/write",
    "timeline": "/timeline",
    "guide": "/guide",
    "guide-timing": "/guide?page=timing",
    "guide-email-or-phone": "/guide?page=email-or-phone",
    "guide-two-minutes": "/guide?page=two-minutes",
    "which": "/guide?page=which",
    "practice": "/practice",
    "about-you": "/about_you",
    "data": "/data",
}
README = (
    ("today", 1280, "light"),
    ("timeline", 1280, "light"),
    ("application", 375, "light"),
    ("timeline", 375, "dark"),
)
README_TALLEST = 1100
TALLEST = 4000


def main() -> None:
    """Take the pictures into the folder named, or the README's into docs/pictures."""
    everything = len(sys.argv) > 1
    folder = Path(sys.argv[1]) if everything else ROOT / "docs" / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    wanted = every_look() if everything else README
    tallest = TALLEST if everything else README_TALLEST
    with (
        tempfile.TemporaryDirectory() as data,
        served(Path(data)) as (address, first),
        a_browser() as browser,
    ):
        for name, width, scheme in wanted:
            where = address + PAGES[name].format(first=first)
            page = opened(browser, where, width, scheme, tallest)
            page.screenshot(path=folder / f"{name}-{width}-{scheme}.png")
            page.context.close()
            print(f"{name}-{width}-{scheme}.png")


def every_look() -> Iterator[tuple[str, int, str]]:
    """Each page, wide and narrow, light and dark."""
    return ((name, width, scheme) for name in PAGES for width in (1280, 375) for scheme in ("light", "dark"))


@contextmanager
def served(data: Path) -> Iterator[tuple[str, str]]:
    """A server on loopback with the samples in its store; its address, and the id of the first application."""
    now, address = datetime.fromisoformat(DAY), f"127.0.0.1:{free_port()}"
    store = SqlRepository(open_database(f"sqlite:///{data / 'samples.sqlite3'}", now))
    samples = sample_applications(now, ZONE)
    for application in samples:
        store.add(OWNER, application, now)
    settings = {
        "AFTERWORD_DATABASE": f"sqlite:///{data / 'samples.sqlite3'}",
        "AFTERWORD_NOW": DAY,
        "AFTERWORD_BOUND": "127.0.0.1",
        "XDG_DATA_HOME": str(data),
    }
    host, _, port = address.partition(":")
    command = [sys.executable, "-m", "uvicorn", "server:app", "--host", host, "--port", port]
    process = subprocess.Popen(
        [*command, "--log-level", "error"],
        cwd=ROOT,
        env={**os.environ, **settings},
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(f"http://{address}/_stcore/health")
        yield f"http://{address}", str(samples[0].id)
    finally:
        process.terminate()
        process.wait(10)


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def wait_for(url: str) -> None:
    """Wait until the server answers, a minute at most."""
    for _ in range(300):
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310 - our own server on loopback
                return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError(url)


@contextmanager
def a_browser() -> Iterator[Browser]:
    """The browser that start.py found."""
    with sync_playwright() as playwright:
        path = os.environ.get("AFTERWORD_BROWSER") or None
        flags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=path, args=flags)
        yield browser
        browser.close()


def opened(browser: Browser, url: str, width: int, scheme: str, tallest: int) -> Page:
    """A page, settled, in a window as tall as what it shows."""
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, timezone_id=ZONE, locale="en-GB"
    )
    page = context.new_page()
    page.goto(url)
    page.get_by_role("heading", level=1).wait_for()
    page.wait_for_timeout(1500)
    height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    page.set_viewport_size({"width": width, "height": min(int(height) + 20, tallest)})
    page.wait_for_timeout(500)
    return page


if __name__ == "__main__":
    main()
