"""What our own spreadsheets hold comes back equal, as CSV and as XLSX."""

import csv
import io
from dataclasses import replace
from datetime import UTC

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afterword.domain.case import OpenCase
from afterword.domain.model import Application, Contact, Interviewer, Promise, RivalOffer, Round
from afterword.domain.plan import make_plan
from afterword.domain.workdays import Workdays
from afterword.formats.spreadsheet import Table, csv_table, workbook
from afterword.formats.tables.grid import read_grids
from afterword.formats.tables.own import OwnRows, read_own
from tests.desk.cast import FERNBRIDGE, HANDBOOK, NOW
from tests.domain.strategies import situations
from tests.formats.test_backup import everything

checked = settings(deadline=None, max_examples=60)
TEXTS = st.text(
    alphabet=st.characters(exclude_categories=("Cs",), exclude_characters="\ufffe\uffff"),
    min_size=1,
    max_size=30,
) | st.sampled_from(
    ["=1+1", "'=1", "+1", "@a", 'a,b\n"c"', " x ", "\r", "2026-11-03", "1e5", "007", "TRUE", "_x0041_"]
)


def case_of(application):
    plan = make_plan(application, NOW.astimezone(UTC), HANDBOOK, Workdays(), "UTC")
    return OpenCase(application, 1, plan, NOW)


def back(*files, zone="UTC"):
    """What comes back from these files, without problems."""
    found = read_own([grid for data in files for grid in read_grids(data)], zone)
    assert isinstance(found, OwnRows)
    assert [problem for row in found.rows for problem in row.problems] == list(found.problems) == []
    return found


def whole(found):
    return [row.application for row in found.rows]


def from_csv(*applications, zone="UTC"):
    """Applications and log written as two CSV, and read together."""
    cases = [case_of(application) for application in applications]
    return whole(back(csv_table(cases, Table.APPLICATIONS), csv_table(cases, Table.LOG), zone=zone))


def from_xlsx(*applications, zone="UTC"):
    return whole(back(workbook(map(case_of, applications)), zone=zone))


def said(promise):
    """A promise that says nothing at all leaves nothing in a cell."""
    return None if promise == Promise() else promise


def held(application):
    """The application as far as cells can hold it."""
    rounds = tuple(replace(round, promise=said(round.promise)) for round in application.rounds)
    log = tuple(replace(entry, promise=said(entry.promise)) for entry in application.log)
    return replace(application, rounds=rounds, log=log)


@pytest.mark.parametrize("ways", [from_csv, from_xlsx])
def test_an_application_with_everything_filled_in_comes_back_equal(ways):
    sound = everything(notes="noncharacters are what XML cannot hold".replace("\ufffe", ""))
    texts = {"source": sound.source.replace("\ufffe", "")}
    assert ways(replace(sound, **texts)) == [replace(sound, **texts)]


@checked
@given(st.lists(situations(), min_size=1, max_size=3))
def test_every_application_comes_back_from_csv(several):
    given_ones = [replace(s.application, id=f"a{n}") for n, s in enumerate(several)]
    assert from_csv(*given_ones) == [held(a) for a in given_ones]


@settings(deadline=None, max_examples=15)
@given(st.lists(situations(), min_size=1, max_size=3))
def test_every_application_comes_back_from_xlsx(several):
    given_ones = [replace(s.application, id=f"a{n}") for n, s in enumerate(several)]
    assert from_xlsx(*given_ones) == [held(a) for a in given_ones]


@checked
@given(TEXTS.filter(str.strip), TEXTS, TEXTS, TEXTS)
def test_every_text_comes_back_from_csv(company, role, name, notes):
    contact = Contact(name=name if name.strip() else "x", notes=notes)
    application = Application(id="a", company=company, role=role, contact=contact, notes=notes)
    assert from_csv(application) == [application]


@settings(deadline=None, max_examples=15)
@given(TEXTS.filter(str.strip), TEXTS, TEXTS, TEXTS)
def test_every_text_comes_back_from_xlsx(company, role, name, notes):
    contact = Contact(name=name if name.strip() else "x", notes=notes)
    application = Application(id="a", company=company, role=role, contact=contact, notes=notes)
    assert from_xlsx(application) == [application]


def test_an_offer_of_which_nothing_is_known_comes_back():
    application = replace(FERNBRIDGE, id="a", rival_offer=RivalOffer())
    assert from_csv(application) == [application]


def test_the_log_alone_comes_back_by_the_id_of_its_application():
    logged = everything(id="a1")
    found = back(csv_table([case_of(logged)], Table.LOG))
    assert found.rows == ()
    assert found.entries == {"a1": logged.log}


def test_steps_are_worked_out_anew():
    found = back(csv_table([case_of(FERNBRIDGE)], Table.STEPS))
    assert (found.rows, found.entries) == ((), {})


def test_what_was_mended_into_nonsense_is_told_at_its_row_and_heading():
    data = csv_table([case_of(replace(FERNBRIDGE, id="a"))], Table.APPLICATIONS)
    wrong = data.replace(b"2026-11-06", b"2026-11-01").replace(b"America/New_York", b"America/Old_York")
    found = read_own(read_grids(wrong), "UTC")
    assert [str(problem) for row in found.rows for problem in row.problems] == [
        "row 2, Time zone: America/Old_York is not a known time zone; one looks like Europe/Berlin",
        "row 2, Interview 1 reply by: 2026-11-01 is before the interview on 2026-11-03",
    ]


def with_column(data, heading, *texts):
    """Our CSV with a column that somebody added to its end."""
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    text = io.StringIO(newline="")
    csv.writer(text).writerows([*row, *more] for row, more in zip(rows, [[heading], texts], strict=True))
    return text.getvalue().encode()


def test_columns_that_somebody_added_are_kept_in_the_notes():
    ours = replace(FERNBRIDGE, id="a", notes="third floor")
    data = with_column(csv_table([case_of(ours)], Table.APPLICATIONS), "Salary", "41000", "negotiable")
    (back_again,) = whole(back(data))
    assert back_again.notes.startswith("third floor\nSalary: 41000\nColumn ")
    assert back_again.notes.endswith(": negotiable")
    assert replace(back_again, notes="third floor") == ours


def test_an_interview_whose_number_leaves_a_gap_is_kept_in_the_notes():
    ours = replace(FERNBRIDGE, id="a")
    data = with_column(csv_table([case_of(ours)], Table.APPLICATIONS), "Interview 3", "Panel again")
    assert whole(back(data)) == [replace(ours, notes="Interview 3: Panel again")]


def with_people(data, before, after):
    """Our CSV with the people of the first interview mended by hand."""
    mended = data.decode("utf-8-sig").replace(f'"{before}', f'"{after}', 1)
    assert mended != data.decode("utf-8-sig")
    return mended.encode()


@pytest.mark.parametrize(
    "mended",
    ["Kim Roe\nAda Okafor\nLuis Prado", "Luis Prado", "Luis Prado\nAda Okafor", "Kim Roe\nLuis Prado"],
)
def test_ids_stay_with_their_people_when_somebody_comes_goes_or_changes_places(mended):
    ada, luis, zoe = (
        Interviewer(id=f"p{n}", name=name) for n, name in enumerate(("Ada Okafor", "Luis Prado", "Zoe Lim"))
    )
    first = Round(id="r1", label="Screen", ended_at=NOW.date(), interviewers=(ada, luis))
    last = Round(id="r2", label="Panel", ended_at=NOW.date(), interviewers=(zoe,))
    ours = case_of(Application(id="a", company="Fernbridge", rounds=(first, last)))
    data = with_people(csv_table([ours], Table.APPLICATIONS), "Ada Okafor\nLuis Prado", mended)
    (back_again,) = whole(back(data))
    first_again, last_again = back_again.rounds
    assert last_again == last
    assert [(p.name, p.id) for p in first_again.interviewers if p.name != "Kim Roe"] == [
        (p.name, p.id) for name in mended.split("\n") for p in (ada, luis) if p.name == name
    ]
    assert first_again.id == "r1"
