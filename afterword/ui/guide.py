"""A page of the guide, with its grounds, and the way from one page to another."""

from __future__ import annotations

import streamlit as st

from afterword.content import MARK
from afterword.domain.handbook import Ground, GuidePage, Handbook, Part
from afterword.ui import wiring, words, worked

BADGES = {
    Ground.ARTICLE: ("The article", "green"),
    Ground.OUTSIDE: ("Outside guidance", "blue"),
    Ground.INFERENCE: ("Our own view", "gray"),
}
WHICH = "which"  # the page that asks, at an address of the guide: one page more would travel with every tick
PARTS = {
    Part.BASICS: "The basics",
    Part.WAIT: "The wait",
    Part.TURNS: "When something happens",
    Part.DETAILS: "Good to know",
}


def page_named(pages: tuple[GuidePage, ...], name: str | None) -> GuidePage | None:
    """The page of that name, None where there is none."""
    return next((page for page in pages if page.id == name), None)


def contents(pages: tuple[GuidePage, ...]) -> None:
    """A link to every page by parts, in the order in which they are best read."""
    for part, name in PARTS.items():
        st.header(name, anchor=False)
        for number, page in enumerate(pages, start=1):
            if page.part == part:
                link(page, f"{number}. {page.title}")


def link(page: GuidePage, label: str) -> None:
    """A link to a page of the guide."""
    st.page_link("pages/guide.py", label=label, query_params={"page": page.id})


def link_to(page_id: str) -> None:
    """A link to the page of that name, by its title; within the app, so that the session goes on."""
    page = page_named(wiring.words().handbook.guide, page_id)
    if page is not None:
        link(page, f"Guide: {page.title}")


def helper_link() -> None:
    """The way to the questions that end in an answer of one's own."""
    with st.container(border=True):
        st.markdown("Not sure what fits you? Four quick questions end in an answer, with its reasons.")
        label, address = "Which should I use?", {"page": WHICH}
        st.page_link("pages/guide.py", label=label, icon=":material/alt_route:", query_params=address)


def page_part(page: GuidePage, handbook: Handbook) -> None:
    """What the page rests on, its text with numbered marks, and what each mark stands for."""
    st.markdown(grounds(page, handbook))
    st.markdown(numbered(page))
    if page.helper:
        helper_link()
    if page.example is not None:
        worked.part(page.example, handbook)
    with st.expander(f"On whose word: {page.title}"):
        cites = enumerate(marks_in_order(page), start=1)
        st.markdown("\n".join(f"{n}. {words.source_line(handbook.sources[cite])}" for n, cite in cites))


def numbered(page: GuidePage) -> str:
    """The page's text with a number for each mark of a source."""
    numbers = {cite: number for number, cite in enumerate(marks_in_order(page), start=1)}
    return MARK.sub(lambda found: f"\\[{numbers[found[1]]}\\]", page.text)


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
    way_back()


def way_back() -> None:
    """A link to the list of all pages."""
    st.page_link("pages/guide.py", label="All pages of the guide")


def marks_in_order(page: GuidePage) -> list[str]:
    """The sources in the order in which the text names them, then those it names nowhere."""
    return list(dict.fromkeys((*MARK.findall(page.text), *page.cites)))
