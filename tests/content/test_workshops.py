"""The workshops under content/: the real ones hold together and read easily, and planted faults are found."""

import re
from itertools import product

import pytest

from afterword.domain.scenario import Asks
from afterword.domain.workshop import ASKS, MOST_MEMBERS, BlockKind
from tests.content.test_content import HANDBOOK, HYPHENS, LETTERS, faults, folder, plant, sentences, words
from tests.content.test_lines import told

__all__ = ["folder"]  # the fixture
AGENDAS = tuple(HANDBOOK.agendas.values())
FILE = "workshops/forty-five.toml"
each = pytest.mark.parametrize("agenda", AGENDAS, ids=lambda agenda: agenda.id)


def texts(agenda):
    """Every text of an agenda that a person reads."""
    yield from (agenda.title, agenda.words)
    for block in agenda.blocks:
        yield from filter(None, (block.title, block.words, block.question, block.after))
        yield from (choice.words for choice in block.options)
        yield from block.notes.replace("**", "").strip().split("\n\n")


# The real ones


def test_two_agendas_come_with_it_of_45_and_20_minutes():
    assert [(agenda.id, agenda.minutes) for agenda in AGENDAS] == [("forty-five", 45), ("twenty", 20)]


def test_the_longer_one_gives_each_part_the_time_it_needs():
    (agenda,) = (agenda for agenda in AGENDAS if agenda.minutes == 45)
    parts = ("so-far how-long", "rules channel days", "write swap", "first-step take-along")
    times = [sum(agenda.block(id).minutes for id in part.split()) for part in parts]
    scenarios = sum(block.minutes for block in agenda.blocks if block.kind == BlockKind.SCENARIO)
    assert times == [5, 10, 10, 5]
    assert scenarios == 15


@each
def test_an_agenda_begins_with_a_vote_and_ends_with_a_plan_to_take_along(agenda):
    assert agenda.blocks[0].kind == BlockKind.POLL
    assert agenda.blocks[-1].kind == BlockKind.PLAN
    assert {block.kind for block in agenda.blocks} >= {BlockKind.GUIDE, BlockKind.SCENARIO, BlockKind.PLAN}


@each
def test_an_agendas_sentences_have_25_words_at_most(agenda):
    for sentence in (s for text in texts(agenda) for s in sentences(text)):
        assert len(words(sentence)) <= 25, sentence


@each
def test_an_agenda_reads_easily(agenda):
    told = [sentence for text in texts(agenda) for sentence in sentences(text)]
    spoken = [word for sentence in told for word in LETTERS.findall(sentence)]
    syllables = sum(len(HYPHENS.positions(word.strip("'’"))) + 1 for word in spoken)
    assert 206.835 - 1.015 * len(spoken) / len(told) - 84.6 * syllables / len(spoken) >= 70


@each
def test_what_a_poll_says_after_its_result_rests_on_a_source(agenda):
    for block in agenda.blocks:
        if block.kind == BlockKind.POLL:
            assert block.after
            assert block.question.endswith("?")
        assert bool(block.cites) == (block.kind not in {BlockKind.GUIDE, BlockKind.SCENARIO})


@each
def test_no_agenda_names_a_figure_of_a_survey(agenda):
    assert not re.search(r"\d ?%|\d per ?cent", " ".join(texts(agenda)))


def test_the_longer_one_asks_for_steps_days_and_judgement():
    scenarios = {scenario.id: scenario for scenario in HANDBOOK.scenarios}
    (agenda,) = (agenda for agenda in AGENDAS if agenda.minutes == 45)
    asked = {scenarios[block.scenario].asks for block in agenda.blocks if block.scenario}
    assert asked == {Asks.STEP, Asks.DATE, Asks.JUDGEMENT}


def test_every_block_that_asks_has_something_to_choose_from():
    for block in (block for agenda in AGENDAS for block in agenda.blocks):
        assert (block.kind in ASKS) == bool(block.options or block.scenario)


# Aliases


def test_there_are_forty_words_of_each_sort_and_none_stands_in_both():
    first, second = HANDBOOK.aliases.first, HANDBOOK.aliases.second
    assert len(set(first)) == len(set(second)) == 40
    assert not set(first) & set(second)
    assert len(first) * len(second) > 6 * MOST_MEMBERS


# Insults, and words for bodies, colours and groups of people: what no alias may say, neither as a word nor, where it
# has four letters and more, across the two.
HURTS = (
    "ass arse anal anus bastard bitch black blind body boob bra breast brown butt cock coon crap crazy cum cunt dago "
    "damn deaf dick dumb dyke fag fart fat fool fuck gay god hell hoe homo idiot jap jerk jew kill knob kraut lame "
    "lesb loser mad mong nazi negro nigg nut old paki penis piss poo porn prick pube puss queer rape red retard sex "
    "shit slag slut spic stupid suck thick thin tit turd ugly wank white whore wog yellow yid"
)


def test_no_alias_says_anything_that_hurts_not_even_across_its_words():
    for first, second in product(HANDBOOK.aliases.first, HANDBOOK.aliases.second):
        heard = (first + second).lower()
        assert not {first.lower(), second.lower()} & set(HURTS.split())
        assert not [hurt for hurt in HURTS.split() if len(hurt) > 3 and hurt in heard], (first, second)


# Planted faults


@pytest.mark.parametrize(
    ("old", "new", "below", "said"),
    [
        ("minutes = 45", "minutes = 50", 0, "minutes: is 50, and the blocks add up to 45"),
        ('id = "forty-five"', 'id = "long"', 0, "has the id long; it must be the file's name, forty-five"),
        ('id = "channel"', 'id = "rules"', 0, "the id rules stands twice"),
        ('page = "timing"', 'page = "tuning"', 0, "days: names the page tuning, which is not there"),
        ('scenario = "friday-call"', 'scenario = "friday"', 0, "friday: names the scenario friday, which is"),
        ('scenario = "friday-call"', 'page = "timing"', -5, "friday: page has no place in a block of kind"),
        ('scenario = "friday-call"', "", -5, "friday: scenario is missing"),
        ('kind = "poll"', 'kind = "vote"', 0, "blocks[0].kind: must be one of "),
        ('kind = "poll"', 'kind = "break"', -2, "so-far: question has no place in a block of kind break"),
        ('kind = "poll"', 'kind = "break"', -2, "so-far: options has no place in a block of kind break"),
        ('kind = "poll"', 'kind = "break"', -2, "so-far: after has no place in a block of kind break"),
        ('kind = "poll"', 'kind = "poll"\nmood = "kind"', 1, "blocks[0].mood: is not a known key"),
        ("minutes = 3\n", "minutes = 0\n", -4, "so-far: minutes must be 1 or more"),
        ("minutes = 3\n", 'minutes = "3"\n', 0, "blocks[0].minutes: "),
        ('id = "call"', 'id = "email"', 0, "so-far: the id email stands twice"),
        ('cites = ["A8"', 'cites = ["A88"', 0, "so-far: cites A88, which is not in sources.toml"),
        ('cites = ["A4", "A7", "I-workshop-agenda"]', "cites = []", -6, "write: rests on no source"),
        ('cites = ["I-workshop-agenda"]', "cites = []", 0, "cites: names no source"),
        ("**Look for:** Whether new", "Whether new", -12, "so-far: its notes have no **Look for:**"),
        ("words = ", "words = = ", 0, "cannot be read: "),
        ('title = "What did you do last time?"\n', "", -3, "blocks[0].title: is missing"),
    ],
)
def test_a_fault_is_told_with_its_line(folder, old, new, below, said):
    text = (folder / FILE).read_text("utf-8")
    line = text[: text.index(old)].count("\n") + 1
    plant(folder, FILE, old, new)
    assert any(one.startswith(f"{FILE}:{line + below}: {said}") for one in told(folder)), told(folder)


def test_one_option_is_too_few(folder):
    text = (folder / FILE).read_text("utf-8")
    head, _, rest = text.partition('[[block.option]]\nid = "call"')
    (folder / FILE).write_text(head + rest[rest.index("\n[[block]]") :], "utf-8")
    assert f"{FILE}: so-far: has 1 options; it needs 2 to 6" in faults(folder)


def test_a_sentence_that_is_too_long_is_told_with_its_line(folder):
    text = (folder / FILE).read_text("utf-8")
    line = text[: text.index("There is no trick")].count("\n") + 1
    plant(folder, FILE, "There is no trick", f"There is {'very ' * 25}much no trick")
    (one,) = told(folder)
    assert one.startswith(f"{FILE}:{line}: how-long: “")
    assert one.endswith("; 25 is the most")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"Brave", "Bright", ', "", "first: has 38 words; with 250 members in a room it needs 40"),
        ('"Brave"', '"Bright"', "first: Bright stands twice"),
        ('"Anchor"', '"Ship\'s anchor"', "second: Ship's anchor must be one word of 3 to 10 letters"),
        ("first = [", "third = [", "first: has 0 words"),
        ("first = [", "first = [1,", "first[0]: must be text"),
        ("first = [", "first = ]", "cannot be read: "),
    ],
)
def test_a_fault_in_the_aliases_is_found(folder, old, new, said):
    plant(folder, "aliases.toml", old, new)
    found = faults(folder)
    wanted = "third: is not a known key" if new == "third = [" else said
    assert any(one.startswith(f"aliases.toml: {wanted}") for one in found), found


def test_without_aliases_no_workshop_could_give_any(folder):
    (folder / "aliases.toml").unlink()
    (one,) = faults(folder)
    assert one.startswith("aliases.toml: cannot be read: ")
