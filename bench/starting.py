"""From the start of a process to the first words in Chromium: `start.py` beside `streamlit run`."""

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


@dataclass(frozen=True, slots=True)
class Start:
    """What is started: a command that ends with its port, where, with what settings, and what it says once it serves."""

    command: Sequence[str]
    where: Path
    settings: Mapping[str, str]
    says: str

    def seconds(self, browser: Browser, words: tuple[str, str]) -> float:
        """How long it takes until an element of that kind is painted that reads so."""
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
                show(page, port, words)
                return time.perf_counter() - began
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


def show(page: Page, port: int, words: tuple[str, str]) -> None:
    """Open the page and wait until it shows that."""
    page.goto(f"http://{HOST}:{port}", wait_until="commit")
    page.wait_for_function(IS_SHOWN, arg=list(words), polling="raf")


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
            theirs.append(bare.seconds(browser, ("h1", "Bare")))
            ours.append(afterword.seconds(browser, ("button", THANKED)))
    name = "From start.py to the first plan, beside streamlit run to its first words"
    return [Values(ours).figure(name, "s", 1.1, Values(theirs))]
