"""`python -m afterword` as people run it: a real process, its output and its exit status."""

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from afterword.content import CONTENT

ROOT = Path(__file__).resolve().parent.parent
FERNBRIDGE = {
    "company": "Fernbridge",
    "role": "Data analyst",
    "contact": {"name": "Jo Lind", "email": "jobs@fernbridge.example"},
    "rounds": [
        {
            "label": "Panel",
            "kind": "panel",
            "ended_at": "2026-11-03T15:00:00",
            "interviewers": [{"name": "Ada Okafor", "email": "ada@fernbridge.example"}],
            "promise": {"asked": True, "reply_by": "2026-11-10", "channel": "email"},
        }
    ],
    "log": [{"kind": "thank_you", "channel": "email", "to": "Ada Okafor", "at": "2026-11-03T16:10:00"}],
}
IN_NEW_YORK = {**FERNBRIDGE, "zone": "America/New_York", "country": "US"}
NOW = "2026-11-04T09:00:00-05:00"


def run(*arguments, text="", encoding="utf-8", **environment):
    """One run of the command, with everything it wrote."""
    return subprocess.run(
        [sys.executable, "-m", "afterword", *map(str, arguments)],
        input=text.encode(encoding) if isinstance(text, str) else text,
        capture_output=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **environment},
        timeout=60,
        check=False,
    )


def plan_of(document, *options):
    """The plan printed for that document on standard input."""
    done = run("plan", "-", *options, text=json.dumps(document))
    assert (done.returncode, done.stderr) == (0, b"")
    return json.loads(done.stdout)


def lines_of_failure(done):
    """What a refused run said: nothing on standard output, and one line a problem."""
    assert (done.returncode, done.stdout) == (2, b"")
    return done.stderr.decode().splitlines()


def test_a_plan_is_printed_for_a_file(tmp_path):
    file = tmp_path / "fernbridge.json"
    file.write_text(json.dumps(IN_NEW_YORK), "utf-8")
    done = run("plan", file, "--now", NOW)
    assert (done.returncode, done.stderr) == (0, b"")
    plan = json.loads(done.stdout)
    assert list(plan) == ["status", "quiet_until", "advisories", "next", "steps"]
    assert {key: value for key, value in plan["next"].items() if key != "id"} == {
        "kind": "check_in",
        "channel": "email",
        "to": "Jo Lind",
        "round": "Panel",
        "opens": "2026-11-12",  # the eleventh is Veterans Day
        "due": "2026-11-13",
        "overdue_at": "2026-11-14T00:00:00-05:00",
        "state": "withheld",
        "reason": "check-in-after-promise",
        "ended_by": None,
    }
    assert (plan["status"], plan["quiet_until"], plan["advisories"]) == ("quiet", "2026-11-11", [])
    assert [(step["kind"], step["state"]) for step in plan["steps"]] == [
        ("thank_you", "done"),
        ("check_in", "withheld"),
    ]


def test_the_same_plan_is_printed_for_standard_input(tmp_path):
    file = tmp_path / "fernbridge.json"
    file.write_text(json.dumps(IN_NEW_YORK), "utf-8")
    from_file, from_input = (
        run("plan", file, "--now", NOW),
        run("plan", "-", "--now", NOW, text=json.dumps(IN_NEW_YORK)),
    )
    assert from_file.stdout == from_input.stdout != b""


def test_the_moment_decides():
    assert plan_of(IN_NEW_YORK, "--now", "2026-11-12T00:00:00-05:00")["status"] == "due"
    assert plan_of(IN_NEW_YORK, "--now", "2026-11-14T00:00:00-05:00")["status"] == "overdue"


def test_without_a_moment_the_present_one_counts():
    ahead = {"company": "Fernbridge", "rounds": [{"label": "Panel", "ended_at": "2199-11-03"}]}
    assert plan_of(ahead)["status"] == "upcoming"


def test_the_zone_stands_in_where_the_application_names_none():
    # Nine in the morning of the fourth in New York; the promise of the tenth is over there at midnight.
    midnight = "2026-11-11T00:30:00+00:00"
    assert plan_of(FERNBRIDGE, "--now", midnight)["next"]["state"] == "open"
    assert plan_of(FERNBRIDGE, "--now", midnight, "--zone", "America/New_York")["next"]["state"] == "withheld"
    assert (
        plan_of({**FERNBRIDGE, "zone": "UTC"}, "--now", midnight, "--zone", "America/New_York")["status"]
        == "due"
    )


def test_a_moment_without_an_offset_is_in_the_zone_of_the_plan():
    near_midnight = ("--now", "2026-11-10T23:30:00")
    assert plan_of(FERNBRIDGE, *near_midnight, "--zone", "Asia/Tokyo")["status"] == "quiet"
    assert plan_of(FERNBRIDGE, "--now", "2026-11-11T00:30:00", "--zone", "Asia/Tokyo")["status"] == "due"


def test_the_country_stands_in_where_the_application_names_none():
    assert plan_of(FERNBRIDGE, "--now", NOW)["next"]["opens"] == "2026-11-11"
    assert plan_of(FERNBRIDGE, "--now", NOW, "--country", "us")["next"]["opens"] == "2026-11-12"
    assert (
        plan_of({**FERNBRIDGE, "country": "GB"}, "--now", NOW, "--country", "US")["next"]["opens"]
        == "2026-11-11"
    )


def test_names_are_printed_as_people_write_them():
    named = {"company": "株式会社", "rounds": [{"label": "面接 🎤", "ended_at": "2026-11-03"}]}
    done = run("plan", "-", "--now", NOW, text=json.dumps(named))
    assert "面接 🎤" in done.stdout.decode()


def test_what_is_wrong_in_a_file_is_told_one_problem_a_line():
    wrong = {
        **FERNBRIDGE,
        "zone": "Europe/Atlantis",
        "rounds": [{"label": "Panel", "ended_at": "2026-11-03", "promise": {"reply_by": "2026-10-01"}}],
        "log": [{"kind": "skip", "at": "2026-11-03T16:10:00"}],
    }
    assert lines_of_failure(run("plan", "-", "--now", NOW, text=json.dumps(wrong))) == [
        "zone: Europe/Atlantis is not a known time zone; one looks like Europe/Berlin",
        "rounds[0].promise.reply_by: 2026-10-01 is before the interview on 2026-11-03",
        "log[0].step: is missing; a skip must name the step that is skipped",
    ]


def test_unknown_and_missing_keys_are_told_together():
    lines = lines_of_failure(run("plan", "-", text='{"salary": 1, "log": [{"at": "2026-11-03"}]}'))
    assert sorted(line.partition(":")[0] for line in lines) == [
        "company",
        "log[0].at",
        "log[0].kind",
        "salary",
    ]


@pytest.mark.parametrize("text", ["", "not JSON", '{"company": "Fern', b"\xff\xfe\x00"])
def test_what_is_not_json_is_one_problem(text):
    (line,) = lines_of_failure(run("plan", "-", text=text))
    assert "not JSON" in line


def test_a_file_that_is_not_there_is_one_problem(tmp_path):
    (line,) = lines_of_failure(run("plan", tmp_path / "nowhere.json"))
    assert "nowhere.json: cannot be read" in line


def test_a_folder_is_no_file(tmp_path):
    (line,) = lines_of_failure(run("plan", tmp_path))
    assert "cannot be read" in line


def test_every_wrong_option_is_told():
    options = ("--now", "yesterday", "--zone", "Europe/Atlantis", "--country", "XX")
    lines = lines_of_failure(run("plan", "-", *options, text=json.dumps(FERNBRIDGE)))
    assert sorted(line.partition(":")[0] for line in lines) == ["--country", "--now", "--zone"]


@pytest.mark.parametrize("arguments", [(), ("plan",), ("plan", "-", "--when", NOW), ("dance",)])
def test_a_command_that_is_none_says_how_to_use_it(arguments):
    assert "usage: " in "\n".join(lines_of_failure(run(*arguments)))


def test_help_is_given_on_standard_output():
    done = run("--help")
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"plan" in done.stdout


def test_the_real_content_is_sound():
    done = run("check")
    assert (done.returncode, done.stderr) == (0, b"")
    assert re.search(r"\d+ rules, \d+ sources", done.stdout.decode())


def test_the_check_of_another_folder_tells_every_problem_with_its_file_and_line(tmp_path):
    folder = Path(shutil.copytree(CONTENT, tmp_path / "content"))
    rules, page = folder / "rules.toml", folder / "guide" / "why.md"
    rules.write_text(rules.read_text("utf-8").replace('"A5", "A6", "A7"', '"A55"', 1), "utf-8")
    page.write_text(page.read_text("utf-8").replace("[A10]", "[A12]", 1), "utf-8")
    done = run("check", folder)
    assert (done.returncode, done.stdout) == (2, b"")
    found = [
        re.fullmatch(r"([\w./]+):(\d+): (.+)", line).groups() for line in done.stderr.decode().splitlines()
    ]
    assert [(file, said) for file, _, said in found] == [
        ("rules.toml", "ask-when-and-how: cites A55, which is not in sources.toml"),
        ("guide/why.md", "why: [A12] is not among the page's cites"),
    ]
    for file, line, said in found:
        wanted = "A55" if file == "rules.toml" else "[A12]"
        assert wanted in (folder / file).read_text("utf-8").splitlines()[int(line) - 1], said


def test_the_check_tells_of_a_page_that_is_too_long(tmp_path):
    folder = Path(shutil.copytree(CONTENT, tmp_path / "content"))
    page = folder / "guide" / "why.md"
    page.write_text(page.read_text("utf-8") + "\nToo much. " * 100, "utf-8")
    done = run("check", folder)
    assert done.returncode == 2
    assert done.stderr.decode().startswith("guide/why.md:3: why: has ")


def test_the_check_of_a_folder_that_is_not_there_says_so(tmp_path):
    done = run("check", tmp_path / "nowhere")
    assert done.returncode == 2
    assert "rules.toml:1: cannot be read: " in done.stderr.decode()


# The personal store


@pytest.fixture
def shell(tmp_path):
    """Runs the command on a store of its own, on a day of its own."""

    def run_there(*arguments, **options):
        address = {"AFTERWORD_DATABASE": f"sqlite:///{tmp_path / 'store' / 'mine.sqlite3'}"}
        return run(*arguments, **(address | {"AFTERWORD_NOW": NOW} | options))

    (tmp_path / "store").mkdir()
    return run_there


@pytest.fixture
def filled(shell):
    """The same, with an application in the store."""
    assert shell("import", "-", text=json.dumps({**IN_NEW_YORK, "id": "a1"})).returncode == 0
    return shell


def done_well(done):
    """What a run said that did what it was asked."""
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout.decode()


def everything_in(shell):
    """Everything in the store but the moment at which it is asked for."""
    return {**json.loads(done_well(shell("backup"))), "made_at": None}


def test_an_application_is_imported_listed_and_exported(filled):
    assert done_well(filled("export")) == "a1  Fernbridge\n"
    exported = json.loads(done_well(filled("export", "a1")))
    assert (exported["company"], exported["rounds"][0]["label"]) == ("Fernbridge", "Panel")
    assert (
        json.loads(done_well(run("plan", "-", "--now", NOW, text=json.dumps(exported))))["status"] == "quiet"
    )
    assert "Fernbridge" in done_well(filled("today", AFTERWORD_NOW="2026-11-12T12:00:00-05:00"))


def test_an_import_says_the_id_it_gave(shell):
    id, company = done_well(shell("import", "-", text='{"company": "株式会社"}')).split()
    assert company == "株式会社"
    assert json.loads(done_well(shell("export", id)))["id"] == id


def test_an_application_that_is_not_there_is_one_problem(filled):
    assert lines_of_failure(filled("export", "a9")) == ["ID: there is no application a9"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("not JSON", "this is not JSON: "),
        ('{"salary": 1}', "company: is missing"),
        ('{"company": "F", "id": "a1"}', "id: is the id of an application that is here or was deleted"),
        ('{"applications": []}', "this is a backup, not one application; restore it instead"),
        ('{"company": "F"}'.encode("utf-16"), "is not text in UTF-8"),
    ],
)
def test_what_cannot_be_imported_is_told_and_changes_nothing(filled, text, line):
    before = everything_in(filled)
    assert lines_of_failure(filled("import", "-", text=text))[0].startswith(line)
    assert everything_in(filled) == before


def test_a_backup_goes_to_standard_output_or_to_a_file(filled, tmp_path):
    file = tmp_path / "mine.json"
    for place in ((), ("-",)):
        whole = json.loads(done_well(filled("backup", *place)))
        assert [item["application"]["company"] for item in whole["applications"]] == ["Fernbridge"]
    assert done_well(filled("backup", file)) == f"Everything is in {file}.\n"
    assert {**json.loads(file.read_text("utf-8")), "made_at": None} == everything_in(filled)


@pytest.mark.skipif(os.name != "posix", reason="there are no such modes")
def test_nobody_else_may_read_a_backup_and_a_link_to_it_stays_one(filled, tmp_path):
    file, link = tmp_path / "mine.json", tmp_path / "link.json"
    file.write_text("older", "utf-8")
    file.chmod(0o644)
    link.symlink_to(file)
    done_well(filled("backup", link))
    assert link.is_symlink()
    assert file.stat().st_mode & 0o777 == 0o600
    assert json.loads(file.read_text("utf-8"))["afterword"] == "backup"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link.json", "mine.json", "store"]


def test_a_backup_that_cannot_be_written_is_one_problem(filled, tmp_path):
    for place in (tmp_path, tmp_path / "nowhere" / "mine.json"):
        (line,) = lines_of_failure(filled("backup", place))
        assert "cannot be written: " in line


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no such device")
def test_an_output_that_takes_no_more_is_one_problem(tmp_path):
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "afterword", "backup"],
            stdout=full,
            stderr=subprocess.PIPE,
            cwd=ROOT,
            env={**os.environ, "AFTERWORD_DATABASE": f"sqlite:///{tmp_path / 'mine.sqlite3'}"},
            check=False,
        )
    assert (done.returncode, done.stderr) == (2, b"standard output: took no more: No space left on device\n")


def test_a_backup_is_restored_into_an_empty_store(filled, tmp_path):
    before, data = everything_in(filled), filled("backup").stdout
    other = {"AFTERWORD_DATABASE": f"sqlite:///{tmp_path / 'other.sqlite3'}"}
    said = done_well(run("restore", "-", "--yes", text=data, **other)).splitlines()
    assert said[0].startswith("A backup made on 2026-11-04 14:00 UTC")
    assert said[1:] == [
        "Applications: new: 1, changed: 0, the same: 0, erased: 0",
        "What you said about yourself: the same",
        "The backup is restored.",
    ]
    assert {**json.loads(done_well(run("backup", **other))), "made_at": None} == before


def test_answers_of_practice_are_restored_and_told_of(filled):
    sample = (ROOT / "tests" / "formats" / "backups" / "1-practice.json").read_bytes()
    assert "What you answered in practice: changed" in done_well(filled("restore", "-", "--yes", text=sample))
    assert len(everything_in(filled)["practice"]) == 3
    assert "Nothing was changed." in done_well(filled("restore", "-", "--yes", text=sample))


def test_a_restore_asks_first(filled, tmp_path):
    file = tmp_path / "old.json"
    file.write_text('[{"company": "Tidewater", "id": "a2"}]', "utf-8")
    before = everything_in(filled)
    for answer in ("n\n", "\n"):
        said = done_well(filled("restore", file, "--replace", text=answer))
        assert "new: 1, changed: 0, the same: 0, erased: 1" in said
        assert said.endswith("Nothing was changed.\n")
        assert everything_in(filled) == before
    done = filled("restore", file, "--replace")
    assert (done.returncode, done.stderr) == (2, b"Nobody answered, so nothing was changed; see --yes\n")
    assert everything_in(filled) == before
    assert done_well(filled("restore", file, "--replace", text="y\n")).endswith("The backup is restored.\n")
    assert done_well(filled("export")) == "a2  Tidewater\n"


def test_a_restore_adds_unless_it_is_told_to_replace(filled):
    done_well(filled("restore", "-", "--yes", text='[{"company": "Tidewater", "id": "a2"}]'))
    assert sorted(done_well(filled("export")).splitlines()) == ["a1  Fernbridge", "a2  Tidewater"]


def test_what_is_here_already_is_not_restored_again(filled, tmp_path):
    data = filled("backup").stdout
    said = done_well(filled("restore", "-", "--yes", "--replace", text=data))
    assert "the same: 1" in said
    assert said.endswith("Nothing was changed.\n")
    assert len(list((tmp_path / "store" / "backups").iterdir())) == 1  # of the import alone


def test_what_was_there_before_a_restore_can_be_restored_too(filled, tmp_path):
    before = everything_in(filled)
    done_well(filled("restore", "-", "--yes", "--replace", text="[]"))
    assert everything_in(filled)["applications"] == []
    (last,) = (tmp_path / "store" / "backups").glob("*-restore-*")
    done_well(filled("restore", last, "--yes"))
    assert everything_in(filled) == before


def test_a_restore_from_standard_input_needs_a_yes(filled):
    before = everything_in(filled)
    (line,) = lines_of_failure(filled("restore", "-", text="[]"))
    assert line.startswith("--yes: is needed")
    assert everything_in(filled) == before


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", "this is not JSON: "),
        ("[" * 10_000, "this is not JSON: recursion limit exceeded"),
        ('[{"company": 3}]', "applications[0].application.company: must be text"),
        ('{"company": "F"}', "this is one application, not a backup; import it instead"),
        ('{"afterword": "backup", "version": 2}', "version: is of a newer Afterword"),
        ('[{"company": "Käse"}]'.encode("latin-1"), "is not text in UTF-8"),
        (b" " * (64 * 1024 * 1024 + 1), "is larger than 64 MB"),
    ],
)
def test_what_cannot_be_restored_is_told_and_changes_nothing(filled, text, line):
    before = everything_in(filled)
    assert lines_of_failure(filled("restore", "-", "--yes", "--replace", text=text))[0].startswith(line)
    assert everything_in(filled) == before


@pytest.mark.parametrize("command", ["restore", "import"])
def test_a_file_to_read_that_is_none_is_one_problem(filled, tmp_path, command):
    for place in (tmp_path / "nowhere.json", tmp_path):
        (line,) = lines_of_failure(filled(command, place))
        assert "cannot be read: " in line


@pytest.mark.parametrize(
    "arguments",
    [("backup",), ("restore", "-", "--yes"), ("export",), ("export", "a1"), ("import", "-"), ("today",)],
)
def test_a_store_that_cannot_be_opened_is_one_sentence(tmp_path, arguments):
    broken = tmp_path / "mine.sqlite3"
    broken.write_text("This is no database. " * 100, "utf-8")
    for address in (f"sqlite:///{broken}", f"sqlite:///{tmp_path / 'no' / 'folder'}", "nonsense"):
        done = run(*arguments, text="[]", AFTERWORD_DATABASE=address)
        assert (done.returncode, done.stdout) == (1, b"")
        assert len(done.stderr.splitlines()) == 1
    assert broken.read_text("utf-8").startswith("This is no database. ")


def test_a_database_whose_driver_is_not_installed_is_one_sentence():
    done = run("today", AFTERWORD_DATABASE="postgresql+pg8000://localhost/afterword")
    assert (done.returncode, done.stdout) == (1, b"")
    (line,) = done.stderr.decode().splitlines()
    assert "pg8000 is not installed" in line


@pytest.mark.parametrize("now", ["nonsense", "0001-01-01T00:00+14:00"])
def test_a_clock_set_to_no_time_is_one_sentence(shell, now):
    for done in (shell("today", AFTERWORD_NOW=now), run("plan", "-", text="{}", AFTERWORD_NOW=now)):
        (line,) = lines_of_failure(done)
        assert line.startswith(f"AFTERWORD_NOW: {now} is not a time such as")


def test_the_schema_of_backups_is_printed_as_it_is_published():
    assert done_well(run("schema")) == (ROOT / "docs" / "backup.schema.json").read_text("utf-8")


def test_the_schema_needs_no_store():
    assert json.loads(done_well(run("schema", AFTERWORD_DATABASE="nonsense")))["type"] == "object"


def test_all_applications_are_written_as_one_xlsx_or_as_three_csv(filled, tmp_path):
    book, table = tmp_path / "all.xlsx", tmp_path / "all.csv"
    assert done_well(filled("export", "--xlsx", book)) == f"Written: {book}\n"
    assert book.read_bytes().startswith(b"PK")
    beside = [tmp_path / f"all-{name}.csv" for name in ("steps", "log")]
    said = done_well(filled("export", "--csv", table))
    assert said == "".join(f"Written: {file}\n" for file in (table, *beside))
    first = [file.read_text("utf-8-sig").splitlines()[1] for file in (table, *beside)]
    assert all(line.startswith('"Fernbridge",') for line in first)


def test_a_spreadsheet_of_one_application_alone_is_not_to_be_had(filled, tmp_path):
    (line,) = lines_of_failure(filled("export", "a1", "--csv", tmp_path / "one.csv"))
    assert line == "ID: is not needed: a spreadsheet holds every application"


TABLE = "Company,Role,Interview\nHarbour,Planner,13/11/2026\nQuay,Clerk,3/11/2026\n"


def test_a_table_is_imported_whole_and_says_how_it_was_read(shell, tmp_path):
    file = tmp_path / "jobs.csv"
    file.write_text(TABLE, "utf-8")
    assert done_well(shell("import", file)).splitlines() == [
        "Company: company",
        "Role: role",
        "Interview: interview",
        "Imported: 2 new, 0 added to.",
    ]
    assert len(done_well(shell("export")).splitlines()) == 2


def test_what_is_wrong_or_doubtful_in_a_table_is_told_by_row_and_column_and_changes_nothing(filled, tmp_path):
    file, before = tmp_path / "jobs.csv", everything_in(filled)
    file.write_text(TABLE.replace("13/11/2026", "next tues").replace("Clerk", "=1+1"), "utf-8")
    done = filled("import", file)
    assert (done.returncode, done.stderr.decode().splitlines()) == (
        2,
        [
            "row 3, Role: is a formula; put its result there, or an apostrophe before it",
            (
                "Interview: which comes first in “3/11/2026”, the day or the month? "
                "Answer with --dates day-first or month-first"
            ),
            "row 2, Interview: which day is “next tues”? Answer with --as-notes, or mend the cell",
        ],
    )
    assert everything_in(filled) == before


def test_options_answer_what_a_table_leaves_open(filled, tmp_path):
    file = tmp_path / "jobs.csv"
    file.write_text("Place,Job,Interview\nFernbridge,Clerk,next tues\nQuay,Clerk,3/11/2026\n", "utf-8")
    line, *_ = filled("import", file).stderr.decode().splitlines()
    assert line.startswith("--column: say which column holds the company")
    answers = ("--column", "Place=company", "--dates", "day-first", "--as-notes")
    assert done_well(filled("import", file, *answers)).endswith("Imported: 2 new, 0 added to.\n")


@pytest.mark.parametrize(("lines", "status"), [(TABLE, 0), (TABLE.replace("13/11", "next"), 2)])
def test_an_import_whose_words_nobody_takes_ends_as_it_would_otherwise(shell, tmp_path, lines, status):
    file = tmp_path / "jobs.csv"
    file.write_text(lines, "utf-8")
    done_well(shell("export"))
    (where,) = tmp_path.rglob("*.sqlite3")
    nobody, taken = os.pipe()
    os.close(nobody)
    done = subprocess.run(
        [sys.executable, "-m", "afterword", "import", file],
        stdout=taken,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, "AFTERWORD_DATABASE": f"sqlite:///{where}"},
        check=False,
    )
    os.close(taken)
    first, *problems = done.stderr.decode().splitlines()
    assert (done.returncode, first[:30]) == (status, "standard output: took no more:")
    assert all(problem.startswith(("row ", "Interview: ")) for problem in problems)
    assert len(done_well(shell("export")).splitlines()) == (2 if status == 0 else 0)


def test_the_half_of_the_day_is_an_option(shell, tmp_path):
    file = tmp_path / "jobs.csv"
    file.write_text('Company,Interview\nQuay,"11/14/2026, 2:30"\n', "utf-8")
    (line,) = shell("import", file).stderr.decode().splitlines()
    assert line.endswith("? Answer with --hours afternoon or morning")
    done_well(shell("import", file, "--hours", "afternoon"))
    assert '"2026-11-14T14:30' in done_well(shell("backup"))


def test_a_heading_amid_the_rows_becomes_an_application_only_on_a_word(shell, tmp_path):
    file = tmp_path / "jobs.csv"
    file.write_text("Company,Role,City\nQuay,Clerk,Leeds\nClosed,,\nTotal,2 jobs,\n", "utf-8")
    ask = "Answer with --headings leave-out or companies"
    done = shell("import", file, "--as-notes")
    assert (done.returncode, done.stdout) == (2, b"Company: company\nRole: role\nCity: location\n")
    assert done.stderr.decode().splitlines() == [
        f"row 3, Company: is this a company, or a heading amid the rows? {ask}",
        f"row 4, Company: is this a company, or does the row only count? {ask}",
    ]
    left = done_well(shell("import", file, "--headings", "leave-out"))
    assert left.endswith("Imported: 1 new, 0 added to.\n")
    taken = done_well(shell("import", file, "--headings", "companies", "--same", "leave"))
    assert taken.endswith("Imported: 2 new, 0 added to.\n")


def test_sheets_that_are_not_read_are_named(shell, tmp_path):
    file = tmp_path / "jobs.xlsx"
    with xlsxwriter.Workbook(file) as book:
        for name, company in (("2025", "Quay"), ("2026", "Harbour")):
            book.add_worksheet(name).write_column("A1", ["Company", company])
    said = done_well(shell("import", file)).splitlines()
    assert "Read is the sheet 2025. Left out: 2026; choose one with --sheet." in said
    assert done_well(shell("import", file, "--sheet", "2026")).endswith("Imported: 1 new, 0 added to.\n")


def test_a_hidden_sheet_is_named(shell, tmp_path):
    file = tmp_path / "jobs.xlsx"
    with xlsxwriter.Workbook(file) as book:
        book.add_worksheet("2026").write_column("A1", ["Company", "Quay"])
        book.add_worksheet("2025").hide()
    assert done_well(shell("import", file)).startswith("Hidden sheets were not read: 2025; show them in ")


def test_what_seems_to_be_here_is_merged_only_on_a_word(filled, tmp_path):
    file = tmp_path / "jobs.csv"
    file.write_text("Company,City\nFernbridge,Leeds\n", "utf-8")
    assert done_well(filled("import", file)).endswith("Imported: 1 new, 0 added to.\n")
    done = filled("import", file)
    assert done.stderr.decode().splitlines() == [
        "row 2: Fernbridge seems to be there already (here); say --same merge, apart or leave"
    ]
    assert done_well(filled("import", file, "--same", "leave")).endswith("Imported: 0 new, 0 added to.\n")


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_our_own_spreadsheets_come_back_in_another_store(filled, tmp_path, form):
    book = tmp_path / f"all.{form}"
    before = everything_in(filled)
    done_well(filled("export", f"--{form}", book))
    elsewhere = {"AFTERWORD_DATABASE": f"sqlite:///{tmp_path / 'other.sqlite3'}"}
    for file in [book] if form == "xlsx" else [book, tmp_path / "all-log.csv"]:
        done_well(filled("import", file, **elsewhere))
    after = {**json.loads(done_well(filled("backup", **elsewhere))), "made_at": None}
    for whole in (before, after):
        for saved in whole["applications"]:
            saved["version"] = 1
    assert after["applications"] == before["applications"]


def test_a_table_that_cannot_be_read_is_one_sentence(shell, tmp_path):
    file = tmp_path / "jobs.xlsx"
    file.write_bytes(b"PK no zip at all")
    (line,) = lines_of_failure(shell("import", file))
    assert line == "is damaged or cut off; open it in a spreadsheet program and save it again"


# A workshop on paper


def test_a_workshop_is_put_on_paper_in_one_file(tmp_path):
    file = tmp_path / "paper.zip"
    done = run("handouts", "twenty", "-o", file, "--paper", "us-letter")
    assert (done.returncode, done.stdout.decode()) == (0, f"Written: {file}\n")
    names = zipfile.ZipFile(file).namelist()
    assert names[0] == "1-leader-notes.pdf"
    assert len(names) == 6


def test_all_of_practice_is_put_on_paper_too_where_it_is_asked_for(tmp_path):
    file = tmp_path / "paper.zip"
    assert run("handouts", "twenty", "-o", file, "--all-scenarios").returncode == 0
    assert zipfile.ZipFile(file).namelist()[-2:] == ["7-all-scenarios.pdf", "8-all-answers.pdf"]


def test_an_unknown_workshop_is_refused_with_the_names_of_those_there_are(tmp_path):
    done = run("handouts", "ninety", "-o", tmp_path / "paper.zip")
    assert lines_of_failure(done) == ["AGENDA: there is no ninety; there are forty-five and twenty"]
    assert not list(tmp_path.iterdir())
