"""Writing in a real browser: by keyboard alone, kept over a page change and a crash, and handed over whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from afterword.domain.model import EntryKind, ThanksBy
from afterword.domain.you import You
from tests.browser.acts import add_interview, button, choose, dated, desk_on, press, reach, retype, settled
from tests.browser.conftest import Server
from tests.desk.cast import ADA, FERNBRIDGE, with_round

Opened = Callable[..., Page]
NOTED = replace(ADA, notes="The move to a new ledger.", phone="+1 212 555 0101")
WHY = "Why do you want this job?"
SENT = "I sent it to Ada Okafor"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """Alice's server an hour after her interview at Fernbridge."""
    started = dated(tmp_path)
    desk = desk_on(started)
    desk.introduce(You(name="Alice Ashby", zone="America/New_York"))
    desk.add(replace(with_round(interviewers=(NOTED,)), id="a1"))
    yield started
    started.stop()


def address(server: Server) -> str:
    """Where the thank-you to Ada is written."""
    return f"{server.url}/write?id=a1&step={desk_on(server).open('a1').plan.steps[0].id}"


def write(page: Page, name: str, words: str) -> None:
    """Type into a field in place of what it holds, and leave it."""
    page.get_by_role("textbox", name=name).first.click()
    retype(page, words)


def test_from_a_due_step_to_a_sent_message_and_back_by_keyboard_alone(
    server: Server, new_page: Opened
) -> None:
    page = new_page(server.url)
    link = page.get_by_role("link", name="Write the thank-you to Ada Okafor")
    reach(page, link)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Email your thanks to Ada Okafor")
    reach(page, page.get_by_role("textbox", name=WHY))
    retype(page, "it is close to what I do now")
    message = page.get_by_role("textbox", name="Message", exact=True)
    expect(message).to_have_value(holding("because it is close to what I do now."))
    reach(page, message)
    page.keyboard.press("ControlOrMeta+End")
    page.keyboard.type("\nPS: the ledger has a name by now")
    page.keyboard.press("Tab")
    expect(page.get_by_text("This is your own text now")).to_be_visible()
    settled(page)
    expect(page.get_by_text("Do not send it yet")).to_have_count(0)
    press(page, SENT)
    undo = button(page, "Undo: Ada Okafor")
    expect(undo).to_be_focused()
    (entry,) = desk_on(server).open("a1").application.log
    assert (entry.kind, entry.withdrawn_at) == (EntryKind.THANK_YOU, None)
    assert (entry.text or "").endswith("PS: the ledger has a name by now")
    page.keyboard.press("Enter")
    expect(button(page, SENT)).to_be_focused()
    expect(message).to_have_value(holding("PS: the ledger"))
    assert desk_on(server).open("a1").application.log[0].withdrawn_at is not None


def holding(part: str) -> re.Pattern[str]:
    """A pattern for a value that holds these words."""
    return re.compile(re.escape(part))


def test_the_hand_stays_in_the_fields_while_they_are_kept(server: Server, new_page: Opened) -> None:
    page = new_page(address(server))
    subject = page.get_by_role("textbox", name="Subject", exact=True)
    subject.click()
    retype(page, "Thanks: Data analyst")
    expect(page.get_by_text("This is your own text now")).to_be_visible()
    expect(page.get_by_role("textbox", name="Message", exact=True)).to_be_focused()


def test_a_draft_survives_a_page_change_and_a_killed_server(server: Server, new_page: Opened) -> None:
    page = new_page(address(server))
    write(page, WHY, "the work is near")
    write(page, "Message", "Dear Ada Okafor, these words are mine")
    expect(page.get_by_text("This is your own text now")).to_be_visible()
    server.kill()
    server.start()
    again = new_page(address(server))
    expect(again.get_by_role("textbox", name="Message", exact=True)).to_have_value(
        "Dear Ada Okafor, these words are mine"
    )
    expect(again.get_by_role("textbox", name=WHY)).to_have_value("the work is near")
    again.get_by_role("link", name="Guide").first.click()
    expect(again.get_by_role("heading", level=1)).to_have_text("Guide")
    again.go_back()
    expect(again.get_by_role("textbox", name="Message", exact=True)).to_have_value(
        "Dear Ada Okafor, these words are mine"
    )


def test_a_guests_draft_lives_in_the_guests_browser_and_survives_a_reload_and_a_killed_server(
    server: Server, new_page: Opened
) -> None:
    bob = new_page(f"http://afterword.example:{server.port}")
    add_interview(bob, "Bob's marker company", people="Mei Tan")
    bob.get_by_role("link", name="Write the thank-you to Mei Tan").click()
    expect(bob.get_by_role("heading", level=1)).to_have_text("Email your thanks to Mei Tan")
    write(bob, "Message", "Dear Mei Tan, marker company words of mine")
    bob.wait_for_function("Object.keys(localStorage).some(name => name.startsWith('afterword/draft/'))")
    bob.reload()
    message = bob.get_by_role("textbox", name="Message", exact=True)
    expect(message).to_have_value("Dear Mei Tan, marker company words of mine")
    server.kill()
    server.start()
    bob.reload()
    expect(message).to_have_value("Dear Mei Tan, marker company words of mine")
    files = (file for file in server.folder.rglob("*") if file.is_file())
    assert [file for file in files if b"marker company" in file.read_bytes()] == []


def test_charlie_who_comes_by_another_host_sees_nothing_of_alices_draft(
    server: Server, new_page: Opened
) -> None:
    alice = new_page(address(server))
    write(alice, "Message", "a secret of Alice's")
    expect(alice.get_by_text("This is your own text now")).to_be_visible()
    charlie = new_page(address(server).replace("127.0.0.1", "afterword.example"))
    expect(charlie.get_by_role("heading", level=1)).to_have_text("Nothing to write here")
    assert "secret" not in charlie.content()


def test_two_windows_on_one_draft_show_both(server: Server, new_page: Opened) -> None:
    mine, other = new_page(address(server)), new_page(address(server))
    settled(other)
    write(other, WHY, "words of the other")
    expect(other.get_by_role("textbox", name="Message", exact=True)).to_have_value(
        holding("words of the other")
    )
    write(mine, WHY, "words of mine")
    expect(mine.get_by_text("Another window kept this draft meanwhile.")).to_be_visible()
    expect(mine.get_by_text("words of the other").first).to_be_visible()
    expect(mine.get_by_text("words of mine").first).to_be_visible()
    button(mine, "Keep what I wrote here").click()
    expect(mine.get_by_role("textbox", name=WHY)).to_have_value("words of mine")


# Handing it over


def test_the_browser_checks_the_spelling_of_what_is_written(server: Server, new_page: Opened) -> None:
    page = new_page(address(server))
    for name in (WHY, "Subject", "Message"):
        assert page.get_by_role("textbox", name=name).first.evaluate("field => field.spellcheck")


def test_the_message_goes_onto_the_clipboard(server: Server, new_page: Opened) -> None:
    page = new_page(address(server), permissions=["clipboard-read", "clipboard-write"])
    button(page, "Copy the message").click()
    expect(page.get_by_text("Copied.")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.get_by_role("textbox", name="Message", exact=True).input_value()
    button(page, "Copy the subject").click()
    page.wait_for_function(
        "navigator.clipboard.readText().then(t => t.startsWith('Thank you for the interview'))"
    )


def test_words_typed_right_before_are_copied_too(server: Server, new_page: Opened) -> None:
    page = new_page(address(server), permissions=["clipboard-read", "clipboard-write"])
    # Until it is there, it hears of nothing that is typed.
    expect(button(page, "Copy the message")).to_be_visible()
    settled(page)
    page.get_by_role("textbox", name="Message", exact=True).click()
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type("Dear Ada Okafor, to the last word")
    button(page, "Copy the message").click()
    expect(page.get_by_text("Copied.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "Dear Ada Okafor, to the last word"


@pytest.mark.parametrize("is_refused", [False, True])
def test_without_a_secure_context_the_older_way_is_tried_and_else_the_text_stands_selected(
    server: Server, new_page: Opened, is_refused: bool
) -> None:
    bob = new_page(f"http://afterword.example:{server.port}")
    assert not bob.evaluate("isSecureContext")
    add_interview(bob, "Pell Labs", people="Mei Tan")
    bob.get_by_role("link", name="Write the thank-you to Mei Tan").click()
    expect(button(bob, "Copy the message")).to_be_visible()
    settled(bob)
    if is_refused:
        bob.evaluate("document.execCommand = () => false")
    button(bob, "Copy the message").click()
    if not is_refused:
        expect(bob.get_by_text("Copied.")).to_be_visible()
        return
    expect(bob.get_by_text("press Ctrl+C")).to_be_visible()
    box = bob.get_by_role("textbox", name="Copy the message")
    expect(box).to_be_focused()
    assert box.evaluate("box => box.value.slice(box.selectionStart, box.selectionEnd)").startswith(
        "Dear Mei Tan"
    )


def test_the_links_open_the_mail_program_and_dial_the_number(server: Server, new_page: Opened) -> None:
    page = new_page(address(server))
    write(page, "Subject", "Q&A: thanks? #1 = 100%")
    link = page.get_by_role("link", name="Open in my mail program")
    expect(link).to_have_attribute(
        "href", holding("subject=Q%26A%3A%20thanks%3F%20%231%20%3D%20100%25&body=")
    )
    parts = urlsplit(link.get_attribute("href") or "")
    assert (parts.scheme, parts.path) == ("mailto", "ada@fernbridge.example")
    body = parse_qs(parts.query)["body"][0].replace("\r\n", "\n")
    assert body == page.get_by_role("textbox", name="Message", exact=True).input_value()
    with page.expect_download() as download:
        button(page, "Download as a draft (.eml)").click()
    assert b"X-Unsent: 1\r\n" in Path(download.value.path()).read_bytes()
    choose(page, "Thank-you call")
    expect(page.get_by_role("link", name="Call Ada Okafor: +1 212 555 0101")).to_have_attribute(
        "href", "tel:+12125550101"
    )


def test_a_script_its_number_and_the_voicemail_fit_on_one_screen(server: Server, new_page: Opened) -> None:
    desk = desk_on(server)
    case = desk.open("a1")
    desk.correct(replace(with_round(interviewers=(NOTED,), thanks_by=ThanksBy.PHONE), id="a1"), case.version)
    page = new_page(address(server))
    first = page.get_by_role("link", name="Call Ada Okafor")
    last = page.get_by_role("textbox", name="If you reach their voicemail")
    expect(last).to_be_visible()
    settled(page)
    top, bottom = first.bounding_box(), last.bounding_box()
    assert top
    assert bottom
    assert bottom["y"] + bottom["height"] - top["y"] < 900
    assert FERNBRIDGE.role in page.get_by_role("textbox", name="What to say").input_value()
