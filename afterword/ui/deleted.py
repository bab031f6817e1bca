"""What was deleted and can still be brought back."""

from __future__ import annotations

import streamlit as st

from afterword.desk import DELETED_KEPT, Desk, PutAside
from afterword.ui import focus, keys, wiring, words
from afterword.ui.callbacks import spoken
from afterword.ui.typed import as_typed, in_label


def delete_button(case_id: str, company: str) -> None:
    """The button that deletes an application and goes back to the list, where it can be undone at once."""
    if st.button(f"Delete {in_label(company)}", key=keys.part(case_id, "delete"), icon=":material/delete:"):
        wiring.desk().delete(case_id)
        st.session_state[keys.DELETED] = (case_id, company)
        focus.move_to(keys.part(case_id, "restore-at-once"))
        st.switch_page("pages/applications.py")


def just_deleted(desk: Desk) -> None:
    """What was deleted just now, with its undo."""
    deleted: tuple[str, str] | None = st.session_state.get(keys.DELETED)
    if deleted is None:
        return
    case_id, company = deleted
    st.success(f"{as_typed(company)} was deleted. It can be brought back for {DELETED_KEPT.days} days.")
    st.button(
        f"Undo: bring {in_label(company)} back",
        key=keys.part(case_id, "restore-at-once"),
        icon=":material/undo:",
        on_click=restore,
        args=(desk, case_id),
    )


def bin(desk: Desk) -> None:
    """Everything that was deleted lately, each with a way back."""
    aside = desk.deleted()
    if not aside:
        return
    with st.expander(f"Deleted in the last {DELETED_KEPT.days} days ({len(aside)})"):
        for one in aside:
            deleted_line(one, desk)


def deleted_line(one: PutAside, desk: Desk) -> None:
    """One deleted application, when it was deleted, and the way back."""
    today, case_id = desk.today_here(), str(one.application.id)
    with st.container(horizontal=True, vertical_alignment="center"):
        when = words.day(one.at.astimezone(today.tzinfo).date(), today.date())
        st.markdown(f"{words.company_line(one.application)}, deleted {when}")
        st.button(
            f"Bring {in_label(one.application.company)} back",
            key=keys.part(case_id, "restore"),
            on_click=restore,
            args=(desk, case_id),
        )


@spoken
def restore(desk: Desk, case_id: str) -> None:
    """Bring an application back, and let the hand be on it."""
    desk.restore(case_id)
    st.session_state.pop(keys.DELETED, None)
    focus.move_to(keys.part(case_id, "line"))
