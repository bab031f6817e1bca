"""Spreadsheets as people keep them: imported right, or asked about; never guessed in silence."""

import pytest

from afterword.domain.table import Field
from afterword.formats.tables.incoming import JOBSYNC, lacks_company, understood, whole
from tests.desk.cast import NOW
from tests.formats.tables.kept_by_people import TABLES

TOLD = {
    "rounds": lambda a: [(r.label, r.ended_at) for r in a.rounds],
    "met": lambda a: [p.name for p in a.rounds[-1].interviewers],
    "reply_by": lambda a: a.rounds[-1].promise.reply_by,
    "outcome": lambda a: a.outcome.result.value if a.outcome else None,
    "contact": lambda a: a.contact.name,
    "email": lambda a: a.contact.email,
    "phone": lambda a: a.contact.phone,
}


def read(table, answers=None):
    incoming = understood(table.data, "America/New_York")
    sheet = incoming.sheets[incoming.likeliest]
    return sheet, whole(sheet, sheet.columns, answers or {}, NOW, "America/New_York")


def told(application, keys):
    return {key: TOLD.get(key, lambda a, key=key: getattr(a, key))(application) for key in keys}


@pytest.mark.parametrize("name", TABLES)
def test_what_is_doubtful_is_asked_and_nothing_else(name):
    table = TABLES[name]()
    _, found = read(table)
    assert [str(doubt) for doubt in found.open_doubts({})] == table.asks


@pytest.mark.parametrize("name", TABLES)
def test_with_the_answers_every_row_comes_to_what_it_says(name):
    table = TABLES[name]()
    _, found = read(table, table.answers)
    assert found.open_doubts(table.answers) == ()
    assert [str(problem) for problem in found.problems if table.rows or table.problems] == table.problems
    if table.rows:
        got = [
            told(application, row)
            for (_, application), row in zip(found.applications, table.rows, strict=True)
        ]
        assert got == table.rows


@pytest.mark.parametrize("name", TABLES)
def test_what_had_to_be_decided_is_said(name):
    table = TABLES[name]()
    sheet, _ = read(table)
    remarks = list(sheet.laid.remarks)
    assert len(remarks) == len(table.says)
    assert all(remark.startswith(said) for remark, said in zip(remarks, table.says, strict=True))


def test_there_are_twenty_of_them():
    assert len(TABLES) >= 20


def test_jobsyncs_export_is_recognised_at_once():
    assert read(TABLES["JobSync"]())[0].known_as == JOBSYNC


def test_without_headings_only_what_can_be_seen_is_taken_for_something():
    sheet, _ = read(TABLES["no headings at all"]())
    assert [column.field for column in sheet.columns] == [Field.KEEP, Field.KEEP, Field.EMAIL]
    assert lacks_company(sheet.columns)
