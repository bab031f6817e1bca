"""What people typed appears exactly as they typed it, and turns nothing around it."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afterword.ui.typed import (
    END_OF_ISOLATE,
    ISOLATE,
    JOINER,
    LONGEST_IN_A_LABEL,
    as_typed,
    in_label,
    reads_right_to_left,
)

MARKS = "\\`*_{}[]<>#|~:$&^/"
ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
HEBREW, ARABIC = "שלום עולם (Ltd)", "شركة النور"


def read_back(markdown):
    """What a reader sees of it: escapes taken back, invisible letters left out."""
    invisible = {JOINER, ISOLATE, END_OF_ISOLATE}
    return ESCAPED.sub(r"\1", "".join(letter for letter in markdown if letter not in invisible))


@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_that_means_something_in_markdown_is_escaped(mark):
    assert as_typed(f"a{mark}b") == f"a\\{mark}b"


@pytest.mark.parametrize(
    ("typed", "markdown"),
    [
        ("Fernbridge", "Fernbridge"),
        ("Zoë & Söhne 100%", "Zoë \\& Söhne 100%"),
        ("*Bold* _it_", "\\*Bold\\* \\_it\\_"),
        ("<b>&amp;</b>", "\\<b\\>\\&amp;\\<\\/b\\>"),
        (":red[Colour] :wave:", "\\:red\\[Colour\\] \\:wave\\:"),
        (":material/home: $x^2$", "\\:material\\/home\\: \\$x\\^2\\$"),
        ("# Head [link](x)", "\\# Head \\[link\\](x)"),
        ("![image](x)", "!\\[image\\](x)"),
        ("C:\\new", "C\\:\\\\new"),
        ("1. First", "1\\. First"),
        ("12) Twelfth", "12\\) Twelfth"),
        ("- Dash", "\\- Dash"),
        ("+", "\\+"),
        ("St. John's 1.5 - no list", "St. John's 1.5 - no list"),
    ],
)
def test_typed_text_is_escaped_as_a_whole(typed, markdown):
    assert as_typed(typed) == markdown


@pytest.mark.parametrize("arrow", ["->", "<-", "<->", "--", ">=", "<=", "~="])
def test_an_arrow_standing_alone_stays_what_it_is(arrow):
    assert JOINER in as_typed(f"a {arrow} b")
    assert read_back(as_typed(f"a {arrow} b")) == f"a {arrow} b"
    assert JOINER not in as_typed(f"a{arrow}b")


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\n\n"])
def test_several_lines_become_one(ending):
    assert as_typed(f"Fern{ending}bridge").split() == ["Fern", "bridge"]
    assert "\n" not in as_typed(f"Fern{ending}bridge{ending}")


@pytest.mark.parametrize("name", [HEBREW, ARABIC, "Fernbridge שלום"])
def test_letters_that_read_from_the_right_are_isolated(name):
    shown = as_typed(name)
    assert reads_right_to_left(name)
    assert (shown[0], shown[-1]) == (ISOLATE, END_OF_ISOLATE)
    assert read_back(shown) == name


@pytest.mark.parametrize("name", ["Fernbridge", "Zoë", "株式会社", "1234", "👩‍🚀", ""])
def test_letters_that_read_from_the_left_are_not(name):
    assert not reads_right_to_left(name)
    assert as_typed(name) == name


@pytest.mark.parametrize("mark", ["\u202e", "\u202b", "\u2067"], ids=["override", "embedding", "isolate"])
def test_an_invisible_mark_turns_nothing_that_follows_the_name(mark):
    shown = as_typed(f"Fern{mark}bridge")
    assert mark not in shown or (shown[0], shown[-1]) == (ISOLATE, END_OF_ISOLATE)


def test_a_typed_end_of_an_isolate_does_not_end_ours():
    assert as_typed(f"{HEBREW}{END_OF_ISOLATE}{HEBREW}").count(END_OF_ISOLATE) == 1


@pytest.mark.parametrize("mark", ["\u2066", "\u2067", "\u2068"])
def test_a_typed_begin_of_an_isolate_does_not_leave_ours_open(mark):
    shown = as_typed(f"{HEBREW}{mark}x")
    begun = sum(shown.count(begin) for begin in ("\u2066", "\u2067", ISOLATE))
    assert begun == shown.count(END_OF_ISOLATE)


@pytest.mark.parametrize("line", ["---", "-----"])
def test_a_line_that_would_be_a_rule_does_not_stay_as_it_is(line):
    assert as_typed(line) != line


@settings(deadline=None)
@given(st.text(st.characters(exclude_characters=[JOINER, ISOLATE, END_OF_ISOLATE])))
def test_whatever_is_typed_can_be_read_back(text):
    assert read_back(as_typed(text)).split() == text.split()


@settings(deadline=None)
@given(st.text())
def test_no_mark_stands_unescaped(text):
    assert not set(re.sub(r"\\.", "", as_typed(text), flags=re.DOTALL)) & set(MARKS)


# On a button


@pytest.mark.parametrize("length", [1, LONGEST_IN_A_LABEL - 1, LONGEST_IN_A_LABEL])
def test_a_name_that_fits_on_a_button_stays_whole(length):
    assert in_label("x" * length) == "x" * length


@pytest.mark.parametrize("length", [LONGEST_IN_A_LABEL + 1, 200, 10_000])
def test_a_longer_name_is_cut_and_says_so(length):
    label = in_label("x" * length)
    assert len(label) == LONGEST_IN_A_LABEL
    assert label == "x" * (LONGEST_IN_A_LABEL - 1) + "…"


def test_a_label_is_cut_before_it_is_escaped_so_that_no_escape_is_cut():
    assert in_label("*" * 200) == "\\*" * (LONGEST_IN_A_LABEL - 1) + "…"


def test_a_cut_label_that_reads_from_the_right_is_isolated_as_a_whole():
    label = in_label(HEBREW * 20)
    assert (label[0], label[-2:]) == (ISOLATE, "…" + END_OF_ISOLATE)
