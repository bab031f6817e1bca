"""What an answer costs, in counts that hold on any machine: how many runs and messages, and how many bytes."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from bench.client import visiting
from bench.guest import KEEPER, kept_texts, open_as_guest
from bench.serving import served
from bench.stock import DAY, ZONE, Stock
from bench.ticks import THANKED, UNDO

pytestmark = pytest.mark.xdist_group("bench")  # one process starts these servers, and once

MANY = 200
ITEM, THANKS = "Keep a copy of the job posting", "Say thanks to each person who interviewed you: Mei Tan"
KILOBYTE = 1024


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """A store of 200 applications, and the address of the app that serves it."""
    with (
        closing(Stock(tmp_path_factory.mktemp("many"), MANY)) as stock,
        served("server", stock.folder, **stock.settings) as server,
    ):
        server.wait()
        yield stock, server.address


@pytest.fixture(scope="module")
def guests(tmp_path_factory):
    """The address of an app that takes everybody for a guest."""
    settings = {"AFTERWORD_NOW": DAY, "AFTERWORD_BOUND": "127.0.0.1", "AFTERWORD_GUEST": "1"}
    with served("server", tmp_path_factory.mktemp("guests"), **settings) as server:
        server.wait()
        yield server.address


def told_to_keep(address, texts, *labels):
    """What each button cost a guest who keeps these texts, and what the browser was told to keep after it."""

    async def go():
        async with visiting(address, ZONE) as visitor:
            await open_as_guest(visitor, texts)
            return [(await visitor.click(label), visitor.component(KEEPER).data["texts"]) for label in labels]

    with ThreadPoolExecutor(1) as elsewhere:
        return elsewhere.submit(asyncio.run, go()).result()


def cost(address, *actions):
    """What opening a page cost, and what each of these, each a function of the visitor, cost then."""

    async def go():
        async with visiting(address, ZONE) as visitor:
            return [await visitor.open(), *[await action(visitor) for action in actions]]

    # A browser's test before this one leaves its loop in this thread.
    with ThreadPoolExecutor(1) as elsewhere:
        return elsewhere.submit(asyncio.run, go()).result()


def test_a_tick_that_changes_no_plan_takes_one_run_eight_messages_and_three_kilobytes(many):
    stock, address = many
    page = f"{address}/application?id={stock.to_tick.id}"
    _, ticked, taken_out = cost(page, lambda v: v.tick(ITEM), lambda v: v.tick(ITEM, ticked=False))
    for answer in (ticked, taken_out):
        assert answer.runs == 1
        assert answer.messages <= 8
        assert answer.down <= 3 * KILOBYTE


def test_a_tick_that_changes_the_plan_draws_the_step_the_lane_and_the_line(many):
    stock, address = many
    stock.renew()
    page = f"{address}/application?id={stock.to_tick.id}"
    _, ticked, taken_out = cost(page, lambda v: v.tick(THANKS), lambda v: v.tick(THANKS, ticked=False))
    for answer in (ticked, taken_out):
        assert answer.runs <= 2  # the one that gives way is heard of only where it takes long
        assert answer.messages <= 23
        assert answer.down <= 8 * KILOBYTE


def test_today_with_200_applications_is_sixty_three_messages_and_thirty_kilobytes(many):
    _, address = many
    (opened,) = cost(f"{address}/")
    assert opened.runs == 1
    assert opened.messages <= 63
    assert opened.down <= 30 * KILOBYTE


def test_what_is_done_on_today_draws_its_card_the_sentence_and_the_chart(many):
    _, address = many
    _, done = cost(f"{address}/", lambda v: v.click("I've checked in"))
    assert done.runs <= 2  # the one that gives way is heard of only where it takes long
    assert done.messages <= 24
    assert done.down <= 20 * KILOBYTE


def test_one_of_several_steps_of_a_card_is_drawn_with_the_chart_alone(many):
    stock, address = many
    stock.renew_first()
    _, done, undone = cost(f"{address}/", lambda v: v.click(THANKED), lambda v: v.click(UNDO))
    for answer in (done, undone):
        assert answer.runs <= 2  # the one that gives way is heard of only where it takes long
        assert answer.messages <= 16
        assert answer.down <= 18 * KILOBYTE


def test_a_guests_action_is_eighteen_messages_at_most_and_the_one_text_that_changed(guests):
    texts = kept_texts()
    done, undone = told_to_keep(guests, texts, THANKED, UNDO)
    for answer, kept in (done, undone):
        assert answer.runs <= 2  # the one that gives way is heard of only where it takes long
        assert answer.messages <= 18
        assert answer.down <= 20 * KILOBYTE
        assert list(kept) == [next(iter(texts))]


def test_a_form_opened_on_today_draws_its_card_alone(many):
    _, address = many
    _, opened = cost(f"{address}/", lambda v: v.click("I heard from"))
    assert opened.runs == 1
    assert opened.messages <= 28
    assert opened.down <= 7 * KILOBYTE
