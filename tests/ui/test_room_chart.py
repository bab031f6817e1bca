"""The chart of a room's answers: what it shows is what was counted, and its form is never changed."""

import pytest

from afterword.domain.workshop import Choice, Tally
from afterword.ui import forms_kept, room_chart, room_result
from afterword.ui.room_chart import DESK, PHONE, WALL, Bar

LONG = "I wanted to do something, and did not know what, so that I did nothing at all for two weeks"
BARS = (Bar("By email", 6), Bar(LONG, 3, right=True), Bar("By phone", 0))


def layer(spec, name):
    return spec["layer"][room_chart.LAYERS.index(name)]["data"]["values"]


def test_every_answer_has_its_words_its_bar_and_its_count():
    spec = room_chart.filled(DESK, "light", BARS)
    assert [row["text"].replace("\n", " ") for row in layer(spec, "words")] == [
        "By email",
        f"✔ {LONG}",
        "By phone",
    ]
    assert [row["x2"] for row in layer(spec, "bars")] == [1, 0.5, 0]
    assert [row["text"] for row in layer(spec, "counts")] == ["6 (67 %)", "3 (33 %)", "0"]


def test_the_right_answer_is_marked_by_a_sign_and_not_by_its_colour_alone():
    spec = room_chart.filled(DESK, "light", BARS)
    marked = [row["text"].startswith("✔ ") for row in layer(spec, "words")]
    assert marked == [False, True, False]
    fills = [row["fill"] for row in layer(spec, "bars")]
    assert fills[0] == fills[2] != fills[1]


@pytest.mark.parametrize("size", [PHONE, DESK, WALL], ids=lambda size: size.name)
def test_long_words_take_more_lines_and_nothing_lies_upon_anything_else(size):
    spec = room_chart.filled(size, "dark", BARS)
    words, bars = layer(spec, "words"), layer(spec, "bars")
    for line, bar in zip(words, bars, strict=True):
        assert all(len(part) <= size.line for part in line["text"].split("\n"))
        assert line["y"] + len(line["text"].split("\n")) * room_chart.line_height(size) <= bar["y"]
    assert all(bar["y2"] < after["y"] for bar, after in zip(bars, words[1:], strict=False))
    assert spec["height"] == bars[-1]["y2"]


def test_a_room_in_which_nobody_has_answered_has_its_answers_all_the_same():
    spec = room_chart.filled(PHONE, "light", (Bar("By email", 0), Bar("By phone", 0)))
    assert [row["x2"] for row in layer(spec, "bars")] == [0, 0]
    assert [row["text"] for row in layer(spec, "counts")] == ["0", "0"]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_form_stays_as_it_is_and_the_same_counts_are_filled_once(theme):
    form = forms_kept.kept()[forms_kept.name(DESK.form, theme)]
    before = repr(form)
    spec = room_chart.filled(DESK, theme, BARS)
    assert room_chart.filled(DESK, theme, BARS) is spec
    assert repr(form) == before


def test_the_counts_are_told_in_words_too():
    counts = ((Choice(id="email", words="By email *"), 2), (Choice(id="phone", words="By phone"), 0))
    tally = Tally(block="channel", counts=counts)
    assert room_result.counts(tally) == "- **2 (100 %)** By email \\*\n- **0** By phone"
    assert room_result.told(tally) == "What the room answered, 2 in all. By email *: 2; By phone: 0."
