"""The chart's form: built once a kind, theme and size, valid, and never changed by what fills it."""

import json
from copy import deepcopy
from dataclasses import replace

import altair as alt
import pytest

from afterword.domain.lane import MarkKind
from afterword.ui import chart
from afterword.ui.chart import BAR, NAMES, ROW, SELECTION, TIMELINE, TODAY
from afterword.ui.chart_rows import Group, by_status, rows_of, window_around
from afterword.ui.statuses import GROUNDS, MARKS
from afterword.ui.timeline import WEEKS
from tests.desk.cast import ALICE, FERNBRIDGE, NOW, desk_of

KINDS, THEMES = (TIMELINE, TODAY), ("light", "dark")
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


@pytest.fixture
def builds(monkeypatch):
    """Every call of `build`, from a start at which no form is kept."""
    calls, build = [], chart.build
    monkeypatch.setattr(chart, "build", lambda *named: calls.append(named) or build(*named))
    chart.form.cache_clear()
    yield calls
    chart.form.cache_clear()


def test_a_form_is_built_once_a_kind_theme_and_size_however_often_it_is_filled(builds):
    for count in range(1, 4):
        for kind in KINDS:
            for theme in THEMES:
                for weeks in WEEKS:
                    filled(kind, theme, weeks, [f"Company {n}" for n in range(count)])
    wanted = [(kind, theme, weeks * 7) for kind in KINDS for theme in THEMES for weeks in WEEKS]
    assert builds == wanted


def test_filling_leaves_the_form_as_it_was():
    form = chart.form(TIMELINE, "light", 42)
    before = deepcopy(form)
    first, second = filled(TIMELINE, "light", 6), filled(TIMELINE, "light", 6, ["Another"])
    assert chart.form(TIMELINE, "light", 42) is form
    assert form == before
    assert layer(first, "company")["data"] != layer(second, "company")["data"]
    assert "height" not in form


def test_the_form_is_not_validated_where_it_is_used(monkeypatch):
    asked, to_dict = [], alt.LayerChart.to_dict
    monkeypatch.setattr(
        alt.LayerChart, "to_dict", lambda self, **more: asked.append(more) or to_dict(self, **more)
    )
    chart.form.cache_clear()
    chart.form(TODAY, "dark", 28)
    chart.form.cache_clear()
    assert asked == [{"validate": False}]


@every_form
def test_what_is_built_is_valid_and_so_is_what_is_filled(kind, theme, weeks):
    chart.build(kind, theme, weeks * 7).to_dict(validate=True)
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
    shape = layer(chart.form(TIMELINE, "light", 42), "marks")["encoding"]["shape"]["scale"]
    shapes = dict(zip(shape["domain"], shape["range"], strict=True))
    assert shapes == {kind: MARKS[kind][2] for kind in MarkKind}


@pytest.mark.parametrize("theme", THEMES)
def test_the_chart_takes_its_colours_from_the_ground_of_its_theme(theme):
    ground, form = GROUNDS[theme], chart.form(TIMELINE, theme, 42)
    assert layer(form, "company")["mark"]["fill"] == ground.ink
    assert layer(form, "role")["mark"]["fill"] == ground.soft
    assert layer(form, "marks")["mark"]["fill"] == ground.ink
    assert form["config"]["background"] == "transparent"


def test_bars_fit_into_their_lane():
    assert BAR < ROW
