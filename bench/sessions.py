"""How many guests one process serves before they have to wait."""

from __future__ import annotations

import json
import subprocess
import sys

from bench.asked import Asked
from bench.figure import Figure
from bench.load import LIMIT_MS, Held
from bench.serving import ROOT, served
from bench.stock import DAY

SECONDS = 300  # until whoever is still counting is told to stop


def measure(asked: Asked) -> list[Figure]:
    """Ever more sessions, each with an action every 2 s, until 95 of 100 answers do not come within half a second."""
    held = [one for one in crowds(asked) if one.is_well]
    most = max((one.sessions for one in held), default=0)
    last = max((one.p95 for one in held if one.sessions == most), default=float("nan"))
    return [
        Figure(f"Sessions of one process, an action each 2 s, p95 within {LIMIT_MS:g} ms", "", most, 200,
               count=sum(one.answers for one in held), p95=last, at_least=True)
    ]  # fmt: skip


def crowds(asked: Asked) -> list[Held]:
    """How crowds of growing size were answered by a server of guests."""
    settings = {"AFTERWORD_NOW": DAY, "AFTERWORD_BOUND": "127.0.0.1", "AFTERWORD_GUEST": "1"}
    with served("server", asked.folder / "guests", **settings) as server:
        server.wait()
        return counted(server.address, asked.quick)


def counted(address: str, quick: bool) -> list[Held]:
    """What the crowd says of itself; what it has said until then where it takes too long."""
    command = [sys.executable, "-m", "bench.load", address]
    if quick:
        command += ["--first", "5", "--step", "5", "--most", "10", "--seconds", "2"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as crowd:  # noqa: S603 - our own
        try:
            said, _ = crowd.communicate(timeout=SECONDS)
        except subprocess.TimeoutExpired:
            crowd.kill()
            said, _ = crowd.communicate()
    return [Held(**json.loads(line)) for line in said.splitlines()]
