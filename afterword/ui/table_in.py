"""A spreadsheet that is brought in: what is doubtful and wrong, what it comes to, and taking it up or back."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from afterword.desk import Desk
from afterword.domain.errors import AfterwordError
from afterword.domain.model import Application
from afterword.domain.table import NOTE, Column, Doubt, TableForm
from afterword.formats.tables.arrivals import Arrival, TakenIn, Way
from afterword.formats.tables.incoming import Found, Sheet, kept_form, lacks_company
from afterword.formats.tables.reading import is_answer
from afterword.ui import keys, table_file
from afterword.ui.callbacks import say, sentence_for, spoken
from afterword.ui.table_file import Seen
from afterword.ui.table_words import WAYS, answer, done, job, question
from afterword.ui.typed import as_typed, in_label

SHOWN = 20


def just_done(desk: Desk) -> None:
    """What the last import did, with a way to take it back."""
    taken: TakenIn | None = st.session_state.get(keys.TAKEN)
    if taken is None:
        return
    st.success(f"Your spreadsheet is in: {done(taken)}", icon=":material/check:")
    with st.container(horizontal=True):
        st.button(
            "Undo the import",
            key=keys.part("table", "undo"),
            icon=":material/undo:",
            on_click=undo,
            args=(desk,),
        )
        st.page_link("pages/applications.py", label="See your applications", icon=":material/work:")


def flow(desk: Desk) -> None:
    """From the file to what it comes to."""
    seen = table_file.chosen(desk)
    if seen is None:
        return
    sheet = columns = None
    if seen.incoming.own is None:
        sheet = table_file.sheet_of(seen)
        columns = table_file.columns_of(seen, sheet)
        if lacks_company(columns):
            st.error("Say which column holds the company: nothing can be brought in without it.")
            return
    else:
        st.success("Recognised: a spreadsheet from Afterword.", icon=":material/check:")
        if seen.incoming.remark:
            st.info(as_typed(seen.incoming.remark))
    found = table_file.read(desk, seen, sheet, columns or ())
    if found is None:
        return
    answers = dict(sheet.answers if sheet else {}) | seen.answers
    doubts(seen, found, answers)
    without = problems(found)
    preview(
        desk,
        seen,
        found,
        ready=not found.open_doubts(answers) and (without or not found.problems),
        keep=(sheet, columns),
    )


# What is doubtful


def doubts(seen: Seen, found: Found, answers: dict[str, str]) -> None:
    """What only the person can know, each with its answers."""
    if not found.doubts:
        return
    left = found.open_doubts(answers)
    st.header("What only you can know", anchor=False)
    st.markdown(f"{len(left):,} to answer." if left else "All answered.")
    shown = in_sight(found.doubts, len(left))
    for doubt in shown:
        ask(seen, doubt, answers.get(doubt.key))
    if len(found.doubts) > len(shown):
        st.markdown(f"And {len(found.doubts) - len(shown):,} more, which come up as you answer.")
    if len([doubt for doubt in left if NOTE in doubt.choices]) > 1:
        st.button(
            "Keep all these words in the notes",
            key=keys.part("table", "all-notes"),
            on_click=keep_all,
            args=(seen, left),
        )


def in_sight(every: list[Doubt], left: int) -> list[Doubt]:
    """The first doubts, one more with each that is answered, so that the last can be answered too."""
    return every[: SHOWN + len(every) - left]


def ask(seen: Seen, doubt: Doubt, given: str | None) -> None:
    """One doubt."""
    key = keys.part("table", f"doubt-{seen.file}-{doubt.key}")
    st.session_state.setdefault(key, given)
    said = st.selectbox(
        question(doubt),
        list(doubt.choices),
        key=key,
        placeholder="Choose or type" if doubt.takes_a_day else "Choose",
        format_func=answer,
        accept_new_options=doubt.takes_a_day,
        on_change=answered,
        args=(seen, doubt, key),
    )
    if said is not None and not is_answer(doubt, said):
        st.error("Write the day as 2026-11-10, with the hour as 2026-11-10T15:00.")


def answered(seen: Seen, doubt: Doubt, key: str) -> None:
    """Take an answer down."""
    said = st.session_state.get(key)
    if is_answer(doubt, said):
        seen.answers[doubt.key] = str(said)
    else:
        seen.answers.pop(doubt.key, None)


def keep_all(seen: Seen, left: tuple[Doubt, ...]) -> None:
    """Answer every doubt about a cell that way."""
    for doubt in left:
        if NOTE in doubt.choices:
            seen.answers[doubt.key] = NOTE
            st.session_state[keys.part("table", f"doubt-{seen.file}-{doubt.key}")] = NOTE


# What is wrong


def problems(found: Found) -> bool:
    """Everything that is wrong, by row and column; whether the rows with it are to be left out."""
    if not found.problems:
        return False
    st.header("What is wrong", anchor=False)
    lines = [f"- {as_typed(str(problem))}" for problem in found.problems[: 2 * SHOWN]]
    more = len(found.problems) - len(lines)
    st.error("\n".join((*lines, *([f"- and {more:,} more"] if more > 0 else []))))
    rows = len({problem.row for problem in found.problems})
    st.markdown("Mend them in your file and choose it again, or leave them out.")
    return st.checkbox(
        f"Leave out the {rows:,} rows with problems" if rows > 1 else "Leave out this row",
        key=keys.part("table", "without"),
    )


# What it comes to


def preview(
    desk: Desk, seen: Seen, found: Found, *, ready: bool, keep: tuple[Sheet | None, tuple[Column, ...] | None]
) -> None:
    """What would be taken up, what of it seems to be here, and the button."""
    st.header("What it comes to", anchor=False)
    if not found.applications and not found.entries:
        st.markdown("No row of it is an application that can be brought in.")
        return
    some = [row_shown(row, application) for row, application in found.applications[:SHOWN]]
    if some:
        st.table(some)
    if len(found.applications) > SHOWN:
        st.markdown(f"And {len(found.applications) - SHOWN:,} more.")
    if found.entries:
        st.markdown(f"Log entries for {len(found.entries):,} applications that are here.")
    ways = same_here(desk, seen, found)
    form = name_for(seen, *keep)
    number = len(found.applications)
    st.button(
        f"Bring in {number:,} applications" if number != 1 else "Bring in 1 application",
        key=keys.part("table", "take"),
        type="primary",
        disabled=not ready,
        on_click=take,
        args=(desk, found, ways, form),
    )
    if not ready:
        st.markdown("First answer what is asked above, and mend or leave out what is wrong.")
    st.markdown("All of it is brought in, or nothing. A backup is made first where yours are kept in a file.")


def row_shown(row: int, application: Application) -> dict[str, str]:
    """An application as a line of the preview."""
    rounds = "; ".join(f"{r.label} {r.ended_at:%Y-%m-%d}" for r in application.rounds)
    outcome = application.outcome.result.value.replace("_", " ") if application.outcome else ""
    cells = {
        "Company": application.company,
        "Role": application.role or "",
        "Interviews": rounds,
        "Ended": outcome,
    }
    return {"Row": str(row), **{heading: as_typed(text[:80]) for heading, text in cells.items()}}


def same_here(desk: Desk, seen: Seen, found: Found) -> dict[int, Way]:
    """What becomes of rows that seem to be here already: for all, and for single ones otherwise."""
    alike = desk.twins(found.applications)
    if not alike:
        return {}
    by_row = dict(found.applications)
    st.subheader("Already here?", anchor=False)
    st.markdown(f"{len(alike):,} have the company and the role of one that is here, or of a row before it.")
    every = st.radio(
        "What to do with them",
        list(Way),
        format_func=WAYS.__getitem__,
        key=keys.part("table", f"same-{seen.file}"),
    )
    ways = dict.fromkeys(alike, every or Way.MERGE)
    with st.expander("One by one"):
        for row, where in list(alike.items())[:SHOWN]:
            own = st.selectbox(
                in_label(f"Row {row}: {job(by_row[row])} ({where})"),
                list(Way),
                index=list(Way).index(ways[row]),
                format_func=WAYS.__getitem__,
                key=keys.part("table", f"same-{seen.file}-{row}-{every}"),
            )
            ways[row] = own or ways[row]
    return ways


def name_for(seen: Seen, sheet: Sheet | None, columns: tuple[Column, ...] | None) -> TableForm | None:
    """A name under which this way of reading is kept for next time, if the person gives one."""
    if sheet is None or columns is None or sheet.known_as:
        return None
    name = st.text_input(
        "Keep this way of reading for next time, under a name (may stay empty)",
        key=keys.part("table", f"name-{seen.file}"),
        max_chars=100,
    )
    return kept_form(name.strip(), columns, seen.answers) if name and name.strip() else None


@spoken
def take(desk: Desk, found: Found, ways: dict[int, Way], form: TableForm | None) -> None:
    """Take everything up, and keep the way of reading where it has a name."""
    arrivals = [
        Arrival(row, application, ways.get(row, Way.MERGE)) for row, application in found.applications
    ]
    st.session_state[keys.TAKEN] = desk.import_table(arrivals, found.entries)
    st.session_state.pop(keys.TABLE, None)
    st.session_state[keys.FORM_NUMBER] = st.session_state.get(keys.FORM_NUMBER, 0) + 1
    if form is not None:
        keep_form(desk, form)


def keep_form(desk: Desk, form: TableForm) -> None:
    """Keep a way of reading; one of that name, or for the same headings, gives way to it."""
    you = desk.you()
    others = [f for f in you.tables or () if f.name != form.name and f.headings != form.headings]
    try:
        desk.introduce(replace(you, tables=(*others, form)))
    except AfterwordError as error:  # the applications are in already
        say(f"The way of reading was not kept. {sentence_for(error)}")


@spoken
def undo(desk: Desk) -> None:
    """Take the last import back."""
    taken: TakenIn | None = st.session_state.pop(keys.TAKEN, None)
    if taken is None:
        return
    left = desk.undo_import(taken)
    more = f" {left:,} were left as they are, since you worked on them." if left else ""
    say(f"The import is undone.{more}")
