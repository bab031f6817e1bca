"""Paper: what stands on a handout, set as a tagged PDF by Typst with fonts that come with packages."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    import typst

TEMPLATE = Path(__file__).resolve().parents[2] / "content" / "paper" / "handout.typ"
FONTS = (
    "fontpkg_noto_sans_arabic",
    "noto_cjk_sans_jp_regular",
)  # beside Typst's own, for Latin, Greek, Hebrew
PDF = "application/pdf"
NO_FONT_HAS_IT = "could not be displayed with font"  # how Typst says it
LETTERS_MISSING = ". An empty box stands for a sign that no font here has."
Part: TypeAlias = Mapping[str, Any]


class Paper(StrEnum):
    """A size of paper."""

    A4 = "a4"
    US_LETTER = "us-letter"


LETTER_COUNTRIES = frozenset({"US", "CA", "MX", "PH", "CL", "CO", "VE", "CR", "GT", "PA", "DO", "PR"})


@dataclass(frozen=True, slots=True)
class Handout:
    """What stands on paper: a title, and parts in the order in which they are read."""

    title: str
    parts: Sequence[Part]
    made: datetime


def usual_paper(country: str | None) -> Paper:
    """The paper that printers hold in a country."""
    return Paper.US_LETTER if (country or "").upper() in LETTER_COUNTRIES else Paper.A4


def pdf(handout: Handout, paper: Paper) -> bytes:
    """The handout as a PDF with tags for screen readers.

    PDF/UA-1 forbids a letter that no font has; a name with an emoji in it is put on paper without that seal,
    and the page says that letters are missing.
    """
    import typst  # a native library of 40 MB, which no page needs to be drawn

    set_at = handout.made.astimezone(UTC).replace(microsecond=0)
    try:
        made = typst.compile(**source(handout, paper), format="pdf", pdf_standards="ua-1", timestamp=set_at)
    except typst.TypstError as error:
        if NO_FONT_HAS_IT not in str(error):
            raise
        made = typst.compile(**source(handout, paper, LETTERS_MISSING), format="pdf", timestamp=set_at)
    return bytes(made)


def pictures(handout: Handout, paper: Paper, ppi: float = 100) -> list[bytes]:
    """The handout's pages as PNG."""
    import typst

    made = typst.compile(**source(handout, paper), format="png", ppi=ppi)
    return [made] if isinstance(made, bytes) else list(made)


def source(handout: Handout, paper: Paper, remark: str = "") -> dict[str, Any]:
    """What Typst sets: the template, and everything that people typed as data beside it; a remark at its foot."""
    data = {
        "title": clean(handout.title),
        "paper": paper.value,
        "footer": f"Afterword, {handout.made.day} {handout.made:%B %Y}{remark}",
        "parts": clean(list(handout.parts)),
    }
    return {
        "input": TEMPLATE.read_bytes(),
        "font_paths": fonts(),
        "sys_inputs": {"data": json.dumps(data, ensure_ascii=False)},
    }


def clean(value: Any) -> Any:
    """The same without control signs, which no page can show."""
    if isinstance(value, str):
        return "".join(
            sign if sign.isprintable() or sign in "\n\u200d\u200e\u200f" else " " for sign in value
        )
    if isinstance(value, Mapping):
        return {key: clean(one) for key, one in value.items()}
    return [clean(one) for one in value] if isinstance(value, list | tuple) else value


@lru_cache(maxsize=1)
def fonts() -> typst.Fonts:
    """The fonts, read once: none of the system's, so that a page looks the same everywhere."""
    import typst

    specs = (find_spec(name) for name in FONTS)
    places = [place for spec in specs if spec for place in spec.submodule_search_locations or ()]
    return typst.Fonts(include_system_fonts=False, font_paths=[Path(place) for place in places])
