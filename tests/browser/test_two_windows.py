"""Two windows on one application: nothing is lost, nothing is logged twice, and it is said."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from afterword.desk import Desk
from tests.browser.acts import (
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
from tests.desk.cast import FERNBRIDGE

NewPage = Callable[..., Page]
Windows = tuple[str, Page, Page]
EDIT = "Edit job and contact: Fernbridge"
THANKS = "Say thanks to each person who interviewed you: Ada Okafor"


@pytest.fixture(scope="module")
def dated_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    started = dated(tmp_path_factory.mktemp("data"))
    yield started
    started.stop()


@pytest.fixture
def desk(dated_server: Server) -> Desk:
    return desk_on(dated_server)


@pytest.fixture
def windows(dated_server: Server, new_page: NewPage, desk: Desk) -> Windows:
    """An application, and two windows on its page."""
    case = desk.add(FERNBRIDGE)
    mine, other = (new_page(address_of(dated_server, case.id)) for _ in range(2))
    for page in (mine, other):
        expect(page.get_by_role("heading", name="How it ended")).to_be_visible()
        unfold(page, "Interviews and people")
    return case.id, mine, other


def begin(page: Page) -> None:
    press(page, EDIT)
    expect(page.get_by_role("textbox", name="Company", exact=True)).to_be_focused()


def fill(page: Page, name: str, words: str) -> None:
    reach(page, page.get_by_role("textbox", name=name, exact=True))
    retype(page, words)


def save(page: Page) -> None:
    press(page, "Save and plan anew")


def test_edits_of_two_windows_that_do_not_clash_are_both_kept(windows: Windows, desk: Desk) -> None:
    case, mine, other = windows
    begin(mine)
    begin(other)
    fill(other, "Place", "Oslo")
    save(other)
    expect(button(other, EDIT)).to_be_focused()
    fill(mine, "Where did you find it?", "A friend")
    save(mine)
    expect(mine.get_by_text("Your change and the other one are both kept.")).to_be_visible()
    expect(mine.get_by_text("Data analyst · Oslo · A friend")).to_be_visible()
    expect(button(mine, EDIT)).to_be_focused()
    kept = desk.open(case).application
    assert (kept.location, kept.source) == ("Oslo", "A friend")


@pytest.mark.parametrize(
    ("theirs", "kept", "left_out"), [(False, "Planner", "Team lead"), (True, "Team lead", "Planner")]
)
def test_edits_of_the_same_thing_are_both_shown_and_what_was_not_chosen_stands_in_the_history(
    windows: Windows, desk: Desk, theirs: bool, kept: str, left_out: str
) -> None:
    case, mine, other = windows
    begin(mine)
    begin(other)
    fill(other, "Role", "Team lead")
    fill(other, "Place", "Oslo")
    save(other)
    expect(button(other, EDIT)).to_be_focused()
    fill(mine, "Role", "Planner")
    save(mine)
    expect(mine.get_by_text("Another window changed the same thing")).to_be_visible()
    choices = mine.get_by_role("radiogroup", name="The role").get_by_role("radio")
    expect(choices).to_have_count(2)
    expect(mine.get_by_role("radio", name="Mine: Planner")).to_be_focused()
    expect(mine.get_by_role("radio", name="The other window's: Team lead")).to_be_visible()
    assert desk.open(case).application.role == "Team lead"
    if theirs:
        mine.keyboard.press("ArrowDown")
        expect(choices.nth(1)).to_be_checked()
    press(mine, "Save what I chose")
    expect(mine.get_by_text(f"{kept} · Oslo")).to_be_visible()
    expect(button(mine, EDIT)).to_be_focused()
    assert (desk.open(case).application.role, desk.open(case).application.location) == (kept, "Oslo")
    press(mine, "History")
    expect(mine.get_by_text(f"The role. Not kept: {left_out}").last).to_be_visible()


def test_an_entry_that_both_windows_change_shows_the_others_first(windows: Windows, desk: Desk) -> None:
    case, mine, other = windows
    press(mine, "I've thanked Ada Okafor")
    expect(button(mine, "Undo: Ada Okafor")).to_be_focused()
    other.reload()
    for page in (mine, other):
        page.get_by_role("button", name="Change: Ada Okafor").first.press("Enter")
        expect(page.get_by_role("button", name="Save the change")).to_be_visible()
    choose(other, "Phone")
    press(other, "Save the change")
    expect(other.get_by_text("Thanked by phone today").first).to_be_visible()
    choose(mine, "Post")
    press(mine, "Save the change")
    expect(mine.get_by_text("Another window changed this meanwhile. It now reads:")).to_contain_text(
        "thanked Ada Okafor by phone"
    )
    assert desk.open(case).application.log[0].channel == "phone"
    press(mine, "Save the change")
    expect(mine.get_by_text("Thanked by post today").first).to_be_visible()
    (entry,) = desk.open(case).application.log
    assert entry.channel == "post"


def choose(page: Page, way: str) -> None:
    field = page.get_by_role("combobox", name="How?")
    reach(page, field)
    page.keyboard.type(way)
    expect(page.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(field).to_have_value(way)


def test_what_was_deleted_in_the_other_window_says_so(windows: Windows, desk: Desk) -> None:
    case, mine, other = windows
    begin(mine)
    fill(mine, "Place", "Oslo")
    press(other, "Delete Fernbridge")
    expect(other.get_by_text("Fernbridge was deleted.")).to_be_visible()
    save(mine)
    gone = mine.get_by_text("This application was deleted in another window.")
    expect(gone).to_be_visible()
    box = mine.get_by_role("checkbox", name=THANKS)
    reach(mine, box)
    mine.keyboard.press("Space")
    expect(gone).to_have_count(2)
    expect(box).to_have_count(0)
    press(other, "Undo: bring Fernbridge back")
    expect(other.get_by_text("Fernbridge was deleted.")).to_have_count(0)
    kept = desk.open(case).application
    assert (kept.location, kept.log) == (None, ())


def test_a_step_ticked_in_two_windows_is_logged_once(windows: Windows, desk: Desk) -> None:
    case, mine, other = windows
    for page in (mine, other):
        reach(page, page.get_by_role("checkbox", name=THANKS))
        page.keyboard.press("Space")
        expect(page.get_by_text("Thanked by email today")).to_have_count(2)
        expect(page.get_by_role("checkbox", name=THANKS)).to_be_checked()
        expect(page.get_by_role("checkbox", name=THANKS)).to_be_focused()
    assert len(desk.open(case).application.log) == 1


def test_a_double_click_and_a_click_in_the_other_window_log_once(windows: Windows, desk: Desk) -> None:
    case, mine, other = windows
    button(mine, "I've thanked Ada Okafor").dblclick()
    expect(button(mine, "Undo: Ada Okafor")).to_be_visible()
    settled(mine)
    button(other, "I've thanked Ada Okafor").click()
    expect(other.get_by_text("so nothing was logged.")).to_be_visible()
    expect(button(other, "Undo: Ada Okafor")).to_be_visible()
    expect(other.get_by_role("checkbox", name=THANKS)).to_be_checked()
    assert len(desk.open(case).application.log) == 1
