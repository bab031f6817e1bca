"""Whether the words under content/ are short enough to be read in a hurry: what does not keep them from being used."""

from __future__ import annotations

import re
from collections.abc import Iterator

from afterword.domain.errors import Problem
from afterword.domain.handbook import GuidePage, Handbook
from afterword.domain.workshop import Block

MOST_WORDS_OF_A_PAGE = 200
MOST_WORDS_OF_A_SENTENCE = 25
BEGINS_A_LINE = re.compile(r"^\s*(#+|[-*>]|\d+\.) ")
ENDS = re.compile(r"(?<=[.!?:])\s+")
SOURCE = re.compile(r"\[[A-Za-z][\w-]*\](?!\()")
TABLE_RULE = re.compile(r"[\s|:-]+")
FIRST_WORDS = 6


def style_problems(handbook: Handbook) -> Iterator[Problem]:
    """Pages and sentences that are too long, each with the words it begins with."""
    for rule in handbook.rules.values():
        for text in (rule.words, rule.because, rule.disagree or ""):
            yield from long_sentences(text, f"rules.toml: {rule.id}", MOST_WORDS_OF_A_SENTENCE - 1)
    for page in handbook.guide:
        count, place = len(words(page.text)), f"guide: {page.id}"
        if count > MOST_WORDS_OF_A_PAGE:
            yield Problem(place, f"has {count} words; {MOST_WORDS_OF_A_PAGE} is the most", at=page.title)
        for piece in pieces(page):
            yield from long_sentences(piece, place, MOST_WORDS_OF_A_SENTENCE)
    for agenda in handbook.agendas.values():
        for block in agenda.blocks:
            for text in texts_of(block):
                yield from long_sentences(
                    text, f"workshops/{agenda.id}.toml: {block.id}", MOST_WORDS_OF_A_SENTENCE
                )


def texts_of(block: Block) -> Iterator[str]:
    """Every text of a workshop's block, a paragraph at a time."""
    yield from filter(None, (block.title, block.words, block.question, block.after))
    yield from (choice.words for choice in block.options)
    yield from (text for text in block.notes.strip().split("\n\n") if text)


def long_sentences(text: str, place: str, most: int) -> Iterator[Problem]:
    """The sentences of a text that have more words than that."""
    for sentence in sentences(text):
        count = len(words(sentence))
        if count > most:
            begins = " ".join(sentence.split()[:FIRST_WORDS])
            yield Problem(place, f"“{begins} …” has {count} words; {most} is the most", at=begins)


def prose(page: GuidePage) -> list[str]:
    """A page's sentences as they are read: each heading, line of a list and cell of a table one of its own."""
    return [sentence for piece in pieces(page) for sentence in sentences(piece) if words(sentence)]


def pieces(page: GuidePage) -> Iterator[str]:
    """What is read in one breath at most: a paragraph however it is wrapped, a heading, a line of a list, a cell."""
    paragraph: list[str] = []
    for line in (*page.text.splitlines(), ""):
        stands_alone = not line.strip() or line.lstrip().startswith("|") or BEGINS_A_LINE.match(line)
        if stands_alone and paragraph:
            yield " ".join(paragraph)
            paragraph = []
        if line.lstrip().startswith("|"):
            yield from () if TABLE_RULE.fullmatch(line) else line.strip().strip("|").split("|")
        elif line.strip():
            paragraph.append(BEGINS_A_LINE.sub("", line).strip())
    yield from (" ".join(paragraph),) if paragraph else ()


def sentences(text: str) -> list[str]:
    """The sentences of a text."""
    return [sentence for sentence in ENDS.split(text.strip()) if sentence]


def words(text: str) -> list[str]:
    """The words a reader reads: no marks of sources, no signs of Markdown."""
    return [word for word in SOURCE.sub("", text).split() if re.search(r"\w", word)]
