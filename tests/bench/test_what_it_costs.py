"""Guards without a clock: statements, charts built and bytes, counted while the real server answers."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest

from bench.client import visiting
from bench.serving import served
from bench.stock import USUAL, ZONE, stocked
from bench.ticks import THANKED, UNDO

pytestmark = pytest.mark.xdist_group("bench")

ITEM, THANKS = "Keep a copy of the job posting", "Say thanks to each person who interviewed you: Mei Tan"
# The most statements that a page may send to the database when it is opened.
PAGES = {
    "": 6,
    "applications": 8,
    "application": 5,
    "write": 6,
    "timeline": 9,
    "guide": 3,
    "practice": 5,
    "about_you": 4,
    "data": 5,
    "spreadsheet": 3,
}
MOST_STATEMENTS_OF_A_TICK = 3
MOST_ON_TODAY = 7  # three that write, three for what is new to the memo, one for what is open
KILOBYTE = 1024
# The most bytes down that a tick may take: on the line, and before the connection compresses them.
A_TICK = (3 * KILOBYTE, 7 * KILOBYTE)
WITH_A_CHART = (35 * KILOBYTE, 54 * KILOBYTE)


class Counted:
    """A server whose statements and charts are counted, and its store."""

    def __init__(self, address, stock, file):
        self.address, self.stock, self._file = address, stock, file

    def counts(self, kind):
        return sum(line.startswith(kind) for line in self._lines())

    def _lines(self):
        return self._file.read_text("utf-8").splitlines() if self._file.exists() else []


@pytest.fixture(scope="module")
def counted(tmp_path_factory):
    folder = tmp_path_factory.mktemp("counted")
    file = folder / "counted"
    with (
        stocked(folder / "stock", USUAL) as stock,
        served("tests.bench.counting_server", folder, COUNTED=str(file), **stock.settings) as server,
    ):
        server.wait()
        yield Counted(server.address, stock, file)


def visit(counted, path, *acts):
    """Open a page and do these things; what each sent to the database, and what it cost otherwise."""

    async def go():
        costs = []
        async with visiting(f"{counted.address}/{path}", ZONE) as visitor:
            for act in (lambda visitor: visitor.open(), *acts):
                before = counted.counts("statement")
                answer = await act(visitor)
                costs.append((counted.counts("statement") - before, answer))
        return costs

    with ThreadPoolExecutor(1) as elsewhere:
        return elsewhere.submit(asyncio.run, go()).result()


def application(counted):
    counted.stock.renew()
    return f"application?id={counted.stock.to_tick.id}"


def is_within(answer, most):
    return 0 < answer.wire <= most[0] and answer.wire < answer.down <= most[1]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_sends_few_statements_to_the_database(counted, path):
    visit(counted, "guide")  # what is done once a process is done
    ((statements, _),) = visit(counted, application(counted) if path == "application" else path)
    assert statements <= PAGES[path]


def test_ticks_send_few_statements_and_few_bytes(counted):
    ticks = (
        lambda visitor: visitor.tick(ITEM),
        lambda visitor: visitor.tick(THANKS),
        lambda visitor: visitor.tick(THANKS, ticked=False),
        lambda visitor: visitor.tick(ITEM, ticked=False),
    )
    costs = visit(counted, application(counted), *ticks)[1:]
    assert all(0 < statements <= MOST_STATEMENTS_OF_A_TICK for statements, _ in costs), costs
    assert all(is_within(answer, A_TICK) for _, answer in costs), costs


def test_a_tick_with_a_new_chart_sends_few_statements_and_few_bytes(counted):
    counted.stock.renew_first()
    costs = visit(counted, "", lambda visitor: visitor.click(THANKED), lambda visitor: visitor.click(UNDO))[
        1:
    ]
    assert all(0 < statements <= MOST_ON_TODAY for statements, _ in costs), costs
    assert all(is_within(answer, WITH_A_CHART) for _, answer in costs), costs


def test_a_chart_is_built_at_most_once_for_all_sessions(counted):
    for _ in range(3):
        visit(counted, "", lambda visitor: visitor.rerun())
        visit(counted, "timeline", lambda visitor: visitor.click("Later"))
    kinds = ("the counter's own", "Today's", "the timeline's")
    assert 1 <= counted.counts("chart") <= len(kinds)
