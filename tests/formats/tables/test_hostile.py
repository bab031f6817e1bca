"""What no person keeps as a table gets a sentence, soon and in little memory, and is never taken up."""

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.formats.tables.hostile import OLD, cases, sentences_of

ROOT = Path(__file__).resolve().parents[3]
SECONDS, MEGABYTES = 5, 300
MB = 1_000_000


def test_there_are_two_hundred_of_them_and_five_of_each_class():
    classes = Counter(case.called.split(",")[0] for case in cases())
    assert sum(classes.values()) >= 200
    assert min(classes.values()) >= 5


# A process counts as its own what the one that started it had used by then, and a test's has used much: so a small
# one stands between.
BETWEEN = [sys.executable, "-c", "import subprocess, sys; sys.exit(subprocess.call(sys.argv[1:]))"]


def test_each_gets_its_sentence_in_five_seconds_and_three_hundred_megabytes(tmp_path):
    pytest.importorskip("resource", reason="this system does not tell what a program used")
    for what in ("make", "read"):
        command = [*BETWEEN, sys.executable, "-m", "tests.formats.tables.hostile", what, str(tmp_path)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600, check=False)
        assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    wrong = {
        case.called: found["told"][case.called]["said"]
        for case in cases()
        if not re.search(case.said, " ".join(found["told"][case.called]["said"]))
    }
    assert wrong == {}
    assert max(one["seconds"] for one in found["told"].values()) < SECONDS
    assert sum(found["most"]) < MEGABYTES * MB


def test_the_old_file_that_is_cut_can_be_read_whole():
    assert sentences_of(OLD) == [
        "row 2, Notizen: is a formula; put its result there, or an apostrophe before it"
    ]
