"""The words that Afterword works with: the newest, or the last good ones where the newest are broken."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from afterword.content.compiled import CONTENT, handbook_kept, keep_handbook
from afterword.domain.errors import BrokenContent, Problem
from afterword.domain.handbook import Handbook


@dataclass(frozen=True, slots=True)
class HandbookInUse:
    """The handbook that Afterword works with; `problems` are those of newer words that cannot be used."""

    handbook: Handbook
    problems: tuple[Problem, ...] = ()


def handbook_in_use(keep: Path | None, folder: Path = CONTENT) -> HandbookInUse:
    """The words under `folder`, or the last good ones, of which a copy is kept in the folder `keep` if given.

    Raises BrokenContent where the words are broken and there are no good ones that can still be read.
    """
    try:
        handbook = newest(folder)
    except BrokenContent as error:
        last_good = readable(keep)
        if last_good is None:
            raise
        return HandbookInUse(last_good, error.problems)
    if keep is not None:
        with contextlib.suppress(OSError):  # a full disk must not keep good words from being used
            keep_copy(folder, keep)
    return HandbookInUse(handbook)


def newest(folder: Path) -> Handbook:
    """The words under `folder`, read anew only where they or the code have changed. Raises BrokenContent."""
    known = handbook_kept(folder) if folder == CONTENT else None
    if known is not None:
        return known
    from afterword.content.loading import load_handbook  # its libraries take longer to load than the words

    handbook = load_handbook(folder)
    if folder == CONTENT:
        keep_handbook(handbook)
    return handbook


def readable(keep: Path | None) -> Handbook | None:
    """The handbook kept aside, None where there is none that this Afterword can read."""
    if keep is None or not keep.is_dir():
        return None
    from afterword.content.loading import load_handbook

    try:
        return load_handbook(keep)
    except BrokenContent:
        return None


def keep_copy(folder: Path, keep: Path) -> None:
    """Copy good words aside: whole beside the old copy first, so that a copy is never half there."""
    fresh = Path(tempfile.mkdtemp(prefix=f"{keep.name}-", dir=keep.parent))
    old = fresh / "old"
    try:
        shutil.copytree(folder, fresh / "new")
        with contextlib.suppress(FileNotFoundError):
            keep.rename(old)
        (fresh / "new").rename(keep)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
