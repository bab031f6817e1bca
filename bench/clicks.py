"""From a click to changed text, or to a changed chart, in Chromium; and the bare app's beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Locator, Page

from bench.asked import Asked
from bench.chromium import chromium, new_page
from bench.figure import Figure, Values
from bench.serving import Server, served
from bench.stock import Stock, stocked
from bench.ticks import THANKED, UNDO

A_PAGE = 10  # rounds on a page, until its application is renewed, so that no log grows with the measuring
SECONDS = 240.0
PAUSE = 60  # milliseconds
ITEM, THANKS = "Keep a copy of the job posting", "Say thanks to each person who interviewed you: Mei Tan"

# Resolves to the milliseconds until what is looked at reads otherwise than before the click.
UNTIL_TEXT = """
(element, pattern) => new Promise((resolve, reject) => {
  const app = document.querySelector("[data-testid=stApp]")
  const read = () => (app.textContent.match(new RegExp(pattern, "g")) ?? []).join("|")
  const before = read()
  const late = setTimeout(() => reject(new Error("no change of " + pattern)), 30000)
  const watch = new MutationObserver(() => {
    if (read() === before) return
    watch.disconnect()
    clearTimeout(late)
    resolve(performance.now() - began)
  })
  watch.observe(app, { childList: true, subtree: true, characterData: true })
  const began = performance.now()
  element.click()
})
"""
# Resolves to the milliseconds until the chart's drawing changes last, known once it has stayed for a while.
UNTIL_CHART = """
element => new Promise((resolve, reject) => {
  const chart = "[data-testid=stVegaLiteChart]"
  const inChart = ({ target }) => (target.closest ? target : target.parentElement)?.closest(chart)
  let drawn = 0
  const watch = new MutationObserver(changes => {
    if (changes.some(inChart)) drawn = performance.now()
  })
  watch.observe(document.querySelector("[data-testid=stApp]"), {
    childList: true, subtree: true, characterData: true, attributes: true,
  })
  const began = performance.now()
  const look = setInterval(() => {
    const now = performance.now()
    if (drawn ? now - drawn < 400 : now - began < 30000) return
    clearInterval(look)
    watch.disconnect()
    drawn ? resolve(drawn - began) : reject(new Error("no chart was drawn"))
  }, 50)
  element.click()
})
"""
AT_REST = """
() => document.querySelector("[data-testid=stApp]")?.dataset.testScriptState === "notRunning"
  && !document.querySelector("[data-testid=stSkeleton]")
"""


@dataclass
class Clicks:
    """The pages, what they show, and what was found about them by name."""

    bare: Server
    app: Server
    stock: Stock
    browser: Browser
    found: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def measure(self, rounds: Iterable[int]) -> None:
        """Every kind of click once a round, on three pages that stay open for a while."""
        pages = ExitStack()
        with ExitStack() as last:
            last.callback(lambda: pages.close())
            for number in rounds:
                if number % A_PAGE == 0:
                    pages.close()
                    bare, application, today = self.opened(pages)
                self.round(bare, application, today)

    def opened(self, pages: ExitStack) -> tuple[Page, Page, Page]:
        """The bare app, an application that is new, and Today with another new one, each clicked once already."""
        self.stock.renew()
        self.stock.renew_first()
        addresses = (
            self.bare.address,
            f"{self.app.address}/application?id={self.stock.to_tick.id}",
            self.app.address,
        )
        opened = [pages.enter_context(new_page(self.browser)) for _ in addresses]
        for page, address in zip(opened, addresses, strict=True):
            page.goto(address)
            page.get_by_role("heading", level=1).wait_for()
            rest(page)
        kept, self.found = self.found, defaultdict(list)
        self.round(*opened)  # what is met for the first time does not count
        self.round(*opened)
        self.found = kept
        bare, application, today = opened
        return bare, application, today

    def round(self, bare: Page, application: Page, today: Page) -> None:
        """One click of each kind: to and fro from one round to the next."""
        self.note("bare", box(bare, "Tick"), "Bare|Clicked")
        self.note("item", box(application, ITEM), r"\d+ of \d+ done")
        self.note("thanks", box(application, THANKS), f"{THANKED}|{UNDO}")
        button = today.get_by_role("button", name=THANKED, exact=True)
        pressed = button if button.count() else today.get_by_role("button", name=UNDO, exact=True)
        rest(today)
        self.found["chart"].append(pressed.first.evaluate(UNTIL_CHART))

    def note(self, name: str, what: Locator, pattern: str) -> None:
        """Click once the page is at rest, and keep how long it takes until what is looked for has changed."""
        rest(what.page)
        self.found[name].append(what.evaluate(UNTIL_TEXT, pattern))

    def figures(self) -> list[Figure]:
        """The rows that these make."""
        bare, item, thanks, chart = (Values(self.found[name]) for name in ("bare", "item", "thanks", "chart"))
        return [
            item.figure("Click to changed text in Chromium, no change of plan", "ms", 2, bare),
            thanks.figure("Click to changed text in Chromium, plan changed", "ms", 2.6, bare),
            chart.figure("Click to changed chart in Chromium, on Today", "ms", 4.3, bare),
        ]


def box(page: Page, name: str) -> Locator:
    """The box of that name."""
    return page.get_by_role("checkbox", name=name, exact=True)


def rest(page: Page) -> None:
    """Wait until the page has answered, and a moment more."""
    page.wait_for_function(AT_REST)
    page.wait_for_timeout(PAUSE)


def measure(asked: Asked) -> list[Figure]:
    """Ticks without and with a change of plan, and a chart, in personal mode with 200 applications."""
    with ExitStack() as stack:
        stock = stack.enter_context(stocked(asked.folder / "clicked"))
        bare = stack.enter_context(served("bench.bare_server", asked.folder / "bare-clicked"))
        app = stack.enter_context(served("server", stock.folder, **stock.settings))
        for server in (bare, app):
            server.wait()
        clicks = Clicks(bare, app, stock, stack.enter_context(chromium()))
        clicks.measure(asked.rounds(seconds=SECONDS))
    return clicks.figures()
