"""The command, shortened: what it prints, what it writes, and what it does when a part of it fails."""

import json
import subprocess
import sys

import pytest

from bench import run
from bench.asked import Asked
from bench.figure import Figure
from bench.serving import ROOT

pytestmark = pytest.mark.xdist_group("bench")

FIELDS = {"name", "value", "bare", "ratio", "goal", "met"}


@pytest.mark.parametrize("name", ["ticks", "plans", "sessions"])
def test_a_part_is_measured_alone_and_written_as_json(tmp_path, name):
    paper, file = (ROOT / "docs" / "performance.md").read_bytes(), tmp_path / "figures.json"
    command = [sys.executable, "-m", "bench.run", "--quick", "--only", name, "--json", str(file)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    figures = json.loads(file.read_text("utf-8"))
    assert figures
    for figure in figures:
        assert set(figure) >= FIELDS
        assert figure["value"] > 0
        assert f"| {figure['name']} " in done.stdout
    assert (ROOT / "docs" / "performance.md").read_bytes() == paper


def test_every_part_is_named_and_documented():
    words = (ROOT / "docs" / "performance.md").read_text("utf-8")
    assert [name for name in run.MEASURES if f"`{name}`" not in words] == []


def test_a_part_that_fails_takes_no_other_with_it(tmp_path, monkeypatch, capsys):
    def fails(_):
        raise RuntimeError("the disk is full")

    def works(_):
        return [Figure("Found", "ms", 4.0, 5)]

    monkeypatch.setattr(run, "MEASURES", {"bad": fails, "good": works})
    report = run.Report(Asked(tmp_path), tmp_path / "figures.json")
    report.fill(["bad", "good"])
    assert [figure.name for figure in report.figures] == ["Found"]
    assert "Not measured: bad (RuntimeError: the disk is full)." in report.words()
    assert [figure["name"] for figure in json.loads((tmp_path / "figures.json").read_text("utf-8"))] == [
        "Found"
    ]
    assert "the disk is full" in capsys.readouterr().err


def test_a_part_nobody_knows_is_refused(capsys):
    with pytest.raises(SystemExit):
        run.read_arguments(["--only", "nothing"])
    assert "nothing" in capsys.readouterr().err


@pytest.mark.parametrize(("asked", "expected"), [({}, 5), ({"quick": True}, 2), ({"count": 3}, 5)])
def test_rounds_are_as_many_as_asked_for(tmp_path, asked, expected):
    assert len(list(Asked(tmp_path, **asked).rounds(5))) == expected
    assert len(list(Asked(tmp_path).rounds(5, seconds=0))) == 1
