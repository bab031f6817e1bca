"""An application's page by keyboard alone: everything can be reached, and the hand stays where it was."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from afterword.desk import Desk
from afterword.domain.model import Application
from tests.browser.acts import (
    PHASES,
    address_of,
    button,
    dated,
    desk_on,
    press,
    reach,
    retype,
    settled,
    unfold,
)
from tests.browser.conftest import Server
from tests.desk.cast import ADA, FERNBRIDGE, at, with_round

NewPage = Callable[..., Page]
Opened = Callable[[Application], tuple[Page, str]]
MEI = replace(ADA, name="Mei Tan", email="mei@fernbridge.example")


@pytest.fixture(scope="module")
def dated_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    started = dated(tmp_path_factory.mktemp("data"))
    yield started
    started.stop()


@pytest.fixture
def desk(dated_server: Server) -> Desk:
    return desk_on(dated_server)


@pytest.fixture
def opened(dated_server: Server, new_page: NewPage, desk: Desk) -> Opened:
    """Keeps an application and opens its page."""

    def open_one(application: Application) -> tuple[Page, str]:
        case = desk.add(application)
        page = new_page(address_of(dated_server, case.id))
        expect(page.get_by_role("heading", name="How it ended")).to_be_visible()
        unfold(page, "Interviews and people", "History")
        return page, case.id

    return open_one


def test_an_interview_gets_another_name_and_its_people_are_added_ordered_and_removed(
    opened: Opened, desk: Desk
) -> None:
    page, case_id = opened(FERNBRIDGE)
    press(page, "Edit or move Panel")
    label = page.get_by_role("textbox", name="What is this interview called?")
    expect(label).to_be_focused()
    retype(page, "Panel with design")
    names = page.get_by_role("textbox", name="Name")
    for place, name in enumerate(("Mei Tan", "Luis Prado"), start=1):
        press(page, "Add a person")
        expect(names.nth(place)).to_be_focused()
        retype(page, name)
        expect(button(page, f"Remove {name}")).to_be_visible()
    press(page, "Move Luis Prado up")
    expect(names.nth(1)).to_have_value("Luis Prado")
    expect(button(page, "Move Luis Prado up")).to_be_focused()
    page.keyboard.press("Enter")
    expect(names.nth(0)).to_have_value("Luis Prado")
    expect(button(page, "Move Luis Prado down")).to_be_focused()
    press(page, "Remove Ada Okafor")
    expect(names).to_have_count(2)
    expect(button(page, "Add a person")).to_be_focused()
    press(page, "Save and plan anew")
    expect(page.get_by_role("heading", name="Panel with design")).to_be_visible()
    expect(button(page, "Edit or move Panel with design")).to_be_focused()
    expect(page.get_by_role("heading", name="Email your thanks to Luis Prado")).to_be_visible()
    expect(page.get_by_role("heading", name="Email your thanks to Ada Okafor")).to_have_count(0)
    (kept,) = desk.open(case_id).application.rounds
    assert kept.label == "Panel with design"
    assert [person.name for person in kept.interviewers] == ["Luis Prado", "Mei Tan"]


def test_an_interview_moved_to_another_day_moves_every_date(opened: Opened, desk: Desk) -> None:
    page, case_id = opened(with_round(ended_at=at("2026-10-29 15:00"), promise=None))
    press(page, "The whole plan")
    expect(button(page, "Close: The whole plan")).to_be_focused()
    unfold(page, *PHASES)
    before = ("This was due Thu 29 Oct.", "Quiet until tomorrow", "rom Thu 5 Nov, by Mon 9 Nov")
    after = ("This was due yesterday.", "Quiet until Sun 8 Nov", "rom Mon 9 Nov, by Thu 12 Nov")
    counts = (2, 1, 3)  # on the card, in the whole plan, and on the checklist
    for days, count in zip(before, counts, strict=True):
        expect(page.get_by_text(days)).to_have_count(count)
    planned = desk.open(case_id).plan.steps

    press(page, "Edit or move Panel")
    expect(page.get_by_role("textbox", name="What is this interview called?")).to_be_focused()
    day = page.get_by_role("group", name="When did it end?").get_by_role("spinbutton", name="day")
    reach(page, day)
    page.keyboard.type("0211")  # the hand goes on to the month by itself
    page.keyboard.press("Tab")
    press(page, "Save and plan anew")
    expect(page.get_by_text("Ended yesterday at 15:00.")).to_be_visible()
    expect(button(page, "Edit or move Panel")).to_be_focused()
    for days, count in zip(after, counts, strict=True):
        expect(page.get_by_text(days)).to_have_count(count)
    for days in before:
        expect(page.get_by_text(days)).to_have_count(0)
    newly = desk.open(case_id).plan.steps
    assert desk.open(case_id).application.rounds[0].ended_at == at("2026-11-02 15:00")
    assert [step.id for step in newly] == [step.id for step in planned]
    assert all(new.due > old.due for new, old in zip(newly, planned, strict=True))


def test_notes_are_kept_for_each_person(opened: Opened, desk: Desk) -> None:
    page, case_id = opened(with_round(interviewers=(ADA, MEI)))
    press(page, "Notes on Panel")
    expect(page.get_by_role("textbox", name="Notes on Ada Okafor")).to_be_focused()
    retype(page, "Likes sailing")
    expect(page.get_by_role("textbox", name="Notes on Mei Tan")).to_be_focused()
    retype(page, "Asked about SQL")
    press(page, "Save the notes")
    expect(button(page, "Notes on Panel")).to_be_focused()
    for words in ("Likes sailing", "Asked about SQL"):
        expect(page.get_by_role("listitem").filter(has_text=words)).to_be_visible()
    (kept,) = desk.open(case_id).application.rounds
    assert [person.notes for person in kept.interviewers] == ["Likes sailing", "Asked about SQL"]


def test_a_second_interview_is_added_moved_removed_and_brought_back(opened: Opened, desk: Desk) -> None:
    page, case_id = opened(FERNBRIDGE)

    def labels() -> list[str]:
        return [round.label for round in desk.open(case_id).application.rounds]

    headings = page.locator("[class*=st-key-interview-]").get_by_role("heading")
    press(page, "Add an interview at Fernbridge")
    expect(page.get_by_role("textbox", name="What is this interview called?")).to_be_focused()
    retype(page, "Final talk")
    reach(page, page.get_by_role("radio", name="It is over"))
    page.keyboard.press("ArrowDown")
    expect(page.get_by_text("When does it start?").first).to_be_visible()
    press(page, "Save and plan anew")
    expect(headings).to_have_text(["Panel", "Final talk"])
    expect(button(page, "Add an interview at Fernbridge")).to_be_focused()
    expect(page.get_by_role("heading", name="Ask when and how you will hear")).to_be_visible()
    assert labels() == ["Panel", "Final talk"]

    press(page, "Move Final talk up")
    expect(button(page, "Move Final talk down")).to_be_focused()
    expect(headings).to_have_text(["Final talk", "Panel"])
    assert labels() == ["Final talk", "Panel"]
    page.keyboard.press("Enter")
    expect(button(page, "Move Final talk up")).to_be_focused()
    assert labels() == ["Panel", "Final talk"]

    press(page, "Remove Final talk")
    expect(page.get_by_text("Final talk was removed.")).to_be_visible()
    expect(button(page, "Undo: bring Final talk back")).to_be_focused()
    expect(page.get_by_role("heading", name="Ask when and how you will hear")).to_have_count(0)
    assert labels() == ["Panel"]
    page.keyboard.press("Enter")
    expect(button(page, "Edit or move Final talk")).to_be_focused()
    expect(page.get_by_role("heading", name="Ask when and how you will hear")).to_be_visible()
    assert labels() == ["Panel", "Final talk"]


def test_the_job_and_its_contact_are_changed(opened: Opened, desk: Desk) -> None:
    page, case_id = opened(replace(FERNBRIDGE, contact=None))
    expect(page.get_by_text("No contact is written down yet.")).to_be_visible()
    press(page, "Edit job and contact: Fernbridge")
    expect(page.get_by_role("textbox", name="Company", exact=True)).to_be_focused()
    for name, words in {"Place": "Oslo", "Name": "Jo Lind", "Email": "jo@fernbridge.example"}.items():
        reach(page, page.get_by_role("textbox", name=name, exact=True))
        retype(page, words)
    press(page, "Save and plan anew")
    expect(button(page, "Edit job and contact: Fernbridge")).to_be_focused()
    expect(page.get_by_text("Contact: Jo Lind")).to_be_visible()
    expect(page.get_by_text("Data analyst · Oslo")).to_be_visible()
    contact = desk.open(case_id).application.contact
    assert (contact.name, contact.email) == ("Jo Lind", "jo@fernbridge.example")


def test_a_note_stands_in_the_history_where_it_is_changed_taken_back_and_put_back(
    opened: Opened, desk: Desk
) -> None:
    page, case_id = opened(FERNBRIDGE)
    press(page, "Add a note about Fernbridge")
    expect(page.get_by_role("textbox", name="Your note")).to_be_focused()
    retype(page, "They will move to Oslo")
    press(page, "Save the note")
    expect(button(page, "Add a note about Fernbridge")).to_be_focused()
    expect(page.get_by_text("2 lines, the latest first.")).to_be_visible()
    expect(page.get_by_text("noted “They will move to Oslo”")).to_be_visible()

    change = page.get_by_role("button", name="Change: note")
    reach(page, change)
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox", name="Your note")).to_be_visible()
    reach(page, page.get_by_role("textbox", name="Your note"))
    retype(page, "They will move to Bergen")
    press(page, "Save the change")
    expect(page.get_by_text("noted “They will move to Bergen”")).to_be_visible()
    expect(change).to_be_focused()

    take_back, put_back = (
        page.get_by_role("button", name=name) for name in ("Take back: note", "Put back: note")
    )
    reach(page, take_back)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Taken back today at").first).to_be_visible()
    expect(put_back).to_be_focused()
    assert desk.open(case_id).application.log[0].withdrawn_at is not None
    page.keyboard.press("Enter")
    expect(page.get_by_text("Taken back today at")).to_have_count(0)
    expect(take_back).to_be_focused()
    (entry,) = desk.open(case_id).application.log
    assert (entry.text, entry.withdrawn_at) == ("They will move to Bergen", None)


ENDINGS = {
    "They made me an offer": "They made an offer",
    "I accepted their offer": "You accepted their offer",
    "I declined their offer": "You declined their offer",
    "They said no": "They said no",
    "I withdrew": "You withdrew",
    "No answer ever came": "Closed without an answer",
}


def test_each_way_to_end_is_recorded_and_undone(opened: Opened, desk: Desk) -> None:
    page, case_id = opened(FERNBRIDGE)
    for downs, (answer, said) in enumerate(ENDINGS.items()):
        press(page, "Say how it ended: Fernbridge")
        choices = page.get_by_role("radiogroup", name="How did it end with Fernbridge?").get_by_role("radio")
        expect(choices.first).to_be_focused()
        page.keyboard.press("Space")
        for _ in range(downs):
            page.keyboard.press("ArrowDown")
        expect(page.get_by_role("radio", name=answer)).to_be_checked()
        settled(page)
        press(page, "Save how it ended")
        expect(page.get_by_text(f"Noted: {said[:1].lower()}{said[1:]}. The plan is new.")).to_be_visible()
        expect(button(page, "Undo what I noted")).to_be_focused()
        assert desk.open(case_id).application.outcome is not None
        page.keyboard.press("Enter")
        expect(page.get_by_text("It is still open.")).to_be_visible()
        expect(button(page, "I heard from Fernbridge")).to_be_focused()
        assert desk.open(case_id).application.outcome is None
