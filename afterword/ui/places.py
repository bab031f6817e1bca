"""Fields for a time zone and for a country."""

from __future__ import annotations

import streamlit as st

from afterword.domain.problems import available_zones
from afterword.domain.workdays import country_names
from afterword.ui.forms import Form, text


def zone_field(form: Form, label: str, zone: str | None) -> str | None:
    """A time zone; any name may be typed, and what is wrong with it is said beneath."""
    zones = sorted(available_zones())
    chosen = st.selectbox(
        label,
        zones,
        index=zones.index(zone) if zone in zones else None,
        accept_new_options=True,
        key=form.key("zone"),
    )
    form.spot(label, "zone")
    return text(chosen)


def country_field(form: Form, label: str, country: str | None, if_none: str) -> str | None:
    """A country by its name, whose public holidays are no working days; `if_none` says what holds without."""
    names, code = country_names(), (country or "").upper()
    code = {"UK": "GB"}.get(code, code)
    chosen: str | None = st.selectbox(
        label,
        list(names),
        index=list(names).index(code) if code in names else None,
        format_func=lambda one: names[one],
        placeholder=if_none,
        key=form.key("country"),
    )
    form.spot(label, "country")
    return chosen
