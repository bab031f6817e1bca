"""A workshop on paper: everything that is needed without a network, tagged, and no answer where none belongs."""

import io
import zipfile
from datetime import UTC, datetime

import pikepdf
import pytest

from afterword.domain.workshop import ASKS
from afterword.formats.paper import Paper
from afterword.formats.workshop_paper import every_handout, handouts
from tests.desk.cast import HANDBOOK
from tests.formats.test_handout import INCHES, WORD, kinds_in, opened, words_on

MADE = datetime(2026, 11, 5, 12, tzinfo=UTC)
AGENDAS = tuple(HANDBOOK.agendas.values())
LONG, SHORT = AGENDAS
SCENARIOS = {scenario.id: scenario for scenario in HANDBOOK.scenarios}
each = pytest.mark.parametrize("agenda", AGENDAS, ids=lambda agenda: agenda.id)


def made(agenda, **more):
    return dict(every_handout(agenda, HANDBOOK, MADE, **more))


def asked(agenda):
    return [block for block in agenda.blocks if block.kind in ASKS]


def text_of(handout):
    """Every text on a handout, one after another."""

    def texts(value):
        if isinstance(value, str):
            yield value
        elif not isinstance(value, bool | int):
            for part in value.values() if isinstance(value, dict) else value:
                yield from texts(part)

    return " ".join(texts(handout.parts))


# The ZIP


@pytest.mark.parametrize("paper", Paper)
def test_one_zip_holds_them_all_on_the_paper_that_was_asked_for(paper):
    files = zipfile.ZipFile(io.BytesIO(handouts(SHORT, HANDBOOK, paper, MADE)))
    assert files.testzip() is None
    assert files.namelist() == [
        "1-leader-notes.pdf",
        "2-questions.pdf",
        "3-plan-to-fill-in.pdf",
        "4-guide-two-minutes.pdf",
        "5-checklist.pdf",
        "6-answers.pdf",
    ]
    for name in files.namelist():
        with pikepdf.open(io.BytesIO(files.read(name))) as file:
            *_, wide, high = map(float, file.pages[0].MediaBox)
        assert [round(wide), round(high)] == list(INCHES[paper])


def test_the_longer_workshop_has_every_page_that_it_shows():
    pages = {f"guide-{block.page}" for block in LONG.blocks if block.page}
    assert len(pages) == 3
    assert pages <= made(LONG).keys()


def test_all_of_practice_comes_with_it_where_it_is_asked_for():
    both = made(SHORT, all_scenarios=True)
    assert {"all-scenarios", "all-answers"} <= both.keys()
    for scenario in HANDBOOK.scenarios:
        assert scenario.situation in text_of(both["all-scenarios"])
        assert all(option.why in text_of(both["all-answers"]) for option in scenario.options)
        assert not any(option.why in text_of(both["all-scenarios"]) for option in scenario.options)


@each
def test_each_is_tagged_for_screen_readers_with_title_and_headings(agenda):
    for handout in made(agenda, all_scenarios=True).values():
        pdf = opened(handout)
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "en"
        assert str(pdf.docinfo["/Title"]) == handout.title
        with pdf.open_metadata() as told:
            assert told["pdfuaid:part"] == "1"
        kinds = kinds_in(handout)
        assert kinds.count("/H1") == 1
        assert "/H2" in kinds


# What stands on them


@each
def test_the_leaders_notes_say_when_each_block_begins_and_leave_out_no_word(agenda):
    notes = made(agenda)["leader-notes"]
    begins = 0
    for block in agenda.blocks:
        (told,) = [part for part in notes.parts if part.get("title", "").endswith(f"  {block.title}")]
        assert told["title"].startswith(f"0:{begins:02}")
        for text in (block.words, block.notes, block.after):
            assert set(WORD.findall(text)) <= words_on(told)
        begins += block.minutes


@each
def test_a_question_has_one_number_on_every_sheet(agenda):
    sheets = made(agenda)
    for number, block in enumerate(asked(agenda), start=1):
        title = SCENARIOS[block.scenario].title if block.scenario else block.title
        for name in ("questions", "answers"):
            assert sheets[name].parts[number - 1]["title"] == f"{number}. {title}"
        (told,) = [p for p in sheets["leader-notes"].parts if p.get("title", "").endswith(f"  {block.title}")]
        assert {"label": "On paper", "text": f"Question {number}."} in told["rows"]


@each
def test_the_questions_give_no_answer_away(agenda):
    for part in made(agenda)["questions"].parts:
        assert not part.keys() & {"after", "sources"}
        assert all(option.keys() == {"text"} for option in part["options"])


@each
def test_the_answers_mark_the_right_one_and_say_why_of_every_option_and_on_whose_word(agenda):
    for block, part in zip(asked(agenda), made(agenda)["answers"].parts, strict=True):
        if block.scenario:
            scenario = SCENARIOS[block.scenario]
            assert [one["why"] for one in part["options"]] == [option.why for option in scenario.options]
            assert [one["right"] for one in part["options"]] == [option.right for option in scenario.options]
        else:
            assert part["after"] == block.after
            assert not any("right" in one for one in part["options"])
        cites = SCENARIOS[block.scenario].cites if block.scenario else block.cites
        assert all(HANDBOOK.sources[cite].title.rstrip(".") in part["sources"] for cite in cites)


def test_a_scenario_names_the_days_that_its_question_turns_on():
    (part,) = [p for p in made(SHORT)["questions"].parts if "Three days to go" in p["title"]]
    assert part["facts"] == (
        "Now it is Tuesday 10 November at 10:00. Interview: Thursday 5 November. They named Friday 13 November."
    )


def test_the_checklist_has_every_item_unticked():
    rows = [row for part in made(LONG)["checklist"].parts if part["kind"] == "ticks" for row in part["rows"]]
    items = [item.words for phase in HANDBOOK.phases for item in phase.items]
    assert rows == [{"ticked": False, "text": words} for words in items]


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("name", ["plan-to-fill-in", "checklist", "guide-two-minutes"])
def test_what_everybody_takes_home_is_one_sheet_each(name, paper):
    assert len(opened(made(LONG)[name], paper).pages) == 1
