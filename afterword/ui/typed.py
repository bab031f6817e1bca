"""What people typed, made to appear in Markdown exactly as they typed it."""

from __future__ import annotations

import re
import unicodedata

SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~:$&^/])")
LIST_MARK = re.compile(r"^(\s*)([-+]|\d+[.)]|-{3,}|={3,})(?=\s|$)")
# Streamlit turns these, standing alone, into arrows and dashes; an invisible joiner keeps them as they are.
ARROWS = re.compile(r"(?<!\S)(<->|->|<-|--|>=|<=|~=)(?!\S)")
# And it makes links of what looks like an address; the joiner keeps that as it is, too.
ADDRESSES = re.compile(r"(?<=www)(?=\.)|(?<=\S)(?=@\S)|(?<=:)(?=//)", re.IGNORECASE)
JOINER = "\u2060"
ISOLATE, END_OF_ISOLATE = "\u2068", "\u2069"
ISOLATES = ("\u2066", "\u2067", "\u2068")
TURNING = frozenset({"R", "AL", "AN", "RLE", "RLO", "RLI", "LRE", "LRO", "LRI", "FSI", "PDI", "PDF"})
LONGEST_IN_A_LABEL = 80


def as_typed(text: str) -> str:
    """Markdown that shows the text itself, whatever it looks like."""
    line = ADDRESSES.sub(JOINER, " ".join(text.splitlines()).strip())
    kept = ARROWS.sub(lambda found: found[0][0] + JOINER + found[0][1:], line)
    escaped = LIST_MARK.sub(lambda found: found[0][:-1] + "\\" + found[0][-1], SPECIAL.sub(r"\\\1", kept))
    if not reads_right_to_left(text):
        return escaped
    inner = escaped.replace(END_OF_ISOLATE, "")
    typed_ones = sum(inner.count(begin) for begin in ISOLATES)
    return f"{ISOLATE}{inner}{END_OF_ISOLATE * (typed_ones + 1)}"


def in_label(text: str) -> str:
    """The same for a button's label, shortened where it would not fit on one."""
    short = text if len(text) <= LONGEST_IN_A_LABEL else f"{text[: LONGEST_IN_A_LABEL - 1]}…"
    return as_typed(short)


def reads_right_to_left(text: str) -> bool:
    """Whether it holds letters, or invisible marks, that would turn the words around it."""
    return any(unicodedata.bidirectional(letter) in TURNING for letter in text)
