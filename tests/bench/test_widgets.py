"""Every widget is used as a browser uses it, on a page of our own that says what it was told."""

import json

import pytest

from bench.client import Gone, PageFailed
from bench.serving import served
from tests.bench.visit import visit

pytestmark = pytest.mark.xdist_group("bench")


@pytest.fixture(scope="module")
def widgets(tmp_path_factory):
    """The address of a page with every widget."""
    with served("tests.bench.every_widget_server", tmp_path_factory.mktemp("widgets")) as server:
        server.wait()
        yield server.address


def said(page, name):
    return next(line.removeprefix(f"{name}: ") for line in page.text.splitlines() if line.startswith(name))


def test_what_nobody_has_chosen_is_what_the_page_began_with(widgets):
    page, _ = visit(widgets, lambda visitor: visitor.rerun())
    assert [said(page, name) for name in ("Radio", "Selectbox", "Segments", "Pills", "Several", "Line")] == [
        "None",
        "one",
        "north",
        "[]",
        "['z']",
        "None",
    ]
    assert (said(page, "Toggle"), said(page, "Number"), said(page, "Page")) == ("True", "3", "1")


@pytest.mark.parametrize(
    ("name", "act", "told"),
    [
        ("Radio", lambda visitor: visitor.choose("Radio", "gr"), "green"),
        ("Selectbox", lambda visitor: visitor.choose("Selectbox", "two"), "two"),
        ("Segments", lambda visitor: visitor.choose("Segments", "south"), "south"),
        ("Pills", lambda visitor: visitor.choose("Pills", "a", "c"), "['a', 'c']"),
        ("Several", lambda visitor: visitor.choose("Several", "y"), "['y']"),
        ("Toggle", lambda visitor: visitor.tick("Toggle", ticked=False), "False"),
        ("Day", lambda visitor: visitor.enter("Day", ["2026/11/06"]), "2026-11-06"),
        ("Moment", lambda visitor: visitor.enter("Moment", ["2026-11-06T09:15"]), "2026-11-06 09:15:00"),
        ("Time", lambda visitor: visitor.enter("Time", "10:45"), "10:45:00"),
        ("Number", lambda visitor: visitor.enter("Number", 8), "8"),
        ("Page", lambda visitor: visitor.enter("", 4), "4"),
        ("Words", lambda visitor: visitor.type("Words", "Good morning"), "Good morning"),
        ("Line", lambda visitor: visitor.type("Line", "here"), "here"),
        ("Opened", lambda visitor: visitor.unfold("More"), "True"),
        ("File", lambda visitor: visitor.upload("File", "a.txt", b"abc"), "('a.txt', b'abc')"),
        ("Chart", lambda visitor: visitor.select("Lanes", lane=[{"id": "p"}]), "[{'id': 'p'}]"),
        ("Moved", lambda visitor: visitor.click("Move"), "yes"),
    ],
)
def test_a_widget_is_used_and_keeps_its_value(widgets, name, act, told):
    if name == "Page":
        act = lambda visitor: visitor.enter_value(visitor.page.widget("pagination", ""), 4)  # noqa: E731
    page, _ = visit(widgets, act)
    assert said(page, name) == told
    page, _ = visit(widgets, act, lambda visitor: visitor.rerun())
    assert said(page, name) == told


def test_a_form_goes_up_with_its_button_and_not_before(widgets):
    fill = (lambda visitor: visitor.type("Name", "Ada"), lambda visitor: visitor.tick("Ripe"))
    page, costs = visit(widgets, *fill, lambda visitor: visitor.rerun())
    assert [cost.up for cost in costs[1:3]] == [0, 0]
    assert said(page, "Form") == "('', False, False)"
    page, _ = visit(widgets, *fill, lambda visitor: visitor.click("Send"))
    assert said(page, "Form") == "('Ada', True, True)"


def test_a_component_says_its_state_again_and_its_trigger_once(widgets):
    async def ring(visitor):
        bell = visitor.component("bell")
        assert bell.data == {"turn": 7}
        await bell.set("turn", 3)
        return await visitor.component("my-bell").trigger("rung", {"times": 2})

    page, (_, rung) = visit(widgets, ring)
    assert said(page, "Bell") == "(3, {'times': 2})"
    assert rung.runs == 1
    page, _ = visit(widgets, ring, lambda visitor: visitor.rerun())
    assert said(page, "Bell") == "(3, None)"


def test_a_part_that_repeats_itself_comes_unasked_and_only_where_it_is(widgets):
    async def wait(visitor):
        assert len(visitor.repeats) == 1
        return await visitor.wait_for("Turns: 4")

    visit(f"{widgets}/?repeats=yes", wait)
    page, _ = visit(widgets)
    assert "Turns" not in page.text


def test_a_click_is_answered_among_parts_that_repeat_themselves(widgets):
    clicks = [lambda visitor: visitor.choose("Radio", "green")] * 10
    page, costs = visit(f"{widgets}/?repeats=yes", *clicks, lambda visitor: visitor.click("Move"))
    assert (said(page, "Radio"), said(page, "Moved")) == ("green", "yes")
    assert all(cost.ms > 0 and cost.runs >= 1 for cost in costs)


def test_the_address_goes_on_from_what_the_page_made_of_it(widgets):
    page, _ = visit(
        f"{widgets}/?kept=1", lambda visitor: visitor.click("Move"), lambda visitor: visitor.rerun()
    )
    assert page.query == "kept=1&moved=yes"
    assert said(page, "Moved") == "yes"


def test_cookies_that_the_first_page_sets_go_up_with_the_session(widgets):
    page, _ = visit(widgets)
    assert said(page, "Cookie") == "ginger"
    page, _ = visit(widgets, cookie="flavour=plain; other=1")
    assert said(page, "Cookie") == "ginger"  # set anew with every answer, as a browser takes it


def test_red_words_are_a_failure_unless_they_are_borne(widgets):
    with pytest.raises(PageFailed, match="Broken"):
        visit(widgets, lambda visitor: visitor.click("Break"))
    page, _ = visit(widgets, lambda visitor: visitor.click("Break"), bears_errors=True)
    assert page.errors == ["Broken"]


def test_what_a_page_never_says_is_not_waited_for_for_ever(widgets):
    with pytest.raises(TimeoutError):
        visit(widgets, lambda visitor: visitor.wait_for("Never", seconds=0.05))


def test_a_server_that_ends_is_told_from_a_slow_one(tmp_path):
    with served("tests.bench.every_widget_server", tmp_path) as server:
        server.wait()

        async def wait(visitor):
            server.process.kill()
            return await visitor.wait_for("Never")

        with pytest.raises(Gone):
            visit(server.address, wait)


def test_bytes_on_the_line_are_fewer_than_those_of_the_messages(widgets):
    _, (opened, again) = visit(widgets, lambda visitor: visitor.rerun())
    for cost in (opened, again):
        assert 0 < cost.wire < cost.down


def test_an_option_that_is_not_there_is_told_with_those_that_are(widgets):
    with pytest.raises(LookupError, match=r"blue.*red.*green"):
        visit(widgets, lambda visitor: visitor.choose("Radio", "blue"))


def test_a_components_data_is_json(widgets):
    async def data(visitor):
        return json.dumps(visitor.component("bell").data)

    assert visit(widgets, data)[1][1] == '{"turn": 7}'
