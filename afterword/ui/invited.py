"""An interview invitation dropped on the first form fills it, for correction before anything is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

import streamlit as st

from afterword.desk import Desk
from afterword.domain.facts import zone_named
from afterword.domain.model import folded
from afterword.formats.people import lines_of
from afterword.ui import keys
from afterword.ui.forms import Form
from afterword.ui.typed import as_typed

if TYPE_CHECKING:
    from afterword.formats.invitation import Invitation

NINE = time(9)


def drop(form: Form, desk: Desk) -> None:
    """A place for the file; what it says is put into the form's fields once."""
    with st.expander("Do you have an invitation as a calendar file?"):
        file = st.file_uploader("The invitation (.ics)", type=["ics"], key=form.key("invitation"))
    if file is None:
        return
    from afterword.formats.invitation import Invitation, read_invitation  # with a large library

    found = read_invitation(file.getvalue(), zone=desk.you().zone or "UTC")
    if not isinstance(found, Invitation):
        st.error("\n\n".join(as_typed(f"{problem.sentence}.") for problem in found))
        return
    found = without_the_reader(found, desk.you().name)
    if st.session_state.get(form.key("filled")) != file.file_id:
        st.session_state[form.key("filled")] = file.file_id
        fill(form, found, desk)
    remarks = " ".join((*(as_typed(remark) for remark in found.remarks), *hour_unknown(found)))
    yourself = (
        "Take yourself off the list of people you met, if you are on it. " if found.interviewers else ""
    )
    st.success(f"Read from the invitation: correct it before you save. {yourself}{remarks}".strip())


def hour_unknown(found: Invitation) -> tuple[str, ...]:
    """What to say where the invitation is for a whole day: the hour in the form is only offered."""
    return (
        () if isinstance(found.begins, datetime) else ("It names a day but no hour: set the time yourself.",)
    )


def without_the_reader(found: Invitation, name: str | None) -> Invitation:
    """The invitation without its reader, who was invited too."""
    met = (person for person in found.interviewers if not name or folded(person.name) != folded(name))
    return replace(found, interviewers=tuple(met))


def fill(form: Form, found: Invitation, desk: Desk) -> None:
    """Put what the invitation says into the fields of the form that will be drawn beneath."""
    zone = found.zone or desk.you().zone or "UTC"
    begins, ends = bare(found.begins, zone), bare(found.ends, zone)
    ahead = ends > desk.now().astimezone(zone_named(zone)).replace(tzinfo=None)
    values: dict[str, object] = {
        "zone": zone,
        "company": found.company or "",
        "label": found.label,
        "people": lines_of(found.interviewers),
        "contact": lines_of((found.contact,)) if found.contact else "",
        "stage": keys.STAGE_AHEAD if ahead else keys.STAGE_OVER,
    }
    if ahead:
        values |= {"start": begins, "length": max(5, int((ends - begins) / timedelta(minutes=1)))}
    else:
        values |= {"ended": ends}
    for name, value in values.items():
        st.session_state[form.key(name)] = value


def bare(when: datetime | date, zone: str) -> datetime:
    """A time as the form shows it: in the zone, without an offset; nine o'clock where only the day is known."""
    if not isinstance(when, datetime):
        return datetime.combine(when, NINE)
    return when.astimezone(zone_named(zone)).replace(tzinfo=None, second=0, microsecond=0)
