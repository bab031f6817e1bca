"""The bell: threads ring, the loop waits without looking, and what can wait is answered together."""

import asyncio
from threading import Thread

from afterword.bell import Bell
from tests.server.loop import in_a_loop

LONG, NO_TIME = 60, 0


def ring(bell, room, **how):
    """Ring from another thread, as a session's script does."""
    thread = Thread(target=bell.ring, args=(room,), kwargs=how)
    thread.start()
    thread.join()


def test_a_ring_from_a_thread_wakes_whoever_listens():
    async def listen():
        bell = Bell()
        with bell.listening("a") as rung:
            rung.forget()
            await asyncio.to_thread(ring, bell, "a")
            return await rung.wait(LONG, NO_TIME)

    assert in_a_loop(listen())


def test_a_ring_between_looking_and_waiting_is_not_missed():
    async def listen():
        bell = Bell()
        with bell.listening("a") as rung:
            rung.forget()
            bell.ring("a", at_once=True)  # the loop has not seen it yet when the waiting begins
            return await rung.wait(LONG, LONG)

    assert in_a_loop(listen())


def test_a_move_of_the_leader_does_not_wait_for_what_can_wait():
    async def listen():
        bell = Bell()
        with bell.listening("a") as rung:
            bell.ring("a")
            waiting = asyncio.create_task(rung.wait(LONG, LONG))
            await asyncio.sleep(0.01)
            assert not waiting.done()
            await asyncio.to_thread(ring, bell, "a", at_once=True)
            await waiting

    in_a_loop(listen())


def test_another_rooms_bell_wakes_nobody():
    async def listen():
        bell = Bell()
        with bell.listening("a") as rung:
            bell.ring("b", at_once=True)
            waiting = asyncio.create_task(rung.wait(LONG, LONG))
            await asyncio.sleep(0.01)
            assert not waiting.done()
            waiting.cancel()

    in_a_loop(listen())


def test_nothing_is_left_of_those_who_have_gone():
    async def listen():
        bell = Bell()
        with bell.listening("a"), bell.listening("a"):
            assert len(bell._listening["a"]) == 2
        assert not bell._listening

    in_a_loop(listen())


def test_a_bell_rung_after_the_server_has_closed_breaks_nothing():
    bell = Bell()

    async def leave():
        listening = bell.listening("a")
        listening.__enter__()
        return listening

    left = in_a_loop(leave())
    bell.ring("a")
    assert left
