"""Afterword from the shell: `python -m afterword plan FILE`, `today`, `backup`, `restore FILE` and others."""

from __future__ import annotations

import argparse
import json
import os
import sys
from datetime import datetime
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from afterword.clock import WrongClock, process_clock
from afterword.content import CONTENT, load_handbook, plan_problems
from afterword.domain.errors import (
    AfterwordError,
    BrokenContent,
    InvalidApplication,
    Problem,
    StoreUnavailable,
    UnknownApplication,
)
from afterword.domain.plan import make_plan
from afterword.domain.problems import year_problems, zone_exists
from afterword.domain.step import Step
from afterword.domain.table import Half, Order, Split
from afterword.domain.workdays import Workdays, known_countries
from afterword.formats.application_json import parse_application
from afterword.formats.backup import MOST_BYTES, Preview, backup_schema
from afterword.formats.plan_json import plan_as_json

if TYPE_CHECKING:
    from afterword.desk import Desk

NO_STORE, WRONG_INPUT = 1, 2
Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # the one name this type has


def main(arguments: list[str] | None = None) -> int:
    """Run one command. Returns the exit status: 0, 1 without a usable store, or 2 where the input was wrong."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8")  # names are printed as people write them, through any pipe
    chosen = parser().parse_args(arguments)
    try:
        return int(chosen.run(chosen))
    except (InvalidApplication, BrokenContent) as error:
        for problem in error.problems:
            print(problem, file=sys.stderr)
        return WRONG_INPUT
    except StoreUnavailable as error:
        print(error, file=sys.stderr)
        return NO_STORE
    except (AfterwordError, WrongClock) as error:
        print(error, file=sys.stderr)
        return WRONG_INPUT


def parser() -> argparse.ArgumentParser:
    """The commands and their options."""
    shell = argparse.ArgumentParser("afterword", description="What to do after a job interview, and when.")
    commands = shell.add_subparsers(required=True, metavar="COMMAND")
    plan = commands.add_parser("plan", help="print the plan of one application, given as JSON")
    plan.add_argument("file", metavar="FILE", help="a JSON file, or - for standard input")
    plan.add_argument("--now", metavar="ISO-TIME", help="plan for this moment instead of the present one")
    plan.add_argument("--zone", default="UTC", help="the time zone where the application names none")
    plan.add_argument("--country", help="the country for public holidays where it names none")
    plan.set_defaults(run=print_plan)
    today = commands.add_parser("today", help="print what is due, from the personal store")
    today.set_defaults(run=print_today)
    check = commands.add_parser("check", help="check every word and number under content/")
    check.add_argument("folder", metavar="FOLDER", nargs="?", help="another folder of the same form")
    check.set_defaults(run=check_content)
    add_command_for_handouts(commands)
    add_commands_for_backups(commands)
    return shell


def add_command_for_handouts(commands: Commands) -> None:
    """The command that puts a workshop on paper."""
    handouts = commands.add_parser("handouts", help="put a workshop on paper, as PDFs in one ZIP")
    handouts.add_argument(
        "agenda", metavar="AGENDA", help="its id: the name of its file in content/workshops"
    )
    handouts.add_argument("-o", "--output", metavar="FILE", help="where to; else AGENDA.zip")
    handouts.add_argument("--paper", choices=["a4", "us-letter"], default="a4", help="the size of the paper")
    more = "with the scenarios of practice that the workshop leaves out"
    handouts.add_argument("--all-scenarios", action="store_true", help=more)
    handouts.set_defaults(run=write_handouts)


def add_commands_for_backups(commands: Commands) -> None:
    """The commands that take data along and bring it back."""
    backup = commands.add_parser("backup", help="write everything in the personal store as JSON")
    backup.add_argument("file", metavar="FILE", nargs="?", default="-", help="where to; else standard output")
    backup.set_defaults(run=write_backup)
    restore = commands.add_parser("restore", help="bring a backup back, after a look at what it would do")
    restore.add_argument("file", metavar="FILE", help="a backup, or - for standard input")
    restore.add_argument("--replace", action="store_true", help="erase what is not in the backup")
    restore.add_argument("--yes", action="store_true", help="do it without asking")
    restore.set_defaults(run=restore_backup)
    export = commands.add_parser(
        "export", help="print one application as JSON, or write all as a spreadsheet"
    )
    export.add_argument("id", metavar="ID", nargs="?", help="its id; without one, every id is listed")
    forms = export.add_mutually_exclusive_group()
    forms.add_argument("--xlsx", metavar="FILE", help="write applications, steps and log as three sheets")
    forms.add_argument("--csv", metavar="FILE", help="write applications there, steps and log beside it")
    export.set_defaults(run=write_export)
    taken = commands.add_parser("import", help="add one application given as JSON, or those of a spreadsheet")
    taken.add_argument(
        "file", metavar="FILE", help="JSON, CSV, XLSX, XLS or ODS; - reads JSON from standard input"
    )
    add_options_for_tables(taken.add_argument_group("how a spreadsheet is read, where it leaves doubts"))
    taken.set_defaults(run=import_file)
    schema = commands.add_parser("schema", help="print the JSON Schema of backups")
    schema.set_defaults(run=print_schema)


def add_options_for_tables(options: argparse._ArgumentGroup) -> None:
    """The answers to what a spreadsheet may leave open."""
    options.add_argument("--table", action="store_true", help="FILE is a table, whatever it is called")
    options.add_argument("--sheet", metavar="NAME", help="the sheet to read, where there are several")
    named = 'what a column holds, such as "Where I applied=company"; repeat it for others'
    options.add_argument("--column", metavar="HEADING=FIELD", action="append", default=[], help=named)
    options.add_argument("--dates", choices=[order.value for order in Order], help="how days are written")
    options.add_argument("--year", help="the year of days that name none")
    halves = "the half of the day in which hours such as 2:30 are"
    options.add_argument("--hours", choices=[half.value for half in Half], help=halves)
    options.add_argument(
        "--split", choices=[split.value for split in Split], help="cells with company and role"
    )
    options.add_argument(
        "--as-notes", action="store_true", help="keep the words of doubtful cells in the notes"
    )
    alone = "rows that may be a company, or a heading, a total or a line under the table"
    options.add_argument("--headings", choices=["leave-out", "companies"], help=alone)
    same = "what becomes of rows whose company and role are here already"
    options.add_argument("--same", choices=["merge", "apart", "leave"], help=same)


def print_plan(chosen: argparse.Namespace) -> int:
    """Print the plan of the application in a file as JSON."""
    now = moment_given(chosen.now, chosen.zone, chosen.country)
    application = parse_application(bytes_of(chosen.file), chosen.zone)
    workdays = Workdays(application.country or chosen.country)
    plan = make_plan(application, now, load_handbook(), workdays, chosen.zone)
    print(json.dumps(plan_as_json(plan), ensure_ascii=False, indent=1))
    return 0


def own_desk() -> Desk:
    """The desk of the personal store. Raises StoreUnavailable."""
    # The other commands need no database, and are quicker without its imports.
    from afterword.desk import Desk
    from afterword.store.database import database_url, open_database
    from afterword.store.repository import OWNER
    from afterword.store.sql import SqlRepository

    clock = process_clock()
    store = SqlRepository(open_database(database_url(), clock.now()))
    return Desk(OWNER, store, clock, load_handbook())


def print_today(_: argparse.Namespace) -> int:
    """Print a line for each step that is overdue or due, most urgent first."""
    due = [(case, step) for case in own_desk().today().cases for step in case.to_do]
    for case, step in due:
        print(f"{step.due}  {step.state.value:8} {case.application.company}: {said(step)}")
    if not due:
        print("Nothing to do today.")
    return 0


def write_handouts(chosen: argparse.Namespace) -> int:
    """Write the handouts of an agenda."""
    # The other commands need no typesetter, and are quicker without it.
    from afterword.formats.paper import Paper
    from afterword.formats.workshop_paper import handouts

    handbook, now = load_handbook(), process_clock().now()
    agenda = handbook.agendas.get(chosen.agenda)
    if agenda is None:
        known = " and ".join(handbook.agendas)
        raise InvalidApplication((Problem("AGENDA", f"there is no {chosen.agenda}; there are {known}"),))
    file = chosen.output or f"{agenda.id}.zip"
    write_to_file(file, handouts(agenda, handbook, Paper(chosen.paper), now, chosen.all_scenarios))
    print(f"Written: {file}")
    return 0


def write_backup(chosen: argparse.Namespace) -> int:
    """Write a backup to a file or to standard output."""
    data = own_desk().backup()
    if chosen.file == "-":
        write_to_output(data)
    else:
        write_to_file(chosen.file, data)
        print(f"Everything is in {chosen.file}.")
    return 0


def restore_backup(chosen: argparse.Namespace) -> int:
    """Say what a backup would do, ask, and bring it back."""
    if chosen.file == "-" and not chosen.yes:
        sentence = "is needed with a backup from standard input, where nobody can be asked"
        raise InvalidApplication((Problem("--yes", sentence),))
    data, desk = bytes_of(chosen.file, MOST_BYTES + 1), own_desk()
    preview = desk.preview_restore(data, chosen.replace)
    print(foreseen(preview))
    if preview.changes_nothing or not (chosen.yes or agreed()):
        print("Nothing was changed.")
        return 0
    desk.restore_backup(data, chosen.replace)
    print("The backup is restored.")
    return 0


def foreseen(preview: Preview) -> str:
    """What a restore would do, in a few lines."""
    made = f"made on {preview.made_at:%Y-%m-%d %H:%M %Z}" if preview.made_at else "of an older form"
    counts = (
        f"new: {preview.new}, changed: {preview.changed}, the same: {preview.same}, erased: {preview.gone}"
    )
    about_you = "What you said about yourself: " + ("changed" if preview.you else "the same")
    practice = "\nWhat you answered in practice: changed" if preview.practice else ""
    return f"A backup {made}\nApplications: {counts}\n{about_you}{practice}"


def agreed() -> bool:
    """Whether the person says yes. Raises InvalidApplication where nobody answers."""
    try:
        return input("Restore it? [y/N] ").strip().casefold() in {"y", "yes"}
    except (EOFError, KeyboardInterrupt):
        raise InvalidApplication(
            (Problem("", "Nobody answered, so nothing was changed; see --yes"),)
        ) from None


def write_export(chosen: argparse.Namespace) -> int:
    """Write every application as a spreadsheet where one is asked for; else print one, or the ids of all."""
    if chosen.xlsx or chosen.csv:
        if chosen.id:
            raise InvalidApplication((Problem("ID", "is not needed: a spreadsheet holds every application"),))
        return write_spreadsheet(chosen)
    return print_application(chosen)


def write_spreadsheet(chosen: argparse.Namespace) -> int:
    """Write one XLSX, or three CSV whose names say which table they hold."""
    from afterword.formats.spreadsheet import Table

    desk = own_desk()
    if chosen.xlsx:
        files = {chosen.xlsx: desk.workbook()}
    else:
        place = Path(chosen.csv)
        beside = {t: str(place.with_name(f"{place.stem}-{t.lower()}{place.suffix}")) for t in Table}
        names = beside | {Table.APPLICATIONS: chosen.csv}
        files = {name: desk.csv_table(table) for table, name in names.items()}
    for name, data in files.items():
        write_to_file(name, data)
        print(f"Written: {name}")
    return 0


def print_application(chosen: argparse.Namespace) -> int:
    """Print one application as JSON, or the ids of all."""
    desk = own_desk()
    if chosen.id is None:
        for case in desk.today().cases:
            print(f"{case.id}  {case.application.company}")
        return 0
    try:
        write_to_output(desk.export(chosen.id))
    except UnknownApplication:
        raise InvalidApplication((Problem("ID", f"there is no application {chosen.id}"),)) from None
    return 0


def import_file(chosen: argparse.Namespace) -> int:
    """Add what is in a file to the personal store: one application, or all of a table."""
    from afterword.formats.tables.grid import ENDINGS, is_workbook

    data = bytes_of(chosen.file, MOST_BYTES + 1)
    named = Path(chosen.file).suffix.lower().removeprefix(".") in ENDINGS
    if chosen.table or named or is_workbook(data):
        from afterword.shell_tables import import_table

        lines: list[str] = []
        try:
            lines.extend(import_table(own_desk(), data, chosen))
        finally:
            tell("".join(f"{line}\n" for line in lines))  # also how a table was read that is refused
        return 0
    return import_application(data)


def import_application(data: bytes) -> int:
    """Add the application that JSON describes."""
    case = own_desk().import_application(data)
    tell(f"{case.id}  {case.application.company}\n")
    return 0


def tell(text: str) -> None:
    """Write what was done to standard output; where nobody takes it, what was done stands, and that is said."""
    try:
        write_to_output(text.encode())
    except InvalidApplication as error:
        print(*error.problems, sep="\n", file=sys.stderr)


def print_schema(_: argparse.Namespace) -> int:
    """Print the JSON Schema of backups."""
    print(json.dumps(backup_schema(), ensure_ascii=False, indent=1))
    return 0


def said(step: Step) -> str:
    """A step in a few words."""
    by = f" by {step.channel.value}" if step.channel else ""
    return f"{step.kind.value.replace('_', ' ')}{by}{f', {step.to.name}' if step.to else ''}"


def moment_given(now: str | None, zone: str, country: str | None) -> datetime:
    """The moment to plan for, aware. Raises InvalidApplication for options that make no sense."""
    problems = []
    if not zone_exists(zone):
        problems.append(Problem("--zone", f"{zone} is not a known time zone; one looks like Europe/Berlin"))
    if country is not None and country.upper() not in known_countries():
        problems.append(Problem("--country", f"{country} is not a known country; use two letters such as US"))
    try:
        moment = datetime.fromisoformat(now) if now else process_clock().now()
    except ValueError:
        problems.append(Problem("--now", f"{now} is not a time such as 2026-11-03T15:00:00-05:00"))
    else:
        problems.extend(year_problems(moment, "--now"))
    if problems:
        raise InvalidApplication(tuple(problems))
    return moment


def bytes_of(file: str, most: int = -1) -> bytes:
    """The bytes of a file, or of standard input for `-`, at most so many. Raises InvalidApplication."""
    if file == "-":
        return sys.stdin.buffer.read(most)
    try:
        with Path(file).open("rb") as source:
            return source.read(most)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise InvalidApplication((Problem(file, f"cannot be read: {reason}"),)) from None


def write_to_file(file: str, data: bytes) -> None:
    """Write a file that only its owner may read, whole or not at all. Raises InvalidApplication."""
    from afterword.store.backups import write_private

    place = Path(file)
    try:
        if place.exists() and not place.is_file():
            place.write_bytes(data)  # a device, which must stay one
        else:
            write_private(place.resolve(), data)  # what a link leads to, so that it stays a link
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise InvalidApplication((Problem(file, f"cannot be written: {reason}"),)) from None


def write_to_output(data: bytes) -> None:
    """Write to standard output. Raises InvalidApplication where nobody takes it."""
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is left is not tried again
        raise InvalidApplication((Problem("standard output", f"took no more: {error.strerror}"),)) from None


def check_content(chosen: argparse.Namespace) -> int:
    """Check content/ as a whole; every problem goes to standard error, with its file and line."""
    from afterword.content.lines import located
    from afterword.content.style import style_problems

    folder = Path(chosen.folder) if chosen.folder else CONTENT
    try:
        handbook = load_handbook(folder)
        problems = (*style_problems(handbook), *plan_problems(handbook))
    except BrokenContent as error:
        problems = error.problems
    if problems:
        print(*(located(problem, folder) for problem in problems), sep="\n", file=sys.stderr)
        return WRONG_INPUT
    print(
        f"{len(handbook.rules)} rules, {len(handbook.sources)} sources, {len(handbook.guide)} guide pages, "
        f"{len(handbook.scenarios)} scenarios, {len(handbook.messages)} messages, {len(handbook.agendas)} agendas: sound"
    )
    return 0
