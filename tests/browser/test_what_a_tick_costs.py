"""A tick asks little of the database and of the line: both are counted while the real app runs."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, WebSocket, expect

from tests.browser.acts import address_of, button, dated, desk_on, settled
from tests.browser.conftest import ROOT, Server
from tests.desk.cast import ADA, FERNBRIDGE, with_round

Opened = Callable[..., Page]
MOST_STATEMENTS, MOST_BYTES = 3, 8 * 1024
FIVE = tuple(
    replace(ADA, name=name, email=f"{name.split()[0].lower()}@fernbridge.example")
    for name in ("Ada Okafor", "Mei Tan", "Luis Prado", "Ravi Shah", "Jo Lind")
)
COUNTING = '''
"""The real server, with a line in a file for each statement that is sent to the database."""

import os
from pathlib import Path

from sqlalchemy.engine import Engine

from tests.store.statements import listen_to

STATEMENTS = Path(os.environ["STATEMENTS"])


def noted(statement):
    with STATEMENTS.open("a", encoding="utf-8") as file:
        file.write(" ".join(statement.split()) + "\\n")


listen_to(Engine, noted)

from server import app
'''


@pytest.fixture
def counting_server(tmp_path: Path) -> Iterator[Server]:
    (tmp_path / "counting.py").write_text(COUNTING, "utf-8")
    paths = {"PYTHONPATH": f"{ROOT}{os.pathsep}{tmp_path}", "STATEMENTS": str(tmp_path / "statements")}
    started = dated(tmp_path, script="counting:app", **paths)
    yield started
    started.stop()


@dataclass
class Counted:
    """A page of which every frame and every statement is counted."""

    page: Page
    statements: Path
    frames: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("websocket", self.listen)

    def listen(self, socket: WebSocket) -> None:
        for direction in ("framesent", "framereceived"):
            socket.on(direction, lambda frame: self.frames.append(size(frame)))

    def cost(self, act: Callable[[], None], *shown: tuple[Locator, int]) -> tuple[int, int]:
        """How many statements and bytes an act takes, until that is shown that often and the page is quiet."""
        self.quiet()
        self.frames.clear()
        self.statements.write_text("")
        act()
        for what, count in shown:
            expect(what).to_have_count(count)
        self.quiet()
        return len(self.statements.read_text("utf-8").splitlines()), sum(self.frames)

    def quiet(self) -> None:
        """Wait until the page has answered, and until nothing is sent any more."""
        settled(self.page)
        before = -1
        while before != len(self.frames):
            before = len(self.frames)
            self.page.wait_for_timeout(1_000)


def size(frame: str | bytes) -> int:
    return len(frame.encode() if isinstance(frame, str) else frame)


def test_a_tick_and_its_undo_take_three_statements_and_eight_kilobytes_at_most(
    counting_server: Server, new_page: Opened
) -> None:
    desk = desk_on(counting_server)
    case = desk.add(with_round(interviewers=FIVE))
    for number in range(60):
        desk.add(replace(FERNBRIDGE, company=f"Company {number}"))
    page = new_page(address_of(counting_server, case.id))
    counted = Counted(page, counting_server.folder / "statements")
    page.reload()
    expect(page.get_by_role("heading", name="How it ended")).to_be_visible()
    own = page.get_by_role("checkbox", name="Keep a copy of the job posting")
    thanks = page.get_by_role("checkbox", name="Say thanks to each person who interviewed you: Mei Tan")
    thanked = page.get_by_text("Thanked by email today")
    none, one = (page.get_by_text(text) for text in ("0 of 9 done", "1 of 9 done"))
    own.focus()
    on_the_checklist = {
        "an item of one's own": counted.cost(lambda: own.press("Space"), (one, 1)),
        "its undo": counted.cost(lambda: own.press("Space"), (none, 1)),
        "a thank-you": counted.cost(lambda: thanks.press("Space"), (one, 1), (thanked, 2)),
        "the thank-you's undo": counted.cost(lambda: thanks.press("Space"), (none, 1), (thanked, 0)),
    }
    tick, undo = button(page, "I've thanked Mei Tan"), button(page, "Undo: Mei Tan")
    on_the_card = {
        "a thank-you": counted.cost(lambda: tick.press("Enter"), (one, 1), (undo, 1)),
        "its undo": counted.cost(lambda: undo.press("Enter"), (none, 1), (tick, 1)),
    }
    every = (*on_the_checklist.values(), *on_the_card.values())
    assert all(0 < statements <= MOST_STATEMENTS for statements, _ in every), (on_the_checklist, on_the_card)
    assert all(0 < sent <= MOST_BYTES for _, sent in on_the_checklist.values()), on_the_checklist
