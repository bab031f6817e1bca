"""A backup's form: what is written comes back equal, every version is read, and nothing hostile does harm."""

import json
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afterword.domain.errors import InvalidApplication
from afterword.domain.model import Application, Entry, EntryKind, Promise, Round
from afterword.domain.practice import MOST_ANSWERS, Answer
from afterword.domain.you import You
from afterword.formats.backup import (
    LAST_ZONE,
    MOST_APPLICATIONS,
    MOST_BYTES,
    MOST_VERSION,
    UPGRADES,
    VERSION,
    Backup,
    Saved,
    backup_schema,
    compared,
    dump_alone,
    dump_backup,
    exchanged,
    read_application,
    read_backup,
)
from tests.domain.strategies import situations
from tests.store import examples
from tests.store.examples import KOLKATA, NOW, ODD_TEXTS

ROOT = Path(__file__).resolve().parents[2]
OLD_FORMS = Path(__file__).with_name("backups")
SECONDS, MEGABYTES = 5, 300
MB = 1_000_000
checked = settings(deadline=None, max_examples=60)


def everything(**changes):
    """An application with everything filled in that is sound: only a reply carries a promise."""
    whole = examples.everything()
    reply = replace(whole.log[0], kind=EntryKind.REPLY)
    return replace(whole, **{"log": (reply, *whole.log[1:])} | changes)


WHOLE = Backup(
    made_at=NOW,
    you=You(name="Alice Ashby", phone="+1 212 555 0100", zone="America/New_York", country="US"),
    applications=(
        Saved(version=1, application=Application(id="a1", company="Fernbridge")),
        Saved(version=7, application=everything(), deleted_at=NOW - timedelta(days=3, microseconds=1)),
    ),
)
ANSWER = Answer(id="p1", at=NOW, scenario="email-when", option="friday")
PRACTISED = replace(
    WHOLE,
    practice=(
        ANSWER,
        Answer(id="p2", at=NOW + timedelta(hours=1), withdrawn_at=NOW + timedelta(hours=2)),
        Answer(id="ü: p3", at=NOW.astimezone(KOLKATA) + timedelta(days=1), scenario="gone", option="gone"),
    ),
)
ROUND = {"label": "Panel", "ended_at": "2026-11-03T15:00:00-05:00"}
ALONE = "applications[0].application"
NOTE = {"kind": "note", "at": "2026-11-03T16:00:00Z"}


def document(*applications, **head):
    """A backup as JSON would hold it, with these applications."""
    items = [{"version": 1, "deleted_at": None, "application": a} for a in applications]
    return {"afterword": "backup", "version": 1, "made_at": None, "you": {}, "applications": items, **head}


def as_bytes(whole):
    return whole if isinstance(whole, bytes) else json.dumps(whole).encode()


def told(whole):
    """What is wrong with it, a line a problem."""
    with pytest.raises(InvalidApplication) as caught:
        read_backup(as_bytes(whole))
    return [str(problem) for problem in caught.value.problems]


def read(whole):
    return read_backup(as_bytes(whole))


def applications_of(backup):
    return [saved.application for saved in backup.applications]


# What is written comes back


def test_a_backup_with_everything_comes_back_equal():
    assert read_backup(dump_backup(WHOLE)) == WHOLE


def test_an_empty_backup_comes_back_equal():
    empty = Backup(made_at=NOW, you=You(), applications=())
    assert read_backup(dump_backup(empty)) == empty


def test_a_backup_is_json_in_utf_8_with_a_line_for_each_application():
    lines = dump_backup(WHOLE).decode("utf-8").split("\n")
    assert [line[:40] for line in lines] == [
        '{"afterword": "backup", "version": 1, "m',
        '{"version": 1, "deleted_at": null, "appl',
        '{"version": 7, "deleted_at": "2026-10-31',
        "]}",
        "",
    ]
    assert list(json.loads(dump_backup(WHOLE))) == ["afterword", "version", "made_at", "you", "applications"]


def test_moments_keep_their_microseconds_and_offsets():
    again = read_backup(dump_backup(WHOLE))
    assert again.applications[1].deleted_at == WHOLE.applications[1].deleted_at
    assert again.applications[1].application.log[0].at.utcoffset() == KOLKATA.utcoffset(None)


@pytest.mark.parametrize("text", ODD_TEXTS)
def test_odd_letters_come_back_as_they_were(text):
    odd = Application(id=text, company=text, notes=text, log=(entry("e1", text=text),))
    backup = Backup(made_at=NOW, you=You(name=text), applications=(Saved(version=1, application=odd),))
    assert read_backup(dump_backup(backup)) == backup


def test_a_version_beyond_what_can_be_read_is_never_written():
    last = Saved(version=MOST_VERSION + 1, application=Application(id="a1", company="Fernbridge"))
    again = read_backup(dump_backup(replace(WHOLE, applications=(last,))))
    assert again.applications[0].version == MOST_VERSION


def entry(id, kind=EntryKind.NOTE, **more):
    return Entry(id=id, kind=kind, at=NOW, **more)


@given(
    st.lists(situations(), max_size=4),
    st.none() | st.datetimes(timezones=st.just(UTC)).filter(lambda m: m.year > 1970 and m.year < 2200),
)
@checked
def test_any_backup_comes_back_equal_and_is_written_the_same_again(found, deleted_at):
    applications = [replace(one.application, id=f"a{number}") for number, one in enumerate(found)]
    backup = read(document(*(json.loads(dump_alone(a)) for a in applications)))
    backup = replace(
        backup, applications=tuple(replace(saved, deleted_at=deleted_at) for saved in backup.applications)
    )
    assert read_backup(dump_backup(backup)) == backup
    assert dump_backup(read_backup(dump_backup(backup))) == dump_backup(backup)


# The published form


def test_the_published_schema_is_that_of_the_code():
    published = (ROOT / "docs" / "backup.schema.json").read_text("utf-8")
    assert published == json.dumps(backup_schema(), ensure_ascii=False, indent=1) + "\n"


def test_what_is_written_keeps_to_the_published_schema():
    checker = jsonschema.Draft202012Validator(backup_schema())
    jsonschema.Draft202012Validator.check_schema(backup_schema())
    checker.validate(json.loads(dump_backup(WHOLE)))
    checker.validate(json.loads((OLD_FORMS / "1.json").read_text("utf-8")))


@pytest.mark.parametrize(
    "whole",
    [
        [],
        {"applications": []},
        document({"company": "F", "salary": 1}),
        document({"company": 3}),
        document({}),
        document(colour="red"),
        document(version=2),
        document(afterword="another"),
        document(you={"name": 3}),
    ],
)
def test_what_the_schema_refuses_is_no_backup_of_this_version(whole):
    assert not jsonschema.Draft202012Validator(backup_schema()).is_valid(whole)


# Older forms


def test_there_is_a_step_from_every_version_and_a_file_of_each():
    assert list(UPGRADES) == list(range(VERSION))
    assert {int(path.stem[0]) for path in OLD_FORMS.glob("*.json")} == set(range(VERSION + 1))


def test_version_0_held_plain_applications():
    backup = read_backup((OLD_FORMS / "0.json").read_bytes())
    assert (backup.made_at, backup.you, backup.version) == (None, None, 1)
    assert [(s.version, s.deleted_at) for s in backup.applications] == [(1, None), (1, None)]
    fernbridge, tidewater = applications_of(backup)
    assert (fernbridge.id, fernbridge.rounds[0].id, fernbridge.log[0].id) == ("a1", "r1", "e1")
    assert fernbridge.rounds[0].interviewers[0].name == "Ada Okafor"
    assert tidewater.company == "Tidewater"


def test_a_bare_list_of_applications_is_read_too():
    backup = read_backup((OLD_FORMS / "0-list.json").read_bytes())
    assert [a.company for a in applications_of(backup)] == ["Fernbridge", "Tidewater", "Tidewater"]


def test_version_1_holds_everything():
    data = (OLD_FORMS / "1.json").read_bytes()
    backup = read_backup(data)
    assert backup.made_at == datetime(2026, 11, 5, 21, 30, 0, 250_000, tzinfo=UTC)
    assert backup.you == You(name="Alice Ashby", zone="America/New_York", country="US")
    assert [(s.id, s.version) for s in backup.applications] == [("a1", 3), ("a2", 1)]
    assert backup.applications[1].deleted_at == datetime(2026, 11, 1, 12, tzinfo=UTC)
    assert [e.withdrawn_at is None for e in backup.applications[0].application.log] == [True, False]
    assert dump_backup(backup) == data


def test_an_older_form_written_anew_is_of_the_newest():
    for path in OLD_FORMS.glob("*.json"):
        backup = read_backup(path.read_bytes())
        assert read_backup(dump_backup(backup)) == backup


def test_a_newer_form_is_left_to_a_newer_afterword():
    assert told(document(version=2)) == ["version: is of a newer Afterword; read this backup with that one"]


# Ids that are missing


def test_everything_without_an_id_gets_one_of_its_own():
    people = [{"name": "Ada"}, {"name": "Ada"}]
    one = {"company": "F", "contact": {"name": "Jo"}, "rounds": [{**ROUND, "interviewers": people}] * 2}
    backup = read([{**one, "log": [NOTE, NOTE]}, {**one, "log": [NOTE]}, {"company": "F", "id": ""}])
    ids = []
    for application in applications_of(backup):
        ids += [application.id, *(e.id for e in application.log)]
        ids += [application.contact.id] if application.contact else []
        for round in application.rounds:
            ids += [round.id, *(person.id for person in round.interviewers)]
    assert all(ids)
    assert len(set(ids)) == len(ids) == 20


def test_the_same_file_gets_the_same_ids_each_time():
    for path in OLD_FORMS.glob("*.json"):
        assert read_backup(path.read_bytes()) == read_backup(path.read_bytes())


def test_an_application_without_an_id_stays_itself_when_its_log_grows():
    earlier, later = (
        read([{"company": "F", "log": [NOTE]}]),
        read([{"company": "F", "log": [{**NOTE, "kind": "check_in"}, {**NOTE, "withdrawn_at": NOTE["at"]}]}]),
    )
    assert earlier.applications[0].id == later.applications[0].id
    assert earlier.applications[0].application.log[0].id in {
        e.id for e in later.applications[0].application.log
    }


def test_ids_that_are_there_stay():
    assert read_backup(dump_backup(WHOLE)).applications[1].application == everything()


def test_a_log_is_put_in_the_order_of_time():
    log = [
        {**NOTE, "id": "e2", "at": "2026-11-03T17:00:00+01:00"},
        {**NOTE, "id": "e1", "at": "2026-11-03T15:30:00Z"},
    ]
    (found,) = applications_of(read([{"company": "F", "log": log}]))
    assert [e.id for e in found.log] == ["e1", "e2"]


# What is wrong


@pytest.mark.parametrize(
    ("whole", "lines"),
    [
        ("text", ["must be an object with keys, or a list of applications"]),
        (3, ["must be an object with keys, or a list of applications"]),
        (None, ["must be an object with keys, or a list of applications"]),
        ({}, ["applications: is missing"]),
        ({"applications": None}, ["applications: is missing"]),
        ({"applications": {}}, ["applications: must be a list"]),
        ({"applications": [], "colour": "red"}, ["colour: is not a known key"]),
        ({"company": "F"}, ["this is one application, not a backup; import it instead"]),
        ([3], ["applications[0].application: must be an object with keys"]),
        ([None], ["applications[0].application: is missing"]),
        ({"afterword": "backup"}, ["version: must be a whole number from 0 to 1"]),
        (document(version="1"), ["version: must be a whole number from 0 to 1"]),
        (document(version=True), ["version: must be a whole number from 0 to 1"]),
        (document(version=1.0), ["version: must be a whole number from 0 to 1"]),
        (document(version=-1), ["version: must be a whole number from 0 to 1"]),
        (document(version=None), ["version: must be a whole number from 0 to 1"]),
        (document(version=10**4000), ["version: is of a newer Afterword; read this backup with that one"]),
        (document(afterword=3), ['afterword: must be "backup"; this file is something else']),
        (document(you=[]), ["you: must be an object with keys"]),
        (document(you={"name": 3}), ["you.name: must be text"]),
        (document(you={"colour": "red"}), ["you.colour: is not a known key"]),
        (
            document(you={"zone": "Europe/Atlantis"}),
            ["you.zone: Europe/Atlantis is not a known time zone; one looks like Europe/Berlin"],
        ),
        (
            document(you={"name": "x" * 201}),
            ["you.name: is 201 characters long; at most 200 can be kept"],
        ),
        (document(applications=["text"]), ["applications[0]: must be an object with keys"]),
        (document(applications=[[]]), ["applications[0]: must be an object with keys"]),
        (
            document(applications=[{}]),
            [
                f"applications[0].version: must be a whole number from 1 to {MOST_VERSION:,}",
                "applications[0].application: is missing",
            ],
        ),
        (document({"company": "F", "salary": 1}), ["applications[0].application.salary: is not a known key"]),
        (
            document({"company": "F", "id": "a1"}, {"company": "G", "id": "a1"}),
            ["applications[1].application.id: is the id of an application before it"],
        ),
        (
            document({"company": "F", "log": [{**NOTE, "id": "e1"}] * 2}),
            ["applications[0].application.log[1].id: e1 is the id of an entry before it"],
        ),
        (
            document({"company": "F", "log": [{**NOTE, "at": "1762182000"}]}),
            [f"{ALONE}.log[0].at: must be a date with an hour, such as 2026-11-03T15:00:00-05:00"],
        ),
        (
            document({"company": "F", "rounds": [{**ROUND, "promise": {"reply_by": "2026-10-01"}}]}),
            [f"{ALONE}.rounds[0].promise.reply_by: 2026-10-01 is before the interview on 2026-11-03"],
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_place(whole, lines):
    assert told(whole) == lines


@pytest.mark.parametrize("version", [0, -1, MOST_VERSION + 1, 10**30, 1.5, "1", None, True, []])
def test_a_number_of_edits_that_is_none_is_told(version):
    item = {"version": version, "application": {"company": "F"}}
    assert told(document(applications=[item])) == [
        f"applications[0].version: must be a whole number from 1 to {MOST_VERSION:,}"
    ]


@pytest.mark.parametrize(
    "moment",
    [
        "2026-11-03",
        "2026-11-03T15:00:00",
        "soon",
        "",
        "1762182000",
        1762182000,
        True,
        [],
        {},
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
        "1969-12-31T00:00:00Z",
        "2026-13-01T00:00:00Z",
    ],
)
@pytest.mark.parametrize("place", ["made_at", "applications[0].deleted_at"])
def test_a_moment_that_is_none_is_told(place, moment):
    item = {"version": 1, "application": {"company": "F"}}
    if place == "made_at":
        whole = document(applications=[item], made_at=moment)
    else:
        whole = document(applications=[{**item, "deleted_at": moment}])
    assert told(whole) == [f"{place}: must be a time with an offset, such as 2026-11-03T15:00:00-05:00"]


def test_everything_wrong_anywhere_is_told_at_once():
    items = [
        {"version": 0, "colour": "red", "application": {"company": 3, "rounds": [{}]}},
        {"version": 1, "application": {"company": "sound"}},
        {"version": 1, "deleted_at": "soon", "application": {"company": " "}},
    ]
    lines = told(document(applications=items, made_at="soon", you={"name": 3, "colour": "red"}, more=1))
    assert [line.partition(": ")[0] for line in lines] == [
        "more",
        "made_at",
        "you.colour",
        "you.name",
        "applications[0].colour",
        "applications[0].version",
        "applications[0].application.company",
        "applications[0].application.rounds[0].label",
        "applications[0].application.rounds[0].ended_at",
        "applications[2].deleted_at",
        "applications[2].application.company",
    ]


def test_null_means_unknown_as_absent_does():
    bare = {"company": "F", "id": "a1"}
    nulls = {**bare, "rounds": None, "log": None, "contact": None, "notes": None}
    assert read(document(bare)) == read(document(nulls))
    assert read(document(you=None)).you is None
    assert read({"afterword": "backup", "version": 1, "applications": []}).made_at is None


def test_a_path_from_a_hostile_file_is_short_and_obeys_nobody():
    (line,) = told(document({"company": "F", "\x1b[2J" + "x" * 5_000: 1}))
    assert len(line) < 200
    assert line.isprintable()


def test_after_very_many_problems_reading_stops_and_says_where():
    lines = told([{"salary": 1}] * 3_000)
    assert len(lines) == 1_001
    assert lines[-1] == "applications: was read no further than [499]: too much is wrong"


# What a sound application may have come to


def test_a_promise_that_fitted_in_another_zone_is_no_problem():
    # Three in the morning of the fourth in Tokyo, but still the third in London, where Alice was then.
    ended, said = datetime(2026, 11, 3, 18, tzinfo=UTC), Promise(reply_by=date(2026, 11, 3))
    kept = Application(
        id="a1", company="F", rounds=(Round(id="r1", label="Panel", ended_at=ended, promise=said),)
    )
    moved = Backup(
        made_at=NOW, you=You(zone="Asia/Tokyo"), applications=(Saved(version=1, application=kept),)
    )
    assert read_backup(dump_backup(moved)) == moved
    assert LAST_ZONE == "Etc/GMT+12"


def test_a_log_that_grew_over_the_years_is_no_problem():
    log = tuple(entry(f"e{number:04}") for number in range(2_500))
    grown = Backup(made_at=NOW, you=You(), applications=(Saved(version=1, application=everything(log=log)),))
    assert read_backup(dump_backup(grown)) == grown


def test_an_entry_for_an_interview_that_two_windows_removed_is_no_problem():
    orphan = Application(id="a1", company="F", log=(entry("e1", EntryKind.THANK_YOU, round="r9"),))
    backup = Backup(made_at=NOW, you=You(), applications=(Saved(version=1, application=orphan),))
    assert read_backup(dump_backup(backup)) == backup


# One application alone


def test_one_application_is_written_for_people_and_read_again():
    data = dump_alone(everything())
    assert read_application(data, "UTC") == everything()
    assert data.decode("utf-8").startswith('{\n "company": ')


@pytest.mark.parametrize("whole", [document(), [], {"applications": []}])
def test_a_backup_is_not_taken_for_one_application(whole):
    with pytest.raises(InvalidApplication, match="restore it instead"):
        read_application(as_bytes(whole), "UTC")


# Bringing together


def saved(version=1, *log, deleted_at=None, **more):
    application = Application(id="a1", company="Fernbridge", log=log)
    return Saved(version=version, application=replace(application, **more), deleted_at=deleted_at)


def holding(*applications, you=None):
    return Backup(made_at=NOW, you=you, applications=applications)


def together(mine, theirs):
    (both,) = exchanged(holding(mine), holding(theirs), NOW, instead=False).applications
    return both


LATER = NOW + timedelta(days=1)


@pytest.mark.parametrize(("mine", "theirs", "wins"), [(1, 2, "theirs"), (2, 1, "mine"), (2, 2, "mine")])
def test_the_document_with_more_edits_wins_and_mine_where_they_are_even(mine, theirs, wins):
    both = together(saved(mine, role="mine"), saved(theirs, role="theirs"))
    assert (both.application.role, both.version) == (wins, max(mine, theirs))


def test_entries_of_both_are_kept_and_mine_where_both_have_one():
    both = together(
        saved(1, entry("e1", text="mine"), entry("e2")), saved(9, entry("e1", text="theirs"), entry("e3"))
    )
    assert [(e.id, e.text) for e in both.application.log] == [("e1", "mine"), ("e2", None), ("e3", None)]


@pytest.mark.parametrize(("mine", "theirs"), [(LATER, None), (None, LATER), (LATER, NOW)])
def test_an_entry_that_either_took_back_is_taken_back(mine, theirs):
    both = together(saved(1, entry("e1", withdrawn_at=mine)), saved(1, entry("e1", withdrawn_at=theirs)))
    assert both.application.log[0].withdrawn_at == LATER


@pytest.mark.parametrize(
    ("mine", "theirs", "both"), [(NOW, None, None), (None, NOW, None), (NOW, LATER, LATER)]
)
def test_an_application_is_deleted_only_where_both_deleted_it(mine, theirs, both):
    assert together(saved(deleted_at=mine), saved(deleted_at=theirs)).deleted_at == both


def test_an_entry_for_an_interview_that_the_newer_side_took_out_is_taken_back():
    round = Round(id="r1", label="Panel", ended_at=NOW)
    mine = saved(1, entry("e1", round="r1"), entry("e2", round="panel"), entry("e3"), rounds=(round,))
    both = together(mine, saved(2))
    assert [(e.id, e.withdrawn_at) for e in both.application.log] == [("e1", NOW), ("e2", NOW), ("e3", None)]
    assert together(mine, saved(2, rounds=(round,))).application.log == mine.application.log


def test_what_i_said_about_myself_stays_and_what_i_did_not_say_is_taken():
    mine, theirs = You(name="Alice"), You(name="Alice Ashby", country="US")
    assert exchanged(holding(you=mine), holding(you=theirs), NOW, instead=False).you == You(
        name="Alice", country="US"
    )
    assert exchanged(holding(you=mine), holding(you=theirs), NOW, instead=True).you == theirs
    for instead in (False, True):
        assert exchanged(holding(you=mine), holding(), NOW, instead=instead).you == mine


def test_put_in_its_place_it_is_as_it_was_but_an_edit_begun_before_is_found_out():
    (after,) = exchanged(
        holding(saved(5, role="mine")), holding(saved(2, role="theirs")), NOW, instead=True
    ).applications
    assert (after.application.role, after.version) == ("theirs", 6)
    (same,) = exchanged(holding(saved(5)), holding(saved(2, deleted_at=NOW)), NOW, instead=True).applications
    assert (same.version, same.deleted_at) == (5, NOW)


def test_what_a_restore_does_is_counted():
    kept = holding(saved(1), replace(saved(1), application=Application(id="a2", company="Tidewater")))
    given = holding(
        saved(3), replace(saved(1), application=Application(id="a3", company="Harbour")), you=You(name="A")
    )
    merging = compared(kept, given, exchanged(kept, given, NOW, instead=False))
    assert (merging.new, merging.changed, merging.same, merging.gone) == (1, 0, 1, 0)
    assert (merging.you, merging.made_at, merging.changes_nothing) == (True, NOW, False)
    instead = compared(kept, given, exchanged(kept, given, NOW, instead=True))
    assert (instead.new, instead.changed, instead.same, instead.gone) == (1, 0, 1, 1)
    nothing = compared(kept, kept, exchanged(kept, kept, NOW, instead=True))
    assert (nothing.same, nothing.changes_nothing) == (2, True)


# Answers of practice


def test_answers_come_back_equal_and_a_backup_without_any_is_as_before_there_were_any():
    assert read_backup(dump_backup(PRACTISED)) == PRACTISED
    assert b"practice" not in dump_backup(WHOLE)
    assert read_backup(dump_backup(WHOLE)).practice == ()
    jsonschema.Draft202012Validator(backup_schema()).validate(json.loads(dump_backup(PRACTISED)))


def test_version_1_with_answers_is_read_and_written_the_same():
    data = (OLD_FORMS / "1-practice.json").read_bytes()
    backup = read_backup(data)
    assert [(a.id, a.scenario, a.withdrawn_at is None) for a in backup.practice] == [
        ("p1", "email-when", True),
        ("p2", None, False),
        ("p3", "email-when", True),
    ]
    assert dump_backup(backup) == data


def test_answers_are_put_in_the_order_of_time():
    shuffled = replace(PRACTISED, practice=PRACTISED.practice[::-1])
    assert read_backup(dump_backup(shuffled)) == PRACTISED


P = {"id": "p1", "at": "2026-11-04T20:00:00Z", "scenario": "email-when", "option": "friday"}


@pytest.mark.parametrize(
    ("items", "line"),
    [
        ({}, "practice: must be a list"),
        ([7], "practice[0]: must be an object with the keys of an answer"),
        ([P | {str(n): n for n in range(30)}], "practice[0]: must be an object with the keys of an answer"),
        ([P, P], "practice[1].id: is the id of an answer before it"),
        ([P | {"mood": "kind"}], "practice[0].mood: is not a known key"),
        ([P | {"id": None}], "practice[0].id: is missing"),
        ([P | {"id": ""}], "practice[0].id: must have from 1 to 64 characters"),
        ([P | {"scenario": "x" * 65}], "practice[0].scenario: must have from 1 to 64 characters"),
        (
            [P | {"option": None}],
            "practice[0]: needs a scenario and an option, or neither where practice was begun anew",
        ),
        (
            [P | {"at": "2026-11-04T20:00:00"}],
            "practice[0].at: must be a date with an hour, such as 2026-11-03T15:00:00-05:00",
        ),
        (
            [P | {"at": "1700000000"}],
            "practice[0].at: must be a date with an hour, such as 2026-11-03T15:00:00-05:00",
        ),
        ([P] * (MOST_ANSWERS + 1), "practice: has 2,001 in it; at most 2,000 can be read"),
    ],
)
def test_what_is_wrong_with_answers_is_told_with_its_place(items, line):
    assert told(document(practice=items)) == [line]


def test_merging_keeps_the_answers_of_both_and_replacing_those_of_the_backup():
    mine, theirs = PRACTISED, replace(WHOLE, practice=(replace(ANSWER, id="p9"),))
    merging = exchanged(mine, theirs, NOW, instead=False)
    assert {answer.id for answer in merging.practice} == {"p1", "p2", "ü: p3", "p9"}
    instead = exchanged(mine, theirs, NOW, instead=True)
    assert instead.practice == theirs.practice
    assert compared(mine, theirs, merging).practice
    assert not compared(mine, theirs, merging).changes_nothing
    assert not compared(mine, mine, exchanged(mine, mine, NOW, instead=False)).practice


# Hostile files, small ones


DUMPED = dump_backup(WHOLE)


@pytest.mark.parametrize("tenths", range(10))
def test_a_file_cut_off_anywhere_is_told_in_a_sentence(tenths):
    (line,) = told(DUMPED[: len(DUMPED) * tenths // 10])
    assert line.startswith(("this is not JSON: ", "is not text in UTF-8; "))


def test_a_file_cut_off_within_a_letter_is_told_in_a_sentence():
    for end in range(len(DUMPED) - 400, len(DUMPED) - 3):
        assert len(told(DUMPED[:end])) == 1


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("text", ['{"applications": []}', "[]", '[{"company": "Käse"}]'])
def test_a_wrong_encoding_is_told_in_a_sentence(encoding, text):
    assert told(text.encode(encoding)) == ["is not text in UTF-8; save it with that encoding"]


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "mac-roman"])
def test_another_encoding_is_told_with_its_place(encoding):
    (line,) = told('[{"company": "Käse"}]'.encode(encoding))
    assert line.startswith("is not text in UTF-8; save it with that encoding (")


def test_a_mark_of_the_byte_order_before_utf_8_is_passed_over():
    assert read(b"\xef\xbb\xbf" + DUMPED) == WHOLE


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" ",
        b"\0",
        b"[\0]",
        b'["\0"]',
        b'[{"company": "a\0b"}]',
        b"\x1f\x8b\x08\0\0\0\0\0",
        b"PK\x03\x04" + b"\0" * 30,
        b"SQLite format 3\0" + b"\0" * 80,
        b"\x89PNG\r\n\x1a\n",
        b"%PDF-1.7",
        b"{'applications': []}",
        b"[,]",
        b"[1,]",
        b'{"applications": [}',
        b'{"applications": []} more',
        b"[]]",
        b"[01]",
        b"[+1]",
        b"[0x10]",
        b"[.5]",
        b"[tru]",
        b'["\\x"]',
        b'["\\ud800"]',
        b'["\\udc00\\ud800"]',
        b'[{"company": "\xed\xa0\x80"}]',
        b'[{"company": "\xc0\xaf"}]',
        b'[{"company": "\xff"}]',
        b'[{"company": "line\nbreak"}]',
        b"[" * 10_000,
        b"[" * 10_000 + b"]" * 10_000,
        b'{"applications":' * 10_000,
        b'{"a":' * 10_000 + b"1" + b"}" * 10_000,
        b"[1" + b"0" * 5_000 + b"]",
        b"[-" + b"9" * 4_400 + b"]",
        b"\xfe\xff\0[",
    ],
)
def test_what_is_no_json_is_told_in_a_sentence(data):
    (line,) = told(data)
    assert "\n" not in line
    assert len(line) < 200


HUGE = [
    10**4000,
    -(10**4000),
    2**63,
    -(2**63) - 1,
    1e308,
    float("inf"),
    float("-inf"),
    float("nan"),
    0.1,
    -0.0,
]
ODD_VALUES = [*HUGE, True, False, "", "x" * 30_000, [], {}, [[]], {"": {}}, [None], "\0", "\u202e", " "]
PLACES = [
    ("afterword",),
    ("version",),
    ("made_at",),
    ("you",),
    ("you", "name"),
    ("you", "zone"),
    ("applications",),
    ("applications", 0),
    ("applications", 0, "version"),
    ("applications", 0, "deleted_at"),
    ("applications", 0, "application"),
    ("applications", 0, "application", "id"),
    ("applications", 0, "application", "company"),
    ("applications", 0, "application", "zone"),
    ("applications", 0, "application", "country"),
    ("applications", 0, "application", "contact"),
    ("applications", 0, "application", "rounds"),
    ("applications", 0, "application", "rounds", 0),
    ("applications", 0, "application", "rounds", 0, "ended_at"),
    ("applications", 0, "application", "rounds", 0, "interviewers"),
    ("applications", 0, "application", "rounds", 0, "interviewers", 0, "name"),
    ("applications", 0, "application", "rounds", 0, "promise"),
    ("applications", 0, "application", "rounds", 0, "promise", "reply_by"),
    ("applications", 0, "application", "log"),
    ("applications", 0, "application", "log", 0, "at"),
    ("applications", 0, "application", "log", 0, "kind"),
    ("applications", 0, "application", "log", 0, "id"),
    ("applications", 0, "application", "log", 0, "withdrawn_at"),
    ("applications", 0, "application", "outcome"),
    ("applications", 0, "application", "outcome", "at"),
    ("applications", 0, "application", "rival_offer", "deadline"),
    ("practice",),
    ("practice", 0),
    ("practice", 0, "id"),
    ("practice", 0, "at"),
    ("practice", 0, "scenario"),
    ("practice", 0, "option"),
    ("practice", 1, "withdrawn_at"),
]


def planted(value, place):
    """A whole backup with that value in that place."""
    whole = json.loads(dump_backup(replace(PRACTISED, applications=WHOLE.applications[1:])))
    holder = whole
    for part in place[:-1]:
        holder = holder[part]
    holder[place[-1]] = value
    return whole


@pytest.mark.parametrize("place", PLACES, ids=lambda place: ".".join(map(str, place)))
def test_an_odd_value_anywhere_is_read_or_told_and_breaks_nothing(place):
    for value in ODD_VALUES:
        assert read_or_told(as_bytes(planted(value, place)))


def read_or_told(data):
    """What is said of it: it can be read, and then written and read again; or in sentences why not."""
    try:
        backup = read_backup(data)
    except InvalidApplication as error:
        sentences = [problem.sentence for problem in error.problems]
    else:
        sentences = ["it could be read"]
        assert read_backup(dump_backup(backup)) == backup
    assert all(sentence and "\n" not in sentence for sentence in sentences)
    return sentences


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(ODD_VALUES),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "log", "kind", "at", "application", "version", "x"]), inner, max_size=3
        )
    ),
    max_leaves=8,
)


@given(JSON, st.sampled_from(PLACES))
@settings(deadline=None, max_examples=300)
def test_whatever_stands_anywhere_is_read_or_told(value, place):
    assert read_or_told(as_bytes(planted(value, place)))


@given(st.integers(0, len(DUMPED) - 1), st.binary(max_size=4), st.integers(0, 6))
@settings(deadline=None, max_examples=300)
def test_whatever_bytes_are_changed_it_is_read_or_told(place, put, taken):
    assert read_or_told(DUMPED[:place] + put + DUMPED[place + taken :])


@given(st.binary(max_size=60))
@checked
def test_any_bytes_are_read_or_told(data):
    assert read_or_told(data)


def test_names_of_keys_twice_in_one_object_are_read_as_the_last():
    assert read(b'[{"company": "F", "company": "G"}]').applications[0].application.company == "G"


# Hostile files, large ones, each in a process that is measured


MEASURE = """
import json, sys, time
from afterword.domain.errors import InvalidApplication
from afterword.formats.backup import MOST_BYTES, read_backup

data = sys.stdin.buffer.read(MOST_BYTES + 1)
began = time.process_time()
try:
    said = [f"read {len(read_backup(data).applications)}"]
except InvalidApplication as error:
    said = [str(problem) for problem in error.problems]
seconds, peak = time.process_time() - began, 0
if sys.platform == "linux":
    with open("/proc/self/status") as status:
        peak = next(int(line.split()[1]) // 1000 for line in status if line.startswith("VmHWM"))
print(json.dumps([seconds, peak, len(said), said[0]]))
"""

LARGE = {
    "fifty megabytes of opening brackets": (lambda: b"[" * 50 * MB, "of the character ["),
    "fifty megabytes of lists": (lambda: b"[" + b"[]," * (50 * MB // 3) + b"1]", "of the character ["),
    "fifty megabytes of objects": (lambda: b"[" + b"{}," * (50 * MB // 3) + b"1]", "of the character {"),
    "fifty megabytes of texts": (lambda: b"[" + b'"a",' * (50 * MB // 4) + b"1]", "of the character ,"),
    "fifty megabytes of numbers": (lambda: b"[" + b"1.5," * (50 * MB // 4) + b"1]", "of the character ,"),
    "one number of fifty megabytes": (lambda: b"1" * 50 * MB, "number out of range"),
    "one text of fifty megabytes": (lambda: b'["' + b"a" * 50 * MB + b'"]', "longer than 300,000 characters"),
    "a text without an end": (lambda: b'["' + b"a" * 50 * MB, "longer than 300,000 characters"),
    "one letter that widens a long text": (
        lambda: b'["' + b"a" * 50 * MB + "😀".encode() + b'"]',
        "longer than 300,000 characters",
    ),
    "fifty megabytes of backslashes": (lambda: b'["' + b"\\" * 50 * MB, "longer than 300,000 characters"),
    "fifty megabytes of escapes": (lambda: b'["' + b"\\u0041" * (50 * MB // 6), "longer than 300,000"),
    "fifty megabytes of blanks": (lambda: b" " * 50 * MB, "this is not JSON"),
    "fifty megabytes of nothing": (lambda: b"\0" * 50 * MB, "is not text in UTF-8"),
    "more than can be read": (lambda: b" " * (MOST_BYTES + 1), "is larger than 64 MB"),
    "as many numbers as pass": (lambda: b"[" + b"1.5," * 1_999_990 + b"1]", "at most 5,000 can be read"),
    "as many texts as pass": (
        lambda: b"[" + b",".join(b'"%06x"' % number for number in range(1_499_990)) + b"]",
        "at most 5,000 can be read",
    ),
    "as many texts in one log as pass": (
        lambda: b'[{"company":"F","log":[' + b",".join([b'"ab"'] * 1_499_900) + b"]}]",
        "one application can hold 60,000",
    ),
    "as many keys as pass": (
        lambda: b"[{" + b",".join(b'"%06x":"%06x"' % (n, n) for n in range(749_990)) + b"}]",
        "one application can hold 60,000",
    ),
    "as many keys of the whole as pass": (
        lambda: b"{" + b",".join(b'"%06x":"%06x"' % (n, n) for n in range(749_990)) + b"}",
        "is not a known key",
    ),
    "as many mistakes in one application as pass": (
        lambda: as_bytes([{"company": "F", "log": [1] * 59_000}] * 33),
        "59,000 mistakes in it, too many to tell",
    ),
    "as many keys nobody knows in one application as pass": (
        lambda: as_bytes([{"company": "F", **{f"k{n}": 1 for n in range(59_000)}}] * 15),
        "59,000 mistakes in it, too many to tell",
    ),
    "too many applications": (
        lambda: as_bytes([{"company": "F"}] * (MOST_APPLICATIONS + 1)),
        "applications: has 5,001 in it; at most 5,000 can be read",
    ),
    "too many applications in a backup of today": (
        lambda: as_bytes(document(*[{"company": "F"}] * 20_000)),
        "applications: has 20,000 in it; at most 5,000 can be read",
    ),
    "five thousand applications with one id": (
        lambda: as_bytes([{"company": "F", "id": "a1"}] * 5_000),
        "applications[1].application.id: is the id of an application before it",
    ),
    "five thousand mistakes": (
        lambda: as_bytes([{"company": 3}] * 5_000),
        "applications[0].application.company",
    ),
    "a name as long as passes": (
        lambda: as_bytes([{"company": "x" * 299_999}] * 150),
        "is 299,999 characters long; at most 200 can be kept",
    ),
    "five thousand whole applications": (
        lambda: dump_backup(
            replace(
                WHOLE,
                applications=tuple(
                    Saved(version=1, application=everything(id=f"a{n:04}", notes="n" * 9_000))
                    for n in range(5_000)
                ),
            )
        ),
        "read 5000",
    ),
}


@pytest.mark.parametrize("name", LARGE)
def test_a_large_file_is_answered_quickly_and_in_little_memory(name):
    make, expected = LARGE[name]
    done = subprocess.run(
        [sys.executable, "-c", MEASURE], input=make(), capture_output=True, cwd=ROOT, timeout=120, check=True
    )
    seconds, megabytes, _, first = json.loads(done.stdout)
    assert expected in first
    assert len(first) < 250
    assert seconds < SECONDS
    assert megabytes < MEGABYTES
