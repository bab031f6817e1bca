"""The whole measuring, shortened, and the table that it makes."""

import subprocess
import sys

import pytest

from bench.client import Answer
from bench.serving import ROOT
from bench.table import END, START, Row, p95, table_of, write_between


def answers(*milliseconds):
    return [Answer(ms=ms, messages=7, down=1234, up=50, runs=1) for ms in milliseconds]


def test_three_rounds_give_every_row():
    paper = (ROOT / "docs" / "bench.md").read_bytes()
    command = [sys.executable, "-m", "bench.run", "--count", "3"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert "Rounds: 3, " in done.stdout
    rows = set(Row) - ({Row.TIMELINE} if "There is no page Timeline yet" in done.stdout else set())
    assert [row for row in rows if f"| {row} " not in done.stdout] == []
    assert (ROOT / "docs" / "bench.md").read_bytes() == paper


def test_a_row_is_compared_with_what_the_bare_app_does_alike():
    found = {
        Row.BARE_OPENING: answers(10, 20, 30),
        Row.BARE_TICK: answers(4, 5, 6),
        Row.ITEM_TICK: answers(9, 10, 11),
        Row.TODAY_FEW: answers(30, 30, 90),
    }
    lines = [[cell.strip() for cell in line.split("|")[1:-1]] for line in table_of(found).splitlines()[2:]]
    assert [line[0] for line in lines] == [row for row in Row if row in found]
    assert [line[1:4] for line in lines] == [
        ["20.0", "30.0", "1.0"],
        ["5.0", "6.0", "1.0"],
        ["10.0", "11.0", "2.0"],
        ["30.0", "90.0", "1.5"],
    ]
    assert lines[0][4:] == ["1,234", "50", "7"]


@pytest.mark.parametrize(
    ("values", "expected"), [([7], 7), (range(1, 101), 95), (range(1, 21), 19), ([3, 1, 2], 3)]
)
def test_95_of_100_do_not_exceed_the_95th_percentile(values, expected):
    assert p95(list(values)) == expected


def test_the_table_goes_between_the_markers_and_again(tmp_path):
    paper = tmp_path / "paper.md"
    paper.write_text(f"before\n\n{START}\n{END}\n\nafter\n")
    for words in ("old", "new"):
        write_between(paper, words)
    assert paper.read_text() == f"before\n\n{START}\n\nnew\n\n{END}\n\nafter\n"


@pytest.mark.parametrize("text", ["", START, END])
def test_a_file_without_both_markers_is_left_alone(tmp_path, text):
    paper = tmp_path / "paper.md"
    paper.write_text(text)
    with pytest.raises(ValueError, match="lacks the lines"):
        write_between(paper, "words")
    assert paper.read_text() == text
