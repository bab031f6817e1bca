"""A workshop in real browsers, over plain HTTP by the name of another computer: Alice leads, Bob joins on a phone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from afterword.domain.workshop import choices_of
from tests.browser.acts import button, dated, focused, reach, settled
from tests.browser.axe import LOOKS, Bare, beyond
from tests.browser.conftest import Server
from tests.desk.cast import HANDBOOK
from tests.hall.rooms import KEY

Opened = Callable[..., Page]
AGENDA = HANDBOOK.agendas["forty-five"]
POLL, SECOND = AGENDA.blocks[:2]
SCENARIO = next(block for block in AGENDA.blocks if block.kind == "scenario")
PLAN = next(block for block in AGENDA.blocks if block.kind == "plan")
IN = "Your answer is in. You can change it until the result is shown."
PHONE = 375


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that was started for a workshop."""
    more = {"AFTERWORD_ROOM": "1", "AFTERWORD_LEADER_KEY": KEY}
    started = dated(tmp_path_factory.mktemp("workshop"), **more)
    yield started
    started.stop()


@dataclass
class Led:
    """A room in its leader's browser."""

    page: Page
    code: str
    new_page: Opened
    address: str

    def joined(self, width: int = PHONE, scheme: str = "light", **more: object) -> Page:
        """Somebody who took the address of the QR code."""
        member = self.new_page(f"{self.address}/join?code={self.code}", width, scheme, **more)
        expect(heading(member, POLL.title)).to_be_visible()
        return member

    def go_to(self, place: int, *seen_by: Page) -> None:
        """Go to a block, and wait until the others are there."""
        button(self.page, "Go to a block").click()
        self.page.get_by_role("menuitem", name=f"{place + 1}. ").click()
        for page in seen_by:
            expect(heading(page, AGENDA.blocks[place].title)).to_be_visible()

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name).click()


def heading(page: Page, title: str) -> object:
    return page.get_by_role("heading", level=1, name=title, exact=True)


def choose(page: Page, words: str) -> None:
    page.get_by_role("radiogroup").get_by_text(words, exact=True).click()
    expect(page.get_by_text(IN)).to_be_visible()


@pytest.fixture
def open_room(workshop: Server, new_page: Opened) -> Callable[..., Led]:
    """Opens a room as its leader does."""

    def opened(width: int = 1280, scheme: str = "light") -> Led:
        address = f"http://afterword.example:{workshop.port}"
        page = new_page(f"{address}/workshop", width, scheme)
        page.get_by_role("textbox", name="Leader's key").fill(KEY)
        page.get_by_role("button", name="Open a room").click()
        page.wait_for_url("**leader=**")
        expect(heading(page, AGENDA.title)).to_be_visible()
        expect(page.locator(".letters")).not_to_be_empty()
        code = page.locator(".letters").inner_text().replace(" ", "")
        return Led(page, code, new_page, address)

    return opened


@pytest.fixture
def alices(open_room: Callable[..., Led]) -> Led:
    return open_room()


def test_a_room_goes_along_with_its_leader_from_the_first_answer_to_the_erased_room(alices: Led) -> None:
    bob, dora = alices.joined(), alices.joined()
    screen = alices.new_page(f"{alices.address}/workshop?screen={alices.code}")
    expect(alices.page.get_by_text("2 joined. 0 answered.")).to_be_visible()
    choose(bob, POLL.options[0].words)
    choose(dora, POLL.options[1].words)
    expect(alices.page.get_by_text("2 joined. 2 answered.")).to_be_visible()
    expect(screen.get_by_text("2 here · 2 answered")).to_be_visible()
    expect(screen.get_by_test_id("stVegaLiteChart")).to_have_count(0)

    bob.reload()
    expect(bob.get_by_role("radio", name=POLL.options[0].words)).to_be_checked()
    choose(bob, POLL.options[1].words)
    alices.press("Show the result")
    for page in (bob, dora):
        expect(page.get_by_text(f"2 answered. Your answer: {POLL.options[1].words}")).to_be_visible()
    expect(screen.get_by_test_id("stVegaLiteChart")).to_be_visible()

    alices.press("Ask again")
    alices.press("Drop the answers and ask again")
    expect(bob.get_by_role("radio", name=POLL.options[1].words)).not_to_be_checked()
    expect(bob.get_by_text(IN)).to_have_count(0)
    expect(alices.page.get_by_text("2 joined. 0 answered.")).to_be_visible()

    alices.press(f"Next: {SECOND.title}")
    for page in (bob, dora, screen):
        expect(heading(page, SECOND.title)).to_be_visible()
    alices.press("End the workshop")
    alices.press("End it for everybody")
    for page in (alices.page, bob, dora, screen):
        expect(heading(page, "The workshop is over")).to_be_visible()
    alices.press("Delete now")
    alices.press("Delete it all now")
    expect(heading(alices.page, "The room is erased")).to_be_visible()
    expect(bob.get_by_text("The room and its answers are erased.")).to_be_visible()


def test_charlie_in_a_room_of_his_own_sees_nothing_of_alices(
    alices: Led, open_room: Callable[..., Led]
) -> None:
    charlies = open_room()
    charlie, bob = charlies.joined(), alices.joined()
    choose(bob, POLL.options[0].words)
    expect(alices.page.get_by_text("1 joined. 1 answered.")).to_be_visible()
    charlies.press("Show the result")
    expect(charlie.get_by_text("Nobody has answered.")).to_be_visible()
    expect(charlies.page.get_by_text("1 joined. 0 answered.")).to_be_visible()
    expect(bob.get_by_text(IN)).to_be_visible()


def test_the_leaders_place_survives_a_reload_and_another_browser(alices: Led) -> None:
    alices.press(f"Next: {SECOND.title}")
    expect(alices.page.get_by_text("Block 2 of")).to_be_visible()
    link = alices.page.url
    alices.page.reload()
    expect(alices.page.get_by_text("Block 2 of")).to_be_visible()
    other = alices.new_page(link)
    expect(other.get_by_text("Block 2 of")).to_be_visible()
    other.get_by_role("button", name=f"Back: {POLL.title}").click()
    expect(alices.page.get_by_text("Block 1 of")).to_be_visible()


def test_a_member_whose_network_lets_no_stream_through_is_told_all_the_same(alices: Led) -> None:
    bob = alices.new_page(f"{alices.address}/guide")
    bob.route("**/events*", lambda route: route.abort())
    bob.goto(f"{alices.address}/join?code={alices.code}")
    expect(heading(bob, POLL.title)).to_be_visible()
    alices.press(f"Next: {SECOND.title}")
    expect(heading(bob, SECOND.title)).to_be_visible()


def test_the_menu_of_a_workshop_is_short_and_the_screen_has_none(alices: Led) -> None:
    bob = alices.joined(1280)
    menu = bob.get_by_role("navigation").get_by_role("link")
    assert menu.all_inner_texts() == ["Join", "Today", "Write", "Guide", "Practice", "Your data"]
    screen = alices.new_page(f"{alices.address}/workshop?screen={alices.code}")
    expect(screen.get_by_text("1 here")).to_be_visible()
    expect(screen.get_by_role("navigation")).to_have_count(0)


def test_a_look_at_another_page_comes_back_to_the_room(alices: Led) -> None:
    bob = alices.joined(1280)
    bob.get_by_role("link", name="Guide", exact=True).click()
    expect(heading(bob, "Guide")).to_be_visible()
    bob.get_by_role("link", name="Join", exact=True).click()
    expect(heading(bob, POLL.title)).to_be_visible()
    alices.press(f"Next: {SECOND.title}")
    expect(heading(bob, SECOND.title)).to_be_visible()


def test_a_plan_made_in_the_room_lies_in_the_members_browser_and_can_be_taken_along(alices: Led) -> None:
    bob = alices.joined()
    alices.go_to(AGENDA.place(PLAN.id), bob)
    bob.get_by_role("button", name="Use the sample").click()
    expect(bob.get_by_role("heading", name="Take it along")).to_be_visible()
    bob.get_by_role("button", name="I've thanked Mei Tan").click()
    expect(bob.get_by_text("Thanked by email today")).to_be_visible()
    bob.wait_for_function("Object.values(localStorage).join().includes('thank_you')")
    names = []
    for label in ("Calendar file", "Your plan (PDF)", "Data file"):
        with bob.expect_download() as download:
            bob.get_by_role("button", name=label).click()
        names.append(download.value.suggested_filename)
    assert names == ["afterword.ics", "afterword-plan.pdf", "afterword.json"]
    alices.press("End the workshop")
    alices.press("End it for everybody")
    expect(heading(bob, "The workshop is over")).to_be_visible()
    expect(bob.get_by_text("Thanked by email today")).to_be_visible()
    bob.get_by_role("button", name="Join another workshop").click()
    expect(heading(bob, "Join the workshop")).to_be_visible()


def test_the_leader_works_by_keyboard_with_the_next_block_first(alices: Led) -> None:
    bob = alices.joined()
    reach(alices.page, button(alices.page, f"Next: {SECOND.title}"))
    alices.page.keyboard.press("Enter")
    expect(heading(bob, SECOND.title)).to_be_visible()
    settled(alices.page)
    assert focused(alices.page).startswith("Next: ")
    reach(alices.page, button(alices.page, "Ask again"))
    alices.page.keyboard.press("Enter")
    expect(button(alices.page, "Drop the answers and ask again")).to_be_focused()


def test_the_leaders_link_is_copied_without_a_secure_context(alices: Led) -> None:
    assert alices.page.evaluate("window.isSecureContext") is False
    alices.press("Copy the leader's link")
    expect(alices.page.get_by_text("Copied.")).to_be_visible()


def test_the_time_runs_and_a_screen_reader_is_not_told_each_second(alices: Led) -> None:
    bob = alices.joined()
    clock = bob.get_by_role("timer")
    expect(clock).to_contain_text("left")  # which its script writes once it has begun
    before = clock.inner_text()
    assert before.endswith("left")
    expect(clock).not_to_have_text(before)
    assert clock.get_attribute("aria-live") is None
    assert bob.locator(".aloud").inner_text() == ""
    alices.press("5 more minutes")
    expect(clock).to_contain_text("7:")


def test_the_screen_is_readable_from_afar_and_holds_nothing_else(alices: Led) -> None:
    screen = alices.new_page(f"{alices.address}/workshop?screen={alices.code}")
    screen.set_viewport_size({"width": 1280, "height": 720})
    expect(screen.locator(".options li").first).to_be_visible()
    sizes = screen.evaluate(
        "() => ['.letters', '.how', 'h1', '.question', '.options li'].map(name => {"
        " const find = (root) => root.querySelector(name) ?? [...root.querySelectorAll('*')]"
        ".filter(e => e.shadowRoot).map(e => find(e.shadowRoot)).find(Boolean);"
        " return parseFloat(getComputedStyle(find(document)).fontSize) })"
    )
    assert min(sizes) >= 28, sizes
    assert screen.get_by_role("main").get_by_role("button").count() == 0
    last = screen.locator(".options li").last.bounding_box()
    assert last is not None
    assert last["y"] + last["height"] <= 720
    qr = screen.get_by_role("img", name="QR code that leads to")
    assert f"/join?code={alices.code}" in (qr.get_attribute("alt") or "")


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_no_page_of_a_workshop_breaks_a_rule_that_a_bare_page_keeps(
    open_room: Callable[..., Led], bare: Bare, width: int, scheme: str
) -> None:
    known, led = bare(width, scheme), open_room(width, scheme)
    found: dict[str, object] = {}

    def look(page: Page, what: str) -> None:
        settled(page)
        broken = beyond(page, known)
        narrow = page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        if broken or page.locator("h1").count() != 1 or not narrow:
            found[what] = (broken, page.locator("h1").count(), narrow)

    for path in ("/", "/workshop", "/join?code=BBBBBB"):
        look(led.new_page(led.address + path, width, scheme), path)
    bob = led.joined(width, scheme)
    screen = led.new_page(f"{led.address}/workshop?screen={led.code}", width, scheme)
    choose(bob, POLL.options[0].words)
    for page, what in ((led.page, "leader"), (bob, "member"), (screen, "screen")):
        look(page, f"{what}, asked")
    led.go_to(AGENDA.place(SCENARIO.id), bob, screen)
    choose(bob, choices_of(SCENARIO, HANDBOOK.scenarios)[0].words)
    led.press("Show the result")
    expect(bob.get_by_text("1 answered.")).to_be_visible()
    expect(screen.get_by_test_id("stVegaLiteChart")).to_be_visible()
    for page, what in ((led.page, "leader"), (bob, "member"), (screen, "screen")):
        look(page, f"{what}, shown")
    led.go_to(AGENDA.place(PLAN.id), bob)
    bob.get_by_role("button", name="Use the sample").click()
    expect(bob.get_by_role("heading", name="Take it along")).to_be_visible()
    look(bob, "plan")
    led.press("End the workshop")
    led.press("End it for everybody")
    expect(heading(bob, "The workshop is over")).to_be_visible()
    expect(heading(led.page, "The workshop is over")).to_be_visible()
    look(led.page, "leader, over")
    look(bob, "member, over")
    assert found == {}
