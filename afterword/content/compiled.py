"""The handbook as it was read last, kept beside this file as Python keeps the code that it has compiled.

Reading and checking every word takes a sixth of a start. What is kept is used for the very files it was made from,
those of the words and those of the code: same names, sizes and times of change. Whoever can write it can write the
code as well, so it is trusted no more than that.
"""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Iterator
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

from afterword.domain.handbook import Handbook

CODE = Path(__file__).resolve().parents[1]
CONTENT = CODE.parent / "content"
KEPT = Path(__file__).resolve().with_name("__pycache__") / f"handbook.{sys.implementation.cache_tag}.pickle"
DIGEST = 32  # bytes


def handbook_kept(folder: Path = CONTENT, kept: Path = KEPT) -> Handbook | None:
    """What is kept of the words under `folder`; None where nothing is, or something has changed since."""
    try:
        whole = kept.read_bytes()
    except OSError:
        return None
    if whole[:DIGEST] != digest_of(folder):
        return None
    with suppress(Exception):  # whatever keeps it from being read, there is the source
        handbook = pickle.loads(whole[DIGEST:])  # noqa: S301 - see above: as trusted as the code beside it
        return handbook if isinstance(handbook, Handbook) else None
    return None


def keep_handbook(handbook: Handbook, folder: Path = CONTENT, kept: Path = KEPT) -> None:
    """Keep what was read of the words under `folder`, whole or not at all; nothing where Python keeps nothing."""
    if sys.dont_write_bytecode:
        return
    draft = kept.with_suffix(f".{os.getpid()}")
    with suppress(OSError):  # a folder that cannot be written to costs the next start a moment
        kept.parent.mkdir(exist_ok=True)
        draft.write_bytes(digest_of(folder) + pickle.dumps(handbook, pickle.HIGHEST_PROTOCOL))
        draft.replace(kept)


def digest_of(folder: Path) -> bytes:
    """What tells the files of the words and of the code from any others, without reading them."""
    told = sorted((*told_of(folder), *told_of(CODE, ".py")))
    return blake2b("\n".join(told).encode(), digest_size=DIGEST).digest()


def told_of(folder: Path, ending: str = "") -> Iterator[str]:
    """A line a file: its path, size and time of change."""
    for path, _, names in os.walk(folder):
        for name in names:
            if name.endswith(ending):
                file = os.stat(f"{path}/{name}")  # noqa: PTH116 - two hundred files, in a millisecond
                yield f"{path}/{name} {file.st_size} {file.st_mtime_ns}"
