"""A spreadsheet that is brought in: the file, its sheet, its columns, and its rows read step by step."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace

import streamlit as st

from afterword.desk import Desk
from afterword.domain.errors import InvalidApplication
from afterword.domain.table import Column, Field
from afterword.formats.tables.grid import ENDINGS, MOST_BYTES
from afterword.formats.tables.incoming import Found, Incoming, Sheet, all_of_own, rows_read, understood
from afterword.ui import keys
from afterword.ui.table_words import FIELDS
from afterword.ui.typed import as_typed, in_label

A_STEP = 200  # rows between two looks at the progress, when a click may stop it
A_SLICE, A_BREATH = (
    0.004,
    0.01,
)  # seconds of reading, and of rest after it, in which other sessions are served
FIELDS_OFFERED = list(FIELDS)


@dataclass(slots=True)
class Seen:
    """A file as this session has read it so far: what was answered, and what that came to."""

    file: str
    incoming: Incoming
    answers: dict[str, str] = field(default_factory=dict)
    found: Found | None = None
    read_for: object = None
    stopped: bool = False


def chosen(desk: Desk) -> Seen | None:
    """The file that the person chose, as far as it explains itself; None where there is none, or it cannot be read."""
    number = st.session_state.get(keys.FORM_NUMBER, 0)
    file = st.file_uploader(
        f"Your spreadsheet: CSV, XLSX, XLS or ODS, up to {MOST_BYTES // 1024**2} MB",
        type=list(ENDINGS),
        max_upload_size=MOST_BYTES // 1024**2,
        key=keys.part("table", f"file-{number}"),
    )
    if file is None:
        st.session_state.pop(keys.TABLE, None)
        return None
    seen: Seen | None = st.session_state.get(keys.TABLE)
    if seen is None or seen.file != file.file_id:
        you = desk.you()
        try:
            incoming = understood(file.getvalue(), you.zone or "UTC", you.tables or ())
        except InvalidApplication as error:
            refuse(error)
            return None
        seen = st.session_state[keys.TABLE] = Seen(file.file_id, incoming)
    return seen


def refuse(error: InvalidApplication) -> None:
    """Why a file cannot be read, or taken up."""
    lines = [f"- {as_typed(str(problem))}" for problem in error.problems[:20]]
    st.error("\n".join(("This file cannot be brought in, and nothing was changed:", "", *lines)))


def sheet_of(seen: Seen) -> Sheet:
    """The sheet that is read; asked for where there are several."""
    sheets = seen.incoming.sheets
    if len(sheets) == 1:
        return sheets[0]
    place = st.selectbox(
        "Which sheet?",
        range(len(sheets)),
        index=seen.incoming.likeliest,
        format_func=lambda number: sheets[number].name,
        key=keys.part("table", f"sheet-{seen.file}"),
    )
    return sheets[place or 0]


def columns_of(seen: Seen, sheet: Sheet) -> tuple[Column, ...]:
    """What each column is taken for, to be corrected."""
    st.header("What each column holds", anchor=False)
    if sheet.known_as:
        st.success(f"Recognised: {as_typed(sheet.known_as)}", icon=":material/check:")
    for remark in sheet.laid.remarks:
        st.info(as_typed(remark))
    st.markdown("Correct what was taken for something else. What has no place of its own goes to the notes.")
    return tuple(column_field(seen, sheet, column) for column in sheet.columns)


def column_field(seen: Seen, sheet: Sheet, column: Column) -> Column:
    """One column with what the person takes it for."""
    shown = ", ".join(column.examples)
    field = st.selectbox(
        in_label(column.heading),
        FIELDS_OFFERED,
        index=FIELDS_OFFERED.index(column.field),
        format_func=lambda field: FIELDS[field],
        help=as_typed(f"In it stands: {shown[:200]}") if shown else "Nothing stands in it.",
        key=keys.part(
            "table", f"column-{seen.file}-{sheet.laid.headings.index(column.heading)}-{len(sheet.name)}"
        ),
    )
    return replace(column, field=field or Field.KEEP)


def read(desk: Desk, seen: Seen, sheet: Sheet | None, columns: tuple[Column, ...]) -> Found | None:
    """What all rows come to; read once for the same columns and answers, with a way to stop. None if stopped."""
    if sheet is None:
        return all_of_own(seen.incoming.own) if seen.incoming.own else None
    read_for = (sheet.name, tuple(c.field for c in columns), tuple(sorted(seen.answers.items())))
    if seen.found is not None and seen.read_for == read_for:
        return seen.found
    if seen.stopped:
        st.warning("Stopped. Nothing was changed.")
        st.button("Go on reading", key=keys.part("table", "go-on"), on_click=go_on, args=(seen,))
        return None
    seen.found, seen.read_for = step_by_step(desk, seen, sheet, columns), read_for
    return seen.found


def step_by_step(desk: Desk, seen: Seen, sheet: Sheet, columns: tuple[Column, ...]) -> Found:
    """Read the rows, and show how far it is where there are many; a click in between ends this run."""
    total, found = len(sheet.laid.rows), Found()
    place = st.empty()
    zone, now = desk.you().zone or "UTC", desk.today_here()
    bar, began = None, time.monotonic()
    if total > A_STEP:
        with place.container():
            bar = st.progress(0.0, f"Reading {total:,} rows")
            st.button("Stop", key=keys.part("table", "stop"), on_click=stop, args=(seen,))
    for found in rows_read(sheet, columns, dict(sheet.answers) | seen.answers, now, zone):
        if bar is not None and found.rows % A_STEP == 0:
            bar.progress(min(1.0, found.rows / total), f"Row {found.rows:,} of {total:,}")
        if time.monotonic() - began > A_SLICE:
            time.sleep(A_BREATH)
            began = time.monotonic()
    place.empty()
    return found


def stop(seen: Seen) -> None:
    """Read no further."""
    seen.stopped = True


def go_on(seen: Seen) -> None:
    """Read after all."""
    seen.stopped = False
