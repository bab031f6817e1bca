"""Every problem under content/ is told with the file and the line that it stands on."""

import shutil
from pathlib import Path

import pytest

from afterword.content import CONTENT, load_handbook
from afterword.content.lines import located
from afterword.content.style import style_problems
from afterword.domain.errors import BrokenContent, Problem


@pytest.fixture
def folder(tmp_path):
    """A copy of the real content, to be broken."""
    return Path(shutil.copytree(CONTENT, tmp_path / "content"))


def plant(folder, name, old, new):
    """Put a fault into one file; the number of the line it is on."""
    path = folder / name
    text = path.read_text("utf-8")
    assert old in text, f"{name} has no {old!r} to replace"
    path.write_text(text.replace(old, new, 1), "utf-8")
    return text[: text.index(old)].count("\n") + 1


def told(folder):
    """Every problem found under that folder, with file and line."""
    try:
        problems = tuple(style_problems(load_handbook(folder)))
    except BrokenContent as error:
        problems = error.problems
    return [located(problem, folder) for problem in problems]


RULES, ITEMS, PAGE = "rules.toml", "checklist.toml", "guide/why.md"


@pytest.mark.parametrize(
    ("name", "old", "new", "below", "said"),
    [
        (
            RULES,
            '"A5", "A6", "A7"',
            '"A5", "A77"',
            0,
            "ask-when-and-how: cites A77, which is not in sources.toml",
        ),
        (
            RULES,
            '"princeton", "topresume"]',
            '"princetown"]',
            0,
            "email-at-once.overdue_after: cites princetown",
        ),
        (RULES, 'cites = ["A5", "A6", "A7"]', "cites = []", 0, "ask-when-and-how: rests on no source"),
        (RULES, "{overdue_after} hours", "{hours} hours", 0, "email-at-once: {hours} stands for no number"),
        (RULES, "value = 24", 'value = "soon"', 0, "rule[1].parameters[0].value: "),
        (RULES, 'id = "one-each"', 'id = "one-each"\nmood = "kind"', 1, "rule[3].mood: is not a known key"),
        (RULES, 'id = "one-each"', 'id = "email-at-once"', 0, "the id email-at-once stands twice"),
        (RULES, 'guide = "ask"', 'guide = "tuning"', 0, "ask-when-and-how: links to the guide page tuning"),
        (RULES, "because = ", "because = =", 0, "cannot be read: "),
        (ITEMS, 'cites = ["A23"]', 'cites = ["A99"]', 0, "note-concerns: cites A99"),
        (ITEMS, 'step = "ask"', 'step = "dance"', 0, "phase[0].items[0].step: must be one of "),
        (ITEMS, 'guide = "ask"', 'guide = "tuning"', 0, "ask-when: links to the guide page tuning"),
        ("sources.toml", 'id = "A2"', 'id = "A1"', 0, "the id A1 stands twice"),
        ("sources.toml", "paragraph = 1", 'paragraph = "one"', 0, "source[0].paragraph: "),
        (PAGE, "[A10]", "[A12]", 0, "why: [A12] is not among the page's cites"),
        (PAGE, 'cites = ["A1"', 'cites = ["A99", "A1"', 0, "why: cites A99"),
        (PAGE, 'id = "why"', 'id = "why"\nmood = "kind"', 1, "mood: is not a known key"),
        (PAGE, "order = 1", "order = ", 0, "cannot be read: "),
        (PAGE, 'id = "why"', 'id = "timing"', 0, "the id timing stands twice"),
    ],
)
def test_a_planted_fault_is_told_with_its_line(folder, name, old, new, below, said):
    line = plant(folder, name, old, new) + below
    assert any(one.startswith(f"{name}:{line}: {said}") for one in told(folder)), told(folder)


def test_a_number_that_nothing_uses_and_one_that_is_missing_stand_in_their_rule(folder):
    plant(folder, RULES, "{overdue_after}", "{late_after}")
    line = plant(folder, RULES, 'name = "overdue_after"', 'name = "late_after"')
    head = (folder / RULES).read_text("utf-8").splitlines().index('id = "email-at-once"')
    assert told(folder) == [
        f"rules.toml:{line}: email-at-once: the number late_after is used nowhere",
        f"rules.toml:{head}: email-at-once: the number overdue_after is missing",
    ]


def test_a_key_that_is_missing_is_told_at_the_head_of_its_table(folder):
    line = plant(folder, ITEMS, 'title = "Right after the interview"', "")
    assert told(folder) == [f"checklist.toml:{line - 2}: phase[1].title: is missing"]


def test_a_rule_without_a_page_of_the_guide_is_told(folder):
    line = plant(folder, RULES, 'guide = "ask"\n', "")
    (one,) = told(folder)
    assert one.endswith("ask-when-and-how: names no page of the guide; name one under guide")
    assert 0 < line - int(one.split(":")[1]) < 8


def test_a_file_that_is_not_there_is_told_at_its_first_line(folder):
    (folder / ITEMS).unlink()
    (one,) = told(folder)
    assert one.startswith("checklist.toml:1: cannot be read: ")


def test_a_page_and_a_sentence_that_are_too_long_are_told_with_the_line_of_the_sentence(folder):
    long = "This one goes on " + "and on " * 90 + "until the very end."
    line = plant(folder, PAGE, "## What we cannot say", long)
    page, sentence = told(folder)
    assert page.startswith("guide/why.md:3: why: has ")
    assert page.endswith(" words; 200 is the most")
    assert sentence == f"guide/why.md:{line}: why: “This one goes on and on …” has 188 words; 25 is the most"


def test_a_rules_long_sentence_is_told_with_its_line(folder):
    line = plant(folder, RULES, 'because = "The talk', f'because = "So {"very " * 25}long. The talk')
    assert told(folder) == [
        f"rules.toml:{line}: email-at-once: “So very very very very very …” has 27 words; 24 is the most"
    ]


def test_a_sentence_that_is_wrapped_over_lines_is_one_sentence(folder):
    plant(folder, PAGE, "## What we cannot say", "one two three four five six seven eight nine\n" * 3)
    assert "“one two three four five six …” has 27 words; 25 is the most" in "".join(told(folder))


def test_the_real_content_has_nothing_too_long():
    assert list(style_problems(load_handbook())) == []


def test_brackets_within_a_text_of_several_lines_are_no_tables(tmp_path):
    text = 'say = """\n[[rule]]\nid = "no"\n"""\n[[rule]]\nid = "yes"\nwords = 1\n'
    (tmp_path / "rules.toml").write_text(text, "utf-8")
    assert located(Problem("rules.toml: rule[0].words", "is wrong"), tmp_path) == (
        "rules.toml:7: rule[0].words: is wrong"
    )
    assert located(Problem("rules.toml: yes", "is wrong"), tmp_path) == "rules.toml:5: yes: is wrong"
