"""Automatic backups and copies of a SQLite file: the last ten of each, beside it, for nobody else to read."""

from __future__ import annotations

import hashlib
import os
import re
import sqlite3
from collections.abc import Iterable
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy.engine import URL

from afterword.store.repository import OWNER

FOLDER = "backups"
KEPT = 10
FOLDER_MODE, FILE_MODE = 0o700, 0o600
NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)  # which Windows needs
MOMENT = "%Y%m%dT%H%M%S.%fZ"
BESIDE = ("", "-wal", "-shm")  # what SQLite keeps for one database


def sqlite_file(url: URL) -> Path | None:
    """The file in which a SQLite database lies; None for one in memory and for other databases."""
    named = url.database or ":memory:"
    in_file = url.get_backend_name() == "sqlite" and named != ":memory:" and not named.startswith("file:")
    return Path(named) if in_file else None


# Automatic backups


def keep_backup(file: Path, owner: str, data: bytes, reason: str, now: datetime) -> Path:
    """Write an automatic backup for a reason such as "restore", and forget all but the last ten of this owner.

    It is named by the moment and the reason. Raises OSError; then nothing is forgotten.
    """
    folder = file.parent / FOLDER
    folder.mkdir(mode=FOLDER_MODE, exist_ok=True)
    folder.chmod(FOLDER_MODE)
    path = free_path(folder, f"{reason}-{label_of(file, owner)}.json", now.astimezone(UTC))
    write_private(path, data)
    forget(backups_of(file, owner)[:-KEPT])
    return path


def free_path(folder: Path, rest: str, moment: datetime) -> Path:
    """A path named by the moment, or by the next microsecond at which nothing was written yet."""
    while (path := folder / f"{moment.strftime(MOMENT)}-{rest}").exists():
        moment += timedelta(microseconds=1)
    return path


def label_of(file: Path, owner: str) -> str:
    """How names tell whose backups they are, where several stores or owners share a folder."""
    return file.name if owner == OWNER else f"{file.name}-{hashlib.sha256(owner.encode()).hexdigest()[:16]}"


def backups_of(file: Path, owner: str) -> list[Path]:
    """The automatic backups of this owner, the oldest first; also one that was not written to its end."""
    name = re.compile(rf"\d{{8}}T\d{{6}}\.\d{{6}}Z-[a-z]+-{re.escape(label_of(file, owner))}\.json(\.part)?")
    folder = file.parent / FOLDER
    found = folder.iterdir() if folder.is_dir() else ()
    return sorted(path for path in found if name.fullmatch(path.name))


def write_private(path: Path, data: bytes) -> None:
    """Write a file that only its owner may read, whole or not at all. Raises OSError."""
    scratch = path.with_name(f"{path.name}.part")
    scratch.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(scratch, NEW, FILE_MODE), "wb") as target:
            target.write(data)
            target.flush()
            os.fsync(target.fileno())
        scratch.replace(path)
    except OSError:
        scratch.unlink(missing_ok=True)
        raise


def erase_backups(file: Path, owner: str) -> None:
    """Erase every automatic backup of this owner. Raises OSError."""
    for path in backups_of(file, owner):
        path.unlink(missing_ok=True)
    folder = file.parent / FOLDER
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()


# Copies made before a migration


def copies_of(file: Path) -> list[Path]:
    """The copies made before migrations, the oldest first."""
    name = re.compile(rf"{re.escape(file.name)}\.before-.+-(\d{{8}}T\d{{6}}Z)\.sqlite3")
    found = [(match[1], path) for path in file.parent.iterdir() if (match := name.fullmatch(path.name))]
    return [path for _, path in sorted(found)]


def keep_last_copies(file: Path) -> None:
    """Forget all but the last ten copies made before migrations."""
    forget(copies_of(file)[:-KEPT])


def forget(old: Iterable[Path]) -> None:
    """Remove files that are not needed any more; one that cannot be removed is no reason to stop."""
    for path in old:
        with suppress(OSError):
            remove_database(path)


def erase_copies(file: Path, owner: str) -> None:
    """Erase this owner from every copy; a copy goes whole unless somebody else is in it. Raises OSError."""
    for copy in copies_of(file):
        try:
            others = erase_within(copy, owner)
        except sqlite3.Error:
            others = False  # nobody can read it, and it may hold this owner's text
        if not others:
            remove_database(copy)


def erase_within(copy: Path, owner: str) -> bool:
    """Erase an owner from a copy, whatever tables its version had; whether somebody else is in it."""
    with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        connection.execute("PRAGMA secure_delete=ON")
        owned = "SELECT m.name FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type='table' AND c.name='owner'"
        tables = [f'"{name}"' for (name,) in connection.execute(owned)]
        for table in tables:
            connection.execute(f"DELETE FROM {table} WHERE owner = ?", (owner,))  # noqa: S608 - our own tables
        connection.execute("VACUUM")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        left = (connection.execute(f"SELECT EXISTS (SELECT 1 FROM {t})").fetchone()[0] for t in tables)  # noqa: S608
        return any(left)


def remove_database(path: Path) -> None:
    """Remove a database with what SQLite keeps beside it. Raises OSError."""
    for suffix in BESIDE:
        path.with_name(path.name + suffix).unlink(missing_ok=True)
