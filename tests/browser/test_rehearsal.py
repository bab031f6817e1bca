"""A whole workshop: a leader and thirty members as real sessions, and three more on phones in a real browser."""

from __future__ import annotations

import asyncio
import re
import sqlite3
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager, closing
from pathlib import Path
from typing import TypeVar

import pytest
from playwright.sync_api import Page, expect

from bench.client import PATIENCE, visiting
from bench.roomful import Leader, Member, arrive, joining, leading
from tests.browser.conftest import Server

KEY = "QUIET-OTTER-7K3M"
MEMBERS, PHONES = 30, 3
QUESTION = "What did you do in the two days after it?"
EMAIL, CALLED, WAITED = (
    "I sent a thank-you email",
    "I called",
    "I waited for them to get in touch",
)
IDS = {EMAIL: "email", CALLED: "call", WAITED: "waited"}
AGENDA = "After the interview, in 45"
Opened = Callable[..., Page]
Result = TypeVar("Result")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server as `start.py workshop` starts it."""
    environment = {"AFTERWORD_ROOM": "1", "AFTERWORD_LEADER_KEY": KEY}
    started = Server(tmp_path_factory.mktemp("workshop"), environment=environment).start()
    yield started
    started.stop()


def answers(server: Server, room: str) -> Counter[str]:
    """How often each answer of a room is kept."""
    (file,) = server.folder.rglob("rooms.sqlite3")
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as kept:
        return Counter(row[0] for row in kept.execute("select choice from answers where room = ?", (room,)))


def apart(rehearsal: Coroutine[object, object, Result]) -> Result:
    """What comes of it in a thread of its own: a browser's test leaves its loop in this one."""
    with ThreadPoolExecutor(1) as elsewhere:
        return elsewhere.submit(asyncio.run, rehearsal).result()


@asynccontextmanager
async def held(server: Server, members: int) -> AsyncIterator[tuple[Leader, list[Member]]]:
    """A room with so many members, who come at once."""
    async with AsyncExitStack() as stack:
        leader = await stack.enter_async_context(leading(server.url, KEY, AGENDA))
        coming = (stack.enter_async_context(joining(server.url, leader.code)) for _ in range(members))
        yield leader, list(await asyncio.gather(*coming))


async def move(leader: Leader, members: list[Member], button: str) -> list[float]:
    """An act of the leader, and after how many seconds it was on each screen."""
    begun = time.perf_counter()
    await leader.visitor.click(button)
    leader.note()
    async with asyncio.timeout(PATIENCE):
        return [when - begun for when in await asyncio.gather(*(m.at(leader.turn) for m in members))]


def test_of_thirty_members_every_answer_counts_once_and_every_move_reaches_all(server: Server) -> None:
    async def rehearse() -> None:
        async with held(server, MEMBERS) as (leader, members):
            options = [(EMAIL, CALLED, WAITED)[number % 3] for number in range(MEMBERS)]
            await asyncio.gather(*(m.answer(EMAIL) for m in members))
            await asyncio.gather(*(m.answer(o) for m, o in zip(members, options, strict=True)))
            assert answers(server, leader.room) == Counter(IDS[option] for option in options)
            seconds = await move(leader, members, "Show the result")
            slow = sorted(seconds)[round(MEMBERS * 0.95) - 1]
            sys.stdout.write(f"The result was on 95 of 100 screens after {slow:.2f} seconds.\n")
            assert all(f"{MEMBERS} answered." in m.visitor.page.text for m in members)
            await move(leader, members, "Next")
            assert all("How long is too long?" in titles(m) for m in members)

    apart(rehearse())


def titles(member: Member) -> list[str]:
    """The headings on a member's page."""
    return [s.content.body for s in member.visitor.page.shown.values() if s.kind == "heading"]


def test_two_rooms_at_once_never_see_each_others_answers(server: Server) -> None:
    async def rehearse() -> None:
        async with held(server, 5) as (alice, hers), held(server, 5) as (bob, his):
            assert alice.code != bob.code
            await asyncio.gather(*(m.answer(EMAIL) for m in hers), *(m.answer(CALLED) for m in his))
            await asyncio.gather(move(alice, hers, "Show the result"), move(bob, his, "Show the result"))
            assert answers(server, alice.room) == {"email": 5}
            assert answers(server, bob.room) == {"call": 5}
            for member in (*hers, *his):
                assert "5 answered." in member.visitor.page.text

    apart(rehearse())


def test_a_late_member_lands_where_the_room_is_and_one_who_comes_back_is_still_the_same(
    server: Server,
) -> None:
    async def rehearse() -> None:
        async with held(server, 2) as (leader, members):
            await members[0].answer(WAITED)
            cookie = f"afterword_visitor={members[0].visitor.cookies['afterword_visitor']}"
            async with joining(server.url, leader.code, cookie) as again:
                assert again.visitor.page.widget("radio", QUESTION).content.default == 2
                assert alias(again) == alias(members[0])
            await move(leader, members, "Next")
            async with joining(server.url, leader.code) as late:
                assert "How long is too long?" in titles(late)
            assert answers(server, leader.room) == {"waited": 1}

    apart(rehearse())


def alias(member: Member) -> str:
    """How a member is called in the room."""
    return next(line for line in member.visitor.page.text.splitlines() if line.startswith("Here you are"))


@pytest.mark.parametrize("link", ["room={room}", "room={room}&leader=", "room={room}&leader={code}"])
def test_a_member_cannot_lead_by_any_address(server: Server, link: str) -> None:
    async def rehearse() -> None:
        async with held(server, 1) as (leader, (member,)):
            cookie = f"afterword_visitor={member.visitor.cookies['afterword_visitor']}"
            address = f"{server.url}/workshop?{link.format(room=leader.room, code=leader.code)}"
            async with visiting(address, cookie=cookie, bears_errors=True) as visitor:
                await arrive(visitor)
                assert "leads no room" in " ".join(visitor.page.errors)
                assert "Next" not in " ".join(s.label for s in visitor.page.shown.values())

    apart(rehearse())


def test_a_leader_of_one_room_cannot_lead_another(server: Server) -> None:
    async def rehearse() -> None:
        async with held(server, 0) as (alice, _), held(server, 0) as (bob, _):
            secret = bob.visitor.page.query.partition("leader=")[2]
            address = f"{server.url}/workshop?room={alice.room}&leader={secret}"
            async with visiting(address, bears_errors=True) as visitor:
                await arrive(visitor)
                assert "leads no room" in " ".join(visitor.page.errors)

    apart(rehearse())


def test_on_three_phones_nothing_is_lost_by_a_reload_and_the_result_reaches_all(
    server: Server, new_page: Opened
) -> None:
    leader = new_page(f"{server.url}/workshop")
    leader.get_by_role("textbox", name="Leader's key").fill(KEY)
    leader.get_by_role("button", name="Open a room").click()
    letters = leader.locator(".code .letters")
    expect(letters).to_have_text(re.compile("[A-Z]{3} [A-Z]{3}"))
    code = letters.inner_text().replace(" ", "")
    phones = [new_page(f"{server.url}/join?code={code}", width=375, is_mobile=True) for _ in range(PHONES)]
    for phone, option in zip(phones, (EMAIL, CALLED, WAITED), strict=True):
        phone.get_by_text(option, exact=True).click()
        expect(phone.get_by_text("Your answer is in.")).to_be_visible()
    expect(leader.get_by_text("3 answered")).to_be_visible()

    phones[0].reload()
    expect(phones[0].get_by_role("radio", name=EMAIL)).to_be_checked()
    phones[1].get_by_text(EMAIL, exact=True).click()
    phones[1].reload()  # in mid-answer: it may have been taken, or not yet
    phones[1].get_by_text(EMAIL, exact=True).click()
    expect(phones[1].get_by_text("Your answer is in.")).to_be_visible()
    room = leader.url.partition("room=")[2].partition("&")[0]
    assert sum(answers(server, room).values()) == PHONES

    leader.get_by_role("button", name="Show the result").click()
    for phone in phones:
        expect(phone.get_by_text("3 answered.")).to_be_visible()
    assert answers(server, room) == {"email": 2, "waited": 1}

    leader.reload()
    leader.get_by_role("button", name="Next").click()
    for phone in phones:
        expect(phone.get_by_role("heading", level=1)).to_have_text("How long is too long?")


def test_nobodys_address_or_cookie_lies_on_the_disk(server: Server) -> None:
    async def rehearse() -> str:
        async with held(server, 1) as (_, (member,)):
            await member.answer(EMAIL)
            return member.visitor.cookies["afterword_visitor"]

    token = apart(rehearse())
    files = [file for file in Path(server.folder).rglob("*") if file.is_file()]
    for secret in (token.encode(), b"127.0.0.1"):
        assert [file.name for file in files if secret in file.read_bytes()] == []


def test_guessing_codes_ends_in_a_wait_for_everybody_at_that_address(server: Server) -> None:
    async def guess() -> list[str]:
        said = []
        async with visiting(f"{server.url}/join", bears_errors=True) as visitor:
            await arrive(visitor)
            for number in range(12):
                await visitor.type("Join code", f"ZZZZZ{'BCDFGHJKMNPQ'[number]}")
                await visitor.click("Join")
                said.append(" ".join(visitor.page.errors))
        return said

    said = apart(guess())
    assert all("No open room has this code" in sentence for sentence in said[:10])
    assert all("Too many wrong tries from here" in sentence for sentence in said[10:])
