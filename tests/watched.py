"""The real server, with a note of every database that it opens, and of each file that belongs to one."""

import os
import sys
from pathlib import Path

OPENED = os.open(Path(os.environ["XDG_DATA_HOME"]) / "opened.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND)


def note(event, args):
    """Write down what is opened. It must open nothing itself."""
    if event not in {"sqlite3.connect", "open"} or not isinstance(args[0], str | bytes | os.PathLike):
        return
    name = os.fsdecode(args[0])
    if event == "sqlite3.connect" or ".sqlite3" in name:
        os.write(OPENED, f"{name}\n".encode())


sys.addaudithook(note)

from server import app as app  # noqa: E402 - the note begins before it
