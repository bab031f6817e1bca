"""From the start of a process to the first words and the first button in Chromium: `start.py` beside `streamlit run`."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page

from bench.asked import Asked
from bench.chromium import chromium, new_page
from bench.figure import Figure, Values
from bench.serving import HOST, ROOT, environment, free_port
from bench.stock import stocked
from bench.ticks import THANKED

ROUNDS = 12
PATIENCE = 60  # seconds
# Asked by the browser itself before it paints. Playwright's own waiting looks every half second in the end.
IS_SHOWN = """
([kind, name]) => [...document.querySelectorAll(kind)].some(
  (element) => element.textContent.trim() === name && element.checkVisibility())
"""


# The words of the first plan, and what is pressed to say that it was done: its script is fetched once it is needed.
OURS = (("h2", "Email your thanks to Mei Tan"), ("button", THANKED))
BARE = (("h1", "Bare"), ("button", "Click"))
Shown = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Start:
    """What is started: a command that ends with its port, where, with what settings, and what it says once it serves."""

    command: Sequence[str]
    where: Path
    settings: Mapping[str, str]
    says: str

    def seconds(self, browser: Browser, shown: Shown) -> list[float]:
        """How long it takes until an element of that kind is painted that reads so, for one after the other."""
        port = free_port()
        with new_page(browser) as page:
            began = time.perf_counter()
            process = subprocess.Popen(  # noqa: S603 - our own server
                [*self.command, str(port)],
                cwd=self.where,
                env={**environment(self.where, self.settings), "PYTHONUNBUFFERED": "1"},
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )
            late = threading.Timer(PATIENCE, process.kill)
            late.start()
            try:
                self.wait(process)
                page.goto(f"http://{HOST}:{port}", wait_until="commit")
                return [when(page, one) - began for one in shown]
            finally:
                late.cancel()
                process.terminate()
                process.communicate(timeout=PATIENCE)

    def wait(self, process: subprocess.Popen[str]) -> None:
        """Return once it says that it serves. Raises RuntimeError with its words if it ended."""
        said = []
        for line in process.stdout or ():
            said.append(line)
            if self.says in line:
                return
        raise RuntimeError(f"{' '.join(self.command)} did not start: {''.join(said)}")


def when(page: Page, shown: tuple[str, str]) -> float:
    """The moment at which the page shows that."""
    page.wait_for_function(IS_SHOWN, arg=list(shown), polling="raf")
    return time.perf_counter()


def measure(asked: Asked) -> list[Figure]:
    """Both in turn: set up already, with 200 applications, and with browsers that keep nothing."""
    folder = asked.folder / "bare-started"
    folder.mkdir()
    (folder / "bare.py").write_bytes((ROOT / "bench" / "bare.py").read_bytes())
    run = [sys.executable, "-m", "streamlit", "run", "bare.py", "--server.headless", "true"]
    bare = Start([*run, "--server.address", HOST, "--server.port"], folder, {"HOME": str(folder)}, "URL:")
    ours, theirs = [], []
    with stocked(asked.folder / "started") as stock, chromium() as browser:
        settings = {name: value for name, value in stock.settings.items() if name != "AFTERWORD_BOUND"}
        command = [sys.executable, str(ROOT / "start.py"), "--no-browser", "--port"]
        afterword = Start(command, asked.folder, settings, "Afterword is running")
        for _ in asked.rounds(ROUNDS):
            theirs.append(bare.seconds(browser, BARE))
            ours.append(afterword.seconds(browser, OURS))
    words, buttons = zip(zip(*ours, strict=True), zip(*theirs, strict=True), strict=True)
    return [
        compared("From start.py to the first plan, beside streamlit run to its first words", words, 1.1),
        compared("The same to the first button", buttons),
    ]


def compared(name: str, both: Sequence[Sequence[float]], goal: float | None = None) -> Figure:
    """Ours beside the bare app's."""
    ours, theirs = both
    return Values(ours).figure(name, "s", goal, Values(theirs))
