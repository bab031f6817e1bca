"""Nobody hears of a commit before the disk has it: the disk takes it in beside the drawing, and the answer waits."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path
from threading import Event

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from afterword import flushing
from afterword.flushing import Flushing, flush
from tests.server.loop import in_a_loop

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def held(monkeypatch):
    """A disk that takes nothing in until it may."""
    may = Event()
    monkeypatch.setattr(flushing, "flush", lambda _: may.wait(20))
    return may


def test_what_was_begun_is_waited_for(held, tmp_path):
    async def both():
        beside = Flushing()
        beside.begin(str(tmp_path / "a-wal"))
        waiting = asyncio.create_task(beside.done())
        await asyncio.sleep(0)
        before = waiting.done()
        held.set()
        await waiting
        return before

    assert in_a_loop(both()) is False


def test_whoever_stops_waiting_leaves_the_disk_at_it_and_others_waiting(held, tmp_path):
    async def both():
        beside = Flushing()
        beside.begin(str(tmp_path / "a-wal"))
        beside.begin(str(tmp_path / "a-wal"))  # which stands in line behind the first
        gone, there = (asyncio.create_task(beside.done()) for _ in range(2))
        await asyncio.sleep(0)
        gone.cancel()
        await asyncio.gather(gone, return_exceptions=True)
        later = asyncio.create_task(beside.done())
        await asyncio.sleep(0)
        before = (gone.cancelled(), there.done(), later.done())
        held.set()
        await asyncio.gather(there, later)
        return before

    assert in_a_loop(both()) == (True, False, False)


def test_where_nothing_was_begun_nothing_is_waited_for():
    assert in_a_loop(Flushing().done()) is None


def test_an_answer_is_kept_until_the_disk_has_what_it_tells_of(held, tmp_path, monkeypatch):
    async def both():
        beside, heard = Flushing(), []
        monkeypatch.setattr(flushing, "FLUSHING", beside)

        async def hear(message):
            heard.append(message)

        async def server(_scope, _receive, send):
            beside.begin(str(tmp_path / "a-wal"))
            ended = ForwardMsg(script_finished=ForwardMsg.FINISHED_SUCCESSFULLY).SerializeToString()
            telling = asyncio.create_task(send({"type": "websocket.send", "bytes": ended}))
            await asyncio.sleep(0)
            heard.append("nothing yet")
            held.set()
            await telling

        async def nothing():
            return {"type": "websocket.receive"}

        await flushing.OnceOnDisk(server)({"type": "websocket"}, nothing, hear)
        return [one if isinstance(one, str) else one["type"] for one in heard]

    assert in_a_loop(both()) == ["nothing yet", "websocket.send"]


def test_a_disk_that_takes_nothing_in_is_told_of_once(tmp_path):
    async def both():
        beside = Flushing()
        beside.begin(str(tmp_path))  # a folder, which nobody can open for writing
        with pytest.raises(OSError, match=tmp_path.name):
            await beside.done()
        await beside.done()
        beside.begin(str(tmp_path / "gone"))
        await beside.done()
        return True

    assert in_a_loop(both())


def test_a_failure_that_nobody_asked_for_yet_is_told_after_what_came_behind_it(tmp_path):
    async def both():
        beside = Flushing()
        beside.begin(str(tmp_path))
        beside.begin(str(tmp_path / "gone"))  # which goes well
        with pytest.raises(OSError, match=tmp_path.name):
            await beside.done()
        beside.begin(str(tmp_path / "gone"))
        await beside.done()
        return True

    assert in_a_loop(both())


def test_a_file_is_taken_in_and_one_that_is_gone_need_not_be(tmp_path, monkeypatch):
    file, taken = tmp_path / "a-wal", []
    file.write_bytes(b"one")
    monkeypatch.setattr(os, "fsync", lambda opened: taken.append(os.fstat(opened).st_ino))
    flush(str(file))
    flush(str(tmp_path / "gone"))
    assert taken == [file.stat().st_ino]


def test_whoever_serves_waits_and_the_shell_has_each_commit_flushed():
    asked = "from afterword.flushing import FLUSHING; print(FLUSHING.is_waited_for)"
    served = f"from afterword.streamlit_app import make_app; make_app(); {asked}"
    said = [
        subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout.split()[-1]
        for code in (f"import afterword.cli; {asked}", served)
    ]
    assert said == ["False", "True"]
