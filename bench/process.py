"""What a process of ours takes: processor time and memory, as Linux tells them, and None elsewhere."""

from __future__ import annotations

import sys
import time
from pathlib import Path


def cpu_seconds(pid: int) -> float | None:
    """The processor time that a process took so far, all of its threads together, in seconds."""
    if sys.platform != "linux":
        return None
    return time.clock_gettime((~pid << 3) | 2)  # the clock that counts the time of another process


def megabytes(pid: int) -> float | None:
    """The memory that a process holds at this moment, in megabytes of 1,048,576 bytes."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text("ascii", "replace").splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS:")), None)
