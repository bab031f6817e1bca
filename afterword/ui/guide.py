"""A page of the guide, with its grounds, and the way from one page to another."""

from __future__ import annotations

import re

import streamlit as st

from afterword.content import MARK
from afterword.domain.handbook import Ground, GuidePage, Handbook
from afterword.ui import words

BADGES = {
    Ground.ARTICLE: ("The article", "green"),
    Ground.OUTSIDE: ("Outside guidance", "blue"),
    Ground.INFERENCE: ("Our own view", "gray"),
}


def page_named(pages: tuple[GuidePage, ...], name: str | None) -> GuidePage | None:
    """The page of that name, None where there is none."""
    return next((page for page in pages if page.id == name), None)


def contents(pages: tuple[GuidePage, ...]) -> None:
    """A link to every page, in the order in which they are best read."""
    for number, page in enumerate(pages, start=1):
        link(page, f"{number}. {page.title}")


def link(page: GuidePage, label: str) -> None:
    """A link to a page of the guide."""
    st.page_link("pages/guide.py", label=label, query_params={"page": page.id})


def page_part(page: GuidePage, handbook: Handbook) -> None:
    """What the page rests on, its text with numbered marks, and what each mark stands for."""
    numbers = {cite: number for number, cite in enumerate(marks_in_order(page), start=1)}
    st.markdown(grounds(page, handbook))
    st.markdown(re.sub(MARK, lambda found: f"\\[{numbers[found[1]]}\\]", page.text))
    with st.expander(f"On whose word: {page.title}"):
        lines = (f"{n}. {words.source_line(handbook.sources[cite])}" for cite, n in numbers.items())
        st.markdown("\n".join(lines))


def grounds(page: GuidePage, handbook: Handbook) -> str:
    """A badge for each kind of ground that the page stands on, with how many there are."""
    kinds = [handbook.sources[cite].kind for cite in page.cites]
    found = ((*BADGES[kind], kinds.count(kind)) for kind in Ground if kind in kinds)
    return " ".join(f":{colour}-badge[{name}: {count}]" for name, colour, count in found)


def way_on(page: GuidePage, pages: tuple[GuidePage, ...]) -> None:
    """Links to the next page and to the list of all."""
    following = pages[pages.index(page) + 1 :]
    if following:
        link(following[0], f"Next: {following[0].title}")
    st.page_link("pages/guide.py", label="All pages of the guide")


def marks_in_order(page: GuidePage) -> list[str]:
    """The sources in the order in which the text names them, then those it names nowhere."""
    return list(dict.fromkeys((*MARK.findall(page.text), *page.cites)))
