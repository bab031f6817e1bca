"""The page of one's own data: true of each way in which it can be kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from afterword.desk import DELETED_KEPT, Desk
from afterword.domain.errors import InvalidApplication
from afterword.formats.backup import Preview
from afterword.formats.spreadsheet import CSV, XLSX, Table
from afterword.ui import diary, files, focus, keeper, keys, wiring, words
from afterword.ui.callbacks import say, spoken
from afterword.ui.typed import as_typed

ADD, REPLACE = "Add it to what is here", "Replace what is here with it"
WORD = "erase"
ENDS = {0: "Never", 15: "After 15 minutes", 60: "After an hour", 480: "After eight hours"}
MOST_TOLD = 10


def what_is_kept() -> None:
    """What is kept, where, for how long, and who can see it."""
    st.markdown(GUESTS if wiring.is_guest() else OWNERS.format(where=where()))


def where() -> str:
    """Where the owner's data lie, and copies of them."""
    said = IN_A_FILE if wiring.lies_in_a_file() else ON_A_SERVER
    return said.format(place=wiring.where_it_lies().replace("`", "'"), guarded=guarded())


def guarded() -> str:
    """What keeps other users of the computer out, where Afterword chose the place."""
    return "" if wiring.place_was_named() else ", in a folder that only your own user may enter"


KEPT = (
    "What you enter: your applications with their interviews, people, notes and history, what you write for them, "
    "what you say on the page About you, and what you answer in Practice. Also what your last calendar file said, so that the next one takes "
    "out of your calendar what is gone. Nothing is counted, and nothing is sent anywhere."
)
OWNERS = f"""
- **What is kept:** {KEPT}
- **Where:** {{where}}
- **For how long:** until you erase it. What you delete is kept for {DELETED_KEPT.days} days, so that you can bring it back, and is then erased.
- **Who can see it:** whoever uses this computer as you. Whoever reaches Afterword in any other way is a guest and sees nothing of it.
"""
IN_A_FILE = (
    "in one file on this computer, `{place}`{guarded}. Copies made before a restore or an update lie beside it, "
    "the last ten of each."
)
ON_A_SERVER = (
    "in a database on a server, `{place}`. Afterword makes no copies of it: download a backup before you bring "
    "something back or update."
)
GUESTS = f"""
- **What is kept:** {KEPT}
- **Where:** in this browser's own storage, on this device. While the page is open it is in the server's memory too, and never on its disk.
- **For how long:** until you erase it here, or clear this site's data in the browser. What you delete is kept for {DELETED_KEPT.days} days, so that you can bring it back.
- **Who can see it:** whoever uses this browser. On a shared computer, erase it before you leave.
"""


def take_along(desk: Desk) -> None:
    """Everything as a file, made when it is asked for."""
    st.header("Take it along", anchor=False)
    st.markdown(
        "A backup is one file with everything in it. It opens here, on another computer, and for a guest."
    )
    today = desk.today_here().date()
    with st.container(horizontal=True):
        download("Download a backup", desk.backup, f"afterword-{today}.json", "application/json", "backup")
        download(
            "Download a calendar file",
            lambda: diary.of_everything(desk),
            "afterword.ics",
            diary.CALENDAR,
            "ics",
        )
    as_spreadsheets(desk, f"afterword-{today}")


def as_spreadsheets(desk: Desk, name: str) -> None:
    """Everything as tables for a spreadsheet program; nothing where there is nothing yet."""
    if not desk.has_any():
        return
    st.subheader("As a spreadsheet", anchor=False)
    st.markdown(
        "Three tables: applications with status and next step, steps, and log entries. "
        "XLSX holds all three; each CSV holds one. Both can be imported again."
    )
    with st.container(horizontal=True):
        download("All three (XLSX)", desk.workbook, f"{name}.xlsx", XLSX, "xlsx")
        for table in Table:
            made = partial(desk.csv_table, table)
            file = f"{name}-{table.lower()}.csv"
            download(f"{table} (CSV)", made, file, CSV, f"csv-{table.lower()}")


def download(label: str, data: Callable[[], bytes], name: str, mime: str, key: str) -> None:
    """A button that makes a file once it is pressed."""
    files.button(label, data, name, mime, keys.part("data", key))


def bring_back(desk: Desk) -> None:
    """A backup brought back, after a look at what it would do."""
    st.header("Bring it back", anchor=False)
    st.page_link("pages/spreadsheet.py", label="Bring in a spreadsheet", icon=":material/table_view:")
    number = st.session_state.get(keys.FORM_NUMBER, 0)
    file = st.file_uploader("A backup", type=["json"], key=keys.part("data", f"file-{number}"))
    if file is None:
        return
    how = st.radio("How?", (ADD, REPLACE), key=keys.part("data", "how"))
    data = file.getvalue()
    try:
        preview = desk.preview_restore(data, how == REPLACE)
    except InvalidApplication as error:
        refuse(error)
        return
    st.markdown(foreseen(preview, how == REPLACE))
    st.button(
        "Bring it back",
        key=keys.part("data", "restore"),
        type="primary",
        on_click=restore,
        args=(desk, data, how == REPLACE),
    )


def refuse(error: InvalidApplication) -> None:
    """What is wrong with a file, as much as a person can read."""
    lines = [f"- {as_typed(str(problem))}" for problem in error.problems[:MOST_TOLD]]
    more = len(error.problems) - MOST_TOLD
    if more > 0:
        lines.append(f"- and {more:,} more")
    st.error("\n".join(("This file cannot be brought back, and nothing was changed:", "", *lines)))


def foreseen(preview: Preview, replace: bool) -> str:
    """What bringing a backup back would do."""
    parts = [f"{preview.new:,} new", f"{preview.changed:,} changed", f"{preview.same:,} the same"]
    gone = f" {preview.gone:,} that are here now would go." if replace else ""
    return f"In this backup: {words.listed(parts)}.{gone} A copy of what is here is made first, where it is kept in a file."


@spoken
def restore(desk: Desk, data: bytes, replace: bool) -> None:
    """Bring a backup back."""
    preview = desk.restore_backup(data, replace)
    st.session_state[keys.FORM_NUMBER] = st.session_state.get(keys.FORM_NUMBER, 0) + 1
    say(f"The backup is back: {preview.new:,} new, {preview.changed:,} changed, {preview.same:,} the same.")


def erase(desk: Desk) -> None:
    """Everything gone for good: one tap for a guest, after a typed word for the owner."""
    st.header("Erase everything", anchor=False)
    if wiring.is_guest():
        for_a_guest()
    else:
        for_the_owner(desk)


def for_a_guest() -> None:
    """One tap, and an end that comes by itself."""
    st.markdown("This cannot be undone. Download a backup first if you may want it back.")
    st.button(
        "Erase everything in this browser",
        key=keys.part("data", "erase"),
        type="primary",
        icon=":material/delete_forever:",
        on_click=erase_guest,
    )
    key = keys.part("data", "ends")
    st.session_state[key] = st.session_state.get(keys.ENDS_AFTER) or 0
    st.selectbox(
        "Erase it by itself when nobody has touched this page",
        list(ENDS),
        key=key,
        format_func=lambda minutes: ENDS.get(minutes, f"After {minutes} minutes"),
        on_change=lambda: keeper.end_after(int(st.session_state[key])),
    )


def erase_guest() -> None:
    """Forget everything, here and in the browser."""
    keeper.erase()
    say("Everything in this browser is erased.")


GONE_FROM_THE_DISK = "The file is written anew, so that nothing of it stays on the disk."
GONE_FROM_THE_SERVER = (
    "Whoever runs the database may have copies of it, and its disk keeps traces until it tidies up."
)


def for_the_owner(desk: Desk) -> None:
    """A typed word and a button; what is gone is gone from the disk too, where that is this computer's."""
    gone = GONE_FROM_THE_DISK if wiring.lies_in_a_file() else GONE_FROM_THE_SERVER
    st.markdown(
        "Everything goes: applications, history, answers in Practice, what you said about yourself, and every copy Afterword made. "
        f"{gone} **This cannot be undone:** download a backup first."
    )
    typed = st.text_input(f"Type “{WORD}” to go on", key=keys.part("data", "word"), live=True)
    st.button(
        "Erase everything",
        key=keys.part("data", "erase"),
        type="primary",
        icon=":material/delete_forever:",
        disabled=typed.strip().casefold() != WORD,
        on_click=erase_owner,
        args=(desk,),
    )


@spoken
def erase_owner(desk: Desk) -> None:
    """Erase everything of the owner's."""
    desk.erase()
    keeper.forget_session()
    st.session_state[keys.part("data", "word")] = ""
    focus.move_to(keys.part("data", "word"))
    say("Everything is erased.")
