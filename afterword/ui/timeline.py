"""The timeline: one lane an application, with a sentence above it and the same facts as a table beneath."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from afterword.desk import Desk
from afterword.domain.case import OpenCase
from afterword.domain.lane import Lane, SpanKind, lane_of
from afterword.domain.ranking import Today
from afterword.domain.step import Status
from afterword.ui import browse, chart, chart_rows, keys, small_lane, viewport, wiring, words
from afterword.ui.chart import SELECTION, TIMELINE, TODAY, Kind
from afterword.ui.chart_rows import Group, Window
from afterword.ui.statuses import LOOKS, MARKS, SPANS, look_of
from afterword.ui.typed import as_typed, in_label

if TYPE_CHECKING:
    import pandas as pd

A_PAGE = 50
ON_TODAY = 8
WEEKS = (4, 6, 8, 12)
STATUS, GROUPED, WEEK, SHIFT, TURN = (
    keys.part("timeline", name) for name in ("status", "grouped", "weeks", "shift", "turn")
)
PAGE = "pages/application.py"


@st.fragment
def whole() -> None:
    """Everything on the page; what narrows or moves it draws nothing else again."""
    desk = wiring.desk()
    today = desk.today()
    st.markdown(sentence(today))
    controls()
    cases = wanted(today)
    shown = page_of(cases)
    if not shown:
        st.info("No application has this status now.")
        return
    if viewport.is_narrow():
        narrow(shown, today, desk)
    else:
        window = chart_rows.window_around(today.day, weeks(), shift())
        wide(groups_of(shown), today, desk, TIMELINE, window)
    legend()
    paging(len(cases))
    open_one(cases)
    table_part(shown)


def sentence(today: Today) -> str:
    """What the chart shows, in one or two sentences, from the plans themselves."""
    count = len(today.cases)
    each = [(status, today.count(status)) for status in LOOKS]
    parts = [f"{words.number(n)} {SAID[status]}" for status, n in each if n]
    noun = "application" if count == 1 else "applications"
    return f"{words.number(count).capitalize()} {noun}: {words.listed(parts)}. {first_line(today)}".strip()


SAID = {
    Status.OVERDUE: "overdue",
    Status.DUE: "due",
    Status.QUIET: "in the quiet period",
    Status.AWAITING_REPLY: "awaiting a reply",
    Status.UPCOMING: "with an interview ahead",
    Status.NEW: "without an interview yet",
    Status.CLOSED: "closed",
}


def first_line(today: Today) -> str:
    """With which application to begin, or when the next step may be done."""
    first = today.cases[0]
    if first.plan.status in {Status.OVERDUE, Status.DUE}:
        return f"Begin with {as_typed(first.application.company)}."
    return words.next_day_line(today)


def controls() -> None:
    """What narrows, groups and moves the chart; a phone's small bars each have a scale of their own."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            "Status",
            [browse.ALL, *LOOKS],
            key=STATUS,
            format_func=browse.status_name,
            on_change=first_page,
            width=200,
        )
        if viewport.is_narrow():
            return
        st.selectbox("Weeks shown", WEEKS, index=1, key=WEEK, width=120)
        move_button("Earlier", "earlier", ":material/chevron_left:", -1)
        st.button("To today", key=keys.part("timeline", "now"), on_click=move, args=(0,))
        move_button("Later", "later", ":material/chevron_right:", 1)
        st.checkbox("Group by status", key=GROUPED)


def move_button(label: str, name: str, icon: str, direction: int) -> None:
    """A button that moves the window."""
    st.button(label, key=keys.part("timeline", name), icon=icon, on_click=move, args=(direction,))


def weeks() -> int:
    """How many weeks are shown."""
    return int(st.session_state.get(WEEK) or WEEKS[1])


def shift() -> int:
    """By how many weeks the window was moved."""
    return int(st.session_state.get(SHIFT, 0))


def move(direction: int) -> None:
    """Move the window by half its width, or back to today."""
    st.session_state[SHIFT] = shift() + direction * (weeks() // 2) if direction else 0


def first_page() -> None:
    """Begin at the first page when something else is looked for."""
    st.session_state[TURN] = st.session_state.get(TURN, 0) + 1


def wanted(today: Today) -> list[OpenCase]:
    """The applications of the status asked for, most urgent first, those alike in urgency by company."""
    status = st.session_state.get(STATUS) or browse.ALL
    found = [case for case in today.cases if status in {browse.ALL, case.plan.status}]
    grouped = st.session_state.get(GROUPED)
    return [case for group in chart_rows.by_status(found) for case in group.cases] if grouped else found


def page_key() -> str:
    """The key of the pages as they are turned for what is looked for now."""
    return f"{keys.part('timeline', 'page')}-{st.session_state.get(TURN, 0)}"


def page_of(cases: list[OpenCase]) -> list[OpenCase]:
    """The lanes of the page that is open."""
    pages = max(1, -(-len(cases) // A_PAGE))
    start = (min(st.session_state.get(page_key()) or 1, pages) - 1) * A_PAGE
    return cases[start : start + A_PAGE]


def paging(count: int) -> None:
    """The pages, where there is more than one."""
    if count > A_PAGE:
        st.pagination(-(-count // A_PAGE), key=page_key())


def groups_of(shown: list[OpenCase]) -> list[Group]:
    """The lanes under their status, or all under no head."""
    return chart_rows.by_status(shown) if st.session_state.get(GROUPED) else [Group("", tuple(shown))]


def wide(
    groups: Sequence[Group],
    today: Today,
    desk: Desk,
    kind: Kind,
    window: Window,
) -> None:
    """The chart; a click on a lane opens its application."""
    theme = viewport.theme()
    rows, height = chart_rows.rows_of(groups, window, desk, theme, today.day)
    spec = chart.filled(kind, theme, window.days, rows, height)
    event = st.vega_lite_chart(
        spec,
        width="stretch",
        height="content",
        theme=None,
        key=f"chart-{kind.name}",
        on_select="rerun",
        alt=words.unmarked(sentence(today)),
    )
    picked = event["selection"].get(SELECTION, [])
    if picked:
        st.switch_page(PAGE, query_params={"id": picked[0]["id"]})


def narrow(shown: list[OpenCase], today: Today, desk: Desk) -> None:
    """The form for a phone: a list with small bars, each with the way to its application."""
    for case in shown:
        with st.container(border=True, key=keys.part(case.id, "lane")):
            st.markdown(
                f"{look_of(case).badge} &nbsp; {words.company_line(case.application)}  \n{words.next_line(case)}"
            )
            small_lane.draw(desk.lane(case), today.day)
            st.page_link(
                PAGE, label=f"Open {in_label(case.application.company)}", query_params={"id": case.id}
            )


def active_contents(today: Today) -> Hashable:
    """What the chart of what is active depends on."""
    cases = today.active
    first = tuple((case.application, case.plan) for case in cases[:ON_TODAY])
    return first, len(cases), today.day, sentence(today)


def active(today: Today, desk: Desk) -> None:
    """The chart of what is active, as far as it fits on a page of cards."""
    window = chart_rows.window_around(today.day, WEEKS[1])
    lanes = Group("", tuple(today.active[:ON_TODAY]))
    wide([lanes], today, desk, TODAY, window)


def link(count: int) -> None:
    """The way from some of so many applications to the timeline of all."""
    which = "it" if count == 1 else f"all {count}"
    st.page_link("pages/timeline.py", label=f"See {which} on the timeline", icon=":material/view_timeline:")


def legend() -> None:
    """What the shapes and bars mean."""
    shapes = " &emsp; ".join(f"{glyph} {said}" for said, glyph, _ in MARKS.values())
    pale, strong = SPANS[SpanKind.QUIET].lower(), SPANS[SpanKind.WINDOW].lower()
    st.markdown(f"{shapes}  \nPale bar: {pale}. Yellow bar: {strong}. Grey stripes: weekends and holidays.")


def open_one(cases: list[OpenCase]) -> None:
    """A way to every application for the keyboard: type a few letters, press Enter."""
    names = {case.id: open_name(case) for case in cases}
    picked = st.selectbox(
        "Open an application",
        list(names),
        index=None,
        format_func=lambda one: names.get(one, one),
        placeholder="Type its name",
        key=keys.part("timeline", "open"),
    )
    if picked:
        st.switch_page(PAGE, query_params={"id": picked})


def open_name(case: OpenCase) -> str:
    """An application with what tells it apart from its like."""
    job = case.application
    return " · ".join(part for part in (job.company, job.role, look_of(case).words) if part)


def table_part(shown: list[OpenCase]) -> None:
    """The same facts as a table, sent once it is opened."""
    with st.expander("The same as a table", key=keys.part("timeline", "table"), on_change="rerun") as opened:
        if opened.open:
            facts = table(shown)
            st.table(facts[list(NARROW)] if viewport.is_narrow() else facts)


NARROW = ("Next step", "When")  # what fits on a phone; the list above has the rest


def table(shown: Sequence[OpenCase]) -> pd.DataFrame:
    """A row an application: who, how it stands, what comes next, when and why."""
    import pandas as pd  # half a second and 50 MB, for a table that few open

    return pd.DataFrame([row(case) for case in shown]).set_index("Company")


def lane_in(case: OpenCase) -> Lane:
    """What the chart shows of an application."""
    there = str(case.now.tzinfo)
    return lane_of(case.application, case.plan, case.now, wiring.words().handbook, case.workdays, there)


def row(case: OpenCase) -> dict[str, str]:
    """One application's facts in words."""
    step, job = case.plan.next, case.application
    rules = wiring.words().handbook.rules
    return {
        "Company": as_typed(job.company),
        "Role": as_typed(job.role or ""),
        "Status": f"{look_of(case).shape}\N{NO-BREAK SPACE}{look_of(case).words}",
        "Next step": words.step_title(step) if step else "Nothing for now",
        "When": words.when_line(step, case) if step else "",
        "Why": rules[step.reason].title if step else "",
        "Quiet until": words.day(case.plan.quiet_until, case.today) if case.plan.quiet_until else "",
        "So far": chart_rows.happened(lane_in(case), case),
    }
