"""Links that hand a message or a call over to the programs that send it: mailto: and tel:, everything encoded."""

from __future__ import annotations

import re
from urllib.parse import quote

from afterword.domain.drafting import one_line

LONGEST_LINK = 1_900  # what every browser and mail program still takes, with room for what it adds itself
ADDRESS = re.compile(r"[^\s@<>()\[\]\\,;:\"]+@[^\s@<>()\[\]\\,;:\"]+")
EXTENSION = re.compile(r"(?:ext|x)\.?\s*(\d+)\s*$", re.IGNORECASE)
LINE_BREAKS = re.compile(r"\r\n|\r|\n")


def usable_address(address: str | None) -> str | None:
    """The address if mail can go there, None for none and for what is something else."""
    found = (address or "").strip()
    return found if ADDRESS.fullmatch(found) and found.isprintable() else None


def mailto_link(address: str | None, subject: str, body: str) -> str | None:
    """A link that opens the message in the visitor's own mail program; None where it would be too long.

    The address may be missing. The subject is one line, and lines of the body end as mail's do.
    """
    to = quote(usable_address(address) or "", safe="@")
    lines = LINE_BREAKS.sub("\r\n", body)
    link = f"mailto:{to}?subject={quote(one_line(subject), safe='')}&body={quote(lines, safe='')}"
    return link if len(link) <= LONGEST_LINK else None


def tel_link(number: str | None) -> str | None:
    """A link that dials a number, None where there is none to dial."""
    text = one_line(number or "")
    extension = EXTENSION.search(text)
    main = text[: extension.start()] if extension else text
    digits = re.sub(r"[^0-9]", "", main)
    if not digits:
        return None
    dialled = f"{'+' if main.strip().startswith('+') else ''}{digits}"
    return f"tel:{dialled};ext={extension[1]}" if extension else f"tel:{dialled}"
