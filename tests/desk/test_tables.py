"""A table taken up at the desk: all of it or nothing, what is here already merged or kept apart, and undone."""

from dataclasses import replace
from datetime import date

import pytest

from afterword.domain.errors import InvalidApplication, StoreUnavailable
from afterword.domain.model import Application, Contact, Interviewer, Outcome, Promise, Result, Round
from afterword.formats.tables.arrivals import Arrival, Way
from afterword.store import backups
from tests.desk.cast import CHARLIE, FERNBRIDGE, NOW, desk_of, note, step_of

HARBOUR = Application(company="Harbour", role="Planner")
AGAIN = Application(
    company="FERNBRIDGE",
    role="data  analyst",
    location="Leeds",
    contact=Contact(name="jo lind", title="Recruiter"),
    rounds=(
        Round(
            label="panel",
            ended_at=date(2026, 11, 3),
            interviewers=(Interviewer(name="ada okafor", phone="+1 212 555 0100"), Interviewer(name="Bo Li")),
            promise=Promise(reply_by=date(2026, 11, 9)),
        ),
        Round(label="Final", ended_at=date(2026, 11, 12)),
    ),
    notes="third floor",
)


def taken(desk, *applications, way=Way.MERGE, entries=None):
    return desk.import_table([Arrival(n, a, way) for n, a in enumerate(applications, 2)], entries)


def everything(desk):
    return [case.application for case in sorted(desk.today().cases, key=lambda case: case.id)]


def test_every_row_is_taken_up_with_ids_for_all_within(desk):
    result = taken(desk, HARBOUR, FERNBRIDGE)
    assert len(result.added) == 2
    fernbridge = next(a for a in everything(desk) if a.company == "Fernbridge")
    assert all(
        (
            fernbridge.id,
            fernbridge.contact.id,
            fernbridge.rounds[0].id,
            fernbridge.rounds[0].interviewers[0].id,
        )
    )


@pytest.mark.usefixtures("case")
def test_what_seems_to_be_here_is_found_by_company_and_role(desk):
    arriving = [
        (2, AGAIN),
        (3, HARBOUR),
        (4, replace(HARBOUR, company="harbour")),
        (5, replace(HARBOUR, role=None)),
    ]
    assert desk.twins(arriving) == {2: "here", 4: "row 3"}


def test_one_with_an_id_from_here_is_no_question(desk, case):
    assert desk.twins([(2, case.application)]) == {}


@pytest.mark.usefixtures("case")
def test_merged_it_adds_what_was_not_known_and_loses_nothing(desk):
    taken(desk, AGAIN)
    (after,) = everything(desk)
    assert (after.company, after.location, after.contact.title) == ("Fernbridge", "Leeds", "Recruiter")
    assert [(r.label, len(r.interviewers)) for r in after.rounds] == [("Panel", 2), ("Final", 0)]
    assert after.rounds[0].interviewers[0].phone == "+1 212 555 0100"
    assert after.rounds[0].promise.reply_by == date(2026, 11, 6)
    assert "panel: they answer by 2026-11-09" in after.notes
    assert "third floor" in after.notes


@pytest.mark.usefixtures("case")
def test_merged_twice_it_changes_nothing_more(desk):
    taken(desk, AGAIN)
    before = everything(desk)
    assert taken(desk, AGAIN).changed == ()
    assert everything(desk) == before


def test_a_row_for_the_same_job_as_one_before_it_is_merged_into_that(desk):
    result = taken(desk, HARBOUR, replace(HARBOUR, location="Hull"), replace(HARBOUR, notes="by bus"))
    assert [(s.application.location, s.application.notes, s.version) for s in result.added] == [
        ("Hull", "by bus", 1)
    ]


@pytest.mark.parametrize(("way", "number"), [(Way.APART, 2), (Way.LEAVE, 1)])
def test_it_is_kept_apart_or_left_out_where_that_is_wanted(desk, case, way, number):
    taken(desk, AGAIN, way=way)
    assert len(everything(desk)) == number
    assert desk.open(case.id).application == case.application


def test_an_outcome_that_differs_goes_to_the_notes(desk, case):
    desk.close(case.id, Outcome(result=Result.NO_ANSWER, at=NOW))
    taken(desk, replace(FERNBRIDGE, id=None, outcome=Outcome(result=Result.REJECTED, at=NOW)))
    after = desk.open(case.id).application
    assert (after.outcome.result, after.notes) == (Result.NO_ANSWER, "Outcome: rejected")


def test_log_entries_alone_are_added_to_their_application_once(desk, case):
    entries = {case.id: (note("n1", text="by train"), note("n2"))}
    taken(desk, entries=entries)
    assert len(taken(desk, entries=entries).changed) == 0
    assert [entry.id for entry in desk.open(case.id).application.log] == ["n1", "n2"]


def test_log_entries_of_nothing_that_is_here_are_refused(desk):
    with pytest.raises(InvalidApplication, match="there is no application a9; import the applications first"):
        taken(desk, entries={"a9": (note("n1"),)})


def test_all_or_nothing(desk, case):
    crowded = replace(AGAIN, notes="n" * 19_999)
    desk.correct(replace(case.application, notes="m" * 100), case.version)
    before = everything(desk)
    with pytest.raises(InvalidApplication, match="Fernbridge, notes: is 20,"):
        taken(desk, HARBOUR, crowded)
    assert everything(desk) == before


def test_undone_what_was_added_is_gone_and_what_was_merged_is_as_before(desk, case):
    desk.tick(case.id, step_of(case).id)
    before = everything(desk)
    result = taken(desk, AGAIN, HARBOUR)
    assert desk.undo_import(result) == 0
    assert everything(desk) == before


@pytest.mark.usefixtures("case")
def test_undone_what_somebody_worked_on_since_is_left(desk):
    result = taken(desk, AGAIN, HARBOUR, replace(HARBOUR, company="Quay"))
    quay = next(a for a in everything(desk) if a.company == "Quay")
    desk.log(quay.id, note("n1"))
    assert desk.undo_import(result) == 1
    assert {a.company for a in everything(desk)} == {"Fernbridge", "Quay"}


def test_a_deleted_application_that_is_imported_again_is_back(desk, case):
    desk.delete(case.id)
    taken(desk, case.application)
    assert [a.company for a in everything(desk)] == ["Fernbridge"]
    assert desk.deleted() == ()


def test_charlie_sees_nothing_of_it(repository, desk, clock):
    taken(desk, HARBOUR)
    assert not desk_of(CHARLIE, repository, clock).has_any()
    assert desk_of(CHARLIE, repository, clock).twins([(2, HARBOUR)]) == {}


def test_where_no_backup_can_be_written_nothing_is_taken_up(desk, repository, monkeypatch):
    if not hasattr(repository, "_engine") or repository._engine.dialect.name != "sqlite":
        pytest.skip("a backup is written beside a SQLite file alone")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backups, "keep_backup", full)
    with pytest.raises(StoreUnavailable):
        taken(desk, HARBOUR)
    assert not desk.has_any()
