"""The form of the job itself: where it is, who the contact is, and an offer from elsewhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import streamlit as st

from afterword.desk import Desk
from afterword.domain.case import OpenCase
from afterword.domain.model import Application, RivalOffer
from afterword.ui import both, edit, people, round_form
from afterword.ui.forms import Form, date_format, text
from afterword.ui.places import country_field, zone_field


def form(case: OpenCase, desk: Desk, opener: str) -> None:
    """Change what is known of the job and the contact."""
    began = both.begun(case)
    if both.asked(case, desk, opener):
        return
    form = Form(f"{opener}-{case.id}-{began.version}")
    draft = fields(form, began.application, case)
    with st.container(horizontal=True):
        sent = edit.send(form, "Save and plan anew", desk.problems(draft))
        round_form.cancel(form, case.id, opener)
    if sent and both.kept(form, began, draft, desk):
        round_form.close(case.id, opener)
        st.rerun()


def fields(form: Form, before: Application, case: OpenCase) -> Application:
    """The fields, and the application they make of what was there before."""
    company = st.text_input("Company", before.company, key=form.key("company"))
    form.spot("The company", "company", field="company")
    lines = {name: line(form, name, label, before) for name, label in LINES.items()}
    zone = zone_field(form, "Their time zone", before.zone)
    country = country_field(
        form, "Their country, for public holidays", before.country, "As on the page About you"
    )
    st.markdown("**The contact: the recruiter or coordinator you usually write to**")
    contact = people.contact(form, before.contact)
    rival = rival_offer(form, before, case)
    notes = st.text_area("Notes on this application", before.notes or "", key=form.key("notes"))
    form.spot("The notes", "notes", field="notes")
    return replace(
        before,
        company=company.strip(),
        zone=zone,
        country=country,
        contact=contact,
        rival_offer=rival,
        notes=text(notes),
        role=lines["role"],
        location=lines["location"],
        link=lines["link"],
        source=lines["source"],
    )


LINES = {
    "role": "Role",
    "location": "Place",
    "link": "Link to the posting or the company's page",
    "source": "Where did you find it?",
}


def line(form: Form, name: str, label: str, before: Application) -> str | None:
    """A field of one line."""
    typed = st.text_input(label, getattr(before, name) or "", key=form.key(name))
    form.spot(label, name, field=name)
    return text(typed)


def rival_offer(form: Form, before: Application, case: OpenCase) -> RivalOffer | None:
    """An offer from another company: whether there is one, and by when that one wants an answer."""
    was = before.rival_offer
    there = st.checkbox("I have an offer from another company", was is not None, key=form.key("rival"))
    if not there:
        return None
    by: date | None = st.date_input(
        "By when do they want an answer? Leave it empty if they did not say",
        was.deadline if was else None,
        min_value=date(case.today.year - 1, 1, 1),
        key=form.key("deadline"),
        format=date_format(),
    )
    form.spot("The deadline", "rival_offer.deadline", field="deadline")
    return replace(was, deadline=by) if was else RivalOffer(deadline=by, at=case.now)
