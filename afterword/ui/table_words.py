"""Words for tables that come in: fields, answers, and what was found."""

from __future__ import annotations

from afterword.domain.model import Application
from afterword.domain.table import A_COMPANY, LEAVE_OUT, NOTE, Doubt, Field, Half, Order, Split
from afterword.formats.tables.arrivals import TakenIn, Way
from afterword.ui import words
from afterword.ui.typed import as_typed

FIELDS = {
    Field.COMPANY: "Company",
    Field.ROLE: "Role",
    Field.COMPANY_AND_ROLE: "Company and role in one cell",
    Field.LOCATION: "Location",
    Field.LINK: "Link",
    Field.SOURCE: "Where you found it",
    Field.CONTACT: "Contact: name",
    Field.EMAIL: "Contact: email",
    Field.PHONE: "Contact: phone",
    Field.INTERVIEW: "Day of an interview",
    Field.INTERVIEW_NAME: "What the interview is called",
    Field.PEOPLE: "People you met",
    Field.REPLY_BY: "Day by which they will answer",
    Field.APPLIED: "Day you applied (goes to the notes)",
    Field.STATUS: "How it ended",
    Field.NOTES: "Notes",
    Field.KEEP: "Something else: keep it in the notes",
    Field.LEAVE: "Leave it out",
}
ANSWERS = {
    Order.DAY_FIRST.value: "The day comes first",
    Order.MONTH_FIRST.value: "The month comes first",
    Half.AFTERNOON.value: "In the afternoon",
    Half.MORNING.value: "In the morning",
    Split.COMPANY_FIRST.value: "The company comes first",
    Split.ROLE_FIRST.value: "The role comes first",
    Split.COMPANY_ALONE.value: "All of it is the company",
    NOTE: "Keep the words in the notes",
    LEAVE_OUT: "Leave this row out",
    A_COMPANY: "It is a company",
    **{result.value: f"It ended: {name}" for result, name in words.RESULTS.items()},
}
WAYS = {
    Way.MERGE: "Add to what is here",
    Way.APART: "Keep it apart, as one more",
    Way.LEAVE: "Leave it out",
}


def question(doubt: Doubt) -> str:
    """A doubt as the label of its field."""
    where = f"Row {doubt.row}, {doubt.heading}" if doubt.row else f"All of {doubt.heading}"
    more = " Choose, or type the day as 2026-11-10" if doubt.takes_a_day else ""
    return as_typed(f"{where}: {doubt.question}") + more


def answer(choice: str) -> str:
    """An answer in words; a typed one as it is."""
    return ANSWERS.get(choice, choice)


def job(application: Application) -> str:
    """An application in a few words."""
    return f"{application.company}, {application.role}" if application.role else application.company


def done(taken: TakenIn) -> str:
    """What an import did."""
    return f"{len(taken.added):,} new, {len(taken.changed):,} added to."
