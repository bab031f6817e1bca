"""A workshop's summary to keep: what a spreadsheet and a page show, and that neither tells of a small group."""

import csv
import io
from dataclasses import replace

import pytest

from afterword.domain.summary import Counted
from afterword.formats.paper import Paper
from afterword.formats.summary import HEADINGS, csv_summary, summary_handout
from tests.domain.test_summary import world
from tests.formats.test_handout import kinds_in, opened

SUMMARY = world(30, (17, 3), (5, 0, 12, 9)).summary


def rows_of(summary):
    data = csv_summary(summary)
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def cells_of(handout):
    return [row for part in handout.parts if part["kind"] == "facts" for row in part["rows"]]


def test_a_table_has_a_row_for_each_answer_with_all_that_it_belongs_to():
    rows = rows_of(SUMMARY)
    assert tuple(rows[0]) == HEADINGS
    assert [row["Count"] for row in rows] == ["17", "fewer than 5", "5", "fewer than 5", "12", "9"]
    assert {(row["Workshop"], row["Day"], row["Members"]) for row in rows} == {
        ("Small", "2026-11-05", "26 to 35")
    }
    assert [row["Right answer"] for row in rows].count("yes") == 1
    assert rows[0]["Question"] == "Yes?"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "'=1", "＝1"])
def test_no_cell_runs_as_a_formula(text):
    question = replace(SUMMARY.questions[0], title=text, question=text)
    (first, *_) = rows_of(replace(SUMMARY, title=text, questions=(question,)))
    assert [first[name] for name in ("Workshop", "Part", "Question")] == [f"'{text}"] * 3


def test_a_page_says_the_same_and_how_it_was_counted():
    page = summary_handout(SUMMARY)
    assert [count for _, count in cells_of(page)] == [row["Count"] for row in rows_of(SUMMARY)]
    assert page.parts[0]["text"] == "Held on Thursday 5 November 2026, with 26 to 35 members."
    assert "no count is told" in page.parts[1]["text"]
    assert sum(answer.endswith("(the right answer)") for answer, _ in cells_of(page)) == 1


def test_the_page_is_tagged_for_screen_readers():
    page = summary_handout(SUMMARY)
    assert {"/H1", "/H2", "/Table", "/TH"} <= set(kinds_in(page))
    with opened(page, Paper.US_LETTER).open_metadata() as seal:
        assert seal["pdfuaid:part"] == "1"


def test_of_a_room_with_nobody_in_it_there_is_a_summary_too():
    rows = rows_of(world(0).summary)
    assert {(row["Members"], row["Count"]) for row in rows} == {("0 to 9", "fewer than 5")}
    assert len(cells_of(summary_handout(world(0).summary))) == len(rows)


def test_both_show_nothing_but_what_the_summary_tells():
    few = [replace(q, counts=tuple(replace(c, count=None) for c in q.counts)) for q in SUMMARY.questions]
    hidden = replace(SUMMARY, questions=tuple(few))
    assert isinstance(few[0].counts[0], Counted)
    assert {row["Count"] for row in rows_of(hidden)} == {"fewer than 5"}
    assert {count for _, count in cells_of(summary_handout(hidden))} == {"fewer than 5"}
