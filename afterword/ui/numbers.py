"""The person's own numbers, each with how much it rests on."""

from __future__ import annotations

import streamlit as st

from afterword.desk import Desk
from afterword.domain.numbers import FEW, Numbers, numbers_of
from afterword.ui import wiring

TOO_FEW = f"Fewer than {FEW}: too few to say what is usual."


def part(desk: Desk) -> None:
    """Thank-yous on time, and days until an answer."""
    hour = wiring.words().handbook.number("latest-round", "bare_date_hour", desk.today_here().date())
    cases = desk.today().cases
    found = numbers_of(((case.application, case.plan, case.now) for case in cases), hour)
    st.header("Your numbers", anchor=False)
    st.markdown(f"- {thanks_line(found)}\n- {answers_line(found)}")
    st.markdown("They count what you wrote down. They do not say that one thing led to another.")


def thanks_line(found: Numbers) -> str:
    """How many thank-yous went out in time."""
    if not found.thanks_sent:
        return "**Thank-yous:** none sent yet."
    small = f" {TOO_FEW}" if found.thanks_sent < FEW else ""
    return f"**Thank-yous:** {found.thanks_on_time} of {found.thanks_sent} sent in time.{small}"


def answers_line(found: Numbers) -> str:
    """How long answers took."""
    days = found.days_to_answers
    if not days:
        return "**Days until an answer:** nobody has answered yet."
    if found.usual_days is None:
        return f"**Days until an answer:** {', '.join(str(day) for day in days)}. {TOO_FEW}"
    return f"**Days until an answer:** {found.usual_days:g} in the middle of {len(days)}, from {days[0]} to {days[-1]}."
