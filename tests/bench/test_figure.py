"""A figure knows whether its goal is reached, and the table and the picture say so."""

from xml.etree import ElementTree

import pytest

from bench.figure import Figure, Values, p95
from bench.picture import picture_of, share
from bench.table import END, START, table_of, write_between


@pytest.mark.parametrize(
    ("figure", "ratio", "met"),
    [
        (Figure("a", "ms", 12, 1.5, bare=8), 1.5, True),
        (Figure("a", "ms", 13, 1.5, bare=8), 1.625, False),
        (Figure("a", "KB", 3, 3), None, True),
        (Figure("a", "KB", 3.1, 3), None, False),
        (Figure("a", "", 199, 200, at_least=True), None, False),
        (Figure("a", "", 200, 200, at_least=True), None, True),
        (Figure("a", "ms", 1), None, None),
    ],
)
def test_a_goal_is_for_the_ratio_where_there_is_one_else_for_the_value(figure, ratio, met):
    assert (figure.ratio, figure.met) == (ratio, met)
    assert figure.as_json()["ratio"] == ratio
    assert figure.as_json()["met"] is met


@pytest.mark.parametrize(
    ("values", "expected"), [([7], 7), (range(1, 101), 95), (range(1, 21), 19), ([3, 1, 2], 3)]
)
def test_95_of_100_do_not_exceed_the_95th_percentile(values, expected):
    assert p95(list(values)) == expected


def test_values_make_a_figure_of_their_medians():
    figure = Values([10, 30, 20], [1, None, 3]).figure("a", "ms", 3, Values([5, 10, 15], [2, 2, 2]))
    assert (figure.value, figure.bare, figure.count, figure.p95) == (20, 10, 3, 30)
    assert (figure.cpu, figure.bare_cpu) == (2, 2)


def test_processor_time_that_no_system_tells_is_left_out():
    assert Values([1, 2], [None, None]).figure("a", "ms").cpu is None


def test_a_row_says_what_was_found_and_what_was_to_be_reached():
    figures = [
        Figure("A tick", "ms", 12, 1.5, bare=8, count=200, p95=20.25, cpu=9.5),
        Figure("Sessions", "", 240, 200, at_least=True, p95=480),
        Figure("Bytes", "KB", 40.3, 35),
        Figure("A page", "ms", 1234),
    ]
    lines = [[cell.strip() for cell in line.split("|")[1:-1]] for line in table_of(figures).splitlines()[2:]]
    assert lines == [
        ["A tick", "12.0 ms", "8.00 ms", "1.50", "at most 1.5 times", "yes", "20.2 ms", "9.50 ms", "200"],
        ["Sessions", "240", "", "", "at least 200", "yes", "480 ms", "", "1"],
        ["Bytes", "40.3 KB", "", "", "at most 35 KB", "no", "", "", "1"],
        ["A page", "1,234 ms", "", "", "", "", "", "", "1"],
    ]


def test_a_bar_is_as_long_as_what_is_taken_of_what_is_allowed():
    assert share(Figure("a", "ms", 6, 1.5, bare=8)) == 0.5
    assert share(Figure("a", "", 400, 200, at_least=True)) == 0.5
    assert share(Figure("a", "KB", 6, 3)) == 2


def test_the_picture_shows_every_figure_with_a_goal():
    figures = [Figure("A < B", "KB", 6, 3), Figure("Small", "KB", 1, 4), Figure("No goal", "KB", 1)]
    drawn = ElementTree.fromstring(picture_of(figures))  # noqa: S314 - our own picture
    bars = [part.get("class") for part in drawn.iter("{http://www.w3.org/2000/svg}rect")]
    words = [part.text for part in drawn.iter("{http://www.w3.org/2000/svg}text")]
    assert bars == ["not", "met"]
    assert words == ["what is allowed", "A < B", "200 %", "Small", "25 %"]


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
