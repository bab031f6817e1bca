"""The worked example: drawing, sentence and table say what the plan says."""

from datetime import timedelta

import pytest

from afterword.content import load_handbook
from afterword.domain.story import StageKind, stages
from afterword.domain.workdays import Workdays
from afterword.ui import drawing, worked

HANDBOOK = load_handbook()
EXAMPLE = next(page.example for page in HANDBOOK.guide if page.example)
SHOWN = stages(EXAMPLE, HANDBOOK, Workdays(EXAMPLE.country))


def test_every_stage_stands_once_in_the_drawing_in_the_sentence_and_in_the_table():
    rows = worked.rows_of(SHOWN)
    told, table = worked.told(SHOWN), worked.table(SHOWN, HANDBOOK)
    assert len(rows["names"]) == len(StageKind)
    for stage, name in zip(SHOWN, rows["names"], strict=True):
        assert name["text"] == f"{worked.name(stage)}: {worked.when(stage)}"
        assert name["text"] in told
        assert f"| {worked.name(stage)} | {worked.when(stage)} |" in table


def test_bars_and_marks_stand_on_the_days_of_the_plan():
    rows, (begins, days) = worked.rows_of(SHOWN), worked.reach(SHOWN)
    bars = sorted((row["x"], row["x2"]) for layer in ("quiet", "window") for row in rows[layer])
    spans = [s for s in SHOWN if s.kind not in worked.SHAPES]
    assert bars == sorted(((s.begins - begins).days, (s.ends - begins).days + 1) for s in spans)
    points = [s for s in SHOWN if s.kind in worked.SHAPES]
    assert [row["x"] for row in rows["marks"]] == [(s.begins - begins).days + 0.5 for s in points]
    assert all(
        row["x"] >= 0 and row.get("x2", 0) <= days for layer in rows.values() for row in layer if "x" in row
    )


def test_weekends_are_shaded_and_mondays_are_dated():
    rows, (begins, _) = worked.rows_of(SHOWN), worked.reach(SHOWN)
    assert {(begins + timedelta(days=row["x"])).weekday() for row in rows["shade"]} == {5, 6}
    assert [row["text"] for row in rows["dates"]][:2] == ["9 Nov", "16 Nov"]


def test_a_phones_table_leaves_the_rule_to_the_wide_one():
    assert "By the rule" in worked.table(SHOWN, HANDBOOK)
    assert "By the rule" not in worked.table(SHOWN, None)
    assert worked.table(SHOWN, None).splitlines()[1] == "| - | - |"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_form_is_what_altair_would_build_now_and_stays_as_it_is(theme):
    form = worked.form(worked.FORM, theme, 28)
    assert form == drawing.whole(worked.FORM, theme, 28), "run: python -m afterword.ui.drawing"
    before = repr(form)
    spec = worked.filled(theme, 28, worked.rows_of(SHOWN))
    assert worked.form(worked.FORM, theme, 28) is form
    assert repr(form) == before
    assert [len(layer["data"]["values"]) > 0 for layer in spec["layer"]] == [True] * len(worked.LAYERS)
