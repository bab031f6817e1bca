"""A Chromium for measuring: quiet, and with a page of its own for each visitor."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, sync_playwright

from bench.stock import ZONE

FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 60_000  # milliseconds


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser that start.py found, or Playwright's own. Raises playwright's Error where there is none."""
    with sync_playwright() as playwright:
        path = os.environ.get("AFTERWORD_BROWSER") or None
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def new_page(browser: Browser) -> Iterator[Page]:
    """A page in a context of its own, with nothing kept from before."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, color_scheme="light", timezone_id=ZONE, locale="en-GB"
    )
    try:
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        yield page
    finally:
        context.close()
