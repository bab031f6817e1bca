"""All applications as a list: searched as one types, filtered, sorted, paged, and several closed at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum

import streamlit as st

from afterword.domain.case import OpenCase
from afterword.domain.model import Round, folded
from afterword.domain.ranking import Today
from afterword.domain.step import Status
from afterword.ui import keys, lists, several, wiring
from afterword.ui.statuses import LOOKS
from afterword.ui.typed import as_typed

A_PAGE = 20
ALL = "all"
SEARCH, STATUS, SORT, PAGE, TURN = (
    keys.part("browse", name) for name in ("search", "status", "sort", "page", "turn")
)


class Order(StrEnum):
    """By what the list is sorted."""

    URGENCY = "Most urgent first"
    COMPANY = "Company, A to Z"
    LATEST = "Latest interview first"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the list is to be seen."""

    words: str
    status: Status | None
    order: Order


@st.fragment
def every_application() -> None:
    """The list with what narrows it; typing draws nothing else again."""
    wanted = Wanted(str(st.session_state.get(SEARCH) or ""), *asked_for())
    today = wiring.desk().today(wanted.words)
    narrowing()
    found = chosen(today, wanted)
    if not found:
        nothing_found(wanted)
        return
    st.markdown(counts(today))
    several.bar(found)
    for case in on_this_page(found):
        line(case)
    paging(len(found))


def asked_for() -> tuple[Status | None, Order]:
    """The status and the order that were chosen."""
    status = st.session_state.get(STATUS) or ALL
    order: Order = st.session_state.get(SORT) or Order.URGENCY
    return (Status(status) if status != ALL else None), order


def narrowing() -> None:
    """The fields that narrow and sort the list."""
    st.text_input(
        "Search",
        key=SEARCH,
        type="search",
        placeholder="Company, role, person, interview, notes",
        live=True,
        on_change=first_page,
        persist_state="session",
    )
    left, right = st.columns(2)
    left.selectbox(
        "Status",
        [ALL, *LOOKS],
        key=STATUS,
        format_func=status_name,
        on_change=first_page,
        persist_state="session",
    )
    right.selectbox("Sorted by", list(Order), key=SORT, on_change=first_page, persist_state="session")


def first_page() -> None:
    """Begin at the first page when something else is looked for: with pages that were never turned."""
    st.session_state[TURN] = st.session_state.get(TURN, 0) + 1


def page_key() -> str:
    """The key of the pages as they are turned for what is looked for now."""
    return f"{PAGE}-{st.session_state.get(TURN, 0)}"


def status_name(status: Status | str) -> str:
    """What a status is called; its name must stay the same while it is chosen."""
    return LOOKS[status].words if isinstance(status, Status) else "All"


def counts(today: Today) -> str:
    """How many were found, and how many there are of each status."""
    found = len(today.cases)
    of_each = [(look, today.count(status)) for status, look in LOOKS.items()]
    parts = [f"{count:,} {look.words[:1].lower()}{look.words[1:]}" for look, count in of_each if count]
    return f"{found:,} application{'' if found == 1 else 's'}: {', '.join(parts)}."


def chosen(today: Today, wanted: Wanted) -> list[OpenCase]:
    """The applications of the status asked for, in the order asked for."""
    found = [case for case in today.cases if wanted.status in {None, case.plan.status}]
    return sorted(found, key=SORTED_BY[wanted.order]) if wanted.order in SORTED_BY else found


def by_company(case: OpenCase) -> tuple[str, str]:
    """Sorts by company."""
    return folded(case.application.company), case.id


def by_latest_interview(case: OpenCase) -> tuple[float, str]:
    """Sorts by the latest interview, those without one last."""
    ends = [moment(round) for round in case.application.rounds]
    return -max(ends, default=float("-inf")), case.id


def moment(round: Round) -> float:
    """When a round ended, in seconds, well enough to sort by."""
    when: date | datetime = round.ended_at
    if not isinstance(when, datetime):
        when = datetime(when.year, when.month, when.day, 17, tzinfo=UTC)
    return when.timestamp()


SORTED_BY: dict[Order, Callable[[OpenCase], tuple[object, ...]]] = {
    Order.COMPANY: by_company,
    Order.LATEST: by_latest_interview,
}


def pages(count: int) -> int:
    """How many pages that many applications take."""
    return max(1, -(-count // A_PAGE))


def on_this_page(found: list[OpenCase]) -> list[OpenCase]:
    """The applications of the page that is open, the last one where there are fewer pages now."""
    page = min(st.session_state.get(page_key()) or 1, pages(len(found)))
    start = (page - 1) * A_PAGE
    return found[start : start + A_PAGE]


def line(case: OpenCase) -> None:
    """One application: where it stands, its next step in words, and the way to its page."""
    with st.container(border=True, key=keys.part(case.id, "line")):
        several.box(case)
        lists.line_of(case)


def paging(count: int) -> None:
    """The pages, where there is more than one."""
    if pages(count) > 1:
        st.pagination(pages(count), key=page_key())


def nothing_found(wanted: Wanted) -> None:
    """Why the list is empty, and the way back to all."""
    about = f"Nothing is found for “{as_typed(wanted.words)}”" if wanted.words else "Nothing is found"
    of = f" with the status “{LOOKS[wanted.status].words}”" if wanted.status else ""
    st.info(f"{about}{of}.")
    st.button("Show all", key=keys.part("browse", "all"), on_click=show_all)


def show_all() -> None:
    """Look for nothing in particular."""
    st.session_state[SEARCH], st.session_state[STATUS] = "", ALL
    first_page()
