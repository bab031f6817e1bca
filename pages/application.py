"""One application, by its address: what to do now, the checklist, the interviews, the history, the end."""

from __future__ import annotations

import streamlit as st

from afterword.domain.errors import UnknownApplication
from afterword.ui import deleted, live, paper, shelf, welcome, wiring, words
from afterword.ui.typed import as_typed

desk = wiring.desk()
try:
    case = desk.open(st.query_params.get("id", ""))
except UnknownApplication:
    st.title("No such application", anchor=False)
    st.markdown(
        "It may have been deleted, or it belongs to somebody else. "
        "What was deleted lately can be brought back on the page Applications."
    )
    st.page_link("pages/applications.py", label="Go to Applications")
else:
    st.title(as_typed(case.application.company), anchor=False)
    welcome.just_saved(case.id)
    with shelf.visit(case, desk) as seen:
        live.now(seen)
        live.phases(seen, case)
        live.more(seen, case)
        live.end(seen)
    paper.of_application(case, desk)
    deleted.delete_button(case.id, case.application.company)
    st.markdown(words.NO_REMINDERS)
