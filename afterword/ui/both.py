"""Two windows on one application: an edit made on an old version says so, shows both, and loses neither."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from afterword.desk import Desk
from afterword.domain.case import OpenCase
from afterword.domain.errors import Problem, SomebodyWasFirst, UnknownApplication
from afterword.domain.merging import Conflict, Path
from afterword.domain.model import Application, Entry, EntryKind
from afterword.ui import focus, keys, named
from afterword.ui.callbacks import say
from afterword.ui.forms import Form
from afterword.ui.typed import LONGEST_IN_A_LABEL, as_typed

DELETED = "This was deleted in another window meanwhile. The page Applications can bring it back"
ONCE_MORE = "It was changed once more meanwhile. Look again, and choose."
MERGED = "This was also changed in another window meanwhile. Your change and the other one are both kept."


@dataclass(frozen=True, slots=True)
class Begun:
    """The application as it was when its form was opened, and its version then."""

    application: Application
    version: int


@dataclass(frozen=True, slots=True)
class Clash:
    """An edit that waits until it is said what is to stand where both windows changed the same thing."""

    base: Application
    mine: Application
    conflicts: tuple[Conflict, ...]


def begun(case: OpenCase) -> Begun:
    """What the form that stands open was opened on; what stands there now if it was opened just now."""
    found: Begun = st.session_state.setdefault(
        keys.part(case.id, "begun"), Begun(case.application, case.version)
    )
    return found


def forget(case_id: str) -> None:
    """Let the next form start from the newest."""
    for name in ("begun", "clash"):
        st.session_state.pop(keys.part(case_id, name), None)


def kept(form: Form, began: Begun, mine: Application, desk: Desk) -> bool:
    """Keep an edit, together with what another window changed meanwhile; false where that has to be asked."""
    case_id = str(began.application.id)
    try:
        desk.correct(mine, began.version)
    except SomebodyWasFirst:
        found = desk.reconcile(began.application, mine)
        if found.case is None:
            clash = Clash(began.application, mine, found.conflicts)
            st.session_state[keys.part(case_id, "clash")] = clash
            focus.move_to(keys.part(case_id, "both"))
            st.rerun()
        say(MERGED)
    except UnknownApplication:
        form.refuse((Problem("", DELETED),))
        return False
    return True


def asked(case: OpenCase, desk: Desk, opener: str) -> bool:
    """Ask, in place of the form, what is to stand where both windows changed the same thing; false if nothing is."""
    clash: Clash | None = st.session_state.get(keys.part(case.id, "clash"))
    if clash is None:
        return False
    st.warning("Another window changed the same thing while this form was open. Nothing is lost: choose.")
    with st.container(key=keys.part(case.id, "both")), st.form(keys.part(case.id, "choices")):
        theirs = [conflict.path for conflict in clash.conflicts if is_theirs(conflict, clash, case)]
        sent = st.form_submit_button("Save what I chose", type="primary")
    if sent:
        keep(clash, theirs, case, desk, opener)
    return True


def is_theirs(conflict: Conflict, clash: Clash, case: OpenCase) -> bool:
    """Whether the other window's is chosen; both are shown whole."""
    title = named.place(conflict.path, clash.mine, case.application)
    ways = (f"Mine: {shown(conflict.mine)}", f"The other window's: {shown(conflict.theirs)}")
    key = keys.part(case.id, "-".join(("mine-or-theirs", *conflict.path)))
    return st.radio(as_typed(title), ways, key=key) == ways[1]


def shown(value: object) -> str:
    """A value as an answer shows it."""
    text = named.value(value)
    return as_typed(text) if len(text) <= LONGEST_IN_A_LABEL * 5 else f"{as_typed(text[:400])}…"


def keep(clash: Clash, theirs: Sequence[Path], case: OpenCase, desk: Desk, opener: str) -> None:
    """Keep what was chosen, and in the history what was not."""
    try:
        found = desk.reconcile(clash.base, clash.mine, theirs, clash.conflicts)
    except SomebodyWasFirst:
        say(ONCE_MORE)
        st.rerun()
    if found.case is None:
        say(ONCE_MORE)
        newest = Clash(clash.base, clash.mine, found.conflicts)
        st.session_state[keys.part(case.id, "clash")] = newest
        st.rerun()
    for conflict in found.conflicts:
        desk.log(case.id, record(conflict, conflict.path in theirs, clash, case))
    st.session_state[keys.opened(case.id)] = None
    forget(case.id)
    focus.move_to(keys.part(case.id, opener))
    st.rerun()


def record(conflict: Conflict, theirs: bool, clash: Clash, case: OpenCase) -> Entry:
    """The note that keeps what was not chosen."""
    left_out = conflict.mine if theirs else conflict.theirs
    title = named.place(conflict.path, clash.mine, case.application)
    text = f"Two windows changed this at once: {title}. Not kept: {named.value(left_out)}"
    return Entry(kind=EntryKind.NOTE, at=case.now, text=text)
