"""Cells that a spreadsheet would run are made safe, and come back as typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.formats.formulas import guarded, is_formula, unguarded

WOULD_RUN = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1", "＋1", "－1", "＠a")


@pytest.mark.parametrize("text", WOULD_RUN)
def test_what_would_run_stands_behind_an_apostrophe(text):
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "plain", "a=b", "O'Neill", "'tis", "1-2", "jo@x.example"])
def test_what_would_not_stays_as_it_is(text):
    assert guarded(text) == text


@given(st.text(alphabet="'=+-@\t\r\n ＝＋ab1", max_size=8) | st.text())
def test_everything_comes_back_as_typed(text):
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize(
    "text",
    ["=1+1", "=cmd|'/c calc'!A0", "@SUM(1+1)*cmd", "+HYPERLINK(1)", "-2+3+cmd|' /C calc'!A0", "＝1", " =A1"],
)
def test_a_formula_in_a_foreign_cell_is_known(text):
    assert is_formula(text)


@pytest.mark.parametrize(
    "text", ["+1 (212) 555-0100", "- a note (mine)", "- 50k | great!", "@ada", "=", "a=1", "-5", "+49 30 1"]
)
def test_text_that_begins_like_one_is_none(text):
    assert not is_formula(text)
