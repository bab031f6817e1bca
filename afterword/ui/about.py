"""The form about the owner."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from afterword.desk import Desk
from afterword.domain.errors import InvalidApplication
from afterword.domain.you import You
from afterword.ui import wiring
from afterword.ui.forms import Form, text
from afterword.ui.places import country_field, zone_field


def form(desk: Desk) -> None:
    """Name, phone, time zone and country."""
    fields, you = Form(f"about-you-{wiring.mode().value}"), desk.you()
    with st.form(fields.name, border=False):
        name = st.text_input("Your full name", you.name or "", key=fields.key("name"))
        fields.spot("Your name", "name")
        phone = st.text_input("Your phone number", you.phone or "", key=fields.key("phone"))
        fields.spot("Your phone number", "phone")
        zone = zone_field(fields, "Your time zone", you.zone)
        country = country_field(
            fields,
            "Your country, for public holidays",
            you.country,
            "None: every Monday to Friday counts",
        )
        sent = st.form_submit_button("Save", key=fields.key("send"), type="primary")
    if sent:
        save(fields, desk, replace(you, name=text(name), phone=text(phone), zone=zone, country=country))


def save(fields: Form, desk: Desk, you: You) -> None:
    """Keep it, or say at each field what is wrong."""
    try:
        desk.introduce(you)
    except InvalidApplication as error:
        fields.refuse(error.problems)
        return
    fields.forget()
    st.success("Saved. Every plan counts with it from now on.", icon=":material/check:")
