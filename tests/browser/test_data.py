"""Your data, taken along, brought back, erased; and an invitation dropped on the first form."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.acts import add_interview, settled, unfold
from tests.browser.conftest import Server

Opened = Callable[..., Page]
MARKER = "Marker & Sons"
INVITATION = """BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
UID:1
DTSTART;TZID=America/New_York:20991203T140000
DTEND;TZID=America/New_York:20991203T145000
SUMMARY:Interview: Data analyst at Fernbridge
ORGANIZER;CN=Jo Lind:mailto:jo@fernbridge.example
ATTENDEE;CN=Ada Okafor:mailto:ada@fernbridge.example
END:VEVENT
END:VCALENDAR
""".replace("\n", "\r\n")


def guests(server: Server, path: str = "/") -> str:
    """An address at which everybody is a guest."""
    return f"http://afterword.example:{server.port}{path}"


def downloaded(page: Page, button: str, folder: Path) -> Path:
    """The file that a button makes."""
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def dropped(page: Page, name: str, data: bytes, kind: str) -> None:
    """Drop a file on the only place for one."""
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": kind, "buffer": data})


def holds(folder: Path, marker: bytes) -> list[Path]:
    """The files of a folder in which a text stands."""
    return [file for file in folder.rglob("*") if file.is_file() and marker in file.read_bytes()]


def test_the_owner_takes_a_backup_erases_everything_from_the_disk_and_brings_it_back(
    server: Server, new_page: Opened
) -> None:
    page = new_page(server.url)
    add_interview(page, MARKER)
    page.goto(f"{server.url}/data")
    files = server.folder.parent / f"{server.folder.name}-taken"
    files.mkdir()
    backup = downloaded(page, "Download a backup", files)
    assert json.loads(backup.read_text("utf-8"))["applications"][0]["application"]["company"] == MARKER
    assert holds(server.folder, b"Marker &")

    erase = page.get_by_role("button", name="Erase everything")
    expect(erase).to_be_disabled()
    page.get_by_label("Type “erase” to go on").fill("erase")
    expect(erase).to_be_enabled()
    erase.click()
    expect(page.get_by_text("Everything is erased.")).to_be_visible()
    settled(page)
    assert holds(server.folder, b"Marker &") == []

    dropped(page, "backup.json", backup.read_bytes(), "application/json")
    expect(page.get_by_text("In this backup: 1 new, 0 changed and 0 the same.")).to_be_visible()
    page.get_by_role("button", name="Bring it back").click()
    expect(page.get_by_text("The backup is back: 1 new")).to_be_visible()
    page.goto(server.url)
    expect(page.get_by_text(MARKER).first).to_be_visible()


def test_a_guests_file_opens_for_the_owner_and_the_owners_for_a_guest(
    server: Server, new_page: Opened
) -> None:
    files = server.folder.parent / f"{server.folder.name}-taken"
    files.mkdir()
    guest = new_page(guests(server))
    add_interview(guest, MARKER)
    guest.goto(guests(server, "/data"))
    backup = downloaded(guest, "Download a backup", files)

    owner = new_page(f"{server.url}/data")
    dropped(owner, "backup.json", backup.read_bytes(), "application/json")
    owner.get_by_role("button", name="Bring it back").click()
    expect(owner.get_by_text("The backup is back: 1 new")).to_be_visible()
    settled(owner)
    again = downloaded(owner, "Download a backup", files)

    other = new_page(guests(server, "/data"))
    dropped(other, "backup.json", again.read_bytes(), "application/json")
    other.get_by_role("button", name="Bring it back").click()
    expect(other.get_by_text("The backup is back: 1 new")).to_be_visible()
    settled(other)
    other.goto(guests(server))
    expect(other.get_by_text(MARKER).first).to_be_visible()


def test_one_tap_erases_what_a_guest_has_in_the_browser(shared_server: Server, new_page: Opened) -> None:
    guest = new_page(guests(shared_server))
    add_interview(guest, MARKER)
    guest.goto(guests(shared_server, "/data"))
    expect(guest.get_by_text("in this browser's own storage")).to_be_visible()
    guest.get_by_role("button", name="Erase everything in this browser").click()
    expect(guest.get_by_text("Everything in this browser is erased.")).to_be_visible()
    guest.wait_for_function("!Object.keys(localStorage).some(name => name.startsWith('afterword/'))")
    guest.goto(guests(shared_server))
    expect(guest.get_by_role("heading", level=1)).to_have_text("Just out of an interview?")


def test_a_file_that_is_no_backup_is_refused_in_sentences_and_nothing_changes(
    shared_server: Server, new_page: Opened
) -> None:
    guest = new_page(guests(shared_server))
    add_interview(guest, MARKER)
    guest.goto(guests(shared_server, "/data"))
    dropped(guest, "backup.json", b'{"applications": [{"company": 7}]}', "application/json")
    expect(guest.get_by_text("This file cannot be brought back, and nothing was changed:")).to_be_visible()
    expect(guest.get_by_role("button", name="Bring it back")).to_have_count(0)
    guest.goto(guests(shared_server))
    expect(guest.get_by_text(MARKER).first).to_be_visible()


def test_everything_one_application_and_one_step_go_into_a_calendar(
    shared_server: Server, new_page: Opened, tmp_path: Path
) -> None:
    guest = new_page(guests(shared_server))
    add_interview(guest, MARKER)
    guest.goto(guests(shared_server, "/data"))
    everything = downloaded(guest, "Download a calendar file", tmp_path)
    assert everything.read_text("utf-8").count("BEGIN:VEVENT") == 2
    guest.goto(guests(shared_server, "/applications"))
    guest.get_by_role("link", name=f"Open {MARKER}").click()
    unfold(guest, "Into your calendar")
    expect(guest.get_by_role("link", name="Google: Email your thanks")).to_be_visible()
    one = downloaded(guest, "Calendar file: Marker", tmp_path)
    assert one.read_text("utf-8").count("BEGIN:VALARM") == 2
    step = downloaded(guest, "File: Email your thanks", tmp_path)
    assert step.read_text("utf-8").count("BEGIN:VEVENT") == 1


def test_an_invitation_fills_the_first_form_for_correction(shared_server: Server, new_page: Opened) -> None:
    guest = new_page(guests(shared_server))
    guest.get_by_text("Do you have an invitation as a calendar file?").click()
    dropped(guest, "invitation.ics", INVITATION.encode(), "text/calendar")
    expect(guest.get_by_text("Read from the invitation: correct it before you save.")).to_be_visible()
    expect(guest.get_by_label("Company", exact=True)).to_have_value("Fernbridge")
    expect(guest.get_by_role("radio", name="It is still ahead")).to_be_checked()
    guest.get_by_role("button", name="Show my plan").click()
    expect(guest.get_by_text("Saved. This is your plan.")).to_be_visible()
    expect(guest.get_by_text("The interview ends Thu 3 Dec 2099.")).to_be_visible()
    log = (shared_server.folder / "server.log").read_text("utf-8")
    assert "Session State API" not in log


def test_a_file_that_is_no_invitation_is_refused_in_a_sentence(
    shared_server: Server, new_page: Opened
) -> None:
    guest = new_page(guests(shared_server))
    guest.get_by_label("Company", exact=True).fill("Typed before")
    guest.get_by_text("Do you have an invitation as a calendar file?").click()
    dropped(guest, "invitation.ics", b"not a calendar", "text/calendar")
    expect(guest.get_by_role("alert").first).to_be_visible()
    expect(guest.get_by_label("Company", exact=True)).to_have_value("Typed before")
