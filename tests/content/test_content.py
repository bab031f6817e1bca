"""The words and numbers under content/: the real ones are sound, and planted faults are found, each with its place."""

import re
import shutil
from datetime import date
from pathlib import Path

import pyphen
import pytest

from afterword.content import CONTENT, MARK, NUMBERS, load_handbook
from afterword.domain.errors import BrokenContent

HANDBOOK = load_handbook()
TODAY = date(2026, 11, 23)
HYPHENS = pyphen.Pyphen(lang="en_GB")
LETTERS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
MOST_WORDS_OF_A_PAGE, TOO_MANY_WORDS_FOR_A_SENTENCE = 200, 25


@pytest.fixture
def folder(tmp_path):
    """A copy of the real content, to be broken."""
    return Path(shutil.copytree(CONTENT, tmp_path / "content"))


def plant(folder, name, old, new):
    """Put a fault into one file: `new` where `old` stands first."""
    path = folder / name
    text = path.read_text("utf-8")
    assert old in text, f"{name} has no {old!r} to replace"
    path.write_text(text.replace(old, new, 1), "utf-8")


def append(folder, name, text):
    path = folder / name
    path.write_text(f"{path.read_text('utf-8')}\n{text}\n", "utf-8")


def faults(folder):
    """Every problem found under that folder, each as a line."""
    with pytest.raises(BrokenContent) as caught:
        load_handbook(folder)
    return [str(problem) for problem in caught.value.problems]


def sentences(text):
    return [sentence for sentence in re.split(r"(?<=[.!?:])\s+", text.strip()) if sentence]


def prose(page):
    """The sentences of a guide page as they are read, each heading and each line of a list one of its own."""
    lines = (re.sub(r"^(#+|-|>|\d+\.) ", "", line) for line in page.text.splitlines())
    return [sentence for line in lines for sentence in sentences(line) if words(sentence)]


def words(text):
    """The words a reader reads: no marks of sources, no Markdown signs."""
    bare = re.sub(r"\[[A-Za-z][\w-]*\](?!\()", "", text)
    return [word for word in bare.split() if re.search(r"\w", word)]


def front_matter(id, **fields):
    lines = "\n".join(f"{key} = {value}" for key, value in {"id": f'"{id}"', **fields}.items())
    return f"+++\n{lines}\n+++\nWords.\n"


# The real content


def test_every_rule_that_is_applied_has_words_in_the_order_of_the_plan():
    assert list(HANDBOOK.rules) == list(NUMBERS)


def test_every_rule_rests_on_a_source_that_is_there():
    assert all(rule.cites for rule in HANDBOOK.rules.values())
    assert {cite for rule in HANDBOOK.rules.values() for cite in rule.cites} <= HANDBOOK.sources.keys()


def test_every_number_is_in_force_today():
    found = {(id, name): HANDBOOK.number(id, name, TODAY) for id, names in NUMBERS.items() for name in names}
    assert all(value > 0 for value in found.values())
    assert found["no-date-wait", "opens_after"] == 5
    assert found["move-on", "given_up_after"] == 15


@pytest.mark.parametrize("page", HANDBOOK.guide, ids=lambda page: page.id)
def test_a_guide_page_is_short(page):
    assert 0 < len(words(page.text)) <= MOST_WORDS_OF_A_PAGE


@pytest.mark.parametrize("page", HANDBOOK.guide, ids=lambda page: page.id)
def test_a_guide_pages_sentences_have_25_words_at_most(page):
    for sentence in prose(page):
        assert len(words(sentence)) <= 25, sentence


@pytest.mark.parametrize("page", HANDBOOK.guide, ids=lambda page: page.id)
def test_a_guide_page_reads_easily(page):
    text = prose(page)
    spoken = [word for sentence in text for word in LETTERS.findall(" ".join(words(sentence)))]
    syllables = sum(len(HYPHENS.positions(word.strip("'’"))) + 1 for word in spoken)
    assert 206.835 - 1.015 * len(spoken) / len(text) - 84.6 * syllables / len(spoken) >= 60


def test_the_guide_has_at_least_ten_pages_and_cites_every_claim_of_the_article():
    assert len(HANDBOOK.guide) >= 10
    cited = {cite for page in HANDBOOK.guide for cite in MARK.findall(page.text)}
    assert {f"A{number}" for number in range(1, 25)} <= cited


def test_a_survey_figure_stands_in_a_sentence_that_names_its_source_and_year():
    for page in HANDBOOK.guide:
        for line in page.text.splitlines():
            if re.search(r"\d%|\d\.\d days", line):
                cites = [HANDBOOK.sources[cite] for cite in MARK.findall(line)]
                assert [source for source in cites if source.year], line
                assert re.search(r"\b20\d\d\b", line), line


ASKED = {  # who asked, in which year, and how many answered where that is known
    "accountemps-2012": ("Accountemps", "2012", "500"),
    "accountemps-2017": ("Accountemps", "2017", "US"),
    "topresume-2017": ("TopResume", "2017", "358"),
    "nace-2023": ("NACE", "2023", "334"),
}


def test_a_survey_figure_stands_beside_who_asked_when_and_how_many():
    figures = set()
    for page in HANDBOOK.guide:
        for line in page.text.splitlines():
            for cite in ASKED.keys() & set(MARK.findall(line)):
                assert all(part in line for part in ASKED[cite]), line
                figures.add(cite)
    assert figures == ASKED.keys()


def test_a_rules_survey_figure_stands_beside_who_asked_when_and_how_many():
    for rule in HANDBOOK.rules.values():
        for cite in ASKED.keys() & set(rule.cites):
            assert all(part in rule.disagree for part in ASKED[cite] if part != "US"), rule.id


def test_the_numbers_on_the_page_for_the_wall_are_those_of_the_rules():
    (page,) = (page for page in HANDBOOK.guide if page.id == "two-minutes")
    days = {HANDBOOK.number(rule, name, TODAY) for rule, name in ON_THE_WALL}
    assert days == {5}
    assert page.text.count("five working days") == 2
    assert "After five more" in page.text


ON_THE_WALL = (("no-date-wait", "opens_after"), ("second-check-in", "opens_after"), ("move-on", "after"))


def test_every_rule_and_every_item_of_the_checklist_leads_to_a_page_of_the_guide():
    pages = {page.id for page in HANDBOOK.guide}
    items = [item for phase in HANDBOOK.phases for item in phase.items]
    assert {rule.guide for rule in HANDBOOK.rules.values()} <= pages
    assert {item.guide for item in items} <= pages


def test_a_rule_without_a_page_of_the_guide_is_found(folder):
    plant(folder, "rules.toml", 'guide = "ask"\n', "")
    assert faults(folder) == [
        "rules.toml: ask-when-and-how: names no page of the guide; name one under guide"
    ]


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (
            "reply_by = 2026-11-13",
            "reply_by = 2026-11-03",
            "guide/timing.md: example.rounds[0].promise.reply_by: ",
        ),
        (
            'zone = "America/New_York"',
            'zone = "Nowhere"',
            "guide/timing.md: example.zone: Nowhere is not a known",
        ),
        ('label = "Interview"', 'mood = "kind"', "guide/timing.md: example.rounds[0].label: is missing"),
    ],
)
def test_an_example_that_cannot_be_planned_is_found(folder, old, new, line):
    plant(folder, "guide/timing.md", old, new)
    assert faults(folder)[0].startswith(line)


def test_an_example_without_an_interview_is_found(folder):
    path = folder / "guide" / "timing.md"
    text = path.read_text("utf-8")
    start, end = text.index("[[example.rounds]]"), text.index("+++", 3)
    path.write_text(text[:start] + text[end:], "utf-8")
    assert faults(folder) == ["guide/timing.md: example.rounds: is missing; an example needs an interview"]


def test_no_figure_that_nobody_could_verify_is_told():
    for file in sorted(CONTENT.rglob("*.*")):
        text = file.read_text("utf-8")
        assert not re.search(r"\b(22|61|21) ?%|CareerBuilder|Greenhouse|CareerSidekick", text), file.name


@pytest.mark.parametrize("rule", HANDBOOK.rules.values(), ids=lambda rule: rule.id)
def test_a_rules_sentences_are_short(rule):
    for text in (rule.said(TODAY), rule.because, rule.disagree or ""):
        for sentence in sentences(text):
            assert len(words(sentence)) < TOO_MANY_WORDS_FOR_A_SENTENCE, sentence


def test_a_checklist_phase_is_short_too():
    assert all(3 <= len(phase.items) <= 5 for phase in HANDBOOK.phases)


# Planted faults


def test_an_untouched_copy_is_sound(folder):
    assert load_handbook(folder) == HANDBOOK


@pytest.mark.parametrize("name", ["rules.toml", "sources.toml", "checklist.toml"])
def test_broken_toml_is_found(folder, name):
    append(folder, name, "this = is = not TOML")
    (line,) = faults(folder)
    assert line.startswith(f"{name}: cannot be read: ")


@pytest.mark.parametrize("name", ["rules.toml", "sources.toml", "checklist.toml"])
def test_a_file_that_is_not_there_is_found(folder, name):
    (folder / name).unlink()
    (line,) = faults(folder)
    assert line.startswith(f"{name}: cannot be read: ")


def test_a_file_that_is_not_utf_8_is_found(folder):
    (folder / "rules.toml").write_bytes("title = 'Käse'".encode("latin-1"))
    assert [line.partition(":")[0] for line in faults(folder)] == ["rules.toml"]


def test_a_rules_unknown_source_is_found(folder):
    plant(folder, "rules.toml", 'cites = ["A5", "A6", "A7"]', 'cites = ["A5", "A6", "A77"]')
    assert faults(folder) == ["rules.toml: ask-when-and-how: cites A77, which is not in sources.toml"]


def test_a_numbers_unknown_source_is_found(folder):
    plant(folder, "rules.toml", 'cites = ["princeton", "topresume"]', 'cites = ["princetown"]')
    assert faults(folder) == [
        "rules.toml: email-at-once.overdue_after: cites princetown, which is not in sources.toml"
    ]


def test_an_items_unknown_source_is_found(folder):
    plant(folder, "checklist.toml", 'cites = ["A23"]', 'cites = ["A99"]')
    assert faults(folder) == ["checklist.toml: note-concerns: cites A99, which is not in sources.toml"]


def test_advice_on_nobodys_word_is_found(folder):
    plant(folder, "rules.toml", 'cites = ["A5", "A6", "A7"]', "cites = []")
    assert faults(folder) == ["rules.toml: ask-when-and-how: rests on no source; name one under cites"]


def test_a_rule_without_words_is_found(folder):
    plant(folder, "rules.toml", 'id = "one-each"', 'id = "one-for-all"')
    assert faults(folder) == [
        "rules.toml: the rule one-each has no words here",
        "rules.toml: the rule one-for-all is applied nowhere",
    ]


def test_a_number_under_another_name_is_found_twice(folder):
    plant(folder, "rules.toml", 'name = "overdue_after"', 'name = "late_after"')
    plant(folder, "rules.toml", "{overdue_after}", "{late_after}")
    assert faults(folder) == [
        "rules.toml: email-at-once: the number late_after is used nowhere",
        "rules.toml: email-at-once: the number overdue_after is missing",
    ]


def test_a_number_that_is_missing_is_found_in_the_code_and_in_the_words(folder):
    path = folder / "rules.toml"
    first, second = re.split(r'(?=\[\[rule\]\]\nid = "call-next-day")', path.read_text("utf-8"), maxsplit=1)
    path.write_text(first.partition("\n[[rule.parameter]]")[0] + "\n" + second, "utf-8")
    assert faults(folder) == [
        "rules.toml: email-at-once: the number overdue_after is missing",
        "rules.toml: email-at-once: {overdue_after} stands for no number of the words",
    ]


def test_braces_without_a_number_are_found(folder):
    plant(folder, "rules.toml", "{overdue_after} hours", "{hours} hours")
    assert faults(folder) == ["rules.toml: email-at-once: {hours} stands for no number of the words"]


def test_braces_where_no_numbers_are_put_in_are_found(folder):
    plant(folder, "rules.toml", "The talk is fresh", "For {overdue_after} hours the talk is fresh")
    assert faults(folder) == ["rules.toml: email-at-once: {overdue_after} stands for no number of the words"]


@pytest.mark.parametrize("value", ['"soon"', "24.5", "2026-01-01", "[24]"])
def test_a_number_that_is_none_is_found(folder, value):
    plant(folder, "rules.toml", "value = 24", f"value = {value}")
    lines = faults(folder)
    assert len(lines) == 1
    assert lines[0].startswith("rules.toml: rule[1].parameters[0].value: ")


def test_an_unknown_key_is_found(folder):
    plant(folder, "rules.toml", 'id = "one-each"', 'id = "one-each"\nmood = "kind"')
    assert faults(folder) == ["rules.toml: rule[3].mood: is not a known key"]


def test_a_missing_key_is_found(folder):
    plant(folder, "checklist.toml", 'title = "Before you leave the interview"', "")
    assert faults(folder) == ["checklist.toml: phase[0].title: is missing"]


def test_an_unknown_kind_of_step_is_found(folder):
    plant(folder, "checklist.toml", 'step = "ask"', 'step = "dance"')
    (line,) = faults(folder)
    assert line.startswith("checklist.toml: phase[0].items[0].step: must be one of ")


@pytest.mark.parametrize(
    ("name", "old", "new", "line"),
    [
        (
            "rules.toml",
            'id = "one-each"',
            'id = "email-at-once"',
            "rules.toml: the id email-at-once stands twice",
        ),
        ("sources.toml", 'id = "A2"', 'id = "A1"', "sources.toml: the id A1 stands twice"),
        (
            "checklist.toml",
            'id = "right-after"',
            'id = "while-you-wait"',
            "checklist.toml: the id while-you-wait stands twice",
        ),
        ("guide/why.md", 'id = "why"', 'id = "timing"', "guide: the id timing stands twice"),
    ],
)
def test_an_id_that_stands_twice_is_found(folder, name, old, new, line):
    plant(folder, name, old, new)
    assert line in faults(folder)


def test_a_link_to_a_guide_page_that_is_not_there_is_found(folder):
    plant(folder, "checklist.toml", 'guide = "ask"', 'guide = "tuning"')
    assert faults(folder) == ["checklist.toml: ask-when: links to the guide page tuning, which is not there"]


def test_a_mark_in_the_prose_that_the_page_does_not_cite_is_found(folder):
    plant(folder, "guide/why.md", "[A1]", "[A12]")
    assert faults(folder) == ["guide: why: [A12] is not among the page's cites"]


def test_a_guide_page_that_cites_an_unknown_source_is_found(folder):
    plant(folder, "guide/why.md", 'cites = ["A1"', 'cites = ["A99", "A1"')
    assert faults(folder) == ["guide: why: cites A99, which is not in sources.toml"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("No front matter at all.", "guide/new.md: must begin with its settings"),
        ("+++\nid = \n+++\nWords.", "guide/new.md: cannot be read"),
        (front_matter("new", title='"New"', order=9), "guide/new.md: cites: is missing"),
        (
            front_matter("new", title='"New"', order=9, cites="[]", mood="1"),
            "guide/new.md: mood: is not a known key",
        ),
    ],
)
def test_a_guide_page_with_broken_front_matter_is_found(folder, text, place):
    (folder / "guide" / "new.md").write_text(text, "utf-8")
    (line,) = faults(folder)
    assert line.startswith(place)


def test_faults_in_several_files_are_told_at_once(folder):
    append(folder, "sources.toml", "this = is = not TOML")
    plant(folder, "rules.toml", 'id = "one-each"', 'id = "one-each"\nmood = "kind"')
    plant(folder, "checklist.toml", 'step = "ask"', 'step = "dance"')
    (folder / "guide" / "new.md").write_text("No front matter at all.", "utf-8")
    assert [line.partition(":")[0] for line in faults(folder)] == [
        "sources.toml",
        "rules.toml",
        "checklist.toml",
        "guide/new.md",
    ]


def test_several_disagreements_are_told_at_once(folder):
    plant(folder, "rules.toml", 'cites = ["A5", "A6", "A7"]', 'cites = ["A77"]')
    plant(folder, "rules.toml", "{overdue_after} hours", "{hours} hours")
    plant(folder, "rules.toml", 'id = "one-each"', 'id = "one-for-all"')
    plant(folder, "checklist.toml", 'guide = "ask"', 'guide = "tuning"')
    assert faults(folder) == [
        "rules.toml: the rule one-each has no words here",
        "rules.toml: the rule one-for-all is applied nowhere",
        "rules.toml: ask-when-and-how: cites A77, which is not in sources.toml",
        "rules.toml: email-at-once: {hours} stands for no number of the words",
        "checklist.toml: ask-when: links to the guide page tuning, which is not there",
    ]
