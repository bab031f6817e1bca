"""The summary of a workshop to keep: as a table in CSV, and as a page."""

from __future__ import annotations

import csv
import io

from afterword.domain.summary import SMALLEST, Counted, Question, Summary
from afterword.formats.formulas import guarded
from afterword.formats.handout import heading
from afterword.formats.paper import Handout, Part

HEADINGS = ("Workshop", "Day", "Members", "Part", "Question", "Answer", "Right answer", "Count")
FEW = f"fewer than {SMALLEST}"
HOW_IT_IS_COUNTED = (
    f"Counts only. Where fewer than {SMALLEST} people gave an answer, or nobody did, no count is told. "
    "The number of members is told as a range for the same reason: from the exact number, a hidden count could "
    "be worked out. No name, no alias and no text that anybody typed is in here."
)


def csv_summary(summary: Summary) -> bytes:
    """A row for each answer, in UTF-8 with a byte order mark; nothing in a cell runs as a formula."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow(HEADINGS)
    whole = (summary.title, summary.day.isoformat(), members(summary))
    for question in summary.questions:
        asked = (question.title, question.question)
        for counted in question.counts:
            right = "yes" if counted.right else ""
            row = (*whole, *asked, counted.choice.words, right, how_many(counted))
            writer.writerow(guarded(cell) for cell in row)
    return text.getvalue().encode("utf-8-sig")


def summary_handout(summary: Summary) -> Handout:
    """The same on paper, a table for each question."""
    day = f"{summary.day.day} {summary.day:%B %Y}"
    parts: list[Part] = [
        {"kind": "text", "text": f"Held on {summary.day:%A} {day}, with {members(summary)} members."},
        {"kind": "small", "text": HOW_IT_IS_COUNTED},
    ]
    for question in summary.questions:
        parts += [heading(question.title), {"kind": "text", "text": question.question}, table(question)]
    return Handout(f"Summary: {summary.title}", parts, summary.made)


def table(question: Question) -> Part:
    """The answers to one question."""
    rows = [
        [f"{counted.choice.words}{' (the right answer)' if counted.right else ''}", how_many(counted)]
        for counted in question.counts
    ]
    return {"kind": "facts", "headings": ["Answer", "How many"], "widths": [5, 1], "rows": rows}


def members(summary: Summary) -> str:
    """How many came, as far as it is told."""
    return f"{summary.fewest} to {summary.most}"


def how_many(counted: Counted) -> str:
    """A count in a cell."""
    return FEW if counted.count is None else str(counted.count)
