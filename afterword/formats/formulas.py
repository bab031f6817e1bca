"""Cells that a spreadsheet would run: told from text, made safe on the way out, and as typed on the way back."""

from __future__ import annotations

import re

# What begins a formula in Excel, LibreOffice or Google Sheets, with the full-width forms that they take as well.
STARTS = "=+-@\t\r\n＝＋－＠"
BEGINS_ONE = re.compile(rf"\s*[{re.escape(STARTS)}]")
GUARDED = re.compile(rf"'+\s*[{re.escape(STARTS)}]")
# Of foreign text only what can be nothing else is taken for a formula: "+1 212 555 0100" is a number to call.
IS_ONE = re.compile(r"\s*([=＝]\s*\S|[+\-@＋－＠]\s*[A-Za-z_]+\(|[+\-@＋－＠].*\w\|.*!\S)", re.DOTALL)


def guarded(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would run it, or would take one away."""
    return f"'{text}" if BEGINS_ONE.match(text) or GUARDED.match(text) else text


def unguarded(text: str) -> str:
    """The text as it was before `guarded`."""
    return text[1:] if GUARDED.match(text) else text


def is_formula(text: str) -> bool:
    """Whether a foreign cell holds a formula instead of its result."""
    return IS_ONE.match(text) is not None
