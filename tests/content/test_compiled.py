"""What was read of the words, kept for the next start: the same as its source, and used for nothing else."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from afterword.content import CONTENT, load_handbook
from afterword.content.compiled import handbook_kept, keep_handbook

GOOD = load_handbook()


@pytest.fixture
def folder(tmp_path):
    """A copy of the real words."""
    return Path(shutil.copytree(CONTENT, tmp_path / "content"))


@pytest.fixture
def kept(tmp_path, folder, monkeypatch):
    """The file in which they are kept after they were read."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    keep_handbook(GOOD, folder, tmp_path / "cache" / "kept")
    return tmp_path / "cache" / "kept"


def test_what_is_kept_is_what_the_source_says(folder, kept):
    assert handbook_kept(folder, kept) == load_handbook(folder)


def test_one_changed_letter_has_everything_read_anew(folder, kept):
    page = folder / "guide" / "why.md"
    page.write_text(page.read_text("utf-8").replace("e", "E", 1), "utf-8")
    assert handbook_kept(folder, kept) is None


@pytest.mark.parametrize("change", ["a new file", "a file less", "a file of another time"])
def test_so_has_a_file_that_comes_goes_or_is_touched(folder, kept, change):
    page = folder / "guide" / "why.md"
    if change == "a new file":
        (folder / "guide" / "zero.md").touch()
    elif change == "a file less":
        page.unlink()
    else:
        os.utime(page, (1, 1))
    assert handbook_kept(folder, kept) is None


def test_words_elsewhere_are_not_taken_for_these(kept):
    assert handbook_kept(CONTENT, kept) is None


@pytest.mark.parametrize("rest", [b"", b"nonsense", b"cafterword.content.gone\nHandbook\n."])
def test_what_cannot_be_read_counts_for_nothing(folder, kept, rest):
    kept.write_bytes(kept.read_bytes()[:32] + rest)
    assert handbook_kept(folder, kept) is None


def test_where_nothing_was_kept_there_is_nothing(folder, tmp_path):
    assert handbook_kept(folder, tmp_path / "nothing") is None


def test_where_python_keeps_nothing_neither_do_we(folder, tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    keep_handbook(GOOD, folder, tmp_path / "kept")
    assert not (tmp_path / "kept").exists()


def test_a_folder_that_cannot_be_written_to_is_borne(folder, tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    (tmp_path / "in-the-way").touch()
    keep_handbook(GOOD, folder, tmp_path / "in-the-way" / "kept")
    assert handbook_kept(folder, tmp_path / "in-the-way" / "kept") is None


def test_a_second_start_reads_no_word_anew(tmp_path):
    """In a copy of the code, so that nothing of this one is kept or used."""
    root = CONTENT.parent
    for name in ("afterword", "content"):
        shutil.copytree(root / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    code = (
        "import sys; from afterword.content import handbook_in_use; handbook = handbook_in_use(None).handbook; "
        "print(len(handbook.rules), 'pydantic' in sys.modules)"
    )
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    said = [
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        ).stdout.split()
        for _ in range(2)
    ]
    assert said == [[str(len(GOOD.rules)), "True"], [str(len(GOOD.rules)), "False"]]
