"""A room after its end, for its leader: the summary to keep, when all is erased, and a way to erase it at once."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

import streamlit as st

from afterword.domain.summary import Question
from afterword.domain.workshop import Agenda, Room, erase_at
from afterword.formats.paper import PDF, pdf, usual_paper
from afterword.formats.spreadsheet import CSV
from afterword.formats.summary import HOW_IT_IS_COUNTED, csv_summary, how_many, members, summary_handout
from afterword.ui import files, keys, shelf, sure, wiring, words
from afterword.ui.callbacks import spoken
from afterword.ui.typed import as_typed

PART, AROUND = "lead-over", "lead"
ERASE = keys.part(PART, "erase")


def part(room: Room, secret: str, agenda: Agenda) -> None:
    """The summary, and the room's own end."""
    st.title("The workshop is over", anchor=False)
    st.markdown(f"“{agenda.title}”: nobody can join or answer any more. Members keep their own plans.")
    keep(room, secret)
    st.header("Erase the room", anchor=False)
    st.markdown(
        f"By itself everything in the room is erased {when(erase_at(room))}. You need not wait for it."
    )
    sure.asked(
        sure.Question(
            "Delete now",
            "This erases the room: its code, its aliases, every answer, and with them the summary. "
            "It cannot be undone. Download the summary first if you want to keep it.",
            "Delete it all now",
        ),
        ERASE,
        partial(erase, room.id, secret),
        AROUND,
    )
    st.page_link("pages/workshop.py", label="Open another room")


def keep(room: Room, secret: str) -> None:
    """The summary: shown, and as files."""
    summary = wiring.hall().summary(room.id, secret, wiring.zone_here())
    st.header("The summary, to keep", anchor=False)
    st.markdown(HOW_IT_IS_COUNTED)
    st.markdown(f"**Members:** {members(summary)}")
    with st.container(horizontal=True):
        name, size = f"afterword-workshop-{summary.day}", usual_paper(wiring.desk().you().country)
        files.button(
            "Summary (CSV)", partial(csv_summary, summary), f"{name}.csv", CSV, keys.part(PART, "csv")
        )
        made = partial(pdf, summary_handout(summary), size)
        files.button("Summary (PDF)", made, f"{name}.pdf", PDF, keys.part(PART, "pdf"))
    for question in summary.questions:
        with st.expander(as_typed(question.title)):
            st.markdown(f"{as_typed(question.question)}\n\n{counted(question)}")


def counted(question: Question) -> str:
    """The answers to a question, with how often each was given."""
    return "\n".join(f"- **{how_many(one)}** {as_typed(one.choice.words)}" for one in question.counts)


def when(moment: datetime) -> str:
    """A moment where the leader is: on Fri 6 Nov at 17:05."""
    here = moment.astimezone(ZoneInfo(wiring.zone_here()))
    return f"on {words.plain_day(here.date(), here.date())} at {here:%H:%M}"


def erase(room_id: str, secret: str) -> None:
    """Erase the room."""
    spoken(wiring.hall().delete_now)(room_id, secret)
    shelf.draw([AROUND, *shelf.frame_parts()])


def erased() -> None:
    """What is said once it is gone."""
    st.title("The room is erased", anchor=False)
    st.markdown(
        "Its code, its aliases and every answer are gone. What members entered for themselves lies in their own browsers."
    )
    st.page_link("pages/workshop.py", label="Open another room")
