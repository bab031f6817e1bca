"""The chart's form: built once a kind, theme and size, valid, and never changed by what fills it."""

import json
import subprocess
import sys
from copy import deepcopy
from dataclasses import replace
from pathlib import Path

import altair as alt
import pytest

from afterword.domain.lane import MarkKind
from afterword.ui import chart, drawing, forms_kept
from afterword.ui.chart import BAR, KINDS, NAMES, ROW, SELECTION, TIMELINE
from afterword.ui.chart_rows import Group, by_status, rows_of, window_around
from afterword.ui.statuses import GROUNDS, MARKS
from afterword.ui.timeline import WEEKS
from tests.desk.cast import ALICE, FERNBRIDGE, NOW, desk_of

ROOT = Path(__file__).resolve().parents[2]
THEMES = ("light", "dark")
every_form = pytest.mark.parametrize(
    ("kind", "theme", "weeks"),
    [(kind, theme, weeks) for kind in KINDS for theme in THEMES for weeks in WEEKS],
    ids=lambda value: getattr(value, "name", str(value)),
)


def filled(kind, theme, weeks, companies=("Fernbridge", "Tidewater"), grouped=True):
    desk = desk_of(ALICE)
    for company in companies:
        desk.add(replace(FERNBRIDGE, company=company))
    cases = desk.today().cases
    groups = by_status(cases) if grouped else [Group("", cases)]
    window = window_around(NOW.date(), weeks)
    rows, height = rows_of(groups, window, desk, theme, NOW.date())
    return chart.filled(kind, theme, window.days, rows, height)


def layer(spec, name):
    return spec["layer"][NAMES.index(name)]


@every_form
def test_a_kept_form_is_what_altair_would_build_now(kind, theme, weeks):
    built = drawing.whole(kind.name, theme, weeks * 7)
    assert chart.form(kind.name, theme, weeks * 7) == built, "run: python -m afterword.ui.drawing"


def test_every_form_is_kept_and_none_that_nobody_asks_for():
    assert forms_kept.kept() == drawing.forms()


def test_filling_every_form_builds_nothing_and_needs_no_altair():
    code = """
import sys
from tests.ui import test_chart
for name in [name for name in sys.modules if name.partition(".")[0] == "altair"]:
    del sys.modules[name]
for kind in test_chart.KINDS:
    for theme in test_chart.THEMES:
        for weeks in test_chart.WEEKS:
            test_chart.filled(kind, theme, weeks)
print([name for name in sys.modules if name.partition(".")[0] == "altair"])
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_filling_leaves_the_form_as_it_was():
    form = chart.form(TIMELINE.name, "light", 42)
    before = deepcopy(form)
    first, second = filled(TIMELINE, "light", 6), filled(TIMELINE, "light", 6, ["Another"])
    assert chart.form(TIMELINE.name, "light", 42) is form
    assert form == before
    assert layer(first, "company")["data"] != layer(second, "company")["data"]
    assert "height" not in form


@every_form
def test_what_is_built_is_valid_and_so_is_what_is_filled(kind, theme, weeks):
    drawing.build(kind, theme, weeks * 7).to_dict(validate=True)
    spec = filled(kind, theme, weeks)
    assert len(alt.Chart.from_dict(spec, validate=True).layer) == len(spec["layer"])
    assert json.loads(json.dumps(spec))["layer"]


def test_validation_would_find_a_mistake():
    spec = filled(TIMELINE, "light", 6)
    spec["layer"][0] = {**spec["layer"][0], "mark": {"type": "rectangle"}}
    with pytest.raises(Exception, match="rectangle"):
        alt.Chart.from_dict(spec, validate=True)


@every_form
def test_every_layer_gets_its_rows_and_nothing_is_left_to_be_looked_up(kind, theme, weeks):
    spec = filled(kind, theme, weeks)
    assert len(spec["layer"]) == len(NAMES)
    for name in NAMES:
        assert list(layer(spec, name)["data"]) == ["values"], name
        assert layer(spec, name)["data"]["values"], name
        assert "name" not in layer(spec, name)["data"]


def test_rows_hold_every_field_that_their_layer_shows():
    spec = filled(TIMELINE, "light", 6)
    for name in NAMES:
        shown = layer(spec, name)["encoding"].values()
        parts = [part for one in shown for part in (one if isinstance(one, list) else [one])]
        fields = {part["field"] for part in parts if "field" in part}
        assert fields, name
        for row in layer(spec, name)["data"]["values"]:
            assert fields <= row.keys(), name


def test_only_the_lanes_can_be_clicked_and_they_lie_on_top():
    spec = filled(TIMELINE, "light", 6)
    assert "params" not in spec
    assert [name for name in NAMES if "params" in layer(spec, name)] == ["lanes"]
    assert NAMES[-1] == "lanes"
    (selection,) = layer(spec, "lanes")["params"]
    assert selection["name"] == SELECTION
    assert selection["select"]["fields"] == ["id"]
    assert "views" not in selection


def test_every_kind_of_mark_has_its_shape():
    shape = layer(chart.form(TIMELINE.name, "light", 42), "marks")["encoding"]["shape"]["scale"]
    shapes = dict(zip(shape["domain"], shape["range"], strict=True))
    assert shapes == {kind: MARKS[kind][2] for kind in MarkKind}


@pytest.mark.parametrize("theme", THEMES)
def test_the_chart_takes_its_colours_from_the_ground_of_its_theme(theme):
    ground, form = GROUNDS[theme], chart.form(TIMELINE.name, theme, 42)
    assert layer(form, "company")["mark"]["fill"] == ground.ink
    assert layer(form, "role")["mark"]["fill"] == ground.soft
    assert layer(form, "marks")["mark"]["fill"] == ground.ink
    assert form["config"]["background"] == "transparent"


def test_bars_fit_into_their_lane():
    assert BAR < ROW
