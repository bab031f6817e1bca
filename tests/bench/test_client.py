"""The visitor without a browser: what it sees and does on real servers, and what it says that this cost."""

import pytest

from bench.client import NoSuchPage
from bench.serving import served
from tests.bench.visit import visit

pytestmark = pytest.mark.xdist_group("bench")  # one process starts these servers, and once

ITEM, THANKS = "Keep a copy of the job posting", "Say thanks to each person who interviewed you: Mei Tan"


def page_to_tick(app, stock):
    return f"{app}/application?id={stock.to_tick.id}"


def test_a_page_is_read_as_its_owner_sees_it(app, fresh):
    page, _ = visit(page_to_tick(app, fresh))
    assert page.text.startswith("Tidewater\n")
    assert "You are a guest here" not in page.text
    assert page.widget("checkbox", ITEM).fragment


def test_the_page_without_a_name_is_today(app):
    page, _ = visit(f"{app}/")
    assert page.text.startswith("Today\n")


@pytest.mark.parametrize(("label", "kind"), [(ITEM, "note"), (THANKS, "thank_you")])
def test_a_tick_is_kept_in_the_store_and_can_be_taken_out(app, fresh, label, kind):
    page, _ = visit(page_to_tick(app, fresh), lambda visitor: visitor.tick(label))
    assert fresh.logged() == [kind]
    assert page.values[page.widget("checkbox", label).content.id] is True
    visit(page_to_tick(app, fresh), lambda visitor: visitor.tick(label, ticked=False))
    assert fresh.logged() == []


def test_every_answer_says_what_it_cost(app, fresh):
    _, (opened, ticked) = visit(page_to_tick(app, fresh), lambda visitor: visitor.tick(ITEM))
    for cost in (opened, ticked):
        assert 0 < cost.ms < 60_000
        assert cost.down > cost.messages > 0
        assert cost.up > 0
    assert ticked.down < opened.down


def test_the_run_that_takes_the_place_of_a_clicks_own_is_waited_for(app, fresh):
    page, (opened, ticked) = visit(page_to_tick(app, fresh), lambda visitor: visitor.tick(THANKS))
    assert opened.runs == 1
    assert ticked.runs <= 2  # the one that gives way is heard of only where it takes long
    assert page.widget("button", "Undo: Mei Tan")  # which only the second draws


def test_a_click_shows_what_it_did_in_place_of_what_was_clicked(app, fresh):
    page, _ = visit(page_to_tick(app, fresh), lambda visitor: visitor.click("I've thanked Mei Tan"))
    assert fresh.logged() == ["thank_you"]
    assert page.widget("button", "Undo: Mei Tan")
    assert page.values[page.widget("checkbox", THANKS).content.id] is True
    with pytest.raises(LookupError):
        page.widget("button", "I've thanked Mei Tan")


def test_a_rerun_draws_the_same_page_again(app, fresh):
    once, _ = visit(page_to_tick(app, fresh), lambda visitor: visitor.tick(ITEM))
    again, _ = visit(page_to_tick(app, fresh), lambda visitor: visitor.rerun())
    assert again.text == once.text
    assert again.values == once.values


def test_typing_into_the_search_leaves_what_is_found(app):
    page, _ = visit(f"{app}/applications", lambda visitor: visitor.type("Search", "Orrin"))
    assert "**Orrin Health 1**" in page.text
    assert "**Tidewater" not in page.text


def test_a_page_that_the_app_has_not_got_is_told(app):
    with pytest.raises(NoSuchPage):
        visit(f"{app}/no_such_page")


def test_a_label_that_is_not_there_is_told_with_those_that_are(bare):
    with pytest.raises(LookupError, match=r"'Tock'.*'Tick'"):
        visit(bare, lambda visitor: visitor.tick("Tock"))


def test_the_bare_app_has_a_box_and_a_button(bare):
    page, costs = visit(bare, lambda visitor: visitor.tick("Tick"), lambda visitor: visitor.click("Click"))
    assert page.text == "Clicked"
    assert list(page.values.values()) == [True]
    assert [cost.runs for cost in costs] == [1, 1, 1]


def test_a_server_ends_with_its_block(tmp_path):
    with served("bench.bare_server", tmp_path) as server:
        assert server.process.poll() is None
    assert server.process.poll() is not None


def test_a_server_that_cannot_start_tells_in_its_own_words(tmp_path):
    with (
        served("bench.no_such_server", tmp_path) as server,
        pytest.raises(RuntimeError, match="no_such_server"),
    ):
        server.wait()
